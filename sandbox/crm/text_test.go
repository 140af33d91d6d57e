package crm

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// The platform keeps text without the white space at its ends, and text of white space only not at all.
func TestTextIsTrimmed(t *testing.T) {
	d := newDesk(t)
	id := create(t, d.agent, "Contact", records.Values{
		"LastName": "\t Lindqvist \n", "Title": " \t\n", "Email": "  ", "Description": "\n two\nlines  \n",
	})
	got, err := d.agent.Get(t.Context(), "Contact", id, "LastName", "Title", "Email", "Description")
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{"LastName": "Lindqvist", "Title": "", "Email": "", "Description": "two\nlines"} {
		if got.Text(field) != want {
			t.Errorf("%s is %q, want %q", field, got.Text(field), want)
		}
	}
	err = d.agent.Update(t.Context(), "Contact", id, records.Values{"LastName": "  "}, "")
	if err == nil || !strings.Contains(err.Error(), "Required fields are missing: [LastName]") {
		t.Errorf("a required field of white space: %v", err)
	}
}

// SOQL with a telephone number or with a call's id looks at every record, as on the platform.
func TestOnlyThePlatformsFieldsHaveAnIndex(t *testing.T) {
	d := newDesk(t)
	for table, want := range map[string]struct{ with, without []string }{
		"o_Contact": {[]string{"Name", "AccountId", "Email"}, []string{"Phone", "MobilePhone", "HomePhone", "OtherPhone"}},
		"o_Task":    {[]string{"WhoId", "WhatId", "OwnerId"}, []string{"CallObject"}},
		"o_Case":    {[]string{"ContactId"}, []string{"SuppliedPhone", "SuppliedEmail"}},
	} {
		var have []string
		rows, err := d.agent.DB().QueryContext(t.Context(),
			`SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i`, table)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var column string
			if err := rows.Scan(&column); err != nil {
				t.Fatal(err)
			}
			have = append(have, column)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		for _, field := range want.with {
			if !slices.Contains(have, field) {
				t.Errorf("%s.%s has no index among %v", table, field, have)
			}
		}
		for _, field := range want.without {
			if slices.Contains(have, field) {
				t.Errorf("%s.%s has an index", table, field)
			}
		}
	}
}
