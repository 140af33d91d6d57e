package toolkit

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestHandler(t *testing.T) {
	page := fstest.MapFS{"opencti.js": {Data: []byte("sforce")}, "index.html": {Data: []byte("shell")}}
	for _, tc := range []struct {
		name, method, path string
		status             int
	}{
		{"the script of a current version", "GET", "/support/api/67.0/lightning/opencti_min.js", 200},
		{"its readable twin", "GET", "/support/api/42.0/lightning/opencti.js", 200},
		{"the first version there was", "GET", "/support/api/38.0/lightning/opencti_min.js", 200},
		{"a version before Lightning", "GET", "/support/api/37.0/lightning/opencti_min.js", 404},
		{"the script of Classic", "GET", "/support/api/60.0/interaction.js", 404},
		{"another file of the page", "GET", "/support/api/67.0/lightning/index.html", 404},
		{"a climb out of the folder", "GET", "/support/api/67.0/lightning/../opencti.js", 404},
		{"a write", "POST", "/support/api/67.0/lightning/opencti_min.js", 405},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			Handler(page, false).ServeHTTP(w, httptest.NewRequest(tc.method, tc.path, nil))
			if w.Code != tc.status {
				t.Fatalf("%s %s = %d, want %d", tc.method, tc.path, w.Code, tc.status)
			}
			if w.Code == http.StatusOK && !strings.HasPrefix(w.Body.String(), "sforce") {
				t.Errorf("body = %q", w.Body)
			}
		})
	}
	for _, tc := range []struct {
		name, version string
		without, has  bool
	}{
		{"has the message service since 47.0", "47.0", false, true},
		{"has none before", "46.0", false, false},
		{"has none in an org that is to be without it", "67.0", true, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", "/support/api/"+tc.version+"/lightning/opencti_min.js", nil)
			Handler(page, tc.without).ServeHTTP(w, r)
			if has := w.Body.String() == "sforce"; has != tc.has {
				t.Errorf("body = %q", w.Body)
			}
		})
	}
	t.Run("says what Classic's scripts are not there for", func(t *testing.T) {
		w := httptest.NewRecorder()
		Handler(page, false).ServeHTTP(w, httptest.NewRequest("GET", "/support/api/60.0/interaction.js", nil))
		console := httptest.NewRecorder()
		Classic(console, httptest.NewRequest("GET", "/support/console/60.0/integration.js", nil))
		for _, got := range []*httptest.ResponseRecorder{w, console} {
			if got.Code != http.StatusNotFound || !strings.Contains(got.Body.String(), "no Salesforce Classic") {
				t.Errorf("%d %s", got.Code, got.Body)
			}
		}
	})
	t.Run("says so when the page is not built", func(t *testing.T) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/support/api/67.0/lightning/opencti_min.js", nil)
		Handler(fstest.MapFS{}, false).ServeHTTP(w, r)
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("status = %d, want 503", w.Code)
		}
	})
}
