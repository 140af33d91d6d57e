package clock

import (
	"sync"
	"time"
)

// Fake is a clock that moves only when told; its zero value starts at the zero time.
type Fake struct {
	mu     sync.Mutex // guards now and timers
	now    time.Time
	timers []*fakeTimer
}

type fakeTimer struct {
	at    time.Time
	f     func()
	owner *Fake
	done  bool
}

// NewFake starts at the given moment.
func NewFake(at time.Time) *Fake { return &Fake{now: at} }

// Now is the moment it was last moved to.
func (c *Fake) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// AfterFunc waits for Advance to pass d; f runs in the goroutine that advances.
func (c *Fake) AfterFunc(d time.Duration, f func()) Timer {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &fakeTimer{at: c.now.Add(d), f: f, owner: c}
	c.timers = append(c.timers, t)
	return t
}

// Advance moves the clock by d and runs what became due, earliest first.
func (c *Fake) Advance(d time.Duration) {
	c.mu.Lock()
	until := c.now.Add(d)
	for {
		due := c.earliest(until)
		if due == nil {
			break
		}
		due.done, c.now = true, due.at
		c.mu.Unlock()
		due.f()
		c.mu.Lock()
	}
	c.now = until
	c.mu.Unlock()
}

// earliest returns the first open timer due by until; c.mu is held.
func (c *Fake) earliest(until time.Time) *fakeTimer {
	var first *fakeTimer
	open := c.timers[:0]
	for _, t := range c.timers {
		if t.done {
			continue
		}
		open = append(open, t)
		if !t.at.After(until) && (first == nil || t.at.Before(first.at)) {
			first = t
		}
	}
	c.timers = open
	return first
}

// Stop cancels the wake-up.
func (t *fakeTimer) Stop() bool {
	t.owner.mu.Lock()
	defer t.owner.mu.Unlock()
	was := !t.done
	t.done = true
	return was
}
