package clock

import (
	"testing"
	"time"
)

func TestFake(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	t.Run("runs due timers in order and leaves later ones", func(t *testing.T) {
		c := NewFake(start)
		var order []string
		c.AfterFunc(2*time.Second, func() { order = append(order, "b") })
		c.AfterFunc(time.Second, func() { order = append(order, "a") })
		c.AfterFunc(time.Minute, func() { order = append(order, "late") })
		c.Advance(3 * time.Second)
		if len(order) != 2 || order[0] != "a" || order[1] != "b" {
			t.Fatalf("after 3 s ran %v, want [a b]", order)
		}
		if got := c.Now().Sub(start); got != 3*time.Second {
			t.Fatalf("moved %v, want 3s", got)
		}
	})
	t.Run("a stopped timer never runs", func(t *testing.T) {
		c := NewFake(start)
		timer := c.AfterFunc(time.Second, func() { t.Error("ran after Stop") })
		if !timer.Stop() {
			t.Error("first Stop said false")
		}
		if timer.Stop() {
			t.Error("second Stop said true")
		}
		c.Advance(time.Hour)
	})
	t.Run("a timer may start another that is due within the same advance", func(t *testing.T) {
		c := NewFake(start)
		ran := 0
		c.AfterFunc(time.Second, func() { c.AfterFunc(time.Second, func() { ran++ }) })
		c.Advance(2 * time.Second)
		if ran != 1 {
			t.Fatalf("nested timer ran %d times, want 1", ran)
		}
	})
}
