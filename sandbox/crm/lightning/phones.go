package lightning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// searchPhones finds records by number; one in E.164 also where it is stored as people of the user's country write it
// among themselves.
func searchPhones(ctx context.Context, r asked, number string, objects []string) ([]records.Found, error) {
	found, err := r.Actor.FindPhone(ctx, number, objects, mostFound)
	if err != nil || !strings.HasPrefix(number, "+") {
		return found, err
	}
	own, err := first(ctx, r.Actor, fmt.Sprintf("SELECT Id, LocaleSidKey FROM User WHERE Id = '%s'", r.User.ID))
	if err != nil {
		return nil, err
	}
	_, region, _ := strings.Cut(own.Text("LocaleSidKey"), "_") // en_US
	forms := domestic(number, region)
	if len(forms) == 0 {
		return found, nil
	}
	more, err := r.Actor.FindWholePhone(ctx, forms, objects, mostFound)
	if err != nil {
		return nil, err
	}
	for _, f := range more {
		if !slices.Contains(found, f) {
			found = append(found, f)
		}
	}
	return found, nil
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
