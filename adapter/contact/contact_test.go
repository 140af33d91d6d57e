package contact

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// began is when the contact centre offered the contact first; the adapter's clock agrees.
var began = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func moment(second int) time.Time { return began.Add(time.Duration(second) * time.Second) }

// listed is the contact in a state since a second.
func listed(state string, since int) wire.Contact {
	return wire.Contact{
		ContactID: "c1", InitialContactID: "c1", Type: "voice", State: state, Inbound: true, PhoneNumber: "+12065550142",
		Since: moment(since).UnixMilli(),
	}
}

// told is a transition as a page tells it, at once.
func told(event, state string, second int) fact.Fact {
	c := listed(state, second)
	return fact.Fact{
		User: "005", Key: fmt.Sprintf("c1:%s:%d", event, c.Since), At: moment(second), Source: fact.Voice, Event: event, Contact: &c,
	}
}

func foldAll(t *testing.T, s State, facts ...fact.Fact) State {
	t.Helper()
	for _, f := range facts {
		s, _ = Fold(s, f)
	}
	return s
}

func events(facts []fact.Fact) (names []string) {
	for _, f := range facts {
		names = append(names, f.Event)
	}
	return names
}

func keys(facts []fact.Fact) (names []string) {
	for _, f := range facts {
		names = append(names, f.Key)
	}
	return names
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestACallFromRingToEnd(t *testing.T) {
	s := New("005", "c1")
	same(t, "phase", s.Phase(), None)
	for _, step := range []struct {
		f    fact.Fact
		want Phase
	}{
		{told(OnConnecting, "connecting", 0), Offered},
		{told(OnAccepted, "connecting", 0), Accepted},
		{told(OnConnected, "connected", 4), Connected},
		{told(OnEnded, "ended", 64), Ended},
		{told(OnDestroy, "ended", 64), Ended},
	} {
		var news News
		s, news = Fold(s, step.f)
		same(t, step.f.Event, s.Phase(), step.want)
		if !news.Fresh || news.Answered != (step.f.Event == OnConnected) || news.Ended != (step.f.Event == OnEnded) {
			t.Errorf("%s: news %+v", step.f.Event, news)
		}
		if _, again := Fold(s, step.f); again != (News{}) {
			t.Errorf("%s told again is news: %+v", step.f.Event, again)
		}
	}
	if s.Missed() || !s.Answered() || s.Duration() != time.Minute {
		t.Errorf("missed %t, answered %t, %s", s.Missed(), s.Answered(), s.Duration())
	}
	same(t, "connected at", s.At(OnConnected), moment(4))
}

func TestAMissedContactRingsAgain(t *testing.T) {
	s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnMissed, "missed", 20), told(OnEnded, "missed", 20),
		told(OnDestroy, "missed", 20))
	if !s.Missed() || s.Rejected() || !s.Over() {
		t.Errorf("missed %t, rejected %t, over %t", s.Missed(), s.Rejected(), s.Over())
	}
	for _, f := range []fact.Fact{
		told(OnConnecting, "connecting", 40), told(OnMissed, "rejected", 45), told(OnEnded, "rejected", 45), told(OnConnecting, "connecting", 60),
	} {
		var news News
		if s, news = Fold(s, f); !news.Fresh {
			t.Errorf("%s is no news", f.Key)
		}
		if f.Event == OnEnded {
			same(t, "rejected", s.Rejected(), true)
		}
	}
	if s.Missed() || s.Rejected() || !s.Live() {
		t.Errorf("the third ring: missed %t, rejected %t, live %t", s.Missed(), s.Rejected(), s.Live())
	}
}

// A page that loses the contact from sight tells its end by the moment of the last state that it saw, another by that of the end.
func TestOneEndToldByTwoPagesIsOne(t *testing.T) {
	gone := told(OnEnded, "connected", 4)
	for _, order := range [][]fact.Fact{
		{gone, told(OnEnded, "ended", 64)}, {told(OnEnded, "ended", 64), gone},
	} {
		s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4))
		fresh := 0
		for _, f := range order {
			var news News
			if s, news = Fold(s, f); news.Fresh {
				fresh++
			}
		}
		if fresh != 1 || s.Duration() != time.Minute {
			t.Errorf("%v: %d ends, %s", keys(order), fresh, s.Duration())
		}
	}
}

func TestWhatAPageSeesImpliesWhatNobodyTold(t *testing.T) {
	connected, ended := listed("connected", 4), listed("ended", 64)
	connected.ConnectedAt, ended.ConnectedAt = connected.Since, connected.Since
	callback := connected
	callback.Type = "queue_callback"
	failed := listed("error", 9)
	at := func(second int) string { return fmt.Sprint(moment(second).UnixMilli()) }
	for _, tc := range []struct {
		name  string
		known []fact.Fact
		sees  wire.Contact
		want  []string
	}{
		{"a ring", nil, listed("connecting", 0), []string{"c1:onConnecting:" + at(0)}},
		{"a call, from nothing", nil, connected, []string{"c1:onConnecting:derived", "c1:onConnected:" + at(4)}},
		{"a call whose ring was told", []fact.Fact{told(OnConnecting, "connecting", 0)}, connected, []string{"c1:onConnected:" + at(4)}},
		{"what is known", []fact.Fact{told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4)}, connected, nil},
		{"a callback", nil, callback, []string{"c1:onIncoming:derived", "c1:onConnected:" + at(4)}},
		{"after-call work, from nothing", nil, ended,
			[]string{"c1:onConnecting:derived", "c1:onConnected:derived", "c1:onEnded:" + at(64)}},
		{"a call that failed while ringing", []fact.Fact{told(OnConnecting, "connecting", 0)}, failed,
			[]string{"c1:onMissed:" + at(9), "c1:onEnded:" + at(9)}},
		{"a call that failed while they talked", []fact.Fact{told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4)}, failed,
			[]string{"c1:onEnded:" + at(9)}},
		{"a second ring", []fact.Fact{told(OnConnecting, "connecting", 0), told(OnMissed, "missed", 2), told(OnEnded, "missed", 2)}, connected,
			[]string{"c1:onConnecting:derived", "c1:onConnected:" + at(4)}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, got := See(foldAll(t, New("005", "c1"), tc.known...), tc.sees, wire.Agent{}, moment(70))
			same(t, "untold", keys(got), tc.want)
			for _, f := range got {
				if !f.Derived || f.User != "005" || f.Source != fact.SourceOf(tc.sees.Type) || f.At.After(moment(64)) {
					t.Errorf("%+v", f)
				}
			}
			s = foldAll(t, s, got...)
			if _, again := See(s, tc.sees, wire.Agent{}, moment(71)); len(again) != 0 {
				t.Errorf("seen again: %v", keys(again))
			}
		})
	}
}

func TestWhatWasDerivedIsNoNewsWhenItIsTold(t *testing.T) {
	s, derived := See(New("005", "c1"), listed("connected", 4), wire.Agent{}, moment(5))
	s = foldAll(t, s, derived...)
	for _, f := range []fact.Fact{told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4)} {
		var news News
		if s, news = Fold(s, f); news != (News{}) {
			t.Errorf("%s: %+v", f.Event, news)
		}
	}
	same(t, "offered at", s.At(OnConnecting), moment(0))
}

func TestAClockThatCannotBeMeantDatesNothing(t *testing.T) {
	for _, since := range []int64{0, moment(99).UnixMilli(), moment(0).Add(-8 * 24 * time.Hour).UnixMilli()} {
		c := listed("connecting", 0)
		c.Since = since
		_, got := See(New("005", "c1"), c, wire.Agent{}, moment(5))
		if len(got) != 1 || !got[0].At.Equal(moment(5)) {
			t.Errorf("since %d: %+v", since, got)
		}
	}
}

func TestAnEndThatFollowsFromAbsence(t *testing.T) {
	s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4))
	s, wake := Absent(s, moment(30))
	same(t, "wake", wake, moment(40))
	if later, again := Absent(s, moment(35)); !again.IsZero() || !later.Absent.Equal(moment(30)) {
		t.Errorf("absent again: since %s, wake %s", later.Absent, again)
	}
	if _, end := Lapse(s, moment(39)); end != nil {
		t.Errorf("after nine seconds: %+v", end)
	}
	if seen, _ := See(s, listed("connected", 4), wire.Agent{}, moment(33)); true {
		if _, end := Lapse(seen, moment(41)); end != nil {
			t.Errorf("seen meanwhile: %+v", end)
		}
	}
	s, end := Lapse(s, moment(40))
	if end == nil || end.Key != "c1:onEnded:derived" || !end.Derived || end.Contact.State != "ended" {
		t.Fatalf("%+v", end)
	}
	s, news := Fold(s, *end)
	if !news.Fresh || !news.Ended || !s.EndedByAbsence() || s.Duration() != 26*time.Second {
		t.Errorf("news %+v, %s", news, s.Duration())
	}
	s, news = Fold(s, told(OnEnded, "ended", 28))
	if news.Fresh || news.Ended || !news.Revised || s.Duration() != 24*time.Second || s.EndedByAbsence() {
		t.Errorf("told later: news %+v, %s", news, s.Duration())
	}
	if _, wake := Absent(s, moment(50)); !wake.IsZero() {
		t.Error("a contact that is over is waited for")
	}
}

func TestWhoeverWakesByMillisecondsIsNotTooEarly(t *testing.T) {
	s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0))
	s, wake := Absent(s, moment(30).Add(1500*time.Microsecond))
	if _, end := Lapse(s, time.UnixMilli(wake.UnixMilli())); end == nil {
		t.Error("the end is not given at the time of waking")
	}
}

func TestADerivedEndThatWasNoneIsCorrected(t *testing.T) {
	lapsed := func() State {
		s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4))
		s, _ = Absent(s, moment(30))
		s, end := Lapse(s, moment(40))
		s, _ = Fold(s, *end)
		return s
	}
	seen, untold := See(lapsed(), listed("connected", 4), wire.Agent{}, moment(50))
	if seen.Over() || seen.Returned != 1 || len(untold) != 0 || seen.Details.State != "connected" || seen.Duration() != 0 {
		t.Errorf("seen: over %t, returned %d, %v, %s", seen.Over(), seen.Returned, keys(untold), seen.Details.State)
	}
	refresh := told(OnRefresh, "connected", 4)
	refresh.Key, refresh.At = "c1:onRefresh:mark", moment(50)
	s, news := Fold(lapsed(), refresh)
	if !news.Resurrected || !s.Live() || s.Returned != 1 {
		t.Errorf("told: %+v", news)
	}
	s, _ = Absent(s, moment(60))
	s, end := Lapse(s, moment(70))
	if end == nil || end.Key != "c1:onEnded:2:derived" {
		t.Fatalf("gone again: %+v", end)
	}
	if s, news = Fold(s, *end); news.Fresh || !news.Ended || !s.Over() || s.Duration() != 56*time.Second {
		t.Errorf("gone again: %+v, %s", news, s.Duration())
	}
}

func TestTheRecordOfTheTask(t *testing.T) {
	on := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4))
	over := foldAll(t, on, told(OnEnded, "ended", 64))
	for _, tc := range []struct {
		name string
		s    State
		want string
	}{
		{"nothing popped", over, ""},
		{"one popped", over.Pop("003A", moment(0)), "003A"},
		{"the last one that popped", over.Pop("003A", moment(0)).Pop("003B", moment(4)), "003B"},
		{"a Task popped too", over.Pop("003A", moment(0)).Pop("00T1", moment(4)), "003A"},
		{"a page for the wrap-up", over.Pop("003A", moment(0)).Pop("500W", moment(64)), "003A"},
		{"only a page for the wrap-up", over.Pop("500W", moment(64)), ""},
		{"dialled from a record", over.Pop("003A", moment(0)).Dial("+12065550142", "001D"), "001D"},
		{"chosen", over.Pop("003A", moment(0)).Dial("+12065550142", "001D").Choose("003C"), "003C"},
	} {
		if got := tc.s.Record(); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	s := over.Pop("003A", moment(1))
	for i := range 20 {
		s = s.Pop(fmt.Sprint("500", i), moment(70+i))
	}
	if len(s.Popped) > maxPopped || s.Record() != "003A" {
		t.Errorf("%d are remembered, the record is %q", len(s.Popped), s.Record())
	}
}

func TestWhatIsTooOld(t *testing.T) {
	s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0), told(OnConnected, "connected", 4))
	rang := told(OnConnecting, "connecting", 0)
	if s.TooOld(moment(10), rang) || !s.TooOld(moment(301), rang) {
		t.Error("while the contact is on, five minutes count")
	}
	ends := told(OnEnded, "ended", 64)
	s = foldAll(t, s, ends)
	if !s.TooOld(moment(65), told(OnConnected, "connected", 4)) || s.TooOld(moment(65), ends) || s.TooOld(moment(95), ends) {
		t.Error("what happened before the end is too old after it, what happens for it is not")
	}
	late := told(OnConnecting, "connecting", 66) // by a clock that is two seconds before that which dated the end
	late.Key = rang.Key
	if !s.TooOld(moment(67), late) {
		t.Error("a ring of a contact that is over is wanted for its date")
	}
}

// A contact that is over when a page lists it for the first time: of all that is derived of it only the end is still wanted.
func TestWhatIsDerivedOfAContactThatIsOverIsTooOld(t *testing.T) {
	for _, state := range []string{"ended", "missed", "error", "rejected"} {
		for since, now := range map[int]int{60: 61, 90: 61, 0: 61} { // the contact centre's clock as ours, ahead of it, and not telling
			c := listed(state, since)
			s, untold := See(New("005", "c1"), c, wire.Agent{}, moment(now))
			s = foldAll(t, s, untold...)
			for _, f := range untold {
				atEnd := f.Event == OnEnded || f.Event == OnMissed
				if got := s.TooOld(moment(now), f); got == atEnd {
					t.Errorf("%s at %d, seen at %d: %s is too old: %t", state, since, now, f.Event, got)
				}
			}
		}
	}
}

func TestChoice(t *testing.T) {
	for payload, want := range map[string]bool{
		`{"contactId":"c1","recordId":"003000000000001AAA"}`: true, `{"contactId":"c1","recordId":"003' OR"}`: false,
		`{"recordId":"003000000000001AAA"}`: false, `[]`: false,
	} {
		f := fact.Fact{Source: fact.Patchcord, Event: "onChosen", Payload: json.RawMessage(payload)}
		if _, _, ok := Choice(f); ok != want {
			t.Errorf("%s: %t", payload, ok)
		}
	}
}

func TestAStateIsBounded(t *testing.T) {
	s := New("005", "c1")
	for i := range 500 {
		s = foldAll(t, s, told(OnConnecting, "connecting", i))
		f := told(OnRefresh, "connecting", i)
		f.Event, f.Key = "on"+string(rune('A'+i%26)), fmt.Sprint("c1:other:", i)
		s = foldAll(t, s, f)
	}
	if len(s.Marks) > 2*maxMarks {
		t.Errorf("%d marks", len(s.Marks))
	}
	if _, news := Fold(s, told(OnConnecting, "connecting", 3)); news.Fresh {
		t.Error("what was forgotten is news again")
	}
}

func TestFactsOfOthersChangeNothing(t *testing.T) {
	s := foldAll(t, New("005", "c1"), told(OnConnecting, "connecting", 0))
	f := told(OnEnded, "ended", 5)
	f.User = "006"
	if next, news := Fold(s, f); news != (News{}) || next.Over() {
		t.Errorf("another user's fact: %+v", news)
	}
	if next, news := Fold(s, fact.Fact{User: "005", Source: fact.Agent, Event: "onInit"}); news != (News{}) || next.Over() {
		t.Errorf("a fact of the agent: %+v", news)
	}
}
