package lightning

import (
	"context"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// SearchPhones finds records by number; one in E.164 also where it is stored as people of the user's country write it
// among themselves.
func (a acting) SearchPhones(ctx context.Context, number string, objects []string) ([]string, error) {
	found, err := a.actor.FindPhone(ctx, number, objects, mostFound)
	if err != nil || !strings.HasPrefix(number, "+") {
		return idsOf(found), err
	}
	person, err := a.Person(ctx)
	if err != nil {
		return nil, err
	}
	_, region, _ := strings.Cut(person.Locale, "_") // en_US
	ids := idsOf(found)
	forms := domestic(number, region)
	if len(forms) == 0 {
		return ids, nil
	}
	more, err := a.actor.FindWholePhone(ctx, forms, objects, mostFound)
	if err != nil {
		return nil, err
	}
	for _, id := range idsOf(more) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// domestic are the digits of a number in E.164 as its own country dials it, with and without the prefix for that; none
// in other countries.
func domestic(number, region string) []string {
	n, err := phonenumbers.Parse(number, "")
	if err != nil || phonenumbers.Format(n, phonenumbers.E164) != number {
		return nil // no number, or one with a prefix of its own country within
	}
	if int(n.GetCountryCode()) != phonenumbers.GetCountryCodeForRegion(region) {
		return nil
	}
	return []string{phonenumbers.GetNationalSignificantNumber(n), phonenumbers.Format(n, phonenumbers.NATIONAL)}
}
