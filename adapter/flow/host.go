package flow

import (
	"context"
	"errors"
	"time"
)

// Host is where blocks act, a part for each place. A part that is nil is not there: a block that acts there leaves by its error
// port with a sentence.
type Host struct {
	Page       Page
	CRM        CRM
	HTTP       HTTP
	Properties Properties
	Contacts   Contacts
	Centre     Centre
}

// BuiltIn says whether a property is the adapter's own: there without being set, and never set by a flow.
func BuiltIn(key string) bool { return key == UserProfile || key == OpenAgentTabs }

// The adapter's own properties.
const (
	UserProfile   = "userProfile"   // id of the agent's profile in the CRM
	OpenAgentTabs = "openAgentTabs" // how many softphone pages of the agent are open
)

// Page is the agent's softphone. Each method bounds its own time, and answers with nil, *Refused, ErrUnknown or an error that means:
// not now. The last suspends the run, which goes on later at this step.
type Page interface {
	// SearchPop finds and pops by the softphone layout. Its answer is records by their ids, and SCREEN_POP_DATA where something popped.
	SearchPop(ctx context.Context, effect Effect, search SearchPop) (any, error)
	// Pop opens a record.
	Pop(ctx context.Context, effect Effect, recordID string) error
	// Dial calls a number, or adds it to the live call. It is never carried out twice.
	Dial(ctx context.Context, effect Effect, dial Dial) error
	// Log writes to the browser's console.
	Log(ctx context.Context, effect Effect, line LogLine) error
	// Do has the page carry out a command of its table as it is, and gives its answer, JSON-like. One that is not in the table is refused.
	Do(ctx context.Context, effect Effect, command Command) (any, error)
}

// Command is one of the page's, by its name, with its arguments by theirs.
type Command struct {
	Name string
	Args map[string]any
}

// Away is told by a Page that knows how long a run waited while nothing could be done: no page open, the adapter not running. It is
// cumulative, and does not count against MaxDuration.
type Away interface{ Away() time.Duration }

// Effect names one effect of a run: the same when the run is repeated, another each time that an action is reached.
type Effect struct {
	Action ActionID
	Visit  int  // how often the action was reached, from 1
	Again  bool // it may have been begun before: who remembers its end answers with that, else ErrUnknown if it must not happen twice
}

// SearchPop searches the objects of the softphone layout and pops by its rules.
type SearchPop struct {
	Search, Query, CallType string
	Defaults                map[string]string // values of a new record's form
	Deferred                bool              // nothing pops
}

// Dial is a call to make.
type Dial struct {
	PhoneNumber string // E.164
	Extension   string // shown and kept, never sent
	QueueARN    string // "" is the agent's default outbound queue
}

// LogLine is a line for the browser's console.
type LogLine struct{ Level, Message string }

// Contacts is what the adapter knows of the contact whose event a run is about.
type Contacts interface {
	// Times are those of the contact as far as it has come by now.
	Times(ctx context.Context) (Times, error)
}

// Times are when a contact went through what it went through, by the adapter's clock; zero for what has not happened.
type Times struct {
	Offered, Accepted, Connected, Ended time.Time
	// Talked is how long agent and customer were connected, as the contact centre measured it; zero while it has not.
	Talked time.Duration
	// Held is how long of that the customer was on hold, so far or in all.
	Held time.Duration
}

// Centre is the contact centre's public API: the agent's page is not asked. It bounds its own time, and answers as Page does.
type Centre interface {
	// UpdateAttributes sets attributes of a contact, and keeps its others.
	UpdateAttributes(ctx context.Context, effect Effect, contact Contact, attributes map[string]string) error
	// Record starts or stops the recording of a call.
	Record(ctx context.Context, effect Effect, contact Contact, on bool) error
}

// Refused is a platform's no, or a block's own: the block leaves by its error port with the reason.
type Refused struct {
	Reason string
	// Code and Args are the reason for whoever knows the catalogue; Code is "" for a reason that is in none.
	Code string
	Args map[string]string
}

// Error is the reason.
func (e *Refused) Error() string { return e.Reason }

// ErrUnknown means that an effect that must not happen twice was begun and cut in the middle. The block leaves by Unknown where that
// is wired, else by its error port.
var ErrUnknown = errors.New("it was begun and interrupted: whether it happened is not known, and it is not done again")

// ErrNotBegun is wrapped by an error of a part that is sure that nothing was begun: no page was there to be asked. The step is then done
// later as if it had never been reached.
var ErrNotBegun = errors.New("nothing was begun")

// Recorder keeps a run's steps where they outlive the program, around blocks that must not act twice. steps is all that the run did so
// far, and must not be used after the call. An error suspends the run.
type Recorder interface {
	// Begin is called before such a block acts: the last of steps is open.
	Begin(ctx context.Context, steps []Step) error
	// End is called after it acted, even if ctx was cancelled meanwhile.
	End(ctx context.Context, steps []Step) error
}

func (h Host) missing(p Place) string {
	switch {
	case p == InPage && h.Page == nil:
		return "there is no softphone page to act in"
	case p == OnWeb && h.HTTP == nil:
		return "there is no way to ask web services"
	case p == InCRM && h.CRM == nil:
		return "there is no CRM to act in"
	case p == InCentre && h.Centre == nil:
		return "the adapter has no credentials for the contact centre's API: an administrator gives it some, in the section connect of " +
			"patchcord.yaml"
	}
	return ""
}
