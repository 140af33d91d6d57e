package flow

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/adapter/number"
)

// Log writes a line to the journal and, where there is a page, to its console.
var Log = Block{
	Type: "SE_Log", Label: "Log to Console", Category: "Core", Help: "Writes a line to the journal and to the browser's console.",
	Inputs: []Input{
		{Name: "level", Label: "Level", Help: "debug, info, warn or error; info if unset."},
		{Name: "message", Label: "Message", Kind: Any, Help: "Text; an object is written as JSON."},
	},
	Ports: []Port{Done}, Place: Anywhere, Repeatable: true,
	Run: func(ctx context.Context, c Call) (Outcome, error) {
		if c.Host.Page == nil {
			return Outcome{Port: Done}, nil
		}
		level := c.In.Text("level")
		if !slices.Contains([]string{"debug", "info", "warn", "error"}, level) {
			level = "info"
		}
		return Outcome{Port: Done}, c.Host.Page.Log(ctx, c.Effect, LogLine{Level: level, Message: c.In.Text("message")})
	},
}

// Truthy decides as JavaScript does: unset, "", 0, false and null are false; the texts "false" and "0" are true.
var Truthy = Block{
	Type: "SE_CoreTruthy", Label: "Is Truthy?", Category: "Core",
	Help:   "Asks whether there is a value: unset, empty text, 0 and false are none; the texts “false” and “0” are.",
	Inputs: []Input{{Name: "value", Label: "Value", Kind: Any, Help: "What to look at."}},
	Ports:  []Port{True, False}, Result: "true or false", Place: Anywhere, Repeatable: true,
	Run: func(_ context.Context, c Call) (Outcome, error) {
		switch v := c.In.Get("value").(type) {
		case nil:
			return Outcome{Port: False, Result: false}, nil
		case string, bool, float64:
			if v == "" || v == false || v == float64(0) {
				return Outcome{Port: False, Result: false}, nil
			}
		}
		return Outcome{Port: True, Result: true}, nil
	},
}

var phoneInputs = []Input{
	{Name: "phoneNumber", Label: "Phone number", Help: "As people write it."},
	{Name: "countryCode", Label: "Country code", Help: "Of a number without one, such as US or GB; the adapter's default country if unset."},
}

// FormatPhoneNumber writes a number in its country's national form; what is no number stays as it is.
var FormatPhoneNumber = Block{
	Type: "SE_CoreFormatPhoneNumber", Label: "Format Phone Number", Category: "Core",
	Help:   "Writes a number as its country does; what is no number stays as it is.",
	Inputs: phoneInputs, Ports: []Port{Done}, Result: "value", Place: Anywhere, Repeatable: true,
	Run: func(_ context.Context, c Call) (Outcome, error) { return format(c, number.Number.Written) },
}

// FormatPhoneNumberE164 writes a number as + and digits; what is no number, or lacks its area code, stays as it is.
var FormatPhoneNumberE164 = Block{
	Type: "SE_CoreFormatPhoneNumberE164", Label: "Format Phone Number (E164)", Category: "Core",
	Help:   "Writes a number as + and digits; what is no number, or lacks its area code, stays as it is.",
	Inputs: phoneInputs, Ports: []Port{Done}, Result: "value", Place: Anywhere, Repeatable: true,
	Run: func(_ context.Context, c Call) (Outcome, error) { return format(c, number.Number.E164) },
}

func format(c Call, as func(number.Number) string) (Outcome, error) {
	value, country := c.In.Text("phoneNumber"), c.In.Text("countryCode")
	if country == "" {
		country = c.Country
	}
	if n, ok := number.Parse(value, country); ok {
		value = as(n)
	}
	return Outcome{Port: Done, Result: map[string]any{"value": value}}, nil
}

// ExtractValue follows a path into an object or list.
var ExtractValue = Block{
	Type: "SE_CoreExtractValue", Label: "Extract Value", Category: "Core", Help: "Takes a part out of an object or a list.",
	Inputs: []Input{
		{Name: "targetField", Label: "Target field", Kind: Any, Help: "The object or list."},
		{Name: "keyPath", Label: "Key path", Help: "Such as Account.Name or [0].Id."},
	},
	Ports: []Port{Done}, Result: "value; unset if the path leads nowhere", Place: Anywhere, Repeatable: true,
	Run: func(_ context.Context, c Call) (Outcome, error) {
		result := map[string]any{}
		if steps, ok := splitPath("$." + c.In.Text("keyPath")); ok {
			if value, found := follow(c.In.Get("targetField"), steps); found {
				result["value"] = value
			}
		}
		return Outcome{Port: Done, Result: result}, nil
	},
}
