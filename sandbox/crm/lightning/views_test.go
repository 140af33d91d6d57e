package lightning

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
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
	amelia, ada := openTwo(t)
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
		{"all filters must hold", `{"field":"Title","operation":"equals","value":"Owner"},{"field":"DoNotCall","operation":"equals","value":"false"}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := desk{t, amelia.h}
			made := does[savedViewOut](d, "POST", "/lists/Contact", `{"label":"Mine","shared":false,"scope":"Everything","columns":["Name"],"filters":[`+tc.filters+`]}`, 200)
			got := does[listOut](d, "GET", "/lists/Contact?view="+made.Name, "", 200)
			if names(got.Rows) != tc.want {
				t.Errorf("rows = %s, want %s", names(got.Rows), tc.want)
			}
			does[edge.Problems](desk{t, ada.h}, "GET", "/lists/Contact?view="+made.Name, "", 404)
			does[savedViewOut](d, "DELETE", "/lists/Contact/"+made.Name, "", 200)
			does[edge.Problems](d, "GET", "/lists/Contact?view="+made.Name, "", 404)
		})
	}
	for _, tc := range []struct{ name, body, blamed string }{
		{"a list needs a name", `{"label":" ","scope":"Everything"}`, "label"},
		{"a name may not be long", `{"label":"` + strings.Repeat("x", 41) + `","scope":"Everything"}`, "label"},
		{"whose records", `{"label":"x","scope":"Theirs"}`, "scope"},
		{"agents do not share", `{"label":"x","scope":"Mine","shared":true}`, "shared"},
		{"a field that is not there", `{"label":"x","scope":"Mine","columns":["Nope"]}`, "columns"},
		{"a filter by a field that is not there", `{"label":"x","scope":"Mine","filters":[{"field":"Id FROM User","operation":"equals","value":"1"}]}`, "Id FROM User"},
		{"an operator that is none", `{"label":"x","scope":"Mine","filters":[{"field":"Title","operation":"like","value":"1"}]}`, "Title"},
		{"a date that is none", `{"label":"x","scope":"Mine","filters":[{"field":"Birthdate","operation":"equals","value":"May 1"}]}`, "Birthdate"},
		{"a check box is true or false", `{"label":"x","scope":"Mine","filters":[{"field":"DoNotCall","operation":"equals","value":"maybe"}]}`, "DoNotCall"},
		{"a long text", `{"label":"x","scope":"Mine","filters":[{"field":"Description","operation":"contains","value":"x"}]}`, "Description"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := does[edge.Problems](desk{t, amelia.h}, "POST", "/lists/Contact", tc.body, 400)
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
	o := Object{Name: "Contact", Fields: []Field{{Name: "CreatedDate", Label: "Created Date", Type: "datetime"}}}
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

func TestListViewsOfOthers(t *testing.T) {
	amelia, ada := openTwo(t)
	contacts(amelia)
	const body = `{"label":"Do Not Call","shared":true,"scope":"Everything","columns":["Name","Phone"],"filters":[{"field":"DoNotCall","operation":"equals","value":"true"}]}`
	shared := does[savedViewOut](ada, "POST", "/lists/Contact", body, 200).Name
	seen := does[listOut](amelia, "GET", "/lists/Contact?view="+shared, "", 200)
	if names(seen.Rows) != "Maya Lindqvist" || seen.Definition.Editable || len(seen.Columns) != 2 {
		t.Errorf("Amelia sees %s, %+v", names(seen.Rows), seen.Definition)
	}
	for _, way := range [][3]string{{"PUT", shared, body}, {"DELETE", shared, ""}, {"PUT", "All", body}} {
		does[edge.Problems](amelia, way[0], "/lists/Contact/"+way[1], way[2], 403)
	}
	does[edge.Problems](ada, "DELETE", "/lists/Contact/All", "", 403)
	does[savedViewOut](ada, "PUT", "/lists/Contact/All", `{"label":"Everybody","shared":false,"scope":"Everything","columns":["Phone","Name"]}`, 200)
	all := does[listOut](amelia, "GET", "/lists/Contact?view=All", "", 200)
	if all.Definition.Label != "Everybody" || all.Columns[0].Name != "Phone" || len(all.Rows) != 3 {
		t.Errorf("the changed list: %+v with %d rows", all.Definition, len(all.Rows))
	}
	does[savedViewOut](ada, "DELETE", "/lists/Contact/"+shared, "", 200)
	does[edge.Problems](amelia, "GET", "/lists/Contact?view="+shared, "", 404)
}

func TestListsAreSearchedSortedAndPinned(t *testing.T) {
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
	does[savedViewOut](amelia, "PUT", "/pins/Contact", `{"view":"MyContacts"}`, 200)
	does[edge.Problems](amelia, "PUT", "/pins/Contact", `{"view":"Nope"}`, 404)
	if got := does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).Pinned["Contact"]; got != "MyContacts" {
		t.Errorf("pinned = %q", got)
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
