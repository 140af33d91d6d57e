package metadata

import (
	"context"
	"strings"
)

// audited says how the setup audit trail calls a type, and where in Setup it belongs. Source: salesforce-surface.md §6.4.
var audited = map[string]struct{ label, section string }{
	"CustomObject": {"custom object", "Custom Objects"}, "CustomField": {"custom field", "Customize Custom Objects"}, "ListView": {"list view", "Custom Objects"},
	"GlobalValueSet": {"global value set", "Picklist Value Sets"}, "CustomTab": {"custom tab", "Custom Tabs"}, "Layout": {"page layout", "Page Layouts"},
	"PermissionSet": {"permission set", "Manage Users"}, "ApexPage": {"Visualforce page", "Visualforce Page"}, "StaticResource": {"static resource", "Static Resource"},
	"ContentAsset": {"asset file", "Asset Files"}, "CallCenter": {"call center", "Call Center"}, "FlexiPage": {"Lightning page", "Lightning Pages"}, "CustomApplication": {"custom app", "Application"},
	"CspTrustedSite": {"trusted URL", "Security Controls"}, "CorsWhitelistOrigin": {"CORS allowed origin", "Security Controls"}, "RemoteSiteSetting": {"remote site", "Security Controls"},
	"Flow":                      {"flow", "Flows"},
	"ExternalClientApplication": {"external client app", "External Client Apps"}, "ExtlClntAppOauthSettings": {"OAuth settings of an external client app", "External Client Apps"},
	"ExtlClntAppGlobalOauthSettings":       {"global OAuth settings of an external client app", "External Client Apps"},
	"ExtlClntAppConfigurablePolicies":      {"policies of an external client app", "External Client Apps"},
	"ExtlClntAppOauthConfigurablePolicies": {"OAuth policies of an external client app", "External Client Apps"},
}

// audit writes what a deployment did to a component into the setup audit trail. Of a new object's own parts nothing is said.
func (in *installer) audit(ctx context.Context, kind, fullName, verb string) error {
	if object, _, inside := strings.Cut(fullName, "."); in.untold || inside && in.made[object] {
		return nil
	}
	if kind == "CustomObject" && verb == "Created" {
		in.made[fullName] = true
	}
	of, known := audited[kind]
	if !known {
		of.label, of.section = kind, "Setup"
	}
	action := strings.ToLower(verb) + kind
	return in.actor.Audit(ctx, action, of.section, "%s %s %s", verb, of.label, fullName)
}
