package setup

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// deployable is an org that answers one deployment with failures; asked is what was sent.
func deployable(t *testing.T, failures ...salesforce.DeployFailure) (p Platforms, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, _ := io.ReadAll(r.Body)
			*asked = append(*asked, string(body))
			_, _ = io.WriteString(w, `{"id":"0Af1"}`)
			return
		}
		refusals := failures
		if len(*asked) > 1 {
			refusals = nil // the second time all is well
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"deployResult": map[string]any{
			"done": true, "success": len(refusals) == 0, "status": "Failed",
			"details": map[string]any{"componentFailures": refusals},
		}})
	}))
	t.Cleanup(server.Close)
	return Platforms{CRM: salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})}, asked
}

// failed is a component that the org refuses.
func failed(kind, name, file, problem string) salesforce.DeployFailure {
	return salesforce.DeployFailure{Type: kind, Name: name, File: file, Problem: problem}
}

func bundleOf(kind, name, file, body string) sfdx.Bundle {
	b := sfdx.Bundle{}
	b.Add(kind, name, file, []byte(body))
	return b
}

// wholePlan has a package, an app, two edits of one file, a record, and what a person does.
func wholePlan() []Change {
	brings := func(step, what string, action Action, b sfdx.Bundle) Change {
		return Change{Step: step, Action: action, What: what, Deploy: b}
	}
	const set, app = "permissionsets/AC_Agent.permissionset", "applications/C.app"
	return []Change{
		brings("package", "package", Create, bundleOf("PermissionSet", "AC_Agent", set, "x")),
		brings("app", "app", Create, bundleOf("ExternalClientApplication", "A", "externalClientApps/A.eca", "x")),
		brings("console", "bar", Update, bundleOf("CustomApplication", "C", app, "first")),
		brings("console", "tab", Update, bundleOf("CustomApplication", "C", app, "second")),
		{Step: "record", Action: Create, What: "record", Do: func(context.Context) error { return nil }},
		{Step: "right", Action: Nothing, What: "right"},
		{Step: "by hand", Action: Person, What: "by hand"},
	}
}

func answers(changes []Change) string {
	var all []string
	for _, c := range changes {
		all = append(all, string(c.Asked))
	}
	return strings.Join(all, ",")
}

func TestTheOrgIsAskedOfAWholePlanAtOnce(t *testing.T) {
	p, sent := deployable(t)
	got, err := Ask(t.Context(), p, wholePlan())
	if err != nil || answers(got) != "taken,taken,taken,taken,not asked yet,," || WouldFail(got) {
		t.Errorf("%s %v", answers(got), err)
	}
	if len(*sent) != 1 || !strings.Contains((*sent)[0], `"checkOnly":true`) {
		t.Errorf("%d archives were sent", len(*sent))
	}
	got, err = Ask(t.Context(), p, wholePlan()[4:])
	if err != nil || answers(got) != "not asked yet,," || len(*sent) != 1 {
		t.Errorf("a plan without metadata: %s %v, %d sent", answers(got), err, len(*sent))
	}
}

func TestWhatTheOrgWouldRefuseIsSaidWhereItIsPlanned(t *testing.T) {
	p, _ := deployable(t,
		failed("PermissionSet", "AC_Agent", "permissionsets/AC_Agent.permissionset", "depends on another"),
		failed("CustomApplication", "C", "applications/C.app", "no such tab"),
		failed("CustomObject", "Elsewhere__c", "", "unheard of"))
	got, err := Ask(t.Context(), p, wholePlan())
	if err != nil || answers(got) != "refused,taken,taken,refused,not asked yet,," || !WouldFail(got) {
		t.Fatalf("%s %v", answers(got), err)
	}
	if len(got[0].Refused) != 2 || got[3].Refused[0] != (Refusal{"CustomApplication", "C", "no such tab"}) {
		t.Errorf("%+v, %+v", got[0].Refused, got[3].Refused)
	}
}

func TestAnOptionalChangeThatWouldBeRefusedEndsNothing(t *testing.T) {
	p, _ := deployable(t, failed("CustomApplication", "C", "applications/C.app", "no such tab"))
	changes := wholePlan()
	changes[3].Optional = "people open the console by its address"
	got, err := Ask(t.Context(), p, changes)
	if err != nil || got[3].Asked != Declined || WouldFail(got) {
		t.Errorf("%s %v", answers(got), err)
	}
}

// A package that is installed by its version is in no archive: what needs it cannot be asked about before it is there.
func TestWhatAPackageInstallationBringsIsNotMissed(t *testing.T) {
	p, _ := deployable(t, failed("CustomApplication", "C", "applications/C.app", "no such tab"))
	plan := wholePlan()
	plan[0].Deploy, plan[0].Hidden, plan[0].Do = nil, true, func(context.Context) error { return nil }
	got, err := Ask(t.Context(), p, plan)
	if err != nil || answers(got) != "not asked yet,taken,taken,not asked yet,not asked yet,," || WouldFail(got) {
		t.Errorf("%s %v", answers(got), err)
	}
}

// What a change can put right first is no refusal: it cannot be asked about until then.
func TestWhatIsPutRightFirst(t *testing.T) {
	assigned := false
	plan := func() []Change {
		all := wholePlan()[:2]
		all[1].First = func(context.Context, *salesforce.DeployError) ([]Change, error) {
			do := func(context.Context) error { assigned = true; return nil }
			return []Change{{Action: Create, What: "assign", Do: do}}, nil
		}
		return all
	}
	failure := failed("ExternalClientApplication", "A", "externalClientApps/A.eca", "not assigned")
	p, _ := deployable(t, failure)
	if got, err := Ask(t.Context(), p, plan()); err != nil || answers(got) != "taken,not asked yet" || WouldFail(got) {
		t.Errorf("%s %v", answers(got), err)
	}
	p, sent := deployable(t, failure)
	r, err := OpenRecord("", "00D1", kinds)
	if err != nil {
		t.Fatal(err)
	}
	var done []string
	hooks := Hooks{Done: func(c Change) { done = append(done, c.Step+": "+c.What) }}
	if err := Apply(t.Context(), p, []Step{planned{plan()[1:]}}, r, hooks); err != nil || !assigned || len(*sent) != 2 {
		t.Errorf("%v, assigned: %t, %d deployments", err, assigned, len(*sent))
	}
	if got := strings.Join(done, ", "); got != "planned: assign, planned: app" {
		t.Errorf("done: %s", got)
	}
}

// planned is a step with these changes.
type planned struct{ changes []Change }

func (planned) Name() string                                        { return "planned" }
func (p planned) Plan(context.Context, Platforms) ([]Change, error) { return p.changes, nil }
