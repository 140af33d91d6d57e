package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// FormatPhoneNumber writes a number in its country's national form; what is no number stays as it is.
var FormatPhoneNumber = flow.Block{
	Type: "SE_CoreFormatPhoneNumber", Label: "Format Phone Number", Category: "Core",
	Help:   "Writes a number as its country does; what is no number stays as it is.",
	Inputs: phoneInputs, Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) { return format(c, number.Number.Written) },
}

var phoneInputs = []flow.Input{
	{Name: "phoneNumber", Label: "Phone number", Help: "As people write it."},
	{Name: "countryCode", Label: "Country code",
		Help: "Of a number without one, such as US or GB; the adapter's default country if unset."},
}

func format(c flow.Call, as func(number.Number) string) (flow.Outcome, error) {
	value, country := c.In.Text("phoneNumber"), c.In.Text("countryCode")
	if country == "" {
		country = c.Country
	}
	if n, ok := number.Parse(value, country); ok {
		value = as(n)
	}
	return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": value}}, nil
}
