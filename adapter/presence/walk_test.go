package presence

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// walk is both platforms and an adapter between them, in a time that each step moves: people change either side, calls come, changes of
// ours are carried out late, or not, news is late, doubled or held back while nobody is connected.
type walk struct {
	r     *rand.Rand
	rules []Rule
	sync  Sync
	now   time.Time
	real  map[Side]string
	// order is the time of the platform's latest change.
	order  map[Side]time.Time
	next   string // that comes at the contact centre once the call is over
	news   []told
	sets   []Set
	away   bool
	chosen int
	made   int
	trail  []string
}

type told struct {
	Change
	at time.Time
}

var values = map[Side][]string{Centre: {"Available", "Lunch", "Break"}, Org: {"Online", "Meal", "Pause", Offline}}

func newWalk(seed uint64) *walk {
	w := &walk{r: rand.New(rand.NewPCG(seed, 7)), now: noon, real: map[Side]string{Centre: "Available", Org: "Online"},
		order: map[Side]time.Time{Centre: noon, Org: noon}}
	for i := range w.r.IntN(8) {
		from := []Side{Centre, Org}[w.r.IntN(2)]
		becomes := w.one(values[from.Other()])
		if from == Org && becomes == "" {
			becomes = "Lunch"
		}
		value := w.one(values[from])
		if from == Centre && w.r.IntN(4) == 0 {
			value = "Busy"
		}
		r := when(fmt.Sprintf("%d", i), from, value, becomes)
		r.Order = float64(w.r.IntN(3))
		w.rules = append(w.rules, r)
	}
	Sort(w.rules)
	w.sync, _ = w.sync.Tell(nil, Change{Side: Centre, Value: "Available", Order: noon}, noon)
	w.sync, _ = w.sync.Tell(nil, Change{Side: Org, Value: "Online", Order: noon}, noon)
	return w
}

func (w *walk) one(of []string) string { return of[w.r.IntN(len(of))] }

func (w *walk) note(format string, args ...any) {
	w.trail = append(w.trail, fmt.Sprintf("%7dms ", w.now.Sub(noon).Milliseconds())+fmt.Sprintf(format, args...))
	if len(w.trail) > 60 {
		w.trail = w.trail[1:]
	}
}

// become is a change at a platform, told later by one tab or by two.
func (w *walk) become(side Side, value, why string) {
	if w.real[side] == value {
		return
	}
	w.now = w.now.Add(time.Millisecond)
	w.real[side], w.order[side] = value, w.now
	w.note("%s becomes %s: %s", side, value, why)
	late := time.Duration(w.r.IntN(150)) * time.Millisecond
	w.news = append(w.news, told{Change{Side: side, Value: value, Order: w.now}, w.now.Add(late)})
	if side == Org && w.r.IntN(3) == 0 {
		w.news = append(w.news, told{Change{Side: side, Value: value, Order: w.now.Add(time.Microsecond)}, w.now.Add(late + 9*time.Millisecond)})
	}
	slices.SortStableFunc(w.news, func(a, b told) int { // each side's in its order, as a tab tells them
		if a.Side == b.Side {
			return a.Order.Compare(b.Order)
		}
		return a.at.Compare(b.at)
	})
}

func (w *walk) take(n News) {
	w.sets = append(w.sets, n.Sets...)
	w.made += len(n.Sets)
	if n.Changed || len(n.Sets) > 0 {
		w.note("heard %s → %s ours=%v sets=%v stops=%v", n.From, n.To, n.Ours, n.Sets, n.JustStops)
	}
}

func (w *walk) step() {
	w.now = w.now.Add(time.Duration(w.r.IntN(400)) * time.Millisecond)
	switch n := w.r.IntN(100); {
	case n < 8 && !IsSystem(w.real[Centre]):
		w.chosen++
		w.become(Centre, w.one(values[Centre]), "chosen")
	case n < 16:
		w.chosen++
		w.become(Org, w.one(values[Org]), "chosen")
	case n < 18 && w.real[Centre] == "Available":
		w.become(Centre, "Busy", "a call")
	case n < 24 && w.real[Centre] == "Busy":
		w.become(Centre, "AfterCallWork", "the call is over")
	case n < 30 && w.real[Centre] == "AfterCallWork":
		next := w.next
		w.next = ""
		if next == "" {
			next = "Available"
		}
		w.become(Centre, next, "the contact is closed")
	case n < 32:
		w.away = true
	case n < 45 && w.away:
		w.back()
	case n < 60:
		w.now = w.now.Add(time.Duration(w.r.IntN(4)) * time.Second)
	default:
		w.move()
	}
}

// back is a reconnect: both sides are read, in either order to what was held back.
func (w *walk) back() {
	w.away = false
	if w.r.IntN(2) == 0 {
		w.hear(len(w.news))
	}
	w.readBoth()
	w.hear(len(w.news))
}

func (w *walk) readBoth() {
	var n News
	w.sync, n = w.sync.Tell(w.rules, Change{Side: Centre, Value: w.real[Centre], Order: w.order[Centre]}, w.now)
	w.take(n)
	w.sync, n = w.sync.Read(Org, w.real[Org], "", w.now)
	w.sync, n.Sets = w.sync.Restore(w.rules, w.now)
	w.take(n)
}

func (w *walk) hear(most int) {
	for range most {
		if len(w.news) == 0 || w.away {
			return
		}
		c := w.news[0]
		w.news = w.news[1:]
		if c.at.After(w.now) {
			w.now = c.at
		}
		var n News
		w.sync, n = w.sync.Tell(w.rules, c.Change, w.now)
		w.take(n)
	}
}

// move carries out one change of ours, or hears one thing.
func (w *walk) move() {
	if len(w.sets) == 0 || w.away || w.r.IntN(2) == 0 {
		w.hear(1)
		return
	}
	w.carryOut()
}

func (w *walk) carryOut() {
	c := w.sets[0]
	w.sets = w.sets[1:]
	switch {
	case !w.sync.Wants(c, w.now):
		w.sync = w.sync.Dropped(c)
		w.note("dropped %v", c)
		return
	case w.r.IntN(40) == 0:
		w.sync = w.sync.Failed(c, "no")
		w.note("failed %v", c)
		return
	}
	w.sync = w.sync.Begin(c, w.now)
	if c.Side == Centre && IsSystem(w.real[Centre]) {
		w.next = c.Value
	} else {
		w.become(c.Side, c.Value, "ours by "+c.Rule)
	}
	w.sync = w.sync.Done(c, w.now)
	if w.r.IntN(10) == 0 { // the adapter is killed before it has noted that: it is done again
		w.sets = append([]Set{c}, w.sets...)
	}
}

// rest lets everything arrive that is under way.
func (w *walk) rest() {
	w.away = false
	for i := 0; len(w.sets)+len(w.news) > 0 || IsSystem(w.real[Centre]); i++ {
		if i > 2_000 {
			return
		}
		w.now = w.now.Add(20 * time.Millisecond)
		for len(w.sets) > 0 {
			w.carryOut()
		}
		w.hear(len(w.news))
		if len(w.sets)+len(w.news) > 0 {
			continue
		}
		next := w.next
		w.next = ""
		switch {
		case w.real[Centre] == "Busy":
			w.become(Centre, "AfterCallWork", "the call is over")
			w.next = next
		case w.real[Centre] == "AfterCallWork" && next == "":
			w.become(Centre, "Available", "the contact is closed")
		case w.real[Centre] == "AfterCallWork":
			w.become(Centre, next, "the contact is closed")
		}
	}
}

// check says what is wrong at rest.
func (w *walk) check() string {
	for _, side := range []Side{Centre, Org} {
		stand := w.sync.Of(side)
		switch {
		case len(w.sets)+len(w.news) > 0:
			return "it never comes to rest"
		case stand.Value != w.real[side]:
			return fmt.Sprintf("%s is %s and is taken for %s", side, w.real[side], stand.Value)
		case w.sync.Stopped.IsZero() && stand.Word != nil && stand.Word.Rule != "" && stand.Word.Value != stand.Value:
			return fmt.Sprintf("%s is %s, and %s by the rule %s", side, stand.Value, stand.Word.Value, stand.Word.Rule)
		}
	}
	if most := 6*(w.chosen+1) + 60; w.made > most {
		return fmt.Sprintf("%d changes of ours after %d of theirs", w.made, w.chosen)
	}
	return ""
}

func TestAtRestBothSidesAreWhatTheRulesSay(t *testing.T) {
	for seed := range uint64(1000) {
		w := newWalk(seed)
		for range 150 {
			w.step()
		}
		w.rest()
		if why := w.check(); why != "" {
			t.Errorf("seed %d: %s", seed, why)
			for _, line := range w.trail {
				t.Log(line)
			}
			t.Logf("%+v", w.rules)
			return
		}
	}
}

func FuzzSync(f *testing.F) {
	f.Add(uint64(1), uint16(200))
	f.Fuzz(func(t *testing.T, seed uint64, steps uint16) {
		w := newWalk(seed)
		for range steps % 2_000 {
			w.step()
		}
		w.rest()
		if why := w.check(); why != "" {
			t.Fatal(why)
		}
	})
}
