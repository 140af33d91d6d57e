package setup

import (
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// OAuthApp gives the External Client App its consumer key, callback URL and certificate, which no package may carry.
type OAuthApp struct {
	CallbackURL, ClientID string
	Certificate           string  // base64 of DER
	Remembered            *Record // stands in where the org does not let its settings be read
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

func (s OAuthApp) want() string { return s.ClientID + " " + s.CallbackURL + " " + bare(s.Certificate) }

// Plan compares what the org has; what cannot be read is taken from the record.
func (s OAuthApp) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	made := Made{Kind: Component, What: "OAuth settings of the External Client App", Object: oauthType, Name: oauthName, After: s.want()}
	create := Change{Action: Create, What: "Patchcord, with callback " + s.CallbackURL + " and the adapter's certificate", Why: oauthWhy, do: func(ctx context.Context) error { return s.deploy(ctx, p) }, made: []Made{made}}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: oauthType, Name: oauthName})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		if s.deployed(made) {
			return []Change{right("Patchcord lets the adapter in, as far as the record knows")}, nil
		}
		return []Change{create}, nil
	}
	if err != nil {
		return nil, err
	}
	body, there := files[oauthFile]
	if !there {
		return []Change{create}, nil
	}
	var have oauthSettings
	if err := xml.Unmarshal(body, &have); err != nil {
		return nil, err
	}
	if have.Key != "" && have.Key != s.ClientID && s.deployed(made) {
		return []Change{{Action: Person, What: "Write client_id: " + have.Key + " below salesforce into patchcord.yaml and start patchcord serve again: the org gave the app a consumer key of its own.", Why: oauthWhy}}, nil
	}
	return s.compare(have, create), nil
}

// deployed says whether just these settings were deployed before.
func (s OAuthApp) deployed(made Made) bool {
	return s.Remembered != nil && slices.ContainsFunc(s.Remembered.Made(), func(m Made) bool { return m.same(made) && m.After == made.After })
}

func (s OAuthApp) compare(have oauthSettings, change Change) []Change {
	change.Action = Update
	switch {
	case have.Callback != s.CallbackURL:
		change.What, change.Old, change.New = "callback URL", have.Callback, s.CallbackURL
	case have.Key != "" && have.Key != s.ClientID:
		change.What, change.Old, change.New = "consumer key", have.Key, s.ClientID
	case have.Certificate != "" && bare(have.Certificate) != bare(s.Certificate):
		change.What, change.Old, change.New = "certificate", "another one", "the adapter's"
	case have.WantsSecret != "false": // the platform takes a missing one for true
		change.What, change.Old, change.New = "refresh tokens", "good with the app's secret only", "good without: the adapter has none"
	default:
		return []Change{right("Patchcord lets the adapter in")}
	}
	return []Change{change}
}

func (s OAuthApp) deploy(ctx context.Context, p Platforms) error {
	app := sfdx.OAuthApp{CallbackURL: s.CallbackURL, ClientID: s.ClientID, Certificate: s.Certificate}
	return deployOne(ctx, p, oauthType, oauthName, oauthFile, string(app.File()))
}

// deployOne deploys a single component.
func deployOne(ctx context.Context, p Platforms, kind, name, file, body string) error {
	b := sfdx.Bundle{}
	b.Add(kind, name, file, []byte(body))
	archive, err := b.Archive()
	if err != nil {
		return err
	}
	return p.CRM.Deploy(ctx, archive, nil)
}
