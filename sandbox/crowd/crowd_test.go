package crowd

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
)

var regions = map[string]string{"United States": "US", "United Kingdom": "GB", "France": "FR", "Australia": "AU"}

func TestEverybodyHasANumberOfTheirOwn(t *testing.T) {
	people := 200_000
	if !testing.Short() {
		people = Most
	}
	seen := make(map[string]int, people)
	for i := range people {
		n := numberOf(i)
		if other, taken := seen[n.e164]; taken {
			t.Fatalf("%s is the number of %d and %d", n.e164, other, i)
		}
		seen[n.e164] = i
	}
}

func TestWrittenNumbersAreTheNumbersOfTheirCountry(t *testing.T) {
	countries := map[string]int{}
	for i := range 20_000 {
		p := Contact(i)
		parsed, err := phonenumbers.Parse(p.Phone, regions[p.Country])
		if err != nil {
			t.Fatalf("contact %d: %q: %v", i, p.Phone, err)
		}
		if got := phonenumbers.Format(parsed, phonenumbers.E164); got != p.E164 || !phonenumbers.IsPossibleNumber(parsed) {
			t.Fatalf("contact %d: %q in %s is %s, want %s", i, p.Phone, p.Country, got, p.E164)
		}
		countries[p.Country]++
	}
	if len(countries) != len(regions) {
		t.Errorf("countries %v", countries)
	}
}

func TestTheCrowdIsTheSameEveryTime(t *testing.T) {
	if a, b := Contact(123_456), Contact(123_456); a != b {
		t.Errorf("%+v is not %+v", a, b)
	}
	if c := Contact(123_456); c.Account != 12_345 || c.First == "" || c.Last == "" || c.Email == "" {
		t.Errorf("contact %+v", c)
	}
	names := map[string]bool{}
	for i := range 20_000 {
		if name := Account(i).Name; names[name] {
			t.Fatalf("two accounts %s", name)
		} else {
			names[name] = true
		}
	}
}
