package soql

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var sameTree = cmp.Options{cmpopts.IgnoreFields(Expr{}, "Pos"), cmpopts.EquateEmpty()}

func TestParsePrintsBack(t *testing.T) {
	for in, want := range map[string]string{
		"select Id from Contact": "SELECT Id FROM Contact",
		"SELECT Id, Account.Owner.Name FROM Contact WHERE Phone = '206' AND (Name LIKE 'M%' OR NOT Email = null)": "SELECT Id, " +
			"Account.Owner.Name " +
			"FROM Contact WHERE Phone = '206' AND (Name LIKE 'M%' OR NOT Email = NULL)",
		"SELECT COUNT() FROM Task": "SELECT COUNT() FROM Task",
		"SELECT COUNT(Id) n, MAX(CreatedDate) FROM Case GROUP BY Status HAVING COUNT(Id) > 2": "SELECT COUNT(Id) n, MAX(CreatedDate) " +
			"FROM Case GROUP BY Status HAVING COUNT(Id) > 2",
		"SELECT Id, (SELECT Id FROM Contacts ORDER BY Name DESC NULLS LAST LIMIT 2) FROM Account": "SELECT Id, (SELECT Id " +
			"FROM Contacts ORDER BY Name DESC NULLS LAST LIMIT 2) FROM Account",
		"SELECT name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE username='a@b')": "SELECT name " +
			"FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE username = 'a@b')",
		"SELECT Id FROM Task WHERE ActivityDate >= LAST_N_DAYS:30 AND CreatedDate < 2026-01-31T00:00:00Z AND X__c = -1.5": "SELECT Id " +
			"FROM Task WHERE ActivityDate >= LAST_N_DAYS:30 AND CreatedDate < 2026-01-31T00:00:00Z AND X__c = -1.5",
		"SELECT c.Id FROM Contact c WHERE c.Name = 'O\\'Neil' LIMIT 5 OFFSET 10": "SELECT Id " +
			"FROM Contact WHERE Name = 'O\\'Neil' LIMIT 5 OFFSET 10",
		"SELECT Id FROM A WHERE B NOT IN ('x','y') FOR VIEW": "SELECT Id " +
			"FROM A WHERE B NOT IN ('x', 'y') FOR VIEW",
	} {
		q, err := Parse(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := q.String(); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "A query string has to be specified",
		"SELECT Id FORM Account":        "Row:1:Column:11\nunexpected token: 'FORM'",
		"SELECT Id FROM":                "unexpected token: '<EOF>'",
		"SELECT Id FROM A WHERE":        "unexpected token: '<EOF>'",
		"SELECT Id FROM A WHERE B = 'x": "expecting '''",
		"SELECT Id FROM A WHERE B = 1 AND C = 2 OR D = 3":    "unexpected token: 'OR'",
		"SELECT Id FROM A; DROP TABLE x":                     "unexpected token: ';'",
		"SELECT Id FROM A LIMIT -1":                          "unexpected token: '-1'",
		"SELECT Id FROM A WHERE " + strings.Repeat("(", 200): "nested too deeply",
		strings.Repeat("x", MaxLength+1):                     "too long",
	} {
		_, err := Parse(in)
		if _, ok := errors.AsType[*SyntaxError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", in, err, want)
		}
	}
}

func TestParseSearch(t *testing.T) {
	s, err := ParseSearch(`FIND {2065550142 OR "Maya\}"} IN PHONE FIELDS RETURNING Contact(Id, ` +
		`Name WHERE Name != null ORDER BY Name LIMIT 5), Account LIMIT 20`)
	if err != nil {
		t.Fatal(err)
	}
	if s.Term != `2065550142 OR "Maya\}"` || s.Group != "PHONE" || len(s.Returning) != 2 || s.Returning[0].Limit != 5 || s.Limit != 20 {
		t.Errorf("got %+v", s)
	}
	for _, bad := range []string{"", "SELECT", "FIND x", "FIND {x", "FIND {x} IN BAD FIELDS", "FIND {x} RETURNING", "FIND {x} junk"} {
		if _, err := ParseSearch(bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"SELECT Id, (SELECT Id FROM Contacts) FROM Account a WHERE NOT (a.X = 'y\\_' OR B IN " +
		"(1,2)) ORDER BY C LIMIT 1", "SELECT COUNT() FROM A", "SELECT a b FROM c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(q.String())
		if err != nil {
			t.Fatalf("%q printed as %q: %v", text, q.String(), err)
		}
		if diff := cmp.Diff(q, again, sameTree...); diff != "" {
			t.Fatalf("%q printed as %q: %s", text, q.String(), diff)
		}
	})
}

func FuzzParseSearch(f *testing.F) {
	f.Add(`FIND {x} IN NAME FIELDS RETURNING Contact(Id)`)
	f.Fuzz(func(_ *testing.T, text string) { _, _ = ParseSearch(text) })
}
