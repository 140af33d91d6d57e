package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// writes is a store with what a test needs to fill it.
func writes(t *testing.T) (s *DB, fill func(n int), size func() int64) {
	t.Helper()
	s = open(t, "")
	row := 0
	fill = func(n int) {
		for range n {
			row++
			put(t, s, "u", fmt.Sprint(row), make([]byte, 1400), row)
		}
	}
	size = func() int64 {
		info, err := os.Stat(s.Name())
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	return s, fill, size
}

// Nobody but the checkpoints moves what was written into the file while the store is open.
func TestWhatIsWrittenIsMovedBesideThoseWhoWrite(t *testing.T) {
	_, fill, size := writes(t)
	fill(checkpointEvery / 20) // each writes several pages, and fewer than twenty
	before := size()
	for n := 0; size() == before; n++ {
		if n == 10*checkpointEvery {
			t.Fatal("nothing was moved")
		}
		fill(1)
	}
}

func TestALongLogIsEmptiedBeforeMoreIsWritten(t *testing.T) {
	s, fill, size := writes(t)
	fill(checkpointEvery / 20)
	before := size()
	s.long.Store(true)
	fill(2) // the second begins after the first was counted
	if size() == before || s.long.Load() {
		t.Errorf("the log was not emptied: the file has %d bytes, as before", size())
	}
	log, err := os.Stat(s.Name() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	fill(checkpointEvery / 100)
	if now, err := os.Stat(s.Name() + "-wal"); err != nil || now.Size() != log.Size() {
		t.Errorf("the log did not begin anew: %v, %v", now, err)
	}
}

// Two programs write to one file, as when somebody is unbound while the adapter runs: neither writes over what is the other's.
func TestTwoProgramsWriteToOneFile(t *testing.T) {
	for round := range 20 {
		file := filepath.Join(t.TempDir(), "adapter.db")
		adapter := open(t, file)
		for row := range 4 {
			put(t, adapter, "ann", fmt.Sprint(row), []byte{}, row)
			command := open(t, file)
			put(t, command, "bob", fmt.Sprint(row), []byte{}, row)
			if err := command.Close(); err != nil {
				t.Fatal(err)
			}
		}
		err := adapter.Examine(t.Context(), func(place string) { t.Errorf("round %d: damaged: %s", round, place) })
		if err != nil {
			t.Fatal(err)
		}
		err = adapter.View(t.Context(), func(ctx context.Context, l database.Line) error {
			for _, user := range []string{"ann", "bob"} {
				for row := range 4 {
					if got, err := value(ctx, l, user, fmt.Sprint(row)); err != nil || got != row {
						t.Errorf("round %d: %s has %d in row %d: %v", round, user, got, row, err)
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
		put(t, s, "u", fmt.Sprint(row), []byte{}, row)
		info, err := os.Stat(s.Name() + "-wal")
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
		if err := s.Erase(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	long()
	crashed := filepath.Join(folder, "crashed.db")
	for _, side := range []string{"", "-wal"} {
		body, err := os.ReadFile(s.Name() + side)
		if err == nil {
			err = os.WriteFile(crashed+side, body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	last := -1
	err := open(t, crashed).View(t.Context(), func(ctx context.Context, l database.Line) (err error) {
		last, err = value(ctx, l, "u", fmt.Sprint(row))
		return err
	})
	if err != nil || last != row {
		t.Errorf("after a crash the last row is %d, want %d: %v", last, row, err)
	}
}
