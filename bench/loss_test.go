package main

import (
	"testing"
	"time"

	"github.com/coder/websocket"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func at(seconds int) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }

func TestTheQuietestTimeOfACallIsWithAPageAndAnOrg(t *testing.T) {
	c := &call{rang: at(10), ended: at(20)}
	for _, tc := range []struct {
		name  string
		link  []edge
		kills []kill
		want  int
	}{
		{"a page all the time", []edge{{at(0), true}}, nil, 10},
		{"no page", nil, nil, 0},
		{"a page that goes", []edge{{at(0), true}, {at(13), false}}, nil, 3},
		{"a page that comes back", []edge{{at(0), true}, {at(12), false}, {at(15), true}}, nil, 5},
		{"a page that comes after the call", []edge{{at(21), true}}, nil, 0},
		{"an org that fails in the middle", []edge{{at(0), true}}, []kill{{at: at(14), lasts: 5 * time.Second}}, 4},
		{"an org that fails in two ways at once", []edge{{at(0), true}}, []kill{{at: at(8), lasts: 9 * time.Second},
			{at: at(9), lasts: 2 * time.Second}}, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := quietest(c, tc.link, tc.kills); got != time.Duration(tc.want)*time.Second {
				t.Errorf("got %s, want %d s", got, tc.want)
			}
		})
	}
}

func TestARecoveryLastsUntilAllIsDoneThatCameUntilTheAdapterWasBack(t *testing.T) {
	kills := []kill{{how: "adapter killed", at: at(10), back: at(12)}, {how: "org hangs", at: at(10)}}
	pending := []span{{at(1), at(9)}, {at(9), at(13)}, {at(11), at(17)}, {at(13), at(30)}}
	got := recoveries(kills, pending)
	if len(got) != 1 || got[0] != 7*time.Second {
		t.Errorf("got %v, want 7 s alone", got)
	}
}

func TestTheVerdictSeesWhatIsWrong(t *testing.T) {
	heard := &call{id: "c", inbound: true, record: "me", decoy: "other", rang: at(0), connected: at(1), ended: at(9),
		heardRing: true, heardAnswer: true}
	link := []edge{{at(-1), true}}
	for _, tc := range []struct {
		name  string
		tasks []task
		row   bool
		pops  []popped
		count func(verdict) int
	}{
		{"an answered call without a Task", nil, true, nil, func(v verdict) int { return v.noTask }},
		{"two Tasks", []task{{id: "1"}, {id: "2"}}, true, nil, func(v verdict) int { return v.doubled }},
		{"a Task on somebody else", []task{{id: "1", record: "other"}}, true, nil, func(v verdict) int { return v.wrongTask }},
		{"no row", []task{{id: "1"}}, false, nil, func(v verdict) int { return v.noRow }},
		{"a Task without what popped", []task{{id: "1"}}, true, []popped{{record: "me", at: at(2)}}, func(v verdict) int { return v.bare }},
		{"no pop", []task{{id: "1"}}, true, nil, func(v verdict) int { return v.notPopped }},
		{"a pop of somebody abroad", nil, true, []popped{{record: "other", at: at(2)}}, func(v verdict) int { return v.wrongPop }},
		{"a pop of nobody here", nil, true, []popped{{record: "x", at: at(2)}}, func(v verdict) int { return v.wrongPop }},
		{"a pop before the ring", nil, true, []popped{{record: "me", at: at(-2)}}, func(v verdict) int { return v.wrongPop }},
		{"a pop after the end", nil, true, []popped{{record: "me", at: at(12)}}, func(v verdict) int { return v.tooLate }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			br := newBrowser(nil, nil, "u", "s")
			br.centre = &centre{calls: []*call{heard}}
			s := seen{pops: tc.pops, link: link}
			var v verdict
			v.ofCall(heard, tc.tasks, tc.row)
			v.ofPop(heard, s, nil)
			v.ofRelation(heard, tc.tasks, s)
			v.ofPops(br, s)
			if tc.count(v) != 1 {
				t.Errorf("not seen: %+v", v)
			}
		})
	}
	var v verdict
	v.ofCall(heard, []task{{id: "1", record: "me"}}, true)
	well := seen{pops: []popped{{record: "me", at: at(2)}}, link: link}
	v.ofPop(heard, well, nil)
	v.ofRelation(heard, []task{{id: "1", record: "me"}}, well)
	if len(v.told) > 0 || v.popped != 1 {
		t.Errorf("of a call with which all is well: %v", v.told)
	}
}

// What one tab did not get rid of another tells, and a user is there as long as one tab is.
func TestTheTabsOfABrowserTellForEachOther(t *testing.T) {
	b := newBrowser(nil, nil, "u", "s")
	first, second := &tab{conn: new(websocket.Conn), wire: map[string]bool{}}, &tab{conn: new(websocket.Conn), wire: map[string]bool{}}
	b.tabs = []*tab{first, second}
	if b.teller() != first {
		t.Error("the first tab that is welcome tells")
	}
	b.gone(t.Context(), first)
	if b.teller() != second || len(b.link) != 0 {
		t.Errorf("then the second does: %v", b.link)
	}
	b.gone(t.Context(), second)
	if b.teller() != nil || len(b.link) != 1 || b.link[0].on {
		t.Errorf("nobody is there: %v", b.link)
	}
}
