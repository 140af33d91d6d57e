package presence

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func is(a Operand, value string) Criterion {
	return Criterion{Term{Operand: a}, Equal, Term{Static, value}}
}

// when is a rule of one criterion: the event's own status is one, and the other side becomes one.
func when(name string, from Side, value, becomes string) Rule {
	r := Rule{ID: name, Name: name, Source: CentreChanged, Criteria: []Criterion{is(CentreNew, value)}, Destination: Org, Value: becomes}
	if from == Org {
		r.Source, r.Criteria, r.Destination = OrgChanged, []Criterion{is(OrgNew, value)}, Centre
		if value == Offline {
			r.Source = OrgLoggedOut
		}
	}
	return r
}

func TestDecide(t *testing.T) {
	available, lunch := when("available", Centre, "Available", "Online"), when("lunch", Centre, "Lunch", "Lunch")
	anyway := Rule{Name: "zz anyway", Source: CentreChanged, Criteria: []Criterion{{Term{Operand: CentreNew}, NotEqual, Term{Static, "x"}}},
		Destination: Org, Value: "Away"}
	early := anyway
	early.Name, early.Order = "early", -1
	for _, tc := range []struct {
		name  string
		rules []Rule
		event Source
		at    Standing
		want  []Want
	}{
		{"the rule that applies", []Rule{available, lunch}, CentreChanged, Standing{Centre: "Lunch"}, []Want{{Org, "Lunch", "lunch"}}},
		{"none applies", []Rule{available, lunch}, CentreChanged, Standing{Centre: "Busy"}, nil},
		{"case counts", []Rule{lunch}, CentreChanged, Standing{Centre: "lunch"}, nil},
		{"another event", []Rule{lunch}, OrgChanged, Standing{Centre: "Lunch"}, nil},
		{"the first of a side counts", []Rule{anyway, lunch}, CentreChanged, Standing{Centre: "Lunch"}, []Want{{Org, "Lunch", "lunch"}}},
		{"order comes before names", []Rule{lunch, early}, CentreChanged, Standing{Centre: "Lunch"}, []Want{{Org, "Away", "early"}}},
		{"one of each side", []Rule{lunch, {Name: "b", Source: CentreChanged, Criteria: []Criterion{is(CentreOld, "Busy")}, Destination: Centre,
			Value: "Break"}}, CentreChanged, Standing{Centre: "Lunch", CentreWas: "Busy"},
			[]Want{{Centre, "Break", "b"}, {Org, "Lunch", "lunch"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			Sort(tc.rules)
			if diff := cmp.Diff(tc.want, Decide(tc.rules, tc.event, tc.at)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	full := Standing{Centre: "Available", CentreWas: "Busy", Org: "Online", Channel: "cases", Work: &Load{Capacity: 8, Was: 2, Now: 6}}
	against := func(a Operand, by Comparator, value string) Rule {
		return Rule{Criteria: []Criterion{{Term{Operand: a}, by, Term{Static, value}}}}
	}
	for _, tc := range []struct {
		name string
		rule Rule
		at   Standing
		want bool
	}{
		{"a text", against(CentreNew, Equal, "Available"), full, true},
		{"not a text", against(CentreNew, NotEqual, "Available"), full, false},
		{"a text is no number", against(CentreNew, Greater, "0"), full, false},
		{"the old state", against(CentreOld, Equal, "Busy"), full, true},
		{"the channel", against(Channel, Equal, "cases"), full, true},
		{"numbers however written", against(NewWorkload, Equal, "6.0"), full, true},
		{"more", against(NewPercent, Greater, "74"), full, true},
		{"not more", against(NewPercent, Greater, "75"), full, false},
		{"as much", against(NewPercent, GreaterOrEqual, "75"), full, true},
		{"less", against(OldPercent, Less, "26"), full, true},
		{"at most", against(OldWorkload, LessOrEqual, "2"), full, true},
		{"no comparator", against(OldWorkload, "Alike", "2"), full, false},
		{"no workload is known", against(NewWorkload, Less, "100"), Standing{}, false},
		{"a capacity of none has no percentage", against(NewPercent, GreaterOrEqual, "0"), Standing{Work: &Load{}}, false},
		{"two operands", Rule{Criteria: []Criterion{{Term{Operand: NewWorkload}, Less, Term{Operand: Capacity}}}}, full, true},
		{"all", Rule{Criteria: []Criterion{is(CentreNew, "Available"), is(OrgNew, "Away")}}, full, false},
		{"one of them", Rule{Any: true, Criteria: []Criterion{is(OrgNew, "Away"), is(CentreNew, "Available")}}, full, true},
		{"no criterion", Rule{}, full, false},
		{"none of them", Rule{Any: true}, full, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.rule.Matches(tc.at); got != tc.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestTrySaysWhichRuleCounts(t *testing.T) {
	rules := []Rule{when("a", Centre, "Lunch", "Lunch"), when("b", Centre, "Lunch", "Away"), when("c", Centre, "Busy", "Busy")}
	var got []string
	for _, x := range Try(rules, CentreChanged, Standing{Centre: "Lunch"}) {
		got = append(got, strings.TrimSpace(strings.Join([]string{x.Rule.Name, map[bool]string{true: "applies"}[x.Applies],
			map[bool]string{true: "first"}[x.First], x.Before}, " ")))
	}
	if diff := cmp.Diff([]string{"a applies first", "b applies  a", "c"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCheck(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*Rule)
		want   string
	}{
		{"right", func(*Rule) {}, ""},
		{"no source", func(r *Rule) { r.Source = "Sunrise" }, `its Source "Sunrise" is none that there is.`},
		{"no destination", func(r *Rule) { r.Destination = "" }, "its Destination is missing, or none that there is."},
		{"no value", func(r *Rule) { r.Value = "" }, "its Value is empty: it has to name a status."},
		{"a state that nobody can be set to", func(r *Rule) { r.Destination, r.Value = Centre, "AfterCallWork" },
			`its Value "AfterCallWork" is a state that the contact centre alone gives: nobody can be set to it.`},
		{"a status of Omni-Channel may have that name", func(r *Rule) { r.Value = "Busy" }, ""},
		{"no criterion", func(r *Rule) { r.Criteria = nil }, "it has no criterion."},
		{"no comparator", func(r *Rule) { r.Criteria[0].Comparator = "" }, `its Comparator "" is none that there is.`},
		{"no operand", func(r *Rule) { r.Criteria[0].A.Operand = "Mood" }, `its operand "Mood" is none that there is.`},
		{"nothing to compare with", func(r *Rule) { r.Criteria[0].B.Value = " " }, "an operand is a Static Value, and that value is empty."},
		{"the size of a text", func(r *Rule) { r.Criteria[0].Comparator = Less }, `it compares by size, and "Lunch" is no number.`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := when("r", Centre, "Lunch", "Lunch")
			tc.change(&r)
			if got := strings.Join(r.Check(), "\n"); got != tc.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestFollow(t *testing.T) {
	mirror := []Rule{when("l", Centre, "Lunch", "Lunch"), when("L", Org, "Lunch", "Lunch"), when("a", Centre, "Available", "Online"),
		when("A", Org, "Online", "Available")}
	for _, tc := range []struct {
		name          string
		rules         []Rule
		loops, undone string
	}{
		{"two that mirror each other are no loop", mirror, "", ""},
		{"a loop is named once, with its path", []Rule{when("1", Centre, "Lunch", "Break"), when("2", Org, "Break", "Available"),
			when("3", Centre, "Available", "Online"), when("4", Org, "Online", "Lunch")},
			"Omni-Channel Online → (4) Amazon Connect Lunch → (1) Omni-Channel Break → (2) Amazon Connect Available → " +
				"(3) Omni-Channel Online", ""},
		{"what somebody chose is taken back", []Rule{when("1", Centre, "Lunch", "Break"), when("2", Org, "Break", "Available")},
			"", "Amazon Connect Lunch → (1) Omni-Channel Break → (2) Amazon Connect Available"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			found := Follow(tc.rules)
			if diff := cmp.Diff([]string{tc.loops, tc.undone}, []string{words(found.Loops), words(found.Undone)}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func words(paths []Path) string {
	var all []string
	for _, p := range paths {
		all = append(all, p.String())
	}
	return strings.Join(all, "\n")
}

func TestWay(t *testing.T) {
	circle := []Rule{when("1", Centre, "Lunch", "Meal"), when("2", Org, "Meal", "Available"), when("3", Centre, "Available", "Online"),
		when("4", Org, "Online", "Lunch")}
	full := Rule{Name: "full", Source: WorkloadChanged, Destination: Centre, Value: "Lunch", Criteria: []Criterion{
		{Term{Operand: NewPercent}, GreaterOrEqual, Term{Operand: Static, Value: "100"}}}}
	chat := Rule{Name: "chat", Source: WorkAccepted, Destination: Centre, Value: "Lunch", Criteria: []Criterion{
		{Term{Operand: Channel}, Equal, Term{Operand: Static, Value: "Chat"}}}}
	for _, tc := range []struct {
		name  string
		rules []Rule
		event Source
		now   Standing
		want  string
		back  int
	}{
		{"nothing follows", circle, CentreChanged, Standing{Centre: "Training", Org: "Online"}, "Amazon Connect Training", -1},
		{"it ends where the other side is so already", circle[:1], CentreChanged, Standing{Centre: "Lunch", Org: "Meal"},
			"Amazon Connect Lunch", -1},
		{"it comes back to its beginning", circle, CentreChanged, Standing{Centre: "Lunch", Org: "Online"},
			"Amazon Connect Lunch → (1) Omni-Channel Meal → (2) Amazon Connect Available → (3) Omni-Channel Online → " +
				"(4) Amazon Connect Lunch", 0},
		{"it runs into a circle", circle, CentreChanged, Standing{Centre: "Lunch", Org: "Offline"},
			"Amazon Connect Lunch → (1) Omni-Channel Meal → (2) Amazon Connect Available → (3) Omni-Channel Online → " +
				"(4) Amazon Connect Lunch → (1) Omni-Channel Meal", 1},
		{"work is no change of a status", []Rule{full, circle[0]}, WorkloadChanged,
			Standing{Centre: "Available", Org: "Online", Work: &Load{Capacity: 2, Was: 1, Now: 2}},
			"Omni-Channel Online → (full) Amazon Connect Lunch → (1) Omni-Channel Meal", -1},
		{"work through a channel", []Rule{chat}, WorkAccepted, Standing{Centre: "Available", Org: "Online", Channel: "Chat"},
			"Omni-Channel Online → (chat) Amazon Connect Lunch", -1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path, back := Way(tc.rules, tc.event, tc.now)
			if path.String() != tc.want || back != tc.back {
				t.Errorf("%s, back to %d, want %s, %d", path, back, tc.want, tc.back)
			}
		})
	}
}

// great are as many rules as an adapter record may have, in one great circle.
func great() (rules []Rule) {
	for i := range 250 {
		rules = append(rules, when(fmt.Sprint("a", i), Centre, fmt.Sprint("c", i), fmt.Sprint("o", i)),
			when(fmt.Sprint("b", i), Org, fmt.Sprint("o", i), fmt.Sprint("c", (i+1)%250)))
	}
	return rules
}

func TestRulesAreAskedOnceForEachStanding(t *testing.T) {
	rules := great()
	says := remembered(rules)
	for _, now := range []Standing{{Centre: "c0"}, {Centre: "c1", CentreWas: "c0"}, {Centre: "c0"}} {
		want := Decide(rules, CentreChanged, now)
		got := says(CentreChanged, now)
		if diff := cmp.Diff(want, got); diff != "" || len(got) != 1 {
			t.Error(diff)
		}
		if again := says(CentreChanged, now); &again[0] != &got[0] {
			t.Error("they are asked again")
		}
	}
	if found := Follow(rules); len(found.Loops) == 0 {
		t.Error("no circle is found")
	}
}

func BenchmarkFollow(b *testing.B) {
	rules := great()
	for b.Loop() {
		Follow(rules)
	}
}

func TestNamesThatLookLikeNumbers(t *testing.T) {
	for _, tc := range []struct {
		a    string
		by   Comparator
		b    string
		want bool
	}{
		{"Infinity", Equal, "Inf", false}, {"nan", NotEqual, "NaN", true}, {"Infinity", Greater, "3", false}, {"4", Equal, "4.0", true},
		{"+Inf", GreaterOrEqual, "1", false}, {"Übung 1", Equal, "Übung 1", true}, {"1e999", Greater, "1", false}, {"", Less, "1", false},
	} {
		if got := compare(tc.a, tc.by, tc.b); got != tc.want {
			t.Errorf("%s %s %s: %v", tc.a, tc.by, tc.b, got)
		}
	}
}
