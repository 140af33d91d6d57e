package checks

import (
	"context"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

// mistaken is an org whose presence sync rules are wrong, as the adapter reads them.
func mistaken(t *testing.T) (On, records.Presence) {
	t.Helper()
	on := shape(t, "presence-mistaken")
	on.Site.Hosts = setup.Hosts{Lightning: "https://x.lightning.force.com", Visualforce: "https://x--c.vf.force.com"}
	on.Steps.Console = steps.Console{App: "Sales_Desk", Hosts: on.Site.Hosts}
	p, err := records.ReadPresence(t.Context(), on.Site.CRM, "a00000000000001AAA", true)
	if err != nil {
		t.Fatal(err)
	}
	return on, p
}

// found compares what checks said, one by its beginning each.
func found(t *testing.T, got []setup.Finding, want ...string) {
	t.Helper()
	for i, f := range got {
		if f.Verdict != setup.Warned || f.Why == "" || f.Mend == "" {
			t.Errorf("%+v: want a warning with why and how to mend", f)
		}
		if i >= len(want) || !strings.HasPrefix(f.What, want[i]) {
			t.Errorf("finding %d: %q, want %q", i+1, f.What, append(want, "nothing")[min(i, len(want))])
		}
	}
	if len(got) < len(want) {
		t.Errorf("not found: %q", want[len(got):])
	}
}

func TestRulesThatFail(t *testing.T) {
	_, p := mistaken(t)
	found(t, rulesThatFail(p),
		`the rule Asleep does nothing: its Value "Nap" is the developer name of no presence status`,
		"rules lead in a circle: Omni-Channel Pause → (Break back) Amazon Connect Lunch → (Lunch over) Omni-Channel Lunch",
		"rules take back what somebody chooses: Amazon Connect Luch → (Typed wrong) Omni-Channel Available → (Nowhere)",
	)
}

func TestRulesOfStatusesThatNobodyHas(t *testing.T) {
	_, p := mistaken(t)
	found(t, unknown(p, []string{"Available", "Lunch", "Break"}),
		"the rule Another screen waits for On screen, which is no status that agents can choose in Omni-Channel",
		"the rule Nowhere sets Redy, which is no status that agents can choose at the contact centre",
		"the rule Typed wrong waits for Luch, which is no status that agents can choose at the contact centre",
	)
}

func TestAgentsWithoutAStatus(t *testing.T) {
	on, p := mistaken(t)
	on.Config.Setup.People = map[string][]string{
		"AC_Administrator": {"ada@example.com"}, "AC_Manager": {"miles@example.com"}, "AC_Agent": {"amelia@example.com"},
	}
	got, err := agentsMay(t.Context(), on, p)
	if err != nil {
		t.Fatal(err)
	}
	found(t, got,
		"miles@example.com may not choose the presence status Available",
		"miles@example.com may not choose the presence status Lunch",
		"amelia@example.com, miles@example.com may not choose the presence status Pause",
	)
}

func TestAnOnlineStatusWithoutAChannel(t *testing.T) {
	on, p := mistaken(t)
	on.Config.Setup.Presence.Statuses = []config.StatusPair{
		{Connect: "Available", Omni: "Available", Online: true}, {Connect: "Break", Omni: "Pause", Online: true},
		{Connect: "Lunch", Omni: "Lunch"},
	}
	got, err := onlineHasChannels(t.Context(), on, p)
	if err != nil {
		t.Fatal(err)
	}
	found(t, got, "the presence status Available is to be online and has no service channel")
}

// Somebody switched the sync on by hand: nothing of it is in the bar.
func TestABarWithoutOmniChannel(t *testing.T) {
	on, p := mistaken(t)
	got, err := barRight(t.Context(), on, p)
	if err != nil {
		t.Fatal(err)
	}
	found(t, got,
		"utility bar Sales_Desk_Bar is without AC Desk, not with AC Desk as its last item",
		"utility bar Sales_Desk_Bar is without Omni-Channel, not with Omni-Channel as its last item",
	)
	on.Steps.Console.Presence = true
	if got, err = barRight(t.Context(), on, p); err != nil || len(got) > 0 {
		t.Errorf("it is told twice: %+v, %v", got, err)
	}
	if got, err = consoleRight(t.Context(), on); err != nil {
		t.Fatal(err)
	}
	for _, f := range got {
		if f.Verdict == setup.Failed {
			t.Errorf("%q keeps calls from coming", f.What)
		}
	}
}

func TestRulesAndTheSwitch(t *testing.T) {
	for _, tc := range []struct {
		org, says string
		ask       func(context.Context, On) ([]setup.Finding, error)
	}{
		{"omni-channel-used", "1 rule active, and presence sync is off", presenceSync},
		{"without-omni-channel", "a person's step is open", omniRight},
		{"omni-channel-off", "Omni-Channel is disabled, not enabled", omniRight},
	} {
		on := shape(t, tc.org)
		on.Config.Setup.Presence = config.MirroredPresence()
		on.Steps = steps.For(on.Config, on.Site)
		got, err := tc.ask(t.Context(), on)
		if err != nil {
			t.Fatal(err)
		}
		found(t, got, tc.says)
	}
	if got, err := omniRight(t.Context(), On{}); err != nil || len(got) > 0 {
		t.Errorf("nobody wants it: %+v, %v", got, err)
	}
}
