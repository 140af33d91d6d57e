package scripts

import (
	"bytes"
	"context"
	"regexp"
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
	crm := administrator(ctx, ts)
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
		case "older":
			older(ctx, ts, crm)
		default:
			ts.Fatalf("break %s: unknown", what)
		}
	}
}

// administrator is the org's, behind everybody's back.
func administrator(ctx context.Context, ts *testscript.TestScript) *salesforce.Client {
	session, err := salesforce.LoginSOAP(ctx, ts.Getenv("CRM"), "admin@patchcord.example", "Patchcord-2026")
	ts.Check(err)
	return salesforce.New(salesforce.Config{Session: session})
}

// retrieved looks for a text in a component of the org: its type, its name, the text.
func retrieved(ts *testscript.TestScript, neg bool, args []string) {
	ctx := context.Background()
	files, err := administrator(ctx, ts).Retrieve(ctx, salesforce.Member{Type: args[0], Name: args[1]})
	ts.Check(err)
	found := false
	for _, body := range files {
		found = found || strings.Contains(string(body), args[2])
	}
	if found == neg {
		ts.Fatalf("%s %s has %s: %v", args[0], args[1], args[2], found)
	}
}

// older makes the org one that was set up before flows had versions: objects, a field, a value and a list on a page layout are not there.
func older(ctx context.Context, ts *testscript.TestScript, crm *salesforce.Client) {
	all, err := sfdx.Package()
	ts.Check(err)
	was := sfdx.Bundle{}
	for _, file := range []struct{ kind, name, file, cut, put string }{
		{"StaticResource", "PatchcordSoftphone", "staticresources/PatchcordSoftphone.resource-meta.xml", `<description>[^<]*`,
			"<description>older"},
		{"GlobalValueSet", "AC_CtiScriptSource", "globalValueSets/AC_CtiScriptSource.globalValueSet",
			`<customValue>\s*<fullName>ctiAction</fullName>[\s\S]*?</customValue>`, ""},
		{"Layout", "AC_CtiScript__c-AC CTI Flow Layout", "layouts/AC_CtiScript__c-AC CTI Flow Layout.layout",
			`<relatedLists>[\s\S]*?AC_CtiScriptVersion__c.CTI_Flow__c</relatedList>\s*</relatedLists>`, ""},
	} {
		body := regexp.MustCompile(file.cut).ReplaceAll(all.File(file.file), []byte(file.put))
		if bytes.Equal(body, all.File(file.file)) {
			ts.Fatalf("%s has nothing to cut", file.file)
		}
		was.Add(file.kind, file.name, file.file, body)
	}
	was.AddFile("staticresources/PatchcordSoftphone.resource", all.File("staticresources/PatchcordSoftphone.resource"))
	ts.Check(org.Deploy(ctx, crm, was))
	ts.Check(org.Delete(ctx, crm, sfdx.Member{Type: "CustomObject", Name: "AC_CtiScriptChunk__c"},
		sfdx.Member{Type: "CustomObject", Name: "AC_CtiScriptVersion__c"},
		sfdx.Member{Type: "CustomField", Name: "AC_CtiScript__c.Activation__c"}))
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
