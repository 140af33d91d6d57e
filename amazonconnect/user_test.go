package amazonconnect

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestUserExists(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		body, _ := io.ReadAll(r.Body)
		exact := strings.Contains(string(body), `"ComparisonType":"EXACT"`)
		switch {
		case r.URL.Path == "/search-users" && exact && strings.Contains(string(body), "nobody"):
			_, _ = io.WriteString(w, `{"Users":[]}`)
		case r.URL.Path == "/search-users" && exact && strings.Contains(string(body), `"FieldName":"Username"`):
			_, _ = io.WriteString(w, `{"Users":[{"Id":"u0","Username":"Jane"},{"Id":"u1","Username":"jane"},{"Id":"u2","Username":"left"},`+
				`{"Id":"u3","Username":"bare"}]}`)
		case r.URL.Path == "/users/i/u1":
			_, _ = io.WriteString(w, `{"User":{"Id":"u1","Username":"jane","IdentityInfo":{"Email":"jane@x.example"}}}`)
		case r.URL.Path == "/users/i/u3":
			_, _ = io.WriteString(w, `{"User":{"Id":"u3","Username":"bare"}}`)
		case r.URL.Path == "/users/i/u2":
			w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
			w.WriteHeader(http.StatusNotFound)
		default:
			w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		username, email string
		exists, fails   bool
	}{
		{"jane", "jane@x.example", true, false},
		{"JANE", "", false, false},
		{"nobody", "", false, false},
		{"left", "", false, false}, // between the two questions
		{"bare", "", true, false},
		{"Jane", "", false, true}, // may not be described
	} {
		exists, email, err := c.UserExists(t.Context(), "i", tc.username)
		if exists != tc.exists || email != tc.email || (err != nil) != tc.fails {
			t.Errorf("%s: %t, %q, %v", tc.username, exists, email, err)
		}
	}
}
