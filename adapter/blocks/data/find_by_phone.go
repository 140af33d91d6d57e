package data

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// findByPhone gives, under a name, the id of the only record of an object that has the number. That nobody has it, or several have, is a
// soft failure.
func findByPhone(ctx context.Context, c flow.Call, object, name string) (flow.Outcome, error) {
	text := c.In.Text("formattedPhoneNumber")
	if text == "" {
		return flow.Outcome{Port: flow.Failure, Soft: true, Result: map[string]any{}, Warning: "there is no number to look for"}, nil
	}
	found, err := c.Host.CRM.FindByPhone(ctx, flow.PhoneSearch{
		Object: object, Number: whole(c, text), Field: c.In.Text("fieldName"), Country: c.Country,
	})
	if err != nil {
		return flow.Outcome{}, err
	}
	if len(found) == 1 {
		return flow.Outcome{Port: flow.Success, Result: map[string]any{name: found[0]}}, nil
	}
	out := flow.Outcome{Port: flow.Failure, Soft: true, Result: map[string]any{}}
	if len(found) > 1 {
		out.Warning = fmt.Sprintf("%d records have this number: none of them is taken", len(found))
	}
	return out, nil
}

// whole is a number with its country: the contact's, where the text is how that is written at home.
func whole(c flow.Call, text string) string {
	if c.Contact == nil {
		return text
	}
	n, ok := number.Parse(c.Contact.PhoneNumber, c.Country)
	if ok && (text == n.Written() || text == n.National() || text == n.Home()) {
		return n.E164()
	}
	return text
}

// phoneInput is the number that is looked for.
var phoneInput = flow.Input{
	Name: "formattedPhoneNumber", Label: "Formatted phone number", Help: "In any form, with its area code at least.",
}
