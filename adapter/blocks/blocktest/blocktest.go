// Package blocktest runs single blocks in tests, against a page that is played.
//
// Read first: Run, Page.
package blocktest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Now is the time in runs.
var Now = time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)

// Run runs one block with its controls and gives its step, as it is after it was written down and read again.
func Run(t testing.TB, blocks []flow.Block, blockType string, controls map[string]any, event flow.Event, host flow.Host) flow.Step {
	t.Helper()
	body, err := json.Marshal(map[string]any{"actions": []any{
		map[string]any{"id": "s", "type": "SE_Start", "ports": map[string]string{"done": "b"}},
		map[string]any{"id": "b", "type": blockType, "controls": controls, "ports": map[string]string{
			"done": "e", "success": "e", "failure": "e", "true": "e", "false": "e", "unknown": "e"}},
		map[string]any{"id": "e", "type": "SE_End"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	program, err := flow.Load(body, flow.NewBlocks(blocks))
	if err != nil {
		t.Fatal(err)
	}
	j := flow.Run(t.Context(), flow.Job{Program: program, Event: event, Host: host, Now: func() time.Time { return Now }})
	if body, err = json.Marshal(j.Steps); err != nil {
		t.Fatalf("%s cannot be written down: %v", blockType, err)
	}
	var steps []flow.Step
	if err := json.Unmarshal(body, &steps); err != nil || len(steps) < 2 {
		t.Fatalf("%s: %d steps: %v, %s", blockType, len(steps), err, j.Problem)
	}
	return steps[1]
}

// Page is a softphone page that notes what it was asked, and answers always the same.
type Page struct {
	flow.Page // what a test does not play is not there
	Answer    any
	Err       error
	Asked     []flow.Command
}

// Do notes a command and answers it.
func (p *Page) Do(_ context.Context, _ flow.Effect, c flow.Command) (any, error) {
	p.Asked = append(p.Asked, c)
	return p.Answer, p.Err
}
