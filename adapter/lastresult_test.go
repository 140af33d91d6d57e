package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// flowRecords are the flows of an org, which takes what is written on them.
type flowRecords struct {
	requests int
	results  map[string]string
	refuses  string // id that it refuses
}

func (f *flowRecords) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.requests++
	var in struct{ Records []map[string]any }
	_ = json.NewDecoder(r.Body).Decode(&in)
	if !strings.HasSuffix(r.URL.Path, "/composite/sobjects/AC_CtiScript__c/Id") || r.Method != http.MethodPatch {
		http.NotFound(w, r)
		return
	}
	out := []map[string]any{}
	for _, row := range in.Records {
		id := row["Id"].(string)
		if id == f.refuses {
			out = append(out, map[string]any{"success": false, "errors": []map[string]any{{"statusCode": "ENTITY_IS_DELETED", "message": "gone"}}})
			continue
		}
		f.results[id] = row["Last_Result__c"].(string)
		out = append(out, map[string]any{"id": id, "success": true})
	}
	_ = json.NewEncoder(w).Encode(out)
}

func TestAFlowsRecordTellsItsLastResult(t *testing.T) {
	records := &flowRecords{results: map[string]string{}, refuses: "a02000000000009AAA"}
	server := httptest.NewServer(records)
	defer server.Close()
	client := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})
	share, looks := 0.0, 0
	var away error
	l := newLastResults(func(context.Context) (*salesforce.Client, error) { return client, away }, func() float64 { return share },
		func(context.Context) { looks++ }, clock.System{}, slog.New(slog.DiscardHandler))
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	ended := func(id string, status store.Status, after time.Duration, problem string) {
		l.note(store.Run{Kind: "flow", Status: status, Ended: noon.Add(after), Problem: problem, Body: store.Body{FlowID: id}})
	}
	const pop, dial = "a02000000000001AAA", "a02000000000002AAA"
	for _, step := range []struct {
		name     string
		do       func()
		requests int
		want     map[string]string
	}{
		{"nothing has run", func() {}, 0, map[string]string{}},
		{
			"two flows have, one of them twice: one request", func() {
				ended(pop, store.Failed, 0, "old")
				ended(pop, store.Completed, time.Second, "")
				ended(dial, store.Failed, 0, "the number +1 (206) 555-0142 cannot be dialled")
				ended("default Pop", store.Completed, 0, "")
				ended("a02000000000009AAA", store.Completed, 0, "") // it was deleted
				ended("a02000000000008AAA", store.NotRun, 0, "too late")
			}, 1, map[string]string{
				pop: "2026-03-02 12:00:01 UTC: completed", dial: "2026-03-02 12:00:00 UTC: failed: the number … cannot be dialled",
			},
		},
		{"what was refused is not asked for again", func() {}, 1, nil},
		{"the same result a minute later is no news", func() { ended(pop, store.Completed, time.Minute, "") }, 1, nil},
		{
			"another one is", func() { ended(pop, store.Partial, 2*time.Minute, strings.Repeat("é", 300)) }, 2, map[string]string{
				pop: "2026-03-02 12:02:00 UTC: completed, but a block failed: " + strings.Repeat("é", 198) + "…",
			},
		},
		{"the allowance runs out", func() { share = .8; ended(pop, store.Completed, time.Hour, "") }, 2, nil},
		{"the org is away", func() { share = 0; away = errors.New("away") }, 2, nil},
		{
			"it is back", func() { away = nil }, 3, map[string]string{pop: "2026-03-02 13:00:00 UTC: completed"},
		},
	} {
		before := map[string]string{}
		for id, text := range records.results {
			before[id] = text
		}
		step.do()
		l.write(t.Context())
		for id, text := range step.want {
			before[id] = text
		}
		if diff := cmp.Diff(before, records.results); diff != "" || records.requests != step.requests || looks != step.requests {
			t.Errorf("%s: %d requests, %d looks, want %d; %s", step.name, records.requests, looks, step.requests, diff)
		}
		for _, text := range records.results {
			if n := len([]rune(text)); n > 255 {
				t.Errorf("%d characters", n)
			}
		}
	}
}
