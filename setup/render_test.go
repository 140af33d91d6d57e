package setup

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files again")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

var (
	heading = Heading{Org: "https://x.my.salesforce.com", Instance: "desk", Region: "eu-west-2"}
	changes = []Change{
		{Step: "Salesforce package", Action: Create, What: "349 components", Why: "the softphone page is part of it"},
		{Step: "call center", Action: Update, What: "Softphone Height", Old: "", New: "570", Why: "the panel is drawn by it"},
		{Step: "call center", Action: Nothing, What: "width is right", Why: "never shown"},
		{Step: "first call", Action: Person, Number: 1, What: "Set the status to Available.", Link: "https://x.lightning.force.com"},
	}
	askedOf = []Change{
		{Step: "Salesforce package", Action: Create, What: "349 components", Asked: Declined, Refused: []Refusal{
			{"PermissionSet", "AC_Agent", "Permission Read All Rule depends on permission(s): Read All Adapter"},
		}},
		{Step: "console", Action: Update, What: "utility bar", Old: "none", New: "Open CTI Softphone", Asked: Taken},
		{Step: "adapter record", Action: Create, What: "the record", Asked: NotYet},
		{Step: "first call", Action: Person, Number: 1, What: "Set the status to Available."},
	}
	findings = []Finding{
		{Check: "adapter reachable", Verdict: Passed, What: "it answers"},
		{
			Check: "approved origins", Verdict: Failed, What: "missing: https://x.lightning.force.com",
			Why: "the sign-in window never closes", Mend: "Run patchcord setup apply.", FirstDay: 4,
		},
		{Check: "softphone layout", Verdict: Warned, What: "a person's step is open", Link: "https://x.lightning.force.com"},
	}
)

func TestPlansAndFindingsAreWrittenForPeopleAndForPrograms(t *testing.T) {
	for name, write := range map[string]func(*bytes.Buffer) error{
		"plan.txt":     func(b *bytes.Buffer) error { return Text{W: b}.Plan(heading, changes) },
		"asked.txt":    func(b *bytes.Buffer) error { return Text{W: b}.Plan(heading, askedOf) },
		"asked.json":   func(b *bytes.Buffer) error { return PlanJSON(b, heading, askedOf) },
		"plan.json":    func(b *bytes.Buffer) error { return PlanJSON(b, heading, changes) },
		"verify.txt":   func(b *bytes.Buffer) error { return Text{W: b}.Findings(heading, findings) },
		"verify.json":  func(b *bytes.Buffer) error { return FindingsJSON(b, heading, findings) },
		"persons.txt":  func(b *bytes.Buffer) error { return Text{W: b}.Persons(changes) },
		"colours.txt":  func(b *bytes.Buffer) error { return Text{W: b, Colour: true}.Plan(heading, changes[:2]) },
		"nothing.json": func(b *bytes.Buffer) error { return PlanJSON(b, heading, nil) },
		"destroy.txt": func(b *bytes.Buffer) error {
			return Text{W: b}.Plan(heading, []Change{
				{Step: "CTI flows", Action: Remove, What: "a flow"},
				{Step: "CTI flows", Action: Nothing, What: "another: gone already"},
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			if filepath.Ext(name) == ".json" && !json.Valid(b.Bytes()) {
				t.Errorf("not JSON: %s", b.Bytes())
			}
			golden(t, name, b.Bytes())
		})
	}
}
