package core

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// replaceWithin bounds how long an expression may work.
const replaceWithin = time.Second

// ReplaceString replaces text as JavaScript's replace does. What is wrong with the pattern is told, and value is unset then.
var ReplaceString = flow.Block{
	Type: "SE_CoreReplaceString", Label: "Replace String", Category: "Core",
	Help: "Replaces the first place at which a pattern is found, or all with the flag g.",
	Inputs: []flow.Input{
		{Name: "text", Label: "Text", Kind: flow.Any, Help: "What to look through."},
		{Name: "pattern", Label: "Pattern", Required: true, Help: "Text, or a regular expression without look-around and back references."},
		{Name: "replacement", Label: "Replacement", Kind: flow.Any,
			Help: "$& is what was found, $1 its first group; nothing if unset."},
		{Name: "isRegex", Label: "Is a regular expression", Kind: flow.Bool, Help: "Whether the pattern is one."},
		{Name: "flags", Label: "Flags", Help: "g for all places, i to overlook capitals, m, s, u."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		r := js.Replacement{Pattern: c.In.Text("pattern"), With: js.Text(c.In.Get("replacement")), Regexp: c.In.Bool("isRegex"),
			Flags: c.In.Text("flags")}
		limited, cancel := context.WithTimeout(ctx, replaceWithin)
		defer cancel()
		out, err := r.Do(limited, js.Text(c.In.Get("text")), flow.MaxResult)
		switch {
		case ctx.Err() != nil:
			return flow.Outcome{}, ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			return flow.Outcome{}, &flow.Refused{Reason: fmt.Sprintf("the pattern worked for more than %v on this text", replaceWithin)}
		case err != nil:
			return flow.Outcome{}, &flow.Refused{Reason: err.Error()}
		}
		return value(out)
	},
}
