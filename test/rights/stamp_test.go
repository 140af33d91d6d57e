package rights

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
	crmrecords "github.com/patchcord/patchcord/sandbox/crm/records"
)

// asked counts what an org is asked.
type asked struct{ stamps, others atomic.Int32 }

func (a *asked) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	if bytes.Contains(body, []byte("SystemModstamp")) {
		a.stamps.Add(1)
	} else {
		a.others.Add(1)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// One request of the integration user tells whether anything changed that matters, beside who may not sign in any more.
func TestOneRequestTellsWhetherAnythingChanged(t *testing.T) {
	o := open(t)
	_, agent := room(t, o)
	org := &asked{}
	client := salesforce.New(salesforce.Config{Session: o.client("integration", nil).Session(), HTTP: &http.Client{Transport: org}})
	clk := clock.NewFake(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	r := records.NewReader(func(context.Context, string) (*salesforce.Client, error) { return client, nil }, nil, nil, clk,
		slog.New(slog.NewTextHandler(t.Output(), nil)))
	t.Cleanup(r.Close)
	heard := 0
	r.AskBeside(func(context.Context, *salesforce.Client) ([]salesforce.Part, func(context.Context, salesforce.Answers)) {
		return []salesforce.Part{salesforce.Ask("one", "SELECT Id FROM User LIMIT 1"), salesforce.Ask("two", "SELECT Id FROM UserLogin LIMIT 1")},
			func(_ context.Context, a salesforce.Answers) {
				var found struct{ Records []struct{ ID string } }
				if err := a.Into("one", &found); err != nil || len(found.Records) != 1 {
					t.Errorf("heard %v, %v", found, err)
				}
				heard++
			}
	})
	look := func() (others int32) {
		t.Helper()
		clk.Advance(time.Minute)
		before, stamps := org.others.Load(), org.stamps.Load()
		r.Reload(t.Context())
		if asked := org.stamps.Load() - stamps; asked != 1 {
			t.Errorf("asked %d times for a stamp", asked)
		}
		return org.others.Load() - before
	}
	if _, err := r.Arrived(t.Context(), agent); err != nil {
		t.Fatal(err)
	}
	look() // a stamp tells seconds: it counts once it is some seconds old
	if more := look(); more != 0 {
		t.Errorf("nothing changed, and %d more requests were made", more)
	}
	root := o.as("root")
	found, err := root.Query(t.Context(), "SELECT Id FROM AC_CtiAdapter__c", false)
	if err != nil || len(found.Records) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	adapter := string(found.Records[0].ID())
	for _, c := range []struct {
		object string
		values crmrecords.Values
	}{
		{"AC_CtiScript__c", crmrecords.Values{"Name": "Pop", "CTI_Adapter__c": adapter, "Source__c": "connectVoiceContact",
			"Event__c": "onConnecting"}},
		{"AC_Feature__c", crmrecords.Values{"Name": "SetAgentStatusOnSessionEnd", "CTI_Adapter__c": adapter}},
		{"AC_PresenceSyncRule__c", crmrecords.Values{"Name": "Lunch", "CTI_Adapter__c": adapter}},
	} {
		id := o.create(o.as("administrator"), c.object, c.values)
		if look() == 0 {
			t.Errorf("a new %s is not noticed", c.object)
		}
		look()
		if more := look(); more != 0 {
			t.Errorf("%s: nothing changed then, and %d more requests were made", c.object, more)
		}
		if err := o.as("administrator").Delete(t.Context(), c.object, id); err != nil {
			t.Fatal(err)
		}
		if look() == 0 {
			t.Errorf("that a %s is gone is not noticed", c.object)
		}
		look()
	}
	if heard != int(org.stamps.Load()) {
		t.Errorf("heard %d of %d", heard, org.stamps.Load())
	}
}
