package presence

import "testing"

func TestWhatARuleAsksInWords(t *testing.T) {
	value := func(v string) Term { return Term{Operand: Static, Value: v} }
	of := func(o Operand) Term { return Term{Operand: o} }
	lunch := Criterion{of(CentreNew), Equal, value(" Lunch ")}
	for _, tc := range []struct {
		name string
		rule Rule
		want string
	}{
		{"one criterion", Rule{Criteria: []Criterion{lunch}}, "Connect Agent New State is Lunch"},
		{"all of two", Rule{Criteria: []Criterion{lunch, {of(CentreOld), NotEqual, value("Busy")}}},
			"Connect Agent New State is Lunch and Connect Agent Old State is not Busy"},
		{"any of two", Rule{Any: true, Criteria: []Criterion{lunch, {of(OrgNew), Equal, of(CentreNew)}}},
			"Connect Agent New State is Lunch or Salesforce Agent New State is Connect Agent New State"},
		{"a value in front stands behind", Rule{Criteria: []Criterion{{value("80"), LessOrEqual, of(NewPercent)}}},
			"Salesforce New Workload Pct is at least 80"},
		{"two values stay", Rule{Criteria: []Criterion{{value("1"), Less, value("2")}}}, "1 is less than 2"},
		{"what is missing", Rule{Criteria: []Criterion{{value(""), "Like", of("Mood")}}}, "(no value) (no comparator) (no operand)"},
		{"nothing", Rule{}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.rule.When(); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// Exchanged ends say the same of all numbers.
func TestMirroredComparatorsSayTheSame(t *testing.T) {
	for c, said := range comparison {
		for _, a := range []string{"1", "2", "x"} {
			for _, b := range []string{"1", "2", "x"} {
				if compare(a, c, b) != compare(b, said.mirrors, a) {
					t.Errorf("%s %s %s differs from %s %s %s", a, c, b, b, said.mirrors, a)
				}
			}
		}
	}
	if len(comparison) != len(Comparators) {
		t.Errorf("%d of %d comparators have words", len(comparison), len(Comparators))
	}
}
