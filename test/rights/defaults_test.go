package rights

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
	crmrecords "github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
	"github.com/patchcord/patchcord/sfdx"
)

const callCenter = "ACLightningAdapter"

// room gives the agent an adapter record that has no flow yet, and says how to read it.
func room(t *testing.T, o *org) (reader func(through http.RoundTripper) *records.Reader, agent string) {
	t.Helper()
	root := o.as("root")
	agent = string(o.as("agent").User().ID)
	found, err := root.Query(t.Context(), "SELECT Id FROM CallCenter WHERE InternalName = '"+callCenter+"'", false)
	if err != nil || len(found.Records) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	if err := root.Update(t.Context(), "User", o.as("agent").User().ID,
		crmrecords.Values{"CallCenterId": string(found.Records[0].ID())}, ""); err != nil {
		t.Fatal(err)
	}
	o.create(o.as("administrator"), "AC_CtiAdapter__c", crmrecords.Values{"Name": callCenter, "Active__c": true,
		"Call_Center_Definition_Name__c": callCenter, "Amazon_Connect_Instance_Alias__c": "desk"})
	flows, err := sfdx.Flows()
	if err != nil {
		t.Fatal(err)
	}
	var defaults []records.DefaultFlow
	for _, f := range flows {
		defaults = append(defaults, records.DefaultFlow{Name: f.Name, Source: f.Source, Event: f.Event, Script: f.Script, Inactive: f.Inactive})
	}
	return func(through http.RoundTripper) *records.Reader {
		client := salesforce.New(salesforce.Config{Session: o.client("integration", nil).Session(), HTTP: &http.Client{Transport: through}})
		r := records.NewReader(func(context.Context, string) (*salesforce.Client, error) { return client, nil }, defaults, nil, clock.System{},
			slog.New(slog.NewTextHandler(t.Output(), nil)))
		t.Cleanup(r.Close)
		return r
	}, agent
}

// each wants every default flow to be there once.
func each(t *testing.T, o *org) {
	t.Helper()
	flows, err := sfdx.Flows()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := salesforce.Query[struct{ Name string }](t.Context(), o.client("administrator", nil),
		"SELECT Name FROM AC_CtiScript__c ORDER BY Name")
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for _, row := range rows {
		times[row.Name]++
	}
	for _, f := range flows {
		if times[f.Name] != 1 {
			t.Errorf("%s is there %d times", f.Name, times[f.Name])
		}
	}
	if len(rows) != len(flows) {
		t.Errorf("%d flows, want %d", len(rows), len(flows))
	}
}

// Two adapters that find a record without a flow at one time write the default flows once: each click would dial twice.
func TestReadersWriteDefaultFlowsOnce(t *testing.T) {
	o := open(t)
	reader, agent := room(t, o)
	var all sync.WaitGroup
	for range 4 {
		r := reader(nil)
		all.Go(func() {
			if a, err := r.Arrived(t.Context(), agent); err != nil || len(a.Flows) == 0 || len(a.Flows[0].ID) < 15 {
				t.Errorf("%d flows, %v", len(a.Flows), err)
			}
		})
	}
	all.Wait()
	each(t, o)
	// Who deletes them is left alone, for ever.
	if swept, _, err := calllog.Sweep(t.Context(), o.client("integration", nil), time.Now().Add(100*24*time.Hour)); swept != 0 || err != nil {
		t.Errorf("%d claims swept, %v", swept, err)
	}
	rows, err := salesforce.Query[struct{ Id string }](t.Context(), o.client("administrator", nil), "SELECT Id FROM AC_CtiScript__c")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := o.client("administrator", nil).Delete(t.Context(), "AC_CtiScript__c", row.Id); err != nil {
			t.Fatal(err)
		}
	}
	if a, err := reader(nil).Arrived(t.Context(), agent); err != nil || len(a.Flows) != 0 {
		t.Errorf("%d flows that somebody deleted are back, %v", len(a.Flows), err)
	}
}

// held lets a request that makes records wait.
type held struct {
	came, goOn chan struct{}
}

func (h held) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		return http.DefaultTransport.RoundTrip(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if bytes.Contains(body, []byte("/sobjects/AC_Claim__c")) {
		h.came <- struct{}{}
		<-h.goOn
	}
	return http.DefaultTransport.RoundTrip(r)
}

// An adapter that found no flow writes none after set-up has, and set-up none that an adapter wrote after its plan.
func TestSetUpBesideAReaderWritesDefaultFlowsOnce(t *testing.T) {
	o := open(t)
	reader, agent := room(t, o)
	p := setup.Platforms{CRM: o.client("administrator", nil)}
	changes, err := steps.Flows{CallCenter: callCenter}.Plan(t.Context(), p) // before any is there
	if err != nil {
		t.Fatal(err)
	}
	apply := func(changes []setup.Change) {
		t.Helper()
		for _, c := range changes {
			if c.Do == nil {
				continue
			}
			if err := c.Do(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	late := held{make(chan struct{}), make(chan struct{})}
	var found records.Adapter
	var all sync.WaitGroup
	r := reader(late)
	all.Go(func() { found, err = r.Arrived(t.Context(), agent) })
	<-late.came
	apply(changes)
	close(late.goOn)
	all.Wait()
	if err != nil || len(found.Flows) == 0 {
		t.Errorf("the reader has %d flows, %v", len(found.Flows), err)
	}
	each(t, o)
	apply(changes)
	each(t, o)
	// Later a flow that was deleted is made again: set-up was asked for it.
	gone, err := salesforce.Query[struct{ Id string }](t.Context(), p.CRM, "SELECT Id FROM AC_CtiScript__c LIMIT 1")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.CRM.Delete(t.Context(), "AC_CtiScript__c", gone[0].Id); err != nil {
		t.Fatal(err)
	}
	again, err := steps.Flows{CallCenter: callCenter}.Plan(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	apply(again)
	each(t, o)
}
