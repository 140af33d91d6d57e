package crm

import (
	"slices"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// deployed puts a component in as a deployment does.
func (d *desk) deployed(t *testing.T, kind, file, body string) {
	t.Helper()
	if err := d.Transact(t.Context(), func(a *Actor) error {
		return a.PutComponent(t.Context(), records.Component{Type: kind, FullName: "Security", Files: map[string][]byte{file: []byte(body)}})
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTrustedFrames(t *testing.T) {
	d := newDesk(t)
	for more, want := range map[string][]string{
		"<context>LEX</context>" +
			"<isActive>true</isActive><isApplicableToFrameSrc>true</isApplicableToFrameSrc>": {"https://ccp.example.com"},
		"<context>Communities</context><isActive>true</isActive><isApplicableToFrameSrc>true</isApplicableToFrameSrc>":          nil,
		"<context>All</context><isActive>false</isActive><isApplicableToFrameSrc>true</isApplicableToFrameSrc>":                 nil,
		"<context>All</context><isActive>true</isActive><isApplicableToConnectSrc>true</isApplicableToConnectSrc>":              nil,
		"<isActive>true</isActive><isApplicableToFrameSrc>true</isApplicableToFrameSrc><endpointUrl>https://a; x</endpointUrl>": nil,
	} {
		d.deployed(t, "CspTrustedSite", "Security.cspTrustedSite",
			"<CspTrustedSite><endpointUrl>https://ccp.example.com</endpointUrl>"+more+"</CspTrustedSite>")
		if frames, err := d.TrustedFrames(t.Context()); err != nil || !slices.Equal(frames, want) {
			t.Errorf("%s: %v %v, want %v", more, frames, err, want)
		}
	}
}

func TestWhoMayFrameAVisualforcePage(t *testing.T) {
	d := newDesk(t)
	wants := func(withHeaders bool, sites []string, anyone bool) {
		t.Helper()
		got, any, err := d.FrameAncestors(t.Context(), withHeaders)
		if err != nil || any != anyone || !slices.Equal(got, sites) {
			t.Errorf("%v, anyone %t, %v; want %v, %t", got, any, err, sites, anyone)
		}
	}
	wants(true, nil, false)
	d.deployed(t, "IframeWhiteListUrlSettings", "Security.iframeWhiteListUrlSettings", `<IframeWhiteListUrlSettings>
		<iframeWhiteListUrls><context>VisualforcePages</context><url>https://portal.example.com</url></iframeWhiteListUrls>
		<iframeWhiteListUrls><context>Surveys</context><url>https://survey.example.com</url></iframeWhiteListUrls>
	</IframeWhiteListUrlSettings>`)
	wants(true, []string{"https://portal.example.com"}, false)
	d.deployed(t, "Settings", "Security.settings", `<SecuritySettings><sessionSettings>
		<enableClickjackNonsetupUser>false</enableClickjackNonsetupUser>
	</sessionSettings></SecuritySettings>`)
	wants(true, nil, true)
	wants(false, []string{"https://portal.example.com"}, false)
}

// With Permissions-Policy on, an origin that no trusted URL names gets no microphone, whichever page it is of.
func TestPermissionsPolicy(t *testing.T) {
	d := newDesk(t)
	site := func(name, url, active, microphone string) {
		t.Helper()
		if err := d.Transact(t.Context(), func(a *Actor) error {
			return a.PutComponent(t.Context(), records.Component{Type: "CspTrustedSite", FullName: name, Files: map[string][]byte{
				name + ".cspTrustedSite": []byte(`<CspTrustedSite><canAccessMicrophone>` + microphone + `</canAccessMicrophone>` +
					`<endpointUrl>` + url + `</endpointUrl><isActive>` + active + `</isActive></CspTrustedSite>`),
			}})
		}); err != nil {
			t.Fatal(err)
		}
	}
	site("Phone", "https://phone.example", "true", "true")
	site("Map", "https://map.example", "true", "false")
	site("Old", "https://old.example", "false", "true")
	const on = "<enablePermissionsPolicy>true</enablePermissionsPolicy>"
	const trusted = "<grantMicrophoneAccess>TrustedUrls</grantMicrophoneAccess>"
	for settings, want := range map[string]string{
		"":      "",
		trusted: "",
		on:      "microphone=*",
		on + "<grantMicrophoneAccess>Never</grantMicrophoneAccess>": "microphone=()",
		on + trusted: `microphone=("https://phone.example")`,
	} {
		d.deployed(t, "Settings", "Security.settings", `<SecuritySettings>`+settings+`</SecuritySettings>`)
		if got, err := d.PermissionsPolicy(t.Context()); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", settings, got, err, want)
		}
	}
}
