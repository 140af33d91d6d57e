package agent_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks/agent"
	"github.com/patchcord/patchcord/adapter/blocks/blocktest"
	"github.com/patchcord/patchcord/adapter/flow"
)

type in = map[string]any

func value(v any) any { return in{"value": v} }

// amelia is an agent as a page shows them.
func amelia(softphone bool) in {
	return in{
		"name": "Amelia", "username": "amelia", "state": in{"name": "Busy", "type": "system", "agentStateARN": "", "startTimestamp": "2026"},
		"softphoneEnabled": softphone, "softphoneAutoAccept": false, "extension": "+12065550100", "routingProfile": "Basic",
		"agentStates":       []any{in{"name": "Lunch", "type": "not_routable", "agentStateARN": "arn:lunch"}},
		"dialableCountries": []any{"us"}, "mayDialOut": true,
	}
}

func TestBlocksAskThePage(t *testing.T) {
	configuration := amelia(true)
	delete(configuration, "state")
	delete(configuration, "mayDialOut")
	endpoint := in{"endpointARN": "arn:e", "name": "Sales", "type": "queue"}
	contact := &flow.Contact{QueueARN: "arn:queue"}
	for _, tc := range []struct {
		name, block string
		in          in
		answer      any
		command     string
		args        map[string]any
		port        flow.Port
		result      any
	}{
		{"mute", "SE_AgentMute", nil, nil, "mute", in{"on": true}, flow.Success, nil},
		{"unmute", "SE_AgentUnmute", nil, nil, "mute", in{"on": false}, flow.Success, nil},
		{"status", "SE_AgentGetStatus", nil, amelia(true), "agent", nil, flow.Done,
			in{"name": "Busy", "type": "system", "startTimestamp": "2026"}},
		{"set status", "SE_AgentSetStatus", in{"state": "$.payload.state"}, nil, "setStatus", in{"arn": "arn:lunch", "name": "Lunch"},
			flow.Success, nil},
		{"set by name", "SE_AgentSetStatusByName", in{"name": "Lunch"}, nil, "setStatus", in{"name": "Lunch"}, flow.Success, nil},
		{"available", "SE_AgentSetAvailable", nil, nil, "setStatus", in{"routable": true}, flow.Success, nil},
		{"quick connects", "SE_AgentGetQuickConnections", nil, []any{endpoint}, "endpoints", in{"queueARN": ""}, flow.Success,
			value([]any{endpoint})},
		{"transfers", "SE_AgentGetTransferConnections", nil, []any{}, "endpoints", in{"queueARN": "arn:queue"}, flow.Success, value([]any{})},
		{"states", "SE_AgentGetStates", nil, amelia(true), "agent", nil, flow.Done, value(amelia(true)["agentStates"])},
		{"name", "SE_AgentGetName", nil, amelia(true), "agent", nil, flow.Done, value("Amelia")},
		{"extension", "SE_AgentGetExtension", nil, amelia(true), "agent", nil, flow.Done, value("+12065550100")},
		{"desk phone", "SE_AgentGetDeskphoneNumber", nil, amelia(false), "agent", nil, flow.Done, value("+12065550100")},
		{"no desk phone", "SE_AgentGetDeskphoneNumber", nil, amelia(true), "agent", nil, flow.Done, in{}},
		{"softphone", "SE_AgentIsSoftphoneEnabled", nil, amelia(true), "agent", nil, flow.True, true},
		{"no softphone", "SE_AgentIsSoftphoneEnabled", nil, amelia(false), "agent", nil, flow.False, false},
		{"to softphone", "SE_AgentChangeToSoftphone", nil, nil, "phone", in{"softphone": true}, flow.Success, nil},
		{"to desk phone", "SE_AgentChangeToDeskphone", in{"phoneNumber": "(206) 555-0100"}, nil, "phone",
			in{"softphone": false, "extension": "+12065550100"}, flow.Success, nil},
		{"configuration", "SE_AgentGetConfiguration", nil, amelia(true), "agent", nil, flow.Done, configuration},
		{"countries", "SE_AgentGetDialableCountries", nil, amelia(true), "agent", nil, flow.Done, value([]any{"us"})},
		{"task", "SE_AgentCreateTask", in{"name": "Call back", "references": in{"Case": "https://x"}, "quickConnect": "Back office"},
			in{"contactId": "t-1"}, "createTask", in{"name": "Call back", "description": "", "references": map[string]string{"Case": "https://x"},
				"quickConnect": "Back office", "scheduledTime": nil}, flow.Success, in{"contactId": "t-1"}},
		{"logs", "SE_AgentGetCcpLogs", nil, "a\nb", "ccpLogs", nil, flow.Done, value("a\nb")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			page := &blocktest.Page{Answer: tc.answer}
			event := flow.Event{Contact: contact, Payload: in{"state": in{"agentStateARN": "arn:lunch", "name": "Lunch", "type": "not_routable"}}}
			s := blocktest.Run(t, agent.Blocks, tc.block, tc.in, event, flow.Host{Page: page})
			if s.Port != tc.port || s.Problem != "" {
				t.Errorf("left by %s: %s", s.Port, s.Problem)
			}
			if diff := cmp.Diff(tc.result, s.Result); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]flow.Command{{Name: tc.command, Args: tc.args}}, page.Asked); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEndpointByNumber(t *testing.T) {
	want := in{"endpointARN": nil, "endpointId": nil, "type": "phone_number", "name": nil, "phoneNumber": "+12065550142", "agentLogin": nil,
		"queue": nil}
	s := blocktest.Run(t, agent.Blocks, "SE_AgentGetEndpoint", in{"phoneNumber": "(206) 555-0142"}, flow.Event{}, flow.Host{})
	if diff := cmp.Diff(any(want), s.Result); diff != "" {
		t.Error(diff)
	}
}

func TestWhatThePageIsNotAskedFor(t *testing.T) {
	for _, tc := range []struct {
		block string
		in    in
		port  flow.Port
		says  string
	}{
		{"SE_AgentSetStatus", in{"state": "Lunch"}, flow.Failure, "Get Available Agent States"},
		{"SE_AgentSetStatus", in{}, flow.Failure, "state is empty"},
		{"SE_AgentSetStatusByName", in{}, flow.Failure, "name is empty"},
		{"SE_AgentGetTransferConnections", in{}, flow.Failure, "through a queue"},
		{"SE_AgentChangeToDeskphone", in{}, flow.Failure, "phoneNumber is empty"},
		{"SE_AgentGetEndpoint", in{}, flow.Done, "phoneNumber is empty"},
		{"SE_AgentCreateTask", in{"name": "x"}, flow.Failure, "quickConnect is empty"},
	} {
		page := &blocktest.Page{}
		s := blocktest.Run(t, agent.Blocks, tc.block, tc.in, flow.Event{}, flow.Host{Page: page})
		if s.Port != tc.port || !strings.Contains(s.Problem, tc.says) || len(page.Asked) > 0 {
			t.Errorf("%s %v: %s, %q, asked %v", tc.block, tc.in, s.Port, s.Problem, page.Asked)
		}
	}
}

// A page's no is the block's, by the port that it has for that.
func TestThePageRefuses(t *testing.T) {
	page := &blocktest.Page{Err: &flow.Refused{Reason: "There is no status Nap that an agent can choose."}}
	for block, port := range map[string]flow.Port{
		"SE_AgentSetStatusByName": flow.Failure, "SE_AgentGetStatus": flow.Done, "SE_AgentIsSoftphoneEnabled": flow.False,
	} {
		s := blocktest.Run(t, agent.Blocks, block, in{"name": "Nap"}, flow.Event{}, flow.Host{Page: page})
		if s.Port != port || !strings.Contains(s.Problem, "no status Nap") || s.Result != nil {
			t.Errorf("%s: %s, %q, %v", block, s.Port, s.Problem, s.Result)
		}
	}
}
