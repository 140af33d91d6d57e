package store

import (
	"context"
	"fmt"
	"os"
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
