package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"syscall"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
)

const chain = 90 // blocks in a row, within what one run may take

// chained is a flow of decisions and values one after another, as busy flows are.
func chained() ([]byte, error) {
	type action map[string]any
	blocks := []action{
		{"type": "SE_CoreTruthy", "controls": action{"value": "$.contact.phoneNumber"}},
		{"type": "SE_CoreExtractValue", "controls": action{"targetField": "$.payload.customer", "keyPath": "name.first"}},
		{"type": "SE_ContactGetAttributeValue", "controls": action{"attributeName": "tier", "defaultValue": "none"}},
	}
	actions := []action{{"id": "0", "type": "SE_Start", "ports": action{"done": "1"}}}
	for i := 1; i <= chain; i++ {
		of := blocks[i%len(blocks)]
		next := fmt.Sprint(i + 1)
		actions = append(actions, action{"id": fmt.Sprint(i), "type": of["type"], "controls": of["controls"],
			"ports": action{"done": next, "true": next, "false": next, "success": next, "failure": next}})
	}
	actions = append(actions, action{"id": fmt.Sprint(chain + 1), "type": "SE_End"})
	return json.Marshal(action{"name": "chain", "actions": actions})
}

// cpuTime is what this process has used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// blocks runs flows on one core, in this process.
func (b bench) blocks(ctx context.Context) ([]figure, error) {
	body, err := chained()
	if err != nil {
		return nil, err
	}
	parsed, err := flow.Load(body, blocks.All)
	if err != nil {
		return nil, err
	}
	c := flow.Contact{ID: "c", Type: "voice", Inbound: true, PhoneNumber: "+12065550142",
		Attributes: map[string]string{"tier": "gold"}}
	e := flow.Event{Contact: &c, Country: "US", Payload: map[string]any{"customer": map[string]any{"name": map[string]any{"first": "Maya"}}}}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	ran := 0
	began := cpuTime() // others may use the core as well
	for cpuTime()-began < 2*time.Second && ctx.Err() == nil {
		j := flow.Run(ctx, flow.Job{Program: parsed, Event: e, Now: time.Now})
		if j.Status != flow.Completed || len(j.Steps) != chain+2 {
			return nil, fmt.Errorf("a run ended as %s after %d blocks: %s", j.Status, len(j.Steps), j.Problem)
		}
		ran += len(j.Steps)
	}
	return []figure{once("flow blocks a second of CPU time", "1/s", float64(ran)/(cpuTime()-began).Seconds()).atLeast(200_000)}, nil
}
