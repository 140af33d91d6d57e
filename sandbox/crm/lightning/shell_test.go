package lightning

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// paperOrg is an org without records: what was deployed, and who is in which call centre.
type paperOrg struct {
	Data
	components map[string]string // "CallCenter/Name" to source
	center     string
}

func (paperOrg) TrustedFrames(context.Context) []string { return nil }

func (o paperOrg) User(_ context.Context, id string) (User, error) {
	return User{ID: id, Name: "Amelia Okafor", CallCenter: o.center}, nil
}
func (paperOrg) Organization(context.Context, string) (string, string, error) {
	return "00D", "Demo", nil
}
func (paperOrg) As(context.Context, string) (Actor, error) { return clerk{}, nil }
func (o paperOrg) Component(_ context.Context, kind, name string) ([]byte, error) {
	if source, ok := o.components[kind+"/"+name]; ok {
		return []byte(source), nil
	}
	return nil, nil
}
func (paperOrg) SoftphoneLayout(context.Context, string) (crm.SoftphoneLayout, error) {
	return crm.ImplicitSoftphoneLayout(), nil
}
func (o paperOrg) Apps(context.Context) ([]App, error) {
	return []App{{Name: consoleApp, ID: consoleID, Source: []byte(o.components["CustomApplication/"+consoleApp])}}, nil
}
func (paperOrg) Components(context.Context, string) ([]string, error) { return nil, nil }

// clerk sees contacts and one custom object, and refuses to write.
type clerk struct{ Actor }

func (clerk) Objects(context.Context) ([]Object, error) {
	return []Object{
		{Name: "Contact", Label: "Contact", Plural: "Contacts", KeyPrefix: "003"},
		{Name: "AC_CtiAdapter__c", Label: "AC CTI Adapter", Plural: "AC CTI Adapters", KeyPrefix: "a00", Custom: true},
		{Name: "Hidden__c", Label: "Hidden", Plural: "Hidden", KeyPrefix: "a01", Custom: true},
	}, nil
}
func (clerk) SeesTab(_ context.Context, object string) bool { return object != "Hidden__c" }
func (clerk) SeesApp(context.Context, string) bool          { return true }
func (clerk) Object(_ context.Context, name string) (Object, error) {
	return Object{Name: name, Label: name}, nil
}
func (clerk) Create(context.Context, string, map[string]json.RawMessage) (string, error) {
	return "", &crm.Error{Status: 400, Code: "REQUIRED_FIELD_MISSING", Message: "Required fields are missing: [LastName]", Fields: []string{"LastName"}}
}
func (clerk) Person(context.Context) (Person, error) {
	return Person{TimeZone: "America/Los_Angeles"}, nil
}
func (clerk) Kept(context.Context, string) (string, error) { return "", nil }
func (clerk) Delete(context.Context, string, string) error { return errors.New("disk full at /secret") }

func console(org paperOrg) http.Handler {
	return Handler(Config{
		Data: org,
		Authenticate: func(r *http.Request) (crm.RecordID, error) {
			if _, err := r.Cookie(edge.SessionCookie); err != nil {
				return "", err
			}
			return "005000000000001AAA", nil
		},
		Page: fstest.MapFS{
			"index.html":   {Data: []byte("<!doctype html>")},
			"assets/a.css": {Data: []byte("a{}")},
			"opencti.js":   {Data: []byte("sforce")},
		},
		Origin:            "http://localhost:8080",
		VisualforceOrigin: "http://localhost:8081",
		Log:               slog.New(slog.DiscardHandler),
	})
}

func ask(t *testing.T, h http.Handler, method, path, body string, more ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for _, header := range more {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

const cookie = "Cookie: sid=00D!token"

func token() string {
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: edge.SessionCookie, Value: "00D!token"})
	return edge.TokenHeader + ": " + edge.Token(r)
}

func TestStatus(t *testing.T) {
	for _, tc := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		contains                 string
	}{
		{"signed out, a page leads to sign-in and back", "GET", "/lightning/r/Contact/003000000000001AAA/view", "", nil, 302, ""},
		{"signed out, data is refused", "GET", "/lightning/api/bootstrap", "", nil, 401, "INVALID_SESSION_ID"},
		{"signed in, every address is the page", "GET", "/lightning/o/Contact/list", "", []string{cookie}, 200, "<!doctype"},
		{"files need no session", "GET", "/lightning/assets/a.css", "", nil, 200, "a{}"},
		{"a file that is not there", "GET", "/lightning/assets/b.css", "", nil, 404, ""},
		{"a folder is no file", "GET", "/lightning/assets/", "", []string{cookie}, 200, "<!doctype"},
		{"old addresses lead to the console", "GET", "/one/one.app", "", nil, 302, ""},
		{"a write without its token", "DELETE", "/lightning/api/records/Contact/003000000000001AAA", "", []string{cookie}, 403, "CSRF"},
		{"a write from another site", "POST", "/lightning/api/records/Contact", `{"values":{}}`, []string{cookie, token(), "Origin: http://elsewhere.example"}, 403, "CSRF"},
		{"a refusal names its fields", "POST", "/lightning/api/records/Contact", `{"values":{}}`, []string{cookie, token()}, 400, `"fields":["LastName"]`},
		{"a body that is no form", "POST", "/lightning/api/records/Contact", `{"valuez":{}}`, []string{cookie, token()}, 400, "BAD_REQUEST"},
		{"a body that is too large", "POST", "/lightning/api/records/Contact", `{"values":{"x":"` + strings.Repeat("x", bodyLimit) + `"}}`, []string{cookie, token()}, 400, "BAD_REQUEST"},
		{"our own trouble stays ours", "DELETE", "/lightning/api/records/Contact/003000000000001AAA", "", []string{cookie, token()}, 500, "Something went wrong"},
		{"an id that is none", "DELETE", "/lightning/api/records/Contact/x'--", "", []string{cookie, token()}, 404, "NOT_FOUND"},
		{"an object that is no name", "GET", "/lightning/api/lists/Con%20tact", "", []string{cookie}, 400, "BAD_REQUEST"},
		{"an unknown question", "GET", "/lightning/api/dance", "", []string{cookie}, 404, "NOT_FOUND"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := ask(t, console(paperOrg{}), tc.method, tc.path, tc.body, tc.headers...)
			body, err := io.ReadAll(got.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got.StatusCode != tc.status || !strings.Contains(string(body), tc.contains) {
				t.Fatalf("%s %s = %d %s, want %d with %q", tc.method, tc.path, got.StatusCode, body, tc.status, tc.contains)
			}
			if strings.Contains(string(body), "/secret") {
				t.Errorf("the answer gives a cause away: %s", body)
			}
		})
	}
}

const center = `<CallCenter><displayName>AC</displayName><sections><name>reqGeneralInfo</name>
<items><name>reqAdapterUrl</name><value>ADDRESS</value></items><items><name>reqSoftphoneHeight</name><value>570</value></items>
<items><name>reqSoftphoneWidth</name><value>330</value></items>
<items><name>reqSalesforceCompatibilityMode</name><value>Lightning</value></items></sections></CallCenter>`

func TestBootstrap(t *testing.T) {
	for _, tc := range []struct{ name, center, address, want, frames string }{
		{"a relative adapter stands on the Visualforce origin", "AC", "/apex/P?v=2", "http://localhost:8081/apex/P?v=2", "http://localhost:8081;"},
		{"an absolute adapter may be framed", "AC", "https://phone.example/x", "https://phone.example/x", "http://localhost:8081 https://phone.example;"},
		{"a script is no adapter", "AC", "javascript:alert(1)", "", "http://localhost:8081;"},
		{"a user in no call centre has none", "", "/apex/P", "", "http://localhost:8081;"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := console(paperOrg{center: tc.center, components: map[string]string{
				"CallCenter/AC":                   strings.Replace(center, "ADDRESS", tc.address, 1),
				"CustomApplication/" + consoleApp: `<CustomApplication><tabs>standard-Contact</tabs><tabs>standard-home</tabs><tabs>Hidden__c</tabs><tabs>AC_CtiAdapter__c</tabs><navType>Console</navType><uiType>Lightning</uiType><utilityBar>Bar</utilityBar></CustomApplication>`,
				"FlexiPage/Bar":                   `<FlexiPage><flexiPageRegions><componentInstances><componentName>opencti:softPhone</componentName></componentInstances></flexiPageRegions></FlexiPage>`,
			}})
			var got bootstrapOut
			if err := json.NewDecoder(ask(t, h, "GET", "/lightning/api/bootstrap", "", cookie).Body).Decode(&got); err != nil {
				t.Fatal(err)
			}
			address := ""
			if got.CallCenter != nil {
				address = got.CallCenter.AdapterURL
			}
			if address != tc.want {
				t.Errorf("adapter at %q, want %q", address, tc.want)
			}
			var items []string
			for _, item := range got.App.Navigation {
				items = append(items, item.Label)
			}
			if have := strings.Join(items, ", "); have != "Contacts, Home, AC CTI Adapters" { // as deployed; Hidden__c has no tab for this user
				t.Errorf("navigation = %s", have)
			}
			if len(got.App.Utilities) != 1 || got.App.Utilities[0].Label != "Phone" {
				t.Errorf("utilities = %+v", got.App.Utilities)
			}
			policy := ask(t, h, "GET", "/lightning/page/home", "", cookie).Header.Get("Content-Security-Policy")
			if !strings.Contains(policy, "frame-src 'self' "+tc.frames) || strings.Contains(policy, "unsafe") {
				t.Errorf("policy = %s", policy)
			}
		})
	}
}
