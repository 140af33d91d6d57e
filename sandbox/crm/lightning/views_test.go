package lightning

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func names(rows []rowOut) string {
	var all []string
	for _, row := range rows {
		all = append(all, row.Name)
	}
	return strings.Join(all, ", ")
}

func contacts(d desk) {
	account := does[savedOut](d, "POST", "/records/Account", `{"values":{"Name":"Lindqvist Interiors"}}`, 200).ID
	for _, values := range []string{
		`{"FirstName":"Maya","LastName":"Lindqvist","Title":"Owner","DoNotCall":true,"AccountId":"` + account + `"}`,
		`{"LastName":"O'Neil","Title":"100%_sure","Birthdate":"1990-05-01"}`,
		`{"LastName":"Zhang","Title":"Buyer"}`,
	} {
		does[savedOut](d, "POST", "/records/Contact", `{"values":`+values+`}`, 200)
	}
}

func TestFilters(t *testing.T) {
	amelia := open(t)
	contacts(amelia)
	for _, tc := range []struct{ name, filters, want string }{
		{"no filter shows all", ``, "Maya Lindqvist, O'Neil, Zhang"},
		{"equals any of several values", `{"field":"Title","operation":"equals","value":"Owner, buyer"}`, "Maya Lindqvist, Zhang"},
		{"not equal to", `{"field":"Title","operation":"notEqual","value":"Owner,Buyer"}`, "O'Neil"},
		{"a quote is text", `{"field":"LastName","operation":"equals","value":"O'Neil"}`, "O'Neil"},
		{"signs of patterns are text", `{"field":"Title","operation":"contains","value":"%_s"}`, "O'Neil"},
		{"starts with", `{"field":"Title","operation":"startsWith","value":"b"}`, "Zhang"},
		{"does not contain", `{"field":"Title","operation":"notContain","value":"u"}`, "Maya Lindqvist"},
		{"a reference is compared by its name", `{"field":"AccountId","operation":"contains","value":"lindq"}`, "Maya Lindqvist"},
		{"a check box", `{"field":"DoNotCall","operation":"equals","value":"True"}`, "Maya Lindqvist"},
		{"a date", `{"field":"Birthdate","operation":"lessThan","value":"1990-05-02"}`, "O'Neil"},
		{"words for dates", `{"field":"CreatedDate","operation":"greaterOrEqual","value":"last 7 days"}`, "Maya Lindqvist, O'Neil, Zhang"},
		{"an empty value is no value", `{"field":"Birthdate","operation":"equals","value":""}`, "Maya Lindqvist, Zhang"},
		{"all filters must hold", `{"field":"Title","operation":"equals","value":"Owner"},` +
			`{"field":"DoNotCall","operation":"equals","value":"false"}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := desk{t, amelia.h}
			does[savedViewOut](d, "PUT", "/lists/Contact/All", `{"scope":"Everything","columns":["Name"],"filters":[`+tc.filters+`]}`, 200)
			got := does[listOut](d, "GET", "/lists/Contact?view=All", "", 200)
			if names(got.Rows) != tc.want {
				t.Errorf("rows = %s, want %s", names(got.Rows), tc.want)
			}
		})
	}
	for _, tc := range []struct{ name, body, blamed string }{
		{"whose records", `{"scope":"Theirs"}`, "scope"},
		{"a field that is not there", `{"scope":"Mine","columns":["Nope"]}`, "columns"},
		{"a filter by a field that is not there",
			`{"scope":"Mine","filters":[{"field":"Id FROM User","operation":"equals","value":"1"}]}`, "Id FROM User"},
		{"an operator that is none", `{"scope":"Mine","filters":[{"field":"Title","operation":"like","value":"1"}]}`, "Title"},
		{"a date that is none", `{"scope":"Mine","filters":[{"field":"Birthdate","operation":"equals","value":"May 1"}]}`, "Birthdate"},
		{"a check box is true or false", `{"scope":"Mine","filters":[{"field":"DoNotCall","operation":"equals","value":"maybe"}]}`, "DoNotCall"},
		{"a long text", `{"scope":"Mine","filters":[{"field":"Description","operation":"contains","value":"x"}]}`, "Description"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := does[edge.Problems](desk{t, amelia.h}, "PUT", "/lists/Contact/All", tc.body, 400)
			if len(got.Errors) != 1 || len(got.Errors[0].Fields) != 1 || got.Errors[0].Fields[0] != tc.blamed {
				t.Errorf("errors = %+v, want one about %s", got.Errors, tc.blamed)
			}
		})
	}
}

func TestDatesOfTheUser(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Skip("no time zones on this machine:", err)
	}
	o := object{records.Described{Object: schema.Object{Name: "Contact",
		Fields: []schema.Field{{Name: "CreatedDate", Label: "Created Date", Type: "datetime"}}}}}
	for operation, want := range map[string]string{
		"equals":      "(CreatedDate >= 2026-01-31T08:00:00Z AND CreatedDate < 2026-02-01T08:00:00Z)",
		"greaterThan": "CreatedDate >= 2026-02-01T08:00:00Z",
		"lessOrEqual": "CreatedDate < 2026-02-01T08:00:00Z",
		"lessThan":    "CreatedDate < 2026-01-31T08:00:00Z",
	} {
		got, err := filterOut{"CreatedDate", operation, "2026-01-31"}.condition(o, zone)
		if err != nil || got != want {
			t.Errorf("%s a day = %s, %v; want %s", operation, got, err, want)
		}
	}
}

func TestAListViewIsChangedForOneself(t *testing.T) {
	amelia, ada := openTwo(t)
	contacts(amelia)
	const body = `{"scope":"Everything","columns":["Phone","Name"],"filters":[{"field":"DoNotCall","operation":"equals","value":"true"}]}`
	does[edge.Problems](amelia, "PUT", "/lists/Contact/Nope", body, 404)
	does[edge.Problems](amelia, "PUT", "/lists/Contact/Recent", body, 404)
	does[savedViewOut](amelia, "PUT", "/lists/Contact/All", body, 200)
	own := does[listOut](amelia, "GET", "/lists/Contact?view=All", "", 200)
	if own.Definition.Label != "All Contacts" || len(own.Columns) != 2 || own.Columns[0].Name != "Phone" ||
		names(own.Rows) != "Maya Lindqvist" {
		t.Errorf("Amelia sees %s, %+v", names(own.Rows), own.Definition)
	}
	if others := does[listOut](ada, "GET", "/lists/Contact?view=All", "", 200); len(others.Columns) == 2 || len(others.Rows) != 3 {
		t.Errorf("Ada sees %s, %+v", names(others.Rows), others.Definition)
	}
}

func TestListsAreSearchedAndSorted(t *testing.T) {
	amelia := open(t)
	contacts(amelia)
	for query, want := range map[string]string{
		"view=All&search=buy":                  "Zhang",
		"view=All&search=interiors":            "Maya Lindqvist",
		"view=All&search=%25":                  "O'Neil",
		"view=All&search=nobody":               "",
		"view=All&sort=Name&descending=true":   "Zhang, O'Neil, Maya Lindqvist",
		"view=All&sort=AccountId&limit=1":      "O'Neil",
		"view=All&sort=Description;DROP":       "Maya Lindqvist, O'Neil, Zhang",
		"view=MyContacts&search=lindq":         "Maya Lindqvist",
		"view=Recent":                          "",
		"view=NewThisWeek&search=&sort=&limit": "Maya Lindqvist, O'Neil, Zhang",
	} {
		if got := names(does[listOut](amelia, "GET", "/lists/Contact?"+query, "", 200).Rows); got != want {
			t.Errorf("%s = %s, want %s", query, got, want)
		}
	}
}

func TestDeletedRecordComesBack(t *testing.T) {
	amelia := open(t)
	contacts(amelia)
	id := does[listOut](amelia, "GET", "/lists/Contact?view=All&search=zhang", "", 200).Rows[0].ID
	path := fmt.Sprintf("/records/Contact/%s", id)
	does[edge.Problems](amelia, "POST", path+"/undelete", "", 400)
	does[savedOut](amelia, "DELETE", path, "", 200)
	does[edge.Problems](amelia, "GET", path, "", 404)
	if got := does[savedOut](amelia, "POST", path+"/undelete", "", 200); got.Name != "Zhang" {
		t.Errorf("came back as %q", got.Name)
	}
	if got := does[groupsOut](amelia, "GET", "/lookup?object=Contact&q=zhang", "", 200); len(got.Groups) != 1 || len(got.Groups[0].Rows) != 1 {
		t.Errorf("it is not found any more: %+v", got)
	}
}
