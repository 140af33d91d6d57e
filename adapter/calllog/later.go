package calllog

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// Later is what could not be written yet: nothing is wrong with it.
type Later struct {
	SignIn bool          // it waits until its user signs in
	After  time.Duration // how long the org wants to be left alone; 0 if it did not say
	Err    error
}

// Error is why.
func (l *Later) Error() string { return l.Err.Error() }

// Unwrap is the cause.
func (l *Later) Unwrap() error { return l.Err }

// Wait is how an error of the CRM's passes: by the user's sign-in, or by time. nil for one that does not pass.
func Wait(err error) *Later {
	if later, ok := errors.AsType[*Later](err); ok {
		return later
	}
	failed, answered := errors.AsType[*salesforce.Error](err)
	known, _ := errors.AsType[*fault.Fault](err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, salesforce.ErrExpired), known != nil && known.Kind == fault.Unsigned:
		return &Later{SignIn: true, Err: err}
	case answered && failed.Status == http.StatusUnauthorized: // though the session was renewed: nobody is asked to sign in because of it
		return &Later{Err: err}
	case answered && failed.Passing():
		return &Later{After: failed.RetryAfter, Err: err}
	case errors.Is(err, salesforce.ErrUnreachable), known != nil && known.Kind == fault.Unavailable,
		errors.Is(err, context.DeadlineExceeded): // such as of one who stood in line for a session that another one renews
		return &Later{Err: err}
	}
	return nil
}

// sorted is an error as whoever asked gets it: a Later, or a fault with a sentence. what was to be written begins the sentence.
func sorted(err error, what string) error {
	if err == nil {
		return nil
	}
	if later := Wait(err); later != nil {
		return later
	}
	if known, ok := errors.AsType[*fault.Fault](err); ok {
		return known
	}
	part, _ := errors.AsType[*salesforce.PartError](err)
	failed, answered := errors.AsType[*salesforce.Error](err)
	switch {
	case errors.Is(err, errUnseen):
		return fault.New(fault.Conflict, err, "%s could not be written: somebody else's record claims it.", what)
	case !answered:
		return fault.New(fault.Internal, err, "%s could not be written: the org's answer cannot be read.", what)
	case salesforce.NoAPI(err):
		return fault.New(fault.Denied, err, "%s could not be written: this user may not use the API of the org.", what)
	case part != nil && part.Part == partClaim:
		return fault.New(fault.Denied, err, "%s could not be written: this user may not write AC_Claim__c (%s). "+
			"Run patchcord setup apply, and give the user one of the package's permission sets.", what, failed.Code)
	}
	return fault.New(fault.Invalid, err, "%s could not be written: the org refused it (%s: %s).", what, failed.Code,
		shortened(failed.Message, maxSaid))
}

const maxSaid = 300 // characters of the org's own sentence that people read
