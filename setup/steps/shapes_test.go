package steps

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce/recorded"
	"github.com/patchcord/patchcord/setup"
)

// shape is an org that the sandbox is not.
func shape(t *testing.T, name string) (setup.Platforms, *recorded.Org) {
	t.Helper()
	o, err := recorded.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return setup.Platforms{CRM: o.Client()}, o
}

// The package whose place we take has a page of the same name: the org is still without ours.
func TestTheOriginalsPageIsNotOurs(t *testing.T) {
	p, _ := shape(t, "original-alone")
	for _, s := range []Package{{}, {Version: "04t000000000001AAA"}} {
		changes, err := s.Plan(t.Context(), p)
		if err != nil || len(changes) != 1 || changes[0].Action != setup.Create {
			t.Errorf("%+v plans %+v, %v; want to create", s, changes, err)
		}
	}
}

// A user with the original's AC_Agent has not ours; and the set that is given is ours, though theirs comes first.
func TestTheOriginalsPermissionSetsAreNotOurs(t *testing.T) {
	p, o := shape(t, "original-beside-ours")
	s := PermissionSets{Sets: map[string][]string{"AC_Agent": {"agent@example.com"}}, Integration: "bot@example.com"}
	changes, err := s.Plan(t.Context(), p)
	if err != nil || len(changes) != 2 || changes[0].Action != setup.Create || changes[1].Action != setup.Nothing {
		t.Fatalf("plans %+v, %v; want AC_Agent to be given and AC_Integration to be there", changes, err)
	}
	if err := changes[0].Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	const want = `POST /sobjects/PermissionSetAssignment {"AssigneeId":"005000000000001AAA","PermissionSetId":"0PS000000000002AAA"}`
	if got := o.Writes(); !slices.Equal(got, []string{want}) {
		t.Errorf("wrote %q, want %s", got, want)
	}
	if c, err := changes[0].Made[0].Entry.Undo(t.Context(), p, changes[0].Made[0]); err != nil || c.Action != setup.Nothing {
		t.Errorf("destroy would take the original's assignment back: %+v, %v", c, err)
	}
}

func TestTheOriginalsCallCenterIsNotOurs(t *testing.T) {
	centre := CallCenter{InternalName: config.DefaultCallCenter, Height: "570", Width: "330"}
	users := CallCenterUsers{CallCenter: config.DefaultCallCenter, Usernames: []string{"agent@example.com"}}

	p, _ := shape(t, "original-alone")
	changes, err := centre.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || !strings.Contains(changes[0].What, "amazonconnect has one of this name") {
		t.Errorf("before ours is there: %+v, %v", changes, err)
	}
	changes, err = users.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Update || changes[0].Old != "ACLightningAdapter of a package" {
		t.Errorf("a user of the original's call center moves: %+v, %v", changes, err)
	}

	p, _ = shape(t, "original-keeps-name")
	_, err = centre.Plan(t.Context(), p)
	refused, ok := errors.AsType[*config.Error](err)
	if !ok || refused.Field != "setup.call_center" || !strings.Contains(refused.Message, "package amazonconnect") {
		t.Errorf("ours was deployed, and the org has theirs only: %v", err)
	}

	p, _ = shape(t, "original-beside-ours")
	changes, err = centre.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Nothing {
		t.Errorf("beside ours: %+v, %v", changes, err)
	}
}

// An org that protects its pages keeps whom it trusts, and trusts the console too.
func TestAnOrgThatProtectsItsPages(t *testing.T) {
	p, _ := shape(t, "protected-pages")
	hosts := setup.Hosts{Lightning: "https://example.lightning.force.com", Visualforce: "https://example--c.vf.force.com"}
	changes, err := Framing{Hosts: hosts}.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Update {
		t.Fatalf("plans %+v, %v; want the trusted domains to change", changes, err)
	}
	for _, want := range []string{"https://partners.example.com", hosts.Lightning} {
		if file := changes[0].Deploy.File(framingFile); !strings.Contains(string(file), "<url>"+want+"</url>") {
			t.Errorf("no %s in\n%s", want, file)
		}
	}
}

// Where the header names who may use the microphone, the softphone page becomes one of them, and the panel too.
func TestAnOrgThatKeepsTheMicrophone(t *testing.T) {
	p, _ := shape(t, "protected-pages")
	hosts := setup.Hosts{Lightning: "https://example.lightning.force.com", Visualforce: "https://example--c.vf.force.com"}
	s := Microphone{Hosts: hosts, Centre: TrustedURL{Name: "Patchcord_Contact_Centre", URL: "https://desk.my.connect.aws"}}
	changes, err := s.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Create || !strings.Contains(changes[0].What, hosts.Visualforce) {
		t.Errorf("plans %+v, %v; want the softphone page to be trusted", changes, err)
	}
	p, _ = shape(t, "own-console")
	if changes, err = s.Plan(t.Context(), p); err != nil || len(changes) != 1 || changes[0].Action != setup.Nothing {
		t.Errorf("without the header: %+v, %v", changes, err)
	}
}

// An app of the org's own keeps its bar, its tabs and how they open.
func TestAnOwnConsoleApp(t *testing.T) {
	p, _ := shape(t, "own-console")
	changes, err := Console{App: "Sales_Desk"}.Plan(t.Context(), p)
	if err != nil || len(changes) != 2 {
		t.Fatalf("plans %+v, %v; want the bar and the tab", changes, err)
	}
	bar := string(changes[0].Deploy.File(barFile("Sales_Desk_Bar")))
	for _, want := range []string{"lightning:history", "<!-- theirs -->", softphoneItem} {
		if !strings.Contains(bar, want) {
			t.Errorf("no %s in their bar:\n%s", want, bar)
		}
	}
	app := string(changes[1].Deploy.File(appFile("Sales_Desk")))
	for _, want := range []string{"<tabs>Quote_Desk__c</tabs>", "<tabs>" + adapterTab + "</tabs>", "<utilityBar>Sales_Desk_Bar</utilityBar>"} {
		if !strings.Contains(app, want) {
			t.Errorf("no %s in their app:\n%s", want, app)
		}
	}

	_, err = Console{App: "Sales_Dest"}.Plan(t.Context(), p)
	refused, ok := errors.AsType[*config.Error](err)
	if !ok || refused.Field != "setup.app" {
		t.Errorf("an app that the org does not have: %v; want setup.app to be named", err)
	}
}

// The original's AC_Agent has a row for the app; ours needs its own.
func TestTheOriginalsSetDoesNotOpenTheApp(t *testing.T) {
	p, o := shape(t, "original-beside-ours")
	changes, err := AppAccess{}.Plan(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if ours := strings.HasPrefix(c.What, "AC_Agent"); ours != (c.Action == setup.Create) {
			t.Errorf("plans %+v; want AC_Agent, and no other, to be let in", c)
		}
		if c.Do == nil {
			continue
		}
		if err := c.Do(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	const want = `POST /sobjects/SetupEntityAccess {"ParentId":"0PS000000000002AAA","SetupEntityId":"0xI000000000001AAA"}`
	if got := o.Writes(); !slices.Equal(got, []string{want}) {
		t.Errorf("wrote %q, want %s", got, want)
	}
}
