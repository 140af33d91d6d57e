package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// A connection on which somebody gave up, panicked or asked nonsense serves the next one, however many there are, and sees what is new.
func TestAConnectionOutlivesItsViews(t *testing.T) {
	s := open(t, "")
	for i := range 3 * maxReaders {
		do(t, s, func(tx *Tx) error { return tx.PutState("u", "c", morning, true, i) })
		ctx, cancel := context.WithCancel(t.Context())
		own := errors.New("its own")
		err := s.View(ctx, func(tx *Tx) error {
			var seen int
			if err := tx.State("u", "c", &seen); err != nil || seen != i {
				t.Errorf("a view sees %d, want %d: %v", seen, i, err)
			}
			cancel()
			return errors.Join(own, tx.one(`SELECT nothing`, nil), tx.PutState("u", "c", morning, true, -1))
		})
		if !errors.Is(err, own) {
			t.Errorf("a view's own error came back as %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.View(t.Context(), func(*Tx) error { panic("a reader") })
		}()
	}
	for i := range maxReaders * (maxPrepared + 10) {
		err := s.View(t.Context(), func(tx *Tx) error { return tx.one(fmt.Sprintf(`SELECT %d`, i), nil, new(int)) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if err := s.View(t.Context(), func(*Tx) error { return nil }); err == nil {
		t.Error("a closed store was read")
	}
}
