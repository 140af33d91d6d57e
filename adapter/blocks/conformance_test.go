package blocks_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
)

// world plays page, org and properties, and notes what happens.
type world struct {
	flow.Page                   // whatever else a page can: not asked for
	people    map[string]string // ids by E.164 or as a flow writes the number
	records   map[string]map[string]any
	kept      map[string]any
	contact   *flow.Contact
	fails     map[string]string // what is refused, by its first word, and why
	happened  []string
}

// did notes something, unless it is refused.
func (w *world) did(what, format string, args ...any) error {
	w.happened = append(w.happened, what+" "+fmt.Sprintf(format, args...))
	if why := w.fails[what]; why != "" {
		return &flow.Refused{Reason: why}
	}
	return nil
}

func (w *world) SearchPop(_ context.Context, _ flow.Effect, s flow.SearchPop) (any, error) {
	return map[string]any{}, w.did("search", "%s", s.Search)
}
func (w *world) Pop(_ context.Context, _ flow.Effect, id string) error { return w.did("pop", "%s", id) }
func (w *world) Dial(_ context.Context, _ flow.Effect, d flow.Dial) error {
	return w.did("dial", "%s", d.PhoneNumber)
}
func (w *world) Log(_ context.Context, _ flow.Effect, l flow.LogLine) error {
	return w.did("log", "%s", l.Message)
}
func (w *world) Create(_ context.Context, _ flow.Effect, object string, values map[string]any) (flow.Saved, error) {
	w.records["made"] = maps.Clone(values)
	return flow.Saved{ID: "made"}, w.did("create", "%s", object)
}
func (w *world) Update(_ context.Context, _ flow.Effect, object, id string, _ map[string]any) (flow.Saved, error) {
	return flow.Saved{ID: id}, w.did("update", "%s %s", object, id)
}
func (w *world) Retrieve(_ context.Context, object, id string, fields []string) (map[string]any, error) {
	return w.records[id], w.did("retrieve", "%s %s %s", object, id, strings.Join(fields, ","))
}
func (w *world) Query(context.Context, flow.Query) (flow.Rows, error) { return flow.Rows{}, nil }
func (w *world) FindByPhone(_ context.Context, s flow.PhoneSearch) ([]string, error) {
	if id := w.people[s.Number]; strings.HasPrefix(id, map[string]string{"Contact": "003", "Lead": "00Q"}[s.Object]) && id != "" {
		return []string{id}, w.did("find", "%s %s", s.Object, s.Number)
	}
	return nil, w.did("find", "%s %s", s.Object, s.Number)
}
func (w *world) Get(_ context.Context, key string) (any, bool, error) {
	v, found := w.kept[key]
	return v, found, nil
}
func (w *world) All(context.Context) (map[string]any, error) { return w.kept, nil }
func (w *world) Set(_ context.Context, _ flow.Effect, key string, v any) error {
	w.kept[key] = v
	return w.did("set", "%s=%v", key, v)
}
func (w *world) Unset(context.Context, flow.Effect, string) error { return nil }
func (w *world) Clear(context.Context, flow.Effect) error         { return nil }
func (w *world) Count(context.Context, flow.Effect, string, float64) (float64, error) {
	return 0, nil
}

// played are blocks that act where this test has no such place: what they are asked is noted.
func (w *world) played() []flow.Block {
	played := func(blockType string, run func(in flow.Values) error, inputs ...string) flow.Block {
		b := flow.Block{Type: blockType, Ports: []flow.Port{flow.Success, flow.Failure}, Place: flow.Anywhere}
		for _, name := range inputs {
			b.Inputs = append(b.Inputs, flow.Input{Name: name, Kind: flow.Any})
		}
		b.Run = func(_ context.Context, c flow.Call) (flow.Outcome, error) {
			return flow.Outcome{Port: flow.Success}, run(c.In)
		}
		return b
	}
	return []flow.Block{
		played("SE_SFScreenpopNewRecord", func(in flow.Values) error { return w.did("new", "%s", in.Text("entityName")) },
			"entityName", "defaultFieldValues"),
		played("SE_ContactUpdateAttributes", func(in flow.Values) error {
			maps.Copy(w.contact.Attributes, in.TextMap("attributes"))
			return w.did("attributes", "%v", in.TextMap("attributes"))
		}, "attributes"),
		played("SE_SFCompleteHvsWorkWithTaskSaved", func(in flow.Values) error {
			return w.did("complete", "%s %s %s", in.Text("workId"), in.Text("disposition"), in.Text("taskId"))
		}, "workId", "disposition", "taskId"),
	}
}

func (w *world) run(t *testing.T, file string, payload map[string]any) flow.Journal {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	known, mine := []flow.Block{}, map[string]bool{flow.Start.Type: true, flow.End.Type: true}
	for _, b := range w.played() {
		known, mine[b.Type] = append(known, b), true
	}
	for _, b := range blocks.All.All() {
		if !mine[b.Type] {
			known = append(known, b)
		}
	}
	program, err := flow.Load(body, flow.NewBlocks(known))
	if err != nil {
		t.Fatal(err)
	}
	return flow.Run(t.Context(), flow.Job{Program: program, Now: time.Now, Host: flow.Host{Page: w, CRM: w, Properties: w},
		Event: flow.Event{Contact: w.contact, Payload: payload, Country: "US"}})
}

func caller(attributes map[string]string) *flow.Contact {
	return &flow.Contact{ID: "c-1", InitialID: "c-1", Type: "voice", Inbound: true, PhoneNumber: "+12065550142", QueueName: "BasicQueue",
		Attributes: attributes}
}

type (
	known  = map[string]string
	values = map[string]any
)

// The published examples do what their texts promise.
func TestPublishedFlowsDoWhatTheyPromise(t *testing.T) {
	const (
		legacy, createTask, callback = "../flow/testdata/flows/01-legacy.json", "../flow/testdata/flows/08-create-task.json",
			"../flow/testdata/flows/10-create-callback-task.json"
		cases, newContact       = "testdata/07-screenpop-case.json", "testdata/11-create-contact.json"
		byChat, byNumber        = "testdata/02-chat-contact-screenpop.json", "testdata/06-screenpop-on-customer.json"
		byEmail, switched       = "testdata/09-screenpop-cust-email.json", "testdata/12-screenpop-multichat.json"
		dial, ownDial           = "../flow/testdata/flows/03-click-to-dial.json", "../../sfdx/flows/01-salesforceUiOnClickToDial.json"
		voicePop, chatPop       = "../../sfdx/flows/02-voiceContactOnConnecting.json", "../../sfdx/flows/03-chatContactOnConnecting.json"
		callbackPop             = "../../sfdx/flows/04-queueCallbackContactOnIncoming.json"
		start, connect, routing = "testdata/hvs-1-on-work-start.json", "testdata/hvs-2-on-connecting.json",
			"testdata/hvs-3-on-routable.json"
		written = "(206) 555-0142"
		e164    = "+12065550142"
		digits  = "2065550142"
	)
	maya := known{e164: "003M", "555-0199": "003C"}
	task := func(more values) values {
		all := values{"CallObject": "c-1", "Type": "Call", "Status": "In Progress", "Priority": "High", "TaskSubtype": "Task",
			"CallType": "Inbound", "Subject": "voice - BasicQueue"}
		maps.Copy(all, more)
		return all
	}
	called := func(more values) values {
		all := values{"CallObject": "c-1", "Type": "Call", "Status": "In Progress", "Priority": "low", "TaskSubtype": "Call",
			"CallType": "Inbound", "Subject": "Callback - Ada - Lovelace"}
		maps.Copy(all, more)
		return all
	}
	ada := values{"SubjectPrepend": "Callback", "FirstName": "Ada", "LastName": "Lovelace"}
	adaElsewhere := maps.Clone(ada)
	adaElsewhere["CallbackPhone"] = "555-0199"
	for _, tc := range []struct {
		name, file string
		attributes known
		payload    values
		people     known
		records    map[string]map[string]any
		kept       values
		fails      known
		status     flow.Status
		happened   []string
		made       values // nil if that does not matter
	}{
		{"legacy: a caller without attribute is searched by number", legacy, nil, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"search " + written}, nil},
		{"legacy: the attribute first, the number then", legacy, known{"acsf-screenpop-record": "Maya"}, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"search Maya", "search " + written}, nil},
		{"legacy: the search errs", legacy, known{"acsf-screenpop-record": "Maya"}, nil, nil, nil, nil,
			known{"search": "no layout"}, flow.Partial, []string{"search Maya", "log Maya"}, nil},
		{"dial: what was clicked", ownDial, nil, values{"number": e164}, nil, nil, nil, nil, flow.Completed, []string{"dial " + e164}, nil},
		{"dial: it ends well though the dial is refused", ownDial, nil, values{"number": e164}, nil, nil, nil, known{"dial": "no"},
			flow.Partial, []string{"dial " + e164}, nil},
		{"dial: as people write it", dial, nil, values{"number": "(206) 555-0100"}, nil, nil, nil, nil, flow.Completed,
			[]string{"dial +12065550100"}, nil},
		{"dial: refused, and told", dial, nil, values{"number": "(206) 555-0100"}, nil, nil, nil, known{"dial": "no"}, flow.Partial,
			[]string{"dial +12065550100", "log error"}, nil},
		{"voice: the caller's number", voicePop, nil, nil, nil, nil, nil, nil, flow.Completed, []string{"search " + digits}, nil},
		{"voice: it ends though the search errs", voicePop, nil, nil, nil, nil, nil, known{"search": "no"}, flow.Partial,
			[]string{"search " + digits}, nil},
		{"callback: the number to call back", callbackPop, nil, nil, nil, nil, nil, nil, flow.Completed, []string{"search " + digits}, nil},
		{"chat: a text is searched as it is", chatPop, nil, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"search customer@example.com"}, nil},
		{"chat: the search errs", byChat, known{"acsf-screenpop-search": "Maya"}, nil, nil, nil, nil, known{"search": "no"}, flow.Partial,
			[]string{"search Maya", "log Maya"}, nil},
		{"chat: the record of the attribute", byChat, known{"acsf-screenpop-record": "003M"}, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"pop 003M"}, nil},
		{"chat: without a record the other attribute is searched", byChat, known{"acsf-screenpop-search": "Maya"}, nil, nil, nil, nil, nil,
			flow.Partial, []string{"search Maya"}, nil},
		{"chat: neither attribute: to search nothing is no failure", byChat, nil, nil, nil, nil, nil, nil, flow.Partial, nil, nil},
		{"number: the caller is searched as numbers are written", byNumber, nil, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"search " + written}, nil},
		{"number: the search errs", byNumber, nil, nil, nil, nil, nil, known{"search": "no layout"}, flow.Partial,
			[]string{"search " + written, "log " + e164}, nil},
		{"e-mail: a decision on nothing is never true", byEmail, known{"emailAddress": "maya@example.com"}, nil, nil, nil, nil, nil,
			flow.Completed, nil, nil},
		{"two chats: the one that is looked at", switched, known{"salesforceContactId": "003M"}, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"pop 003M"}, nil},
		{"two chats: one without a record", switched, nil, nil, nil, nil, nil, nil, flow.Completed, nil, nil},
		{"case: a number of a case", cases, known{"caseNumber": "00001026"}, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"search 00001026"}, nil},
		{"case: none", cases, nil, nil, nil, nil, nil, nil, flow.Completed, []string{"new Case"}, nil},
		{"case: a page that refuses", cases, nil, nil, nil, nil, nil, known{"new": "no"}, flow.Partial, []string{"new Case", "log no case"}, nil},
		{"task: a known contact", createTask, nil, nil, maya, map[string]map[string]any{"003M": {"AccountId": "001A"}}, nil, nil,
			flow.Completed, []string{"find Contact " + e164, "retrieve Contact 003M AccountId", "create Task", "pop made"},
			task(values{"WhoId": "003M", "WhatId": "001A"})},
		{"task: a contact without account", createTask, nil, nil, maya, map[string]map[string]any{"003M": {"AccountId": nil}}, nil, nil,
			flow.Completed, []string{"find Contact " + e164, "retrieve Contact 003M AccountId", "create Task", "pop made"},
			task(values{"WhoId": "003M"})},
		{"task: a stranger", createTask, nil, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"find Contact " + e164, "create Task", "pop made"}, task(nil)},
		{"task: the org refuses it", createTask, nil, nil, nil, nil, nil, known{"create": "no"}, flow.Partial,
			[]string{"find Contact " + e164, "create Task", "log test"}, nil},
		{"callback: to the caller's number", callback, nil, ada, maya, nil, nil, nil, flow.Completed,
			[]string{"find Contact " + e164, "create Task", "pop made"},
			called(values{"Status": "Complete", "CallType": "Outbound", "Description": written, "WhoId": "003M"})},
		{"callback: to another number", callback, nil, adaElsewhere, maya, nil, nil, nil, flow.Completed,
			[]string{"find Contact 555-0199", "create Task", "pop made"}, called(values{"Description": "555-0199", "WhoId": "003C"})},
		{"callback: of a stranger the Task is made too", callback, nil, ada, nil, nil, nil, nil, flow.Completed,
			[]string{"find Contact " + e164, "create Task", "pop made"},
			called(values{"Status": "Complete", "CallType": "Outbound", "Description": written})},
		{"callback: a status that the org does not take", callback, nil, ada, nil, nil, nil, known{"create": "bad value"}, flow.Failed,
			[]string{"find Contact " + e164, "create Task"}, nil},
		{"contact: made, noted, popped", newContact, known{}, nil, nil, nil, nil, nil, flow.Completed,
			[]string{"create Contact", "attributes map[salesforceContactId:made]", "pop made"}, values{"Name": "c-1", "LastName": "c-1"}},
		{"contact: refused", newContact, known{}, nil, nil, nil, nil, known{"create": "no"}, flow.Partial, []string{"create Contact"}, nil},
		{"HVS: work starts", start, nil, values{"workId": "w1", "completeWorkWhen": "TASK_SAVED"}, nil, nil, nil, nil, flow.Completed,
			[]string{"set hvsWorkId=w1", "set hvsCompleteWorkWhen=TASK_SAVED"}, nil},
		{"HVS: a call", connect, nil, nil, known{e164: "00QL"}, nil, nil, nil, flow.Completed,
			[]string{"find Lead " + e164, "create Task", "set taskId=made", "pop made"},
			task(values{"Priority": "Normal", "TaskSubtype": "Call", "CallType": "Outbound", "Subject": "HVS - voice", "WhoId": "00QL"})},
		{"HVS: routable, and no Task", routing, nil, nil, nil, nil, nil, nil, flow.Completed, nil, nil},
		{"HVS: routable with a Task", routing, nil, nil, nil, map[string]map[string]any{"00T1": {"Call_Result__c": "Reached"}},
			values{"taskId": "00T1", "hvsWorkId": "w1"}, nil, flow.Completed,
			[]string{"retrieve Task 00T1 Id,Call_Result__c", "complete w1 Reached 00T1"}, nil},
		{"HVS: the org has no such field", routing, nil, nil, nil, nil, values{"taskId": "00T1"}, known{"retrieve": "no such field"},
			flow.Failed, []string{"retrieve Task 00T1 Id,Call_Result__c"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := &world{people: tc.people, records: tc.records, kept: tc.kept, contact: caller(tc.attributes), fails: tc.fails}
			if w.records == nil {
				w.records = map[string]map[string]any{}
			}
			if w.kept == nil {
				w.kept = values{}
			}
			j := w.run(t, tc.file, tc.payload)
			if diff := cmp.Diff(tc.happened, w.happened); diff != "" || j.Status != tc.status {
				t.Errorf("%s %q: %s", j.Status, j.Problem, diff)
			}
			if diff := cmp.Diff(tc.made, values(w.records["made"])); tc.made != nil && diff != "" {
				t.Errorf("made: %s", diff)
			}
		})
	}
}
