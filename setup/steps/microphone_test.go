package steps

import (
	"testing"

	"github.com/patchcord/patchcord/setup/org"
)

// The header's switches stand among the session settings in files of an older API version.
func TestWhoMayUseTheMicrophone(t *testing.T) {
	const trusted = `<grantMicrophoneAccess>TrustedUrls</grantMicrophoneAccess>`
	const on = `<enablePermissionsPolicy>true</enablePermissionsPolicy>`
	for settings, want := range map[string]struct {
		microphone string
		embedder   bool
	}{
		"":           {"Always", false},
		trusted:      {"Always", false},
		on + trusted: {"TrustedUrls", false},
		`<enableCoepHeader xmlns:xsi="x" xsi:nil="true"/>` + on: {"Always", false},
		`<sessionSettings>` + on + `<enableCoepHeader>true</enableCoepHeader></sessionSettings>` +
			`<grantMicrophoneAccess>Never</grantMicrophoneAccess>`: {"Never", true},
	} {
		got, err := parseSecurity([]byte("<SecuritySettings>" + settings + "</SecuritySettings>"))
		if err != nil || got.MicrophoneFor() != want.microphone || got.EmbedsOnlyWhatAllowsIt() != want.embedder {
			t.Errorf("%s: %+v, %v", settings, got, err)
		}
	}
}

func TestAPageThatPassesTheMicrophoneOn(t *testing.T) {
	page := TrustedURL{Name: "Page", URL: "https://x--c.vf.force.com", What: "the page", Microphone: true}
	change, err := page.plan("")
	if err != nil {
		t.Fatal(err)
	}
	for want, u := range map[string]TrustedURL{"true": page, "false": {Name: "Page", URL: page.URL}} {
		change, err = u.plan("")
		if err != nil {
			t.Fatal(err)
		}
		file := org.Document(change.Deploy.File(trustedFile("Page")))
		if says, err := file.Says("canAccessMicrophone", want); err != nil || !says {
			t.Errorf("canAccessMicrophone is not %s (%v)", want, err)
		}
	}
}
