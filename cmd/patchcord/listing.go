//go:build !lean

package main

import (
	"encoding/base64"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sfdx"
)

// listings is what the sandbox CRM's marketplace offers: this product's own package, published for the sandbox's adapter.
func listings(at origins, app adapter.App) []packaging.Listing {
	published := sfdx.Publication{AdapterURL: at.adapter, App: sfdx.OAuthApp{
		CallbackURL: at.adapter + "/auth/callback", ClientID: app.ClientID, Certificate: base64.StdEncoding.EncodeToString(app.Certificate),
	}}
	return []packaging.Listing{{
		Title: "Amazon Connect CTI Adapter", Tagline: "Amazon Connect telephony in the Salesforce Service Console", Publisher: "Patchcord",
		PackageName: sfdx.Name, VersionName: "Patchcord", Version: "1.0",
		Description: []string{
			"The CTI Adapter puts the Amazon Connect Contact Control Panel into the Service Console. Agents sign in once, take " +
				"and make calls where they work, and see the caller's record before they say hello.",
			"What happens on a call is configured in Salesforce: CTI flows are records that administrators change without code.",
		},
		Highlights: []string{"Screen pop by the caller's number", "Click-to-dial on every phone field",
			"Calls logged as tasks on the record that popped", "Enhanced agent logout"},
		Archive: published.Archive,
	}}
}
