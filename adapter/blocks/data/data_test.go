package data_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks/data"
	"github.com/patchcord/patchcord/adapter/flow"
)

// crm answers what it is given, and notes what it is asked.
type crm struct {
	ids     []string // of a search
	record  map[string]any
	rows    flow.Rows
	leftOut []string
	err     error
	asked   []any
}

type written struct {
	Object, ID string
	Values     map[string]any
}

func (c *crm) Create(_ context.Context, _ flow.Effect, object string, values map[string]any) (flow.Saved, error) {
	c.asked = append(c.asked, written{object, "", values})
	return flow.Saved{ID: "new", LeftOut: c.leftOut}, c.err
}

func (c *crm) Update(_ context.Context, _ flow.Effect, object, id string, values map[string]any) (flow.Saved, error) {
	c.asked = append(c.asked, written{object, id, values})
	return flow.Saved{ID: id}, c.err
}

func (c *crm) Retrieve(_ context.Context, object, id string, fields []string) (map[string]any, error) {
	c.asked = append(c.asked, object+" "+id+" "+strings.Join(fields, "|"))
	return c.record, c.err
}

func (c *crm) Query(_ context.Context, q flow.Query) (flow.Rows, error) {
	c.asked = append(c.asked, q)
	return c.rows, c.err
}

func (c *crm) FindByPhone(_ context.Context, s flow.PhoneSearch) ([]string, error) {
	c.asked = append(c.asked, s)
	return c.ids, c.err
}

type in = map[string]any

// step runs a single block whose ports lead to the end.
func step(t *testing.T, block string, controls in, ports []string, org flow.CRM, contact *flow.Contact) (flow.Step, flow.Journal) {
	t.Helper()
	to := map[string]string{}
	for _, port := range ports {
		to[port] = "e"
	}
	body, err := json.Marshal(in{"actions": []any{
		in{"id": "s", "type": "SE_Start", "ports": in{"done": "b"}},
		in{"id": "b", "type": block, "controls": controls, "ports": to}, in{"id": "e", "type": "SE_End"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	program, err := flow.Load(body, flow.NewBlocks(data.Blocks))
	if err != nil {
		t.Fatal(err)
	}
	j := flow.Run(t.Context(), flow.Job{Program: program, Host: flow.Host{CRM: org}, Now: time.Now,
		Event: flow.Event{Country: "US", Contact: contact, Payload: in{"q": "SELECT Id FROM User", "none": nil}}})
	if len(j.Steps) < 2 {
		t.Fatalf("%d steps: %s", len(j.Steps), j.Problem)
	}
	return j.Steps[1], j
}

var both = []string{"success", "failure", "true", "false"}

func TestBlocksOfRecords(t *testing.T) {
	no := &flow.Refused{Reason: "the org refused it: no"}
	for _, tc := range []struct {
		name, block string
		in          in
		org         crm
		port        flow.Port
		result      any
		asked       []any
		says        string // in the problem or the warning
	}{
		{"a record is made", "SE_SFSaveLog", in{"entityType": "Contact", "fieldValues": in{"LastName": "x"}}, crm{}, flow.Success,
			in{"id": "new"}, []any{written{"Contact", "", in{"LastName": "x"}}}, ""},
		{"null in letters is no record", "SE_SFSaveLog", in{"recordId": "null", "entityType": "Contact", "fieldValues": in{"Name": "x"}},
			crm{leftOut: []string{"Name"}}, flow.Success, in{"id": "new"}, []any{written{"Contact", "", in{"Name": "x"}}}, "left out"},
		{"a record is changed", "SE_SFSaveLog", in{"recordId": "003", "entityType": "Contact", "fieldValues": in{"LastName": "x"}}, crm{},
			flow.Success, in{"id": "003"}, []any{written{"Contact", "003", in{"LastName": "x"}}}, ""},
		{"nothing to write", "SE_SFSaveLog", in{"entityType": "Contact"}, crm{}, flow.Failure, nil, nil, "no field values"},
		{"the org says no", "SE_SFSaveLog", in{"entityType": "X", "fieldValues": in{"A": 1}}, crm{err: no}, flow.Failure, nil,
			[]any{written{"X", "", in{"A": 1.0}}}, "the org refused it"},
		{"a task", "SE_SFCreateTask", in{"CallObject": "c-1", "Type": "Call", "Status": "In Progress", "IsClosed": true, "TaskSubType": "Call",
			"TaskSubtype": "Task", "WhoId": "", "CallDurationInSeconds": "61", "CallType": "inbound", "subject1": "a", "subject2": "",
			"subject3": "c", "otherTaskFields": in{"Description": "d", "Gone": "$.payload.none"}}, crm{}, flow.Success, in{"id": "new"},
			[]any{written{"Task", "", in{"CallObject": "c-1", "Type": "Call", "Status": "In Progress", "TaskSubtype": "Task",
				"CallDurationInSeconds": 61.0, "CallType": "Inbound", "Subject": "a - c", "Description": "d"}}}, ""},
		{"a closed task without status", "SE_SFCreateTask", in{"IsClosed": true, "TaskSubType": "Call"}, crm{}, flow.Success, in{"id": "new"},
			[]any{written{"Task", "", in{"Status": "Completed", "TaskSubtype": "Call"}}}, ""},
		{"an open one", "SE_SFCreateTask", in{"IsClosed": false}, crm{}, flow.Success, in{"id": "new"},
			[]any{written{"Task", "", in{"Status": "Not Started"}}}, ""},
		{"a query", "SE_SFQueryValue", in{"query": "SELECT Id FROM Case"}, crm{rows: flow.Rows{Records: []any{in{"Id": "1"}}, Total: 3}},
			flow.Success, in{"value": []any{in{"Id": "1"}}}, []any{flow.Query{SOQL: "SELECT Id FROM Case"}}, "first 1 of 3"},
		{"a query from elsewhere", "SE_SFSoqlQuery", in{"query": "$.payload.q"}, crm{err: no}, flow.Failure, nil,
			[]any{flow.Query{SOQL: "SELECT Id FROM User", Foreign: true}}, "refused"},
		{"fields", "SE_SFRetrieve", in{"fields": "Name, AccountId ,", "type": "Contact", "id": "003"}, crm{record: in{"Name": "x"}}, flow.Success,
			in{"record": in{"Name": "x"}}, []any{"Contact 003 Name|AccountId"}, ""},
		{"no id", "SE_SFRetrieve", in{"fields": "Name", "type": "Contact", "id": ""}, crm{}, flow.Failure, nil, nil, "id is empty"},
		{"do not call", "SE_SFIsDoNotCall", in{"contactId": "003x"}, crm{record: in{"DoNotCall": true}}, flow.True, true,
			[]any{"Contact 003x DoNotCall"}, ""},
		{"a lead who may be called", "SE_SFIsDoNotCall", in{"contactId": "00Qx"}, crm{record: in{"DoNotCall": false}}, flow.False, false,
			[]any{"Lead 00Qx DoNotCall"}, ""},
		{"do not call an account", "SE_SFIsDoNotCall", in{"contactId": "001x"}, crm{}, flow.False, nil, nil, "no contact and no lead"},
		{"Apex", "SE_SFRunApex", in{"className": "X"}, crm{}, flow.Failure, nil, nil, "not run"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, _ := step(t, tc.block, tc.in, both, &tc.org, nil)
			if diff := cmp.Diff(tc.result, s.Result); diff != "" || s.Port != tc.port || !strings.Contains(s.Problem+s.Warning, tc.says) {
				t.Errorf("left by %s (%s%s): %s", s.Port, s.Problem, s.Warning, diff)
			}
			if diff := cmp.Diff(tc.asked, tc.org.asked); diff != "" {
				t.Errorf("asked %s", diff)
			}
		})
	}
}

// That nobody has a number is no error: a flow that does not care goes on.
func TestNobodyFoundIsASoftFailure(t *testing.T) {
	for _, tc := range []struct {
		name   string
		ids    []string
		ports  []string
		port   flow.Port
		result in
		status flow.Status
		says   string
	}{
		{"one", []string{"003a"}, both, flow.Success, in{"sfContactId": "003a"}, flow.Completed, ""},
		{"none", nil, both, flow.Failure, in{}, flow.Completed, ""},
		{"none, and failure leads nowhere", nil, []string{"success"}, flow.Success, in{}, flow.Completed, ""},
		{"several", []string{"003a", "003b"}, both, flow.Failure, in{}, flow.Completed, "2 records"},
	} {
		s, j := step(t, "SE_SFGetContactId", in{"formattedPhoneNumber": "(206) 555-0142"}, tc.ports, &crm{ids: tc.ids}, nil)
		if diff := cmp.Diff(any(tc.result), s.Result); diff != "" || s.Port != tc.port || j.Status != tc.status ||
			!strings.Contains(s.Warning, tc.says) {
			t.Errorf("%s: left by %s, %s: %s", tc.name, s.Port, j.Status, diff)
		}
	}
	t.Run("an error is hard", func(t *testing.T) {
		s, j := step(t, "SE_SFGetLeadId", in{"formattedPhoneNumber": "1"}, []string{"success"}, &crm{err: &flow.Refused{Reason: "no"}}, nil)
		if s.Port != flow.Failure || j.Status != flow.Failed || j.Problem != "no" {
			t.Errorf("%s %s %s", s.Port, j.Status, j.Problem)
		}
	})
	t.Run("an org that is away suspends the run", func(t *testing.T) {
		_, j := step(t, "SE_SFGetLeadId", in{"formattedPhoneNumber": "1"}, both, &crm{err: errors.New("away")}, nil)
		if j.Status != flow.Suspended {
			t.Errorf("%s", j.Status)
		}
	})
	t.Run("a caller's number is looked for with its country", func(t *testing.T) {
		org := &crm{}
		step(t, "SE_SFGetContactId", in{"formattedPhoneNumber": "22 12 34 56", "fieldName": "Phone"}, both, org,
			&flow.Contact{PhoneNumber: "+4722123456"})
		want := []any{flow.PhoneSearch{Object: "Contact", Number: "+4722123456", Field: "Phone", Country: "US"}}
		if diff := cmp.Diff(want, org.asked); diff != "" {
			t.Error(diff)
		}
	})
}
