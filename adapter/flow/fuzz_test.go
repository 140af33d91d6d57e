package flow_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	. "github.com/patchcord/patchcord/adapter/flow"
)

// FuzzLoad: whatever a file says, it is refused as a flow, or it is kept to the byte, compiles each time to the same, and its run, in a
// world where nothing is, comes to an end within its bounds; the same each time, and the same from any step on where it was cut.
func FuzzLoad(f *testing.F) {
	for _, folder := range []string{"testdata/flows", "../blocks/testdata", "../../examples/flows", "../../sfdx/flows"} {
		files, _ := filepath.Glob(filepath.Join(folder, "*.json"))
		for _, file := range files {
			if body, err := os.ReadFile(file); err == nil {
				f.Add(body, uint8(2))
			}
		}
	}
	for _, text := range []string{twice, dials, really, addsOne, calling("x", `{"a":["$.payload.n"]}`, `"success":"r","failure":"c"`),
		`{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"w"}},{"id":"w","type":"SE_CoreDelay","controls":{"milliseconds":1e4},
			"ports":{"done":"w"}}]}`} {
		f.Add([]byte(text), uint8(3))
	}
	f.Fuzz(func(t *testing.T, raw []byte, cut uint8) {
		d, err := Read(raw)
		if err != nil {
			isInvalid(t, err)
			return
		}
		if !bytes.Equal(d.Bytes(), raw) {
			t.Fatal("it changed")
		}
		program, findings := Compile(d, blocks.All)
		again, same := Compile(d, blocks.All)
		if diff := cmp.Diff(findings, same); diff != "" {
			t.Fatalf("it compiles otherwise the second time: %s", diff)
		}
		loaded, err := Load(raw, blocks.All)
		if err != nil {
			isInvalid(t, err)
			return
		}
		whole := toItsEnd(t, loaded, nil)
		goesSo(t, "compiled", whole, toItsEnd(t, program, nil))
		goesSo(t, "compiled again", whole, toItsEnd(t, again, nil))
		at := int(cut) % (len(whole.Steps) + 1)
		if at < len(whole.Steps) && whole.Steps[at].In != "" {
			return // the call around it had not ended then
		}
		goesSo(t, fmt.Sprint("cut behind step ", at), whole, toItsEnd(t, loaded, whole.Steps[:at]))
	})
}

func goesSo(t *testing.T, how string, want, got Journal) {
	t.Helper()
	if !reflect.DeepEqual(want.Steps, got.Steps) {
		t.Fatalf("%s, it goes another way: %s", how, cmp.Diff(want.Steps, got.Steps))
	}
}

func isInvalid(t *testing.T, err error) {
	t.Helper()
	if invalid, ok := errors.AsType[*Invalid](err); !ok || invalid.Reason == "" {
		t.Fatalf("an error of another kind: %v", err)
	}
}

// toItsEnd runs a program where nothing is, and passes over what it waits for.
func toItsEnd(t *testing.T, p Program, past []Step) Journal {
	t.Helper()
	called, err := Load([]byte(addsOne), blocks.All)
	if err != nil {
		t.Fatal(err)
	}
	now := someTime
	if n := len(past); n > 0 {
		now = past[n-1].Started.Add(past[n-1].Took)
	}
	job := Job{Program: p, Event: Event{Contact: &maya, Payload: map[string]any{"n": "1"}}, Past: past,
		Spent: now.Sub(someTime), Now: func() time.Time { return now },
		Flows: func(context.Context, string) (Callee, error) { return Callee{ID: "inner", Program: called}, nil }}
	for range MaxSteps {
		j := Run(t.Context(), job)
		if later, waits := errors.AsType[*Later](j.Err); waits {
			now, job.Past, job.Spent = later.At, j.Steps, j.Spent
			continue
		}
		inBounds(t, j)
		return j
	}
	t.Fatal("it waits for ever")
	return Journal{}
}

func inBounds(t *testing.T, j Journal) {
	t.Helper()
	if j.Status != Completed && j.Status != Partial && j.Status != Failed || (j.Status == Completed) != (j.Problem == "" && j.Failures == 0) {
		t.Fatalf("ended as %q: %q, %d failures", j.Status, j.Problem, j.Failures)
	}
	if len(j.Steps) > MaxSteps || len(j.Steps) == 0 || j.Spent > 2*MaxDuration {
		t.Fatalf("%d steps in %v", len(j.Steps), j.Spent)
	}
	results := 0
	for _, s := range j.Steps {
		body, err := json.Marshal(s)
		if err != nil || s.Open || s.Action == "" {
			t.Fatalf("%+v: %v", s, err)
		}
		var back Step
		if err := json.Unmarshal(body, &back); err != nil {
			t.Fatalf("%s cannot be read back: %v", body, err)
		}
		results += len(body)
	}
	if most := 8 * MaxResults; results > most { // results and inputs, and what JSON spends on them
		t.Fatalf("its journal has %d bytes, more than %d", results, most)
	}
}
