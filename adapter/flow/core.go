package flow

import (
	"context"
	"slices"

	"github.com/nyaruka/phonenumbers"
)

// Log writes a line to the journal and to the page's console.
var Log = Block{
	Type: "SE_Log", Ports: []Port{Done}, Inputs: []Input{{Name: "level"}, {Name: "message", Kind: Any}},
	Run: func(ctx context.Context, in Values, host Host) (Outcome, error) {
		level := in.Text("level")
		if !slices.Contains([]string{"debug", "info", "warn", "error"}, level) {
			level = "info"
		}
		_, err := host.Do(ctx, LogLine{Level: level, Message: in.Text("message")})
		return Outcome{Port: Done}, err
	},
}

// Truthy decides as JavaScript does: unset, "", 0, false and null are false; the texts "false" and "0" are true.
var Truthy = Block{
	Type: "SE_CoreTruthy", Ports: []Port{True, False}, Inputs: []Input{{Name: "value", Kind: Any}},
	Run: func(_ context.Context, in Values, _ Host) (Outcome, error) {
		switch in.Get("value") {
		case nil, "", false, float64(0):
			return Outcome{Port: False, Result: false}, nil
		}
		return Outcome{Port: True, Result: true}, nil
	},
}

var phoneInputs = []Input{{Name: "phoneNumber"}, {Name: "countryCode"}}

// FormatPhoneNumber writes a number in its country's national form; what is no number stays as it is.
var FormatPhoneNumber = Block{
	Type: "SE_CoreFormatPhoneNumber", Ports: []Port{Done}, Inputs: phoneInputs,
	Run: func(_ context.Context, in Values, _ Host) (Outcome, error) { return format(in, phonenumbers.NATIONAL) },
}

// FormatPhoneNumberE164 writes a number as + and digits; what is no number stays as it is.
var FormatPhoneNumberE164 = Block{
	Type: "SE_CoreFormatPhoneNumberE164", Ports: []Port{Done}, Inputs: phoneInputs,
	Run: func(_ context.Context, in Values, _ Host) (Outcome, error) { return format(in, phonenumbers.E164) },
}

func format(in Values, as phonenumbers.PhoneNumberFormat) (Outcome, error) {
	value := in.Text("phoneNumber")
	if n, ok := parseNumber(value, in.Text("countryCode")); ok {
		value = phonenumbers.Format(n, as)
	}
	return Outcome{Port: Done, Result: map[string]any{"value": value}}, nil
}

// ExtractValue follows a path into an object or list.
var ExtractValue = Block{
	Type: "SE_CoreExtractValue", Ports: []Port{Done}, Inputs: []Input{{Name: "targetField", Kind: Any}, {Name: "keyPath"}},
	Run: func(_ context.Context, in Values, _ Host) (Outcome, error) {
		value, found := lookUp("$.t."+in.Text("keyPath"), map[string]any{"t": in.Get("targetField")})
		if !found {
			return Outcome{Port: Done, Result: map[string]any{}}, nil
		}
		return Outcome{Port: Done, Result: map[string]any{"value": value}}, nil
	},
}
