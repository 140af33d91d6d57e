package steps

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// A step that stands in the struct but not in the order would never be carried out.
func TestEveryStepIsCarriedOutOnce(t *testing.T) {
	c, err := config.Load("../../examples/real-org.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := For(c, setup.Site{})
	ordered := map[reflect.Type]bool{}
	names := map[string]bool{}
	for _, s := range all.InOrder() {
		ordered[reflect.TypeOf(s)] = true
		names[s.Name()] = true
	}
	of := reflect.TypeOf(all)
	for i := range of.NumField() {
		if !ordered[of.Field(i).Type] {
			t.Errorf("%s has no place in the order", of.Field(i).Name)
		}
	}
	if n := len(all.InOrder()); n != of.NumField() || n != len(names) {
		t.Errorf("%d steps in order with %d names, want %d", n, len(names), of.NumField())
	}
}

// What is written down before it is made has to be there for another process, with all that taking it back needs.
func TestEveryKindOfEntryIsReadAgain(t *testing.T) {
	written := []setup.Entry{
		Row{Object: "Contact", Where: "Name = 'x'"}, Field{Object: "User", Where: "Id = 'x'", Name: "CallCenterId"},
		component("FlexiPage", ownBar), DeployedPackage{Members: []sfdx.Member{{Type: "ApexPage", Name: "P"}}},
		InstalledPackage{Version: "04t1"}, TrustedFrame{Origin: "https://x"}, CallCenterItem{CallCenter: "C", Item: "reqAdapterUrl"},
		UtilityBar{App: "A", Bar: ownBar}, UtilityItem{Bar: "B", Name: softphoneItem}, Tab{App: "A", Name: adapterTab},
		UtilityStart{Bar: "B"},
		AppVisibility{Set: "AC_Agent", App: ownConsole},
		ApprovedOrigin{Instance: "i", Origin: "https://x"}, AgentStatus{Instance: "i", Name: "Logout"},
		AppRow{Set: "AC_Agent"}, OmniEnabled{Statuses: []string{"Lunch"}}, StatusAccess{Set: accessSet, Status: "Lunch"},
		UtilityOrigin{Bar: "B", Component: deskItem}, PresenceRule{Where: "Name = 'x'", Values: map[string]string{"Value__c": "Lunch"}},
	}
	if len(written) != len(Kinds) {
		t.Errorf("%d kinds, of which %d are tried", len(Kinds), len(written))
	}
	var made []setup.Made
	for _, e := range written {
		made = append(made, setup.Made{Step: "s", What: e.Kind(), Before: "b", After: "a", Entry: e})
	}
	file := filepath.Join(t.TempDir(), "state.json")
	body, err := json.Marshal(map[string]any{"00D1": made})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := setup.OpenRecord(file, "00D1", Kinds)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(made, r.Made()); d != "" {
		t.Errorf("written and read again (-want +got):\n%s", d)
	}
}
