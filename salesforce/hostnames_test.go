package salesforce

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestHostnamesOfEnhancedDomains(t *testing.T) {
	for _, tc := range []struct{ instance, lightning, visualforce string }{
		{"https://example.my.salesforce.com", "example.lightning.force.com", "example--c.vf.force.com"},
		{
			"https://example--uat.sandbox.my.salesforce.com",
			"example--uat.sandbox.lightning.force.com", "example--uat--c.sandbox.vf.force.com",
		},
		{
			"https://Example-dev-ed.develop.my.salesforce.com",
			"example-dev-ed.develop.lightning.force.com", "example-dev-ed--c.develop.vf.force.com",
		},
		{"https://example.my.salesforce.mil", "example.lightning.crmforce.mil", ""},
		{"http://localhost:8080", "", ""},
		{"https://na1.salesforce.com", "", ""},
	} {
		if got := EnhancedHostnames(tc.instance); got != (Hostnames{tc.lightning, tc.visualforce}) {
			t.Errorf("%s: %+v", tc.instance, got)
		}
	}
}

func TestHostnamesByApex(t *testing.T) {
	const said = `{"line":1,"column":1,"compiled":true,"success":false,"compileProblem":null,` +
		`"exceptionStackTrace":"AnonymousBlock: line 1, column 1","exceptionMessage":` +
		`"System.IllegalArgumentException: hosts Example.lightning.force.com example--c.vf.force.com"}`
	const old = `{"compiled":false,"success":false,"compileProblem":"Variable does not exist: DomainCreator"}`
	named := Hostnames{"example.lightning.force.com", "example--c.vf.force.com"}
	for _, tc := range []struct {
		name   string
		status int
		answer string
		want   Hostnames
		err    error
	}{
		{"the org says them", 200, said, named, nil},
		{"an old org has no such class", 200, old, Hostnames{}, ErrNoApex},
		{"the user may not", 403, `[{"errorCode":"INSUFFICIENT_ACCESS","message":"no"}]`, Hostnames{}, ErrNoApex},
		{"the session is over", 401, `[{"errorCode":"INVALID_SESSION_ID","message":"over"}]`, Hostnames{}, ErrExpired},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				const call = "System.DomainCreator.getVisualforceHostname(null)"
				asked := r.URL.Query().Get("anonymousBody")
				if !strings.HasSuffix(r.URL.Path, "/tooling/executeAnonymous/") || !strings.Contains(asked, call) {
					t.Errorf("asked %s", r.URL)
				}
				w.WriteHeader(tc.status)
				_, _ = io.WriteString(w, tc.answer)
			})
			got, err := c.Hostnames(t.Context())
			if got != tc.want || !errors.Is(err, tc.err) {
				t.Errorf("got %+v, %v; want %+v, %v", got, err, tc.want, tc.err)
			}
		})
	}
}
