package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/patchcord/patchcord/salesforce"
)

// world is something that steps make true; a step's name is what it makes.
type world struct {
	have map[string]string
	// cut ends the context while the named thing is being made: before it is there, or after.
	cut        string
	after      bool
	stop       context.CancelFunc
	fails      map[string]error
	madeOrder  []string
	wasWritten func(name string) bool
	unwritten  []string
}

// thing is the entry of a fact.
type thing struct {
	Name string `json:"name"`
}

func (thing) Kind() string  { return "thing" }
func (t thing) Key() string { return t.Name }

func (thing) Undo(_ context.Context, _ Platforms, m Made) (Change, error) {
	return m.Remove(func(context.Context) error { return nil }), nil
}

var kinds = KindsOf(thing{})

type fact struct {
	w          *world
	name, want string
}

func (f fact) Name() string { return f.name }

func (f fact) Plan(context.Context, Platforms) ([]Change, error) {
	have, there := f.w.have[f.name]
	if there && have == f.want {
		return []Change{Right("%s", f.name)}, nil
	}
	c := Change{Action: Create, What: f.name, Made: []Made{{After: f.want, Entry: thing{f.name}}}}
	if there {
		c.Action, c.Old, c.New, c.Made[0].Before = Update, have, f.want, have
	}
	c.Do = func(ctx context.Context) error {
		w := f.w
		if w.wasWritten != nil && !w.wasWritten(f.name) {
			w.unwritten = append(w.unwritten, f.name)
		}
		if w.cut == f.name && !w.after {
			w.stop()
			return ctx.Err()
		}
		if err := w.fails[f.name]; err != nil {
			return err
		}
		w.have[f.name] = f.want
		w.madeOrder = append(w.madeOrder, f.name)
		if w.cut == f.name {
			w.stop()
			return ctx.Err()
		}
		return nil
	}
	return []Change{c}, nil
}

type byPerson struct{}

func (byPerson) Name() string { return "by hand" }
func (byPerson) Plan(context.Context, Platforms) ([]Change, error) {
	return []Change{{Action: Person, What: "one"}, {Action: Person, What: "two"}}, nil
}

func steps(w *world) []Step {
	return []Step{fact{w, "package", "1"}, fact{w, "assignment", "1"}, byPerson{}, fact{w, "record", "1"}, fact{w, "origin", "1"}}
}

func TestPlanIsNumberedAndChangesNothing(t *testing.T) {
	w := &world{have: map[string]string{"assignment": "1", "record": "0"}}
	got, err := Plan(t.Context(), Platforms{}, steps(w))
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{
		{Step: "package", Action: Create, What: "package"}, {Step: "assignment", Action: Nothing, What: "assignment"},
		{Step: "by hand", Action: Person, What: "one", Number: 1}, {Step: "by hand", Action: Person, What: "two", Number: 2},
		{Step: "record", Action: Update, What: "record", Old: "0", New: "1"}, {Step: "origin", Action: Create, What: "origin"},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(Change{}, "Do", "Made")); d != "" {
		t.Errorf("plan (-want +got):\n%s", d)
	}
	if len(w.madeOrder) != 0 {
		t.Errorf("the plan made %v", w.madeOrder)
	}
	if create, update, person := Pending(got); create != 2 || update != 1 || person != 2 {
		t.Errorf("pending %d, %d, %d", create, update, person)
	}
}

// Cut off at every step, before and after the platform did it, a second Apply ends right, and the record holds
// everything we made.
func TestApplyResumesAfterACutAtEveryStep(t *testing.T) {
	for _, cut := range []string{"package", "assignment", "record", "origin"} {
		for _, after := range []bool{false, true} {
			when := "before"
			if after {
				when = "after"
			}
			t.Run(cut+" "+when+" it was made", func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "state.json")
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				w := &world{have: map[string]string{}, cut: cut, after: after, stop: stop}
				first, err := OpenRecord(file, "00D1", kinds)
				if err != nil {
					t.Fatal(err)
				}
				w.wasWritten = func(name string) bool {
					kept, err := OpenRecord(file, "00D1", kinds)
					return err == nil && slices.ContainsFunc(kept.Made(), func(m Made) bool { return m.Entry == thing{name} })
				}
				if err := Apply(ctx, Platforms{}, steps(w), first, Hooks{}); !errors.Is(err, context.Canceled) {
					t.Fatalf("the cut gave %v", err)
				}
				w.cut = ""
				again, err := OpenRecord(file, "00D1", kinds) // as a new process would
				if err != nil {
					t.Fatal(err)
				}
				if err := Apply(t.Context(), Platforms{}, steps(w), again, Hooks{}); err != nil {
					t.Fatal(err)
				}
				if want := []string{"package", "assignment", "record", "origin"}; !slices.Equal(w.madeOrder, want) {
					t.Errorf("made %v, want each once: %v", w.madeOrder, want)
				}
				if len(w.unwritten) > 0 {
					t.Errorf("made before they were written down: %v", w.unwritten)
				}
				kept, err := OpenRecord(file, "00D1", kinds)
				if err != nil || len(kept.Made()) != 4 {
					t.Errorf("the record holds %+v, %v", kept.Made(), err)
				}
			})
		}
	}
}

func TestApplyTwiceChangesNothing(t *testing.T) {
	w := &world{have: map[string]string{}}
	record, _ := OpenRecord("", "00D1", kinds)
	for range 2 {
		if err := Apply(t.Context(), Platforms{}, steps(w), record, Hooks{}); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.madeOrder) != 4 || len(record.Made()) != 4 {
		t.Errorf("made %v, recorded %d", w.madeOrder, len(record.Made()))
	}
}

func TestApplyAsksOnlyBeforeItChanges(t *testing.T) {
	w := &world{have: map[string]string{"record": "theirs"}}
	record, _ := OpenRecord("", "00D1", kinds)
	var asked []string
	hooks := Hooks{Agree: func(c Change) (bool, error) { asked = append(asked, c.What); return false, nil }}
	err := Apply(t.Context(), Platforms{}, steps(w), record, hooks)
	if !errors.Is(err, ErrRefused) || !slices.Equal(asked, []string{"record"}) {
		t.Errorf("asked %v, err %v", asked, err)
	}
	if w.have["record"] != "theirs" || w.have["package"] != "1" {
		t.Errorf("after the refusal: %v", w.have)
	}
	for _, m := range record.Made() {
		if m.Entry == Entry(thing{"record"}) {
			t.Error("what was refused is in the record")
		}
	}
}

func TestApplyMakesOnlyWhatWasAgreedTo(t *testing.T) {
	w := &world{have: map[string]string{"record": "theirs"}}
	record, _ := OpenRecord("", "00D1", kinds)
	agree := Hooks{Agree: func(Change) (bool, error) { return true, nil }}
	meddle := Hooks{Agree: func(Change) (bool, error) { w.have["record"] = "meanwhile"; return true, nil }}
	err := Apply(t.Context(), Platforms{}, steps(w), record, meddle)
	if err == nil || !strings.Contains(err.Error(), "changed since you were asked") || w.have["record"] != "meanwhile" {
		t.Errorf("err = %v, and the record is %s", err, w.have["record"])
	}
	if err := Apply(t.Context(), Platforms{}, steps(w), record, agree); err != nil || w.have["record"] != "1" {
		t.Errorf("err = %v, and the record is %s", err, w.have["record"])
	}
}

// optional is a fact without which most works.
type optional struct{ fact }

func (o optional) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	changes, err := o.fact.Plan(ctx, p)
	changes[0].Optional = "most works all the same"
	return changes, err
}

func TestApplyGoesPastWhatIsOptional(t *testing.T) {
	refusal := &salesforce.Error{Status: 400, Code: "INVALID_TYPE"}
	w := &world{have: map[string]string{}, fails: map[string]error{"nicety": refusal}}
	record, _ := OpenRecord("", "00D1", kinds)
	var passed []string
	hooks := Hooks{Passed: func(c Change, err error) {
		if errors.Is(err, refusal) {
			passed = append(passed, c.What)
		}
	}}
	todo := []Step{optional{fact{w, "nicety", "1"}}, fact{w, "rest", "1"}}
	if err := Apply(t.Context(), Platforms{}, todo, record, hooks); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(passed, []string{"nicety"}) || w.have["rest"] != "1" || len(record.Made()) != 1 {
		t.Errorf("passed %v, made %v, recorded %v", passed, w.madeOrder, record.Made())
	}
}

func TestRecord(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "state.json")
	r, err := OpenRecord(file, "00D000000000001AAA", kinds)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.add(Made{Entry: thing{"a"}, Before: "x", After: "y"}); err != nil {
		t.Fatal(err)
	}
	if added, _, err := r.add(Made{Entry: thing{"a"}, Before: "y", After: "z"}); err != nil || added != nil {
		t.Fatalf("added %v, %v", added, err)
	}
	t.Run("a second change keeps what was there first", func(t *testing.T) {
		short, err := OpenRecord(file, "00D000000000001", kinds) // the same org by its short id
		if err != nil {
			t.Fatal(err)
		}
		want := []Made{{Entry: thing{"a"}, Before: "x", After: "z"}}
		if d := cmp.Diff(want, short.Made()); d != "" {
			t.Error(d)
		}
	})
	t.Run("orgs do not mix", func(t *testing.T) {
		other, err := OpenRecord(file, "00D000000000002", kinds)
		if err != nil || len(other.Made()) != 0 {
			t.Errorf("%v, %v", other.Made(), err)
		}
	})
	t.Run("only its owner reads the file", func(t *testing.T) {
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	})
	t.Run("a damaged file is refused and kept", func(t *testing.T) {
		if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenRecord(file, "00D000000000001", kinds); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("err = %v", err)
		}
	})
}

// What another version wrote down is kept by one that does not know it, and only refused when it is to be taken back.
func TestARecordOfAnotherVersion(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	const old = `{"00D1":[{"step":"s","what":"a field","kind":"field","object":"User"},` +
		`{"step":"s","what":"x","kind":"hologram","entry":{"place":"here"}}]}`
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := OpenRecord(file, "00D1", kinds)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.add(Made{What: "ours", Entry: thing{"ours"}}); err != nil {
		t.Fatal(err)
	}
	again, err := OpenRecord(file, "00D1", kinds)
	if err != nil || len(again.Made()) != 3 {
		t.Fatalf("%+v, %v", again, err)
	}
	if d := cmp.Diff(Entry(thing{"ours"}), again.Made()[2].Entry); d != "" {
		t.Error(d)
	}
	if got := again.Made()[1].Entry.Key(); !strings.Contains(got, "here") {
		t.Errorf("of the foreign one %q is left", got)
	}
	if err := again.drop(again.Made()[2]); err != nil {
		t.Fatal(err)
	}
	if _, err := PlanDestroy(t.Context(), Platforms{}, again); err == nil || !strings.Contains(err.Error(), "hologram") {
		t.Errorf("err = %v", err)
	}
}
