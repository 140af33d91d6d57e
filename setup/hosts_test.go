package setup

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
)

// domains is an org with a console at one host and Visualforce pages at another; said is what it calls them by Apex.
type domains struct {
	console, pages *httptest.Server
	said           func(d *domains) string // lightning and visualforce host, space separated; nil: no Apex
	astray         bool                    // pages open at the console's host
	refuses        string                  // what it answers at its door
}

func (d *domains) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch at := r.URL.Path; {
	case strings.HasSuffix(at, "/tooling/executeAnonymous/") && d.said != nil:
		_, _ = io.WriteString(w, `{"compiled":true,"exceptionMessage":"System.X: hosts `+d.said(d)+`"}`)
	case strings.HasSuffix(at, "/tooling/executeAnonymous/"):
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `[{"errorCode":"FUNCTIONALITY_NOT_ENABLED","message":"no Apex"}]`)
	case strings.HasSuffix(at, "/query"):
		_, _ = io.WriteString(w, `{"done":true,"records":[{"Id":"066"}]}`)
	case at == "/services/oauth2/singleaccess" && d.refuses != "":
		http.Error(w, d.refuses, http.StatusForbidden)
	case at == "/services/oauth2/singleaccess":
		to := r.PostFormValue("redirect_uri")
		host := d.console
		if strings.HasPrefix(to, "/apex/") && !d.astray {
			host = d.pages
		}
		_, _ = io.WriteString(w, `{"frontdoor_uri":"`+host.URL+to+`"}`)
	}
}

func TestHostsAreLearntTwice(t *testing.T) {
	same := func(d *domains) string {
		return strings.ReplaceAll(d.console.URL+" "+d.pages.URL, "http://", "")
	}
	other := func(d *domains) string {
		return strings.TrimPrefix(d.console.URL, "http://") + " example--c.vf.force.com"
	}
	for _, tc := range []struct {
		name   string
		org    domains
		doubts string // fields
		field  string // of the error
		says   string
	}{
		{"both agree", domains{said: same}, "", "", ""},
		{"without Apex the redirect counts", domains{}, "", "", ""},
		{"they differ", domains{said: other}, "visualforce_origin", "", ""},
		{
			"pages cannot be at the console's host", domains{said: other, astray: true},
			"visualforce_origin", "setup.salesforce.visualforce_origin", "it should be https://example--c.vf.force.com",
		},
		{"a token for the API only", domains{refuses: "Invalid_Scope"}, "", "setup.salesforce", "api, web and refresh_token"},
		{"a user for the API only", domains{refuses: "Bad_OAuth_Token"}, "", "setup.salesforce", "API Only User"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := tc.org
			d.console, d.pages = httptest.NewServer(&d), httptest.NewServer(&d)
			defer d.console.Close()
			defer d.pages.Close()
			session := salesforce.Session{InstanceURL: d.console.URL, AccessToken: "00D!x"}
			crm := salesforce.New(salesforce.Config{Session: session})
			h, err := Hosts{}.Learn(t.Context(), crm)
			var doubts []string
			for _, doubt := range h.Doubts {
				doubts = append(doubts, doubt.Field)
			}
			if strings.Join(doubts, " ") != tc.doubts {
				t.Errorf("doubts %+v, want %s", h.Doubts, tc.doubts)
			}
			failed := &config.Error{}
			if e, ok := errors.AsType[*config.Error](err); ok {
				failed = e
			}
			if failed.Field != tc.field || !strings.Contains(failed.Message, tc.says) {
				t.Errorf("err = %v, want %s: %s", err, tc.field, tc.says)
			}
			if err == nil && (h.Lightning != d.console.URL || h.Visualforce != d.pages.URL) {
				t.Errorf("got %+v", h)
			}
		})
	}
}

func TestNamespacesAreNoDoubt(t *testing.T) {
	for _, tc := range []struct {
		used, other string
		doubts      int
	}{
		{"https://example--amazonconnect.vf.force.com", "example--c.vf.force.com", 0},
		{"https://example--uat--c.sandbox.vf.force.com", "example--uat--c.sandbox.vf.force.com", 0},
		{"https://example--uat--c.sandbox.vf.force.com", "example--dev--c.sandbox.vf.force.com", 1},
		{"https://example.lightning.force.com", "other.lightning.force.com", 1},
		{"https://example.lightning.force.com", "", 0},
	} {
		var h Hosts
		h.doubt(Doubt{Used: tc.used, Other: tc.other})
		if len(h.Doubts) != tc.doubts {
			t.Errorf("%s and %s: %+v", tc.used, tc.other, h.Doubts)
		}
		for _, d := range h.Doubts {
			if u, err := url.Parse(d.Other); err != nil || u.Scheme != "https" || u.Host != tc.other {
				t.Errorf("the other is %s, %v", d.Other, err)
			}
		}
	}
}
