package contact

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// holds is a fact of a connected contact that says how it stands with the customer since a second.
func holds(on bool, second int) fact.Fact {
	f := told(OnResume, "connected", 4)
	if on {
		f.Event = OnHold
	}
	f.At, f.Contact.ConnectedAt = moment(second), moment(4).UnixMilli()
	f.Contact.Hold = &wire.Hold{On: on, Since: moment(second).UnixMilli()}
	f.Key = fmt.Sprintf("c1:%s:%d", f.Event, f.Contact.Hold.Since)
	return f
}

func TestHowLongTheCustomerWasOnHold(t *testing.T) {
	answered := []fact.Fact{told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4)}
	end := told(OnEnded, "ended", 64)
	for _, tc := range []struct {
		name  string
		facts []fact.Fact
		now   int
		want  time.Duration
	}{
		{"never", []fact.Fact{end}, 64, 0},
		{"once", []fact.Fact{holds(true, 10), holds(false, 25), end}, 64, 15 * time.Second},
		{"twice", []fact.Fact{holds(true, 10), holds(false, 25), holds(true, 30), holds(false, 31), end}, 64, 16 * time.Second},
		{"so far", []fact.Fact{holds(true, 10)}, 30, 20 * time.Second},
		{"not any more", []fact.Fact{holds(true, 10), holds(false, 12)}, 30, 2 * time.Second},
		{"to the end", []fact.Fact{holds(true, 60), end}, 90, 4 * time.Second},
		{"told after the end", []fact.Fact{end, holds(false, 25), holds(true, 10)}, 90, 15 * time.Second},
		{"a hold that nobody told of", []fact.Fact{holds(false, 4), holds(false, 25), end}, 64, 0},
		{"an end of a hold that nobody told of", []fact.Fact{holds(true, 10), holds(true, 30), holds(false, 35), end}, 64, 5 * time.Second},
		{"before they were connected", []fact.Fact{holds(true, 1), holds(false, 6), end}, 64, 2 * time.Second},
		{"by a clock that is ahead", []fact.Fact{holds(true, 90), holds(false, 95), end}, 64, 0},
	} {
		s := foldAll(t, New("005", "c1"), append(answered, tc.facts...)...)
		if got := s.Held(moment(tc.now)); got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	if got := New("005", "c1").Held(moment(9)); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// What was on hold when nobody told it is known by what pages list, and a hold that is told late corrects what was written.
func TestHoldsAreFoundByWhatPagesSee(t *testing.T) {
	c := listed("connected", 4)
	c.ConnectedAt, c.Hold = c.Since, &wire.Hold{On: true, Since: moment(10).UnixMilli()}
	s, untold := See(New("005", "c1"), c, wire.Agent{}, moment(12))
	s = foldAll(t, s, untold...)
	c.Hold = &wire.Hold{Since: moment(20).UnixMilli()}
	s, untold = See(kept(t, s), c, wire.Agent{}, moment(21))
	if s = foldAll(t, s, untold...); len(untold) != 0 || s.Held(moment(30)) != 10*time.Second || s.Details.Hold != nil {
		t.Errorf("untold %v, held %v", events(untold), s.Held(moment(30)))
	}
	s = foldAll(t, s, told(OnEnded, "ended", 64))
	if _, news := Fold(s, holds(true, 10)); news.Revised {
		t.Error("the same again revises")
	}
	s = foldAll(t, s, holds(true, 30))
	s, news := Fold(s, holds(false, 33))
	if !news.Revised || s.Held(moment(70)) != 13*time.Second {
		t.Errorf("%+v, held %v", news, s.Held(moment(70)))
	}
}

// Whatever two browsers tell of it, in whatever order, how often and with what lost of one, the customer was on hold as long as they were.
func TestTheOrderOfHoldsDoesNotMatter(t *testing.T) {
	seeds(t, func(t *testing.T, r *rand.Rand) {
		all := []fact.Fact{told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4)}
		second, want := 4, 0
		for range r.IntN(6) {
			began := second + 1 + r.IntN(20)
			second = began + 1 + r.IntN(20)
			want += second - began
			all = append(all, holds(true, began), holds(false, second))
		}
		all = append(all, told(OnEnded, "ended", second+1))
		inOrder := foldAll(t, New("005", "c1"), all...)
		other := append([]fact.Fact{}, all...)
		for i := range other { // another browser hears of it a little later, and dates it so
			other[i].At = other[i].At.Add(time.Duration(r.IntN(300)) * time.Millisecond)
		}
		both := append(append([]fact.Fact{}, all...), other[r.IntN(len(other)):]...)
		r.Shuffle(len(both), func(i, j int) { both[i], both[j] = both[j], both[i] })
		got := New("005", "c1")
		for _, f := range both {
			got, _ = Fold(kept(t, got), f)
		}
		if held := got.Held(moment(1000)); held != time.Duration(want)*time.Second || held > got.Duration() {
			t.Errorf("held %v, want %d s", held, want)
		}
		if !reflect.DeepEqual(got.Holds, inOrder.Holds) {
			t.Errorf("got %v, want %v", got.Holds, inOrder.Holds)
		}
	})
}

func TestHoldsAreBounded(t *testing.T) {
	s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4))
	for i := range 2 * maxHolds {
		s = foldAll(t, s, holds(i%2 == 0, 10+(i*37)%(2*maxHolds)))
	}
	if len(s.Holds) != maxHolds || s.Holds[0].Since != moment(10+maxHolds).UnixMilli() {
		t.Errorf("%d from %v", len(s.Holds), s.Holds[0])
	}
}
