package salesforce

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// door is an org's server whose pages are at another host, reached over the platform's bridge between the two.
type door struct {
	t     *testing.T
	pages *httptest.Server
	org   *httptest.Server
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/services/oauth2/singleaccess":
		_, _ = io.WriteString(w, `{"frontdoor_uri":"`+d.org.URL+"/secur/frontdoor.jsp?otp=once&to="+
			url.QueryEscape(r.PostFormValue("redirect_uri"))+`"}`)
	case "/secur/frontdoor.jsp":
		if r.URL.Query().Get("otp") != "once" {
			d.t.Errorf("the door got %s", r.URL.RawQuery)
		}
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: "s", Path: "/"})
		_, _ = io.WriteString(w, `<script>if (window.x) {} window.location.replace('`+r.URL.Query().Get("to")+`');</script>`)
	case "/apex/Script", "/apex/Refresh":
		if _, err := r.Cookie("sid"); err != nil {
			d.t.Error("the session was lost on the way")
		}
		http.Redirect(w, r, "/visualforce/session?url="+url.QueryEscape(d.pages.URL+r.URL.Path), http.StatusFound)
	case "/visualforce/session":
		to := r.URL.Query().Get("url")
		if strings.HasSuffix(to, "Script") {
			_, _ = io.WriteString(w, `<script>window.location.href = "`+strings.ReplaceAll(to, "/", `\/`)+`"</script>`)
		} else {
			_, _ = io.WriteString(w, `<meta http-equiv="refresh" content="0; url=`+to+`?a=1&amp;b=2">`)
		}
	case "/apex/Forgotten":
		http.Redirect(w, r, "/lightning/page/home", http.StatusFound)
	case "/loop":
		http.Redirect(w, r, "/loop", http.StatusFound)
	}
}

// An org has several hosts; where a page is shows only when it is opened.
func TestLanding(t *testing.T) {
	d := &door{t: t, pages: httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<script>window.location.href = "https://elsewhere.example/"</script>the page`)
	}))}
	defer d.pages.Close()
	var c *Client
	c, d.org = serve(t, d.ServeHTTP)
	for _, page := range []string{"/apex/Script", "/apex/Refresh"} {
		if got, err := c.Landing(t.Context(), page); err != nil || got != d.pages.URL {
			t.Errorf("%s landed at %s, %v; want %s", page, got, err, d.pages.URL)
		}
	}
	if got, err := c.Landing(t.Context(), "/apex/Forgotten"); err == nil || !strings.Contains(err.Error(), "/lightning/page/home instead") {
		t.Errorf("a door that forgets the page: %s, %v", got, err)
	}
	if _, err := c.Landing(t.Context(), "/loop"); err == nil || strings.Contains(err.Error(), "otp=") {
		t.Errorf("in a loop: %v", err)
	}
}

// A session of a log-in by password is no OAuth token, so the newer door may refuse it; the older one takes its id.
func TestLandingBySessionID(t *testing.T) {
	for _, tc := range []struct {
		name, refusal, page string
		takesID             bool
		want                error
	}{
		{"the older door takes it", "Bad_OAuth_Token", "/apex/P", true, nil},
		{"a token for the API only", "Invalid_Scope", "/apex/P", false, ErrScope},
		{"a user for the API only", "Bad_OAuth_Token", "/apex/P", false, ErrNoPages},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, org := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/services/oauth2/singleaccess":
					http.Error(w, tc.refusal, http.StatusForbidden)
				case "/secur/frontdoor.jsp":
					if r.Method != http.MethodPost || r.URL.RawQuery != "" || r.PostFormValue("sid") == "" {
						t.Errorf("the door got %s %s", r.Method, r.URL)
					}
					to := "/"
					if tc.takesID {
						to = r.PostFormValue("retURL")
					}
					http.Redirect(w, r, to, http.StatusFound)
				}
			})
			got, err := c.Landing(t.Context(), tc.page)
			if !errors.Is(err, tc.want) || tc.want == nil && got != org.URL {
				t.Errorf("landed at %s, %v; want %v", got, err, tc.want)
			}
		})
	}
}
