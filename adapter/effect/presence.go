package effect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// PresenceConfig is what changes of agents' statuses need of the other rooms.
type PresenceConfig struct {
	Store run.Store
	Hub   Hub
	// StatusID finds a status of Omni-Channel by its developer name or id; "" if there is none.
	StatusID func(ctx context.Context, userID, name string) (string, error)
	// Says says whether the rules still have a change made: true while nobody knows them.
	Says   func(userID string, set presence.Set) bool
	Notify func(userID string, n wire.Notice)
	// Took hears how long it took from what had a rule say so until it was carried out.
	Took  func(time.Duration)
	Clock clock.Clock
}

// Presence carries out what presence rules say: it changes one of an agent's statuses.
type Presence struct{ cfg PresenceConfig }

// NewPresence changes nothing yet.
func NewPresence(cfg PresenceConfig) *Presence { return &Presence{cfg} }

// pageWithin is how long a page may be looked for: what is older is looked at again when the agent is back.
const pageWithin = 15 * time.Second

// Do changes a status, unless something else was said meanwhile. It may be done again: a status that is so already does not change.
func (x *Presence) Do(ctx context.Context, h *run.Hand) run.Next {
	h.Park()
	var set presence.Set
	if err := json.Unmarshal(h.Run.Body.Steps, &set); err != nil {
		return run.Next{Status: store.Failed, Problem: err.Error()}
	}
	wanted, err := x.begin(ctx, h.Run.User, set)
	if err != nil {
		return x.Again(h, err)
	}
	if !wanted {
		return run.Next{Status: store.NotRun, Problem: "Something else was said meanwhile, or it took too long."}
	}
	body, err := x.command(ctx, h.Run.User, set)
	if refused, no := errors.AsType[*flow.Refused](err); no {
		return x.failed(h, set, refused.Reason)
	}
	if err != nil {
		return x.later(h, set, err)
	}
	limited, cancel := context.WithTimeout(ctx, pageWithin)
	defer cancel()
	answer, err := x.cfg.Hub.Do(limited, h.Run.User, wire.Command{ID: runID(h.Run) + "|presence", Body: body, Again: h.Run.Fence > 1})
	switch {
	case ctx.Err() != nil:
		return x.Again(h, ctx.Err())
	case errors.Is(err, context.DeadlineExceeded):
		return x.failed(h, set, "The softphone page did not answer in time.")
	case errors.Is(err, socket.ErrNoPage):
		return x.put(h, store.NotRun, "No softphone page of the agent was there: it is said again when one is.",
			func(s presence.Sync) presence.Sync { return s.Dropped(set) })
	case err != nil:
		return x.Again(h, err)
	case answer.Outcome == wire.OutcomeDone:
		x.cfg.Took(x.cfg.Clock.Now().Sub(h.Run.Body.Fact.At))
		return x.put(h, store.Completed, why(set), func(s presence.Sync) presence.Sync { return s.Done(set, x.cfg.Clock.Now()) })
	case answer.Code == told.CodeUnable && set.Side == presence.Org:
		return x.noDesk(h, set)
	}
	return x.failed(h, set, reasonOf(answer.Result))
}

func reasonOf(r wire.Result) string {
	if told.Knows(r.Code) {
		return told.English(r.Code, r.Args)
	}
	return r.Error
}

// why is what a change that was made is for, for administrators.
func why(set presence.Set) string {
	text := fmt.Sprintf("%s was set to %s", set.Side.Name(), set.Value)
	switch {
	case set.Rule == "":
		return text + ", as somebody had chosen before an older change of ours undid it."
	case set.Restored:
		return text + " again, as the rule " + set.Rule + " had said before."
	}
	return text + ", as the rule " + set.Rule + " says."
}

// begin notes that the echo of a change may come from now on; wanted is false if something else was said meanwhile.
func (x *Presence) begin(ctx context.Context, userID string, set presence.Set) (wanted bool, err error) {
	err = x.cfg.Store.Do(ctx, userID, func(tx *store.Tx) error {
		a := agent.New(userID)
		if err := tx.State(userID, "", &a); err != nil {
			return err
		}
		now := x.cfg.Clock.Now()
		switch wanted = a.Sync.Wants(set, now); {
		case wanted && !x.cfg.Says(userID, set): // the rule is gone, or the sync is off
			wanted, a.Sync = false, a.Sync.Failed(set, "")
		case wanted:
			a.Sync = a.Sync.Begin(set, now)
		default:
			a.Sync = a.Sync.Dropped(set)
		}
		return tx.PutState(userID, "", now, true, a)
	})
	return wanted, err
}

// command is what a page does for a change.
func (x *Presence) command(ctx context.Context, userID string, set presence.Set) (wire.CommandBody, error) {
	if set.Side == presence.Centre {
		return wire.CommandBody{Type: "setStatus", SetStatus: &wire.SetStatus{Name: set.Value}}, nil
	}
	omni := func(method, id string) wire.CommandBody {
		return wire.CommandBody{Type: "omni", Omni: &wire.Omni{Method: method, StatusID: id}}
	}
	if set.Value == presence.Offline {
		return omni("logout", ""), nil
	}
	id, err := x.cfg.StatusID(ctx, userID, set.Value)
	if err == nil && id == "" {
		err = &flow.Refused{Reason: fmt.Sprintf("Omni-Channel has no status of the developer name %s any more.", set.Value)}
	}
	return omni("setStatus", id), err
}

// failed ends a change that cannot be made: who made it necessary is told, and who set the rule.
func (x *Presence) failed(h *run.Hand, set presence.Set, reason string) run.Next {
	next := x.put(h, store.Failed, reason, func(s presence.Sync) presence.Sync { return s.Failed(set, reason) })
	also := next.Also
	next.Also = func(tx *store.Tx) ([]*store.Run, error) {
		kept := store.Presence{User: h.Run.User, At: x.cfg.Clock.Now(), Side: string(set.Side), To: set.Value, Cause: store.NotChanged,
			By: set.Rule, Why: reason}
		if err := tx.AddPresence(kept); err != nil {
			return nil, err
		}
		return also(tx)
	}
	next.Then = func() {
		said := told.Say(told.CodePresenceRefused, map[string]string{"side": set.Side.Name(), "status": set.Value, "rule": set.Rule,
			"problem": reason})
		x.cfg.Notify(h.Run.User, wire.Notice{Level: "warning", Text: said.Text, Code: said.Code, Args: said.Args})
	}
	return next
}

// noDesk ends a change that no page can make, since nothing in the console speaks for Omni-Channel.
func (x *Presence) noDesk(h *run.Hand, set presence.Set) run.Next {
	next := x.failed(h, set, "The component AC_Desk does not answer in the console: add it to the utility items of the app.")
	also, userID := next.Also, h.Run.User
	next.Also = func(tx *store.Tx) ([]*store.Run, error) {
		runs, err := also(tx)
		if err != nil {
			return nil, err
		}
		a := agent.New(userID)
		if err := tx.State(userID, "", &a); err != nil {
			return nil, err
		}
		a.NoDesk = true // until a page says that it is there
		return runs, tx.PutState(userID, "", x.cfg.Clock.Now(), true, a)
	}
	return next
}

// put ends a run with what it changes of how the presences stand.
func (x *Presence) put(h *run.Hand, status store.Status, problem string, change func(presence.Sync) presence.Sync) run.Next {
	userID := h.Run.User
	return run.Next{Status: status, Problem: problem, Also: func(tx *store.Tx) ([]*store.Run, error) {
		a := agent.New(userID)
		if err := tx.State(userID, "", &a); err != nil {
			return nil, err
		}
		a.Sync = change(a.Sync)
		return nil, tx.PutState(userID, "", x.cfg.Clock.Now(), true, a)
	}}
}

// presenceTries is how often a change is tried that the org or the store does not let be made: then it is of no use any more.
const presenceTries = 4

// later tries a change once more that the org did not let be made, and says so to whom it concerns when that was of no use.
func (x *Presence) later(h *run.Hand, set presence.Set, err error) run.Next {
	next := x.Again(h, err)
	if next.Status == store.GivenUp {
		return x.failed(h, set, "Salesforce did not answer the adapter.")
	}
	return next
}

// Again is how a run goes on that could not do its work.
func (x *Presence) Again(h *run.Hand, err error) run.Next {
	return tryAgain(h, x.cfg.Clock.Now(), err, presenceTries)
}
