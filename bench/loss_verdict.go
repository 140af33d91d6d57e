package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// verdict is what came of all calls.
type verdict struct {
	calls, answered, missed, strangers, clicks    int
	facts, acknowledged                           int
	lostFacts, unsent, refused                    int // acknowledged and not in the store; never acknowledged; refused for good
	noTask, doubled, wrongTask, noRow, bare       int // bare: Tasks without the record that had popped
	wrongPop, notPopped, tooLate, popped, offered int
	dialledTwice, slowEnds, troubled, afterAll    int
	left, excused                                 int // runs that were due; pops not done since something was broken
	recovery                                      []time.Duration
	realAnswered, realPops                        int      // of all, in the real browser
	told                                          []string // what is wrong, for whoever looks for the reason
}

const mostTold = 40

func (v *verdict) wrong(count *int, format string, args ...any) {
	*count++
	if len(v.told) < mostTold {
		v.told = append(v.told, fmt.Sprintf(format, args...))
	}
}

// kept opens what the adapter has kept.
func (d *desks) kept(ctx context.Context) (*store.Store, error) {
	if d.cluster != nil {
		return store.OpenPostgres(ctx, d.cluster.servers.direct(), systemClock)
	}
	return store.Open(ctx, filepath.Join(d.node.data, "adapter.db"))
}

// verdict compares what pages and calls knew with what the store and the org keep. The adapter has ended.
func (d *desks) verdict(ctx context.Context, all []seen) (v verdict, err error) {
	kept, err := d.kept(ctx)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	tasks, rows := d.org.kept()
	byContact := map[string][]task{}
	for _, t := range tasks {
		byContact[t.contact] = append(byContact[t.contact], t)
	}
	var pending []span
	for i, br := range d.browsers {
		s := all[i]
		if err := kept.View(ctx, func(tx *store.Tx) error { return v.ofFacts(tx, br.user, s) }); err != nil {
			return v, err
		}
		for _, f := range s.facts {
			if !f.acked.IsZero() {
				pending = append(pending, span{f.at, f.acked})
			}
		}
		v.ofPops(br, s)
		for _, c := range br.centre.calls {
			v.ofCall(c, byContact[c.id], rows[c.id])
			v.ofPop(c, s, concerning(d.kills, i))
			v.ofRelation(c, byContact[c.id], s)
			if br.real != nil && c.heardAnswer {
				v.realAnswered++
			}
			if made := byContact[c.id]; len(made) > 0 && c.heardAnswer {
				pending = append(pending, span{c.ended, made[0].at})
			}
			if err := v.explain(ctx, kept, c); err != nil {
				return v, err
			}
		}
		if br.real != nil {
			v.realPops = len(s.pops)
		}
		for _, times := range s.dials {
			if times > 1 {
				v.wrong(&v.dialledTwice, "%s: a number was dialled %d times", br.user, times)
			}
		}
	}
	if err := kept.View(ctx, v.ofRuns); err != nil {
		return v, err
	}
	v.troubled, v.afterAll, v.slowEnds = d.org.troubled, d.org.late, d.slowEnds
	v.recovery = recoveries(d.kills, pending)
	return v, nil
}

// span is from when something could have been done to when it was.
type span struct{ from, to time.Time }

// recoveries are, for each kill of the adapter, how long it took from then until all was done that was under way, or came until it was
// started again.
func recoveries(kills []kill, pending []span) (all []time.Duration) {
	for _, k := range kills {
		if k.back.IsZero() {
			continue
		}
		longest := time.Duration(0)
		for _, p := range pending {
			if !p.from.After(k.back) && p.to.After(k.at) {
				longest = max(longest, p.to.Sub(k.at))
			}
		}
		if longest > 0 {
			all = append(all, longest)
		}
	}
	return all
}

func (v *verdict) ofFacts(tx *store.Tx, user string, s seen) error {
	v.unsent += s.unsent
	v.refused += s.lost
	for key, f := range s.facts {
		v.facts++
		if f.acked.IsZero() {
			continue
		}
		v.acknowledged++
		switch _, err := tx.Fact(user, key); {
		case errors.Is(err, store.ErrNone):
			v.wrong(&v.lostFacts, "%s: the fact %s was acknowledged at %s and is not there", user, key, f.acked)
		case err != nil:
			return err
		}
	}
	return nil
}

// ofRuns looks for runs that nobody took in hand, though they were due.
func (v *verdict) ofRuns(tx *store.Tx) error {
	open, err := tx.OpenRuns(0, 1000)
	for _, r := range open {
		if r.Waits == "" && time.Since(r.Wake) > dueFor {
			v.wrong(&v.left, "%s: a run %d, %s, of %s is left that was due at %s", r.Contact, r.ID, r.Kind, r.User, r.Wake)
		}
	}
	return err
}

// dueFor is how long a run may be due and not have ended.
const dueFor = 10 * time.Second

// ofPops looks for people who popped for somebody else's call.
func (v *verdict) ofPops(br *browser, s seen) {
	calls := map[string]*call{}
	for _, c := range br.centre.calls {
		calls[c.record] = c
		if c.decoy != "" {
			calls[c.decoy] = c
		}
	}
	for _, p := range s.pops {
		c := calls[p.record]
		switch {
		case c == nil || p.at.Before(c.rang) || p.record == c.decoy && !p.offered:
			v.wrong(&v.wrongPop, "%s: %s popped at %s", br.user, p.record, p.at)
		case p.at.After(c.ended):
			v.wrong(&v.tooLate, "%s: %s popped %s after its end", br.user, p.record, p.at.Sub(c.ended).Round(time.Millisecond))
		}
	}
}

func (v *verdict) ofCall(c *call, made []task, hasRow bool) {
	v.calls++
	switch {
	case !c.inbound:
		v.clicks++
	case c.record == "":
		v.strangers++
	}
	if c.connected.IsZero() {
		v.missed++
	}
	if c.heardAnswer {
		v.answered++
		if len(made) == 0 {
			v.wrong(&v.noTask, "%s: answered, and without a Task", c.id)
		}
	}
	if len(made) > 1 {
		v.wrong(&v.doubled, "%s: %d Tasks", c.id, len(made))
	}
	for _, t := range made {
		if t.record != "" && t.record != c.record {
			v.wrong(&v.wrongTask, "%s: its Task is on %s, not on %s", c.id, t.record, c.record)
		}
	}
	if c.heardRing && !hasRow {
		v.wrong(&v.noRow, "%s: no AC Contact Channel", c.id)
	}
}

// ofRelation says whether a Task lacks the record that popped during the call.
func (v *verdict) ofRelation(c *call, made []task, s seen) {
	for _, p := range s.pops {
		if len(made) == 1 && made[0].record == "" && p.record == c.record && !p.offered && p.at.Before(c.ended) {
			v.wrong(&v.bare, "%s: %s popped at %s, and its Task is on nothing", c.id, p.record, p.at)
			return
		}
	}
}

// enough is how long a page and an org that answers must have been there, all at once, for a pop to be expected.
const enough = 2 * time.Second

// ofPop says whether a call popped that should have.
func (v *verdict) ofPop(c *call, s seen, kills []kill) {
	if !c.inbound || c.record == "" || !c.heardRing {
		return
	}
	for _, p := range s.pops {
		if p.record == c.record && p.at.Before(c.ended) {
			if p.offered {
				v.offered++
			} else {
				v.popped++
			}
			return
		}
	}
	quiet := quietest(c, s.link, kills)
	if quiet < enough {
		v.excused++
	} else {
		v.wrong(&v.notPopped, "%s: did not pop, though a page was there for %s", c.id, quiet)
	}
}

// concerning are those that an agent may notice.
func concerning(kills []kill, agent int) (its []kill) {
	for _, k := range kills {
		if k.agents == nil || k.agents[agent] {
			its = append(its, k)
		}
	}
	return its
}

// quietest is the longest time during a call in which a page was welcome and the org answered.
func quietest(c *call, link []edge, kills []kill) time.Duration {
	type change struct {
		edge
		org bool
	}
	var changes []change
	for _, e := range link {
		changes = append(changes, change{e, false})
	}
	for _, k := range kills {
		if k.lasts > 0 {
			changes = append(changes, change{edge{k.at, false}, true}, change{edge{k.at.Add(k.lasts), true}, true})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	changes = append(changes, change{edge{c.ended, false}, false})
	var longest time.Duration
	welcome, troubles, from := false, 0, time.Time{}
	for _, e := range changes {
		at := e.at
		if at.After(c.ended) {
			at = c.ended
		}
		if welcome && troubles == 0 {
			longest = max(longest, at.Sub(later(from, c.rang)))
		}
		switch {
		case !e.org:
			welcome = e.on
		case e.on:
			troubles--
		default:
			troubles++
		}
		from = e.at
	}
	return longest
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// explain adds what the store says of the runs of a call of which something is wrong.
func (v *verdict) explain(ctx context.Context, kept *store.Store, c *call) error {
	const clock = "15:04:05.000"
	if len(v.told) == 0 || len(v.told) >= mostTold || !strings.HasPrefix(v.told[len(v.told)-1], c.id+":") {
		return nil
	}
	v.told = append(v.told, fmt.Sprintf("  rang %s, connected %s, ended %s", c.rang.Format(clock), c.connected.Format(clock),
		c.ended.Format(clock)))
	return kept.View(ctx, func(tx *store.Tx) error {
		runs, err := tx.RunsOf(c.id, 20)
		for _, r := range runs {
			v.told = append(v.told, fmt.Sprintf("  run %d %s %s %s, fence %d, tries %d, created %s, ended %s: %s; steps %s", r.ID, r.Kind, r.Flow,
				r.Status, r.Fence, r.Body.Tries, r.Created.Format(clock), r.Ended.Format(clock), r.Problem, r.Body.Steps))
		}
		return err
	})
}

func (v verdict) figures() []figure {
	count := func(name string, n int) figure { return once(name, "", float64(n)) }
	none := func(name string, n int) figure { return count(name, n).none() }
	longest := time.Duration(0)
	if len(v.recovery) > 0 {
		longest = slices.Max(v.recovery)
	}
	return []figure{
		count("calls", v.calls), count("… answered, and a page knew", v.answered),
		count("… of them in a real browser", v.realAnswered), count("… what opened there", v.realPops), count("… missed", v.missed),
		count("… of strangers", v.strangers), count("… dialled by a click", v.clicks),
		count("facts told", v.facts), count("facts acknowledged", v.acknowledged),
		none("facts acknowledged and lost", v.lostFacts), none("facts not acknowledged in the end", v.unsent),
		none("facts refused for good", v.refused),
		none("answered calls without a Task", v.noTask), none("calls with more than one Task", v.doubled),
		none("Tasks on the wrong record", v.wrongTask), none("Tasks without the record that had popped", v.bare),
		none("calls without an AC Contact Channel", v.noRow),
		none("pops of the wrong person", v.wrongPop), none("pops not done, though call and page were there", v.notPopped),
		count("pops done", v.popped), count("pops not done, for what was broken", v.excused),
		count("choices offered instead", v.offered), count("pops after the call's end", v.tooLate),
		none("numbers dialled twice", v.dialledTwice), none("runs left that were due", v.left),
		none("ends of the adapter that took more than 8 s", v.slowEnds), count("requests to the org that met trouble", v.troubled),
		count("… carried out after their asker had gone", v.afterAll),
		milliseconds("adapter killed → what was under way is done", v.recovery), once("… the longest", "s", longest.Seconds()),
	}
}
