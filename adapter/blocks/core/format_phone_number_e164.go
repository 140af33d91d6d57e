package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// FormatPhoneNumberE164 writes a number as + and digits; what is no number, or lacks its area code, stays as it is.
var FormatPhoneNumberE164 = flow.Block{
	Type: "SE_CoreFormatPhoneNumberE164", Label: "Format Phone Number (E164)", Category: "Core",
	Help:   "Writes a number as + and digits; what is no number, or lacks its area code, stays as it is.",
	Inputs: phoneInputs, Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) { return format(c, number.Number.E164) },
}
