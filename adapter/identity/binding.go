package identity

import (
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// Bind decides whether a CRM user may work as a user of the contact centre: one to one, bound at first sight. found are the bindings of
// either, and fresh says that the claim is to be kept. A claim on somebody who is bound otherwise is fault.Conflict; its message is for
// the agent. name gives the CRM username of a user, "" if it is not known.
func Bind(found []store.Binding, claim store.Binding, name func(userID string) string) (fresh bool, err error) {
	fresh = true
	for _, b := range found {
		mine := salesforce.SameID(b.UserID, claim.UserID)
		switch {
		case mine && b.Username == claim.Username:
			fresh = false
		case mine:
			return false, fault.New(fault.Conflict, nil,
				"You are signed in to the contact centre as %s, but your Salesforce user is already used with %s: sign in there as %s. "+
					"An administrator can release it: patchcord unbind %s", claim.Username, b.Username, b.Username, b.Username)
		case b.Username == claim.Username:
			other := name(b.UserID)
			if other == "" {
				other = b.UserID
			}
			return false, fault.New(fault.Conflict, nil,
				"The contact centre user %s is already used with the Salesforce user %s: sign in to the contact centre as yourself. "+
					"An administrator can release it: patchcord unbind %s", claim.Username, other, b.Username)
		}
	}
	return fresh, nil
}
