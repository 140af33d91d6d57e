package metadata

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// site is an org with the API in front of it, asked as the administrator unless agent is set.
type site struct {
	t     *testing.T
	org   *crm.Org
	api   *API
	agent bool
}

func newSite(t *testing.T) *site {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: log, Users: []crm.SeedUser{
		{Username: "admin@x.example", FirstName: "Ada", LastName: "B", Alias: "a", Password: "p", Administrator: true},
		{Username: "agent@x.example", FirstName: "Amelia", LastName: "O", Alias: "b", Password: "p"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, org: org}
	s.api = New(Config{Org: org, Clock: clock.System{}, Log: log, Authenticate: func(r *http.Request) (schema.RecordID, error) {
		name := "admin@x.example"
		if s.agent {
			name = "agent@x.example"
		}
		u, err := org.People.UserByName(r.Context(), name)
		return u.ID, err
	}})
	t.Cleanup(func() { s.api.Close(); _ = org.Close() })
	return s
}

func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, body := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

type deployed struct {
	ID     string `json:"id"`
	Result struct {
		Done    bool   `json:"done"`
		Status  string `json:"status"`
		Message string `json:"errorMessage"`
		Details struct {
			Successes []message `json:"componentSuccesses"`
			Failures  []message `json:"componentFailures"`
		} `json:"details"`
	} `json:"deployResult"`
}

const base = "/services/data/v67.0/metadata/deployRequest"

func (s *site) post(archive []byte) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.postWith(archive, `{"deployOptions":{"singlePackage":true,"rollbackOnError":true}}`)
}

func (s *site) postWith(archive []byte, options string) *httptest.ResponseRecorder {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("json", options); err != nil {
		s.t.Fatal(err)
	}
	w, err := form.CreateFormFile("file", "package.zip")
	if err != nil {
		s.t.Fatal(err)
	}
	_, _ = w.Write(archive)
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, base, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	rec := httptest.NewRecorder()
	s.api.Handler().ServeHTTP(rec, r)
	return rec
}

// deploy waits for the end of a deployment.
func (s *site) deploy(archive []byte) deployed {
	s.t.Helper()
	return s.ended(s.post(archive))
}

// checkOnly is deploy with the option that keeps nothing.
func (s *site) checkOnly(archive []byte) deployed {
	s.t.Helper()
	return s.ended(s.postWith(archive, `{"deployOptions":{"checkOnly":true,"singlePackage":true,"rollbackOnError":true}}`))
}

func (s *site) ended(rec *httptest.ResponseRecorder) deployed {
	s.t.Helper()
	if rec.Code != http.StatusCreated {
		s.t.Fatalf("%d: %s", rec.Code, rec.Body)
	}
	var d deployed
	if err := json.Unmarshal(rec.Body.Bytes(), &d); err != nil {
		s.t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for !d.Result.Done && time.Now().Before(deadline) {
		rec := httptest.NewRecorder()
		s.api.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, base+"/"+d.ID+"?includeDetails=true", nil))
		if err := json.Unmarshal(rec.Body.Bytes(), &d); err != nil {
			s.t.Fatal(err)
		}
	}
	return d
}

const ride = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Ride</label>` +
	`<pluralLabel>Rides</pluralLabel><sharingModel>ReadWrite</sharingModel><nameField><label>Ride</label><type>Text</type></nameField>
<fields><fullName>Gear__c</fullName><label>Gear</label><type>Text</type><length>20</length></fields></CustomObject>`

func manifestOf(kind, name string) string {
	return `<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>` + name + `</members><name>` +
		kind + `</name></types><version>67.0</version></Package>`
}

func TestDeploy(t *testing.T) {
	s := newSite(t)
	d := s.deploy(pack(t, map[string]string{
		"package.xml": manifestOf("CustomObject", "Ride__c"), "objects/Ride__c.object": ride,
		"permissionsets/Riders.permissionset": `<PermissionSet><label>Riders</label><objectPermissions>` +
			`<object>Ride__c</object><allowRead>true</allowRead></objectPermissions><fieldPermissions>` +
			`<field>Ride__c.Gear__c</field><readable>true</readable></fieldPermissions></PermissionSet>`,
	}))
	if d.Result.Status != "Succeeded" || len(d.Result.Details.Successes) != 4 {
		t.Fatalf("%+v", d)
	}
	if _, ok := s.org.Schema().Object("Ride__c"); !ok {
		t.Error("the object is not there")
	}
	if again := s.deploy(pack(t, map[string]string{"package.xml": manifestOf("CustomObject", "Ride__c"),
		"objects/Ride__c.object": ride})); again.Result.Status != "Succeeded" {
		t.Errorf("again: %+v", again)
	}
}

func TestDeployKeepsNothingOfAFailure(t *testing.T) {
	s := newSite(t)
	for _, tc := range []struct {
		name  string
		files map[string]string
		says  string
	}{
		{"an unknown field type", map[string]string{"objects/Ride__c.object": strings.Replace(ride,
			"<type>Text</type><length>", "<type>Nope</type><length>", 1)}, "Could not resolve field type: Nope"},
		{"rights on a field that is not there", map[string]string{"objects/Ride__c.object": ride,
			"permissionsets/X.permissionset": `<PermissionSet><label>X</label><fieldPermissions><field>Ride__c.No__c</field>` +
				`</fieldPermissions></PermissionSet>`}, "no CustomField named Ride__c.No__c"},
		{"a layout with a field that is not there", map[string]string{"objects/Ride__c.object": ride,
			"layouts/Ride__c-X.layout": `<Layout><layoutSections><layoutColumns><layoutItems><field>No__c</field>` +
				`</layoutItems></layoutColumns><style>OneColumn</style></layoutSections></Layout>`}, "no CustomField named Ride__c.No__c found"},
		{"a console with a tab that is not there", map[string]string{"objects/Ride__c.object": ride,
			"applications/X.app": `<CustomApplication><tabs>Ride__c</tabs></CustomApplication>`}, "no CustomTab named Ride__c found"},
		{"an element that the type has not",
			map[string]string{"objects/Ride__c.object": strings.Replace(ride, "<label>Ride</label><pl",
				"<lable>Ride</lable><pl", 1)}, "Element {http://soap.sforce.com/2006/04/metadata}lable invalid at this location in type CustomObject"},
		{"a flag that is neither true nor false",
			map[string]string{"objects/Ride__c.object": strings.Replace(ride, "<sharing",
				"<enableSearch>yes</enableSearch><sharing", 1)}, "'yes' is not a valid value for the type xsd:boolean"},
		{"a connected app", map[string]string{"connectedApps/A.connectedApp": `<ConnectedApp>` +
			`<contactEmail>a@x.example</contactEmail><label>A</label></ConnectedApp>`}, "external client app"},
		{"a file of no type", map[string]string{"objects/Ride__c.object": ride, "triggers/T.trigger": "x"}, "Unknown type"},
		{"XML that ends early", map[string]string{"objects/Ride__c.object": "<CustomObject>"}, "unexpected EOF"},
		{"a document type", map[string]string{"objects/Ride__c.object": `<!DOCTYPE x [<!ENTITY a "b">]><CustomObject/>`}, "document type"},
	} {
		t.Run(tc.name+" fails and is named", func(t *testing.T) {
			tc.files["package.xml"] = `<Package><version>67.0</version></Package>`
			d := s.deploy(pack(t, tc.files))
			body, _ := json.Marshal(d.Result.Details.Failures)
			if d.Result.Status != "Failed" || !strings.Contains(string(body), tc.says) {
				t.Errorf("%s %s, want %q", d.Result.Status, body, tc.says)
			}
			if _, ok := s.org.Schema().Object("Ride__c"); ok {
				t.Error("the object stayed")
			}
		})
	}
}

func TestDeployRefuses(t *testing.T) {
	s := newSite(t)
	t.Run("what is no zip", func(t *testing.T) {
		if d := s.deploy([]byte("not a zip")); d.Result.Status != "Failed" || !strings.Contains(d.Result.Message, "zip") {
			t.Errorf("%+v", d)
		}
	})
	t.Run("paths that lead outside", func(t *testing.T) {
		if d := s.deploy(pack(t, map[string]string{"package.xml": "<Package/>", "../x": "y"})); d.Result.Status != "Failed" {
			t.Errorf("%+v", d)
		}
	})
	t.Run("users without the right", func(t *testing.T) {
		s.agent = true
		if rec := s.post(pack(t, map[string]string{"package.xml": "<Package/>"})); rec.Code != http.StatusForbidden {
			t.Errorf("%d: %s", rec.Code, rec.Body)
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, body []byte) {
		files, err := unpack(body)
		if err != nil {
			return
		}
		for name := range files {
			if strings.Contains(name, "..") && strings.HasPrefix(name, "../") {
				t.Fatalf("path %q leads outside", name)
			}
		}
		_, _, _ = files.single()
	})
}

func FuzzTree(f *testing.F) {
	f.Add([]byte(ride))
	f.Add([]byte(`<Layout><a>x &amp; y</a><b/></Layout>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := tree(body)
		if err != nil {
			return
		}
		_ = checkElement(e, e.name)
		printed := e.file()
		again, err := tree(printed)
		if err != nil {
			return // names that XML lets in with a prefix
		}
		if second := again.file(); !bytes.Equal(printed, second) {
			t.Fatalf("printed twice, it differs\n%s\n%s", printed, second)
		}
	})
}
