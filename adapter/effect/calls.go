package effect

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// CallsConfig is what the call log needs of the other rooms.
type CallsConfig struct {
	Store run.Store
	Hub   Hub
	// Client is a user's own, Integration the integration user's.
	Client      func(ctx context.Context, userID string) (*salesforce.Client, error)
	Integration func(ctx context.Context) (*salesforce.Client, error)
	Clock       clock.Clock
	Log         *slog.Logger
}

// Calls carry out the runs of the call log. They are safe for concurrent use.
type Calls struct {
	cfg      CallsConfig
	log      calllog.Log
	channels *channels
}

// NewCalls writes nothing yet; Close ends.
func NewCalls(cfg CallsConfig) *Calls {
	zones := &calllog.Zones{Client: cfg.Client, Clock: cfg.Clock}
	return &Calls{
		cfg: cfg, log: calllog.Log{Client: cfg.Client, Zone: zones.Of},
		channels: newChannels(calllog.Channels{Client: cfg.Integration}, cfg.Clock),
	}
}

// Close ends what is under way.
func (c *Calls) Close() { c.channels.close() }

// Sweep deletes claims that are too old to matter.
func (c *Calls) Sweep(ctx context.Context) error {
	client, err := c.cfg.Integration(ctx)
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		var deleted int
		if deleted, more, err = calllog.Sweep(ctx, client, c.cfg.Clock.Now()); deleted == 0 {
			return err
		}
	}
	return err
}

// logTries is how often the log tries what does not pass by waiting: an administrator may mend it meanwhile.
const logTries = 4

// Task writes the Task of an answered call, and has the contact's channel written when that is done or cannot be done now.
func (c *Calls) Task(ctx context.Context, h *run.Hand) run.Next {
	h.Park()
	s, call, lost, err := c.call(ctx, h.Run)
	if err != nil {
		return later(h, err, c.cfg.Clock)
	}
	logged, err := c.log.Task(ctx, call)
	if err != nil {
		waited := h.Run.Waits == store.SignIn // and was tried again
		next := later(h, err, c.cfg.Clock)
		if next.Waits == store.SignIn && !waited || !next.Status.Open() {
			next.Also = c.channelNext(h.Run) // it does not wait for a person
		}
		return next
	}
	problem := noted(logged.Note)
	if lost {
		problem = "What was known of the contact is damaged: the Task has what its end tells."
	}
	return run.Next{Status: store.Completed, Problem: problem, Also: func(tx *store.Tx) ([]*store.Run, error) {
		if logged.TaskID != "" {
			if err := changeContact(tx, s.User, s.ID, c.cfg.Clock.Now(), func(now contact.State) contact.State {
				if lost {
					now = s // so that the contact has its row
				}
				now.Task, now.TaskSeconds = logged.TaskID, logged.Seconds
				return now
			}); err != nil {
				return nil, err
			}
		}
		return c.afterTask(tx, h.Run, logged)
	}}
}

// afterTask adds what follows a Task: the contact's channel, and the new Task in the record that is in front.
func (c *Calls) afterTask(tx *store.Tx, r store.Run, logged calllog.Logged) ([]*store.Run, error) {
	next, err := c.channelNext(r)(tx)
	if err != nil || logged.TaskID == "" || logged.Record == "" || logged.Again {
		return next, err
	}
	refresh := &store.Run{User: r.User, Kind: heart.Refresh, Status: store.Waiting, Created: c.cfg.Clock.Now(),
		Body: store.Body{Fact: r.Body.Fact, FlowID: logged.Record}}
	return append(next, refresh), tx.AddRun(refresh)
}

// noted says where a Task went that is not where it belonged; "" if there is nothing to say.
func noted(n calllog.Note) string {
	switch n.Code {
	case calllog.MovedOn:
		return "The record that was open was merged or converted: the Task is on the record that remains."
	case calllog.RecordGone:
		return "The record that was open was deleted during the call: the Task is related to nothing."
	case calllog.RecordClosed:
		return "The agent may not relate a Task to the record that was open: the Task is related to nothing."
	case calllog.NoActivities:
		return "The record that was open has no activities: the Task is related to nothing."
	}
	return ""
}

// channelNext adds the run that writes the contact's channel.
func (c *Calls) channelNext(r store.Run) func(*store.Tx) ([]*store.Run, error) {
	return func(tx *store.Tx) ([]*store.Run, error) {
		next := &store.Run{User: r.User, Contact: r.Contact, Kind: heart.Channel, Status: store.Waiting, Created: c.cfg.Clock.Now(),
			Body: store.Body{Fact: r.Body.Fact}}
		return []*store.Run{next}, tx.AddRun(next)
	}
}

// Channel writes the contact's row, together with those of others.
func (c *Calls) Channel(ctx context.Context, h *run.Hand) run.Next {
	h.Park()
	rows, err := c.rows(ctx, h.Run.Contact)
	if err == nil && len(rows) > 0 {
		err = c.channels.write(ctx, rows)
	}
	if err != nil {
		return later(h, err, c.cfg.Clock)
	}
	return run.Next{Status: store.Completed}
}

// later is how a run goes on that the CRM did not let end: by a sign-in, by time, or not at all.
func later(h *run.Hand, err error, clk clock.Clock) run.Next {
	h.Run.Body.Tries++
	h.Run.Body.Reason = ReasonOf(err)
	next := run.Next{Status: store.Waiting, Problem: fault.Of(err).Message, Wake: clk.Now().Add(clock.Backoff(h.Run.Body.Tries))}
	wait := calllog.Wait(err)
	switch {
	case wait == nil && errors.Is(err, context.Canceled):
	case wait == nil:
		if h.Run.Body.Refused++; h.Run.Body.Refused >= logTries {
			next.Status = store.GivenUp
		}
	case wait.SignIn:
		next.Waits, next.Problem = store.SignIn, "It waits until the agent signs in."
	default:
		next.Problem = "The org does not answer, or asks to be left alone for a while: it is tried again."
		if wait.After > 0 {
			next.Wake = clk.Now().Add(min(wait.After, longestWait))
		}
	}
	return next
}

// Refresh shows the new Task in the record that is in front. It is decoration: that no page does it is no matter, and soon nobody cares.
func (c *Calls) Refresh(ctx context.Context, h *run.Hand) run.Next {
	h.Park()
	r := h.Run
	limited, cancel := context.WithTimeout(ctx, refreshWithin)
	defer cancel()
	answer, err := c.cfg.Hub.Do(limited, r.User, wire.Command{
		ID: runID(r) + "|refresh", Body: wire.CommandBody{Type: "refresh", Refresh: &wire.Refresh{RecordID: r.Body.FlowID}},
	})
	switch {
	case ctx.Err() != nil:
		return run.Next{Status: store.Waiting}
	case err != nil || answer.Outcome != wire.OutcomeDone:
		return run.Next{Status: store.NotRun, Problem: "No softphone page of the agent was there to refresh the record."}
	}
	return run.Next{Status: store.Completed}
}

const refreshWithin = 10 * time.Second

// call reads what is known of a contact as its user had it. Of one that is lost, what the run's own fact tells is better than nothing; its
// lost is true then.
func (c *Calls) call(ctx context.Context, r store.Run) (s contact.State, call calllog.Call, lost bool, err error) {
	s = contact.New(r.User, r.Contact)
	a := agent.New(r.User)
	err = c.cfg.Store.View(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.State(r.User, r.Contact, &s), tx.State(r.User, "", &a))
	})
	if lost = err == nil && s.Phase() == contact.None; lost {
		s, _ = contact.Fold(s, r.Body.Fact)
	}
	return s, callOf(s, a), lost, ours(err)
}

// rows are what is known of a contact from every agent who had it.
func (c *Calls) rows(ctx context.Context, contactID string) (rows []calllog.Row, err error) {
	err = c.cfg.Store.View(ctx, func(tx *store.Tx) error {
		users, err := tx.UsersOf(contactID)
		if err != nil {
			return err
		}
		for _, userID := range users {
			s, a := contact.New(userID, contactID), agent.New(userID)
			if err := errors.Join(tx.State(userID, contactID, &s), tx.State(userID, "", &a)); err != nil {
				return err
			}
			if s.Phase() != contact.None {
				rows = append(rows, calllog.Row{Call: callOf(s, a), TaskID: s.Task})
			}
		}
		return nil
	})
	return rows, ours(err)
}

// callOf is a contact as the CRM hears of it.
func callOf(s contact.State, a agent.State) calllog.Call {
	d := s.Details
	offered := s.At(contact.OnConnecting)
	if offered.IsZero() {
		offered = s.At(contact.OnIncoming)
	}
	return calllog.Call{
		UserID: s.User, AgentUsername: a.Username, ContactID: s.ID, InitialContactID: d.InitialContactID, Type: d.Type, Inbound: d.Inbound,
		Number: d.PhoneNumber, Dialled: s.Dialled, QueueName: d.QueueName, InitiationMethod: d.InitiationMethod, Record: s.Record(),
		OfferedAt: offered, AnsweredAt: answeredAt(s), EndedAt: s.At(contact.OnEnded), Duration: s.Duration(),
		Hold: s.Held(s.At(contact.OnEnded)), Written: s.TaskSeconds,
		Answered: s.Answered(), Missed: s.Missed(), Rejected: s.Rejected(),
	}
}

// answeredAt prefers the contact centre's clock.
func answeredAt(s contact.State) time.Time {
	if s.Details.ConnectedAt > 0 {
		return time.UnixMilli(s.Details.ConnectedAt)
	}
	return s.At(contact.OnConnected)
}

// changeContact changes what is known of a contact, as it is by now.
func changeContact(tx *store.Tx, userID, contactID string, at time.Time, change func(contact.State) contact.State) error {
	s := contact.New(userID, contactID)
	if err := tx.State(userID, contactID, &s); err != nil {
		return err
	}
	s = change(s)
	return tx.PutState(userID, contactID, at, s.Live(), s)
}
