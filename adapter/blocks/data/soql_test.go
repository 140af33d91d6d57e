package data

import (
	"regexp"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/flow"
)

func lit(text string) flow.Part { return flow.Part{Value: text, Origin: flow.Literal} }

func val(v any) flow.Part { return flow.Part{Value: v, Origin: flow.FromPayload} }

func TestValuesNeverBecomeWordsOfAQuery(t *testing.T) {
	const attack = `x' OR Name != '`
	for _, tc := range []struct {
		name  string
		parts flow.Template
		want  string // "" if it is refused
		says  string
	}{
		{"the administrator's own", flow.Template{lit("SELECT Id FROM Case WHERE Subject LIKE '%a_'")},
			"SELECT Id FROM Case WHERE Subject LIKE '%a_'", ""},
		{"a text", flow.Template{lit("SELECT Id FROM Lead WHERE Name = '"), val(attack), lit("' LIMIT 1")},
			`SELECT Id FROM Lead WHERE Name = 'x\' OR Name != \'' LIMIT 1`, ""},
		{"a backslash", flow.Template{lit("WHERE Name = '"), val(`\`), lit("' AND X = '"), val(" OR 1"), lit("'")},
			`WHERE Name = '\\' AND X = ' OR 1'`, ""},
		{"in LIKE, its wildcards are letters", flow.Template{lit("WHERE Name LIKE '%"), val(`50%_\`), lit("%'")},
			`WHERE Name LIKE '%50\%\_\\%'`, ""},
		{"like in small letters, after a LIKE in a text", flow.Template{lit("WHERE A = ' LIKE ' AND B = '"), val("%"), lit("' OR B like'"),
			val("%"), lit("'")}, `WHERE A = ' LIKE ' AND B = '%' OR B like'\%'`, ""},
		{"a line's end", flow.Template{lit("WHERE A = '"), val("a\nb"), lit("'")}, `WHERE A = 'a\nb'`, ""},
		{"a quote that the administrator escaped is no end", flow.Template{lit(`WHERE A = 'O\'`), val("'"), lit("'")}, `WHERE A = 'O\'\''`, ""},
		{"a number", flow.Template{lit("WHERE Amount > "), val(5.5), lit(" LIMIT "), val("10")}, "WHERE Amount > 5.5 LIMIT 10", ""},
		{"days", flow.Template{lit("WHERE CreatedDate = LAST_N_DAYS:"), val(7.0)}, "WHERE CreatedDate = LAST_N_DAYS:7", ""},
		{"a date, a time, a boolean", flow.Template{lit("WHERE A > "), val("2026-03-01"), lit(" AND B < "), val("2026-03-01T10:00:00Z"),
			lit(" AND C = "), val(true)}, "WHERE A > 2026-03-01 AND B < 2026-03-01T10:00:00Z AND C = true", ""},
		{"an id gets its quotes", flow.Template{lit("WHERE Id IN ("), val("003000000000001AAA"), lit(")")},
			"WHERE Id IN ('003000000000001AAA')", ""},
		{"a word outside of quotes", flow.Template{lit("SELECT Id FROM "), val("User")}, "", "outside of quotes"},
		{"more outside of quotes", flow.Template{lit("LIMIT "), val("1 OFFSET 5")}, "", "outside of quotes"},
		{"nothing outside of quotes", flow.Template{lit("LIMIT "), val("")}, "", "outside of quotes"},
		{"a value behind a word", flow.Template{lit("SELECT A"), val(5.0)}, "", "without a space"},
		{"a value behind a text", flow.Template{lit("WHERE A = 'x'"), val(5.0)}, "", "without a space"},
		{"a value before a word", flow.Template{lit("LIMIT "), val(5.0), lit("x")}, "", "without a space"},
		{"two values", flow.Template{lit("LIMIT "), val(5.0), lit(""), val(6.0)}, "", "without a space"},
		{"behind a backslash", flow.Template{lit(`WHERE A = '\`), val("'"), lit(" OR A != '")}, "", "backslash"},
		{"an open quote", flow.Template{lit("WHERE A = '"), val("x")}, "", "not closed"},
		{"a list", flow.Template{lit("WHERE A IN ("), val([]any{"x"}), lit(")")}, "", "single values"},
	} {
		q, err := compile(tc.parts)
		if q.SOQL != tc.want || q.Foreign || (err == nil) != (tc.want != "") || err != nil && !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %q %v, want %q %q", tc.name, q.SOQL, err, tc.want, tc.says)
		}
	}
}

func TestAQueryThatCameFromElsewhereIsForeign(t *testing.T) {
	const text = "SELECT Id FROM User"
	if q, err := compile(flow.Template{val(text)}); err != nil || !q.Foreign || q.SOQL != text {
		t.Errorf("%+v %v", q, err)
	}
	if q, err := compile(flow.Template{lit(text)}); err != nil || q.Foreign {
		t.Errorf("the administrator's own: %+v %v", q, err)
	}
	if _, err := compile(flow.Template{val(map[string]any{})}); err == nil {
		t.Error("an object is a query")
	}
}

var texts = regexp.MustCompile(`'(?:[^'\\]|\\.)*'`)

// FuzzSOQL puts a value into a query in every place: outside of its texts the query stays what the administrator wrote.
func FuzzSOQL(f *testing.F) {
	for _, seed := range []string{
		"", "x", `\`, `'`, `\'`, "%_", "5", "true", "2026-03-01", "003000000000001AAA", " OR Id != ''", "\x00é", "-1",
	} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		q, err := compile(flow.Template{
			lit("SELECT Id FROM Lead WHERE Name = '"), val(a), lit("' AND City LIKE 'a%"), val(b), lit("' LIMIT 1"),
		})
		if err != nil {
			t.Fatalf("a text within quotes is refused: %v", err)
		}
		const frame = "SELECT Id FROM Lead WHERE Name = ? AND City LIKE ? LIMIT 1"
		if rest := texts.ReplaceAllString(strings.NewReplacer("\n", " ").Replace(q.SOQL), "?"); rest != frame {
			t.Fatalf("%q leaves %q", q.SOQL, rest)
		}
		q, err = compile(flow.Template{lit("SELECT Id FROM Lead WHERE A = "), val(a), lit(" LIMIT 1")})
		if err != nil {
			return
		}
		middle := strings.TrimSuffix(strings.TrimPrefix(q.SOQL, "SELECT Id FROM Lead WHERE A = "), " LIMIT 1")
		if strings.ContainsAny(strings.Trim(middle, "'"), " '\"()\\") || middle == "" {
			t.Fatalf("outside of quotes stands %q", middle)
		}
	})
}
