package steps

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// Microphone lets the panel hear the agent where the org's pages say by a Permissions-Policy header who may. The header
// names trusted URLs only: the softphone page, which passes the microphone on, has to be one, and so has the panel.
type Microphone struct {
	Hosts  setup.Hosts
	Centre TrustedURL // the panel's
}

// Name says what it is.
func (Microphone) Name() string { return "microphone" }

const microphoneWhy = "without it the browser gives the panel no microphone, and nobody hears the agent"

// Plan looks at the header first: most orgs send none, and nothing is kept from anybody.
func (s Microphone) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	settings, err := ReadSecurity(ctx, p)
	if err != nil {
		return nil, err
	}
	switch settings.MicrophoneFor() {
	case "Always":
		return []setup.Change{setup.Right("the org keeps the microphone from nobody, as far as its settings can be read")}, nil
	case "TrustedUrls":
		return s.trust(ctx, p)
	}
	return []setup.Change{{
		Action: setup.Person, Why: microphoneWhy, Link: s.Hosts.Lightning + "/lightning/setup/SecuritySession/home",
		What: "In Setup → Session Settings → Browser Feature Permissions give access to the microphone to trusted URLs: " +
			"the org gives it to nobody. Then run patchcord setup apply again.",
	}}, nil
}

// trust adds the softphone page, and the microphone to the panel's entry if that is there without it.
func (s Microphone) trust(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	hosts, err := s.Hosts.Learn(ctx, p.CRM)
	if err != nil {
		return nil, err
	}
	if hosts.Visualforce == "" {
		what := "origin of the softphone page, which is known once the package is there"
		return []setup.Change{{Action: setup.Create, What: what, Why: microphoneWhy}}, nil
	}
	page := TrustedURL{
		Name: "Patchcord_Softphone_Page", URL: hosts.Visualforce, What: "the softphone page, which passes the microphone on",
		Microphone: true,
	}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: trustedType, Name: page.Name},
		salesforce.Member{Type: trustedType, Name: s.Centre.Name})
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return nil, err
	}
	change, err := page.plan(org.Document(files[trustedFile(page.Name)]))
	if err != nil {
		return nil, err
	}
	changes := []setup.Change{change}
	have := org.Document(files[trustedFile(s.Centre.Name)])
	if have == "" { // the step of trusted URLs makes it, with the microphone
		return changes, nil
	}
	hears, err := have.Says("canAccessMicrophone", "true")
	if err != nil || hears {
		return changes, err
	}
	edited, err := have.SetChild("canAccessMicrophone", "true")
	if err != nil {
		return changes, err
	}
	what := "microphone of the trusted URL " + s.Centre.Name
	return append(changes, setup.Change{
		Action: setup.Update, What: what, Old: "no access", New: "access", Why: microphoneWhy,
		Deploy: org.One(trustedType, s.Centre.Name, trustedFile(s.Centre.Name), string(edited)),
	}), nil
}
