package steps

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// keeping is a Metadata API that has these files, beside a data API without records.
func keeping(t *testing.T, files map[string]string) setup.Platforms {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	listed := ""
	for name, body := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, body)
		for _, part := range sfdx.AppParts() {
			if member := strings.TrimSuffix(path.Base(name), path.Ext(name)); part.File(member) == name {
				listed += "<result><fullName>" + member + "</fullName><type>" + part.Type + "</type></result>"
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/query") {
			_, _ = io.WriteString(w, `{"done":true,"records":[]}`)
			return
		}
		asked, _ := io.ReadAll(r.Body)
		answer := `<retrieveResponse><result><id>09S1</id></result></retrieveResponse>`
		switch {
		case strings.Contains(string(asked), "listMetadata"):
			answer = `<listMetadataResponse>` + listed + `</listMetadataResponse>`
		case strings.Contains(string(asked), "checkRetrieveStatus"):
			answer = `<checkRetrieveStatusResponse><result><done>true</done><success>true</success><zipFile>` +
				base64.StdEncoding.EncodeToString(archive.Bytes()) + `</zipFile></result></checkRetrieveStatusResponse>`
		}
		_, _ = fmt.Fprintf(w, `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>%s</e:Body></e:Envelope>`, answer)
	}))
	t.Cleanup(server.Close)
	return setup.Platforms{CRM: salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})}
}

var someApp = OAuthApp{CallbackURL: "https://a.example/auth/callback", ClientID: "key", Certificate: "QUJD"}

// appFiles are the app as we deploy it, edited: file, what is there, what stands in its place.
func appFiles(t *testing.T, edits ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, part := range sfdx.AppParts() {
		body, err := someApp.app().Part(part)
		if err != nil {
			t.Fatal(err)
		}
		files[part.File(part.Name)] = string(body)
	}
	for e := range slices.Chunk(edits, 3) {
		if !strings.Contains(files[e[0]], e[1]) {
			t.Fatalf("%s has no %s", e[0], e[1])
		}
		files[e[0]] = strings.Replace(files[e[0]], e[1], e[2], 1)
	}
	return files
}

func TestOAuthApp(t *testing.T) {
	header, global := sfdx.AppHeader.File("Patchcord"), sfdx.AppGlobal.File(sfdx.AppGlobal.Name)
	policies, settings := sfdx.AppPolicies.File(sfdx.AppPolicies.Name), sfdx.AppSettings.File(sfdx.AppSettings.Name)
	orgs := sfdx.AppPolicies.File("Patchcord_defaultPolicy")
	const (
		armoured = "-----BEGIN CERTIFICATE-----\nQU\nJD\n-----END CERTIFICATE-----"
		ourSets  = "AC_Administrator,AC_Agent,AC_Integration,AC_Manager"
	)
	without := func(files map[string]string, name string) map[string]string {
		delete(files, name)
		return files
	}
	elsewhere := appFiles(t, policies, ourSets, "AC_Agent,Theirs")
	elsewhere[orgs] = elsewhere[policies]
	delete(elsewhere, policies)
	made := someApp.made(clientApp{})
	for _, tc := range []struct {
		name   string
		have   map[string]string
		made   []setup.Made
		want   string   // actions
		says   string   // of the first
		brings []string // files; nil for any
	}{
		{
			name: "none is there", want: "+", says: "callback https://a.example",
			brings: []string{header, global, policies, settings},
		},
		{name: "all is right", have: appFiles(t, global, "QUJD", armoured), want: "=", says: "lets the adapter in"},
		{
			name: "the adapter moved", have: appFiles(t, global, "a.example", "old.example"), want: "~", says: "callback URL",
			brings: []string{global, policies, settings}, // the header is not sent again
		},
		{
			name: "a header of another kind is sent again", have: appFiles(t, header, "Local", "Packaged"),
			want: "~", says: "distribution", brings: []string{header, global, policies, settings},
		},
		{
			name: "the adapter has a new key pair", have: appFiles(t, global, "QUJD", "WFla"),
			want: "~", says: "certificate",
		},
		{
			name: "refresh wants a secret, as an older version left it", want: "~",
			says: "secret required for refresh tokens",
			have: appFiles(t, global, "<isSecretRequiredForRefreshToken>false</isSecretRequiredForRefreshToken>", ""),
		},
		{
			name: "rotation is not said, as an older version left it", want: "~", says: "rotation of refresh tokens",
			have: appFiles(t, global, "<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>", ""),
		},
		{
			name: "everybody may sign in", want: "~", says: "permitted users",
			have: appFiles(t, policies, "AdminApprovedPreAuthorized", "AllSelfAuthorized"),
		},
		{
			name: "the org made the policies under its own name", have: elsewhere, want: "~", says: "permission sets",
			brings: []string{global, orgs, settings},
		},
		{
			name: "the org names permission sets by id", want: "=", says: "lets",
			have: appFiles(t, policies, ourSets, "0PS000000000001AAA"),
		},
		{
			name: "a key of the org's own is for a person", have: appFiles(t, global, ">key<", ">theirs<"),
			want: "!", says: "client_id: theirs",
		},
		{
			name: "a key of the org's own is never changed, other things are", want: "~!", says: "callback URL",
			have: appFiles(t, global, ">key<", ">theirs<", global, "a.example", "old.example"),
		},
		{
			name: "global settings that the org hides are missing", have: without(appFiles(t), global),
			want: "+", says: "callback",
		},
		{
			name: "hidden, but written down, they are there", have: without(appFiles(t), global),
			made: []setup.Made{made}, want: "=", says: "as far as the record knows",
		},
		{name: "written down, but deleted since", made: []setup.Made{made}, want: "+", says: "callback"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			step := someApp
			step.Remembered = remembered(t, tc.made...)
			got, err := step.Plan(t.Context(), keeping(t, tc.have))
			if err != nil {
				t.Fatal(err)
			}
			actions := ""
			for _, c := range got {
				actions += string(c.Action)
			}
			if actions != tc.want || !strings.Contains(got[0].What, tc.says) {
				t.Fatalf("got %+v, want %s", got, tc.want)
			}
			for _, file := range []string{header, global, policies, settings, orgs} {
				brings := got[0].Deploy.File(file) != nil
				if tc.brings != nil && brings != slices.Contains(tc.brings, file) {
					t.Errorf("brings %s: %t", file, brings)
				}
			}
			if tc.says == "permission sets" {
				body := string(got[0].Deploy.File(orgs))
				if !strings.Contains(body, "AC_Agent, Theirs, AC_Administrator, AC_Integration, AC_Manager") {
					t.Errorf("policies: %s", body)
				}
			}
		})
	}
}

// Some orgs refuse policies that name a set which whoever deploys has not: then it is assigned first.
func TestPoliciesThatWantASetOfWhoeverDeploysThem(t *testing.T) {
	part := sfdx.AppPolicies
	policies := salesforce.DeployFailure{Type: part.Type, Name: part.Name, Problem: "not assigned"}
	refused := func(all ...salesforce.DeployFailure) *salesforce.DeployError {
		return &salesforce.DeployError{Failures: all}
	}
	org := answering(t, func(soql string) string {
		switch {
		case strings.Contains(soql, "FROM User"):
			return `{"Id":"005A","Username":"ada@x.example","IsActive":true}`
		case strings.Contains(soql, "PermissionSet.Name = 'AC_Agent'"):
			return `{"Id":"0PaA"}`
		}
		return ""
	})
	first, err := assignToSelf(t.Context(), org, refused(policies))
	if err != nil || len(first) != 3 || first[0].What != "AC_Administrator for ada@x.example" {
		t.Errorf("%+v %v", first, err)
	}
	other := salesforce.DeployFailure{Type: sfdx.AppGlobal.Type, Problem: "certificate"}
	first, err = assignToSelf(t.Context(), org, refused(policies, other))
	if err != nil || len(first) != 0 {
		t.Errorf("something else is refused too: %+v %v", first, err)
	}
}

// answering is a data API that answers queries; "" is no record.
func answering(t *testing.T, to func(soql string) string) setup.Platforms {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		record := to(r.URL.Query().Get("q"))
		if strings.HasPrefix(record, "[") { // an error
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, record)
			return
		}
		_, _ = io.WriteString(w, `{"done":true,"records":[`+record+`]}`)
	}))
	t.Cleanup(server.Close)
	session := salesforce.Session{InstanceURL: server.URL, UserID: "005A"}
	return setup.Platforms{CRM: salesforce.New(salesforce.Config{Session: session})}
}

func TestAppAccess(t *testing.T) {
	for _, tc := range []struct{ name, app, row, want string }{
		{"no app yet", "", "", "++++"},
		{"no rows yet", `{"Id":"0xIA"}`, "", "++++"},
		{"all rows are there", `{"Id":"0xIA"}`, `{"Id":"0J0A"}`, "===="},
		{"an org without such records", `[{"errorCode":"INVALID_TYPE","message":"not supported"}]`, "", "="},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := AppAccess{}.Plan(t.Context(), answering(t, func(soql string) string {
				if strings.Contains(soql, "FROM ExternalClientApplication") {
					return tc.app
				}
				return tc.row
			}))
			actions := ""
			for _, c := range got {
				actions += string(c.Action)
			}
			if err != nil || actions != tc.want {
				t.Errorf("%+v %v", got, err)
			}
		})
	}
}

// Settings of the app that were there before us are changed, but destroy must not take them away.
func TestSettingsThatWereThereAreNotOursToTakeBack(t *testing.T) {
	global := sfdx.AppGlobal.File(sfdx.AppGlobal.Name)
	moved := appFiles(t, global, "a.example", "old.example")
	hidden := appFiles(t)
	delete(hidden, global)
	header := someApp.made(clientApp{})
	settings := setup.Made{What: "settings", Entry: component(sfdx.AppGlobal.Type, sfdx.AppGlobal.Name)}
	for _, tc := range []struct {
		name     string
		have     map[string]string
		recorded []setup.Made
		want     []string // keys
	}{
		{"settings of somebody else's", moved, nil, nil},
		{"an app of ours", moved, []setup.Made{header}, []string{header.Entry.Key()}},
		{"settings of ours in an app of somebody else's", moved, []setup.Made{settings}, []string{settings.Entry.Key()}},
		{"an app without settings", hidden, nil, []string{settings.Entry.Key()}},
		{"nothing", nil, nil, []string{header.Entry.Key()}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			step := someApp
			step.Remembered = remembered(t, tc.recorded...)
			changes, err := step.Plan(t.Context(), keeping(t, tc.have))
			if err != nil || len(changes) != 1 {
				t.Fatalf("plans %+v, %v", changes, err)
			}
			var got []string
			for _, m := range changes[0].Made {
				got = append(got, m.Entry.Key())
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("writes down %q, want %q", got, tc.want)
			}
		})
	}
}
