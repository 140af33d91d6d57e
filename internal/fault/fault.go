// Package fault is an error that a person may read, with the cause kept for the log.
//
// Read first: Fault, New, Of. It knows neither calls nor CRM.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of trouble it is; edges map it to a status.
type Kind string

// The kinds there are.
const (
	Invalid     Kind = "invalid"     // what was sent cannot be used
	Denied      Kind = "denied"      // signed in, but without the right
	Unsigned    Kind = "unsigned"    // not signed in, or no longer
	Missing     Kind = "missing"     // there is no such thing
	Conflict    Kind = "conflict"    // it changed, or exists already
	Unavailable Kind = "unavailable" // a far side does not answer; trying again may help
	Internal    Kind = "internal"    // our own mistake
)

// Fault carries one sentence for a person and the cause for the log.
type Fault struct {
	Kind    Kind
	Message string // one sentence that says what to do
	Err     error  // may be nil
}

// New makes a fault whose message is formatted.
func New(kind Kind, err error, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Message: fmt.Sprintf(format, args...), Err: err}
}

// Error is the message followed by the cause.
func (f *Fault) Error() string {
	if f.Err == nil {
		return f.Message
	}
	return f.Message + ": " + f.Err.Error()
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Of finds the fault in an error; an error without one becomes Internal, with a sentence that gives nothing away.
func Of(err error) *Fault {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	return &Fault{Kind: Internal, Message: "Something went wrong.", Err: err}
}
