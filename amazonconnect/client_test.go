package amazonconnect

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
)

// service answers like the public API for one instance, two origins a page.
type service struct {
	t       *testing.T
	origins []string
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Authorization"), "/us-east-1/connect/aws4_request") {
		s.t.Errorf("unsigned request: %q", r.Header.Get("Authorization"))
	}
	w.Header().Set("Content-Type", "application/json")
	switch r.Method + " " + r.URL.Path {
	case "GET /instance":
		_, _ = io.WriteString(w, `{"InstanceSummaryList":[{"Id":"11111111-2222-3333-4444-555555555555","Arn":"arn:i",`+
			`"InstanceAlias":"desk","InstanceAccessUrl":"https://desk.example"}]}`)
	case "GET /instance/i/approved-origins":
		if r.URL.Query().Get("nextToken") == "" {
			_ = json.NewEncoder(w).Encode(map[string]any{"Origins": s.origins[:1], "NextToken": "more"})
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"Origins": s.origins[1:]})
	case "PUT /instance/i/approved-origin":
		w.Header().Set("X-Amzn-Errortype", "ResourceConflictException")
		w.WriteHeader(http.StatusConflict)
		_, _ = io.WriteString(w, `{"Message":"already there"}`)
	default:
		s.t.Errorf("unexpected %s %s", r.Method, r.URL)
	}
}

func TestClient(t *testing.T) {
	api := &service{t: t, origins: []string{"https://a.example", "https://b.example"}}
	server := httptest.NewServer(api)
	defer server.Close()
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("an instance is found by its alias", func(t *testing.T) {
		got, err := c.InstanceByAlias(t.Context(), "desk")
		if err != nil || got.ARN != "arn:i" || got.AccessURL != "https://desk.example" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("an unknown alias says so", func(t *testing.T) {
		if _, err := c.InstanceByAlias(t.Context(), "other"); !errors.Is(err, ErrNoInstance) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("origins of all pages are listed", func(t *testing.T) {
		got, err := c.ApprovedOrigins(t.Context(), "i")
		if err != nil || !slices.Equal(got, api.origins) {
			t.Errorf("got %v, %v", got, err)
		}
	})
	t.Run("approving an approved origin changes nothing", func(t *testing.T) {
		if err := c.ApproveOrigin(t.Context(), "i", "https://a.example"); err != nil {
			t.Error(err)
		}
	})
	t.Run("no region is refused before anything is sent", func(t *testing.T) {
		if _, err := New(t.Context(), Config{}); err == nil {
			t.Error("accepted")
		}
	})
}

// An instance from before my.connect.aws is at awsapps.com; whether its address comes with the path of its console no source says. What is
// kept is the origin: the adapter record, the trusted URL and the panel's address are made of it.
func TestAnInstanceIsKnownByItsOrigin(t *testing.T) {
	recorded, err := os.ReadFile("testdata/list-instances.json")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(recorded)
	}))
	defer server.Close()
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	for alias, want := range map[string]string{"old-desk": "https://old-desk.awsapps.com", "desk": "https://desk.my.connect.aws"} {
		if got, err := c.InstanceByAlias(t.Context(), alias); err != nil || got.AccessURL != want {
			t.Errorf("%s is at %s, %v; want %s", alias, got.AccessURL, err, want)
		}
	}
}
