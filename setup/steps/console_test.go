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

// An agent is sent to the app that has the softphone.
func TestTheFirstCallIsInTheAppWithTheSoftphone(t *testing.T) {
	theirs := map[string]string{appFile("Sales_Desk"): `<CustomApplication><label>Desk &amp; phone</label></CustomApplication>`}
	standard := map[string]string{appFile(serviceConsole): `<CustomApplication><label>Service</label></CustomApplication>`}
	for _, tc := range []struct {
		name, app  string
		have       map[string]string
		says, link string
	}{
		{"an app of the org's own", "Sales_Desk", theirs, "open Desk & phone,", "https://x/lightning/app/c__Sales_Desk"},
		{"the platform's", "", standard, "open the Service Console,", "https://x/lightning/app/" + serviceConsole},
		{"ours in its place", "", nil, "open Patchcord Console,", "https://x/lightning/app/c__" + ownConsole},
	} {
		s := FirstCall{Hosts: setup.Hosts{Lightning: "https://x"}, Console: Console{App: tc.app}}
		changes, err := s.Plan(t.Context(), keeping(t, tc.have))
		if err != nil || len(changes) != 3 || !strings.Contains(changes[0].What, tc.says) {
			t.Errorf("%s: %+v, %v; want to %s", tc.name, changes, err, tc.says)
		}
		for _, c := range changes {
			if c.Link != tc.link {
				t.Errorf("%s: %q leads to %s, want %s", tc.name, c.What, c.Link, tc.link)
			}
		}
	}
}
