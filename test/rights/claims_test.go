package rights

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// client is a role's own, over HTTP.
func (o *org) client(role string, meter *salesforce.Meter) *salesforce.Client {
	o.t.Helper()
	server := httptest.NewServer(rest.Handler(rest.Config{Org: o.Org, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			name := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			u, err := o.People.UserByName(r.Context(), name+"@x.example")
			return u.ID, err
		}}))
	o.t.Cleanup(server.Close)
	session := salesforce.Session{InstanceURL: server.URL, AccessToken: secret.String(role)}
	return salesforce.New(salesforce.Config{Session: session, Meter: meter})
}

// TestTheLogWritesWithTheRightsThatTheSetsGive is the call log as agents and the integration user write it.
func TestTheLogWritesWithTheRightsThatTheSetsGive(t *testing.T) {
	o := open(t)
	ctx := t.Context()
	meter := &salesforce.Meter{}
	agent, integration := o.client("agent", meter), o.client("integration", meter)
	mine := func(context.Context, string) (*salesforce.Client, error) { return agent, nil }
	zones := &calllog.Zones{Client: mine, Clock: clock.System{}}
	log := calllog.Log{Client: mine, Zone: zones.Of}
	user := string(o.as("agent").User().ID)
	contact := string(o.create(o.as("root"), "Contact", records.Values{"LastName": "Lake"}))
	call := calllog.Call{
		UserID: user, ContactID: "c-1", Type: "voice", Inbound: true, Number: "+12065550952", Record: contact, Answered: true,
		AnsweredAt: time.Now().Add(-time.Minute), EndedAt: time.Now(), Duration: time.Minute, AgentUsername: "ann",
	}
	first, err := log.Task(ctx, call)
	if err != nil || first.TaskID == "" || first.Again || first.Record != contact {
		t.Fatalf("%+v %v", first, err)
	}
	if again, err := log.Task(ctx, call); err != nil || !again.Again || again.TaskID != first.TaskID {
		t.Errorf("%+v %v", again, err)
	}
	gone := call
	gone.ContactID = "C-1" // capital letters are another contact
	if err := o.as("root").Delete(ctx, "Contact", schema.RecordID(contact)); err != nil {
		t.Fatal(err)
	}
	if done, err := log.Task(ctx, gone); err != nil || done.Record != "" || done.Note.Code != calllog.RecordGone {
		t.Errorf("%+v %v", done, err)
	}
	tasks, err := o.as("root").Query(ctx, "SELECT Id, OwnerId FROM Task", false)
	if err != nil || len(tasks.Records) != 2 {
		t.Errorf("%d Tasks, %v", len(tasks.Records), err)
	}
	if meter.Max() == 0 {
		t.Error("nobody says what is used")
	}
	written(t, o, integration, calllog.Row{Call: call, TaskID: first.TaskID})
	swept(t, agent, integration)
}

// written wants the row of a contact, owned by the agent, however often it is written.
func written(t *testing.T, o *org, integration *salesforce.Client, row calllog.Row) {
	t.Helper()
	ch := calllog.Channels{Client: func(context.Context) (*salesforce.Client, error) { return integration, nil }}
	stranger := calllog.Row{Call: calllog.Call{UserID: row.UserID, ContactID: "c-2", Type: "voice", Missed: true, OfferedAt: time.Now()}}
	for range 2 {
		done, err := ch.Write(t.Context(), []calllog.Row{row, stranger})
		if err != nil || len(done) != 2 || done[0].Err != nil || done[1].Err != nil || len(done[1].LeftOut) != 0 {
			t.Fatalf("%+v %v", done, err)
		}
		// The contact was deleted: the row is there without it.
		if len(done[0].LeftOut) == 0 {
			t.Errorf("%+v", done[0])
		}
	}
	found, err := salesforce.Query[struct{ ContactId__c, OwnerId, Task_Id__c string }](t.Context(), integration,
		"SELECT ContactId__c, OwnerId, Task_Id__c FROM AC_ContactChannels__c ORDER BY ContactId__c")
	if err != nil || len(found) != 2 || found[1].OwnerId != row.UserID || found[0].Task_Id__c != row.TaskID {
		t.Errorf("%+v %v", found, err)
	}
}

// swept wants claims that the integration user sees and deletes, and that nobody but their agent sees besides.
func swept(t *testing.T, agent, integration *salesforce.Client) {
	t.Helper()
	const all = "SELECT Id FROM AC_Claim__c"
	own, err := salesforce.Query[struct{ Id string }](t.Context(), agent, all)
	if err != nil || len(own) != 2 {
		t.Errorf("%v %v", own, err)
	}
	deleted, more, err := calllog.Sweep(t.Context(), integration, time.Now().Add(91*24*time.Hour))
	if deleted != 2 || more || err != nil {
		t.Errorf("%d %v %v", deleted, more, err)
	}
	if left, err := salesforce.Query[struct{ Id string }](t.Context(), agent, all); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}
