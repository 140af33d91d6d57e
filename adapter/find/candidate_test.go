package find

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSame(t *testing.T) {
	for _, tc := range []struct {
		name, stored, caller, country string
		want                          bool
	}{
		{"as written at home", "(206) 555-0142", "+12065550142", "US", true},
		{"with an extension", "(206) 555-0142 x123", "+12065550142", "US", true},
		{"with another way of extension", "206.555.0142#22", "+12065550142", "US", true},
		{"with country code", "+1 206-555-0142", "+12065550142", "US", true},
		{"with the country code and no +", "442079460803", "+442079460803", "US", true},
		{"one of two", "206-555-0706 / 206-555-0142", "+12065550142", "US", true},
		{"last digits of another country's number", "(202) 212-3456", "+4722123456", "US", false},
		{"last digits only", "555-0142", "+12065550142", "US", false},
		{"another country's, stored without its code", "22 12 34 56", "+4722123456", "US", false},
		{"the same in that country's org", "22 12 34 56", "+4722123456", "NO", true},
		{"a trunk prefix", "020 7946 0803", "+442079460803", "GB", true},
		{"a trunk prefix in parentheses", "+44 (0)20 7946 0803", "+442079460803", "US", true},
		{"no number", "ask", "ask", "US", false},
		{"nothing", "", "", "US", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Same(tc.stored, tc.caller, tc.country); got != tc.want || Same(tc.caller, tc.stored, tc.country) != tc.want {
				t.Errorf("%v", got)
			}
			kept := Filter([]Candidate{{ID: "x"}, {ID: "y", Phones: []string{"", tc.stored}}}, tc.caller, tc.country)
			if (len(kept) == 1 && kept[0].ID == "y") != tc.want {
				t.Errorf("kept %v", kept)
			}
		})
	}
}

func TestCanSkip(t *testing.T) {
	for _, tc := range []struct {
		caller, country string
		want            bool
	}{
		{"+12065550142", "US", true}, {"+14165550142", "US", true}, {"+442079460803", "US", false}, {"+442079460803", "GB", true},
		{"+4722123456", "NO", false}, {"+493012345", "DE", false}, {"+4915112345678", "DE", true}, {"anonymous", "US", false}, {"", "", false},
	} {
		if got := CanSkip(tc.caller, tc.country); got != tc.want {
			t.Errorf("%s in %s: %v", tc.caller, tc.country, got)
		}
	}
}

func TestSOSL(t *testing.T) {
	contact := Object{Name: "Contact", Phones: []string{"Phone", "MobilePhone", "Phone"}}
	for _, tc := range []struct {
		name, number, country string
		objects               []Object
		want                  string
	}{
		{"a caller of the own country", "+12065550142", "US",
			[]Object{contact, {Name: "Case", NameField: "CaseNumber", Phones: []string{"SuppliedPhone"}}},
			`FIND {\+12065550142 OR 12065550142* OR (1 206 555 0142*) OR 2065550142 OR 2065550142* OR (206 555 0142*)} IN PHONE FIELDS ` +
				`RETURNING Contact(Id, Name, Phone, MobilePhone), Case(Id, CaseNumber, SuppliedPhone) LIMIT 200`},
		{"a caller of another, with an extension", "+44 20 7946 0803 x5", "US", []Object{contact},
			`FIND {\+442079460803 OR 442079460803* OR (44 20 7946 0803*) OR 2079460803 OR 2079460803* OR ` +
				`02079460803 OR 02079460803* OR (020 7946 0803*)} IN PHONE FIELDS RETURNING Contact(Id, Name, Phone, MobilePhone) LIMIT 200`},
		{"nothing to look in", "+12065550142", "US", []Object{{Name: "Order"}, {Name: "x y", Phones: []string{"Phone"}},
			{Name: "A", NameField: "b)", Phones: []string{"Phone"}}, {Name: "B", Phones: []string{"Phone)} x"}}}, ""},
		{"nothing to look for", "555-0142", "US", []Object{contact}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, SOSL(tc.number, tc.country, tc.objects)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := escape(`a?&|!{}[]()^~*:\"'+-b`); got != `a\?\&\|\!\{\}\[\]\(\)\^\~\*\:\\\"\'\+\-b` {
		t.Error(got)
	}
	many := make([]Object, 100)
	for i := range many {
		many[i] = contact
	}
	if n := strings.Count(SOSL("+12065550142", "US", many), "Contact("); n != mostObjects {
		t.Errorf("%d objects", n)
	}
}

func TestReadSearch(t *testing.T) {
	objects := []Object{{Name: "Case", NameField: "CaseNumber", Phones: []string{"SuppliedPhone", "Other__c"}}}
	got, err := readSearch(json.RawMessage(`{"searchRecords":[{"attributes":{"type":"Case"},"Id":"500000000000001AAA","CaseNumber":"1",
		"SuppliedPhone":"206 555 0142","Other__c":null},{"attributes":{"type":"Task"},"Id":"00T000000000001AAA"},{}]}`), objects)
	want := []Candidate{{ID: "500000000000001AAA", Object: "Case", Name: "1", Phones: []string{"206 555 0142"}}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Candidate{})); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if _, err := readSearch(json.RawMessage(`[]`), objects); err == nil {
		t.Error("a list is an answer")
	}
}

func FuzzSame(f *testing.F) {
	for _, seed := range []string{"(206) 555-0142 x123", "206-555-0706 / 206-555-0707", "+44 (0)20 7946 0803", "\xff", "1-800-FLOWERS"} {
		f.Add(seed, "+12065550142", "US")
	}
	f.Fuzz(func(t *testing.T, stored, caller, country string) {
		if Same(stored, caller, country) != Same(caller, stored, country) {
			t.Fatalf("%q and %q agree one way only", stored, caller)
		}
		for _, form := range Forms(stored, country) {
			if form == "" {
				t.Fatal("an empty form")
			}
		}
		sosl := SOSL(stored, country, []Object{{Name: "Contact", Phones: []string{"Phone"}}})
		term, _, found := strings.Cut(sosl, "} IN PHONE")
		if sosl != "" && (!found || strings.ContainsAny(strings.TrimPrefix(term, "FIND {"), "{}\"'")) {
			t.Fatalf("a search that is none: %s", sosl)
		}
		CanSkip(caller, country)
	})
}
