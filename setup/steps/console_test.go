package steps

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/setup"
)

// A bar that the org names but does not give, as a package's, keeps its place in the app: agents would lose the rest of it.
func TestABarThatCannotBeReadStays(t *testing.T) {
	const app = `<CustomApplication><label>Desk</label><tabs>` + adapterTab + `</tabs>` +
		`<utilityBar>pkg__Bar</utilityBar></CustomApplication>`
	changes, err := Console{App: "Sales_Desk"}.Plan(t.Context(), keeping(t, map[string]string{appFile("Sales_Desk"): app}))
	if err != nil || len(changes) != 2 || changes[1].Action != setup.Nothing {
		t.Fatalf("plans %+v, %v; want the bar's line, and the tab to be there", changes, err)
	}
	if c := changes[0]; c.Action != setup.Person || c.Deploy != nil || !strings.Contains(c.What, "pkg__Bar") {
		t.Errorf("plans %+v; want a person to put the softphone into the bar", c)
	}
}

// The org may give a bar under another ending than sources have.
func TestABarOfAnotherFileNameIsRead(t *testing.T) {
	files := map[string]string{
		appFile("Sales_Desk"):        `<CustomApplication><label>Desk</label><utilityBar>Bar</utilityBar></CustomApplication>`,
		barFile("Bar") + "-meta.xml": theirBar,
	}
	changes, err := Console{App: "Sales_Desk"}.Plan(t.Context(), keeping(t, files))
	if err != nil || len(changes) != 2 || changes[0].Action != setup.Update || changes[0].What != "utility bar Bar" {
		t.Errorf("plans %+v, %v; want the softphone to be put into the bar", changes, err)
	}
}
