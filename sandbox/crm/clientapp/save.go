package clientapp

import (
	"bytes"
	"context"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// Save writes an app into its components: those that are missing are made, elements that this package does not know stay, and what is
// as it was is not touched. An app without a consumer key gets no OAuth components.
func Save(ctx context.Context, actor *crm.Actor, app App) error {
	all, err := load(ctx, actor)
	if err != nil {
		return err
	}
	have := all[strings.ToLower(app.Name)]
	for _, at := range places {
		if app.OAuth.Key == "" && (at.kind == oauthKind || at.kind == globalKind) {
			continue
		}
		if err := app.write(ctx, actor, at, have[at.kind]); err != nil {
			return err
		}
	}
	return nil
}

func (a App) write(ctx context.Context, actor *crm.Actor, at place, have part) error {
	c, d := have.component, have.document
	before := []byte(nil)
	if c.Type == "" {
		name := a.Name + at.ending
		c = crm.Component{Type: at.kind, FullName: name, Files: map[string][]byte{at.folder + name + at.suffix: nil}}
		d = document{XMLName: xml.Name{Local: at.kind}}
		if at.kind != Header {
			d.set(appElement, a.Name)
			d.set("label", name)
		}
	} else {
		before = d.file()
	}
	d.Kids = slices.Clone(d.Kids)
	a.into(at.kind, &d)
	after := d.file()
	if bytes.Equal(before, after) {
		return nil
	}
	files := map[string][]byte{}
	for name, body := range c.Files {
		if strings.HasSuffix(name, at.suffix) {
			body = after
		}
		files[name] = body
	}
	c.Files, c.ModifiedBy = files, actor.User().ID
	return actor.PutComponent(ctx, c)
}

// into sets what the app says in a component of a type.
func (a App) into(kind string, d *document) {
	switch kind {
	case Header:
		for name, text := range map[string]string{"label": a.Label, "description": a.Description, "contactEmail": a.ContactEmail, "contactPhone": a.ContactPhone,
			"infoUrl": a.InfoURL, "logoUrl": a.LogoURL, "iconUrl": a.IconURL, "distributionState": a.Distribution} {
			d.set(name, text)
		}
	case oauthKind:
		d.setWords("commaSeparatedOauthScopes", a.OAuth.Scopes)
	case globalKind:
		a.OAuth.into(d)
	case policiesKind:
		d.setFlag("isEnabled", a.Enabled, true)
		if d.at("isEnabled") < 0 {
			d.set("isEnabled", "true") // the platform wants it to be there
		}
		d.setFlag("isOauthPluginEnabled", a.OAuthOn, true)
	case oauthRulesKind:
		a.Policy.into(d)
	}
}

func (o OAuth) into(d *document) {
	if callbacks := strings.Join(o.Callbacks, "\n"); strings.Join(strings.Fields(d.text("callbackUrl")), "\n") != callbacks {
		d.set("callbackUrl", callbacks)
	}
	d.set("certificate", o.Certificate)
	d.set("consumerKey", o.Key)
	d.set("consumerSecret", o.Secret.Expose())
	d.setFlag("isConsumerSecretOptional", !o.SecretForWeb, false)
	d.setFlag("isSecretRequiredForRefreshToken", o.SecretForRefresh, true)
	d.setFlag("isPkceRequired", o.PKCE, true)
	d.setFlag("isRefreshTokenRotationEnabled", o.Rotate, false)
	d.setFlag("isClientCredentialsFlowEnabled", o.ClientCredentials, false)
}

func (p Policy) into(d *document) {
	d.set("permittedUsersPolicyType", string(p.Permitted))
	d.set("ipRelaxationPolicyType", p.IPRelaxation)
	d.set("refreshTokenPolicyType", string(p.Refresh))
	period, unit := p.Period, p.Unit
	if p.Refresh != SpecificLifetime && p.Refresh != SpecificInactivity {
		period, unit = 0, ""
	}
	d.setNumber("refreshTokenValidityPeriod", period)
	d.set("refreshTokenValidityUnit", unit)
	d.setWords("commaSeparatedPermissionSet", p.Sets)
	var profiles []string
	for _, label := range p.Profiles {
		profiles = append(profiles, profileName(label))
	}
	d.setWords("commaSeparatedProfile", profiles)
	d.setNumber("sessionTimeoutInMinutes", p.SessionMinutes)
	d.setFlag("isClientCredentialsFlowEnabled", p.ClientCredentials, false)
	d.set("clientCredentialsFlowUser", p.RunAs)
}

// RenameSet follows a permission set that policies name to its new name; a set that is gone, whose new name is "", leaves them.
func RenameSet(ctx context.Context, actor *crm.Actor, from, to string) error {
	apps, err := List(ctx, actor)
	if err != nil {
		return err
	}
	for _, app := range apps {
		i := slices.Index(app.Policy.Sets, from)
		if i < 0 {
			continue
		}
		sets := slices.Clone(app.Policy.Sets)
		if sets[i] = to; to == "" {
			sets = slices.Delete(sets, i, i+1)
		}
		app.Policy.Sets = sets
		if err := Save(ctx, actor, app); err != nil {
			return err
		}
	}
	return nil
}

// Remove takes an app away: all its components, and all tokens that it was given. It says whether there was one.
func Remove(ctx context.Context, actor *crm.Actor, name string) (bool, error) {
	all, err := load(ctx, actor)
	if err != nil {
		return false, err
	}
	have, ok := all[strings.ToLower(name)]
	if !ok {
		return false, nil
	}
	if err := actor.RevokeClient(ctx, have.app().OAuth.Key); err != nil {
		return true, err
	}
	for _, at := range places {
		found, err := actor.Components(ctx, at.kind)
		if err != nil {
			return true, err
		}
		for _, c := range found {
			body, _ := c.File(at.suffix)
			d, err := read(body)
			mine := err == nil && strings.EqualFold(d.text(appElement), name)
			if at.kind == Header {
				mine = strings.EqualFold(c.FullName, name)
			}
			if !mine {
				continue
			}
			if err := actor.DropComponent(ctx, at.kind, c.FullName); err != nil {
				return true, err
			}
		}
	}
	return true, nil
}

func profileName(label string) string {
	for name, known := range profileNames {
		if known == label {
			return name
		}
	}
	return label
}
