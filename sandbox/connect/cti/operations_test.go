package cti

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestOperationsAreRefusedInTheServicesOwnShape(t *testing.T) {
	d := open(t, state(t), origin)
	token := d.browser().signIn("amelia")
	for _, tc := range []struct {
		name, operation, body string
		status                int
		kind                  string
	}{
		{"an operation that is not there", "CreateTaskContact", `{}`, 400, "UnknownOperationException"},
		{"no operation at all", "", `{}`, 400, "UnknownOperationException"},
		{"broken JSON", "AcceptContact", `{"contactId":`, 400, "SerializationException"},
		{"JSON of another shape", "AcceptContact", `{"contactId":{}}`, 400, "SerializationException"},
		{"a megabyte of junk", "AcceptContact", strings.Repeat("x", 1<<20), 400, "SerializationException"},
		{"more than a megabyte", "AcceptContact", strings.Repeat("x", 1<<20+1), 413, "RequestEntityTooLargeException"},
		{"a contact of nobody's", "AcceptContact", `{"contactId":"x"}`, 400, "InvalidStateException"},
		{"no contact", "HoldConnection", `{}`, 400, "InvalidStateException"},
		{"a status that is not there", "PutAgentState", `{"state":{"agentStateARN":"x/y"}}`, 400, "InvalidConfigurationException"},
		{"a word instead of a number", "CreateOutboundContact",
			`{"endpoint":{"type":"phone_number","phoneNumber":"sip:bob@host"}}`, 400, "BadEndpointException"},
		{"an endpoint of another kind", "CreateOutboundContact", `{"endpoint":{"type":"queue"}}`, 400, "BadEndpointException"},
		{"a transport that is not there", "CreateTransport", `{"transportType":"chat_token"}`, 400, "InvalidConfigurationException"},
	} {
		t.Run(tc.name, func(t *testing.T) { d.refused(token, tc.operation, tc.body, tc.status, tc.kind) })
	}
}

func TestAnAgentCannotActOnAnothersContact(t *testing.T) {
	d := open(t, state(t), origin)
	amelia, omar := d.browser().signIn("amelia"), d.browser().signIn("omar")
	k := d.ring("amelia", "+12065550142")
	body := fmt.Sprintf(`{"contactId":%q,"connectionId":%q,"digits":"1"}`, k.ID, k.CustomerConnection.ID)
	for _, name := range []string{"AcceptContact", "RejectContact", "ClearContact", "CompleteContact",
		"DestroyConnection", "HoldConnection", "ResumeConnection", "SendDigits"} {
		d.refused(omar, name, body, http.StatusBadRequest, "InvalidStateException")
	}
	if status, answer := d.ask(amelia, "AcceptContact", body); status != http.StatusOK || len(answer) != 0 {
		t.Fatalf("%d %v", status, answer)
	}
	d.refused(amelia, "HoldConnection", fmt.Sprintf(`{"contactId":%q,"connectionId":"x"}`, k.ID), http.StatusBadRequest,
		"InvalidStateException")
	own := fmt.Sprintf(`{"contactId":%q,"connectionId":%q}`, k.ID, k.AgentConnection.ID)
	for _, leg := range []struct{ body, want string }{{body, "[hold connected]"}, {own, "[hold hold]"}} {
		if status, _ := d.ask(amelia, "HoldConnection", leg.body); status != http.StatusOK {
			t.Fatalf("%d", status)
		}
		snap, err := d.centre.Snapshot(d.id("amelia"))
		if c := snap.Contacts[0]; err != nil || fmt.Sprint([]any{c.CustomerConnection.State, c.AgentConnection.State}) != leg.want {
			t.Errorf("legs %s and %s, want %s", c.CustomerConnection.State, c.AgentConnection.State, leg.want)
		}
	}
}

func TestTheSnapshotSaysWhoCalls(t *testing.T) {
	for _, tc := range []struct{ name, from, want string }{
		{"a number is as it came", "+12065550142", "+12065550142"},
		{"a withheld one is anonymous", "", "anonymous"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := open(t, state(t), origin)
			token := d.browser().signIn("amelia")
			d.ring("amelia", tc.from)
			_, answer := d.ask(token, "GetAgentSnapshot", `{}`)
			text, err := json.Marshal(answer)
			if err != nil {
				t.Fatal(err)
			}
			var got struct {
				Snapshot struct {
					Availability struct{ State string } `json:"agentAvailabilityState"`
					Contacts     []struct {
						CustomerEndpoint struct{ PhoneNumber string }
						Connections      []struct {
							Type     string
							Initial  bool
							Endpoint struct{ PhoneNumber string }
						}
					}
				}
			}
			if err := json.Unmarshal(text, &got); err != nil {
				t.Fatal(err)
			}
			k := got.Snapshot.Contacts[0]
			if k.CustomerEndpoint.PhoneNumber != tc.want || k.Connections[1].Endpoint.PhoneNumber != tc.want ||
				!k.Connections[1].Initial || k.Connections[0].Type != "agent" {
				t.Errorf("%+v", k)
			}
			if got.Snapshot.Availability.State != "PendingBusy" {
				t.Errorf("available: %s", got.Snapshot.Availability.State)
			}
		})
	}
}
