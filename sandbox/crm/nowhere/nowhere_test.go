package nowhere

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func ask(h http.Handler, method, path, kind, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const (
	asJSON = "application/json;charset=UTF-8"
	asSOAP = "text/xml; charset=utf-8"
	noApex = "<faultcode>sf:FUNCTIONALITY_NOT_ENABLED</faultcode>"
)

func TestEachAPIRefusesInItsOwnShape(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /services/oauth2/token", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /services/Soap/m/", func(http.ResponseWriter, *http.Request) {})
	h := Guard(mux)
	for _, tc := range []struct {
		name, method, path, kind, body string
		status                         int
		answers, says                  string
	}{
		{
			"REST", "GET", "/services/data/v67.0/nothing", "", "",
			404, asJSON, `[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]`,
		},
		{"a service that is not there", "GET", "/services/nothing", "", "", 404, asJSON, `"errorCode":"NOT_FOUND"`},
		{"the services themselves", "GET", "/services", "", "", 404, asJSON, `"errorCode":"NOT_FOUND"`},
		{
			"Bulk 1.0 in XML", "POST", "/services/async/67.0/job", "application/xml; charset=UTF-8", "<jobInfo/>",
			400, "application/xml", `<error xmlns="http://www.force.com/2009/06/asyncapi/dataload"><exceptionCode>FeatureNotEnabled</exceptionCode>`,
		},
		{
			"Bulk 1.0 in JSON", "POST", "/services/async/67.0/job", "application/json", "{}",
			400, asJSON, `{"exceptionCode":"FeatureNotEnabled"`,
		},
		{
			"Bulk 1.0, a batch", "GET", "/services/async/67.0/job/750x/batch", "", "",
			400, "application/xml", "FeatureNotEnabled",
		},
		{"Apex by SOAP", "POST", "/services/Soap/s/67.0/00D000000000001", "text/xml", "<x/>", 500, asSOAP, noApex},
		{"Tooling by SOAP", "POST", "/services/Soap/T/67.0", "text/xml", "<x/>", 500, asSOAP, noApex},
		{"a web service of the org's own", "POST", "/services/Soap/class/Mine", "text/xml", "<x/>", 500, asSOAP, noApex},
		{
			"a SOAP path of no API", "POST", "/services/Soap/x/67.0", "text/xml", "<x/>",
			500, asSOAP, "<faultcode>sf:UNKNOWN_EXCEPTION</faultcode>",
		},
		{
			"a SOAP API asked by GET", "GET", "/services/Soap/m/67.0", "", "",
			500, asSOAP, "<faultcode>sf:INVALID_OPERATION</faultcode>",
		},
		{"no such OAuth endpoint", "GET", "/services/oauth2/nothing", "", "", 404, asJSON, `{"error":"invalid_request"`},
		{
			"an OAuth endpoint asked by GET", "GET", "/services/oauth2/token", "", "",
			400, asJSON, `{"error":"invalid_request","error_description":"must use HTTP POST"}`,
		},
		{
			"streaming", "POST", "/cometd/67.0", "application/json", `[{"channel":"/meta/handshake","id":"7","version":"1.0"}]`,
			200, asJSON, `[{"id":"7","channel":"/meta/handshake","successful":false,"error":"403::`,
		},
		{
			"streaming, a path below", "POST", "/cometd/67.0/handshake", "application/json", `junk`,
			200, asJSON, `"advice":{"reconnect":"none"}`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := ask(h, tc.method, tc.path, tc.kind, tc.body)
			if w.Code != tc.status || w.Header().Get("Content-Type") != tc.answers || !strings.Contains(w.Body.String(), tc.says) {
				t.Errorf("%d %s\n%s\nwant %d %s with %s", w.Code, w.Header(), w.Body, tc.status, tc.answers, tc.says)
			}
			if w.Header().Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers %v", w.Header())
			}
			readable(t, w)
		})
	}
}

// readable fails unless a body is what its header says.
func readable(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if !json.Valid(w.Body.Bytes()) {
			t.Errorf("no JSON: %s", w.Body)
		}
		return
	}
	for d := xml.NewDecoder(strings.NewReader(w.Body.String())); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("no XML: %v\n%s", err, w.Body)
		}
	}
}

func TestAnswersOfTheDoorsAreLeftAlone(t *testing.T) {
	h := Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/text") {
			w.Header().Set("Content-Type", "text/plain")
			w.WriteHeader(http.StatusOK)
			_, _ = io.WriteString(w, "words")
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `["own"]`)
	}))
	if w := ask(h, "GET", "/services/data/x", "", ""); w.Code != 404 || w.Body.String() != `["own"]` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(h, "GET", "/services/text", "", ""); w.Code != 200 || w.Body.String() != "words" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	plain := Guard(http.NotFoundHandler())
	if w := ask(plain, "GET", "/lightning/nothing", "", ""); w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("a page: %v", w.Header())
	}
}
