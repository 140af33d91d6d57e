package shadow_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/shadow"
)

// FuzzAgainstItself: a flow never differs from what it did itself, whatever it is and whatever was answered.
func FuzzAgainstItself(f *testing.F) {
	for _, folder := range []string{"../flow/testdata/flows", "../blocks/testdata", "../../examples/flows", "../../sfdx/flows"} {
		files, _ := filepath.Glob(filepath.Join(folder, "*.json"))
		for _, file := range files {
			if body, err := os.ReadFile(file); err == nil {
				f.Add(body, `{"Id":"003000000000001"}`)
			}
		}
	}
	f.Add([]byte(line(find, popIt, task, dialIt)), `{"sfContactId":"003000000000001"}`)
	f.Add([]byte(line(`a SE_UpdateCounter {"key":"n"}`, `b SE_UpdateCounter {"key":"n"}`, `c SE_GetCounter {"key":"n"}`, popIt)), "5")
	f.Fuzz(func(t *testing.T, raw []byte, answer string) {
		d, err := flow.Read(raw)
		if err != nil {
			return
		}
		program, findings := flow.Compile(d, blocks.All)
		if flow.Broken(findings) != nil {
			return
		}
		var value any
		if json.Unmarshal([]byte(answer), &value) != nil {
			value = answer
		}
		w := &willing{answer: value, kept: map[string]any{}}
		e := event().Event
		e.Payload = map[string]any{"number": "(206) 555-0100", "value": value}
		now := nine
		job := flow.Job{Program: program, Event: e, Now: func() time.Time { return now }, Host: flow.Host{Page: w, CRM: w, HTTP: w,
			Centre: w, Properties: w}}
		j := flow.Run(t.Context(), job)
		for range flow.MaxSteps {
			later, waits := errors.AsType[*flow.Later](j.Err)
			if !waits {
				break
			}
			now, job.Past, job.Spent = later.At, j.Steps, j.Spent
			j = flow.Run(t.Context(), job)
		}
		body, err := json.Marshal(j.Steps)
		if err != nil {
			t.Fatal(err)
		}
		r := shadow.Recorded{Event: e, At: nine, Failed: j.Status == flow.Failed}
		if err := json.Unmarshal(body, &r.Steps); err != nil {
			t.Fatal(err)
		}
		got, err := draft(t, string(raw)).Against(t.Context(), r)
		if err != nil || got.Verdict != shadow.Same && got.Verdict != shadow.Unknown {
			t.Fatalf("%s: %v %s %v, %v\n%s", got.Verdict, got.Changes, got.Problem, got.Stop, err, body)
		}
	})
}

// willing is a world that does all that is asked, and has one answer to every question.
type willing struct {
	answer any
	kept   map[string]any
}

func (w *willing) SearchPop(context.Context, flow.Effect, flow.SearchPop) (any, error) {
	return w.answer, nil
}
func (w *willing) Pop(context.Context, flow.Effect, string) error       { return nil }
func (w *willing) Dial(context.Context, flow.Effect, flow.Dial) error   { return nil }
func (w *willing) Log(context.Context, flow.Effect, flow.LogLine) error { return nil }
func (w *willing) Do(context.Context, flow.Effect, flow.Command) (any, error) {
	return w.answer, nil
}
func (w *willing) Create(context.Context, flow.Effect, string, map[string]any) (flow.Saved, error) {
	return flow.Saved{ID: "00T000000000001"}, nil
}
func (w *willing) Update(_ context.Context, _ flow.Effect, _, id string, _ map[string]any) (flow.Saved, error) {
	return flow.Saved{ID: id}, nil
}
func (w *willing) Retrieve(context.Context, string, string, []string) (map[string]any, error) {
	return map[string]any{"value": w.answer}, nil
}
func (w *willing) Query(context.Context, flow.Query) (flow.Rows, error) {
	return flow.Rows{Records: []any{w.answer}, Total: 1}, nil
}
func (w *willing) FindByPhone(context.Context, flow.PhoneSearch) ([]string, error) {
	return []string{"003000000000001"}, nil
}
func (w *willing) Request(context.Context, flow.Effect, flow.Request) (flow.Response, error) {
	return flow.Response{Status: 200, Body: w.answer}, nil
}
func (w *willing) UpdateAttributes(context.Context, flow.Effect, flow.Contact, map[string]string) error {
	return nil
}
func (w *willing) Record(context.Context, flow.Effect, flow.Contact, bool) error { return nil }
func (w *willing) Get(_ context.Context, key string) (any, bool, error) {
	value, found := w.kept[key]
	return value, found, nil
}
func (w *willing) All(context.Context) (map[string]any, error) { return map[string]any{}, nil }
func (w *willing) Set(_ context.Context, _ flow.Effect, key string, value any) error {
	w.kept[key] = value
	return nil
}
func (w *willing) Unset(_ context.Context, _ flow.Effect, key string) error {
	delete(w.kept, key)
	return nil
}
func (w *willing) Clear(context.Context, flow.Effect) error {
	clear(w.kept)
	return nil
}
func (w *willing) Count(_ context.Context, _ flow.Effect, key string, delta float64) (float64, error) {
	n, _ := w.kept[key].(float64)
	w.kept[key] = n + delta
	return n + delta, nil
}
