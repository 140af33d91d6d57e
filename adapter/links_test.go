package adapter

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/salesforce"
)

// linked is an org whose records have the field Calls, or do not.
type linked struct {
	calls    map[string]string // by the record's id
	lacks    bool
	down     bool
	requests []string
}

func (o *linked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	o.requests = append(o.requests, r.Method)
	switch {
	case o.down:
		w.WriteHeader(http.StatusForbidden)
		answer(w, []record{{"errorCode": "FORBIDDEN", "message": "not now"}})
	case o.lacks:
		w.WriteHeader(http.StatusBadRequest)
		answer(w, []record{{"errorCode": "INVALID_FIELD", "message": "No such column 'Calls__c' on entity 'AC_CtiAdapter__c'."}})
	case q != "":
		var found []record
		for id, calls := range o.calls {
			if strings.Contains(q, "'"+id+"'") && !strings.Contains(q, "Calls__c != '"+calls+"'") {
				found = append(found, record{"Id": id})
			}
		}
		rows(w, found...)
	default:
		var in struct{ Records []map[string]any }
		_ = json.NewDecoder(r.Body).Decode(&in)
		var out []record
		for _, row := range in.Records {
			o.calls[row["Id"].(string)] = row["Calls__c"].(string)
			out = append(out, record{"id": row["Id"], "success": true})
		}
		answer(w, out)
	}
}

func TestRecordsTellWhereTheirCallsAre(t *testing.T) {
	const here = "https://adapter.example/admin/calls"
	o := &linked{calls: map[string]string{"a1": "", "f1": "", "f2": here}}
	server := httptest.NewServer(o)
	defer server.Close()
	client := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})
	var usable []records.Adapter
	share := 0.0
	l := &links{client: func(context.Context) (*salesforce.Client, error) { return client, nil }, address: here,
		share: func() float64 { return share }, usable: func() []records.Adapter { return usable },
		log: slog.New(slog.DiscardHandler), seen: map[string]bool{}}
	one := records.Adapter{ID: "a1", Flows: []records.Flow{{ID: "f1"}, {ID: "f2"}, {ID: "default pop"}}}
	for _, step := range []struct {
		name string
		do   func()
		asks []string
	}{
		{"nothing is known yet", func() {}, nil},
		{"while the allowance runs out nothing is written", func() { usable, share = []records.Adapter{one}, salesforce.AllowanceAlarm }, nil},
		{"nor while the org refuses", func() { share, o.down = 0, true }, []string{"GET", "GET"}},
		{"what says something else is written", func() { o.down = false }, []string{"GET", "PATCH", "GET", "PATCH"}},
		{"and not looked at again", func() {}, nil},
		{"a new flow is", func() {
			o.calls["f3"] = ""
			usable[0].Flows = append(usable[0].Flows, records.Flow{ID: "f3"})
		}, []string{"GET", "PATCH"}},
		{"an org without the field is asked once", func() { o.lacks, usable = true, []records.Adapter{{ID: "a2"}} }, []string{"GET"}},
		{"and left alone", func() {}, nil},
	} {
		step.do()
		o.requests = nil
		l.write(t.Context())
		if !slices.Equal(o.requests, step.asks) {
			t.Errorf("%s: %v, want %v", step.name, o.requests, step.asks)
		}
	}
	if diff := cmp.Diff(map[string]string{"a1": here, "f1": here, "f2": here, "f3": here}, o.calls); diff != "" {
		t.Error(diff)
	}
}
