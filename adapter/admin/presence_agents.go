package admin

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/internal/fault"
)

// errNoAgent is also for another agent than the one who asks.
var errNoAgent = fault.New(fault.Missing, nil, "There is no such agent, or it is not you.")

// standing knows how agents stand, by the rules that are theirs.
type standing struct {
	books []RuleBook
	in    func(userID string) string // internal name of the call centre; "" if it is not known
	pages map[string]int
}

func (a *Admin) standing(ctx context.Context) standing {
	return standing{books: a.cfg.Presence(), in: a.cfg.CallCenterOf, pages: a.cfg.Connected(ctx)}
}

// bookOf are the rules that are an agent's: while nobody knows the call centre, those of the only record in use.
func (s standing) bookOf(userID string) RuleBook {
	name := s.in(userID)
	for _, b := range s.books {
		if b.CallCenter == name || name == "" && len(s.books) == 1 {
			return b
		}
	}
	return RuleBook{}
}

// of says how an agent stands; by whom each is so is added for those who are shown.
func (s standing) of(k agent.State) PresenceAgent {
	b := s.bookOf(k.User)
	stand := func(side presence.Side) PresenceStand {
		t := k.Sync.Of(side)
		return PresenceStand{Value: t.Value, Label: cmp.Or(t.Name, b.label(side, t.Value)), Since: utcOrNil(t.Since)}
	}
	out := PresenceAgent{Agent: Agent{UserID: k.User, Name: k.Name, Username: k.Username}, Pages: s.pages[k.User],
		Centre: stand(presence.Centre), Org: stand(presence.Org), Troubles: []Sentence{}, Stopped: utcOrNil(k.Sync.Stopped)}
	if out.Centre.Value == "" { // no change of it was told yet
		out.Centre.Value = k.Centre.State
		if k.Centre.Since > 0 {
			out.Centre.Since = utcOrNil(time.UnixMilli(k.Centre.Since))
		}
	}
	if !k.Sync.Stopped.IsZero() {
		out.Troubles = append(out.Troubles, told.OfStopped(k.Sync.Stopped))
	}
	if out.Pages > 0 {
		out.Troubles = append(out.Troubles, troublesOf(b, k)...)
	}
	return out
}

// troublesOf are what keeps the presences of an agent apart who is there: of one who has gone nobody tells, nor can set, anything.
func troublesOf(b RuleBook, k agent.State) (troubles []Sentence) {
	toOrg := func(r presence.Rule) bool { return r.Destination == presence.Org || r.Source != presence.CentreChanged }
	if k.NoDesk && b.On && slices.ContainsFunc(b.Rules, toOrg) {
		troubles = append(troubles, told.Say(told.CodeAgentNoDesk, nil))
	}
	for _, side := range []presence.Side{presence.Centre, presence.Org} {
		t := k.Sync.Of(side)
		if r := t.Refused; r != nil && !k.NoDesk {
			troubles = append(troubles, told.OfRefusal(side.Name(), cmp.Or(b.label(side, r.Value), r.Value), r.Rule, r.Why))
		}
		w := t.Word
		if w == nil || w.Rule == "" || w.Value == t.Value {
			continue
		}
		shown := func(value string) string { return cmp.Or(b.label(side, value), value) }
		args := map[string]string{"side": side.Name(), "status": shown(w.Value), "rule": w.Rule, "is": cmp.Or(t.Name, shown(t.Value), "unknown")}
		code := told.CodeAgentApart
		underWay := slices.ContainsFunc(t.Marks, func(m presence.Mark) bool { return m.Set == w.Set && m.Done.IsZero() })
		switch {
		case side == presence.Centre && presence.IsSystem(t.Value):
			code = told.CodeAgentOnCall
		case underWay:
			code = told.CodeAgentUnderWay
		}
		troubles = append(troubles, told.Say(code, args))
	}
	return troubles
}

// place is where an agent stands in the list: those who need somebody first, then by name.
type place struct {
	Calm int    `json:"c"` // 1 for one who needs nobody
	Name string `json:"n"`
	User string `json:"u"`
}

func placeOf(a PresenceAgent) place {
	p := place{Name: strings.ToLower(cmp.Or(a.Agent.Name, a.Agent.Username)), User: a.Agent.UserID}
	if len(a.Troubles) == 0 {
		p.Calm = 1
	}
	return p
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.Calm, q.Calm), strings.Compare(p.Name, q.Name), strings.Compare(p.User, q.User))
}

// agentsAsked is which agents somebody wants to see.
type agentsAsked struct {
	find  string // part of a name or an id, in small letters
	after *place
	limit int
}

func agentsAskedOf(r *http.Request) (asked agentsAsked, err error) {
	q := r.URL.Query()
	if asked.limit, err = limitOf(q); err != nil {
		return asked, err
	}
	asked.find = strings.ToLower(strings.TrimSpace(q.Get("find")))
	if len(asked.find) > maxText {
		return asked, fault.New(fault.Invalid, nil, "find is too long.")
	}
	if text := q.Get("cursor"); text != "" {
		if err := decodeCursor(text, &asked.after); err != nil {
			return asked, err
		}
		if asked.after == nil {
			return asked, errCursor(nil)
		}
	}
	return asked, nil
}

func (q agentsAsked) fits(k agent.State) bool {
	return q.find == "" || strings.Contains(strings.ToLower(k.Name+"\x00"+k.Username+"\x00"+k.User), q.find)
}

// presenceAgents answers GET presence/agents.
func (a *Admin) presenceAgents(ctx context.Context, _ person, r *http.Request) (any, error) {
	asked, err := agentsAskedOf(r)
	if err != nil {
		return nil, err
	}
	answer := PresenceAgents{Agents: []PresenceAgent{}}
	s := a.standing(ctx)
	err = a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		err := store.EachAgent(tx, maxKnownAgents, func(userID string, k agent.State) error {
			if k.User = userID; !asked.fits(k) {
				return nil
			}
			one := s.of(k)
			if len(one.Troubles) > 0 {
				answer.Needing++
			}
			answer.Agents = append(answer.Agents, one)
			return nil
		})
		if err != nil {
			return err
		}
		answer.Total = len(answer.Agents)
		slices.SortFunc(answer.Agents, func(x, y PresenceAgent) int { return placeOf(x).compare(placeOf(y)) })
		if asked.after != nil {
			answer.Agents = answer.Agents[firstAfter(answer.Agents, *asked.after):]
		}
		if len(answer.Agents) > asked.limit {
			answer.Agents = answer.Agents[:asked.limit]
			answer.Next = encodeCursor(placeOf(answer.Agents[asked.limit-1]))
		}
		for i := range answer.Agents {
			if err := madeBy(tx, &answer.Agents[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return answer, err
}

func firstAfter(all []PresenceAgent, p place) int {
	at, found := slices.BinarySearchFunc(all, p, func(a PresenceAgent, p place) int { return placeOf(a).compare(p) })
	if found {
		at++
	}
	return at
}

// latestOfAgent is how many changes are searched for who made the status that is there.
const latestOfAgent = 20

// madeBy adds who made each of an agent's statuses, as far as the latest changes tell it.
func madeBy(tx *store.Tx, a *PresenceAgent) error {
	changes, err := tx.Presences(a.Agent.UserID, 0, latestOfAgent)
	for _, stand := range []struct {
		side presence.Side
		at   *PresenceStand
	}{{presence.Centre, &a.Centre}, {presence.Org, &a.Org}} {
		i := slices.IndexFunc(changes, func(c store.Presence) bool {
			return c.Side == string(stand.side) && c.To == stand.at.Value && c.Cause != store.NotChanged && c.Cause != store.SyncStops
		})
		if i >= 0 {
			by := told.OfStatusChange(told.StatusChange{Side: stand.side.Name(), Cause: changes[i].Cause, By: changes[i].By})
			stand.at.By = &by
		}
	}
	return err
}

// presenceHistory answers GET presence/agents/{user}.
func (a *Admin) presenceHistory(ctx context.Context, p person, r *http.Request) (any, error) {
	q := r.URL.Query()
	limit, err := limitOf(q)
	if err != nil {
		return nil, err
	}
	before, err := rowCursor(q)
	if err != nil {
		return nil, err
	}
	s := a.standing(ctx)
	answer := PresenceHistory{Changes: []PresenceChange{}}
	err = a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		user, err := userOf(tx, r.PathValue("user"))
		if err != nil {
			return err
		}
		if p.sees == Own && user != p.user {
			return errNoAgent
		}
		k := agent.New(user)
		if _, err := tx.StateOf(store.Leg{User: user}, &k); err != nil {
			return err
		}
		changes, err := tx.Presences(user, before, limit+1)
		if err != nil {
			return err
		}
		if k.Username == "" && k.Sync.Latest.IsZero() && len(changes) == 0 && user != p.user {
			return errNoAgent
		}
		if len(changes) > limit {
			changes = changes[:limit]
			answer.Next = strconv.FormatInt(changes[limit-1].ID, 10)
		}
		b := s.bookOf(user)
		for _, c := range changes {
			answer.Changes = append(answer.Changes, b.changeOf(c))
		}
		k.User = user
		answer.Agent = s.of(k)
		return madeBy(tx, &answer.Agent)
	})
	return answer, err
}

func (b RuleBook) changeOf(c store.Presence) PresenceChange {
	side := presence.Side(c.Side)
	out := PresenceChange{ID: c.ID, At: utc(c.At), Side: c.Side, From: c.From, FromLabel: b.label(side, c.From), To: c.To,
		ToLabel: cmp.Or(c.Name, b.label(side, c.To)), Cause: c.Cause}
	out.By = told.OfStatusChange(told.StatusChange{Side: side.Name(), To: cmp.Or(out.ToLabel, c.To), Cause: c.Cause, By: c.By, Why: c.Why})
	return out
}
