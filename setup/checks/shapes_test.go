package checks

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce/recorded"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

// shape is an org that the sandbox is not.
func shape(t *testing.T, name string) On {
	t.Helper()
	o, err := recorded.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	var c config.File
	c.Setup.CallCenter = config.DefaultCallCenter
	site := setup.Site{Platforms: setup.Platforms{CRM: o.Client()}}
	return On{Config: c, Site: site, Steps: steps.For(c, site)}
}

// The original's AC_Agent opens its own page, and in this org even ours; ours does not.
func TestTheOriginalsSetDoesNotOpenOurPage(t *testing.T) {
	found, err := setsWithoutPage(t.Context(), shape(t, "original-beside-ours"), "066000000000001AAA")
	if err != nil || len(found) != 1 || !strings.HasPrefix(found[0].What, "AC_Agent does not") {
		t.Errorf("found %+v, %v; want AC_Agent", found, err)
	}
}

func TestThePanelOfTheOriginal(t *testing.T) {
	for org, want := range map[string]setup.Verdict{"original-keeps-name": setup.Failed, "original-beside-ours": setup.Passed} {
		found, err := pageAnswers(t.Context(), shape(t, org))
		if err != nil || len(found) != 1 || found[0].Verdict != want {
			t.Errorf("%s: found %+v, %v; want %s", org, found, err, want)
		}
	}
}

func TestAnEmbedderPolicyIsWarnedOf(t *testing.T) {
	for org, want := range map[string]bool{"protected-pages": true, "own-console": false} {
		found, err := framingAllowed(t.Context(), shape(t, org))
		warned := slices.ContainsFunc(found, func(f setup.Finding) bool {
			return f.Verdict == setup.Warned && strings.Contains(f.What, "Cross-Origin Embedder Policy")
		})
		if err != nil || warned != want {
			t.Errorf("%s: found %+v, %v; want a warning: %t", org, found, err, want)
		}
	}
}

// Agents would not see a call that rings before they open the softphone.
func TestASoftphoneThatIsStartedByHandIsFound(t *testing.T) {
	on := shape(t, "softphone-by-hand")
	on.Steps.Console = steps.Console{App: "Sales_Desk"}
	found, err := consoleRight(t.Context(), on)
	if err != nil || len(found) != 1 || found[0].Verdict != setup.Failed ||
		!strings.Contains(found[0].What, "is started when it is opened, not started with the console") {
		t.Errorf("found %+v, %v; want the softphone to be found", found, err)
	}
}
