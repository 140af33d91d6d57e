package setup

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// soap asks the Metadata API as the administrator.
func (d *desk) soap(body string) string {
	d.t.Helper()
	api := metadata.New(metadata.Config{Org: d.org, Clock: d.clock, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(*http.Request) (schema.RecordID, error) { return d.ada, nil }})
	defer api.Close()
	w := httptest.NewRecorder()
	api.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/services/Soap/m/67.0", strings.NewReader(
		`<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" `+
			`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Header><SessionHeader `+
			`xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>x</sessionId></SessionHeader></e:Header>
<e:Body>`+body+`</e:Body></e:Envelope>`)))
	return w.Body.String()
}

// part is one of Wallboard's components as the Metadata API takes it.
func part(kind, name, elements string) string {
	return `<metadata xsi:type="` + kind + `"><fullName>` + name + `</fullName>` + elements + `</metadata>`
}

// ofWallboard is what every component but the header says.
const ofWallboard = `<externalClientApplication>Wallboard</externalClientApplication><label>w</label>`

func policies(elements string) string {
	return part("ExtlClntAppOauthConfigurablePolicies", "Wallboard_plcy", ofWallboard+elements)
}

// change writes components, which must succeed.
func (d *desk) change(verb, components string) {
	d.t.Helper()
	if got := d.soap("<" + verb + "Metadata>" + components + "</" + verb + "Metadata>"); strings.Contains(got,
		"<success>false") || !strings.Contains(got, "<success>true") {
		d.t.Fatal(got)
	}
}

func (d *desk) makeApp() {
	d.t.Helper()
	d.change("create", part("ExternalClientApplication", "Wallboard",
		`<contactEmail>ada@x.example</contactEmail><distributionState>Local</distributionState><label>Wallboard</label>`))
	d.change("create", part("ExtlClntAppOauthSettings", "Wallboard_oauth",
		`<commaSeparatedOauthScopes>Api,RefreshToken</commaSeparatedOauthScopes>`+ofWallboard)+
		part("ExtlClntAppGlobalOauthSettings", "Wallboard_glbl",
			`<callbackUrl>https://a.example/?x=1&amp;y=2 wall://back</callbackUrl>`+ofWallboard)+
		part("ExtlClntAppConfigurablePolicies", "Wallboard_switch", `<isEnabled>true</isEnabled>`+ofWallboard)+policies(""))
}

func (d *desk) app() clientAppOut {
	d.t.Helper()
	return does[clientAppOut](d, "GET", "/clientapps/Wallboard", "", 200)
}

// shownAt is what stands beside a label: lines of text, or on or off.
func shownAt(pages []detailsOut, label string) string {
	for _, page := range pages {
		for _, i := range page.Items {
			switch {
			case i.Label != label:
			case i.On == nil:
				return strings.Join(i.Lines, "|")
			case *i.On:
				return "on"
			default:
				return "off"
			}
		}
	}
	return "no such item"
}

func (d *desk) consumer() consumerOut {
	d.t.Helper()
	return does[consumerOut](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`, 200)
}

func certificate(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "wall"},
		NotAfter: time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

func TestAnAppIsShownAsItWasDeployed(t *testing.T) {
	d := openDesk(t)
	d.set("Wall", "Wall")
	d.makeApp()
	d.change("update", part("ExtlClntAppGlobalOauthSettings", "Wallboard_glbl",
		`<callbackUrl>https://a.example/?x=1&amp;y=2 wall://back</callbackUrl><certificate>`+certificate(t)+`</certificate>`+
			`<isPkceRequired>false</isPkceRequired>`+ofWallboard)+
		policies(`<commaSeparatedPermissionSet>Wall</commaSeparatedPermissionSet><commaSeparatedProfile>Admin</commaSeparatedProfile>`+
			`<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>`+
			`<refreshTokenPolicyType>SpecificInactivity</refreshTokenPolicyType>`+
			`<refreshTokenValidityPeriod>30</refreshTokenValidityPeriod><refreshTokenValidityUnit>Days</refreshTokenValidityUnit>`))
	app := d.app()
	for label, want := range map[string]string{
		"API Name": "Wallboard", "Contact Email": "ada@x.example", "Created By": "Ada Byrne", "Enable OAuth": "on",
		"Callback URL":           "https://a.example/?x=1&y=2|wall://back",
		"Selected OAuth Scopes":  "Manage user data via APIs (api)|Perform requests at any time (refresh_token, offline_access)",
		"Enable JWT Bearer Flow": "on", "Certificate": "CN=wall, expires 2027-01-02",
		"Require Proof Key for Code Exchange (PKCE)": "off", "Require secret for Web Server Flow": "on",
	} {
		if got := shownAt(app.Settings, label); got != want {
			t.Errorf("%s is %q, want %q", label, got, want)
		}
	}
	for label, want := range map[string]string{
		"App Status": "Enabled", "Selected Profiles": "System Administrator", "Selected Permission Sets": "Wall",
		"Permitted Users":               "Admin approved users are pre-authorized",
		"Refresh Token Policy":          "Expire refresh token if not used for specific time",
		"Refresh Token Validity Period": "30 Day(s)", "Session Timeout": "None",
	} {
		if got := shownAt(app.Policies, label); got != want {
			t.Errorf("%s is %q, want %q", label, got, want)
		}
	}
	all := does[clientAppsOut](d, "GET", "/clientapps", "", 200).Apps
	if len(all) != 1 || all[0] != app.clientAppRowOut || all[0].Authorization != "Admin approved users are pre-authorized" || !all[0].Enabled {
		t.Errorf("%+v", all)
	}
	d.change("delete", `<type>ExternalClientApplication</type><fullNames>Wallboard</fullNames>`)
	does[refusal](d, "GET", "/clientapps/Wallboard", "", 404)
}

func TestWhatIsWrongWithADeployedAppIsSaid(t *testing.T) {
	d := openDesk(t)
	d.makeApp()
	for body, says := range map[string]string{
		part("ExtlClntAppOauthSettings", "X",
			`<externalClientApplication>Nobody</externalClientApplication><label>x</label>`): "no ExternalClientApplication named Nobody found",
		policies(`<permittedUsersPolicyType>AdminApproved</permittedUsersPolicyType>`): "&#39;AdminApproved&#39; is not a " +
			"valid value for the enum &#39;PermittedUsersPolicyType&#39;",
		part("ExtlClntAppGlobalOauthSettings", "X",
			`<callbackUrl>http://app.example</callbackUrl>`+ofWallboard): "must use secure HTTPS or a custom URI scheme",
	} {
		if got := strings.ReplaceAll(d.soap("<upsertMetadata>"+body+"</upsertMetadata>"), "'", "&#39;"); !strings.Contains(got, says) {
			t.Errorf("no %s in %s", says, got)
		}
	}
}

func TestAConsumerIsForWhoMayCustomizeTheOrg(t *testing.T) {
	d := openDesk(t)
	d.makeApp()
	set := d.set("Viewer", "Viewer")
	does[nothing](d, "PUT", "/permsets/"+set+"/system", `{"on":["ViewSetup"]}`, 200)
	does[assignedOut](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 200)
	d.who = d.amelia
	does[clientAppOut](d, "GET", "/clientapps/Wallboard", "", 200)
	if got := does[refusal](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`,
		403); got.Errors[0].Code != "INSUFFICIENT_ACCESS" {
		t.Errorf("%v", got)
	}
	d.who, d.withoutCSRFToken = d.ada, true
	if got := does[refusal](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`, 403); got.Errors[0].Code != "CSRF" {
		t.Errorf("%v", got)
	}
}

func TestKeyAndSecretWantThePassword(t *testing.T) {
	d := openDesk(t)
	d.makeApp()
	if shown := d.send("GET", "/clientapps/Wallboard", ""); shown.Code != 200 || strings.Contains(shown.Body.String(), "3MVG9") {
		t.Errorf("the key is told without asking: %s", shown.Body)
	}
	for password, says := range map[string]string{"": "You must enter a value", "wrong": "couldn't verify"} {
		got := does[refusal](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"`+password+`"}`, 400)
		if got.Errors[0].Fields[0] != "password" || !strings.Contains(got.Errors[0].Message, says) {
			t.Errorf("%q: %v", password, got)
		}
	}
	if trail := d.trail(); slices.ContainsFunc(trail, func(e string) bool { return strings.Contains(e, "Viewed") }) {
		t.Errorf("%q", trail)
	}
	told := d.consumer()
	if !strings.HasPrefix(told.Key, "3MVG9") || told.Secret == "" {
		t.Errorf("%v", told)
	}
	trail := d.trail()
	if trail[0] != "ada@x.example: Viewed the consumer key and secret of external client app Wallboard (External Client Apps)" {
		t.Errorf("%q", trail)
	}
	if strings.Contains(strings.Join(trail, " "), told.Secret) {
		t.Error("the trail tells the secret")
	}
	for range 10 {
		d.send("POST", "/clientapps/Wallboard/consumer", `{"password":"wrong"}`)
	}
	if got := does[refusal](d, "POST", "/clientapps/Wallboard/consumer", `{"password":"secret-1"}`,
		400); !strings.Contains(got.Errors[0].Message, "locked") {
		t.Errorf("%v", got)
	}
}

// session opens one of Amelia's for a client.
func (d *desk) session(client string) string {
	d.t.Helper()
	session, err := d.org.People.CreateSession(d.t.Context(), people.Session{User: d.amelia, Kind: "api", Client: client}, time.Hour)
	if err != nil {
		d.t.Fatal(err)
	}
	return session
}

func TestDeletingAnAppRevokesItsTokens(t *testing.T) {
	d := openDesk(t)
	d.makeApp()
	key := d.consumer().Key
	refresh, err := d.org.People.CreateRefresh(t.Context(), d.amelia, key, "api")
	if err != nil {
		t.Fatal(err)
	}
	session, own := d.session(key), d.session("")
	d.change("delete", `<type>ExternalClientApplication</type><fullNames>Wallboard</fullNames>`)
	if _, err := d.org.People.Refresh(t.Context(), refresh, key); err == nil {
		t.Error("the refresh token stayed")
	}
	if _, err := d.org.People.Session(t.Context(), session); err == nil {
		t.Error("the session stayed")
	}
	if _, err := d.org.People.Session(t.Context(), own); err != nil {
		t.Errorf("a session of no app: %v", err)
	}
	for _, kind := range append(clientapp.Parts(), clientapp.Header) {
		if left, err := d.org.Components(t.Context(), kind); err != nil || len(left) != 0 {
			t.Errorf("%s: %v %v", kind, left, err)
		}
	}
}

func TestSwitchingAnAppOffEndsItsSessions(t *testing.T) {
	for _, off := range []string{"<isEnabled>false</isEnabled>",
		"<isEnabled>true</isEnabled><isOauthPluginEnabled>false</isOauthPluginEnabled>"} {
		d := openDesk(t)
		d.makeApp()
		session, own := d.session(d.consumer().Key), d.session("")
		d.change("update", policies("<sessionTimeoutInMinutes>30</sessionTimeoutInMinutes>"))
		if _, err := d.org.People.Session(t.Context(), session); err != nil {
			t.Fatalf("another timeout ended the session: %v", err)
		}
		d.change("update", part("ExtlClntAppConfigurablePolicies", "Wallboard_switch", off+ofWallboard))
		if _, err := d.org.People.Session(t.Context(), session); err == nil {
			t.Errorf("%s: the session stayed", off)
		}
		if _, err := d.org.People.Session(t.Context(), own); err != nil {
			t.Errorf("%s: a session of no app: %v", off, err)
		}
		if now := d.app(); !now.HasKey || shownAt(now.Settings, "Callback URL") == "" {
			t.Errorf("what belongs to OAuth was lost: %+v", now)
		}
	}
}

func TestPoliciesFollowAPermissionSet(t *testing.T) {
	d := openDesk(t)
	id := d.set("Wall", "Wall")
	d.set("Hall", "Hall")
	d.makeApp()
	d.change("update", policies("<commaSeparatedPermissionSet>Wall,Hall</commaSeparatedPermissionSet>"))
	does[idOut](d, "PATCH", "/permsets/"+id, `{"label":"Wall","name":"Big_Wall","description":"","lastModified":""}`, 200)
	if got := shownAt(d.app().Policies, "Selected Permission Sets"); got != "Big_Wall|Hall" {
		t.Errorf("renamed: %v", got)
	}
	does[nothing](d, "DELETE", "/permsets/"+id, "", 200)
	if got := shownAt(d.app().Policies, "Selected Permission Sets"); got != "Hall" {
		t.Errorf("deleted: %v", got)
	}
}
