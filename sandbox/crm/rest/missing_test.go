package rest

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestWhatTheOrgLacksIsRefusedInTheAPIsShape has what docs/limits.md names: the code is the platform's, and the body is
// a list of errors.
func TestWhatTheOrgLacksIsRefusedInTheAPIsShape(t *testing.T) {
	d := open(t)
	account := d.want("POST", "/services/data/v67.0/sobjects/Account", `{"Name":"Lake"}`, `"id":"(001\w{15})"`)
	query := func(soql string) string { return "/query?q=" + url.QueryEscape(soql) }
	for _, tc := range []struct {
		name, method, path, body string
		status                   int
		code, says               string
	}{
		{"person accounts, read", "GET", query("SELECT Id, IsPersonAccount FROM Account"), "", 400, "INVALID_FIELD", "IsPersonAccount"},
		{"person accounts, written", "POST", "/sobjects/Account", `{"LastName":"Lake"}`, 400, "INVALID_FIELD", "LastName"},
		{"events, read", "GET", query("SELECT Id FROM Event"), "", 400, "INVALID_TYPE", "Event"},
		{"events, written", "POST", "/sobjects/Event", `{"Subject":"x"}`, 404, "NOT_FOUND", ""},
		{"files, read", "GET", query("SELECT Id FROM ContentVersion"), "", 400, "INVALID_TYPE", "ContentVersion"},
		{"files, written", "POST", "/sobjects/ContentVersion", `{"Title":"x"}`, 404, "NOT_FOUND", ""},
		{"attachments, read", "GET", query("SELECT Id FROM Attachment"), "", 400, "INVALID_TYPE", "Attachment"},
		{"attachments, written", "POST", "/sobjects/Attachment", `{"Name":"x"}`, 404, "NOT_FOUND", ""},
		{"list views, read", "GET", query("SELECT Id FROM ListView"), "", 400, "INVALID_TYPE", "ListView"},
		{"list views of an object", "GET", "/sobjects/Account/listviews", "", 404, "NOT_FOUND", ""},
		{"a list view of an object", "GET", "/sobjects/Account/listviews/00B000000000001/describe", "", 404, "NOT_FOUND", ""},
		{"the results of a list view", "GET", "/sobjects/Account/listviews/00B000000000001/results", "", 404, "NOT_FOUND", ""},
		{"how many records there are", "GET", "/limits/recordCount?sObjects=Account", "", 404, "NOT_FOUND", ""},
		{"TYPEOF", "GET", query("SELECT TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Task"), "", 400, "MALFORMED_QUERY", "TYPEOF"},
		{"the type of an owner that is always a user", "GET", query("SELECT Owner.Type FROM Account"), "", 400, "INVALID_FIELD", "Type"},
		{"the role of a user", "GET", query("SELECT UserRole.Name FROM User"), "", 400, "INVALID_FIELD", "UserRole"},
		{"roles", "GET", query("SELECT Id FROM UserRole"), "", 400, "INVALID_TYPE", "UserRole"},
		{"actions of an object", "GET", "/sobjects/Account/quickActions", "", 404, "NOT_FOUND", ""},
		{"layouts of an object", "GET", "/sobjects/Account/describe/layouts", "", 404, "NOT_FOUND", ""},
		{"a method that a resource lacks", "DELETE", "/query", "", 404, "NOT_FOUND", ""},
		{"a related list that is not there", "GET", "/sobjects/Account/" + account + "/Nothing", "", 404, "NOT_FOUND", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			d.api.ServeHTTP(w, httptest.NewRequest(tc.method, "/services/data/v67.0"+tc.path, strings.NewReader(tc.body)))
			var out []struct{ Message, ErrorCode string }
			if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || len(out) != 1 {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			if w.Code != tc.status || out[0].ErrorCode != tc.code || !strings.Contains(out[0].Message, tc.says) {
				t.Errorf("%d %+v, want %d %s with %q", w.Code, out[0], tc.status, tc.code, tc.says)
			}
		})
	}
	d.want("POST", "/services/data", "", `^\[\{"message":".*","errorCode":"NOT_FOUND"\}\]`)
}
