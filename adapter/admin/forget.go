package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/number"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
)

// staysSentence is what forgetting a person cannot reach.
const staysSentence = "Tasks, AC Contact Channels and the person's records stay in Salesforce: they are deleted there."

const (
	forgetAtOnce = 200  // contacts of one question
	scanAtOnce   = 1000 // rows that are looked at together
	shortest     = 6    // digits of a number that may be forgotten: fewer would be everybody's
)

// sliceFor is how long one question forgets: what is left is asked for again, so that no proxy on the way loses its patience.
const sliceFor = 10 * time.Second

// forget answers POST forget, a slice of it.
func (a *Admin) forget(ctx context.Context, p person, r *http.Request) (any, error) {
	var in struct{ Number, Next string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, fault.New(fault.Invalid, err, `The body is to be {"number": "+12065550142"}.`)
	}
	given := strings.TrimSpace(in.Number)
	n, ok := number.Parse(given, "")
	// Without its country code a number could be read as somebody else's, and nothing brings back what is forgotten.
	if !ok || !strings.HasPrefix(given, "+") || len(n.National()) < shortest {
		return nil, fault.New(fault.Invalid, nil, "%q is no whole telephone number: write it as in +12065550142.", short(in.Number))
	}
	f := forgetting{admin: a, number: n.Bare(), out: Forgotten{Stays: staysSentence}, until: a.cfg.Clock.Now().Add(sliceFor)}
	if err := a.index.hold(ctx, func() error { return f.slice(ctx, in.Next) }); err != nil {
		return nil, err
	}
	if f.out.Next != "" {
		return f.out, nil
	}
	if err := a.cfg.Store.Erase(ctx); err != nil {
		a.cfg.Log.WarnContext(ctx, "what was forgotten stands in the store's log until it is emptied", "err", err)
	}
	a.cfg.Log.InfoContext(ctx, "a person was forgotten", "by", p.name) // the number itself is none of the log's
	return f.out, nil
}

// forgetting erases what is kept of one number.
type forgetting struct {
	admin  *Admin
	number number.Number
	out    Forgotten
	until  time.Time // when this slice is over
}

// forgetStep goes on behind a row, and says how far it came and whether that was all.
type forgetStep struct {
	name string
	do   func(ctx context.Context, after int64) (last int64, done bool, err error)
}

// over says that the rest is for the next slice.
func (f *forgetting) over() bool { return !f.admin.cfg.Clock.Now().Before(f.until) }

// slice goes on where an earlier one has stopped: step and row, "" for the beginning.
func (f *forgetting) slice(ctx context.Context, next string) error {
	steps := []forgetStep{{"contacts", f.contacts}, {"facts", f.facts}, {"runs", f.runs}, {"dials", f.dials}, {"properties", f.properties}}
	name, text, _ := strings.Cut(next, " ")
	after, _ := strconv.ParseInt(text, 10, 64) // of a text that is none of ours: from the beginning
	first := max(0, slices.IndexFunc(steps, func(s forgetStep) bool { return s.name == name }))
	for _, step := range steps[first:] {
		last, done, err := step.do(ctx, after)
		if err != nil {
			return err
		}
		if !done {
			f.out.Next = step.name + " " + strconv.FormatInt(last, 10)
			return nil
		}
		after = 0
	}
	return nil
}

// contacts erases the contacts of the number. One that is on is left: its page would tell it again. What is erased is not found again, so
// each slice looks from the beginning.
func (f *forgetting) contacts(ctx context.Context, _ int64) (last int64, done bool, err error) {
	s := f.admin.cfg.Store
	filter := store.CallFilter{Numbers: []string{f.number.E164()}}
	gone := map[string]bool{}
	defer func() { f.out.Contacts = len(gone) }()
	for {
		var rows []store.Call
		if err := s.View(ctx, func(tx *store.Tx) (err error) {
			rows, err = tx.Calls(filter, forgetAtOnce)
			return err
		}); err != nil || len(rows) == 0 {
			return 0, true, err
		}
		last := rows[len(rows)-1]
		filter.Before, filter.BeforeOf = last.At, last.Leg
		for _, row := range rows {
			live, err := f.leg(ctx, row.Leg)
			if err != nil {
				return 0, false, err
			}
			if live {
				f.out.Live++
			} else {
				gone[row.Contact] = true
			}
		}
		if f.over() {
			f.out.Live = 0 // they are counted by the slice that comes to the end
			return 0, false, nil
		}
	}
}

func (f *forgetting) leg(ctx context.Context, leg store.Leg) (live bool, err error) {
	var facts, runs int64
	err = f.admin.cfg.Store.Do(ctx, leg.User, func(tx *store.Tx) error {
		facts, runs = 0, 0
		k, err := read(tx, leg)
		if err != nil {
			return err
		}
		if live = k.state.Listed(f.admin.cfg.Clock.Now()); live {
			return nil
		}
		facts, runs, err = tx.Forget(leg)
		return err
	})
	f.out.Facts += int(facts)
	f.out.Runs += int(runs)
	return live, err
}

// facts erases facts that are about no contact and tell the number, such as clicks on it.
func (f *forgetting) facts(ctx context.Context, after int64) (last int64, done bool, err error) {
	for {
		var mine []int64
		var last int64
		err := f.admin.cfg.Store.View(ctx, func(tx *store.Tx) error {
			ids, found, at, err := tx.FactsAfter(after, scanAtOnce)
			last = at
			for i, fact := range found {
				if fact.Contact == nil && f.tells(fact.Payload) {
					mine = append(mine, ids[i])
				}
			}
			return err
		})
		if err == nil {
			err = f.rows(ctx, mine, nil)
		}
		if err != nil || last == 0 {
			return 0, true, err
		}
		if after = last; f.over() {
			return after, false, nil
		}
	}
}

// runs erases runs that are about no contact and began with the number.
func (f *forgetting) runs(ctx context.Context, after int64) (last int64, done bool, err error) {
	for {
		var mine []int64
		var last int64
		err := f.admin.cfg.Store.View(ctx, func(tx *store.Tx) error {
			found, at, err := tx.RunsAfter(after, scanAtOnce)
			last = at
			for _, r := range found {
				about := r.Body.Fact.Contact
				if !r.Status.Open() && (f.tells(r.Body.Fact.Payload) || about != nil && searchable(about.PhoneNumber) == f.number.E164()) {
					mine = append(mine, r.ID)
				}
			}
			return err
		})
		if err == nil {
			err = f.rows(ctx, nil, mine)
		}
		if err != nil || last == 0 {
			return 0, true, err
		}
		if after = last; f.over() {
			return after, false, nil
		}
	}
}

func (f *forgetting) rows(ctx context.Context, factIDs, runIDs []int64) error {
	if len(factIDs)+len(runIDs) == 0 {
		return nil
	}
	var facts, runs int64
	err := f.admin.cfg.Store.Do(ctx, "", func(tx *store.Tx) (err error) {
		facts, runs, err = tx.ForgetRows(factIDs, runIDs)
		return err
	})
	f.out.Facts += int(facts)
	f.out.Runs += int(runs)
	return err
}

// dials erases the number from what agents dialled a moment ago. Nobody has many of them, so that a slice is enough.
func (f *forgetting) dials(ctx context.Context, _ int64) (last int64, done bool, err error) {
	s := f.admin.cfg.Store
	var users []string
	err = s.View(ctx, func(tx *store.Tx) (err error) {
		users, err = tx.Users(maxUsers)
		return err
	})
	for some := range slices.Chunk(users, scanAtOnce) {
		var mine []string
		if err == nil {
			err = s.View(ctx, func(tx *store.Tx) error {
				for _, user := range some {
					state, place, err := dialsOf(tx, user)
					if err != nil {
						return err
					}
					if place == "" && slices.ContainsFunc(state.Dials, f.dialled) {
						mine = append(mine, user)
					}
				}
				return nil
			})
		}
		for _, user := range mine {
			if err == nil {
				err = f.undial(ctx, user)
			}
		}
	}
	return 0, true, err
}

// maxUsers is more users than an org has.
const maxUsers = 1_000_000

func dialsOf(tx *store.Tx, user string) (agent.State, string, error) {
	state := agent.New(user)
	place, err := tx.StateOf(store.Leg{User: user}, &state)
	return state, place, err
}

func (f *forgetting) dialled(d agent.Dial) bool { return searchable(d.Number) == f.number.E164() }

func (f *forgetting) undial(ctx context.Context, user string) error {
	return f.admin.cfg.Store.Do(ctx, user, func(tx *store.Tx) error {
		state, place, err := dialsOf(tx, user)
		if err != nil || place != "" {
			return err
		}
		n := len(state.Dials)
		state.Dials = slices.DeleteFunc(state.Dials, f.dialled)
		if len(state.Dials) == n {
			return nil
		}
		return tx.PutState(user, "", f.admin.cfg.Clock.Now(), true, state)
	})
}

// properties erases what flows have kept that tells the number, whosever it is: at most 200 an agent.
func (f *forgetting) properties(ctx context.Context, _ int64) (last int64, done bool, err error) {
	for after, more := (store.Property{}), true; more; {
		var found []store.Property
		err := f.admin.cfg.Store.View(ctx, func(tx *store.Tx) (err error) {
			found, err = tx.Kept().After(after, scanAtOnce)
			return err
		})
		if err != nil {
			return 0, false, err
		}
		for _, p := range found {
			if !f.tells(p.Value) && !f.is(p.Key) {
				continue
			}
			err := f.admin.cfg.Store.Do(ctx, p.User, func(tx *store.Tx) error { return tx.Kept().Drop(p.Leg, p.Key) })
			if err != nil {
				return 0, false, err
			}
		}
		if more = len(found) == scanAtOnce; more {
			after = found[len(found)-1]
		}
	}
	return 0, true, nil
}

// tells says whether a payload tells the number, in whatever form.
func (f *forgetting) tells(payload json.RawMessage) bool {
	if len(payload) == 0 {
		return false
	}
	var v any
	return json.Unmarshal(payload, &v) == nil && f.in(v)
}

func (f *forgetting) in(v any) bool {
	switch v := v.(type) {
	case string:
		return f.is(v)
	case []any:
		return slices.ContainsFunc(v, f.in)
	case map[string]any:
		for _, inner := range v {
			if f.in(inner) {
				return true
			}
		}
	}
	return false
}

// is compares what people write: the whole number, or all that is dialled at home.
func (f *forgetting) is(text string) bool {
	if len(text) > maxText || !number.IsBare(text) {
		return false
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	digits = strings.TrimPrefix(digits, "00")
	return digits == f.number.E164()[1:] || digits == f.number.National() || digits == f.number.Home()
}
