package store

import (
	"encoding/json"
	"testing"
)

func TestASurveySaysWhatEachNodeHolds(t *testing.T) {
	a, b, _ := two(t)
	for _, page := range []string{"p", "q"} {
		enter(t, a, "005a", page)
		enter(t, a, "005b", page)
		enter(t, b, "005c", page)
	}
	if mine, err := b.Nodes().Claim(t.Context(), "~jobs"); err != nil || !mine {
		t.Fatalf("%t, %v", mine, err)
	}
	_, err := b.Nodes().Post(t.Context(), Posted{Letter: Letter{Kind: "x", User: "005a", Body: json.RawMessage(`1`)}})
	must(t, err)

	all, err := a.Nodes().All(t.Context())
	must(t, err)
	type counts struct {
		Name        string
		Held, Pages int
		Jobs        []string
	}
	var got []counts
	for _, n := range all {
		got = append(got, counts{n.Name, n.Held, n.Pages, n.Jobs})
	}
	same(t, got, []counts{{"a", 2, 4, nil}, {"b", 1, 2, []string{"~jobs"}}})
	pages, err := b.Nodes().Census(t.Context())
	must(t, err)
	same(t, pages, map[string]int{"005a": 2, "005b": 2, "005c": 2})
	stands, err := a.Nodes().Stands(t.Context())
	must(t, err)
	same(t, stands, Stands{Nodes: 2, Held: 2, Letters: 1})
}
