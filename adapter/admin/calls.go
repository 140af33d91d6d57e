package admin

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/internal/fault"
)

const (
	defaultLimit = 50
	maxLimit     = 200
	maxFacts     = 200
	maxText      = 256 // bytes of a parameter
)

func sayAgain(s Sentence) Sentence { return told.Say(s.Code, s.Args) }

func damagedCall(row store.Call) Call {
	v := told.Damaged()
	return Call{ContactID: row.Contact, Agent: Agent{UserID: row.User}, Number: row.Number, Queue: row.Queue, At: utc(row.At),
		Outcome: v.Outcome,
		Why:     v.Why}
}

// list answers GET calls.
func (a *Admin) list(ctx context.Context, p person, r *http.Request) (any, error) {
	q := r.URL.Query()
	filter, limit, err := filterOf(q)
	if err != nil {
		return nil, err
	}
	if err := a.index.freshen(ctx); err != nil && ctx.Err() == nil { // what was known is better than nothing
		a.cfg.Log.WarnContext(ctx, "the list of calls is not up to date", "err", err)
	}
	answer := CallList{Calls: []Call{}}
	err = a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		if filter.User, err = userOf(tx, q.Get("agent")); err != nil {
			return err
		}
		if p.sees == Own {
			if filter.User != "" && filter.User != p.user {
				return nil
			}
			filter.User = p.user
		}
		rows, err := tx.Calls(filter, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			answer.Next = cursorOf(rows[limit-1])
		}
		who := newNames(tx)
		for _, row := range rows {
			call, err := callOf(row)
			if err != nil {
				return err
			}
			if call.Agent, err = who.of(row.User); err != nil {
				return err
			}
			call.TraceID = a.trace(row.User, row.Contact)
			answer.Calls = append(answer.Calls, call)
		}
		return nil
	})
	return answer, err
}

// filterOf reads which calls somebody wants.
func filterOf(q url.Values) (f store.CallFilter, limit int, err error) {
	for name, values := range q {
		if len(values) != 1 || len(values[0]) > maxText {
			return f, 0, fault.New(fault.Invalid, nil, "%s is given twice, or is too long.", short(name))
		}
	}
	if text := strings.TrimSpace(q.Get("number")); text != "" {
		f.Numbers = []string{text}
		if e164 := searchable(text); e164 != text {
			f.Numbers = append(f.Numbers, e164)
		}
	}
	f.Queue, f.Outcome = q.Get("queue"), q.Get("outcome")
	if f.Outcome != "" && !slices.Contains(told.Outcomes, told.Outcome(f.Outcome)) {
		return f, 0, fault.New(fault.Invalid, nil, "There is no outcome %q.", short(f.Outcome))
	}
	if f.From, err = timeOf(q, "from"); err != nil {
		return f, 0, err
	}
	if f.To, err = timeOf(q, "to"); err != nil {
		return f, 0, err
	}
	if text := q.Get("cursor"); text != "" {
		if f.Before, f.BeforeOf, err = readCursor(text); err != nil {
			return f, 0, err
		}
	}
	limit, err = limitOf(q)
	return f, limit, err
}

func timeOf(q url.Values, name string) (time.Time, error) {
	text := q.Get(name)
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fault.New(fault.Invalid, err, "%s is no time such as 2026-03-02T09:00:00Z.", name)
	}
	return at, nil
}

func limitOf(q url.Values) (int, error) {
	text := q.Get("limit")
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxLimit {
		return 0, fault.New(fault.Invalid, err, "limit is a number from 1 to %d.", maxLimit)
	}
	return n, nil
}

// cursor is where a list goes on.
type cursor struct {
	At      int64  `json:"a"`
	Contact string `json:"c"`
	User    string `json:"u"`
}

func cursorOf(row store.Call) string {
	return encodeCursor(cursor{row.At.UnixMilli(), row.Contact, row.User})
}

func readCursor(text string) (time.Time, store.Leg, error) {
	var c cursor
	if err := decodeCursor(text, &c); err != nil {
		return time.Time{}, store.Leg{}, err
	}
	return time.UnixMilli(c.At), store.Leg{User: c.User, Contact: c.Contact}, nil
}

// userOf finds the CRM user whom somebody names by id, or by the contact centre's user name; one who is not there has no calls.
func userOf(tx *store.Tx, text string) (string, error) {
	if text == "" || isUserID(text) {
		return text, nil
	}
	found, err := tx.Bound("", text)
	if err != nil || len(found) == 0 {
		return "nobody", err
	}
	return found[0].UserID, nil
}

func isUserID(text string) bool { return len(text) == 18 && strings.HasPrefix(text, "005") }

// filters answers GET filters.
func (a *Admin) filters(ctx context.Context, p person, _ *http.Request) (any, error) {
	answer := Filters{Agents: []Agent{}, Queues: []string{}, Outcomes: told.Outcomes}
	err := a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		users := []string{p.user}
		if p.sees == Everything {
			var err error
			if users, err = tx.Users(maxAgents); err != nil {
				return err
			}
			queues, err := tx.Queues(maxLimit)
			if err != nil {
				return err
			}
			answer.Queues = append(answer.Queues, queues...)
		}
		who := newNames(tx)
		for _, id := range users {
			named, err := who.of(id)
			if err != nil {
				return err
			}
			answer.Agents = append(answer.Agents, named)
		}
		return nil
	})
	return answer, err
}

// errNoCall is also for a call of somebody else: that there is one is none of the asker's business.
var errNoCall = fault.New(fault.Missing, nil, "There is no such call, or it is not one of yours.")

// detail answers GET calls/{contactId}.
func (a *Admin) detail(ctx context.Context, p person, r *http.Request) (any, error) {
	id := r.PathValue("contact")
	answer := CallDetail{ContactID: id, Legs: []Leg{}, Damaged: []string{}}
	err := a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		legs, err := tx.LegsOf(id)
		if err != nil {
			return err
		}
		who, room := newNames(tx), &room{left: maxValues}
		for _, leg := range legs {
			if p.sees == Own && leg.User != p.user {
				continue
			}
			k, err := read(tx, leg)
			if err != nil {
				return err
			}
			out, err := a.legOf(tx, k, who, room)
			if err != nil {
				return err
			}
			answer.Legs, answer.Damaged = append(answer.Legs, out), append(answer.Damaged, k.damaged...)
		}
		return nil
	})
	if err == nil && len(answer.Legs) == 0 {
		err = errNoCall
	}
	slices.SortStableFunc(answer.Legs, func(x, y Leg) int { return x.Call.At.Compare(y.Call.At) })
	return answer, err
}

// legOf is all of a leg, with what of its steps there is room for.
func (a *Admin) legOf(tx *store.Tx, k known, who names, room *room) (Leg, error) {
	named, err := who.of(k.leg.User)
	if err != nil {
		return Leg{}, err
	}
	k = k.masked(a.cfg.Mask)
	facts, _, err := tx.FactsOfLeg(k.leg, maxFacts) // what is damaged is named by health
	if err != nil {
		return Leg{}, err
	}
	l := Leg{
		Call: k.call(), Attributes: a.cfg.Mask.Attributes(k.details().Attributes), States: []State{}, Facts: []Fact{},
		Popped: []Popped{}, Chosen: k.state.Chosen, Dialled: k.state.Dialled, Task: k.state.Task, Runs: []Run{},
	}
	l.Call.Agent, l.Call.TraceID = named, a.trace(k.leg.User, k.leg.Contact)
	l.RecordURL, l.TaskURL = a.recordURL(l.Call.Record), a.recordURL(l.Task)
	if l.Attributes == nil {
		l.Attributes = map[string]string{}
	}
	for _, m := range k.state.Marks {
		l.States = append(l.States, State{Event: m.Event, State: m.State, At: utc(m.At), Derived: m.Derived, Misdated: m.Misdated})
	}
	slices.SortStableFunc(l.States, func(x, y State) int { return x.At.Compare(y.At) })
	for _, p := range k.state.Popped {
		l.Popped = append(l.Popped, Popped{p.Record, utc(p.At)})
	}
	for _, f := range facts {
		l.Facts = append(l.Facts, factOf(f))
	}
	for _, r := range k.runs {
		l.Runs = append(l.Runs, runOf(r, named, room))
	}
	return l, nil
}

func factOf(f fact.Fact) Fact {
	out := Fact{Key: f.Key, Name: f.Name(), At: utc(f.At), Page: f.Page, Derived: f.Derived, Misdated: f.Misdated, Replay: f.Replay}
	if f.Contact != nil {
		out.State = f.Contact.State
	}
	return out
}

// trace is the trace of a leg; "" without one.
func (a *Admin) trace(userID, contactID string) string {
	if a.cfg.Trace == nil {
		return ""
	}
	return a.cfg.Trace(userID, contactID)
}

// recordURL is where people see a record of the CRM; "" without one.
func (a *Admin) recordURL(id string) string {
	if id == "" || a.cfg.CRM == "" {
		return ""
	}
	return a.cfg.CRM + "/" + url.PathEscape(id)
}

// short is the beginning of text that somebody sent.
func short(text string) string { return strings.ToValidUTF8(text[:min(len(text), 60)], "") }
