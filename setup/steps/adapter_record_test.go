package steps

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/setup"
)

// The adapter wants exactly one active record of the call center.
func TestTheAdapterRecordIsTheOneThatIsActive(t *testing.T) {
	const where = "Call_Center_Definition_Name__c = 'Desk'"
	row := func(id, instance string, active bool) map[string]any {
		return map[string]any{
			"Id": id, "Name": "Record " + id, "Active__c": active, "Amazon_Connect_Instance_Alias__c": instance, "where": where,
		}
	}
	for _, tc := range []struct {
		name string
		rows []map[string]any
		want string // actions
		says string // of the first
	}{
		{"none", nil, "+", "Desk for ours"},
		{"one", []map[string]any{row("a1", "ours", true)}, "=", "ours"},
		{"one that is not active", []map[string]any{row("a1", "ours", false)}, "~", "Active"},
		{"an old one before the active one", []map[string]any{row("a1", "old", false), row("a2", "ours", true)}, "=", "ours"},
		{"two", []map[string]any{row("a1", "ours", true), row("a2", "ours", true)}, "!", "(Record a1, Record a2): 2 are"},
		{"two of which none is active", []map[string]any{row("a1", "ours", false), row("a2", "ours", false)}, "!", "0 are"},
	} {
		o := &fakeOrg{t: t, rows: map[string][]map[string]any{"AC_CtiAdapter__c": tc.rows}}
		p, shut := o.open()
		defer shut()
		changes, err := AdapterRecord{Record: "Desk", Instance: "ours", CallCenter: "Desk"}.Plan(t.Context(), p)
		actions := ""
		for _, c := range changes {
			actions += string(c.Action)
		}
		if err != nil || actions != tc.want || !strings.Contains(changes[0].What, tc.says) {
			t.Errorf("%s: plans %+v, %v; want %s", tc.name, changes, err, tc.want)
		}
	}
}

// A record that set-up switched on is switched off again, unless somebody did so.
func TestActiveIsTakenBack(t *testing.T) {
	have := map[string]any{"Id": "a1", "Active__c": false, "where": "Call_Center_Definition_Name__c = 'Desk'"}
	o := &fakeOrg{t: t, rows: map[string][]map[string]any{"AC_CtiAdapter__c": {have}}}
	p, shut := o.open()
	defer shut()
	step := AdapterRecord{CallCenter: "Desk"}
	record := remembered(t)
	if err := setup.Apply(t.Context(), p, []setup.Step{step}, record, setup.Hooks{}); err != nil {
		t.Fatal(err)
	}
	made := record.Made()
	if len(made) != 1 {
		t.Fatalf("recorded %+v", made)
	}
	if c, err := made[0].Entry.Undo(t.Context(), p, made[0]); err != nil || c.Action != setup.Nothing {
		t.Errorf("switched off since: %+v, %v", c, err)
	}
	have["Active__c"] = true
	if err := setup.Destroy(t.Context(), p, record, setup.Hooks{}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`PATCH /sobjects/AC_CtiAdapter__c/a1 {"Active__c":true}`, `PATCH /sobjects/AC_CtiAdapter__c/a1 {"Active__c":false}`,
	}
	if !slices.Equal(o.writes, want) {
		t.Errorf("wrote %q, want %q", o.writes, want)
	}
}
