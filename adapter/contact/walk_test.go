package contact

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// step is one thing that happens at the contact centre, and the facts that a page tells of it.
type step struct {
	ring  int
	sees  *wire.Contact // afterwards; nil when the contact is gone
	at    time.Time
	facts []fact.Fact
	// echo is the same end as another page tells it, which lost the contact from sight in the state before.
	echo []fact.Fact
}

// life is what happens to a contact: up to three rings, of which only the last may be answered.
func life(r *rand.Rand) (steps []step) {
	second := 0
	add := func(ring int, state string, events ...string) {
		s := step{ring: ring, at: moment(second)}
		if state != "" {
			c := listed(state, second)
			s.sees = &c
		}
		for _, event := range events {
			s.facts = append(s.facts, told(event, state, second))
			if event == OnEnded && r.IntN(2) == 0 {
				lost := steps[len(steps)-1].facts[0]
				lost.Event, lost.Key = OnEnded, "c1:onEnded:"+occurrence(*lost.Contact)
				lost.At = s.at.Add(time.Duration(r.IntN(900)) * time.Millisecond)
				s.echo = append(s.echo, lost)
			}
		}
		steps = append(steps, s)
		second += 1 + r.IntN(30)
	}
	gone := func(ring int) {
		last := steps[len(steps)-1]
		f := last.facts[0]
		f.Event, f.Key, f.At = OnDestroy, "c1:onDestroy:"+occurrence(*f.Contact), moment(second)
		steps = append(steps, step{ring: ring, at: moment(second), facts: []fact.Fact{f}})
		second += 1 + r.IntN(30)
	}
	rings := 1 + r.IntN(3)
	for ring := range rings {
		add(ring, "connecting", OnConnecting)
		if ring < rings-1 || r.IntN(3) == 0 {
			add(ring, []string{"missed", "error", "rejected"}[r.IntN(3)], OnMissed, OnEnded)
			gone(ring)
			continue
		}
		add(ring, "connected", OnConnected)
		if r.IntN(4) > 0 {
			add(ring, "ended", OnEnded)
			gone(ring)
		}
	}
	return steps
}

// kept is a state as it comes back from its row.
func kept(t *testing.T, s State) State {
	t.Helper()
	row, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back State
	if err := json.Unmarshal(row, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

type occurred struct {
	event string
	ring  int
}

func outcome(s State) [4]any {
	return [4]any{s.Phase(), s.Answered(), s.Missed(), s.Rejected()}
}

func seeds(t *testing.T, walk func(t *testing.T, r *rand.Rand)) {
	for seed := range uint64(150) {
		walk(t, rand.New(rand.NewPCG(seed, 1)))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// Whatever the order and however often two browsers tell the same, the state is the same, and no occurrence is news twice.
func TestTheOrderOfFactsDoesNotMatter(t *testing.T) {
	seeds(t, func(t *testing.T, r *rand.Rand) {
		want := New("005", "c1")
		type labelled struct {
			fact.Fact
			ring int
		}
		var all []labelled
		for _, s := range life(r) {
			for i, f := range append(s.facts, s.echo...) {
				var news News
				if want, news = Fold(want, f); news.Fresh != (i < len(s.facts)) {
					t.Errorf("in order, %s is news: %t", f.Key, news.Fresh)
				}
				for range 1 + r.IntN(3) {
					all = append(all, labelled{f, s.ring})
				}
			}
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got, fresh := New("005", "c1"), map[occurred]int{}
		for _, f := range all {
			var news News
			if got, news = Fold(kept(t, got), f.Fact); news.Fresh {
				fresh[occurred{f.Event, f.ring}]++
			}
		}
		for what, n := range fresh {
			if n > 1 {
				t.Errorf("%v was news %d times", what, n)
			}
		}
		if !reflect.DeepEqual(kept(t, got), kept(t, want)) {
			t.Errorf("got\n%+v, want\n%+v", got, want)
		}
	})
}

// Nonsense has one meaning too, in whatever order it comes.
func TestAnyFactsInAnyOrder(t *testing.T) {
	names := []string{OnIncoming, OnConnecting, OnAccepted, OnConnected, OnMissed, OnEnded, OnDestroy, OnRefresh}
	states := []string{"connecting", "connected", "ended", "missed", "error"}
	seeds(t, func(t *testing.T, r *rand.Rand) {
		var all []fact.Fact
		for range 1 + r.IntN(8) {
			second := r.IntN(6)
			f := told(names[r.IntN(len(names))], states[second%len(states)], second)
			f.At = f.At.Add(time.Duration(r.IntN(3000)) * time.Millisecond)
			all = append(all, f)
		}
		want := foldAll(t, New("005", "c1"), all...)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got, fresh := New("005", "c1"), map[string]int{}
		for _, f := range append(all, all...) {
			var news News
			if got, news = Fold(got, f); news.Fresh {
				fresh[f.Key]++
			}
		}
		for key, n := range fresh {
			if n > 1 {
				t.Errorf("%s was news %d times", key, n)
			}
		}
		if !reflect.DeepEqual(kept(t, got), kept(t, want)) {
			t.Errorf("got\n%+v, want\n%+v", got, want)
		}
	})
}

// Facts may be lost for a while, or for ever: what pages see fills the gap, and what is told late is no second news.
func TestGapsAreFilledByWhatPagesSee(t *testing.T) {
	seeds(t, func(t *testing.T, r *rand.Rand) {
		want, got, fresh := New("005", "c1"), New("005", "c1"), map[occurred]int{}
		type labelled struct {
			fact.Fact
			ring int
		}
		var late []labelled
		take := func(f fact.Fact, ring int) {
			var news News
			if got, news = Fold(kept(t, got), f); news.Fresh {
				fresh[occurred{f.Event, ring}]++
			}
		}
		for _, s := range life(r) {
			for _, f := range append(s.facts, s.echo...) {
				want, _ = Fold(want, f)
				if r.IntN(2) == 0 {
					take(f, s.ring)
				} else if r.IntN(2) == 0 {
					late = append(late, labelled{f, s.ring})
				}
			}
			if s.sees == nil {
				continue // whoever sees the others sees that it is gone: see below
			}
			var untold []fact.Fact
			got, untold = See(got, *s.sees, wire.Agent{}, s.at)
			for _, f := range untold {
				take(f, s.ring)
			}
			if outcome(got) != outcome(want) {
				t.Errorf("after %s: %v, want %v", s.facts[0].Key, outcome(got), outcome(want))
			}
		}
		for len(late) > 0 {
			i := r.IntN(len(late))
			take(late[i].Fact, late[i].ring)
			late = append(late[:i], late[i+1:]...)
		}
		for what, n := range fresh {
			if n > 1 {
				t.Errorf("%v was news %d times", what, n)
			}
		}
		if outcome(got) != outcome(want) || got.Details.PhoneNumber != want.Details.PhoneNumber || got.Duration() != want.Duration() {
			t.Errorf("got\n%+v, want\n%+v", got, want)
		}
	})
}

// A contact that pages list at random moments only ends once, at the time from which on nobody listed it.
func TestWhatIsListedNowAndThenEndsOnce(t *testing.T) {
	seeds(t, func(t *testing.T, r *rand.Rand) {
		s, untold := See(New("005", "c1"), listed("connected", 4), wire.Agent{}, moment(5))
		s = foldAll(t, s, untold...)
		ended, second, lastSeen := 0, 5, 5
		for range 60 {
			second += 1 + r.IntN(4)
			if r.IntN(3) == 0 && second < 100 {
				s, untold = See(kept(t, s), listed("connected", 4), wire.Agent{}, moment(second))
				lastSeen = second
				if len(untold) != 0 {
					t.Errorf("untold %v", events(untold))
				}
			} else {
				s, _ = Absent(kept(t, s), moment(second))
			}
			next, end := Lapse(kept(t, s), moment(second))
			s = next
			if end == nil {
				continue
			}
			var news News
			if s, news = Fold(s, *end); news.Fresh {
				ended++
			}
		}
		if ended != 1 || !s.Over() || s.At(OnEnded).Before(moment(lastSeen)) && s.Returned == 0 {
			t.Errorf("ended %d times, over %t, last seen at %d", ended, s.Over(), lastSeen)
		}
	})
}
