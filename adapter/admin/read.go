package admin

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

// maxRuns is how many runs of a contact are read.
const maxRuns = 200

// known is what the store has of a contact as one user had it.
type known struct {
	leg      store.Leg
	state    contact.State
	runs     []store.Run
	rejected *store.Rejection
	out      store.Out // without a session while that mattered; zero for never
	damaged  []string  // what could not be read, each as a person can look for it
	lost     bool      // the state itself could not
}

// read reads all of a leg.
func read(tx *store.Tx, leg store.Leg) (known, error) {
	k := known{leg: leg, state: contact.New(leg.User, leg.Contact)}
	place, err := tx.StateOf(leg, &k.state)
	if err != nil {
		return k, err
	}
	if place != "" {
		k.damaged, k.lost = append(k.damaged, place), true
	}
	runs, damaged, err := tx.RunsOfLeg(leg, maxRuns)
	if err != nil {
		return k, err
	}
	k.runs, k.damaged = runs, append(k.damaged, damaged...)
	if from, to := k.span(); !to.IsZero() {
		if k.out, err = store.SignedOut(tx, leg.User, from, to); err != nil {
			return k, err
		}
	}
	rejected, err := tx.Rejection(leg)
	switch {
	case err == nil:
		k.rejected = &rejected
	case errors.Is(err, store.ErrDamaged):
		k.damaged = append(k.damaged, "the rejection of the contact "+leg.Contact)
	case !errors.Is(err, store.ErrNone):
		return k, err
	}
	return k, nil
}

// forever is later than anything that happens.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// span is from the first fact that made a run to the end of the last one, or to the end of time where one is open; zero without runs.
func (k known) span() (from, to time.Time) {
	for _, r := range k.runs {
		if at := r.Body.Fact.At; !at.IsZero() && (from.IsZero() || at.Before(from)) {
			from = at
		}
		switch {
		case r.Status.Open():
			to = forever
		case r.Ended.After(to):
			to = r.Ended
		}
	}
	return from, to
}

// masked is without the values of hidden attributes.
func (k known) masked(m Mask) known {
	runs := make([]store.Run, 0, len(k.runs))
	for _, r := range k.runs {
		runs = append(runs, m.Run(r))
	}
	k.runs = runs
	return k
}

// verdict says why it popped or did not.
func (k known) verdict() told.Verdict {
	if k.lost && len(k.runs) == 0 {
		return told.Damaged()
	}
	l := told.Leg{State: k.state, Out: told.Out(k.out)}
	for _, r := range k.runs {
		l.Runs = append(l.Runs, Told(r))
	}
	if r := k.rejected; r != nil {
		l.Rejected = &told.Rejection{At: r.At, Reason: r.Reason, Detail: r.Detail}
	}
	return told.Of(l)
}

// Told is a run as sentences are made of it. Steps that cannot be read count as none.
func Told(r store.Run) told.Run {
	t := told.Run{
		Kind: r.Kind, Flow: r.Flow, Status: told.Status(r.Status), SignIn: r.Waits == store.SignIn, Country: r.Body.Country,
		Reason: string(r.Body.Reason), Problem: r.Problem, Created: r.Created, Ended: r.Ended, Wake: r.Wake, Fact: r.Body.Fact, Steps: stepsOf(r),
	}
	for _, s := range r.Body.Searches {
		t.Searches = append(t.Searches, told.Search{Kind: s.Kind, Reason: s.Reason, Args: s.Args, Total: s.Total, More: s.More, Object: s.Object,
			Record: s.Record, Name: s.Name, Only: s.Only, Cause: s.Cause})
	}
	return t
}

func stepsOf(r store.Run) []flow.Step {
	var steps []flow.Step
	if len(r.Body.Steps) == 0 || json.Unmarshal(r.Body.Steps, &steps) != nil {
		return nil
	}
	return steps
}

// details are the contact's, as far as anybody told them.
func (k known) details() wire.Contact {
	switch {
	case k.state.Details.ContactID != "":
		return k.state.Details
	case k.rejected != nil && k.rejected.Fact.Contact != nil:
		return *k.rejected.Fact.Contact
	}
	for _, r := range k.runs {
		if c := r.Body.Fact.Contact; c != nil {
			return *c
		}
	}
	return wire.Contact{}
}

// came is when the contact came to the agent, as well as it is known.
func (k known) came() time.Time {
	var first time.Time
	note := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for _, m := range k.state.Marks {
		note(m.At)
	}
	for _, r := range k.runs {
		note(r.Created)
	}
	if k.rejected != nil {
		note(k.rejected.Fact.At)
	}
	return first
}

// isOpen says whether the row may change without anything new being told.
func (k known) isOpen() bool {
	return k.state.Live() || slices.ContainsFunc(k.runs, func(r store.Run) bool { return r.Status.Open() })
}

// call is the leg as a list shows it; its agent is named by id alone.
func (k known) call() Call {
	c, v := k.details(), k.verdict()
	call := Call{
		ContactID: k.leg.Contact, Agent: Agent{UserID: k.leg.User}, Type: c.Type, Inbound: c.Inbound, Number: c.PhoneNumber, Queue: c.QueueName,
		At: utc(k.came()), Phase: string(k.state.Phase()), Answered: k.state.Answered(), Duration: k.state.Duration().Milliseconds(),
		Record: k.state.Record(), Outcome: v.Outcome, Why: v.Why,
	}
	if call.Record == "" && v.Outcome == told.Popped {
		call.Record = v.Why.Args["id"]
	}
	if k.state.Over() {
		call.EndedAt = utcOrNil(k.endedAt())
	}
	return call
}

// endedAt is when the contact was over at this agent; zero if nobody knows.
func (k known) endedAt() time.Time {
	for _, event := range []string{contact.OnEnded, contact.OnMissed, contact.OnDestroy} {
		if at := k.state.At(event); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

// searchable is a number as it is searched for.
func searchable(delivered string) string {
	if n, ok := number.Parse(delivered, ""); ok {
		return n.Bare().E164()
	}
	return delivered
}

// names knows agents by what the store has of them, each read once. It is used in one transaction.
type names struct {
	tx    *store.Tx
	known map[string]Agent
}

func newNames(tx *store.Tx) names { return names{tx, map[string]Agent{}} }

// of names an agent; by the id alone where nothing is known.
func (n names) of(userID string) (Agent, error) {
	if a, ok := n.known[userID]; ok {
		return a, nil
	}
	var s agent.State
	if _, err := n.tx.StateOf(store.Leg{User: userID}, &s); err != nil {
		return Agent{}, err
	}
	a := Agent{UserID: userID, Name: s.Name, Username: s.Username}
	n.known[userID] = a
	return a, nil
}

func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

func utcOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = utc(t)
	return &t
}
