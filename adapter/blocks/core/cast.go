package core

import (
	"context"
	"encoding/json"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Cast makes a value another type's, as JavaScript does. What cannot be cast leaves value null.
var Cast = flow.Block{
	Type: "SE_CoreCast", Label: "Cast a Value to a Type", Category: "Core",
	Help: "Makes a value a text, a number, a boolean, a date or an object.",
	Inputs: []flow.Input{
		{Name: "value", Label: "Value", Kind: flow.Any, Help: "What to cast."},
		{Name: "type", Label: "Type", Required: true,
			Help: "String, Number, Boolean, Date (ISO 8601 in UTC) or JSON (an object, read from text)."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value; null if it cannot be cast", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		cast, known := casts[c.In.Text("type")]
		if !known {
			return flow.Outcome{},
				&flow.Refused{Reason: "there is no type " + c.In.Text("type") + ": use String, Number, Boolean, Date or JSON"}
		}
		return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": cast(c.In.Get("value"))}}, nil
	},
}

var casts = map[string]func(any) any{
	"String":  func(v any) any { return js.Text(v) },
	"Number":  func(v any) any { return js.Plain(js.Number(v)) },
	"Boolean": func(v any) any { return js.Truthy(v) },
	"Date": func(v any) any {
		if at, ok := js.Date(v, time.UTC); ok {
			return js.ISO(at)
		}
		return nil
	},
	"JSON": func(v any) any {
		text, ok := v.(string)
		if !ok {
			return v
		}
		var out any
		if json.Unmarshal([]byte(text), &out) != nil {
			return nil
		}
		return out
	},
}
