package heart

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// Events of the agent's presences.
const (
	stateChanged    = "onStateChange"
	workAccepted    = "onWorkAccepted"
	workloadChanged = "onWorkloadChanged"
	isRead          = "onReading" // of ours: a page has read how the agent stands
)

// Presence takes in how the agent stands in Omni-Channel as a page reads it.
func (h *Heart) Presence(ctx context.Context, userID string, r wire.Presence) error {
	if len(r.StatusName)+len(r.StatusAPIName)+len(r.StatusID) > maxStatus {
		return errLongStatus
	}
	if !h.shares.allowList(userID, roughly, h.cfg.Clock.Now()) {
		return &fact.Refused{Reason: "tooMany", After: laterAfter}
	}
	return h.change(ctx, userID, func(c *change) error {
		s := agent.New(userID)
		if err := c.tx.State(userID, "", &s); err != nil {
			return err
		}
		s.NoDesk = !r.There
		if !r.There {
			return c.tx.PutState(userID, "", c.now, true, s)
		}
		f := fact.Fact{User: userID, At: c.now, Source: fact.Presence, Event: isRead, Derived: true}
		value, name := presence.Offline, ""
		if r.StatusID+r.StatusAPIName+r.StatusName != "" {
			value, name = c.statusOf(r.StatusID, r.StatusAPIName, r.StatusName)
		}
		sync, news := s.Sync.Read(presence.Org, value, name, c.now)
		if err := c.follow(s, sync, presence.Org, news, f, causeOf(news, store.Found)); err != nil || sync.Agree() {
			return err
		}
		return c.addRun(store.Run{Kind: Decide, Status: store.Waiting, Wake: c.now.Add(restoreAfter), Body: store.Body{Fact: f}})
	})
}

// restoreAfter is when what the rules said last is said again: by then a page has told what it held back, which may be that somebody chose
// otherwise, and a console that has just been loaded has found out that its agent is logged in.
const restoreAfter = 3 * time.Second

// restore has what the rules said last said again, as far as it is not so.
func (c *change) restore(f fact.Fact) error {
	s := agent.New(f.User)
	if err := c.tx.State(f.User, "", &s); err != nil {
		return err
	}
	sync, sets := s.Sync.Restore(c.rules.Presence.Works(), c.now)
	return c.follow(s, sync, presence.Org, presence.News{Sets: sets}, f, "")
}

// maxStatus bounds the words for a status, in bytes.
const maxStatus = 1 << 10

// change makes something durable that no fact tells, and starts what follows of it.
func (h *Heart) change(ctx context.Context, userID string, do func(*change) error) error {
	rules, broken, known := h.cfg.Rules(userID)
	var c change
	err := h.cfg.Store.Do(ctx, userID, func(tx *store.Tx) error {
		c = change{tx: tx, heart: h, rules: rules, broken: broken, known: known, now: h.cfg.Clock.Now(), elsewhere: !tx.Mine()}
		return do(&c)
	})
	if err != nil {
		return err
	}
	h.tellOf(userID, &c, c.now)
	h.cfg.Start(c.runs...)
	return nil
}

// StartSync starts the sync of an agent again that was stopped, and says whether it was.
func (h *Heart) StartSync(ctx context.Context, userID string) (stopped bool, err error) {
	err = h.change(ctx, userID, func(c *change) error {
		s := agent.New(userID)
		if err := c.tx.State(userID, "", &s); err != nil {
			return err
		}
		if stopped = !s.Sync.Stopped.IsZero(); !stopped {
			return nil
		}
		s.Sync, c.goesOn = s.Sync.Start(), true
		return c.tx.PutState(userID, "", c.now, true, s)
	})
	return stopped, err
}

// statusOf is a status of Omni-Channel as rules name it; "" for none. The platform tells the developer name only to those who may see
// set-up: then the org's list has it, or the status goes by what else is told.
func (c *change) statusOf(id, apiName, name string) (value, label string) {
	if apiName == "" && id != "" {
		known, _ := c.rules.Presence.Status(id)
		return cmp.Or(known.APIName, name, id), cmp.Or(name, known.Label)
	}
	return cmp.Or(apiName, name), name
}

// ofPresence takes in what happened in Omni-Channel. While nobody knows the rules it waits for them.
func (c *change) ofPresence(f fact.Fact) error {
	switch {
	case !c.known && f.Event != workAccepted:
		return c.addRun(store.Run{Kind: Decide, Status: store.Waiting, Body: store.Body{Fact: f}})
	case f.Event == isRead:
		return c.restore(f)
	case f.Event == stateChanged:
		return c.orgChanged(f)
	case f.Event == workloadChanged:
		return c.loaded(f)
	case f.Event == workAccepted && c.known && !slices.Contains(c.rules.Fires(), f.Name()):
		return nil // the org is not asked for what nobody wants to know
	case f.Event == workAccepted: // by which channel, only the org says
		return c.addRun(store.Run{Kind: Work, Status: store.Waiting, Body: store.Body{Fact: f}})
	}
	return c.fire(f)
}

// orgChanged takes a new status of Omni-Channel in. Every tab of the agent tells it: what is nothing new fires nothing.
func (c *change) orgChanged(f fact.Fact) error {
	var told struct {
		StatusName    string `json:"statusName"`
		StatusAPIName string `json:"statusApiName"`
		StatusID      string `json:"statusId"`
	}
	if err := json.Unmarshal(f.Payload, &told); err != nil || len(told.StatusName)+len(told.StatusAPIName) > maxStatus {
		return nil // it says nothing
	}
	value, name := c.statusOf(told.StatusID, told.StatusAPIName, told.StatusName)
	news, err := c.tell(f, presence.Change{Side: presence.Org, Value: value, Name: name, Order: f.At})
	if err != nil || !news.Changed {
		return err
	}
	return c.fire(f)
}

// centreChanged takes a new state at the contact centre in.
func (c *change) centreChanged(f fact.Fact) error {
	var told struct {
		Old string `json:"oldState"`
	}
	_ = json.Unmarshal(f.Payload, &told) // without it, what is known is the old one
	_, err := c.tell(f, presence.Change{Side: presence.Centre, Value: f.Agent.State, Was: told.Old, Order: time.UnixMilli(f.Agent.Since)})
	return err
}

// loaded takes another workload in.
func (c *change) loaded(f fact.Fact) error {
	var told struct {
		Capacity *float64 `json:"configuredCapacity"`
		Was      float64  `json:"previousWorkload"`
		Now      *float64 `json:"newWorkload"`
	}
	if err := json.Unmarshal(f.Payload, &told); err != nil || told.Capacity == nil || told.Now == nil {
		return nil
	}
	s := agent.New(f.User)
	if err := c.tx.State(f.User, "", &s); err != nil {
		return err
	}
	sync, fresh := s.Sync.Load(presence.Load{Capacity: *told.Capacity, Was: told.Was, Now: *told.Now})
	if !fresh {
		return nil
	}
	sync, news := sync.Happen(c.rules.Presence.Works(), presence.WorkloadChanged, "", c.now)
	if err := c.follow(s, sync, presence.Org, news, f, ""); err != nil {
		return err
	}
	return c.fire(f)
}

// tell has the rules follow a change of a status.
func (c *change) tell(f fact.Fact, ch presence.Change) (presence.News, error) {
	s := agent.New(f.User)
	if err := c.tx.State(f.User, "", &s); err != nil {
		return presence.News{}, err
	}
	rules := c.rules.Presence.Works()
	if c.now.Sub(f.At) > presence.Holds { // a page had held it back
		rules = nil
	}
	sync, news := s.Sync.Tell(rules, ch, c.now)
	cause := store.BySomebody
	if ch.Side == presence.Centre && presence.IsSystem(ch.Value) {
		cause = store.BySystem
	}
	return news, c.follow(s, sync, ch.Side, news, f, causeOf(news, cause))
}

// causeOf is who made a change: whoever left a mark, or else another.
func causeOf(news presence.News, other string) string {
	switch {
	case news.Ours:
		return store.ByRule
	case news.Flow != "":
		return store.ByFlow
	case news.Session:
		return store.BySession
	}
	return other
}

// follow keeps how the presences stand now, who changed what, and what is to be changed for it.
func (c *change) follow(s agent.State, sync presence.Sync, side presence.Side, news presence.News, f fact.Fact, cause string) error {
	s.Sync = sync
	if err := c.tx.PutState(s.User, "", c.now, true, s); err != nil {
		return err
	}
	kept := store.Presence{User: s.User, At: c.now, Side: string(side), From: news.From, To: news.To, Name: sync.Of(side).Name, Cause: cause,
		By: news.Rule + news.Flow}
	if news.Changed {
		if err := c.tx.AddPresence(kept); err != nil {
			return err
		}
	}
	c.goesOn = c.goesOn || news.GoesOn
	if news.JustStops {
		c.stops = true
		kept.Cause = store.SyncStops
		if err := c.tx.AddPresence(kept); err != nil {
			return err
		}
	}
	for _, set := range news.Sets {
		body, err := json.Marshal(set)
		if err != nil {
			return err
		}
		f.Contact, f.Agent = nil, nil // the run is the agent's, whatever contact is on
		err = c.addRun(store.Run{Kind: Present, Lane: Present + "|" + s.User + "|" + string(set.Side), Status: store.Waiting,
			Body: store.Body{Fact: f, Steps: body}})
		if err != nil {
			return err
		}
	}
	return nil
}

// Worker makes runs that ask the org by which channel work came that an agent has accepted, and then have rules and flows follow.
func (h *Heart) Worker(channel func(ctx context.Context, userID, workID string) (string, error),
	again func(*run.Hand, error) run.Next) run.Doer {
	return func(ctx context.Context, hand *run.Hand) run.Next {
		hand.Park()
		f := hand.Run.Body.Fact
		var payload map[string]any
		if json.Unmarshal(f.Payload, &payload) != nil || payload == nil {
			return run.Next{Status: store.NotRun, Problem: "What the page told of the work says nothing."}
		}
		workID, _ := payload["workId"].(string)
		name, err := channel(ctx, f.User, workID)
		if err != nil {
			return again(hand, err)
		}
		payload["serviceChannel"] = name
		if f.Payload, err = json.Marshal(payload); err != nil {
			return run.Next{Status: store.Failed, Problem: err.Error()}
		}
		return h.also(f.User, func(c *change) error {
			s := agent.New(f.User)
			if err := c.tx.State(f.User, "", &s); err != nil {
				return err
			}
			sync, news := s.Sync.Happen(c.rules.Presence.Works(), presence.WorkAccepted, name, c.now)
			if err := c.follow(s, sync, presence.Org, news, f, ""); err != nil {
				return err
			}
			return c.fire(f)
		})
	}
}
