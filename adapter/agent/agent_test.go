package agent

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

var began = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func moment(second int) time.Time { return began.Add(time.Duration(second) * time.Second) }

func told(event, state string, second int) fact.Fact {
	a := wire.Agent{Username: "jane", Name: "Jane", State: state, Since: moment(second).UnixMilli(), RoutingProfile: "Basic"}
	key := fmt.Sprintf("agent:jane:%s:%s:%d", event, state, a.Since)
	return fact.Fact{User: "005", Key: key, At: moment(second), Source: fact.Agent, Event: event, Agent: &a}
}

func TestWhatIsKnownOfAnAgent(t *testing.T) {
	s, news := Fold(New("005"), told("onInit", "Available", 0))
	if want := (News{Fresh: true, Renamed: true, Changed: true}); news != want || s.Username != "jane" || s.RoutingProfile != "Basic" {
		t.Errorf("%+v %+v", s, news)
	}
	s, news = Fold(s, told("onStateChange", "Lunch", 60))
	if want := (News{Fresh: true, Changed: true}); news != want || s.Centre.State != "Lunch" || !s.Centre.At.Equal(moment(60)) {
		t.Errorf("%+v %+v", s, news)
	}
	if late, news := Fold(s, told("onRoutable", "Available", 0)); !news.Fresh || news.Changed || late.Centre.State != "Lunch" {
		t.Errorf("an older fact: %+v %+v", late, news)
	}
	if _, news := Fold(s, told("onInit", "Available", 0)); news != (News{}) {
		t.Errorf("told again: %+v", news)
	}
	f := told("onConnecting", "Busy", 90)
	f.Source = fact.Voice
	if s, news = Fold(s, f); news.Fresh || !news.Changed || s.Centre.State != "Busy" {
		t.Errorf("told with a contact: %+v %+v", s, news)
	}
	f.User = "006"
	if _, news := Fold(s, f); news != (News{}) {
		t.Errorf("another user's: %+v", news)
	}
	s, news = See(s, wire.Agent{Username: "john", State: "Offline", Since: moment(100).UnixMilli()}, moment(101))
	if !news.Renamed || s.Username != "john" || !s.Seen.Equal(moment(101)) {
		t.Errorf("somebody else signed in: %+v %+v", s, news)
	}
}

func TestTheOrderOfFactsDoesNotMatter(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		want, all, second := New("005"), []fact.Fact{}, 0
		for range 1 + r.IntN(12) {
			f := told([]string{"onInit", "onStateChange", "onRoutable"}[r.IntN(3)], []string{"Available", "Lunch"}[r.IntN(2)], second)
			second += 1 + r.IntN(9)
			want, _ = Fold(want, f)
			for range 1 + r.IntN(3) {
				all = append(all, f)
			}
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got, fresh := New("005"), map[string]int{}
		for _, f := range all {
			var news News
			if got, news = Fold(kept(t, got), f); news.Fresh {
				fresh[f.Key]++
			}
		}
		for key, n := range fresh {
			if n != 1 {
				t.Errorf("seed %d: %s was news %d times", seed, key, n)
			}
		}
		if !reflect.DeepEqual(kept(t, got), kept(t, want)) {
			t.Fatalf("seed %d: got\n%+v, want\n%+v", seed, got, want)
		}
	}
}

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

func TestTheDialThatAContactCameOf(t *testing.T) {
	dialled := New("005").Dialled(Dial{Effect: "run1", Number: "+12065550952", Record: "003A", At: moment(0)})
	for _, tc := range []struct {
		name, number string
		second       int
		want         bool
	}{
		{"the number as dialled", "+12065550952", 2, true},
		{"without its plus sign", "12065550952", 2, true},
		{"as an address", "sip:+12065550952@host;transport=udp", 2, true},
		{"a minute later", "+12065550952", 60, true},
		{"too late", "+12065550952", 61, false},
		{"dated a little before", "+12065550952", -3, true},
		{"long before", "+12065550952", -30, false},
		{"another number with the same end", "+442065550952", 2, false},
		{"withheld", "", 2, false},
	} {
		if _, got := dialled.DialFor(tc.number, moment(tc.second)); got != tc.want {
			t.Errorf("%s: %t", tc.name, got)
		}
	}
}

func TestADialIsTakenOnce(t *testing.T) {
	s := New("005").Dialled(Dial{Effect: "run1", Number: "+12065550952", Record: "003A", At: moment(0)})
	s = s.Dialled(Dial{Effect: "run1", Number: "+12065550952", Record: "003A", At: moment(9)})
	if len(s.Dials) != 1 {
		t.Errorf("one effect is %d dials", len(s.Dials))
	}
	for range 2 { // the second time it is asked for what it took
		next, d, ok := s.Take("c1", "+12065550952", moment(2))
		if !ok || d.Record != "003A" {
			t.Fatalf("%+v %t", d, ok)
		}
		s = kept(t, next)
	}
	if _, d, ok := s.Take("c2", "+12065550952", moment(3)); ok {
		t.Errorf("a second contact took %+v", d)
	}
	s = s.Dialled(Dial{Effect: "run2", Number: "+12065550952", At: moment(4)}).NotDialled("run2")
	if _, _, ok := s.Take("c2", "+12065550952", moment(5)); ok {
		t.Error("a dial that was refused was taken")
	}
	for i := range 50 {
		s = s.Dialled(Dial{Effect: fmt.Sprint(i), Number: "+12065550952", At: moment(i)})
	}
	if len(s.Dials) > maxDials {
		t.Errorf("%d dials are remembered", len(s.Dials))
	}
}

func TestAStateIsBounded(t *testing.T) {
	s := New("005")
	for i := range 100 {
		s, _ = Fold(s, told("onStateChange", "Lunch", i))
	}
	if len(s.Marks) > maxMarks {
		t.Errorf("%d marks", len(s.Marks))
	}
	if _, news := Fold(s, told("onStateChange", "Lunch", 3)); news.Fresh {
		t.Error("what was forgotten is news again")
	}
}
