package steps

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// OAuthApp is the External Client App with the adapter's consumer key, callback URL and certificate, which no package
// may carry. All its parts come in one archive, once the permission sets that its policies name are there.
type OAuthApp struct {
	CallbackURL, ClientID string
	Certificate           string        // base64 of DER
	Remembered            *setup.Record // stands in where the org does not let its settings be read
}

// Name says what it is.
func (OAuthApp) Name() string { return "External Client App" }

const oauthWhy = "agents and the adapter sign in with it"

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

func (s OAuthApp) app() sfdx.OAuthApp {
	return sfdx.OAuthApp{CallbackURL: s.CallbackURL, ClientID: s.ClientID, Certificate: s.Certificate}
}

// made is the line of the record that the app leaves. Its header takes all the rest along; where the header was there
// before us, only the settings are ours.
func (s OAuthApp) made(have clientApp) setup.Made {
	m := setup.Made{
		What:  "External Client App Patchcord",
		After: s.ClientID + " " + s.CallbackURL + " " + bare(s.Certificate),
		Entry: component(sfdx.AppHeader.Type, sfdx.AppName),
	}
	if have.has(sfdx.AppHeader) && !s.recorded(m) {
		m.What = "OAuth settings of the External Client App"
		m.Entry = component(sfdx.AppGlobal.Type, have.name(sfdx.AppGlobal))
	}
	return m
}

// takenBack are the lines that a change of the app leaves. Settings that were there before us stay when we go.
func (s OAuthApp) takenBack(have clientApp) []setup.Made {
	m := s.made(have)
	if have.has(sfdx.AppHeader) && have.has(sfdx.AppGlobal) && !s.recorded(m) {
		return nil
	}
	return []setup.Made{m}
}

func (s OAuthApp) recorded(m setup.Made) bool {
	return s.Remembered != nil && slices.ContainsFunc(s.Remembered.Made(), m.Same)
}

// deployed says whether just this app was deployed before.
func (s OAuthApp) deployed(have clientApp) bool {
	made := s.made(have)
	return s.Remembered != nil && slices.ContainsFunc(s.Remembered.Made(), func(m setup.Made) bool {
		return m.Same(made) && m.After == made.After
	})
}

// Plan compares what the org has; what cannot be read is taken from the record.
func (s OAuthApp) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	have, err := readClientApp(ctx, p)
	unreadable := errors.Is(err, salesforce.ErrNoRetrieve)
	switch {
	case err != nil && !unreadable:
		return nil, err
	case (unreadable || have.has(sfdx.AppHeader) && !have.has(sfdx.AppGlobal)) && s.deployed(have):
		return []setup.Change{setup.Right("Patchcord lets the adapter in, as far as the record knows")}, nil
	}
	wanted, err := have.differences(s)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	if len(wanted) > 0 {
		c, err := s.deploy(ctx, p, have, wanted)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	// An app keeps the key that it was made with, whatever a later deployment says.
	if have.key() != "" && have.key() != s.ClientID {
		what := "Write client_id: " + have.key() + " below salesforce into patchcord.yaml and start patchcord serve again: " +
			"the org's app keeps the consumer key that it was made with, which is not the adapter's."
		changes = append(changes, setup.Change{Action: setup.Person, Why: oauthWhy, What: what})
	}
	if changes == nil {
		changes = []setup.Change{setup.Right("Patchcord lets the adapter in")}
	}
	return changes, nil
}

// difference is what is wrong with a part of the app, as people read it.
type difference struct {
	part           sfdx.AppPart
	what, old, new string
}

// deploy is the change that puts the app right: every part but its header, which goes only when it differs, because a
// header that is sent again may get another id, and what was connected with the app would be connected with nothing.
func (s OAuthApp) deploy(
	ctx context.Context, p setup.Platforms, have clientApp, wanted []difference,
) (setup.Change, error) {
	bundle := sfdx.Bundle{}
	for _, part := range sfdx.AppParts() {
		changed := slices.ContainsFunc(wanted, func(d difference) bool { return d.part == part })
		if part == sfdx.AppHeader && !changed {
			continue
		}
		body, err := have.wanted(part, s.app(), changed)
		if err != nil {
			return setup.Change{}, err
		}
		bundle.Add(part.Type, have.name(part), part.File(have.name(part)), body)
	}
	c := setup.Change{
		Action: setup.Create, Why: oauthWhy, Deploy: bundle, Made: s.takenBack(have),
		What: "Patchcord, with callback " + s.CallbackURL + " and the adapter's certificate",
		First: func(ctx context.Context, failed *salesforce.DeployError) ([]setup.Change, error) {
			return assignToSelf(ctx, p, failed)
		},
	}
	if have.has(sfdx.AppGlobal) {
		var what, old, now []string
		for _, d := range wanted {
			what, old, now = append(what, d.what), append(old, d.old), append(now, d.new)
		}
		c.Action, c.What = setup.Update, strings.Join(what, ", ")
		c.Old, c.New = strings.Join(old, "; "), strings.Join(now, "; ")
	}
	return c, nil
}
