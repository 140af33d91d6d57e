package steps

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// A person is asked to uninstall the package only while it is there.
func TestAnInstalledPackageIsForAPersonUntilItIsGone(t *testing.T) {
	m := setup.Made{What: "version 04t1", Entry: InstalledPackage{Version: "04t1"}}
	for page, want := range map[string]setup.Action{`{"Id":"0661"}`: setup.Person, "": setup.Nothing} {
		c, err := m.Entry.Undo(t.Context(), answering(t, func(string) string { return page }), m)
		if err != nil || c.Action != want {
			t.Errorf("page %q: %+v, %v; want %s", page, c, err, want)
		}
	}
}

// What a newer package brings is taken back too, beside what an older one left; a package of somebody else's is not ours.
func TestANewerPackageIsTakenBackWhole(t *testing.T) {
	old := sfdx.Member{Type: "CustomObject", Name: "Gone_since__c"}
	p := answering(t, func(soql string) string {
		if strings.Contains(soql, "FROM ApexPage") {
			return `{"Id":"0661"}`
		}
		return `{"Description":"Patchcord package of last year"}`
	})
	ours := setup.Made{What: "1 component", Entry: DeployedPackage{Members: []sfdx.Member{old}}}
	all, _, err := stamped()
	if err != nil {
		t.Fatal(err)
	}
	changes, err := Package{Remembered: remembered(t, ours)}.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || len(changes[0].Made) != 1 {
		t.Fatalf("plans %+v, %v; want an update that is written down", changes, err)
	}
	made, _ := changes[0].Made[0].Entry.(DeployedPackage)
	for _, member := range append(all.Members(), old) {
		if !slices.Contains(made.Members, member) {
			t.Errorf("%v would stay behind", member)
		}
	}
	if want := len(all.Members()) + 1; len(made.Members) != want {
		t.Errorf("%d members, want %d", len(made.Members), want)
	}

	changes, err = Package{Remembered: remembered(t)}.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Made != nil {
		t.Errorf("somebody else's: plans %+v, %v; want nothing written down", changes, err)
	}
}
