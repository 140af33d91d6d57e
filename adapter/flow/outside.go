package flow

import (
	"context"
	"time"
)

// HTTP asks web services on the adapter record's list. An answer of any status is an answer. *Refused says who is not to be asked or did
// not answer, ErrUnknown that a request which must not be repeated may have been sent.
type HTTP interface {
	Request(ctx context.Context, effect Effect, r Request) (Response, error)
}

// Request is a request to a web service.
type Request struct {
	Method  string // in capitals
	URL     string
	Header  map[string]string
	Body    string
	Timeout time.Duration // 0 is as long as the host allows
}

// Response is a web service's answer.
type Response struct {
	Status int               // such as 200
	Header map[string]string // names in small letters
	Body   any               // decoded where the answer says that it is JSON, else text
}

// Properties are what the flows of an agent share until the agent signs out. A key that begins with contact: belongs to the run's contact
// and goes with it. Writes happen once for an effect, however often it is repeated. *Refused says what is wrong with a key, or that there
// is no room; every other error means: not now.
type Properties interface {
	// Get is a property, or a counter; false if it is not set.
	Get(ctx context.Context, key string) (value any, found bool, err error)
	// All are the agent's properties and those of the run's contact, by their keys.
	All(ctx context.Context) (map[string]any, error)
	Set(ctx context.Context, effect Effect, key string, value any) error
	// Unset drops a property; one that is not set is no error.
	Unset(ctx context.Context, effect Effect, key string) error
	// Clear drops all that All gives and that flows have set.
	Clear(ctx context.Context, effect Effect) error
	// Count adds to a counter, which begins at 0, and gives what it has come to.
	Count(ctx context.Context, effect Effect, key string, delta float64) (float64, error)
}
