package presence

import (
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// mirror are the rules that most administrators have, and a status while somebody is on the phone.
var mirror = []Rule{
	when("to online", Centre, "Available", "Online"), when("to available", Org, "Online", "Available"),
	when("to lunch", Centre, "Lunch", "Lunch"), when("lunch back", Org, "Lunch", "Lunch"),
	when("on the phone", Centre, "Busy", "OnCall"), when("after it", Centre, "AfterCallWork", "OnCall"),
	when("gone", Org, Offline, "Offline"),
}

// agent is one agent under some rules; each call is one thing that happens, milliseconds after noon.
type agent struct {
	t     *testing.T
	rules []Rule
	sync  Sync
	news  News
}

func (a *agent) tell(ms int, side Side, value string) *agent {
	return a.late(ms, ms, side, value)
}

// late is told some time after it happened.
func (a *agent) late(ms, happened int, side Side, value string) *agent {
	at := func(ms int) time.Time { return noon.Add(time.Duration(ms) * time.Millisecond) }
	a.sync, a.news = a.sync.Tell(a.rules, Change{Side: side, Value: value, Order: at(happened)}, at(ms))
	return a
}

func (a *agent) read(ms int, side Side, value string) *agent {
	now := noon.Add(time.Duration(ms) * time.Millisecond)
	a.sync, a.news = a.sync.Read(side, value, "", now)
	a.sync, a.news.Sets = a.sync.Restore(a.rules, now)
	return a
}

func (a *agent) done(ms int, set int64) *agent {
	for _, side := range []Side{Centre, Org} {
		at := noon.Add(time.Duration(ms) * time.Millisecond)
		a.sync = a.sync.Begin(Set{ID: set, Side: side}, at).Done(Set{ID: set, Side: side}, at)
	}
	return a
}

// wants says what the latest thing had for its consequence: "" is nothing.
func (a *agent) wants(want string) *agent {
	a.t.Helper()
	got := ""
	for _, s := range a.news.Sets {
		got += fmt.Sprintf("%s %s by %s;", s.Side, s.Value, s.Rule)
	}
	if a.news.Ours {
		got += "ours;"
	}
	if a.news.JustStops {
		got += "stops;"
	}
	if got != want {
		a.t.Errorf("got %q, want %q", got, want)
	}
	return a
}

func of(t *testing.T, rules []Rule) *agent {
	Sort(rules)
	return &agent{t: t, rules: rules}
}

func TestAChangeIsFollowedAndItsEchoFiresNothing(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Lunch").wants("org Lunch by to lunch;")
	a.done(80, 1).tell(90, Org, "Lunch").wants("ours;")
	a.tell(5_000, Org, "Online").wants("centre Available by to available;")
	a.done(5_060, 2).tell(5_070, Centre, "Available").wants("ours;")
	if !a.sync.Agree() || a.sync.Centre.Value != "Available" || a.sync.Org.Value != "Online" {
		t.Errorf("%+v", a.sync)
	}
}

func TestOnThePhoneAndBack(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Available").wants("org Online by to online;").done(50, 1).tell(60, Org, "Online").wants("ours;")
	a.tell(10_000, Centre, "Busy").wants("org OnCall by on the phone;").done(10_050, 2).tell(10_060, Org, "OnCall").wants("ours;")
	a.tell(60_000, Centre, "AfterCallWork").wants("")
	a.tell(70_000, Centre, "Available").wants("org Online by to online;").done(70_050, 3).tell(70_060, Org, "Online").wants("ours;")
}

// Streams' report 309: an agent who is busy on the phone stays available in Omni-Channel, by rules that say nothing of Busy, and their
// status is not touched when the call is over.
func TestReport309BusyOnThePhoneAvailableInOmniChannel(t *testing.T) {
	rules := []Rule{when("a", Centre, "Available", "Online"), when("b", Org, "Online", "Available"), when("c", Centre, "Lunch", "Lunch"),
		when("d", Org, "Lunch", "Lunch")}
	a := of(t, rules)
	a.tell(0, Centre, "Available").wants("org Online by a;").done(10, 1).tell(20, Org, "Online").wants("ours;")
	a.tell(10_000, Centre, "Busy").wants("").tell(50_000, Centre, "AfterCallWork").wants("").tell(60_000, Centre, "Available").wants("")
	// The agent chooses Lunch in Omni-Channel while the call is on: it comes at the contact centre once it is over.
	a.tell(70_000, Centre, "Busy").wants("")
	a.tell(75_000, Org, "Lunch").wants("centre Lunch by d;").done(75_100, 2)
	a.tell(200_000, Centre, "AfterCallWork").wants("").tell(230_000, Centre, "Lunch").wants("ours;")
	if !a.sync.Agree() {
		t.Errorf("%+v", a.sync)
	}
}

func TestBothSidesChangedAtOnce(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Available").done(10, 1).tell(20, Org, "Online")
	a.tell(10_000, Centre, "Lunch").wants("org Lunch by to lunch;")
	a.tell(10_020, Org, "Busy").wants("") // chosen by the agent, and told before our change has come
	a.done(10_030, 2).tell(10_040, Org, "Lunch").wants("org Busy by ;ours;")
	a.done(10_090, 3).tell(10_100, Org, "Busy").wants("ours;")
	if a.sync.Org.Value != "Busy" || a.sync.Centre.Value != "Lunch" {
		t.Errorf("%+v", a.sync)
	}
}

func TestLateDoubledAndOldNews(t *testing.T) {
	a := of(t, mirror)
	a.tell(1_000, Centre, "Lunch").wants("org Lunch by to lunch;").done(1_010, 1)
	a.tell(1_020, Org, "Lunch").wants("ours;")
	a.tell(1_024, Org, "Lunch").wants("") // the second tab tells it, too
	a.late(1_030, 900, Centre, "Available").wants("")
	if a.sync.Centre.Value != "Lunch" {
		t.Error("something older counted")
	}
	a.tell(9_000, Org, "Online").wants("centre Available by to available;")
	a.late(9_100, 8_000, Org, "Lunch").wants("")
}

func TestAnEchoThatIsTooLateIsSomebodysChange(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Lunch").done(10, 1)
	a.tell(2_900, Org, "Lunch").wants("ours;")
	a.tell(10_000, Centre, "Available").done(10_010, 2)
	a.tell(13_100, Org, "Online").wants("") // it would have the contact centre be what it is
	if a.sync.Org.Word.Rule != "" {
		t.Error("it was taken for an echo")
	}
}

func TestTenChangesInFiveSecondsStop(t *testing.T) {
	a := of(t, mirror)
	for i := range 9 {
		a.tell(i*500, Centre, []string{"Available", "Lunch"}[i%2])
		if len(a.news.Sets) != 1 {
			t.Fatalf("change %d: %+v", i, a.news)
		}
	}
	a.tell(4_600, Centre, "Lunch").wants("stops;")
	a.tell(60_000, Centre, "Available").wants("").tell(120_000, Centre, "Lunch").wants("")
	a.tell(120_000+5*60_000+1_000, Centre, "Available").wants("org Online by to online;")
	if !a.news.GoesOn {
		t.Error("nobody is told that it goes on")
	}
	a.sync.Stopped = noon
	a.sync = a.sync.Start()
	a.tell(430_000, Centre, "Lunch").wants("org Lunch by to lunch;")
}

func TestAfterAReconnect(t *testing.T) {
	t.Run("what the rules said is said again", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Lunch").done(10, 1).tell(20, Org, "Lunch")
		a.read(60_000, Org, Offline).wants("org Lunch by to lunch;")
		a.done(60_010, 2).tell(60_020, Org, "Lunch").wants("ours;")
	})
	t.Run("not if what had them say so is another", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Lunch").done(10, 1).tell(20, Org, "Lunch").tell(30_000, Centre, "Busy")
		a.sync = a.sync.Failed(Set{ID: 2, Side: Org}, "no")
		a.read(60_000, Org, Offline).wants("")
	})
	t.Run("not what somebody chose", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Org, "Lunch").done(10, 1).tell(20, Centre, "Lunch").wants("ours;")
		a.read(60_000, Org, Offline).wants("")
	})
	t.Run("not against what somebody chose meanwhile", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Available").done(10, 1).tell(20, Org, "Online")
		a.read(60_000, Org, "Lunch").wants("") // by a supervisor, say
		a.late(60_100, 50_000, Org, "Lunch").wants("centre Lunch by lunch back;")
	})
	t.Run("a console that has just been loaded, or a second one, logs in again", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Available").done(10, 1).tell(20, Org, "Online").tell(5_000, Centre, "Training")
		a.read(60_000, Org, Offline)
		if a.tell(63_000, Org, "Online").wants(""); a.sync.Org.Value != "Online" || a.sync.Centre.Value != "Training" {
			t.Errorf("%+v", a.sync)
		}
		a.read(90_000, Org, Offline).tell(121_000, Org, "Online").wants("centre Available by to available;")
	})
	t.Run("not once the rule is gone", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Lunch").done(10, 1).tell(20, Org, "Lunch")
		a.rules = []Rule{when("to lunch", Centre, "Lunch", "Meal")}
		a.read(60_000, Org, Offline).wants("")
		a.rules = nil // the sync is off
		a.read(61_000, Org, Offline).wants("")
	})
	t.Run("not on the next day", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Lunch").done(10, 1).tell(20, Org, "Lunch")
		a.read(int((Holds + time.Second).Milliseconds()), Org, Offline).wants("")
	})
	t.Run("not in the next session", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Centre, "Lunch").done(10, 1).tell(20, Org, "Lunch")
		a.sync = a.sync.Leave()
		a.read(60_000, Org, Offline).wants("")
		a.late(60_100, 10, Org, "Lunch").wants("") // by a tab that had held it back
		a.tell(70_000, Org, "Lunch").wants("")     // the contact centre is so already
		if a.sync.Org.Value != "Lunch" {
			t.Errorf("%+v", a.sync.Org)
		}
	})
	t.Run("a change that is told after it was read is followed all the same", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Org, "Online").done(10, 1).tell(20, Centre, "Available")
		a.read(60_000, Org, "Lunch").wants("")
		a.late(60_100, 40_000, Org, "Busy").wants("") // it has moved on since
		a.late(60_110, 50_000, Org, "Lunch").wants("centre Lunch by lunch back;")
		a.late(60_120, 50_004, Org, "Lunch").wants("")
	})
	t.Run("an echo that was read is ours when it is told", func(t *testing.T) {
		a := of(t, []Rule{when("x", Centre, "Lunch", "Lunch"), when("y", Org, "Lunch", "Break")})
		a.tell(0, Centre, "Lunch").wants("org Lunch by x;").done(10, 1)
		a.read(2_000, Org, "Lunch").wants("ours;").late(2_100, 15, Org, "Lunch").wants("")
	})
}

// A status that the end of a session has set is told by the page of the next morning; one that somebody chose meanwhile is theirs.
func TestTheEndOfASession(t *testing.T) {
	ended := func() *agent {
		a := of(t, mirror)
		a.tell(0, Centre, "Busy").tell(10, Org, "Online")
		a.sync = a.sync.NoteSession("Offline", noon.Add(time.Second)).Leave()
		return a.tell(60_000, Centre, "AfterCallWork")
	}
	if a := ended().tell(50_000_000, Centre, "Offline"); !a.news.Session || a.news.Ours {
		t.Errorf("%+v", a.news)
	}
	a := ended().tell(50_000_000, Centre, "Lunch").wants("org Lunch by to lunch;")
	if a.tell(50_010_000, Centre, "Offline"); a.news.Session {
		t.Error("what the agent chose counts as the session's end")
	}
}

// A flow sets the status that is on already; what a rule sets after it is the rule's all the same.
func TestAFlowsMarkDoesNotTakeARulesEcho(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Available").done(10, 1).tell(20, Org, "Online")
	a.sync = a.sync.Note(Org, "", "a flow", noon.Add(time.Second))
	a.tell(1_100, Centre, "Lunch").wants("org Lunch by to lunch;").done(1_150, 2).tell(1_160, Org, "Lunch").wants("ours;")
}

// A change of ours that was never made, and whose run was given up, is not on its way for ever.
func TestAChangeThatNobodyMadeIsSaidAgainByItsRule(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Available").done(10, 1).tell(20, Org, "Online")
	a.tell(1_000, Centre, "Lunch").wants("org Lunch by to lunch;")
	given := a.news.Sets[0]
	if at := noon.Add(61 * time.Second); !a.sync.Wants(given, at) || a.sync.Wants(given, at.Add(2*time.Minute)) {
		t.Error("it is wanted for two minutes")
	}
	a.tell(600_000, Centre, "Busy").wants("org OnCall by on the phone;")
	a.sync = a.sync.Dropped(a.news.Sets[0])
	a.tell(700_000, Centre, "Lunch").wants("org Lunch by to lunch;")
	a.tell(1_400_000, Centre, "Training").wants("").tell(1_500_000, Centre, "Lunch").wants("org Lunch by to lunch;")
}

func TestTheClockIsSet(t *testing.T) {
	t.Run("back", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(600_000, Org, "Online").wants("centre Available by to available;").done(600_010, 1)
		a.tell(1_000, Org, "Lunch").wants("centre Lunch by lunch back;")
	})
	t.Run("forward", func(t *testing.T) {
		a := of(t, mirror)
		a.tell(0, Org, "Online").wants("centre Available by to available;").done(10, 1)
		a.tell(600_000, Centre, "Available").wants("") // taken for somebody's, and followed: Omni-Channel is so already
		a.tell(600_500, Org, "Lunch").wants("centre Lunch by lunch back;")
	})
}

func TestWhatCannotBeDoneIsNoWordAnyMore(t *testing.T) {
	a := of(t, mirror)
	a.tell(0, Centre, "Lunch").wants("org Lunch by to lunch;")
	a.sync = a.sync.Failed(a.news.Sets[0], "Not allowed.")
	if r := a.sync.Org.Refused; r == nil || *r != (Refusal{"Lunch", "to lunch", "Not allowed."}) || a.sync.Agree() {
		t.Errorf("nobody can see that: %+v", r)
	}
	a.read(10_000, Org, "Online").wants("")
	a.tell(20_000, Org, "Lunch").wants("") // its mark is gone; the contact centre is so already
	if a.sync.Org.Word.Rule != "" {
		t.Error("it was taken for an echo")
	}
}

func TestWorkloadAndWork(t *testing.T) {
	full := Rule{Name: "full", Source: WorkloadChanged, Destination: Centre, Value: "Cases",
		Criteria: []Criterion{{Term{Operand: NewPercent}, GreaterOrEqual, Term{Static, "100"}}}}
	taken := Rule{Name: "taken", Source: WorkAccepted, Criteria: []Criterion{is(Channel, "cases")}, Destination: Centre, Value: "Cases"}
	a := of(t, []Rule{full, taken})
	s, fresh := a.sync.Load(Load{Capacity: 4, Was: 2, Now: 3})
	s, again := s.Load(Load{Capacity: 4, Was: 2, Now: 3})
	if !fresh || again {
		t.Fatal("a workload counts once")
	}
	if _, news := s.Happen(a.rules, WorkloadChanged, "", noon); len(news.Sets) != 0 {
		t.Errorf("%+v", news)
	}
	s, _ = s.Load(Load{Capacity: 4, Was: 3, Now: 4})
	if _, news := s.Happen(a.rules, WorkloadChanged, "", noon); len(news.Sets) != 1 {
		t.Errorf("%+v", news)
	}
	if _, news := s.Happen(a.rules, WorkAccepted, "cases", noon); len(news.Sets) != 1 || news.Sets[0].Rule != "taken" {
		t.Errorf("%+v", news)
	}
}
