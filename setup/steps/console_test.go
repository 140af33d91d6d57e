package steps

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
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

// A softphone that starts when it is opened misses the call that rings before; how it starts is changed, and changed back.
func TestTheSoftphoneStartsWithTheConsole(t *testing.T) {
	with, err := addItem(org.Document(theirBar), softphone)
	if err != nil {
		t.Fatal(err)
	}
	const says = "<name>eager</name><type>decorator</type><value>true</value>"
	line := "                <componentInstanceProperties>" + says + "</componentInstanceProperties>\n"
	unticked := strings.Replace(string(with), says, strings.Replace(says, "true", "false", 1), 1)
	app := `<CustomApplication><label>Desk</label><tabs>` + adapterTab + `</tabs><utilityBar>Bar</utilityBar></CustomApplication>`
	plan := func(bar string) (setup.Change, setup.Platforms) {
		t.Helper()
		p := keeping(t, map[string]string{appFile("Sales_Desk"): app, barFile("Bar"): bar})
		changes, err := Console{App: "Sales_Desk"}.Plan(t.Context(), p)
		if err != nil || len(changes) != 2 {
			t.Fatalf("%+v, %v", changes, err)
		}
		return changes[0], p
	}
	if c, _ := plan(string(with)); c.Action != setup.Nothing {
		t.Errorf("one that does so already: %+v", c)
	}
	for _, tc := range []struct{ name, bar, before string }{
		{"not ticked", unticked, "false"}, {"not said", strings.Replace(string(with), line, "", 1), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _ := plan(tc.bar)
			started := string(c.Deploy.File(barFile("Bar")))
			if c.Action != setup.Update || strings.Count(started, says) != 1 || !strings.Contains(started, "lightning:history") {
				t.Fatalf("%+v\n%s", c, started)
			}
			made := c.Made[0]
			if made.Before != tc.before || made.After != "true" {
				t.Errorf("remembered: %+v", made)
			}
			again, p := plan(started)
			if again.Action != setup.Nothing {
				t.Errorf("a second time: %+v", again)
			}
			back, err := made.Entry.Undo(t.Context(), p, made)
			if err != nil || string(back.Deploy.File(barFile("Bar"))) != tc.bar {
				t.Errorf("taken back (%v) it reads\n%s", err, back.Deploy.File(barFile("Bar")))
			}
			_, p = plan(tc.bar)
			if kept, err := made.Entry.Undo(t.Context(), p, made); err != nil || kept.Action != setup.Nothing {
				t.Errorf("somebody has changed it since: %+v, %v", kept, err)
			}
		})
	}
}
