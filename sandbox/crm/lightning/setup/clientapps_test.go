package setup

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
)

// appForm is a Settings form that nothing is wrong with; more is put over it.
func appForm(more map[string]any) string {
	form := map[string]any{
		"name": "Wallboard", "label": "Wallboard", "description": "", "contactEmail": "ada@x.example", "contactPhone": "", "infoUrl": "", "logoUrl": "", "iconUrl": "", "distribution": "Local",
		"oauth": true, "callbacks": []string{"https://wallboard.example/back"}, "scopes": []string{"Api", "RefreshToken"}, "jwt": false, "certificate": "", "clientCredentials": false,
		"secretForWeb": true, "secretForRefresh": true, "pkce": true, "rotate": false,
	}
	for k, v := range more {
		form[k] = v
		if v == nil {
			delete(form, k)
		}
	}
	body, _ := json.Marshal(form) // plain values
	return string(body)
}

func policyForm(more map[string]any) string {
	form := map[string]any{
		"enabled": true, "permitted": "AllSelfAuthorized", "sets": []string{}, "profiles": []string{}, "refresh": "SpecificLifetime", "period": 365, "unit": "Days", "ipRelaxation": "Enforce",
		"sessionMinutes": 0, "clientCredentials": false, "runAs": "",
	}
	for k, v := range more {
		form[k] = v
	}
	body, _ := json.Marshal(form) // plain values
	return string(body)
}

func (d *desk) app() clientAppOut {
	d.t.Helper()
	return does[clientAppOut](d, "GET", "/clientapps/Wallboard", "", 200)
}

func (d *desk) makeApp() clientAppOut {
	d.t.Helper()
	if got := does[nameOut](d, "POST", "/clientapps", appForm(nil), 200); got.Name != "Wallboard" {
		d.t.Fatalf("%v", got)
	}
	return d.app()
}

func certificate(t *testing.T, public, private any) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "wall"}, NotBefore: time.Now(), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestWhatIsWrongWithAnAppIsSaidAtItsField(t *testing.T) {
	d := open(t)
	d.makeApp()
	elliptic, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name        string
		form        map[string]any
		field, says string
	}{
		{"no name", map[string]any{"label": " "}, "label", "You must enter a value"},
		{"no API name", map[string]any{"name": ""}, "name", "You must enter a value"},
		{"an API name with a space", map[string]any{"name": "Wall board"}, "name", "not include spaces"},
		{"somebody's API name, in other letters", map[string]any{"name": "wallboard"}, "name", "already exists"},
		{"no mail address", map[string]any{"contactEmail": ""}, "contactEmail", "You must enter a value"},
		{"a mail address that is none", map[string]any{"contactEmail": "Ada <ada@x.example>"}, "contactEmail", "invalid email address"},
		{"no such state", map[string]any{"distribution": "Everywhere"}, "distribution", "restricted picklist"},
		{"a script for a URL", map[string]any{"infoUrl": "javascript:alert(1)"}, "infoUrl", "invalid URL"},
		{"too long a description", map[string]any{"description": strings.Repeat("x", 257)}, "description", "max length=256"},
		{"no callback", map[string]any{"callbacks": []string{" "}}, "callbacks", "You must enter a value"},
		{"a callback in the clear", map[string]any{"callbacks": []string{"http://wallboard.example"}}, "callbacks", "must use secure HTTPS"},
		{"no scope", map[string]any{"scopes": []string{}}, "scopes", "at least one OAuth scope"},
		{"no such scope", map[string]any{"scopes": []string{"Everything"}}, "scopes", "restricted picklist"},
		{"no certificate", map[string]any{"jwt": true}, "certificate", "upload a digital certificate"},
		{"no PEM", map[string]any{"jwt": true, "certificate": "hello"}, "certificate", "X.509 certificate in PEM"},
		{"a private key", map[string]any{"jwt": true, "certificate": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}, "certificate", "X.509 certificate in PEM"},
		{"a key that signs no RS256", map[string]any{"jwt": true, "certificate": certificate(t, &elliptic.PublicKey, elliptic)}, "certificate", "RSA key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.t = t
			form := map[string]any{"name": "Other"}
			for k, v := range c.form {
				form[k] = v
			}
			got := does[refusal](d, "POST", "/clientapps", appForm(form), 400)
			if len(got.Errors) != 1 || !slices.Equal(got.Errors[0].Fields, []string{c.field}) || !strings.Contains(got.Errors[0].Message, c.says) {
				t.Errorf("got %v, want %q at %s", got, c.says, c.field)
			}
		})
	}
	d.t = t
	if got := does[clientAppsOut](d, "GET", "/clientapps", "", 200); len(got.Apps) != 1 {
		t.Errorf("%v", got.Apps)
	}
	does[refusal](d, "POST", "/clientapps", `{"name":"X","surprise":1}`, 400)
}

func TestWhatIsWrongWithPolicies(t *testing.T) {
	d := open(t)
	d.set("Wall", "Wall")
	revision := d.makeApp().Revision
	for field, form := range map[string]map[string]any{
		"permitted": {"permitted": "Everybody"}, "refresh": {"refresh": "Never"}, "unit": {"unit": "Weeks"}, "ipRelaxation": {"ipRelaxation": "All"}, "sessionMinutes": {"sessionMinutes": 7},
		"period": {"period": 0}, "sets": {"sets": []string{"Wall", "Nobody"}}, "profiles": {"profiles": []string{"Nobody' OR Name != '"}},
		"clientCredentials": {"clientCredentials": true, "runAs": "ada@x.example"}, "runAs": {"runAs": "nobody@x.example"},
	} {
		form["revision"] = revision
		got := does[refusal](d, "PUT", "/clientapps/Wallboard/policies", policyForm(form), 400)
		if len(got.Errors) != 1 || !slices.Equal(got.Errors[0].Fields, []string{field}) {
			t.Errorf("%s: %v", field, got)
		}
	}
	does[none](d, "PUT", "/clientapps/Wallboard/policies", policyForm(map[string]any{"revision": revision, "permitted": "AdminApprovedPreAuthorized", "sets": []string{"Wall"}, "refresh": "Infinite", "period": 365}), 200)
	got := d.app().Policies
	if got.Permitted != "AdminApprovedPreAuthorized" || !slices.Equal(got.Sets, []string{"Wall"}) || got.Refresh != "Infinite" || got.Period != 0 {
		t.Errorf("%+v", got)
	}
	trail := d.trail()
	for _, want := range []string{
		"ada@x.example: Changed external client app Wallboard: permission sets was changed from (none) to Wall (External Client Apps)",
		"ada@x.example: Changed external client app Wallboard: refresh token policy was changed from SpecificLifetime to Infinite (External Client Apps)",
	} {
		if !slices.Contains(trail, want) {
			t.Errorf("no %q in %q", want, trail)
		}
	}
}

func TestTheSlowerOfTwoAdministratorsIsToldOfAnApp(t *testing.T) {
	d := open(t)
	read := d.makeApp()
	d.clock.Advance(time.Millisecond)
	d.who = d.bo
	does[none](d, "PUT", "/clientapps/Wallboard/settings", appForm(map[string]any{"name": nil, "label": "Bo's", "revision": read.Revision}), 200)
	d.who = d.ada
	for path, form := range map[string]string{"settings": appForm(map[string]any{"name": nil, "label": "Ada's", "revision": read.Revision}), "policies": policyForm(map[string]any{"revision": read.Revision})} {
		if got := does[refusal](d, "PUT", "/clientapps/Wallboard/"+path, form, 409); got.Errors[0].Code != "CONFLICT" {
			t.Errorf("%s: %v", path, got)
		}
	}
	if now := d.app(); now.Label != "Bo's" || now.ModifiedBy != "Bo Diaz" || now.CreatedBy != "Ada Byrne" {
		t.Errorf("%+v", now.clientAppRowOut)
	}
}

func TestAppsAreForWhoMayCustomizeTheOrg(t *testing.T) {
	d := open(t)
	d.makeApp()
	set := d.set("Viewer", "Viewer")
	does[none](d, "PUT", "/permsets/"+set+"/system", `{"on":["ViewSetup"]}`, 200)
	does[assignedOut](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 200)
	d.who = d.amelia
	does[clientAppOut](d, "GET", "/clientapps/Wallboard", "", 200)
	for _, c := range []struct{ method, path, body string }{
		{"POST", "/clientapps", appForm(map[string]any{"name": "Own"})}, {"PUT", "/clientapps/Wallboard/settings", appForm(nil)}, {"PUT", "/clientapps/Wallboard/policies", policyForm(nil)},
		{"POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`}, {"POST", "/clientapps/Wallboard/rotate", `{"password":"secret-1"}`}, {"DELETE", "/clientapps/Wallboard", ""},
	} {
		if got := does[refusal](d, c.method, c.path, c.body, 403); got.Errors[0].Code != "INSUFFICIENT_ACCESS" {
			t.Errorf("%s %s: %v", c.method, c.path, got)
		}
	}
	d.who, d.withoutCSRFToken = d.ada, true
	if got := does[refusal](d, "DELETE", "/clientapps/Wallboard", "", 403); got.Errors[0].Code != "CSRF" {
		t.Errorf("%v", got)
	}
}

func TestKeyAndSecretWantThePassword(t *testing.T) {
	d := open(t)
	if shown := d.send("GET", "/clientapps/Wallboard", ""); strings.Contains(shown.Body.String(), "3MVG9") {
		t.Errorf("the key is told without asking: %s", shown.Body)
	}
	d.makeApp()
	for password, says := range map[string]string{"": "You must enter a value", "wrong": "couldn't verify"} {
		got := does[refusal](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"`+password+`"}`, 400)
		if got.Errors[0].Fields[0] != "password" || !strings.Contains(got.Errors[0].Message, says) {
			t.Errorf("%q: %v", password, got)
		}
	}
	if trail := d.trail(); slices.ContainsFunc(trail, func(e string) bool { return strings.Contains(e, "Viewed") }) {
		t.Errorf("%q", trail)
	}
	first := does[consumerOut](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`, 200)
	second := does[consumerOut](d, "POST", "/clientapps/Wallboard/rotate", `{"password":"secret-1"}`, 200)
	if !strings.HasPrefix(first.Key, "3MVG9") || first.Secret == "" || second.Key != first.Key || second.Secret == first.Secret {
		t.Errorf("%v, then %v", first, second)
	}
	trail := d.trail()
	if trail[0] != "ada@x.example: Rotated the consumer secret of external client app Wallboard (External Client Apps)" || !strings.Contains(trail[1], "Viewed the consumer key and secret of external client app Wallboard") {
		t.Errorf("%q", trail)
	}
	if strings.Contains(strings.Join(trail, " "), second.Secret) {
		t.Error("the trail tells the secret")
	}
	for range 10 {
		d.send("POST", "/clientapps/Wallboard/consumer", `{"password":"wrong"}`)
	}
	if got := does[refusal](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`, 400); !strings.Contains(got.Errors[0].Message, "locked") {
		t.Errorf("%v", got)
	}
}

func TestDeletingAnAppRevokesItsTokens(t *testing.T) {
	d := open(t)
	d.makeApp()
	key := does[consumerOut](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`, 200).Key
	refresh, err := d.org.CreateRefresh(t.Context(), d.amelia, key, "api")
	if err != nil {
		t.Fatal(err)
	}
	session, err := d.org.CreateSession(t.Context(), crm.Session{User: d.amelia, Kind: "api", Client: key}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	own, err := d.org.CreateSession(t.Context(), crm.Session{User: d.amelia, Kind: "api"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if now := d.app(); now.Users != 1 {
		t.Errorf("users %d, want 1", now.Users)
	}
	does[none](d, "DELETE", "/clientapps/Wallboard", "", 200)
	if _, err := d.org.Refresh(t.Context(), refresh, key); err == nil {
		t.Error("the refresh token stayed")
	}
	if _, err := d.org.Session(t.Context(), session); err == nil {
		t.Error("the session stayed")
	}
	if _, err := d.org.Session(t.Context(), own); err != nil {
		t.Errorf("a session of no app: %v", err)
	}
	for _, kind := range append(clientapp.Parts(), clientapp.Header) {
		if left, err := d.org.Components(t.Context(), kind); err != nil || len(left) != 0 {
			t.Errorf("%s: %v %v", kind, left, err)
		}
	}
	does[refusal](d, "GET", "/clientapps/Wallboard", "", 404)
	does[refusal](d, "DELETE", "/clientapps/Wallboard", "", 404)
}

func TestSwitchingAnAppOffEndsItsSessions(t *testing.T) {
	d := open(t)
	d.makeApp()
	key := does[consumerOut](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`, 200).Key
	session, err := d.org.CreateSession(t.Context(), crm.Session{User: d.amelia, Kind: "api", Client: key}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	does[none](d, "PUT", "/clientapps/Wallboard/settings", appForm(map[string]any{"name": nil, "label": "Wall", "revision": d.app().Revision}), 200)
	if _, err := d.org.Session(t.Context(), session); err != nil {
		t.Fatalf("a new name ended the session: %v", err)
	}
	does[none](d, "PUT", "/clientapps/Wallboard/settings", appForm(map[string]any{"name": nil, "oauth": false, "callbacks": []string{}, "scopes": []string{}, "revision": d.app().Revision}), 200)
	if _, err := d.org.Session(t.Context(), session); err == nil {
		t.Error("the session stayed")
	}
	off := d.app()
	if !off.HasKey || off.Settings.OAuth || len(off.Settings.Callbacks) != 1 {
		t.Errorf("what belongs to OAuth was lost: %+v", off)
	}
}

func TestPoliciesFollowAPermissionSet(t *testing.T) {
	d := open(t)
	id := d.set("Wall", "Wall")
	d.set("Hall", "Hall")
	does[none](d, "PUT", "/clientapps/Wallboard/policies", policyForm(map[string]any{"revision": d.makeApp().Revision, "sets": []string{"Wall", "Hall"}}), 200)
	does[idOut](d, "PATCH", "/permsets/"+id, `{"label":"Wall","name":"Big_Wall","description":"","lastModified":""}`, 200)
	if got := d.app().Policies.Sets; !slices.Equal(got, []string{"Big_Wall", "Hall"}) {
		t.Errorf("renamed: %v", got)
	}
	does[none](d, "DELETE", "/permsets/"+id, "", 200)
	if got := d.app().Policies.Sets; !slices.Equal(got, []string{"Hall"}) {
		t.Errorf("deleted: %v", got)
	}
}

// soap asks the Metadata API as the administrator.
func (d *desk) soap(body string) string {
	d.t.Helper()
	api := metadata.New(metadata.Config{Org: d.org, Clock: d.clock, Log: slog.New(slog.DiscardHandler), Authenticate: func(*http.Request) (crm.RecordID, error) { return d.ada, nil }})
	defer api.Close()
	w := httptest.NewRecorder()
	api.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/services/Soap/m/67.0", strings.NewReader(
		`<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Header><SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>x</sessionId></SessionHeader></e:Header><e:Body>`+body+`</e:Body></e:Envelope>`)))
	return w.Body.String()
}

func TestSetupAndTheMetadataAPIAgree(t *testing.T) {
	d := open(t)
	d.set("Wall", "Wall")
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	read := d.makeApp()
	does[none](d, "PUT", "/clientapps/Wallboard/settings", appForm(map[string]any{"name": nil, "revision": read.Revision, "callbacks": []string{"https://a.example/?x=1&y=2", "wall://back"}, "pkce": false, "jwt": true, "certificate": certificate(t, &key.PublicKey, key)}), 200)
	does[none](d, "PUT", "/clientapps/Wallboard/policies", policyForm(map[string]any{"revision": d.app().Revision, "permitted": "AdminApprovedPreAuthorized", "sets": []string{"Wall"}, "profiles": []string{"System Administrator"}, "period": 30}), 200)
	for kind, wants := range map[string][]string{
		"ExternalClientApplication:Wallboard":                          {"<label>Wallboard</label>", "<contactEmail>ada@x.example</contactEmail>"},
		"ExtlClntAppOauthSettings:Wallboard_oauth":                     {"<commaSeparatedOauthScopes>Api,RefreshToken</commaSeparatedOauthScopes>"},
		"ExtlClntAppGlobalOauthSettings:Wallboard_glbloauth":           {"https://a.example/?x=1&amp;y=2\nwall://back", "<isPkceRequired>false</isPkceRequired>", "-----BEGIN CERTIFICATE-----", "<consumerKey>3MVG9"},
		"ExtlClntAppConfigurablePolicies:Wallboard_defaultPolicy":      {"<isEnabled>true</isEnabled>"},
		"ExtlClntAppOauthConfigurablePolicies:Wallboard_defaultPolicy": {"<commaSeparatedPermissionSet>Wall</commaSeparatedPermissionSet>", "<commaSeparatedProfile>Admin</commaSeparatedProfile>", "<refreshTokenValidityPeriod>30</refreshTokenValidityPeriod>"},
	} {
		kind, name, _ := strings.Cut(kind, ":")
		got := d.soap(`<readMetadata><type>` + kind + `</type><fullNames>` + name + `</fullNames></readMetadata>`)
		for _, want := range append(wants, `<fullName>`+name+`</fullName>`) {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s in %s", kind, want, got)
			}
		}
	}
	got := d.soap(`<updateMetadata><metadata xsi:type="ExtlClntAppOauthConfigurablePolicies"><fullName>Wallboard_defaultPolicy</fullName><externalClientApplication>Wallboard</externalClientApplication><label>p</label><permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType><refreshTokenPolicyType>Zero</refreshTokenPolicyType><requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel></metadata></updateMetadata>`)
	if !strings.Contains(got, "<success>true</success>") {
		t.Fatal(got)
	}
	now := d.app()
	if now.Policies.Refresh != "Zero" || len(now.Policies.Sets) != 0 || now.Certificate == nil || now.Certificate.Subject != "CN=wall" {
		t.Errorf("%+v", now)
	}
	does[none](d, "PUT", "/clientapps/Wallboard/policies", policyForm(map[string]any{"revision": now.Revision, "sessionMinutes": 30}), 200)
	if got := d.soap(`<readMetadata><type>ExtlClntAppOauthConfigurablePolicies</type><fullNames>Wallboard_defaultPolicy</fullNames></readMetadata>`); !strings.Contains(got, "<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>") {
		t.Errorf("Setup lost what it does not know: %s", got)
	}
	for body, says := range map[string]string{
		`<createMetadata><metadata xsi:type="ExtlClntAppOauthSettings"><fullName>X</fullName><externalClientApplication>Nobody</externalClientApplication><label>x</label></metadata></createMetadata>`:                                                                                  "no ExternalClientApplication named Nobody found",
		`<createMetadata><metadata xsi:type="ExtlClntAppOauthConfigurablePolicies"><fullName>X</fullName><externalClientApplication>Wallboard</externalClientApplication><label>x</label><permittedUsersPolicyType>AdminApproved</permittedUsersPolicyType></metadata></createMetadata>`: "&#39;AdminApproved&#39; is not a valid value for the enum &#39;PermittedUsersPolicyType&#39;",
		`<createMetadata><metadata xsi:type="ExtlClntAppGlobalOauthSettings"><fullName>X</fullName><callbackUrl>http://app.example</callbackUrl><externalClientApplication>Wallboard</externalClientApplication><label>x</label></metadata></createMetadata>`:                            "must use secure HTTPS or a custom URI scheme",
	} {
		if got := strings.NewReplacer("'", "&#39;").Replace(d.soap(body)); !strings.Contains(got, says) {
			t.Errorf("no %s in %s", says, got)
		}
	}
	if got := d.soap(`<deleteMetadata><type>ExternalClientApplication</type><fullNames>Wallboard</fullNames></deleteMetadata>`); !strings.Contains(got, "<success>true</success>") {
		t.Fatal(got)
	}
	if left := does[clientAppsOut](d, "GET", "/clientapps", "", 200); len(left.Apps) != 0 {
		t.Errorf("%v", left)
	}
}
