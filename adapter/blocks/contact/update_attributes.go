package contact

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/patchcord/patchcord/adapter/flow"
)

// UpdateAttributes sets attributes of the contact with the credentials of the adapter.
var UpdateAttributes = flow.Block{
	Type: "SE_ContactUpdateAttributes", Label: "Update Contact Attributes", Category: "Contact",
	Help: "Sets attributes of the contact. Blocks that follow see them.",
	Inputs: []flow.Input{
		{Name: "attributes", Label: "Attributes", Kind: flow.Map, Required: true,
			Help: "Texts by their names, which have letters, digits, - and _; 32 KB with all others of the contact."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InCentre, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil {
			return flow.Outcome{}, errNoContact
		}
		attributes := c.In.TextMap("attributes")
		if err := checkAttributes(c.Contact.Attributes, attributes); err != nil || len(attributes) == 0 {
			return flow.Outcome{Port: flow.Success}, err
		}
		err := c.Host.Centre.UpdateAttributes(ctx, c.Effect, *c.Contact, attributes)
		return flow.Outcome{Port: flow.Success, Attributes: attributes}, err
	},
}

// maxAttributes are the bytes of all attributes of a contact. Source: Amazon Connect, UpdateContactAttributes.
const maxAttributes = 32 << 10

var attributeName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// checkAttributes refuses what the contact centre would not take together with what a contact has.
func checkAttributes(has, set map[string]string) error {
	all := map[string]string{}
	maps.Copy(all, has)
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !attributeName.MatchString(name) {
			return &flow.Refused{Reason: fmt.Sprintf("%q is no name of an attribute: use letters, digits, - and _", name)}
		}
		all[name] = set[name]
	}
	size := 0
	for name, value := range all {
		size += len(name) + len(value)
	}
	if size > maxAttributes {
		return &flow.Refused{Reason: fmt.Sprintf("the contact's attributes would be larger than %d KB", maxAttributes>>10)}
	}
	return nil
}
