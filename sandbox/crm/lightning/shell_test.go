package lightning

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// console is that of a new org with Amelia at it, for requests that carry her session.
func console(t *testing.T) (*crm.Org, people.User, http.Handler) {
	t.Helper()
	org, _, _ := openOrg(t)
	user, err := org.People.UserByName(t.Context(), "agent@patchcord.example")
	if err != nil {
		t.Fatal(err)
	}
	return org, user, Handler(Config{
		Org: org,
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			_, err := r.Cookie(edge.SessionCookie)
			return user.ID, err
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
	_, _, h := console(t)
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
		{"a write from another site", "POST", "/lightning/api/records/Contact", `{"values":{}}`,
			[]string{cookie, token(), "Origin: http://elsewhere.example"}, 403, "CSRF"},
		{"a refusal names its fields", "POST", "/lightning/api/records/Contact", `{"values":{}}`, []string{cookie, token()},
			400, `"fields":["LastName"]`},
		{"a body that is no form", "POST", "/lightning/api/records/Contact", `{"valuez":{}}`, []string{cookie, token()}, 400, "BAD_REQUEST"},
		{"a body that is too large", "POST", "/lightning/api/records/Contact", `{"values":{"x":"` +
			strings.Repeat("x", bodyLimit) + `"}}`, []string{cookie, token()}, 400, "BAD_REQUEST"},
		{"an id that is none", "DELETE", "/lightning/api/records/Contact/x'--", "", []string{cookie, token()}, 404, "NOT_FOUND"},
		{"an object that is no name", "GET", "/lightning/api/lists/Con%20tact", "", []string{cookie}, 400, "BAD_REQUEST"},
		{"an unknown question", "GET", "/lightning/api/dance", "", []string{cookie}, 404, "NOT_FOUND"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := ask(t, h, tc.method, tc.path, tc.body, tc.headers...)
			body, err := io.ReadAll(got.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got.StatusCode != tc.status || !strings.Contains(string(body), tc.contains) {
				t.Fatalf("%s %s = %d %s, want %d with %q", tc.method, tc.path, got.StatusCode, body, tc.status, tc.contains)
			}
		})
	}
}

const center = `<CallCenter><customSettings>{"reqSalesforceCompatibilityMode":"Lightning"}</customSettings>
<displayName>AC</displayName><sections><name>reqGeneralInfo</name>
<items><name>reqAdapterUrl</name><value>ADDRESS</value></items><items><name>reqSoftphoneHeight</name><value>570</value></items>
<items><name>reqSoftphoneWidth</name><value>330</value></items>
<items><name>reqSalesforceCompatibilityMode</name><value>Lightning</value></items></sections></CallCenter>`

// deployConsole puts a console app into the org, with a softphone in its bar and two custom objects, of which one has a tab for the user.
func deployConsole(t *testing.T, org *crm.Org, user schema.RecordID) {
	t.Helper()
	files := map[string][]byte{
		"applications/" + consoleApp + ".app": []byte(`<CustomApplication><navType>Console</navType>` +
			`<tabs>standard-Contact</tabs><tabs>standard-home</tabs>` +
			`<tabs>Hidden__c</tabs><tabs>AC_CtiAdapter__c</tabs><uiType>Lightning</uiType><utilityBar>Bar</utilityBar></CustomApplication>`),
		"flexipages/Bar.flexipage": []byte(`<FlexiPage><flexiPageRegions><componentInstances>` +
			`<componentName>opencti:softPhone</componentName></componentInstances></flexiPageRegions></FlexiPage>`),
	}
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		set, err := a.Create(t.Context(), "PermissionSet", records.Values{"Name": "Sees", "Label": "Sees"})
		for _, o := range []schema.Object{{Name: "AC_CtiAdapter__c", Plural: "AC CTI Adapters"}, {Name: "Hidden__c", Plural: "Hidden"}} {
			o.Label, o.Custom = o.Plural, true
			o.Fields = []schema.Field{{Name: "Name", Label: "Name", Type: "string", Length: 80, NameField: true}}
			if err == nil {
				err = a.PutObject(t.Context(), o)
			}
			if err == nil {
				_, err = a.Create(t.Context(), "ObjectPermissions", records.Values{"ParentId": string(set), "SobjectType": o.Name,
					"PermissionsRead": true})
			}
		}
		if err == nil {
			_, err = a.Create(t.Context(), "PermissionSetTabSetting", records.Values{"ParentId": string(set),
				"Name": "AC_CtiAdapter__c", "Visibility": "Visible"})
		}
		if err == nil {
			_, err = a.Create(t.Context(), "PermissionSetAssignment", records.Values{"PermissionSetId": string(set), "AssigneeId": string(user)})
		}
		if err == nil {
			err = a.PutComponent(t.Context(), records.Component{Type: "CustomApplication", FullName: consoleApp, Files: files})
		}
		if err == nil {
			err = a.PutComponent(t.Context(), records.Component{Type: "FlexiPage", FullName: "Bar", Files: files})
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// joins puts the user into a call center whose adapter is at an address.
func joins(t *testing.T, org *crm.Org, user schema.RecordID, name, address string) {
	t.Helper()
	joinsCenter(t, org, user, name, address, strings.Replace(center, "ADDRESS", address, 1))
}

// joinsCenter puts the user into a call center with this definition.
func joinsCenter(t *testing.T, org *crm.Org, user schema.RecordID, name, address, source string) {
	t.Helper()
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		id, err := a.Create(t.Context(), "CallCenter", records.Values{"Name": name, "InternalName": name, "AdapterUrl": address})
		if err == nil {
			err = a.PutComponent(t.Context(), records.Component{Type: "CallCenter", FullName: name,
				Files: map[string][]byte{"callCenters/" + name + ".callCenter": []byte(source)}})
		}
		if err == nil {
			err = a.Update(t.Context(), "User", user, records.Values{"CallCenterId": string(id)}, "")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestBootstrap(t *testing.T) {
	org, user, h := console(t)
	deployConsole(t, org, user.ID)
	for _, tc := range []struct{ name, center, address, want, frames string }{
		{"a user in no call centre has none", "", "", "", "http://localhost:8081;"},
		{"a relative adapter stands on the Visualforce origin", "A1", "/apex/P?v=2", "http://localhost:8081/apex/P?v=2",
			"http://localhost:8081;"},
		{"an absolute adapter may be framed", "A2", "https://phone.example/x", "https://phone.example/x",
			"http://localhost:8081 https://phone.example;"},
		{"a script is no adapter", "A3", "javascript:alert(1)", "", "http://localhost:8081;"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.center != "" {
				joins(t, org, user.ID, tc.center, tc.address)
			}
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

func TestTheSoftphonesStandbyAddressAndTheTabsOfPages(t *testing.T) {
	org, user, h := console(t)
	deployConsole(t, org, user.ID)
	joinsCenter(t, org, user.ID, "AC", "/apex/P", strings.NewReplacer("ADDRESS", "/apex/P", "</items></sections>", "</items>"+
		"<items><name>reqStandbyUrl</name><value>https://standby.example/x</value></items>"+
		"<items><name>reqTimeout</name><value>2500</value></items></sections>").Replace(center))
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		for name, source := range map[string]string{
			"Help":    "<CustomTab><label>Help</label><page>Help Page</page></CustomTab>",
			"Ride__c": "<CustomTab><customObject>true</customObject></CustomTab>",
		} {
			files := map[string][]byte{"tabs/" + name + ".tab": []byte(source)}
			if err := a.PutComponent(t.Context(), records.Component{Type: "CustomTab", FullName: name, Files: files}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var got bootstrapOut
	if err := json.NewDecoder(ask(t, h, "GET", "/lightning/api/bootstrap", "", cookie).Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.CallCenter == nil || got.CallCenter.StandbyURL != "https://standby.example/x" || got.CallCenter.Timeout != 2500 {
		t.Errorf("%+v", got.CallCenter)
	}
	if len(got.Tabs) != 1 || got.Tabs["Help"] != "/apex/Help%20Page" {
		t.Errorf("tabs %v", got.Tabs)
	}
	policy := ask(t, h, "GET", "/lightning/page/home", "", cookie).Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, " https://standby.example;") {
		t.Errorf("policy = %s", policy)
	}
}

func TestTheSoftphoneLayoutKeepsItsOrder(t *testing.T) {
	objects := layoutObjects{{"Lead", []layoutField{}}, {"Contact", []layoutField{{"Name", "Name"}}}, {"Account", []layoutField{}}}
	body, err := json.Marshal(callTypeLayout{CallRelatedFields: []string{}, Objects: objects})
	const want = `{"callRelatedFields":[],` +
		`"objects":{"Lead":[],"Contact":[{"displayName":"Name","apiName":"Name"}],"Account":[]},"screenPopSettings":{}}`
	if err != nil || string(body) != want {
		t.Errorf("%s, %v\nwant %s", body, err, want)
	}
	if body, err := json.Marshal(layoutObjects(nil)); err != nil || string(body) != "{}" {
		t.Errorf("no objects: %s, %v", body, err)
	}
}
