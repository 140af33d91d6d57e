package auth

import (
	"context"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"encoding/xml"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// client is an OAuth client: a deployed External Client App, or the command line's, which every org knows.
type client struct {
	key, label, secret string
	redirects, scopes  []string
	pkce               bool
	secretOptional     bool
	adminApproved      bool     // only users with one of the permission sets, who need not be asked
	sets               []string // permission sets that pre-authorise
	certificate        any      // public key for the JWT bearer flow; nil for none
}

// commandLine is the client of the sf command. Source: salesforce-surface.md §1.8.
var commandLine = client{
	key: "PlatformCLI", label: "Salesforce CLI", redirects: []string{"http://localhost:1717/OauthRedirect"},
	scopes: []string{"refresh_token", "api", "web"}, secretOptional: true,
}

// scopeNames maps the names in metadata to those of OAuth.
var scopeNames = map[string]string{
	"Api": "api", "Web": "web", "Full": "full", "RefreshToken": "refresh_token", "OpenID": "openid", "Basic": "id", "Profile": "profile",
	"Email": "email", "Chatter": "chatter_api", "VisualForce": "visualforce", "Lightning": "lightning", "Content": "content",
}

type globalXML struct {
	App            string `xml:"externalClientApplication"`
	Callback       string `xml:"callbackUrl"`
	Key            string `xml:"consumerKey"`
	Secret         string `xml:"consumerSecret"`
	Certificate    string `xml:"certificate"`
	SecretOptional bool   `xml:"isConsumerSecretOptional"`
	PKCE           bool   `xml:"isPkceRequired"`
}

type settingsXML struct {
	App    string `xml:"externalClientApplication"`
	Scopes string `xml:"commaSeparatedOauthScopes"`
}

type policyXML struct {
	App    string `xml:"externalClientApplication"`
	Policy string `xml:"permittedUsersPolicyType"`
	Sets   string `xml:"commaSeparatedPermissionSet"`
}

type headXML struct {
	Label string `xml:"label"`
}

var errNoApp = errors.New("no such client")

// app finds a client by its consumer key.
func (a *Auth) app(ctx context.Context, key string) (client, error) {
	if key == commandLine.key {
		return commandLine, nil
	}
	globals, err := a.cfg.Org.Components(ctx, "ExtlClntAppGlobalOauthSettings")
	if err != nil {
		return client{}, err
	}
	for _, component := range globals {
		global, ok := read[globalXML](component)
		if !ok || global.Key == "" || global.Key != key {
			continue
		}
		c := client{key: key, label: global.App, secret: global.Secret, redirects: strings.Fields(global.Callback), pkce: global.PKCE, secretOptional: global.SecretOptional}
		c.certificate = publicKey(global.Certificate)
		return c, a.complete(ctx, &c, global.App)
	}
	return client{}, errNoApp
}

// complete adds what the other parts of an app say.
func (a *Auth) complete(ctx context.Context, c *client, name string) error {
	all, err := a.cfg.Org.Components(ctx, "")
	if err != nil {
		return err
	}
	for _, component := range all {
		switch component.Type {
		case "ExternalClientApplication":
			if head, ok := read[headXML](component); ok && component.FullName == name {
				c.label = head.Label
			}
		case "ExtlClntAppOauthSettings":
			if s, ok := read[settingsXML](component); ok && s.App == name {
				for scope := range strings.SplitSeq(s.Scopes, ",") {
					if known := scopeNames[strings.TrimSpace(scope)]; known != "" {
						c.scopes = append(c.scopes, known)
					}
				}
			}
		case "ExtlClntAppOauthConfigurablePolicies":
			if p, ok := read[policyXML](component); ok && p.App == name {
				c.adminApproved = p.Policy == "AdminApprovedPreAuthorized"
				for set := range strings.SplitSeq(p.Sets, ",") {
					c.sets = append(c.sets, strings.TrimSpace(set))
				}
			}
		}
	}
	return nil
}

func read[T any](component crm.Component) (T, bool) {
	var out T
	for _, body := range component.Files {
		if xml.Unmarshal(body, &out) == nil {
			return out, true
		}
	}
	return out, false
}

// publicKey reads a certificate in PEM, or its bare base64.
func publicKey(text string) any {
	der := []byte(nil)
	if block, _ := pem.Decode([]byte(text)); block != nil {
		der = block.Bytes
	} else if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil {
		der = raw
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil
	}
	return certificate.PublicKey
}

// approved says whether the app may act for a user without asking.
func (c client) approved(actor *crm.Actor) bool {
	return c.adminApproved && slices.ContainsFunc(c.sets, actor.HasPermissionSet)
}

// checkSecret wants the app's secret unless it is optional, or PKCE stands in for it.
func (c client) checkSecret(given string, pkce bool) error {
	if c.secret == "" || given == "" && (c.secretOptional || pkce) {
		return nil
	}
	if subtle.ConstantTimeCompare([]byte(given), []byte(c.secret)) != 1 {
		return refused("invalid_client", "invalid client credentials")
	}
	return nil
}
