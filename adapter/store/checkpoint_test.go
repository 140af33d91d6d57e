package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// writes is a store with what a test needs to fill it.
func writes(t *testing.T) (s *Store, put func(n int), size func() int64) {
	t.Helper()
	s = open(t, "")
	row := 0
	put = func(n int) {
		for range n {
			row++
			err := s.Do(context.Background(), func(tx *Tx) error {
				return tx.PutState("u", fmt.Sprint(row), time.Now(), true, make([]byte, 1000))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	size = func() int64 {
		info, err := os.Stat(s.File())
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	return s, put, size
}

// Nobody but the checkpoints moves what was written into the file while the store is open.
func TestWhatIsWrittenIsMovedBesideThoseWhoWrite(t *testing.T) {
	_, put, size := writes(t)
	put(checkpointEvery / 20) // each writes several pages, and fewer than twenty
	before := size()
	for n := 0; size() == before; n++ {
		if n == 10*checkpointEvery {
			t.Fatal("nothing was moved")
		}
		put(1)
	}
}

func TestALongLogIsEmptiedBeforeMoreIsWritten(t *testing.T) {
	s, put, size := writes(t)
	put(checkpointEvery / 20)
	before := size()
	s.long.Store(true)
	put(2) // the second begins after the first was counted
	if size() == before || s.long.Load() {
		t.Errorf("the log was not emptied: the file has %d bytes, as before", size())
	}
	log, err := os.Stat(s.File() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	put(checkpointEvery / 100)
	if now, err := os.Stat(s.File() + "-wal"); err != nil || now.Size() != log.Size() {
		t.Errorf("the log did not begin anew: %v, %v", now, err)
	}
}

// Two programs write to one file, as when somebody is unbound while the adapter runs: neither writes over what is the other's.
func TestTwoProgramsWriteToOneFile(t *testing.T) {
	for round := range 20 {
		file := filepath.Join(t.TempDir(), "adapter.db")
		adapter := open(t, file)
		for row := range 4 {
			do(t, adapter, func(tx *Tx) error { return tx.PutState("ann", fmt.Sprint(row), morning, true, row) })
			command := open(t, file)
			do(t, command, func(tx *Tx) error { return tx.PutState("bob", fmt.Sprint(row), morning, true, row) })
			if err := command.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := adapter.Examine(t.Context()); err != nil || len(adapter.Damage()) != 0 {
			t.Fatalf("round %d: %v, damaged: %v", round, err, adapter.Damage())
		}
		err := adapter.View(t.Context(), func(tx *Tx) error {
			for _, user := range []string{"ann", "bob"} {
				for row := range 4 {
					if got := -1; tx.State(user, fmt.Sprint(row), &got) != nil || got != row {
						t.Errorf("round %d: %s has %d in row %d", round, user, got, row)
					}
				}
			}
			return nil
		})
		if err = errors.Join(err, adapter.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// What is behind the log's last page is not read, also not by who finds it after a crash; a log that was cut off grows anew.
func TestTheLogsFileIsLongBeforeItIsWrittenTo(t *testing.T) {
	folder := t.TempDir()
	s := open(t, filepath.Join(folder, "adapter.db"))
	row := 0
	long := func() int64 {
		row++
		do(t, s, func(tx *Tx) error { return tx.PutState("u", fmt.Sprint(row), morning, true, row) })
		info, err := os.Stat(s.File() + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	for range 2 {
		for long() < longEnough {
			if row > 10*longEnough/growBy {
				t.Fatal("the log's file does not get long")
			}
		}
		if got := long(); got > longEnough+growBy {
			t.Errorf("it has %d bytes, and is to have %d", got, longEnough)
		}
		if err := s.EmptyLog(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	long()
	crashed := filepath.Join(folder, "crashed.db")
	for _, side := range []string{"", "-wal"} {
		body, err := os.ReadFile(s.File() + side)
		if err == nil {
			err = os.WriteFile(crashed+side, body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var last int
	err := open(t, crashed).View(t.Context(), func(tx *Tx) error { return tx.State("u", fmt.Sprint(row), &last) })
	if err != nil || last != row {
		t.Errorf("after a crash the last row is %d, want %d: %v", last, row, err)
	}
}
