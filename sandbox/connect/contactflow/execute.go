package contactflow

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"strings"
)

func keys(m map[string]json.RawMessage) iter.Seq[string] { return maps.Keys(m) }

// Kind is what a reference names.
type Kind string

// The kinds.
const (
	Queue Kind = "queue"
	Hours Kind = "hours of operation"
	Flow  Kind = "contact flow"
)

// Reference is a resource that a flow names.
type Reference struct {
	Kind  Kind
	ID    string // or ARN
	Where string
}

// References are the resources that a flow names outright; a value that begins with $ is known only when the flow runs.
func References(content string) []Reference {
	f, err := parse(content)
	if err != nil {
		return nil
	}
	var all []Reference
	for i, a := range f.Actions {
		for name, kind := range map[string]Kind{"QueueId": Queue, "HoursOfOperationId": Hours, "ContactFlowId": Flow} {
			if id := a.text(name); id != "" && !strings.HasPrefix(id, "$") {
				all = append(all, Reference{kind, id, fmt.Sprintf("Actions[%d].Parameters.%s", i, name)})
			}
		}
	}
	return all
}

func (a action) text(name string) string {
	var s string
	if json.Unmarshal(a.Parameters[name], &s) != nil {
		return ""
	}
	return s
}

// Resources is what a flow asks while it is followed.
type Resources interface {
	// HoursOpen says whether hours of operation are open; "" asks for those of a queue.
	HoursOpen(hours, queue string) bool
	// QueueCapacity says whether a queue is there and enabled, and whether it may take one more contact.
	QueueCapacity(queue string) (enabled, spare bool)
}

// Destination is where a flow leads a call.
type Destination struct {
	Queue      string // id or ARN; "" ends the call
	Attributes map[string]string
}

const maxSteps = 500

// Execute follows a flow from its start to a queue or to the end. Prompts, inputs and whatever else needs a voice are
// passed over by their NextAction; an action that cannot be carried out takes its NoMatchingError.
func Execute(content string, instance Resources) Destination {
	w := Destination{Attributes: map[string]string{}}
	f, err := parse(content)
	if err != nil {
		return w
	}
	actions := map[string]action{}
	for _, a := range f.Actions {
		actions[a.Identifier] = a
	}
	target := ""
	id := f.StartAction
	for range maxSteps {
		a, ok := actions[id]
		if !ok {
			return w
		}
		t := a.Transitions
		id = t.NextAction
		switch a.Type {
		case "DisconnectParticipant", "EndFlowExecution":
			return w
		case "UpdateContactTargetQueue":
			queue := a.text("QueueId")
			if enabled, _ := instance.QueueCapacity(queue); !enabled {
				id = t.failing("NoMatchingError")
				continue
			}
			target = queue
		case "TransferContactToQueue":
			switch enabled, spare := instance.QueueCapacity(target); {
			case target == "" || !enabled:
				id = t.failing("NoMatchingError")
			case !spare:
				id = t.failing("QueueAtCapacity")
			default:
				w.Queue = target
				return w
			}
		case "CheckHoursOfOperation":
			isOpen := "False"
			if instance.HoursOpen(a.text("HoursOfOperationId"), target) {
				isOpen = "True"
			}
			id = t.equal(isOpen)
		case "UpdateContactAttributes":
			var plain map[string]string
			if json.Unmarshal(a.Parameters["Attributes"], &plain) != nil {
				id = t.failing("NoMatchingError")
				continue
			}
			maps.Copy(w.Attributes, plain)
		default:
			if id == "" {
				id = t.failing("NoMatchingError")
			}
		}
	}
	return w
}

func (t transitions) failing(kind string) string {
	for _, e := range t.Errors {
		if e.ErrorType == kind {
			return e.NextAction
		}
	}
	return ""
}

func (t transitions) equal(value string) string {
	for _, c := range t.Conditions {
		if c.Condition.Operator == "Equals" && len(c.Condition.Operands) == 1 && c.Condition.Operands[0] == value {
			return c.NextAction
		}
	}
	return t.failing("NoMatchingError")
}
