package contact_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks/blocktest"
	"github.com/patchcord/patchcord/adapter/blocks/contact"
	"github.com/patchcord/patchcord/adapter/flow"
)

type in = map[string]any

func TestWhatItIs(t *testing.T) {
	call := flow.Contact{ID: "c", InitialID: "c", Type: "voice", Inbound: true, Method: "inbound"}
	with := func(change func(*flow.Contact)) *flow.Contact {
		c := call
		change(&c)
		return &c
	}
	chat := with(func(c *flow.Contact) { c.Type = "chat" })
	task := with(func(c *flow.Contact) { c.Type = "task" })
	back := with(func(c *flow.Contact) { c.Type, c.Inbound = "queue_callback", false })
	for _, tc := range []struct {
		block   string
		contact *flow.Contact
		want    bool
	}{
		{"SE_ContactIsVoice", &call, true},
		{"SE_ContactIsVoice", back, true},
		{"SE_ContactIsVoice", chat, false},
		{"SE_ContactIsVoice", nil, false},
		{"SE_ContactIsChat", chat, true},
		{"SE_ContactIsChat", &call, false},
		{"SE_ContactIsTask", task, true},
		{"SE_ContactIsTask", chat, false},
		{"SE_ContactIsInbound", &call, true},
		{"SE_ContactIsInbound", back, false},
		{"SE_ContactIsInbound", nil, false},
		{"SE_ContactIsTransfer", &call, false},
		{"SE_ContactIsTransfer", with(func(c *flow.Contact) { c.InitialID = "b" }), true},
		{"SE_ContactIsTransfer", with(func(c *flow.Contact) { c.Method = "QUEUE_TRANSFER" }), true},
		{"SE_ContactIsTransfer", with(func(c *flow.Contact) { c.InitialID = "" }), false},
		{"SE_ContactIsCallback", back, true},
		{"SE_ContactIsCallback", &call, false},
	} {
		s := blocktest.Run(t, contact.Blocks, tc.block, nil, flow.Event{Contact: tc.contact}, flow.Host{})
		port := flow.False
		if tc.want {
			port = flow.True
		}
		if s.Port != port || s.Result != tc.want || s.Problem != "" {
			t.Errorf("%s of %+v: %s, %v, %q", tc.block, tc.contact, s.Port, s.Result, s.Problem)
		}
	}
}

func TestPropertiesSayWhoListens(t *testing.T) {
	for method, want := range map[string]bool{"MONITOR": true, "inbound": false} {
		event := flow.Event{Contact: &flow.Contact{ID: "c", Method: method}}
		s := blocktest.Run(t, contact.Blocks, "SE_ContactProperties", nil, event, flow.Host{})
		if got, _ := s.Result.(in); got["isMonitor"] != want || got["callType"] != "outbound" {
			t.Errorf("%s: %v", method, s.Result)
		}
	}
}

type timed flow.Times

func (t timed) Times(context.Context) (flow.Times, error) { return flow.Times(t), nil }

func TestInteractionMetadata(t *testing.T) {
	at := func(seconds int) time.Time { return blocktest.Now.Add(time.Duration(seconds) * time.Second) }
	none := time.Time{}
	for _, tc := range []struct {
		name     string
		outbound bool
		times    flow.Times
		want     in
	}{
		{"ended", false, flow.Times{Offered: at(-60), Accepted: at(-52), Connected: at(-50), Ended: at(-10)},
			in{"callIncomingDuration": 8.0, "callInteractionDuration": 40.0, "acceptedAt": "2026-08-01T09:59:08.000Z",
				"connectedAt": "2026-08-01T09:59:10.000Z", "endedAt": "2026-08-01T09:59:50.000Z"}},
		{"as the contact centre measured it", false,
			flow.Times{Offered: at(-60), Connected: at(-50), Ended: at(-10), Talked: 39500 * time.Millisecond},
			in{"callIncomingDuration": 10.0, "callInteractionDuration": 39.5, "connectedAt": "2026-08-01T09:59:10.000Z",
				"endedAt": "2026-08-01T09:59:50.000Z"}},
		{"missed", false, flow.Times{Offered: at(-20), Ended: at(0)},
			in{"callIncomingDuration": 20.0, "callInteractionDuration": 0.0, "endedAt": "2026-08-01T10:00:00.000Z"}},
		{"ringing", false, flow.Times{Offered: at(-3)}, in{"callIncomingDuration": 3.0, "callInteractionDuration": 0.0}},
		{"going on", false, flow.Times{Offered: at(-9), Connected: at(-5)},
			in{"callIncomingDuration": 4.0, "callInteractionDuration": 5.0, "connectedAt": "2026-08-01T09:59:55.000Z"}},
		{"outbound", true, flow.Times{Offered: at(-9), Connected: at(-5), Ended: at(0)},
			in{"callIncomingDuration": 0.0, "callInteractionDuration": 5.0, "connectedAt": "2026-08-01T09:59:55.000Z",
				"endedAt": "2026-08-01T10:00:00.000Z"}},
		{"clocks that were set back", false, flow.Times{Offered: at(5), Connected: at(9), Ended: at(-9), Accepted: none},
			in{"callIncomingDuration": 4.0, "callInteractionDuration": 0.0, "connectedAt": "2026-08-01T10:00:09.000Z",
				"endedAt": "2026-08-01T09:59:51.000Z"}},
		{"from the future", false, flow.Times{Offered: at(5)}, in{"callIncomingDuration": 0.0, "callInteractionDuration": 0.0}},
		{"on hold for a while", false, flow.Times{Offered: at(-9), Connected: at(-5), Held: 1500 * time.Millisecond},
			in{"callIncomingDuration": 4.0, "callInteractionDuration": 5.0, "connectedAt": "2026-08-01T09:59:55.000Z", "holdDuration": 1.5}},
	} {
		if tc.want["holdDuration"] == nil {
			tc.want["holdDuration"] = 0.0
		}
		event := flow.Event{Contact: &flow.Contact{ID: "c", Inbound: !tc.outbound}}
		s := blocktest.Run(t, contact.Blocks, "SE_ContactInteractionMetadata", nil, event, flow.Host{Contacts: timed(tc.times)})
		if diff := cmp.Diff(any(tc.want), s.Result); diff != "" || s.Port != flow.Done {
			t.Errorf("%s: %s", tc.name, diff)
		}
	}
}

// desk is the contact centre's API, which notes what it was told.
type desk struct {
	set map[string]string
	on  []bool
	err error
}

func (d *desk) UpdateAttributes(_ context.Context, _ flow.Effect, _ flow.Contact, attributes map[string]string) error {
	d.set = attributes
	return d.err
}

func (d *desk) Record(_ context.Context, _ flow.Effect, _ flow.Contact, on bool) error {
	d.on = append(d.on, on)
	return d.err
}

func TestUpdateAttributes(t *testing.T) {
	call := &flow.Contact{ID: "c", Attributes: map[string]string{"old": strings.Repeat("x", 1000)}}
	for _, tc := range []struct {
		name    string
		in      in
		contact *flow.Contact
		err     error
		set     map[string]string
		says    string // "" is success
	}{
		{"set", in{"attributes": in{"case-1_a": "$.payload.id", "n": 7, "none": "$.payload.none"}}, call, nil,
			map[string]string{"case-1_a": "500", "n": "7"}, ""},
		{"nothing to set", in{"attributes": in{"none": "$.payload.none"}}, call, nil, nil, ""},
		{"no map", in{}, call, nil, nil, "attributes is empty"},
		{"a name with a blank", in{"attributes": in{"a b": "x"}}, call, nil, nil, `"a b" is no name`},
		{"too much with what is there", in{"attributes": in{"big": strings.Repeat("x", 31800)}}, call, nil, nil, "larger than 32 KB"},
		{"room for what replaces", in{"attributes": in{"old": strings.Repeat("y", 32000)}}, call, nil,
			map[string]string{"old": strings.Repeat("y", 32000)}, ""},
		{"no contact", in{"attributes": in{"a": "b"}}, nil, nil, nil, "about no contact"},
		{"refused", in{"attributes": in{"a": "b"}}, call, &flow.Refused{Reason: "No."}, map[string]string{"a": "b"}, "No."},
	} {
		d := &desk{err: tc.err}
		event := flow.Event{Contact: tc.contact, Payload: in{"id": "500"}}
		s := blocktest.Run(t, contact.Blocks, "SE_ContactUpdateAttributes", tc.in, event, flow.Host{Centre: d})
		if (s.Port == flow.Success) != (tc.says == "") || !strings.Contains(s.Problem, tc.says) {
			t.Errorf("%s: %s, %q", tc.name, s.Port, s.Problem)
		}
		if diff := cmp.Diff(tc.set, d.set); diff != "" {
			t.Errorf("%s: %s", tc.name, diff)
		}
	}
	s := blocktest.Run(t, contact.Blocks, "SE_ContactUpdateAttributes", in{"attributes": in{"a": "b"}}, flow.Event{Contact: call}, flow.Host{})
	if s.Port != flow.Failure || !strings.Contains(s.Problem, "no credentials") {
		t.Errorf("without credentials: %s, %q", s.Port, s.Problem)
	}
}

// What was set is seen by the blocks that follow, by expressions too, and after the run was cut short and goes on.
func TestAttributesAreSeenAfterwards(t *testing.T) {
	body := `{"actions":[{"id":"0","type":"SE_Start","ports":{"done":"1"}},
		{"id":"1","type":"SE_ContactUpdateAttributes","controls":{"attributes":{"case":"500"}},"ports":{"success":"2","failure":"9"}},
		{"id":"2","type":"SE_ContactGetAttributeValue","controls":{"attributeName":"case"},"ports":{"done":"3"}},
		{"id":"3","type":"SE_ContactGetAttributeValue","controls":{"attributeName":"x","defaultValue":"$.contact.attributes.case"},
			"ports":{"done":"9"}},
		{"id":"9","type":"SE_End"}]}`
	program, err := flow.Load([]byte(body), flow.NewBlocks(contact.Blocks))
	if err != nil {
		t.Fatal(err)
	}
	call := &flow.Contact{ID: "c"}
	job := flow.Job{Program: program, Event: flow.Event{Contact: call}, Host: flow.Host{Centre: &desk{}},
		Now: func() time.Time { return blocktest.Now }}
	whole := flow.Run(t.Context(), job)
	var past []flow.Step
	written, err := json.Marshal(whole.Steps[:2])
	if err != nil || json.Unmarshal(written, &past) != nil {
		t.Fatal(err)
	}
	job.Past = past
	for name, j := range map[string]flow.Journal{"at once": whole, "resumed": flow.Run(t.Context(), job)} {
		if j.Status != flow.Completed || len(j.Steps) != 5 {
			t.Fatalf("%s: %s, %d steps: %s", name, j.Status, len(j.Steps), j.Problem)
		}
		for _, at := range []int{2, 3} {
			if diff := cmp.Diff(any(in{"value": "500"}), j.Steps[at].Result); diff != "" {
				t.Errorf("%s, step %d: %s", name, at, diff)
			}
		}
	}
	if len(call.Attributes) > 0 {
		t.Error("the event itself was changed")
	}
}

func TestBlocksAskThePage(t *testing.T) {
	voice, task := &flow.Contact{ID: "c", Type: "voice"}, &flow.Contact{ID: "c", Type: "task"}
	for _, tc := range []struct {
		block   string
		in      in
		contact *flow.Contact
		answer  any
		command string
		args    map[string]any
		port    flow.Port
		result  any
	}{
		{"SE_ContactDestroyConnection", nil, voice, nil, "hangUp", in{"contactId": "c"}, flow.Success, nil},
		{"SE_ContactClear", nil, voice, nil, "clearContact", in{"contactId": "c"}, flow.Success, nil},
		{"SE_ContactPopReferences", nil, task, 2.0, "popReferences", in{"contactId": "c"}, flow.Success, in{"value": 2.0}},
		{"SE_ContactLeaveVoicemail", in{"voicemailDropName": "Sorry", "quickConnectName": "Drop"}, voice, nil, "leaveVoicemail",
			in{"contactId": "c", "voicemailDropName": "Sorry", "quickConnectName": "Drop"}, flow.Success, nil},
		{"SE_SendDataToOverlay", in{"value": in{"Tier": "Gold"}}, voice, nil, "overlay",
			in{"contactId": "c", "value": map[string]string{"Tier": "Gold"}}, flow.Done, nil},
		{"SE_ShowAttributes", nil, nil, nil, "showAttributes", in{"contactId": ""}, flow.Done, nil},
	} {
		page := &blocktest.Page{Answer: tc.answer}
		s := blocktest.Run(t, contact.Blocks, tc.block, tc.in, flow.Event{Contact: tc.contact}, flow.Host{Page: page})
		if s.Port != tc.port || s.Problem != "" {
			t.Errorf("%s: left by %s: %s", tc.block, s.Port, s.Problem)
		}
		if diff := cmp.Diff(tc.result, s.Result); diff != "" {
			t.Errorf("%s: %s", tc.block, diff)
		}
		if diff := cmp.Diff([]flow.Command{{Name: tc.command, Args: tc.args}}, page.Asked); diff != "" {
			t.Errorf("%s: %s", tc.block, diff)
		}
	}
	page := &blocktest.Page{}
	s := blocktest.Run(t, contact.Blocks, "SE_ContactPopReferences", nil, flow.Event{Contact: voice}, flow.Host{Page: page})
	if diff := cmp.Diff(any(in{"value": 0.0}), s.Result); diff != "" || len(page.Asked) > 0 {
		t.Errorf("what is no task has references: %s", diff)
	}
	for _, block := range []string{"SE_ContactDestroyConnection", "SE_ContactClear"} {
		if s := blocktest.Run(t, contact.Blocks, block, nil, flow.Event{}, flow.Host{Page: page}); s.Port != flow.Failure || len(page.Asked) > 0 {
			t.Errorf("%s without a contact: %s", block, s.Port)
		}
	}
}

func TestRecording(t *testing.T) {
	d := &desk{}
	event := flow.Event{Contact: &flow.Contact{ID: "c"}}
	for _, block := range []string{"SE_ContactStartRecording", "SE_ContactStopRecording"} {
		if s := blocktest.Run(t, contact.Blocks, block, nil, event, flow.Host{Centre: d}); s.Port != flow.Success {
			t.Errorf("%s: %s", block, s.Problem)
		}
	}
	if diff := cmp.Diff([]bool{true, false}, d.on); diff != "" {
		t.Error(diff)
	}
}
