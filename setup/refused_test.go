package setup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"github.com/patchcord/patchcord/salesforce"
)

func TestApplyForgetsWhatThePlatformRefused(t *testing.T) {
	refusal := &salesforce.Error{Status: 400, Code: "REQUIRED_FIELD_MISSING"}
	w := &world{have: map[string]string{}, fails: map[string]error{"record": refusal}}
	record, _ := OpenRecord("", "00D1", kinds)
	err := Apply(t.Context(), Platforms{}, steps(w), record, Hooks{})
	if !errors.Is(err, refusal) || !strings.Contains(err.Error(), "apply record") {
		t.Fatalf("err = %v", err)
	}
	if got := len(record.Made()); got != 2 {
		t.Errorf("%d recorded, want package and assignment only", got)
	}
	w.fails["record"] = &salesforce.Error{Status: 503} // nobody knows whether it was made
	if err := Apply(t.Context(), Platforms{}, steps(w), record, Hooks{}); err == nil {
		t.Fatal("no error")
	}
	if got := len(record.Made()); got != 3 {
		t.Errorf("%d recorded, want the doubtful one too", got)
	}
}

// A refused change of what is ours already leaves its line as it was: destroy still knows the value that apply gave.
func TestApplyPutsTheLineOfARefusedChangeBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	w := &world{have: map[string]string{"height": "300"}, fails: map[string]error{}}
	record, _ := OpenRecord(file, "00D1", kinds)
	if err := Apply(t.Context(), Platforms{}, []Step{fact{w, "height", "400"}}, record, Hooks{}); err != nil {
		t.Fatal(err)
	}
	w.fails["height"] = &salesforce.Error{Status: 400, Code: "INVALID"}
	if err := Apply(t.Context(), Platforms{}, []Step{fact{w, "height", "500"}}, record, Hooks{}); err == nil {
		t.Fatal("no error")
	}
	again, err := OpenRecord(file, "00D1", kinds)
	if err != nil {
		t.Fatal(err)
	}
	for where, r := range map[string]*Record{"memory": record, "file": again} {
		if got := r.Made(); len(got) != 1 || got[0].Before != "300" || got[0].After != "400" {
			t.Errorf("%s: %+v; want 300 before and 400 after", where, got)
		}
	}
}

// What the platform may have done although it answered with an error stays written down, or nobody would take it back.
func TestApplyRemembersWhatMayHaveBeenDone(t *testing.T) {
	late := &salesforce.Error{Status: 403, Code: "REQUEST_LIMIT_EXCEEDED"}
	for name, failure := range map[string]error{
		"the deployment's end could not be asked for": fmt.Errorf("deploy: %w: %w", salesforce.ErrOutcomeUnknown, late),
		"the contact centre failed by itself":         &types.InternalServiceException{},
	} {
		w := &world{have: map[string]string{}, fails: map[string]error{"package": failure}}
		record, _ := OpenRecord("", "00D1", kinds)
		if err := Apply(t.Context(), Platforms{}, steps(w), record, Hooks{}); !errors.Is(err, failure) {
			t.Errorf("%s: err = %v", name, err)
		}
		if got := record.Made(); len(got) != 1 {
			t.Errorf("%s: recorded %+v; want the package", name, got)
		}
	}
}

// byHand is the entry of what only a person takes back, until it is gone.
type byHand struct{ gone *bool }

func (byHand) Kind() string { return "by hand" }
func (byHand) Key() string  { return "" }

func (h byHand) Undo(_ context.Context, _ Platforms, m Made) (Change, error) {
	if *h.gone {
		return m.Gone(), nil
	}
	return Change{Action: Person, What: "Take it out."}, nil
}

func TestDestroyRemembersWhatIsLeftToAPerson(t *testing.T) {
	gone := false
	record, _ := OpenRecord("", "00D1", kinds)
	if _, _, err := record.add(Made{What: "package", Entry: byHand{&gone}}, Made{Entry: thing{"record"}}); err != nil {
		t.Fatal(err)
	}
	var told []string
	hooks := Hooks{Done: func(c Change) {
		if c.Action == Person {
			told = append(told, c.What)
		}
	}}
	if err := Destroy(t.Context(), Platforms{}, record, hooks); err != nil {
		t.Fatal(err)
	}
	if left := record.Made(); len(left) != 1 || left[0].What != "package" || !slices.Equal(told, []string{"Take it out."}) {
		t.Errorf("the record holds %+v, told %q; want the person's line in both", left, told)
	}
	gone = true
	if err := Destroy(t.Context(), Platforms{}, record, hooks); err != nil || len(record.Made()) != 0 {
		t.Errorf("once it is gone the record holds %+v, %v", record.Made(), err)
	}
}
