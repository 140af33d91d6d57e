// Package agent is the blocks about the agent at the contact centre: their status, their phone, calls that they make.
//
// Read first: Blocks.
package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{
	DialNumber, Mute, Unmute, GetStatus, SetStatus, SetStatusByName, SetAvailable, GetQuickConnections, GetTransferConnections,
	GetEndpoint, GetStates, GetName, GetExtension, GetDeskphoneNumber, IsSoftphoneEnabled, ChangeToSoftphone, ChangeToDeskphone,
	GetConfiguration, GetDialableCountries, CreateTask, GetCCPLogs,
}

// details is the agent as the contact centre shows them; empty with an error.
func details(ctx context.Context, c flow.Call) (map[string]any, error) {
	answer, err := c.Ask(ctx, "agent", nil)
	agent, _ := answer.(map[string]any)
	return agent, err
}

// detail is one thing about the agent.
func detail(ctx context.Context, c flow.Call, name string) (flow.Outcome, error) {
	agent, err := details(ctx, c)
	return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": agent[name]}}, err
}

func setStatus(ctx context.Context, c flow.Call, which map[string]any) (flow.Outcome, error) {
	_, err := c.Ask(ctx, "setStatus", which)
	return flow.Outcome{Port: flow.Success}, err
}

func endpoints(ctx context.Context, c flow.Call, queueARN string) (flow.Outcome, error) {
	all, err := c.Ask(ctx, "endpoints", map[string]any{"queueARN": queueARN})
	return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": all}}, err
}

// e164 is an input's number with its country code, or as it is where it is no whole number: the contact centre has the last word.
func e164(c flow.Call, input string) string {
	text := c.In.Text(input)
	if n, ok := number.Parse(text, c.Country); ok {
		return n.E164()
	}
	return text
}
