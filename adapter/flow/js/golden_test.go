package js

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "ask Node anew and keep what it says")

const goldenFile = "testdata/golden.json"

type answered struct {
	Case   []any `json:"case"`
	Answer any   `json:"answer"`
}

// ask has Node answer the cases. The test is skipped where there is none.
func ask(t *testing.T) []byte {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skipf("there is no Node to ask: %v", err)
	}
	cases, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	asked := exec.CommandContext(ctx, node, "testdata/node.cjs")
	asked.Env, asked.Stdin = append(os.Environ(), "TZ=UTC"), bytes.NewReader(cases)
	out, err := asked.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGoldenIsWhatNodeSays(t *testing.T) {
	said := ask(t)
	if *update {
		if err := os.WriteFile(goldenFile, said, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(kept), string(said)); diff != "" {
		t.Errorf("Node says otherwise now (go test ./adapter/flow/js -update keeps it):\n%s", diff)
	}
}

func TestSaysWhatNodeSays(t *testing.T) {
	body, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []answered
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 300 {
		t.Fatalf("only %d cases", len(all))
	}
	for _, a := range all {
		if got := answer(t, a.Case); !cmp.Equal(got, a.Answer) {
			t.Errorf("%q = %#v, Node says %#v", a.Case, got, a.Answer)
		}
	}
}

// answer is what this room says to a case, in the words of testdata/node.cjs.
func answer(t *testing.T, c []any) any {
	t.Helper()
	op, args := c[0], c[1:]
	replaced := func(text any, r Replacement) any {
		got, err := r.Do(t.Context(), text.(string), 1<<20)
		if err != nil {
			return err.Error()
		}
		return got
	}
	switch op {
	case "text":
		return Text(args[0])
	case "number":
		return signed(Number(args[0]))
	case "truthy":
		return Truthy(args[0])
	case "equal":
		return Equal(args[0], args[1])
	case "less":
		return Less(args[0], args[1])
	case "length":
		return float64(Length(args[0]))
	case "slice":
		return Slice(args[0], args[1], args[2])
	case "replace":
		return replaced(args[0], Replacement{Pattern: args[1].(string), With: args[2].(string)})
	case "match":
		return replaced(args[0], Replacement{Pattern: args[1].(string), Flags: args[2].(string), With: args[3].(string), Regexp: true})
	case "product":
		return signed(Number(args[0]) * Number(args[1]))
	case "quotient":
		return signed(Number(args[0]) / Number(args[1]))
	case "date":
		if at, ok := Date(args[0], time.UTC); ok {
			return ISO(at)
		}
		return "none"
	}
	t.Fatalf("no operation %v", op)
	return nil
}

func signed(f float64) string {
	if f == 0 && math.Signbit(f) {
		return "-0"
	}
	return Format(f)
}
