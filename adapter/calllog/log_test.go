package calllog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// only is the one Task there is.
func (o *org) only() fields {
	o.t.Helper()
	tasks := o.all("Task")
	if len(tasks) != 1 {
		o.t.Fatalf("%d Tasks", len(tasks))
	}
	return tasks[0]
}

func wants(t *testing.T, have, want fields) {
	t.Helper()
	for field, value := range want {
		if have[field] != value {
			t.Errorf("%s: %v, want %v", field, have[field], value)
		}
	}
}

func TestTheTaskOfACall(t *testing.T) {
	for _, tc := range []struct {
		name string
		call func(*Call)
		want fields
	}{
		{"of a contact who called", func(*Call) {}, fields{
			"Subject": "Call from (206) 555-0952", "Status": "Completed", "Priority": "Normal", "TaskSubtype": "Call", "CallType": "Inbound",
			"CallObject": "c-1", "CallDurationInSeconds": 62.0, "ActivityDate": "2026-02-28", "WhoId": "003000000000001AAA", "WhatId": nil,
		}},
		{"of a lead", func(c *Call) { c.Record = "00Q000000000001AAA" }, fields{"WhoId": "00Q000000000001AAA", "WhatId": nil}},
		{"of a case", func(c *Call) { c.Record = "500000000000001AAA" }, fields{"WhoId": nil, "WhatId": "500000000000001AAA"}},
		{"of a stranger", func(c *Call) { c.Record = "" }, fields{"WhoId": nil, "WhatId": nil}},
		{"of a withheld number", func(c *Call) { c.Number = "" }, fields{"Subject": "Call from a withheld number"}},
		{"to another country", func(c *Call) { c.Inbound, c.Number = false, "+493012345678" },
			fields{"Subject": "Call to +49 30 12345678", "CallType": "Outbound"}},
		{"to an extension", func(c *Call) { c.Inbound, c.Dialled = false, "+12065550952;ext=123" },
			fields{"Subject": "Call to (206) 555-0952 ext. 123"}},
		{"to what is no number", func(c *Call) { c.Inbound, c.Dialled = false, "desk@{claim.id}" },
			fields{"Subject": "Call to desk@ {claim.id}"}},
		{"with a duration that makes no sense", func(c *Call) { c.Duration = -time.Second }, fields{"CallDurationInSeconds": 0.0}},
		{"that is a chat", func(c *Call) { c.Type = "chat" }, fields{"Subject": "Chat", "TaskSubtype": "Task", "CallObject": "c-1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o, c := open(t), aCall()
			tc.call(&c)
			done, err := o.log().Task(t.Context(), c)
			if err != nil || done.Record != c.Record || done.Note != (Note{}) {
				t.Fatalf("%+v %v", done, err)
			}
			wants(t, o.only(), tc.want)
		})
	}
}

// A flow made the Task while the call went on: the end fills in what it left empty.
func TestAFlowsTaskIsCompleted(t *testing.T) {
	for _, tc := range []struct {
		name    string
		by      fields
		want    fields
		updates int
	}{
		{"one that is bare", fields{"CallObject": "c-1"}, fields{
			"Subject": "Call from (206) 555-0952", "Status": "Completed", "CallType": "Inbound", "CallDurationInSeconds": 62.0,
			"ActivityDate": "2026-02-28", "WhoId": "003000000000001AAA", "TaskSubtype": nil,
		}, 1},
		{"one that says much", fields{
			"CallObject": "c-1", "Subject": "Offer", "CallDurationInSeconds": 5.0, "CallType": "Internal", "ActivityDate": "2026-02-02",
			"WhatId": "500000000000001AAA",
		}, fields{
			"Subject": "Offer", "CallDurationInSeconds": 5.0, "CallType": "Internal", "ActivityDate": "2026-02-02", "Status": "Completed",
			"WhatId": "500000000000001AAA", "WhoId": nil,
		}, 1},
		{"one that is closed", fields{
			"CallObject": "c-1", "Status": "Done", "IsClosed": true, "Subject": "Offer", "CallDurationInSeconds": 5.0, "CallType": "Internal",
			"ActivityDate": "2026-02-02", "WhoId": "003000000000009AAA",
		}, fields{"Status": "Done", "WhoId": "003000000000009AAA"}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o, c := open(t), aCall()
			id, _, err := Create(t.Context(), o.client, TaskKey(c.UserID, c.ContactID), "Task", tc.by)
			if err != nil {
				t.Fatal(err)
			}
			if tc.by["IsClosed"] == true {
				o.records["Task"][id]["IsClosed"] = true
			}
			done, err := o.log().Task(t.Context(), c)
			if err != nil || done.TaskID != id || !done.Again {
				t.Errorf("%+v %v", done, err)
			}
			if related := relation(o.only()); done.Record != related {
				t.Errorf("says %s, is on %s", done.Record, related)
			}
			wants(t, o.only(), tc.want)
			if asked := o.requests(); len(asked) != 3+tc.updates { // the flow's, the second that is none, the look, and the update
				t.Errorf("asked %q", asked)
			}
		})
	}
}

// The duration may be known better later: the Task that still says what the log wrote says it then.
func TestADurationThatIsKnownBetterIsCorrected(t *testing.T) {
	for _, tc := range []struct {
		name    string
		since   func(*org, string) // what somebody did to the Task
		want    any
		kept    bool // the duration is the log's own still
		updates int
	}{
		{"nobody touched it", func(*org, string) {}, 90.0, true, 1},
		{"somebody changed something else", func(o *org, id string) { o.records["Task"][id]["Subject"] = "Mine" }, 90.0, true, 1},
		{"somebody changed the duration", func(o *org, id string) { o.records["Task"][id]["CallDurationInSeconds"] = 300.0 }, 300.0, false, 0},
		{"somebody changed it to the same", func(o *org, id string) { o.records["Task"][id]["CallDurationInSeconds"] = 90.0 }, 90.0, true, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o, c := open(t), aCall()
			first, err := o.log().Task(t.Context(), c)
			if err != nil || first.Seconds == nil || *first.Seconds != 62 {
				t.Fatalf("%+v %v", first, err)
			}
			tc.since(o, first.TaskID)
			subject := o.only()["Subject"]
			c.Written, c.Duration = first.Seconds, 90*time.Second
			before := len(o.requests())
			done, err := o.log().Task(t.Context(), c)
			if err != nil || !done.Again || done.TaskID != first.TaskID || (done.Seconds != nil) != tc.kept {
				t.Errorf("%+v %v", done, err)
			}
			wants(t, o.only(), fields{"CallDurationInSeconds": tc.want, "Subject": subject})
			if asked := len(o.requests()) - before; asked != 1+tc.updates { // a composite that reads, and the update
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

// A flow's own duration is never taken for the log's.
func TestADurationOfAFlowIsNotCorrected(t *testing.T) {
	o, c := open(t), aCall()
	by := fields{"CallObject": "c-1", "CallDurationInSeconds": 5.0}
	if _, _, err := Create(t.Context(), o.client, TaskKey(c.UserID, c.ContactID), "Task", by); err != nil {
		t.Fatal(err)
	}
	first, err := o.log().Task(t.Context(), c)
	if err != nil || first.Seconds != nil {
		t.Fatalf("%+v %v", first, err)
	}
	c.Written, c.Duration = first.Seconds, 90*time.Second
	if _, err := o.log().Task(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	wants(t, o.only(), fields{"CallDurationInSeconds": 5.0})
}

// One that is deleted while it is completed too.
func TestATaskThatSomebodyDeletesIsNotMadeAnew(t *testing.T) {
	o, c := open(t), aCall()
	by := fields{"Subject": "Offer", "WhoId": "003000000000009AAA"}
	if _, _, err := Create(t.Context(), o.client, TaskKey(c.UserID, c.ContactID), "Task", by); err != nil {
		t.Fatal(err)
	}
	o.refuse = func(object string, values fields) string {
		if object == "Task" && values["Subject"] == nil {
			return "ENTITY_IS_DELETED"
		}
		return ""
	}
	done, err := o.log().Task(t.Context(), c)
	if err != nil || !done.Again || done.Record != "003000000000009AAA" {
		t.Errorf("%+v %v", done, err)
	}
}

func TestATaskThatSomebodyDeletedStaysDeleted(t *testing.T) {
	o, c := open(t), aCall()
	if _, err := o.log().Task(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	delete(o.records, "Task")
	done, err := o.log().Task(t.Context(), c)
	if err != nil || !done.Again || len(o.all("Task")) != 0 {
		t.Errorf("%+v %v", done, err)
	}
}

func TestWhatCannotBeWrittenSaysWhy(t *testing.T) {
	for _, tc := range []struct {
		object, code string
		kind         fault.Kind
		says         string
	}{
		{"Task", "FIELD_CUSTOM_VALIDATION_EXCEPTION", fault.Invalid, "FIELD_CUSTOM_VALIDATION_EXCEPTION: the org's sentence"},
		{"Task", "INSUFFICIENT_ACCESS_OR_READONLY", fault.Invalid, "INSUFFICIENT_ACCESS_OR_READONLY"},
		{claimObject, "INSUFFICIENT_ACCESS_OR_READONLY", fault.Denied, "may not write AC_Claim__c"},
		{claimObject, "NOT_FOUND", fault.Denied, "patchcord setup apply"},
		{claimObject, "API_DISABLED_FOR_ORG", fault.Denied, "may not use the API"},
		{claimObject, "DUPLICATE_VALUE", fault.Conflict, "somebody else's"}, // and no claim is to be seen
	} {
		o := open(t)
		o.refuse = func(object string, _ fields) string {
			if object == tc.object {
				return tc.code
			}
			return ""
		}
		_, err := o.log().Task(t.Context(), aCall())
		if f := fault.Of(err); f.Kind != tc.kind || !strings.Contains(f.Message, tc.says) || Wait(err) != nil {
			t.Errorf("%s of %s: %v", tc.code, tc.object, err)
		}
		if len(o.all("Task")) != 0 || len(o.all(claimObject)) != 0 {
			t.Errorf("%s of %s left something behind", tc.code, tc.object)
		}
	}
}

func TestWhatWaitsSaysForWhat(t *testing.T) {
	for _, tc := range []struct {
		err    error
		signIn bool
		after  time.Duration
		waits  bool
	}{
		{fault.New(fault.Unsigned, nil, "Sign in."), true, 0, true},
		{salesforce.ErrExpired, true, 0, true},
		{&salesforce.Error{Status: 401}, false, 0, true},
		{salesforce.ErrUnreachable, false, 0, true},
		{fault.New(fault.Unavailable, nil, "Later."), false, 0, true},
		{&salesforce.Error{Status: 429, RetryAfter: time.Minute}, false, time.Minute, true},
		{&salesforce.Error{Status: 400, Code: "UNABLE_TO_LOCK_ROW"}, false, 0, true},
		{&salesforce.Error{Status: 400, Code: "STRING_TOO_LONG"}, false, 0, false},
		{fmt.Errorf("renew: %w", context.DeadlineExceeded), false, 0, true},
		{context.Canceled, false, 0, false},
		{errors.New("?"), false, 0, false},
		{nil, false, 0, false},
	} {
		o, c := open(t), aCall()
		l := o.log()
		if tc.err != nil {
			l.Client = func(context.Context, string) (*salesforce.Client, error) { return nil, tc.err }
		}
		_, err := l.Task(t.Context(), c)
		later, waits := errors.AsType[*Later](err)
		if waits != tc.waits || waits && (later.SignIn != tc.signIn || later.After != tc.after || later.Error() == "") {
			t.Errorf("%v: %+v", tc.err, err)
		}
	}
}

// The day is where the agent is; a zone that nobody can read is no reason to lose the Task.
func TestADayWithoutAZone(t *testing.T) {
	o := open(t)
	l := o.log()
	l.Zone = func(context.Context, string) (*time.Location, error) { return nil, errors.New("unknown time zone") }
	if _, err := l.Task(t.Context(), aCall()); err != nil {
		t.Fatal(err)
	}
	wants(t, o.only(), fields{"ActivityDate": "2026-03-01"})
	l.Zone = func(context.Context, string) (*time.Location, error) { return nil, salesforce.ErrUnreachable }
	if _, err := l.Task(t.Context(), aCall()); Wait(err) == nil {
		t.Errorf("%v", err)
	}
}
