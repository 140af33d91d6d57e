package steps

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
)

// Each side follows the other, a contact makes Omni-Channel busy, and nothing is taken back.
func TestMirroredRules(t *testing.T) {
	rules := mirror(config.MirroredPresence())
	for _, r := range rules {
		if problems := r.Check(); len(problems) > 0 {
			t.Errorf("%s: %q", r.Name, problems)
		}
	}
	if found := presence.Follow(rules); len(found.Loops)+len(found.Undone) > 0 {
		t.Errorf("they lead nowhere good: %+v", found)
	}
	for _, tc := range []struct {
		name string
		on   presence.Source
		now  presence.Standing
		want string
	}{
		{"lunch at the contact centre", presence.CentreChanged, presence.Standing{Centre: "Lunch"}, "Omni-Channel Lunch"},
		{"a callback is offered", presence.CentreChanged, presence.Standing{Centre: "PendingBusy"}, "Omni-Channel On_a_Call"},
		{"a call", presence.CentreChanged, presence.Standing{Centre: "Busy"}, "Omni-Channel On_a_Call"},
		{"the agent calls", presence.CentreChanged, presence.Standing{Centre: "CallingCustomer"}, "Omni-Channel On_a_Call"},
		{"after the call", presence.CentreChanged, presence.Standing{Centre: "AfterCallWork"}, "Omni-Channel On_a_Call"},
		{"all is done", presence.CentreChanged, presence.Standing{Centre: "Available", CentreWas: "AfterCallWork"}, "Omni-Channel Available"},
		{"nobody answered", presence.CentreChanged, presence.Standing{Centre: "MissedCallAgent"}, ""},
		{"break in Omni-Channel", presence.OrgChanged, presence.Standing{Org: "Break"}, "Amazon Connect Break"},
		{"a call does not echo", presence.OrgChanged, presence.Standing{Org: config.OnACall, Centre: "Busy"}, ""},
		{"logged out", presence.OrgLoggedOut, presence.Standing{Org: presence.Offline}, "Amazon Connect Offline"},
	} {
		var got []string
		for _, w := range presence.Decide(rules, tc.on, tc.now) {
			got = append(got, w.Side.Name()+" "+w.Value)
		}
		if strings.Join(got, ", ") != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func rulesStep() PresenceRules {
	return PresenceRules{CallCenter: config.DefaultCallCenter, Presence: config.Presence{
		Rules: config.MirrorRules, Statuses: []config.StatusPair{{Connect: "Lunch", Omni: "Lunch", Label: "Lunch"}},
	}}
}

// A rule is made once. What taking it back needs is written down before.
func TestARuleThatIsThereStays(t *testing.T) {
	p, o := shape(t, "omni-channel-used")
	changes, err := rulesStep().Plan(t.Context(), p)
	if err != nil || len(changes) != 4 || changes[0].Action != setup.Nothing {
		t.Fatalf("plans %+v, %v; want four rules, one of them there", changes, err)
	}
	for _, c := range changes[1:] {
		if c.Action != setup.Create {
			t.Fatalf("%+v; want it to be made", c)
		}
		if err := c.Do(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []string{
		`"Operand_A__c":"Salesforce Agent New State","Operand_B_Value__c":"Lunch"`,
		`"Logic__c":"Any","More_Criteria__c":"[{\"a\":{\"operand\":\"Connect Agent New State\"},\"comparator\":\"Equal to\"`,
		`"Source__c":"Salesforce Agent Logout","Value__c":"Offline"`,
	} {
		if got := o.Writes()[i]; !strings.Contains(got, want) || !strings.Contains(got, `"CTI_Adapter__c":"a00000000000001AAA"`) {
			t.Errorf("wrote %s\nwant %s", got, want)
		}
	}
}

func TestARuleThatSomebodyHasChangedStays(t *testing.T) {
	p, o := shape(t, "omni-channel-used")
	values, err := ruleValues(mirror(rulesStep().Presence)[0])
	if err != nil {
		t.Fatal(err)
	}
	written, err := asWritten(values)
	if err != nil {
		t.Fatal(err)
	}
	written["Order__c"] = "30" // as the recorded one has it
	const where = "Name = 'Amazon Connect Lunch' AND CTI_Adapter__r.Call_Center_Definition_Name__c = 'ACLightningAdapter'"
	undo := func(values map[string]string) (setup.Change, string) {
		t.Helper()
		entry := PresenceRule{Where: where, Values: values}
		c, err := entry.Undo(t.Context(), p, setup.Made{What: "rule", Entry: entry})
		if err != nil {
			t.Fatal(err)
		}
		return c, c.What
	}
	if c, what := undo(written); c.Action != setup.Remove {
		t.Errorf("unchanged it goes: %s", what)
	}
	for field, before := range map[string]string{"Value__c": "Meal", "Active__c": "false", "Operand_A_Value__c": "x"} {
		other := maps.Clone(written)
		other[field] = before
		if c, what := undo(other); c.Action != setup.Nothing || !strings.Contains(what, "stays") {
			t.Errorf("%s was %s: %s", field, before, what)
		}
	}
	if len(o.Writes()) > 0 {
		t.Errorf("planning wrote %q", o.Writes())
	}
}

// A state that nobody can choose is refused before anything is done.
func TestAStateOfContactsIsNoStatus(t *testing.T) {
	p, _ := shape(t, "omni-channel-used")
	s := rulesStep()
	s.Presence.Statuses[0].Connect = "Busy"
	_, err := s.Plan(t.Context(), p)
	refused, ok := errors.AsType[*config.Error](err)
	if !ok || refused.Field != "setup.presence.statuses" || !strings.Contains(refused.Message, `"Busy" is a state that`) {
		t.Errorf("%v", err)
	}
}

func TestTheSwitchIsTicked(t *testing.T) {
	p, o := shape(t, "omni-channel-used")
	changes, err := PresenceSwitch{CallCenter: config.DefaultCallCenter, On: true}.Plan(t.Context(), p)
	if err != nil || len(changes) != 1 || changes[0].Action != setup.Update {
		t.Fatalf("%+v, %v", changes, err)
	}
	if err := changes[0].Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	const want = `PATCH /sobjects/AC_CtiAdapter__c/a00000000000001AAA {"Presence_Sync_Enabled__c":true}`
	if got := o.Writes(); !slices.Equal(got, []string{want}) {
		t.Errorf("wrote %q, want %s", got, want)
	}
	if none, err := (PresenceSwitch{CallCenter: config.DefaultCallCenter}).Plan(t.Context(), p); err != nil || len(none) > 0 {
		t.Errorf("not wanted: %+v, %v", none, err)
	}
}
