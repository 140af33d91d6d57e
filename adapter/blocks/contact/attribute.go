package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Attribute reads one attribute of the contact, or a default.
var Attribute = flow.Block{
	Type: "SE_ContactGetAttributeValue", Label: "Get Attribute Value", Category: "Contact",
	Help: "Reads one attribute of the contact that fired the event.",
	Inputs: []flow.Input{
		{Name: "attributeName", Label: "Attribute name", Required: true, Help: "As the contact flow set it; capitals count."},
		{Name: "defaultValue", Label: "Default value", Kind: flow.Any, Help: "Used if the contact has no such attribute."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, call flow.Call) (flow.Outcome, error) {
		var value string
		found := false
		if call.Contact != nil {
			value, found = call.Contact.Attributes[call.In.Text("attributeName")]
		}
		result := map[string]any{}
		switch {
		case found:
			result["value"] = value
		case call.In.Get("defaultValue") != nil:
			result["value"] = call.In.Get("defaultValue")
		}
		return flow.Outcome{Port: flow.Done, Result: result}, nil
	},
}
