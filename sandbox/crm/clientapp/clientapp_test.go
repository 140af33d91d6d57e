package clientapp

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

func openOrg(t *testing.T) (*crm.Org, *clock.Fake) {
	t.Helper()
	clk := clock.NewFake(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clk, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	return org, clk
}

func change(t *testing.T, org *crm.Org, f func(*crm.Actor) error) {
	t.Helper()
	if err := org.Transact(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func TestHowLongRefreshTokensAreGood(t *testing.T) {
	issued := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		p     Policy
		used  time.Duration // after issued
		after time.Duration
		want  bool
	}{
		{"until revoked", Policy{Refresh: Infinite}, 0, 100_000 * time.Hour, true},
		{"at once no longer", Policy{Refresh: Zero}, 0, 0, false},
		{"a lifetime not yet over", Policy{Refresh: SpecificLifetime, Period: 2, Unit: "Days"}, 0, 47 * time.Hour, true},
		{"a lifetime that is over, used or not", Policy{Refresh: SpecificLifetime, Period: 2, Unit: "Days"}, 47 * time.Hour,
			48 * time.Hour, false},
		{"hours", Policy{Refresh: SpecificLifetime, Period: 4, Unit: "Hours"}, 0, 4 * time.Hour, false},
		{"months by the calendar", Policy{Refresh: SpecificLifetime, Period: 1, Unit: "Months"}, 0, 28 * 24 * time.Hour, true},
		{"use lengthens an inactivity", Policy{Refresh: SpecificInactivity, Period: 2, Unit: "Days"}, 47 * time.Hour, 90 * time.Hour, true},
		{"unused for too long", Policy{Refresh: SpecificInactivity, Period: 2, Unit: "Days"}, 0, 48 * time.Hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.p.Refreshes(issued, issued.Add(c.used), issued.Add(c.after)); got != c.want {
				t.Errorf("%+v used after %s, asked after %s: %t, want %t", c.p, c.used, c.after, got, c.want)
			}
		})
	}
}

func TestCallbackURLs(t *testing.T) {
	for url, says := range map[string]string{
		"https://app.example/callback": "", "http://localhost:1717/OauthRedirect": "", "http://127.0.0.1/back": "",
		"wallboard://back": "", "com.example.app:/oauth2redirect": "",
		"http://app.example/callback": "must use secure HTTPS or a custom URI scheme", "callback": "not a valid URL",
		"https://": "not a valid URL", "https:app.example": "not a valid URL",
		"javascript:alert(1)": "not allowed", "data:text/html,x": "not allowed", "https://app.example/#token": "fragment",
		"http://localhost.evil.example/": "must use secure HTTPS",
	} {
		got := checkCallbacks([]string{"https://first.example", url})
		if says == "" && got != "" || says != "" && !strings.Contains(got, says) {
			t.Errorf("checkCallbacks(%q) = %q, want %q", url, got, says)
		}
	}
	if got := checkCallbacks([]string{"https://app.example/" + strings.Repeat("x", maxCallbacks)}); !strings.Contains(got, "too large") {
		t.Errorf("too long: %q", got)
	}
}

const wallboard = `<ExternalClientApplication ` +
	`xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>ada@x.example</contactEmail>` +
	`<distributionState>Local</distributionState><label>Wallboard</label>` +
	`<orgScopedExternalApp>00D:Wallboard</orgScopedExternalApp></ExternalClientApplication>`

func put(t *testing.T, org *crm.Org, kind, file, body string) {
	t.Helper()
	name, _, _ := strings.Cut(file, ".")
	change(t, org, func(a *crm.Actor) error {
		return a.PutComponent(t.Context(), records.Component{Type: kind, FullName: name, Files: map[string][]byte{file: []byte(body)}})
	})
}

func TestAnAppIsReadFromItsComponents(t *testing.T) {
	org, _ := openOrg(t)
	put(t, org, Header, "Wallboard.eca", wallboard)
	put(t, org, globalKind, "Wallboard_glbl.ecaGlblOauth", `<ExtlClntAppGlobalOauthSettings><callbackUrl>https://a.example
https://b.example</callbackUrl><consumerKey>k</consumerKey>
<externalClientApplication>Wallboard</externalClientApplication></ExtlClntAppGlobalOauthSettings>`)
	app, ok, err := ByKey(t.Context(), org, "k")
	if err != nil || !ok || len(app.OAuth.Callbacks) != 2 || !app.OAuthOn || !app.OAuth.SecretForRefresh || app.Policy.Period != 365 {
		t.Fatalf("%+v %t %v", app, ok, err)
	}
	if again, _, err := Find(t.Context(), org, "wallboard"); err != nil || again.OAuth.Key != "k" {
		t.Errorf("%+v %v", again, err)
	}
}

func TestARenamedSetIsFollowedAndTheRestStays(t *testing.T) {
	org, _ := openOrg(t)
	const rules = `<ExtlClntAppOauthConfigurablePolicies ` +
		`xmlns="http://soap.sforce.com/2006/04/metadata"><commaSeparatedPermissionSet>Hall, Wall</commaSeparatedPermissionSet>` +
		`<externalClientApplication>Wallboard</externalClientApplication>` +
		`<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel></ExtlClntAppOauthConfigurablePolicies>`
	put(t, org, Header, "Wallboard.eca", wallboard)
	put(t, org, oauthRulesKind, "Wallboard.ecaOauthPlcy", rules)
	for _, c := range []struct{ from, to, want string }{
		{"Nobody", "Somebody", rules},
		{"Wall", "Big_Wall", "<commaSeparatedPermissionSet>Hall,Big_Wall</commaSeparatedPermissionSet>"},
		{"Hall", "", "<commaSeparatedPermissionSet>Big_Wall</commaSeparatedPermissionSet>"},
		{"Big_Wall", "", "<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>"},
	} {
		change(t, org, func(a *crm.Actor) error { return RenameSet(t.Context(), a, c.from, c.to) })
		have, _, err := org.Component(t.Context(), oauthRulesKind, "Wallboard")
		if body, _ := have.File(rulesSuffix); err != nil || !strings.Contains(string(body), c.want) {
			t.Errorf("%s to %q: %s %v", c.from, c.to, body, err)
		}
	}
}

func TestTheNewerOfTwoPoliciesCounts(t *testing.T) {
	org, clk := openOrg(t)
	policy := func(refresh string) string {
		return "<ExtlClntAppOauthConfigurablePolicies><externalClientApplication>Wallboard</externalClientApplication><refreshTokenPolicyType>" +
			refresh + "</refreshTokenPolicyType></ExtlClntAppOauthConfigurablePolicies>"
	}
	put(t, org, Header, "Wallboard.eca", wallboard)
	put(t, org, oauthRulesKind, "Z.ecaOauthPlcy", policy("Zero"))
	clk.Advance(time.Second)
	put(t, org, oauthRulesKind, "A.ecaOauthPlcy", policy("Infinite"))
	if app, _, err := Find(t.Context(), org, "Wallboard"); err != nil || app.Policy.Refresh != Infinite {
		t.Errorf("%+v %v", app.Policy, err)
	}
	change(t, org, func(a *crm.Actor) error { _, err := Remove(t.Context(), a, "Wallboard"); return err })
	if left, err := org.Components(t.Context(), oauthRulesKind); err != nil || len(left) != 0 {
		t.Errorf("left: %v %v", left, err)
	}
}

func TestDeployedSettingsGetAKey(t *testing.T) {
	settings := func(more string) []byte {
		return []byte("<ExtlClntAppGlobalOauthSettings>" + more +
			"<externalClientApplication>W</externalClientApplication></ExtlClntAppGlobalOauthSettings>")
	}
	first, gone, err := Completed(settings(""), nil)
	if err != nil || gone != "" {
		t.Fatal(gone, err)
	}
	d, err := read(first)
	if err != nil || !strings.HasPrefix(d.text("consumerKey"), "3MVG9") || len(d.text("consumerSecret")) != 64 {
		t.Fatalf("%s %v", first, err)
	}
	again, gone, err := Completed(settings("<isPkceRequired>true</isPkceRequired>"), first)
	same, _ := read(again)
	if err != nil || gone != "" || same.text("consumerKey") != d.text("consumerKey") ||
		same.text("consumerSecret") != d.text("consumerSecret") {
		t.Errorf("a deployment without a key changed it: %s %v", again, err)
	}
	rotated, gone, err := Completed(settings("<shouldRotateConsumerKey>true</shouldRotateConsumerKey>"), first)
	other, _ := read(rotated)
	if err != nil || gone != d.text("consumerKey") || other.text("consumerKey") == gone ||
		other.text("consumerSecret") != d.text("consumerSecret") || other.flag("shouldRotateConsumerKey", false) {
		t.Errorf("rotated: %s gone %q %v", rotated, gone, err)
	}
}

// What is read and written again says the same, and reading it once more changes nothing.
func FuzzDocument(f *testing.F) {
	f.Add(wallboard)
	f.Add("<a><b>x&amp;y</b><c><d/></c><b/></a>")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := read([]byte(text))
		if err != nil || strings.ContainsAny(text, "\x00<!?") && strings.Contains(text, "<!") || len(d.Kids) > 100 {
			return
		}
		first := d.file()
		again, err := read(first)
		if err != nil {
			return // an element's name or content that is no XML of its own, such as an unbound prefix
		}
		for _, k := range d.Kids {
			if d.text(k.XMLName.Local) != again.text(k.XMLName.Local) {
				t.Fatalf("%q: %s was %q, is %q", text, k.XMLName.Local, d.text(k.XMLName.Local), again.text(k.XMLName.Local))
			}
		}
		if string(again.file()) != string(first) {
			t.Fatalf("%q: %q is not %q", text, again.file(), first)
		}
	})
}
