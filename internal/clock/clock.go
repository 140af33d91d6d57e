// Package clock is time as a value that can be passed in: rules and edges ask a Clock, only cmd knows the real one.
//
// Read first: Clock, System, Fake. It knows neither calls nor CRM.
package clock

import (
	"context"
	"time"
)

// Clock tells the time and wakes people up.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f in its own goroutine once d has passed, unless stopped before.
	AfterFunc(d time.Duration, f func()) Timer
}

// Timer is one pending wake-up.
type Timer interface {
	// Stop cancels the wake-up; false means it already fired or was stopped.
	Stop() bool
}

// System is the machine's clock.
type System struct{}

// Now is the wall clock with its monotonic reading.
func (System) Now() time.Time { return time.Now() }

// AfterFunc is time.AfterFunc.
func (System) AfterFunc(d time.Duration, f func()) Timer { return time.AfterFunc(d, f) }

// Pause waits for d, or for the end of ctx, whose error it gives.
func Pause(ctx context.Context, clk Clock, d time.Duration) error {
	over := make(chan struct{})
	timer := clk.AfterFunc(d, func() { close(over) })
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		timer.Stop()
		return ctx.Err()
	}
}

const (
	firstPause   = 500 * time.Millisecond
	longestPause = 30 * time.Second
)

// Backoff is how long to wait before the attempt after so many that came to nothing: longer each time, up to half a minute.
func Backoff(tries int) time.Duration {
	tries = min(max(tries, 1), 60)
	return min(time.Duration(tries*tries)*firstPause, longestPause)
}
