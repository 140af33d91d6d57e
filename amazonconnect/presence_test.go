package amazonconnect

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// presences answers for three users: jane is at lunch, bob is not signed in, and nobody has another name.
func presences(put *string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		body, _ := io.ReadAll(r.Body)
		asks := func(text string) bool { return strings.Contains(string(body), text) }
		switch {
		case r.URL.Path == "/search-users" && asks(`"jane"`):
			_, _ = io.WriteString(w, `{"Users":[{"Id":"u0","Username":"Jane"},{"Id":"u1","Username":"jane"}]}`)
		case r.URL.Path == "/search-users" && asks(`"bob"`):
			_, _ = io.WriteString(w, `{"Users":[{"Id":"u2","Username":"bob"}]}`)
		case r.URL.Path == "/search-users":
			_, _ = io.WriteString(w, `{"Users":[]}`)
		case r.URL.Path == "/metrics/userdata/i" && asks(`"Agents":["u1"]`):
			_, _ = io.WriteString(w, `{"UserDataList":[{"User":{"Id":"u1"},"Status":{"StatusName":"Lunch"}}]}`)
		case r.URL.Path == "/metrics/userdata/i":
			_, _ = io.WriteString(w, `{"UserDataList":[]}`)
		case r.URL.Path == "/agent-status/i":
			_, _ = io.WriteString(w, `{"AgentStatusSummaryList":[{"Id":"s1","Name":"Available"},{"Id":"s2","Name":"Offline"}]}`)
		case r.Method+r.URL.Path == "PUT/users/i/u1/status":
			*put = string(body)
			_, _ = io.WriteString(w, `{}`)
		default:
			w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
			w.WriteHeader(http.StatusForbidden)
		}
	}
}

func TestTheStatusOfAUser(t *testing.T) {
	var put string
	server := httptest.NewServer(presences(&put))
	defer server.Close()
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for username, want := range map[string]string{"jane": "Lunch", "bob": ""} {
		if ids[username], err = c.UserID(t.Context(), "i", username); err != nil {
			t.Fatal(err)
		}
		if got, err := c.StatusOf(t.Context(), "i", ids[username]); err != nil || got != want {
			t.Errorf("%s: %q, %v", username, got, err)
		}
	}
	if _, err := c.UserID(t.Context(), "i", "carol"); !errors.Is(err, ErrNoUser) {
		t.Errorf("nobody has a status: %v", err)
	}
	if err := c.SetStatus(t.Context(), "i", ids["jane"], "Offline"); err != nil || !strings.Contains(put, `"s2"`) {
		t.Errorf("%v, sent %s", err, put)
	}
	if err := c.SetStatus(t.Context(), "i", ids["jane"], "Lunch"); !errors.Is(err, ErrNoStatus) {
		t.Errorf("a status that is not there: %v", err)
	}
	if err := c.SetStatus(t.Context(), "i", ids["bob"], "Offline"); err == nil {
		t.Error("the service refused, and nobody says so")
	}
}
