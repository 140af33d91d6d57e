package auth

import (
	"context"
	"fmt"
	"html"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// deploy puts an app's components in as a deployment leaves them.
func deploy(ctx context.Context, a *crm.Actor, app clientapp.App) error {
	o, p := app.OAuth, app.Policy
	for _, c := range []struct{ kind, suffix, elements string }{
		{clientapp.Header, ".eca", element("label", app.Label)},
		{"ExtlClntAppOauthSettings", ".ecaOauth", element("commaSeparatedOauthScopes", strings.Join(o.Scopes, ","))},
		{"ExtlClntAppGlobalOauthSettings", ".ecaGlblOauth", element("callbackUrl", strings.Join(o.Callbacks, "\n")) +
			element("certificate", o.Certificate) + element("consumerKey", o.Key) + element("consumerSecret", o.Secret.Expose()) +
			element("isConsumerSecretOptional", !o.SecretForWeb) + element("isSecretRequiredForRefreshToken", o.SecretForRefresh) +
			element("isPkceRequired", o.PKCE) + element("isRefreshTokenRotationEnabled", o.Rotate) +
			element("isClientCredentialsFlowEnabled", o.ClientCredentials)},
		{"ExtlClntAppConfigurablePolicies", ".ecaPlcy", element("isEnabled", app.Enabled) + element("isOauthPluginEnabled", app.OAuthOn)},
		{"ExtlClntAppOauthConfigurablePolicies", ".ecaOauthPlcy", element("permittedUsersPolicyType", p.Permitted) +
			element("refreshTokenPolicyType", p.Refresh) + element("refreshTokenValidityPeriod", p.Period) +
			element("refreshTokenValidityUnit", p.Unit) + element("commaSeparatedPermissionSet", strings.Join(p.Sets, ",")) +
			element("commaSeparatedProfile", strings.Join(p.Profiles, ",")) + element("sessionTimeoutInMinutes", p.SessionMinutes) +
			element("isClientCredentialsFlowEnabled", p.ClientCredentials) + element("clientCredentialsFlowUser", p.RunAs)},
	} {
		if c.kind != clientapp.Header {
			c.elements += element("externalClientApplication", app.Name)
		}
		body := "<" + c.kind + ">" + c.elements + "</" + c.kind + ">"
		if err := a.PutComponent(ctx, records.Component{Type: c.kind, FullName: app.Name,
			Files: map[string][]byte{app.Name + c.suffix: []byte(body)}}); err != nil {
			return err
		}
	}
	return nil
}

// element is left out where it says nothing.
func element(name string, value any) string {
	text := fmt.Sprint(value)
	if text == "" {
		return ""
	}
	return "<" + name + ">" + html.EscapeString(text) + "</" + name + ">"
}
