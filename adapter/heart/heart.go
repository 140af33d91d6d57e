// Package heart takes facts in: it keeps them, folds them into the state of contacts and agents, and makes the runs that follow, all in
// one transaction.
//
// Read first: Heart, Heart.Keep, Heart.Sees. It knows no socket and no CRM; which flows there are is passed in.
package heart

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// Kinds of runs.
const (
	Flow    = "flow"    // a CTI flow
	Decide  = "decide"  // which flows a fact fires, when that could not be known at once
	Lapse   = "lapse"   // the end of a contact that no page lists any more
	Task    = "task"    // the call log's Task of an answered call
	Channel = "channel" // the contact's AC Contact Channel
	Refresh = "refresh" // the record in front shows the Task that was just written
	Leave   = "leave"   // the end of the session of an agent whose last page has gone
	Arrive  = "arrive"  // the first page after a session that was ended
	Present = "present" // a status that a rule wants, at the contact centre or in Omni-Channel
	Work    = "work"    // what follows of work that an agent has accepted, once it is known by which channel it came
)

// Rules are what the CRM says of a user's flows. known is false while that was never read; an error is of a record that is broken, and its
// fault's message is for people.
type Rules func(userID string) (adapter records.Adapter, err error, known bool)

// Config is what the heart needs of the other rooms.
type Config struct {
	Store run.Store
	Rules Rules
	// Start has runs carried out that were just made durable, Open counts a user's that have not ended.
	Start func(...*store.Run)
	Open  func(userID string) int
	// Again has a run of a user go on at once that waits.
	Again func(userID string, id int64)
	// Bind checks, and at first sight makes, the binding of a CRM user and a contact centre's user; false while nobody has said whether there
	// is such a user. fault.Conflict, with a message for the agent, if another one is bound.
	Bind func(tx *store.Tx, userID, username string, now time.Time) (bound bool, err error)
	// Rings hears of each contact that begins to ring at an agent.
	Rings func(userID string)
	// Stops hears of each agent whose presences are not kept in step any more, since they changed too often.
	Stops func(userID string)
	// GoesOn hears of each agent whose presences are kept in step again.
	GoesOn func(userID string)
	// Over hears of each contact that has ended; elsewhere says that another node has its user's work in hand.
	Over func(userID, contactID string, elsewhere bool)
	// Kept hears of facts that were told for the first time and are durable now, and when they came; nil for nobody.
	Kept  func(facts []fact.Fact, arrived time.Time)
	Clock clock.Clock
	Log   *slog.Logger
}

// Heart is safe for concurrent use.
type Heart struct {
	cfg       Config
	shares    shares
	bound     bound
	kept      versions
	undecided undecided
	// refused and full keep pages that tell again and again from filling the log.
	refused, full rate.Sometimes
}

// New takes nothing in yet.
func New(cfg Config) *Heart {
	return &Heart{cfg: cfg, shares: newShares(), bound: newBound(), kept: newVersions(), undecided: newUndecided(),
		refused: rate.Sometimes{First: 20, Interval: 10 * time.Second}, full: rate.Sometimes{Interval: time.Minute}}
}

const (
	// maxOpen is how many runs of one user may be open before more facts are refused.
	maxOpen = 2000
	// laterAfter is when a page may tell again what was too much.
	laterAfter = 5 * time.Second
)

// Keep takes a fact in that a page tells. It returns once the fact is durable, however often it was told before. *fact.Refused says why
// it was not kept.
func (h *Heart) Keep(ctx context.Context, userID, page string, e wire.Event) error {
	if why := fact.Check(e); why != "" {
		h.refused.Do(func() {
			h.cfg.Log.WarnContext(ctx, "malformed fact refused", "agent", userID, "source", short(e.Source), "event", short(e.Event), "err", why)
		})
		return &fact.Refused{Reason: "malformed"}
	}
	now := h.cfg.Clock.Now()
	if !h.shares.allow(userID, sizeOf(e), now) || h.cfg.Open(userID) >= maxOpen {
		h.refused.Do(func() { h.cfg.Log.WarnContext(ctx, "fact refused: too many of this agent", "agent", userID) })
		return &fact.Refused{Reason: "tooMany", After: laterAfter}
	}
	err := h.take(ctx, userID, usernameOf(e), func(*store.Tx) ([]fact.Fact, error) {
		return []fact.Fact{fact.Of(userID, page, e, now)}, nil
	})
	if err != nil && fault.Of(err).Kind == fault.Conflict {
		h.refused.Do(func() {
			h.cfg.Log.WarnContext(ctx, "fact refused: its page speaks for another agent", "agent", userID, "username", usernameOf(e), "err", err)
		})
		return &fact.Refused{Reason: "otherAgent"}
	}
	return err
}

// take makes facts durable with all that follows from them, and starts that.
func (h *Heart) take(ctx context.Context, userID, username string, facts func(*store.Tx) ([]fact.Fact, error)) error {
	arrived := h.cfg.Clock.Now()
	rules, broken, known := h.cfg.Rules(userID)
	var c change
	var bound bool
	err := h.cfg.Store.Do(ctx, userID, func(tx *store.Tx) (err error) {
		c = change{tx: tx, heart: h, rules: rules, broken: broken, known: known, now: h.cfg.Clock.Now(), elsewhere: !tx.Mine()}
		if bound, err = h.bind(tx, userID, username, c.now); err != nil {
			return err
		}
		all, err := facts(tx)
		if err != nil {
			return err
		}
		for _, f := range all {
			if err := c.add(f); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, store.ErrFull):
		h.full.Do(func() { h.cfg.Log.ErrorContext(ctx, "facts are not kept", "agent", userID, "err", err) })
		return &fact.Refused{Reason: "full", After: laterAfter}
	case err != nil:
		return err
	}
	if bound {
		h.bound.remember(userID, username, c.now)
	}
	h.tellOf(userID, &c, arrived)
	if known {
		h.decideNow(userID)
	}
	h.cfg.Start(c.runs...)
	return nil
}

// tellOf tells the other rooms of a change that is durable.
func (h *Heart) tellOf(userID string, c *change, arrived time.Time) {
	if h.cfg.Kept != nil && len(c.fresh) > 0 {
		h.cfg.Kept(c.fresh, arrived)
	}
	h.kept.remember(c.versions, c.now)
	if c.rings {
		h.cfg.Rings(userID)
	}
	if c.stops {
		h.cfg.Stops(userID)
	}
	if c.goesOn && !c.stops {
		h.cfg.GoesOn(userID)
	}
	for _, id := range c.over {
		h.cfg.Over(userID, id, c.elsewhere)
	}
}

// bind checks that a page speaks for the contact centre's user that its CRM user is bound to.
func (h *Heart) bind(tx *store.Tx, userID, username string, now time.Time) (bound bool, err error) {
	if username == "" || h.bound.knows(userID, username, now) {
		return username != "", nil
	}
	return h.cfg.Bind(tx, userID, username, now)
}

func usernameOf(e wire.Event) string {
	if e.Agent == nil {
		return ""
	}
	return e.Agent.Username
}

// sizeOf is about how many bytes a fact takes.
func sizeOf(e wire.Event) int {
	n := roughly + len(e.Payload) + len(e.Key)
	if e.Contact != nil {
		n += sizeOfContact(*e.Contact)
	}
	return n
}

func sizeOfSeen(s wire.Sees) int {
	n := roughly
	for _, c := range s.Contacts {
		n += roughly + sizeOfContact(c)
	}
	return n
}

func sizeOfContact(c wire.Contact) int {
	n := 0
	for name, value := range c.Attributes {
		n += len(name) + len(value)
	}
	return n
}

// roughly is what a fact takes beside what is counted, in bytes: its other texts are short.
const roughly = 1 << 10

func short(text string) string { return text[:min(len(text), 60)] }
