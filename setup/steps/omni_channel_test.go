package steps

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

func presenceSteps(app string) Steps {
	var c config.File
	c.Setup.CallCenter, c.Setup.App, c.Setup.Presence = config.DefaultCallCenter, app, config.MirroredPresence()
	c.Setup.People = map[string][]string{"AC_Agent": {"agent@example.com"}}
	return For(c, setup.Site{Hosts: setup.Hosts{Lightning: "https://x.lightning.force.com", Visualforce: "https://x--c.vf.force.com"}})
}

// Without the section nothing of it is planned, not even a look.
func TestWithoutTheSectionNothingIsPlanned(t *testing.T) {
	s := For(config.File{}, setup.Site{})
	for _, step := range []setup.Step{s.OmniChannel, s.Statuses, s.StatusAccess, s.AgentStatuses, s.PresenceRules, s.PresenceSwitch} {
		if changes, err := step.Plan(t.Context(), setup.Platforms{}); err != nil || len(changes) > 0 {
			t.Errorf("%s plans %+v, %v", step.Name(), changes, err)
		}
	}
}

// An org without a licence is told in one sentence, and nothing else is tried.
func TestAnOrgWithoutOmniChannel(t *testing.T) {
	p, _ := shape(t, "without-omni-channel")
	s := presenceSteps("")
	changes, err := s.OmniChannel.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Person ||
		!strings.HasPrefix(changes[0].What, "Get a licence that brings") {
		t.Errorf("plans %+v, %v", changes, err)
	}
	for _, step := range []setup.Step{s.Statuses, s.StatusAccess, s.PresenceRules, s.PresenceSwitch} {
		if changes, err := step.Plan(t.Context(), p); err != nil || len(changes) > 0 {
			t.Errorf("%s plans %+v, %v", step.Name(), changes, err)
		}
	}
	if items, err := s.Console.items(t.Context(), p); err != nil || len(items) != 1 {
		t.Errorf("the bar gets %s, %v; want the softphone alone", inWords(items), err)
	}
}

func TestOmniChannelIsEnabled(t *testing.T) {
	p, _ := shape(t, "omni-channel-off")
	s := presenceSteps("")
	changes, err := s.OmniChannel.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Update || !changes[0].Hidden {
		t.Fatalf("plans %+v, %v", changes, err)
	}
	file := string(changes[0].Deploy.File(omniFile))
	for _, want := range []string{"<enableOmniChannel>true<", "<enableOmniAutoLoginPrompt>true<"} {
		if strings.Count(file, want) != 1 {
			t.Errorf("no %s in\n%s", want, file)
		}
	}
	made := changes[0].Made[0]
	if c, err := made.Entry.Undo(t.Context(), p, made); err != nil || c.Action != setup.Nothing {
		t.Errorf("disabled by somebody meanwhile: %+v, %v", c, err)
	}
	changes, err = s.Statuses.Plan(t.Context(), p)
	if err != nil || len(changes) != 2 || !strings.Contains(changes[0].What, "service channel Cases") {
		t.Fatalf("plans %+v, %v; want the channel and the statuses", changes, err)
	}
	const want = "Available (online: Cases), Lunch (busy), Break (busy), On_a_Call (busy)"
	if changes[1].What != want || len(changes[1].Made) != 4 {
		t.Errorf("plans %s, want %s", changes[1].What, want)
	}
}

// What the org has of its own is used, and stays when ours is taken back.
func TestAnOrgThatUsesOmniChannel(t *testing.T) {
	p, _ := shape(t, "omni-channel-used")
	s := presenceSteps("")
	changes, err := s.OmniChannel.Plan(t.Context(), p)
	if err != nil || len(changes) != 2 || changes[1].Action != setup.Create {
		t.Fatalf("plans %+v, %v; want a presence configuration, for the org has none", changes, err)
	}
	config := string(changes[1].Deploy.File("presenceUserConfigs/" + presenceSet + ".presenceUserConfig"))
	if !strings.Contains(config, "<user>agent@example.com</user>") {
		t.Errorf("nobody has it:\n%s", config)
	}
	changes, err = s.Statuses.Plan(t.Context(), p)
	if err != nil || len(changes) != 2 || changes[0].Action != setup.Nothing {
		t.Fatalf("plans %+v, %v; want Lunch to be there", changes, err)
	}
	file := string(changes[1].Deploy.File("servicePresenceStatuses/Available.servicePresenceStatus"))
	if !strings.Contains(file, "<channel>Case_Work<") {
		t.Errorf("cases come by the org's channel, not\n%s", file)
	}
	enabled := OmniEnabled{Statuses: []string{"Lunch"}}
	if c, err := enabled.Undo(t.Context(), p, setup.Made{What: "it", Entry: enabled}); err != nil || !strings.Contains(c.What, "it stays") {
		t.Errorf("others use it: %+v, %v", c, err)
	}
}

func TestAServiceChannelThatIsNotThere(t *testing.T) {
	p, _ := shape(t, "omni-channel-used")
	s := PresenceStatuses{Statuses: []OmniStatus{{Name: "Online", Label: "Online", Online: true, Channels: []string{"Cases"}}}}
	_, err := s.Plan(t.Context(), p)
	refused, ok := errors.AsType[*config.Error](err)
	if !ok || !strings.Contains(refused.Message, "there are Case_Work, sfdc_livemessage") {
		t.Errorf("%v; want the channels that there are", err)
	}
}

// The set keeps what it gives, and gives what it withheld.
func TestStatusesAreGiven(t *testing.T) {
	p, o := shape(t, "omni-channel-used")
	changes, err := presenceSteps("").StatusAccess.Plan(t.Context(), p)
	if err != nil || len(changes) != 2 || changes[0].Action != setup.Update || len(changes[0].Made) != 4 {
		t.Fatalf("plans %+v, %v", changes, err)
	}
	body := changes[0].Deploy.File(setFile(accessSet))
	d := org.Document(body)
	for _, name := range []string{"Available", "Available_Messaging", "Break", "Lunch", config.OnACall} {
		if _, given, err := statusAccess(d, name); err != nil || !given {
			t.Errorf("%s is not given (%v) by\n%s", name, err, d)
		}
	}
	if strings.Count(string(d), ">Lunch<") != 1 || strings.Index(string(d), statusAccesses) > strings.Index(string(d), "userPermissions") {
		t.Errorf("it reads\n%s", d)
	}
	taken := keeping(t, map[string]string{setFile(accessSet): string(body)})
	for _, m := range changes[0].Made {
		c, err := m.Entry.Undo(t.Context(), taken, m)
		if err != nil || c.Action != setup.Remove {
			t.Fatalf("%s: %+v, %v", m.What, c, err)
		}
		status, _, _ := strings.Cut(m.What, " ")
		if left := string(c.Deploy.File(setFile(accessSet))); strings.Contains(left, ">"+status+"<") {
			t.Errorf("%s stays in\n%s", status, left)
		}
	}
	if err := changes[1].Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	const want = `POST /sobjects/PermissionSetAssignment {"AssigneeId":"005000000000001AAA","PermissionSetId":"0PS000000000001AAA"}`
	if got := o.Writes(); !slices.Equal(got, []string{want}) {
		t.Errorf("wrote %q, want %s", got, want)
	}
}

// Their bar gets both items behind its own, each of which goes again; our component hears the softphone's page and no other.
func TestTheBarGetsWhatPresenceNeeds(t *testing.T) {
	const app = `<CustomApplication><label>Desk</label><tabs>` + adapterTab + `</tabs><utilityBar>Bar</utilityBar></CustomApplication>`
	with, err := addItem(org.Document(theirBar), softphone)
	if err != nil {
		t.Fatal(err)
	}
	s := presenceSteps("Desk").Console
	plan := func(bar string) []setup.Change {
		t.Helper()
		changes, err := s.Plan(t.Context(), keeping(t, map[string]string{appFile("Desk"): app, barFile("Bar"): bar}))
		if err != nil {
			t.Fatal(err)
		}
		return changes[:len(changes)-1] // without the tab
	}
	changes := plan(string(with))
	if len(changes) != 3 || changes[0].Action != setup.Nothing || changes[1].New != "with AC Desk as its last item" {
		t.Fatalf("plans %+v", changes)
	}
	last := string(changes[2].Deploy.File(barFile("Bar")))
	for _, want := range []string{"lightning:history", omniItem, "<componentName>c:AC_Desk</componentName>",
		"<name>pageOrigin</name><value>https://x--c.vf.force.com</value>"} {
		if strings.Count(last, want) != 1 {
			t.Errorf("no %s in\n%s", want, last)
		}
	}
	for _, c := range plan(last) {
		if c.Action != setup.Nothing {
			t.Errorf("a second time: %+v", c)
		}
	}
	moved := plan(strings.Replace(last, "https://x--c", "https://old--c", 1))
	if len(moved) != 4 || moved[2].Old != "https://old--c.vf.force.com" || string(moved[2].Deploy.File(barFile("Bar"))) != last {
		t.Fatalf("of another page: %+v", moved)
	}
	for _, m := range []setup.Made{changes[1].Made[0], changes[2].Made[0], moved[2].Made[0]} {
		c, err := m.Entry.Undo(t.Context(), keeping(t, map[string]string{barFile("Bar"): last}), m)
		if err != nil || c.Action != setup.Remove {
			t.Errorf("%s: %+v, %v", m.What, c, err)
		}
	}
}
