package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// A connection on which somebody gave up, panicked or asked nonsense serves the next one, however many there are, and sees what is new.
func TestAConnectionOutlivesItsViews(t *testing.T) {
	s := open(t, "")
	for i := range 3 * maxReaders {
		put(t, s, "u", "c", []byte{}, i)
		ctx, cancel := context.WithCancel(t.Context())
		own := errors.New("its own")
		err := s.View(ctx, func(ctx context.Context, l database.Line) error {
			if seen, err := value(ctx, l, "u", "c"); err != nil || seen != i {
				t.Errorf("a view sees %d, want %d: %v", seen, i, err)
			}
			cancel()
			_, nonsense := number(ctx, l, `SELECT nothing`)
			_, written := l.Exec(ctx, putRow, "u", "c", []byte{}, -1)
			return errors.Join(own, nonsense, written)
		})
		if !errors.Is(err, own) {
			t.Errorf("a view's own error came back as %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.View(t.Context(), func(context.Context, database.Line) error { panic("a reader") })
		}()
	}
	for i := range maxReaders * (maxPrepared + 10) {
		err := s.View(t.Context(), func(ctx context.Context, l database.Line) error {
			got, err := number(ctx, l, fmt.Sprintf(`SELECT %d`, i))
			if got != i {
				t.Errorf("got %d, want %d", got, i)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if err := s.View(t.Context(), func(context.Context, database.Line) error { return nil }); err == nil {
		t.Error("a closed store was read")
	}
}

// impatient is a context whose asker gives up the n-th time that anybody looks whether it did.
type impatient struct {
	context.Context
	looks atomic.Int64
	after int64
	gone  chan struct{}
}

func (i *impatient) Done() <-chan struct{} {
	_ = i.Err()
	return i.gone
}

func (i *impatient) Err() error {
	now := i.looks.Add(1)
	if now == i.after {
		close(i.gone)
		for range 1000 {
			runtime.Gosched() // whoever waits for it gets to know it before this look is over
		}
	}
	if now < i.after {
		return nil
	}
	return context.Canceled
}

func TestWhoGivesUpWhileItBeginsLeavesNoLineStuck(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "adapter.db"))
	view := func(ctx context.Context) error {
		return s.View(ctx, func(ctx context.Context, l database.Line) error {
			_, err := number(ctx, l, `SELECT count(*) FROM state`)
			return err
		})
	}
	givenUp := 0
	for after := int64(1); after <= 60; after++ {
		ctx := &impatient{Context: context.Background(), after: after, gone: make(chan struct{})}
		if view(ctx) != nil {
			givenUp++
		}
		for range cap(s.lines) { // each line once
			if err := view(t.Context()); err != nil {
				t.Fatalf("given up at look %d: the next one hears %v", after, err)
			}
		}
	}
	if givenUp == 0 {
		t.Error("nobody gave up")
	}
}
