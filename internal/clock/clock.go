// Package clock is time as a value that can be passed in: rules and edges ask a Clock, only cmd knows the real one.
//
// Read first: Clock, System, Fake. It knows neither calls nor CRM.
package clock

import "time"

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
