package steps

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
)

// SecuritySettings are what matters here of the org's security settings. An older API version has the switches of
// headers among the session settings.
// Source: Metadata API developer guide, SecuritySettings.
type SecuritySettings struct {
	Permissions        bool   `xml:"enablePermissionsPolicy"`
	SessionPermissions bool   `xml:"sessionSettings>enablePermissionsPolicy"`
	Microphone         string `xml:"grantMicrophoneAccess"` // Always, Never, TrustedUrls
	Embedder           bool   `xml:"enableCoepHeader"`
	SessionEmbedder    bool   `xml:"sessionSettings>enableCoepHeader"`
}

var securityMember = salesforce.Member{Type: "Settings", Name: "Security"}

const securityFile = "settings/Security.settings"

// ReadSecurity reads them; nothing is on where the org does not let them be read.
func ReadSecurity(ctx context.Context, p setup.Platforms) (SecuritySettings, error) {
	files, err := p.CRM.Retrieve(ctx, securityMember)
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return SecuritySettings{}, nil
	}
	if err != nil {
		return SecuritySettings{}, err
	}
	return parseSecurity(files[securityFile])
}

func parseSecurity(file []byte) (s SecuritySettings, err error) {
	if len(file) > 0 {
		if err = xml.Unmarshal(file, &s); err != nil {
			err = fmt.Errorf("%s: %w", securityFile, err)
		}
	}
	return s, err
}

// MicrophoneFor says whose pages may use the microphone: Always is anybody's.
func (s SecuritySettings) MicrophoneFor() string {
	if !s.Permissions && !s.SessionPermissions || s.Microphone == "" {
		return "Always"
	}
	return s.Microphone
}

// EmbedsOnlyWhatAllowsIt is true where Visualforce pages have a Cross-Origin Embedder Policy.
func (s SecuritySettings) EmbedsOnlyWhatAllowsIt() bool { return s.Embedder || s.SessionEmbedder }
