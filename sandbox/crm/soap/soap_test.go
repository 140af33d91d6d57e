package soap

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// desk asks the API as one user.
type desk struct {
	t *testing.T
	h http.Handler
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{},
		Log: slog.New(slog.DiscardHandler), Users: []crm.SeedUser{
			{Username: "agent@x.example", FirstName: "Amelia", LastName: "O", Alias: "b", Password: "p"},
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	return &desk{t, Handler(Config{
		Org: org, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			if r.Header.Get("Authorization") != "Bearer good" {
				return "", people.ErrNoSession
			}
			u, err := org.People.UserByName(r.Context(), "agent@x.example")
			return u.ID, err
		},
		Doors: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := make([]byte, 4096)
			n, _ := r.Body.Read(body)
			_, _ = w.Write(append([]byte("doors: "), body[:n]...))
		}),
	})}
}

func (d *desk) ask(session, body string) string {
	d.t.Helper()
	rec := httptest.NewRecorder()
	d.h.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/services/Soap/u/67.0",
		strings.NewReader(`<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" `+
			`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Header><p:SessionHeader xmlns:p="urn:partner.soap.sforce.com"><p:sessionId>`+
			session+`</p:sessionId></p:SessionHeader></s:Header><s:Body>`+body+`</s:Body></s:Envelope>`)))
	return rec.Body.String()
}

func (d *desk) want(body, pattern string) string {
	d.t.Helper()
	got := d.ask("good", body)
	found := regexp.MustCompile(pattern).FindStringSubmatch(got)
	if found == nil {
		d.t.Fatalf("%s\n got %s\nwant %s", body, got, pattern)
	}
	return found[len(found)-1]
}

func TestRecordsBySOAP(t *testing.T) {
	d := newDesk(t)
	id := d.want(`<create xmlns="urn:partner.soap.sforce.com"><sObjects><type>Contact</type><LastName>O&apos;Neil &amp; `+
		`Co</LastName><DoNotCall>true</DoNotCall></sObjects></create>`,
		`<createResponse><result><id>(003\w{15})</id><success>true</success></result></createResponse>`)
	d.want(`<query><queryString>SELECT Id, LastName, DoNotCall, Account.Name FROM Contact</queryString></query>`,
		`<done>true</done><queryLocator xsi:nil="true"/><records xsi:type="sf:sObject"><sf:type>Contact</sf:type>`+
			`<sf:Id>`+id+`</sf:Id><sf:LastName>O&#39;Neil &amp; Co</sf:LastName><sf:DoNotCall>true</sf:DoNotCall>`+
			`<sf:Account xsi:nil="true"/></records><size>1</size>`)
	d.want(`<update><sObjects><type>Contact</type><Id>`+id+`</Id><FirstName>Maya</FirstName>`+
		`<fieldsToNull>Email</fieldsToNull></sObjects></update>`, `<id>`+id+`</id><success>true</success>`)
	d.want(`<retrieve><fieldList>Name</fieldList><sObjectType>Contact</sObjectType><ids>`+id+`</ids><ids>003000000000000AAA</ids></retrieve>`,
		`<sf:Name>Maya O&#39;Neil &amp; Co</sf:Name></result><result xsi:nil="true"/>`)
	d.want(`<search><searchString>FIND {Maya} RETURNING Contact(Id)</searchString></search>`,
		`<searchRecords><record xsi:type="sf:sObject"><sf:type>Contact</sf:type>`)
	d.want(`<create><sObjects xsi:type="Contact"><FirstName>No name</FirstName></sObjects></create>`,
		`<errors><fields>LastName</fields><message>Required fields are missing: `+
			`\[LastName\]</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><id xsi:nil="true"/><success>false</success>`)
	d.want(`<delete><ids>`+id+`</ids><ids>nonsense</ids></delete>`,
		`<success>true</success></result><result><errors><message>bad id nonsense</message><statusCode>MALFORMED_ID`)
	d.want(`<describeSObjects><sObjectType>Contact</sObjectType></describeSObjects>`,
		`<name>LastName</name><nameField>false</nameField><nillable>false</nillable>`)
	d.want(`<describeGlobal/>`, `<name>Contact</name>`)
	d.want(`<describeSoftphoneLayout/>`,
		`<screenPopOptions><matchType>SingleMatch</matchType><screenPopType>PopToEntity</screenPopType></screenPopOptions>`)
}

func TestPasswordsBySOAP(t *testing.T) {
	d := newDesk(t)
	user := d.want(`<query><queryString>SELECT Id FROM User WHERE Username = 'agent@x.example'</queryString></query>`,
		`<sf:Id>(005\w{15})</sf:Id>`)
	d.want(`<setPassword><userId>`+user+`</userId><password>short</password></setPassword>`, `<faultcode>sf:INVALID_NEW_PASSWORD</faultcode>`)
	d.want(`<setPassword><userId>`+user+`</userId><password>riding-home-1</password></setPassword>`,
		`<setPasswordResponse><result></result></setPasswordResponse>`)
	d.want(`<resetPassword><userId>`+user+`</userId></resetPassword>`,
		`<resetPasswordResponse><result><password>\S{8,}</password></result></resetPasswordResponse>`)
	d.want(`<resetPassword><userId>005000000000000AAA</userId></resetPassword>`, `<faultcode>sf:NOT_FOUND</faultcode>`)
}

func TestFaults(t *testing.T) {
	d := newDesk(t)
	d.want(`<query><queryString>SELECT Nope FROM Contact</queryString></query>`,
		`<faultcode>sf:INVALID_FIELD</faultcode>.*<sf:exceptionCode>INVALID_FIELD</sf:exceptionCode>`)
	d.want(`<query><queryString>SELECT Id FROM PermissionSet</queryString></query>`, `sf:INVALID_TYPE`)
	if got := d.ask("bad", `<query><queryString>SELECT Id FROM Contact</queryString></query>`); !strings.Contains(got,
		"<faultcode>sf:INVALID_SESSION_ID</faultcode>") {
		t.Error(got)
	}
	if got := d.ask("", `<login><username>a</username></login>`); !strings.Contains(got, "doors: ") || !strings.Contains(got, "<login>") {
		t.Errorf("logging in is the doors' work: %s", got)
	}
}

func FuzzEnvelope(f *testing.F) {
	f.Add([]byte(`<a><b xsi:nil="true">x</b></a>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, _ := parse(body)
		_, _, _ = e.under("Body").first().sObject()
	})
}
