// Package checks is what verify asks: whether agents can work, and if not, why it matters and what to do; one check a
// file.
//
// Read first: On, All; then framingAllowed, the shortest check. A check about what a step makes true asks that step's
// plan.
package checks

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/setup/steps"
)

// On is what checks look at.
type On struct {
	Config config.File
	Site   setup.Site
	Steps  steps.Steps // the same that apply carries out
}

// All lists the checks in the order in which a call needs them.
func All(on On) []setup.Check {
	var all []setup.Check
	for _, one := range []struct {
		name string
		ask  func(context.Context, On) ([]setup.Finding, error)
	}{
		{"adapter reachable", adapterReachable},
		{"External Client App", clientAppRight},
		{"adapter signs in", adapterReady},
		{"host names", hostsAgree},
		{"approved origins", originsApproved},
		{"softphone page", pageAnswers},
		{"call center", callCenterRight},
		{"agents", agentsMaySignIn},
		{"adapter record", recordRight},
		{"CTI flows", flowsActive},
		{"Service Console", consoleRight},
		{"framing", framingAllowed},
		{"microphone", microphoneGiven},
		{"single sign-on", ssoFields},
		{"ringtones", ringtonesPlay},
		{"Salesforce package", packageThere},
		{"new fields", fieldsVisible},
		{"Omni-Channel", omniRight},
		{"presence sync", presenceSync},
		{"softphone layout", layoutRight},
		{"Amazon Connect rights", connectReadable},
		{"taking back", canBeTakenBack},
	} {
		ask := func(ctx context.Context) ([]setup.Finding, error) { return one.ask(ctx, on) }
		all = append(all, setup.Check{Name: one.name, FirstDay: dayOf(one.name), Ask: ask})
	}
	return all
}

func passed(format string, args ...any) setup.Finding {
	return setup.Finding{Verdict: setup.Passed, What: fmt.Sprintf(format, args...)}
}

const applyAgain = "Run patchcord setup apply."

// unless turns what a step still has to do into findings.
func unless(ctx context.Context, on On, step setup.Step, right string) ([]setup.Finding, error) {
	changes, err := step.Plan(ctx, on.Site.Platforms)
	if err != nil {
		return nil, err
	}
	var found []setup.Finding
	for _, c := range changes {
		switch c.Action {
		case setup.Create:
			found = append(found, setup.Finding{
				Verdict: setup.Failed, What: "missing: " + c.What,
				Why:  c.Why,
				Mend: applyAgain,
			})
		case setup.Update:
			found = append(found, setup.Finding{
				Verdict: setup.Failed, What: c.What + " is " + setup.OrEmpty(c.Old) + ", not " + setup.OrEmpty(c.New),
				Why:  c.Why,
				Mend: applyAgain,
			})
		case setup.Person:
			found = append(found, setup.Finding{
				Verdict: setup.Warned, What: "a person's step is open",
				Why:  c.Why,
				Mend: c.What,
				Link: c.Link,
			})
		}
	}
	if found == nil {
		found = []setup.Finding{passed("%s", right)}
	}
	return found, nil
}

const probeWithin = 10 * time.Second

// probe reads a page; status 0 means that nobody answered.
func probe(ctx context.Context, address string) (status int, body string, err error) {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, strings.TrimSpace(string(raw)), err
}

// adapterRecord reads fields of the call center's adapter record; no rows where there is none.
func adapterRecord[T any](ctx context.Context, on On, fields string) ([]T, error) {
	where := org.Equals("Call_Center_Definition_Name__c", on.Config.Setup.CallCenter)
	return org.Query[T](ctx, on.Site.CRM, "SELECT "+fields+" FROM AC_CtiAdapter__c WHERE "+where)
}
