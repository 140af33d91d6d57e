package steps

import (
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// OAuthApp gives the External Client App its consumer key, callback URL and certificate, which no package may carry.
type OAuthApp struct {
	CallbackURL, ClientID string
	Certificate           string        // base64 of DER
	Remembered            *setup.Record // stands in where the org does not let its settings be read
}

// Name says what it is.
func (OAuthApp) Name() string { return "External Client App" }

const (
	oauthType = sfdx.OAuthType
	oauthName = sfdx.OAuthName
	oauthFile = sfdx.OAuthFile
	oauthWhy  = "agents and the adapter sign in with it"
)

// oauthSettings is the part of the component that matters here.
type oauthSettings struct {
	Callback    string `xml:"callbackUrl"`
	Key         string `xml:"consumerKey"`
	Certificate string `xml:"certificate"`
	WantsSecret string `xml:"isSecretRequiredForRefreshToken"`
}

// bare is a certificate without armour and white space.
func bare(certificate string) string {
	var b strings.Builder
	for line := range strings.Lines(certificate) {
		if !strings.HasPrefix(line, "-----") {
			b.WriteString(strings.Join(strings.Fields(line), ""))
		}
	}
	return b.String()
}

// made is the line of the record that these settings leave.
func (s OAuthApp) made() setup.Made {
	return setup.Made{
		What:  "OAuth settings of the External Client App",
		After: s.ClientID + " " + s.CallbackURL + " " + bare(s.Certificate),
		Entry: component(oauthType, oauthName),
	}
}

// Plan compares what the org has; what cannot be read is taken from the record.
func (s OAuthApp) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	app := sfdx.OAuthApp{CallbackURL: s.CallbackURL, ClientID: s.ClientID, Certificate: s.Certificate}
	create := setup.Change{
		Action: setup.Create, Why: oauthWhy,
		What:   "Patchcord, with callback " + s.CallbackURL + " and the adapter's certificate",
		Deploy: org.One(oauthType, oauthName, oauthFile, string(app.File())), Made: []setup.Made{s.made()},
	}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: oauthType, Name: oauthName})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		if s.deployed() {
			return []setup.Change{setup.Right("Patchcord lets the adapter in, as far as the record knows")}, nil
		}
		return []setup.Change{create}, nil
	}
	if err != nil {
		return nil, err
	}
	body, there := files[oauthFile]
	if !there {
		return []setup.Change{create}, nil
	}
	var have oauthSettings
	if err := xml.Unmarshal(body, &have); err != nil {
		return nil, err
	}
	if have.Key != "" && have.Key != s.ClientID && s.deployed() {
		return []setup.Change{{Action: setup.Person, Why: oauthWhy, What: "Write client_id: " + have.Key +
			" below salesforce into patchcord.yaml and start patchcord serve again: " +
			"the org gave the app a consumer key of its own."}}, nil
	}
	return s.compare(have, create), nil
}

// deployed says whether just these settings were deployed before.
func (s OAuthApp) deployed() bool {
	made := s.made()
	return s.Remembered != nil && slices.ContainsFunc(s.Remembered.Made(), func(m setup.Made) bool {
		return m.Same(made) && m.After == made.After
	})
}

func (s OAuthApp) compare(have oauthSettings, change setup.Change) []setup.Change {
	change.Action = setup.Update
	switch {
	case have.Callback != s.CallbackURL:
		change.What, change.Old, change.New = "callback URL", have.Callback, s.CallbackURL
	case have.Key != "" && have.Key != s.ClientID:
		change.What, change.Old, change.New = "consumer key", have.Key, s.ClientID
	case have.Certificate != "" && bare(have.Certificate) != bare(s.Certificate):
		change.What, change.Old, change.New = "certificate", "another one", "the adapter's"
	case have.WantsSecret != "false": // the platform takes a missing one for true
		change.What = "refresh tokens"
		change.Old, change.New = "good with the app's secret only", "good without: the adapter has none"
	default:
		return []setup.Change{setup.Right("Patchcord lets the adapter in")}
	}
	return []setup.Change{change}
}
