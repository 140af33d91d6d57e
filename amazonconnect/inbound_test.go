package amazonconnect

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestInboundContacts(t *testing.T) {
	ten := time.Date(2026, 3, 2, 10, 2, 0, 0, time.UTC)
	var asked map[string]any
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.Method + " " + r.URL.Path {
		case "POST /search-contacts":
			if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(w, `{"Contacts":[{"Id":"c-2"},{"Id":"c-1"},{"Id":"c-0"}],"TotalCount":3}`)
		case "GET /contacts/i/c-2":
			_, _ = io.WriteString(w, `{"Contact":{"Id":"c-2","CustomerEndpoint":{"Type":"TELEPHONE_NUMBER","Address":"+12065550199"}}}`)
		case "GET /contacts/i/c-1":
			_, _ = io.WriteString(w, `{"Contact":{"Id":"c-1","CustomerEndpoint":{"Type":"TELEPHONE_NUMBER","Address":"+12065550142"},`+
				`"QueueInfo":{"Id":"q","EnqueueTimestamp":1772445720},`+
				`"AgentInfo":{"Id":"u1","ConnectedToAgentTimestamp":1772445724},"DisconnectTimestamp":1772445730}}`)
		case "GET /contacts/i/c-0":
			_, _ = io.WriteString(w, `{"Contact":{"Id":"c-0","CustomerEndpoint":{"Type":"TELEPHONE_NUMBER","Address":"+12065550142"}}}`)
		default:
			w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer server.Close()
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Once: true})
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.InboundContacts(t.Context(), "i", "12065550142", ten, ten.Add(time.Second))
	if err != nil {
		t.Fatal(err)
	}
	at := func(seconds int) time.Time { return ten.Add(time.Duration(seconds) * time.Second) }
	want := []Contact{{ID: "c-1", Customer: "+12065550142", AgentID: "u1", Queued: at(0), Connected: at(4), Ended: at(10)},
		{ID: "c-0", Customer: "+12065550142"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]any{"Type": "INITIATION_TIMESTAMP", "StartTime": float64(at(-5).Unix()),
		"EndTime": float64(at(6).Unix())}, asked["TimeRange"]); diff != "" {
		t.Error(diff)
	}
	criteria := map[string]any{"Channels": []any{"VOICE"}, "InitiationMethods": []any{"INBOUND"}}
	if diff := cmp.Diff(criteria, asked["SearchCriteria"]); diff != "" {
		t.Error(diff)
	}
	if _, err := c.Contact(t.Context(), "i", "gone"); err == nil {
		t.Error("a contact that is not there is described")
	}
}
