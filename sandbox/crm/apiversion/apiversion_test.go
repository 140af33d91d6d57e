package apiversion

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAllAreNamedAfterTheirReleases(t *testing.T) {
	all := All()
	if first := all[0]; first != (Version{"Summer '14", "/services/data/v31.0", "31.0"}) {
		t.Errorf("first %+v", first)
	}
	names := map[string]string{"32.0": "Winter '15", "58.0": "Summer '23", "63.0": "Spring '25", "65.0": "Winter '26",
		"66.0": "Spring '26", "67.0": "Summer '26"}
	for _, v := range all {
		if want, known := names[v.Version]; known && v.Label != want {
			t.Errorf("%s is %s, want %s", v.Version, v.Label, want)
		}
	}
}

func TestRetiredVersionsAreRefusedInEachAPIsWay(t *testing.T) {
	h := Guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	for _, tc := range []struct {
		path   string
		status int
		says   string
	}{
		{"/services/data/v30.0/query", 410, `"errorCode":"GONE"`},
		{"/services/data/v20.0", 410, `"errorCode":"GONE"`},
		{"/services/data/v30.0/jobs/ingest", 400, `"errorCode":"InvalidVersion"`},
		{"/services/Soap/u/29.0", 500, "UNSUPPORTED_API_VERSION"},
		{"/services/Soap/m/21.0/00D", 500, "UNSUPPORTED_API_VERSION"},
		{"/services/data/v31.0/query", 418, ""},
		{"/services/data/v31.0/jobs/ingest", 418, ""},
		{"/services/Soap/c/67.0", 418, ""},
		{"/services/data", 418, ""},
		{"/lightning/page/home", 418, ""},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, tc.path, nil))
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.says) {
			t.Errorf("%s: %d %s, want %d %s", tc.path, w.Code, w.Body, tc.status, tc.says)
		}
	}
}
