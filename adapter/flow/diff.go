package flow

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/tailscale/hujson"
)

// Change is one difference between two flows.
type Change struct {
	Kind   ChangeKind `json:"kind"`
	Action ActionID   `json:"action,omitempty"` // "" for the flow as a whole
	What   string     `json:"what,omitempty"`   // name of a control, a port or a key
	Old    string     `json:"old,omitempty"`    // as JSON; "" if it was not there
	New    string     `json:"new,omitempty"`
}

// ChangeKind says what was changed.
type ChangeKind string

// The kinds.
const (
	ActionAdded   ChangeKind = "added"
	ActionRemoved ChangeKind = "removed"
	TypeChanged   ChangeKind = "type"
	ControlSet    ChangeKind = "control"
	PortWired     ChangeKind = "port"
	KeyChanged    ChangeKind = "key" // what else the file has: title, position, keys that nobody knows
)

// Diff is what must be changed to make one flow of another, by the ids of actions and in the order of the new one, removed actions last.
// What nobody runs (titles, positions, unknown keys, the order of actions) counts only if all is wanted.
func Diff(from, to Document, all bool) (changes []Change) {
	before, after := parts(from), parts(to)
	if all {
		changes = differ(changes, KeyChanged, "", before.keys, after.keys)
	} else if before.keys["name"] != after.keys["name"] {
		changes = append(changes, Change{KeyChanged, "", "name", before.keys["name"], after.keys["name"]})
	}
	for _, id := range after.order {
		was, is := before.actions[id], after.actions[id]
		if was == nil {
			changes = append(changes, Change{Kind: ActionAdded, Action: id, New: is.kind})
			was = &part{kind: is.kind}
		}
		if was.kind != is.kind {
			changes = append(changes, Change{TypeChanged, id, "", was.kind, is.kind})
		}
		changes = differ(changes, ControlSet, id, was.controls, is.controls)
		changes = differ(changes, PortWired, id, was.ports, is.ports)
		if all {
			changes = differ(changes, KeyChanged, id, was.keys, is.keys)
		}
	}
	for _, id := range before.order {
		if after.actions[id] == nil {
			changes = append(changes, Change{Kind: ActionRemoved, Action: id, Old: before.actions[id].kind})
		}
	}
	return changes
}

// whole is a file as it is compared, values as JSON in one spelling.
type whole struct {
	order   []ActionID
	actions map[ActionID]*part
	keys    map[string]string
}

type part struct {
	kind                  string
	controls, ports, keys map[string]string
}

func parts(d Document) whole {
	w := whole{actions: map[ActionID]*part{}, keys: spelled(d.root, "actions")}
	list, _ := actionsOf(d)
	for i := range list {
		action, ok := objectOf(&list[i])
		id, named := textOf(member(action, "id"))
		if !ok || !named || w.actions[ActionID(id)] != nil {
			continue
		}
		p := &part{keys: spelled(action, "id", "type", "controls", "ports")}
		p.kind, _ = textOf(member(action, "type"))
		controls, _ := objectOf(member(action, "controls"))
		p.controls = set(spelled(controls))
		ports, _ := objectOf(member(action, "ports"))
		p.ports = set(spelled(ports))
		w.actions[ActionID(id)] = p
		w.order = append(w.order, ActionID(id))
	}
	return w
}

// set leaves out what both forms of files use for a control that nobody filled, and for a port that leads nowhere.
func set(values map[string]string) map[string]string {
	maps.DeleteFunc(values, func(_, value string) bool { return value == "null" || value == `""` })
	return values
}

// differ adds what is different in two maps.
func differ(changes []Change, kind ChangeKind, id ActionID, before, after map[string]string) []Change {
	names := slices.Collect(maps.Keys(before))
	for name := range after {
		if _, known := before[name]; !known {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if before[name] != after[name] {
			changes = append(changes, Change{kind, id, name, before[name], after[name]})
		}
	}
	return changes
}

// spelled are an object's members as JSON, but for some.
func spelled(of *hujson.Object, without ...string) map[string]string {
	out := map[string]string{}
	members(of, func(name string, v *hujson.Value) {
		if !slices.Contains(without, name) {
			plain, _ := plainOf(v)
			out[name] = oneSpelling(plain)
		}
	})
	return out
}

// oneSpelling is a value as JSON, spelled in one way.
func oneSpelling(plain any) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(plain); err != nil {
		return "a number that is too large"
	}
	return strings.TrimSuffix(out.String(), "\n")
}
