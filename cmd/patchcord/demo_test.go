//go:build !lean

package main

import (
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"github.com/patchcord/patchcord/setup/steps"
)

// Every demo contact is reached by a click on its number, and pops for a call from it.
func TestTheDemosNumbersAreOnesThatAreAnswered(t *testing.T) {
	for _, c := range append([]demoCustomer{{last: demo.LastName, phone: demo.Phone, e164: demoPhone}}, demoCustomers...) {
		parsed, err := phonenumbers.Parse(c.phone, "US")
		if err != nil || phonenumbers.Format(parsed, phonenumbers.E164) != c.e164 {
			t.Errorf("%s: %q is not %s (%v)", c.last, c.phone, c.e164, err)
		}
	}
	seen := map[string]bool{}
	for _, number := range answeredNumbers() {
		if seen[number] {
			t.Errorf("%s is several people's", number)
		}
		seen[number] = true
	}
}

// A record comes behind those that it points to, and is found again by its key.
func TestTheDemosRecordsCanBeLoadedInOrder(t *testing.T) {
	made := map[steps.Link]bool{
		{Object: "Account", Field: "Name", Value: demo.Account}:          true,
		{Object: "Contact", Field: "LastName", Value: demo.LastName}:     true,
		{Object: "User", Field: "Username", Value: people[2].Username}:   true,
		{Object: "User", Field: "Username", Value: secondAgent.Username}: true,
	}
	owners, keys := map[string]bool{}, map[string]bool{}
	for _, r := range demoRecords([]string{people[2].Username, secondAgent.Username}, time.Now()) {
		for field, link := range r.Links {
			if !made[link] {
				t.Errorf("%v of %v points to %v, which is not there", field, r.Values, link)
			}
			if field == "OwnerId" {
				owners[link.Value] = true
			}
		}
		key := r.Object
		for _, field := range r.Key {
			value, _ := r.Values[field].(string)
			if key += "/" + value; value == "" {
				t.Errorf("%v has no %s", r.Values, field)
			}
			made[steps.Link{Object: r.Object, Field: field, Value: value}] = true
		}
		if keys[key] {
			t.Errorf("two of %s", key)
		}
		keys[key] = true
	}
	if len(owners) != 2 {
		t.Errorf("only %v have anything to do", owners)
	}
}
