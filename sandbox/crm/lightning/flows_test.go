package lightning

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

func putFlow(t *testing.T, org *crm.Org, name, kind, status, more string) {
	t.Helper()
	source := `<Flow><label>` + name + ` calls</label>` + more + `<processType>` + kind + `</processType><status>` +
		status + `</status></Flow>`
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		return a.PutComponent(t.Context(), records.Component{Type: "Flow", FullName: name,
			Files: map[string][]byte{"flows/" + name + ".flow": []byte(source)}})
	}); err != nil {
		t.Fatal(err)
	}
}

func TestWhichFlowsOpen(t *testing.T) {
	org, amelia, _ := openOrg(t)
	putFlow(t, org, "Intake", "Flow", "Active", "")
	putFlow(t, org, "Sleeping", "Flow", "Draft", "")
	putFlow(t, org, "Silent", "AutoLaunchedFlow", "Active", "")
	if got := does[flowOut](amelia, "GET", "/flows/intake", "", 200); got != (flowOut{"Intake", "Intake calls"}) {
		t.Errorf("%+v", got)
	}
	refused := func(name, flow string, status int, code string) {
		t.Helper()
		if got := does[edge.Problems](amelia, "GET", "/flows/"+flow, "", status); got.Errors[0].Code != code {
			t.Errorf("%s: %+v, want %s", name, got, code)
		}
	}
	refused("a flow that is not there", "Nope", 404, "NOT_FOUND")
	refused("a name that is none", "a-b", 404, "NOT_FOUND")
	refused("a flow that is not active", "Sleeping", 409, "FLOW_INACTIVE")
	refused("a flow without screens", "Silent", 409, "FLOW_WITHOUT_SCREENS")
	user, err := org.People.UserByName(t.Context(), "agent@patchcord.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		return a.Update(t.Context(), "Profile", user.ProfileID, records.Values{"PermissionsRunFlow": false}, "")
	}); err != nil {
		t.Fatal(err)
	}
	refused("without the right to run flows", "Intake", 403, "INSUFFICIENT_ACCESS")
}

func TestARestrictedFlowIsForThoseWhoAreGivenIt(t *testing.T) {
	org, amelia, _ := openOrg(t)
	putFlow(t, org, "Special", "Flow", "Active", "<isAdditionalPermissionRequiredToRun>true</isAdditionalPermissionRequiredToRun>")
	does[edge.Problems](amelia, "GET", "/flows/Special", "", 403)
	f, err := org.Flow(t.Context(), "Special")
	if err != nil {
		t.Fatal(err)
	}
	user, err := org.People.UserByName(t.Context(), "agent@patchcord.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		set, err := a.Create(t.Context(), "PermissionSet", records.Values{"Name": "S", "Label": "S"})
		if err != nil {
			return err
		}
		access := records.Values{"ParentId": string(set), "SetupEntityId": string(f.ID), "SetupEntityType": "FlowDefinition"}
		if _, err = a.Create(t.Context(), "SetupEntityAccess", access); err != nil {
			return err
		}
		_, err = a.Create(t.Context(), "PermissionSetAssignment", records.Values{"PermissionSetId": string(set), "AssigneeId": string(user.ID)})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := does[flowOut](amelia, "GET", "/flows/Special", "", 200); got.Label != "Special calls" {
		t.Errorf("%+v", got)
	}
}
