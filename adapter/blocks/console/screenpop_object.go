package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ScreenpopObject opens a record. Without an id nothing pops: Success if noPopOnEmpty says so, else Failure. Source: block 24.
var ScreenpopObject = flow.Block{
	Type: "SE_SFScreenpopObject", Label: "Screenpop Object", Category: "Salesforce", Help: "Opens a record.",
	Inputs: []flow.Input{
		{Name: "recordId", Label: "Record Id", Help: "15 or 18 characters."},
		{Name: "noPopOnEmpty", Label: "No pop on empty", Kind: flow.Bool, Help: "Without a record id, go on by success instead of failure."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		id := c.In.Text("recordId")
		switch {
		case id == "" && c.In.Bool("noPopOnEmpty"):
			return flow.Outcome{Port: flow.Success}, nil
		case id == "":
			return flow.Outcome{}, &flow.Refused{Reason: "there is no record id to pop"}
		}
		return flow.Outcome{Port: flow.Success}, c.Host.Page.Pop(ctx, c.Effect, id)
	},
}
