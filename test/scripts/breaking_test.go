package scripts

import (
	"context"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// security has the headers on that keep embedded pages from what nobody gave them.
const security = `<?xml version="1.0" encoding="UTF-8"?>
<SecuritySettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <enableCoepHeader>true</enableCoepHeader>
    <enablePermissionsPolicy>true</enablePermissionsPolicy>
    <grantMicrophoneAccess>TrustedUrls</grantMicrophoneAccess>
</SecuritySettings>
`

// breaking does what people do to an installation: break origin, break flows, …
func breaking(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	session, err := salesforce.LoginSOAP(ctx, ts.Getenv("CRM"), "admin@patchcord.example", "Patchcord-2026")
	ts.Check(err)
	crm := salesforce.New(salesforce.Config{Session: session})
	set := func(object, where string, values salesforce.Values) {
		rows, err := salesforce.Query[struct{ Id string }](ctx, crm, "SELECT Id FROM "+object+" WHERE "+where)
		ts.Check(err)
		if len(rows) == 0 {
			ts.Fatalf("no %s to break", object)
		}
		for _, r := range rows {
			if values == nil {
				ts.Check(crm.Delete(ctx, object, r.Id))
				continue
			}
			ts.Check(crm.Update(ctx, object, r.Id, values))
		}
	}
	for _, what := range args {
		switch what {
		case "origin":
			disapprove(ctx, ts)
		case "flows":
			set("AC_CtiScript__c", "Source__c = 'connectVoiceContact'", salesforce.Values{"Active__c": false})
		case "record":
			set("AC_CtiAdapter__c", "Name = 'ACLightningAdapter'",
				salesforce.Values{"Amazon_Connect_Instance_Alias__c": "https://other.my.connect.aws"})
		case "sso":
			set("AC_CtiAdapter__c", "Name = 'ACLightningAdapter'", salesforce.Values{"SSO_Url__c": "https://idp.example/sso?app=1"})
		case "ringtone":
			set("AC_CtiAdapter__c", "Name = 'ACLightningAdapter'", salesforce.Values{"Custom_Ringtone__c": ts.Getenv("CONNECT") + "/gone.mp3"})
		case "presence":
			set("AC_CtiAdapter__c", "Name = 'ACLightningAdapter'", salesforce.Values{"Presence_Sync_Enabled__c": true})
		case "member":
			set("User", "Username = 'agent@patchcord.example'", salesforce.Values{"CallCenterId": nil})
		case "set":
			set("PermissionSetAssignment", "Assignee.Username = 'agent@patchcord.example' AND PermissionSet.Name = 'AC_Agent'", nil)
		case "integration":
			set("PermissionSetAssignment", "PermissionSet.Name = 'AC_Integration'", nil)
			set("SetupEntityAccess", "Parent.Name = 'AC_Integration'", nil)
		case "key":
			adapter, err := setup.AskAdapter(ctx, ts.Getenv("ADAPTER"))
			ts.Check(err)
			putApp(ctx, ts, crm, "Theirs", adapter.ClientID)
		case "app":
			putApp(ctx, ts, crm, "Patchcord", "KeyOfTheOrg")
		case "row":
			set("SetupEntityAccess", "Parent.Name = 'AC_Agent' AND SetupEntityType = 'ExternalClientApplication'", nil)
		case "toolkit":
			set("AC_Toolkit__c", "Url__c != null", salesforce.Values{"Adapter_Url__c": "https://gone.example"})
		case "microphone":
			ts.Check(org.Deploy(ctx, crm, org.One("Settings", "Security", "settings/Security.settings", security)))
		default:
			ts.Fatalf("break %s: unknown", what)
		}
	}
}

// putApp deploys an app with all its parts, as somebody else did before set-up: by its name, with a consumer key.
func putApp(ctx context.Context, ts *testscript.TestScript, crm *salesforce.Client, name, key string) {
	app, err := sfdx.OAuthApp{CallbackURL: "https://other.example/back", ClientID: key}.Bundle()
	ts.Check(err)
	theirs := sfdx.Bundle{}
	for _, part := range sfdx.AppParts() {
		body := strings.ReplaceAll(string(app.File(part.File(part.Name))), ">Patchcord<", ">"+name+"<")
		full := strings.Replace(part.Name, "Patchcord", name, 1)
		theirs.Add(part.Type, full, part.File(full), []byte(body))
	}
	archive, err := theirs.Archive()
	ts.Check(err)
	ts.Check(crm.Deploy(ctx, archive, nil))
}

// disapprove takes the softphone page's origin away.
func disapprove(ctx context.Context, ts *testscript.TestScript) {
	centre, err := amazonconnect.New(ctx, amazonconnect.Config{
		Region: "us-east-1", Endpoint: ts.Getenv("CONNECT"), AccessKeyID: ts.Getenv("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: secret.String(ts.Getenv("AWS_SECRET_ACCESS_KEY")),
	})
	ts.Check(err)
	instance, err := centre.InstanceByAlias(ctx, "patchcord-demo")
	ts.Check(err)
	ts.Check(centre.DisapproveOrigin(ctx, instance.ID, ts.Getenv("VISUALFORCE")))
}
