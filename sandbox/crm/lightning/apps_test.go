package lightning

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func put(t *testing.T, org *crm.Org, name string, elements ...string) {
	t.Helper()
	body := `<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata"><label>` + name + `</label>` +
		strings.Join(elements, "") + `</CustomApplication>`
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		return a.PutComponent(t.Context(), records.Component{Type: "CustomApplication", FullName: name,
			Files: map[string][]byte{"applications/" + name + ".app": []byte(body)}})
	}); err != nil {
		t.Fatal(err)
	}
}

func show(t *testing.T, org *crm.Org, app string, profiles ...schema.RecordID) {
	t.Helper()
	if err := org.Transact(t.Context(), func(a *crm.Actor) error { return people.ShowApp(t.Context(), a.Access, app, profiles) }); err != nil {
		t.Fatal(err)
	}
}

const consoleUI = `<navType>Console</navType><uiType>Lightning</uiType>`

func labelsOf(apps []launchedOut) string {
	var all []string
	for _, a := range apps {
		all = append(all, a.Label)
	}
	return strings.Join(all, ", ")
}

func TestWhoSeesWhichApps(t *testing.T) {
	org, amelia, ada := openOrg(t)
	user, err := org.People.UserByName(t.Context(), "agent@patchcord.example")
	if err != nil {
		t.Fatal(err)
	}
	put(t, org, "Desk", consoleUI, "<tabs>standard-Case</tabs>")
	put(t, org, "Pocket", consoleUI, "<formFactors>Small</formFactors>")
	put(t, org, "Plain", "<navType>Standard</navType><uiType>Lightning</uiType>")
	put(t, org, "Old")
	for _, app := range []string{"Desk", "Pocket", "Plain", "Old"} {
		show(t, org, app, user.ProfileID)
	}
	if got := labelsOf(does[launcherOut](amelia, "GET", "/launcher", "", 200).Apps); got != "Service Console, Desk" {
		// one is for phones, one without workspaces, one Classic
		t.Errorf("Amelia sees %s", got)
	}
	launched := does[launcherOut](amelia, "GET", "/launcher", "", 200).Apps
	if got := labelsOf(does[launcherOut](ada, "GET", "/launcher", "", 200).Apps); got != "Service Console" {
		t.Errorf("Ada sees %s", got)
	}
	desk := `{"id":"` + launched[1].ID + `"}`
	does[edge.Problems](ada, "PUT", "/app", desk, 404)
	does[edge.Problems](amelia, "PUT", "/app", `{"id":""}`, 404)
	does[savedViewOut](amelia, "PUT", "/app", desk, 200)
	app := does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).App
	if app.Label != "Desk" || itemLabels(app.Navigation) != "Cases" {
		t.Errorf("Amelia is in %+v", app)
	}
	show(t, org, "Desk")
	if app := does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).App; app.ID != consoleID {
		t.Errorf("Amelia is still in %s", app.Label)
	}
	show(t, org, consoleApp)
	if app := does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).App; app.ID != "" {
		t.Errorf("Amelia is in %s", app.Label)
	}
	give(t, org, user.ID, consoleApp)
	if app := does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).App; app.ID != consoleID {
		t.Errorf("the permission set does not show the console: %+v", app)
	}
}

// give assigns a permission set that shows an app.
func give(t *testing.T, org *crm.Org, user schema.RecordID, app string) {
	t.Helper()
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		set, err := a.Create(t.Context(), "PermissionSet", records.Values{"Name": "Shows", "Label": "Shows"})
		if err == nil {
			_, err = a.Create(t.Context(), "SetupEntityAccess", records.Values{"ParentId": string(set), "SetupEntityId": app,
				"SetupEntityType": "TabSet"})
		}
		if err == nil {
			_, err = a.Create(t.Context(), "PermissionSetAssignment", records.Values{"PermissionSetId": string(set), "AssigneeId": string(user)})
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestPersonalNavigationOutlivesAChangeOfTheApp(t *testing.T) {
	org, amelia, _ := openOrg(t)
	does[navigationOut](amelia, "PUT", "/navigation", `{"items":["Task"]}`, 200)
	put(t, org, consoleApp, consoleUI, "<tabs>standard-home</tabs><tabs>standard-Case</tabs>")
	if app := does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).App; itemLabels(app.Navigation) != "Tasks" {
		t.Errorf("Amelia's own items are lost: %s", itemLabels(app.Navigation))
	}
	if got := itemLabels(does[navigationOut](amelia, "PUT", "/navigation", `{"items":[]}`, 200).Items); got != "Home, Cases" {
		t.Errorf("the app's own items are %s", got)
	}
}
