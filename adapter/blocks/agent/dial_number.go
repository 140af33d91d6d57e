package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// DialNumber asks the agent's softphone to call phoneNumber. What cannot be dialled as it is leaves by Failure with what to do.
var DialNumber = flow.Block{
	Type: "SE_AgentDialNumber", Label: "Dial Number", Category: "Agent",
	Help: "Calls a number, or adds it to the live call. A number without its area code, an emergency number and a short code are not dialled.",
	Inputs: []flow.Input{
		{Name: "phoneNumber", Label: "Phone number", Required: true, Help: "As people write it; an extension is shown, not sent."},
		{Name: "queueARN", Label: "Queue ARN", Help: "ARN, id or name of the queue for which the call is made; the agent's default if unset."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Result: "phoneNumber (+ and digits) and extension",
	Place:  flow.InPage,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		n, unfit := number.Dial(c.In.Text("phoneNumber"), c.Country)
		if unfit != nil {
			return flow.Outcome{}, &flow.Refused{Reason: unfit.Error(), Code: unfit.Code, Args: unfit.Named()}
		}
		d := flow.Dial{PhoneNumber: n.E164(), Extension: n.Extension(), QueueARN: c.In.Text("queueARN")}
		result := map[string]any{"phoneNumber": d.PhoneNumber, "extension": d.Extension}
		return flow.Outcome{Port: flow.Success, Result: result}, c.Host.Page.Dial(ctx, c.Effect, d)
	},
}
