package steps

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
)

// fakeOrg is a data API with rows of two objects; every write is kept as text.
type fakeOrg struct {
	t      *testing.T
	rows   map[string][]map[string]any // by object
	writes []string
	fail   string // object whose deletion the org refuses
}

func (o *fakeOrg) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/services/data/v"+salesforce.APIVersion)
	body, _ := io.ReadAll(r.Body)
	switch {
	case path == "/query":
		q := r.URL.Query().Get("q")
		_, from, _ := strings.Cut(q, " FROM ")
		object, where, _ := strings.Cut(from, " WHERE ")
		found := []map[string]any{}
		for _, row := range o.rows[object] {
			if row["where"] == where {
				found = append(found, row)
			}
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"done": true, "records": found})
	case r.Method == http.MethodDelete && strings.Contains(path, "/"+o.fail+"/") && o.fail != "":
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `[{"errorCode":"DELETE_FAILED","message":"in use"}]`)
	default:
		o.writes = append(o.writes, strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Method, path, body)))
		w.WriteHeader(http.StatusNoContent)
	}
}

func (o *fakeOrg) open() (setup.Platforms, func()) {
	server := httptest.NewServer(o)
	session := salesforce.Session{InstanceURL: server.URL, AccessToken: "t"}
	return setup.Platforms{CRM: salesforce.New(salesforce.Config{Session: session})}, server.Close
}

// remembered is a record that holds what was made, as a run would have written it.
func remembered(t *testing.T, made ...setup.Made) *setup.Record {
	t.Helper()
	r, err := setup.OpenRecord("", "00D1", Kinds)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range made {
		if err := setup.Apply(t.Context(), setup.Platforms{}, []setup.Step{done{m}}, r, setup.Hooks{}); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// done is a step that makes one thing without anybody.
type done struct{ made setup.Made }

func (done) Name() string { return "done" }
func (d done) Plan(context.Context, setup.Platforms) ([]setup.Change, error) {
	do := func(context.Context) error { return nil }
	return []setup.Change{{Action: setup.Create, What: d.made.What, Do: do, Made: []setup.Made{d.made}}}, nil
}

func TestDestroyTakesBackOnlyWhatIsStillOurs(t *testing.T) {
	o := &fakeOrg{t: t, rows: map[string][]map[string]any{
		"User": {
			{"Id": "005A", "CallCenterId": "04vOurs", "where": "Username = 'still'"},
			{"Id": "005B", "CallCenterId": "04vNew", "where": "Username = 'moved since'"},
			{"Id": "005C", "CallCenterId": "04vOurs", "where": "Username = 'had another'"},
		},
		"AC_CtiAdapter__c": {{"Id": "a01", "where": "Name = 'A'"}},
	}}
	p, shut := o.open()
	defer shut()
	field := func(who, before string) setup.Made {
		return setup.Made{
			What: who, Before: before, After: "04vOurs",
			Entry: Field{Object: "User", Where: "Username = '" + who + "'", Name: "CallCenterId"},
		}
	}
	record := remembered(t, setup.Made{
		What: "adapter record", Entry: Row{Object: "AC_CtiAdapter__c", Where: "Name = 'A'"},
	}, setup.Made{What: "gone", Entry: Row{Object: "AC_CtiAdapter__c", Where: "Name = 'B'"}},
		field("still", ""), field("moved since", ""), field("had another", "04vOld"))
	plan, err := setup.PlanDestroy(t.Context(), p, record)
	if err != nil || len(plan) != 5 || len(o.writes) != 0 {
		t.Fatalf("planned %d, wrote %v, %v", len(plan), o.writes, err)
	}
	if err := setup.Destroy(t.Context(), p, record, setup.Hooks{}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`PATCH /sobjects/User/005C {"CallCenterId":"04vOld"}`, `PATCH /sobjects/User/005A {"CallCenterId":null}`,
		`DELETE /sobjects/AC_CtiAdapter__c/a01`,
	}
	if !slices.Equal(o.writes, want) {
		t.Errorf("wrote\n%s\nwant, last made first,\n%s", strings.Join(o.writes, "\n"), strings.Join(want, "\n"))
	}
	if left := record.Made(); len(left) != 0 {
		t.Errorf("the record still holds %+v", left)
	}
}

func TestDestroyKeepsWhatItCouldNotTakeBack(t *testing.T) {
	o := &fakeOrg{t: t, fail: "Locked__c", rows: map[string][]map[string]any{
		"Locked__c": {{"Id": "a02", "where": "x"}}, "Free__c": {{"Id": "a03", "where": "x"}},
	}}
	p, shut := o.open()
	defer shut()
	record := remembered(t, setup.Made{What: "free", Entry: Row{Object: "Free__c", Where: "x"}},
		setup.Made{What: "locked", Entry: Row{Object: "Locked__c", Where: "x"}})
	err := setup.Destroy(t.Context(), p, record, setup.Hooks{})
	if err == nil || !strings.Contains(err.Error(), "take back locked") {
		t.Errorf("err = %v", err)
	}
	if left := record.Made(); len(left) != 1 || left[0].What != "locked" {
		t.Errorf("the record holds %+v", left)
	}
}
