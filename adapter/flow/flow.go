// Package flow is the flow language: what happens on an event of the contact centre or of the console, without code.
//
// Read first: Parse, Run, Block. It is pure: it knows no HTTP, no SQL and no browser; what a block asks of the world goes through Host.
package flow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// MaxFlow is the largest flow that Parse reads, in bytes; the CRM's field holds half of it.
const MaxFlow = 256 << 10

// Port is the name of a way out of a block.
type Port string

// The ports there are.
const (
	Done    Port = "done"
	Success Port = "success"
	Failure Port = "failure"
	Unknown Port = "unknown" // begun and interrupted: whether it happened is not known
	True    Port = "true"
	False   Port = "false"
)

// ActionID names an action within its flow; opaque text.
type ActionID string

// Flow is a directed graph of actions. Source: cti-flows.md §1.3.
type Flow struct {
	Name    string   // shown in logs; may be empty
	Actions []Action // in the order of the file, which means nothing
	start   ActionID
	byID    map[ActionID]int
}

// Action is one block of a flow with its inputs and its ways on.
type Action struct {
	ID       ActionID
	Type     string
	Title    string            // given by a person; may be empty
	Controls map[string]Value  // inputs by name, unset ones left out
	Ports    map[Port]ActionID // one target each; a port that is not wired is absent
	block    *Block            // nil if this version has none of the type
}

// Invalid says what is wrong with a flow and where.
type Invalid struct {
	Action ActionID // "" when the trouble is not in one action
	Reason string
}

// Error names the action.
func (e *Invalid) Error() string {
	if e.Action == "" {
		return "flow: " + e.Reason
	}
	return fmt.Sprintf("flow: action %s: %s", e.Action, e.Reason)
}

type fileFlow struct {
	Name    string        `json:"name"`
	Actions *[]fileAction `json:"actions"`
}

type fileAction struct {
	ID       *ActionID          `json:"id"`
	Type     string             `json:"type"`
	Controls map[string]Value   `json:"controls"`
	Ports    map[Port]*ActionID `json:"ports"`
	Meta     struct {
		Title string `json:"title"`
	} `json:"meta"`
}

var blockType = regexp.MustCompile(`^SE_[A-Za-z0-9]+$`)

// Parse reads a flow in the old or the new form. *Invalid for one that cannot run; unknown block types are no error here, they fail
// when they are reached.
func Parse(text []byte, blocks Blocks) (Flow, error) {
	if len(text) > MaxFlow {
		return Flow{}, &Invalid{Reason: fmt.Sprintf("larger than %d bytes", MaxFlow)}
	}
	var file fileFlow
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&file); err != nil {
		return Flow{}, &Invalid{Reason: notJSON(text, err)}
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Flow{}, &Invalid{Reason: "text after the end of the JSON document"}
	}
	if file.Actions == nil {
		return Flow{}, &Invalid{Reason: `no list "actions"`}
	}
	f := Flow{Name: file.Name, byID: map[ActionID]int{}}
	for _, a := range *file.Actions {
		if err := f.add(a, blocks); err != nil {
			return Flow{}, err
		}
	}
	if f.start == "" {
		return Flow{}, &Invalid{Reason: "no action of type SE_Start"}
	}
	for _, a := range f.Actions {
		for port, target := range a.Ports {
			if _, known := f.byID[target]; !known {
				return Flow{}, &Invalid{Action: a.ID, Reason: fmt.Sprintf("port %s leads to %q, which is not in the flow", port, target)}
			}
		}
	}
	return f, nil
}

func (f *Flow) add(file fileAction, blocks Blocks) error {
	if file.ID == nil || *file.ID == "" {
		return &Invalid{Reason: fmt.Sprintf("action number %d has no id", len(f.Actions)+1)}
	}
	id := *file.ID
	if !blockType.MatchString(file.Type) {
		return &Invalid{Action: id, Reason: fmt.Sprintf("type %q is not a block type", file.Type)}
	}
	if _, twice := f.byID[id]; twice {
		return &Invalid{Action: id, Reason: "id is used twice"}
	}
	a := Action{
		ID: id, Type: file.Type, Title: file.Meta.Title, Controls: map[string]Value{}, Ports: map[Port]ActionID{}, block: blocks.Of(file.Type),
	}
	for name, value := range file.Controls {
		if !value.unset() {
			a.Controls[name] = value
		}
	}
	for port, target := range file.Ports {
		if target != nil && *target != "" {
			a.Ports[port] = *target
		}
	}
	if a.Type == Start.Type {
		if f.start != "" {
			return &Invalid{Action: id, Reason: fmt.Sprintf("second SE_Start; %s is the first", f.start)}
		}
		f.start = id
	}
	f.byID[id] = len(f.Actions)
	f.Actions = append(f.Actions, a)
	return nil
}
