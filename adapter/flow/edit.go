package flow

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tailscale/hujson"
)

// patch is other text in place of a part of a file.
type patch struct {
	from, to int // bytes of the text in UTF-8
	with     string
}

// patched is a file with parts replaced, in the encoding that it has.
func (d Document) patched(patches []patch) (Document, error) {
	if len(patches) == 0 {
		return d, nil
	}
	slices.SortFunc(patches, func(a, b patch) int { return a.from - b.from })
	var text bytes.Buffer
	at := 0
	for _, p := range patches {
		text.Write(d.text[at:p.from])
		text.WriteString(p.with)
		at = p.to
	}
	text.Write(d.text[at:])
	return Read(d.form.encode(text.Bytes()))
}

// WithTitle gives an action another title. An error if there is no such action, or the file gets too large.
func (d Document) WithTitle(id ActionID, title string) (Document, error) {
	v, action := d.find(id)
	if action == nil {
		return d, &Invalid{Action: id, Reason: "there is no such action"}
	}
	literal := hujson.String(title)
	meta := member(action, "meta")
	if meta == nil {
		return d.patched([]patch{added(v, "meta", `{"title": `+string(literal)+`}`)})
	}
	object, ok := meta.Value.(*hujson.Object)
	if !ok {
		return d.patched([]patch{replaced(meta, `{"title": `+string(literal)+`}`)})
	}
	if old := member(object, "title"); old != nil {
		return d.patched([]patch{replaced(old, string(literal))})
	}
	return d.patched([]patch{added(meta, "title", string(literal))})
}

// WithTypes gives actions other types: those of a type that the map has.
func (d Document) WithTypes(mapped map[string]string) (Document, error) {
	var patches []patch
	d.each(func(_ *hujson.Value, action *hujson.Object) {
		v := member(action, "type")
		if old, ok := textOf(v); ok && mapped[old] != "" && mapped[old] != old {
			patches = append(patches, replaced(v, string(hujson.String(mapped[old]))))
		}
	})
	return d.patched(patches)
}

// WithIDs gives actions other ids, everywhere where they are named: in ports, in values that read results, in the flow's tests. An error
// if an id would be there twice.
func (d Document) WithIDs(names map[ActionID]ActionID) (Document, error) {
	r := renaming{names: names}
	seen := map[string]bool{}
	var twice error
	d.each(func(_ *hujson.Value, action *hujson.Object) {
		id := member(action, "id")
		r.id(id)
		if name, ok := textOf(id); ok {
			if to, renamed := names[ActionID(name)]; renamed {
				name = string(to)
			}
			if seen[name] {
				twice = &Invalid{Action: ActionID(name), Reason: "its id would be there twice"}
			}
			seen[name] = true
		}
		if ports, ok := objectOf(member(action, "ports")); ok && ports != nil {
			for i := range ports.Members {
				r.id(&ports.Members[i].Value)
			}
		}
		if controls := member(action, "controls"); controls != nil {
			r.expressions(controls)
		}
	})
	if twice != nil {
		return d, twice
	}
	r.tests(d)
	return d.patched(r.patches)
}

// notANumber is the id that the original's editor once gave to actions, after an upload.
const notANumber = "uid-NaN"

// Mended is the file as it is to be kept: an action that the original's editor could not number gets an id, and all that names it.
func (d Document) Mended() (Document, error) {
	highest, odd := 0, false
	d.each(func(_ *hujson.Value, action *hujson.Object) {
		id, _ := textOf(member(action, "id"))
		odd = odd || id == notANumber
		n, err := strconv.Atoi(strings.TrimLeft(strings.TrimPrefix(id, "uid"), "-"))
		if err == nil && n < 1<<30 {
			highest = max(highest, n)
		}
	})
	if !odd {
		return d, nil
	}
	return d.WithIDs(map[ActionID]ActionID{notANumber: ActionID(fmt.Sprintf("uid-%d", highest+1))})
}

// InputNames are the inputs that the file names for actions of a type, the unset ones too, in the order in which they come first.
func (d Document) InputNames(blockType string) (names []string) {
	seen := map[string]bool{}
	d.each(func(_ *hujson.Value, action *hujson.Object) {
		if kind, _ := textOf(member(action, "type")); kind != blockType {
			return
		}
		controls, _ := objectOf(member(action, "controls"))
		members(controls, func(name string, _ *hujson.Value) {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		})
	})
	return names
}

// each visits the actions that are objects.
func (d Document) each(visit func(v *hujson.Value, action *hujson.Object)) {
	list, _ := actionsOf(d)
	for i := range list {
		if object, ok := list[i].Value.(*hujson.Object); ok {
			visit(&list[i], object)
		}
	}
}

func (d Document) find(id ActionID) (found *hujson.Value, action *hujson.Object) {
	d.each(func(v *hujson.Value, object *hujson.Object) {
		if name, ok := textOf(member(object, "id")); ok && name == string(id) && action == nil {
			found, action = v, object
		}
	})
	return found, action
}

func replaced(v *hujson.Value, with string) patch { return patch{v.StartOffset, v.EndOffset, with} }

// added is another member at the end of an object, spaced like the one before.
func added(of *hujson.Value, key, with string) patch {
	object, _ := of.Value.(*hujson.Object)
	name := string(hujson.String(key))
	if len(object.Members) == 0 {
		return replaced(of, "{"+name+": "+with+"}")
	}
	last := object.Members[len(object.Members)-1]
	at := last.Value.EndOffset
	return patch{at, at, "," + string(last.Name.BeforeExtra) + name + ":" + string(last.Value.BeforeExtra) + with}
}

// renaming collects what other ids change.
type renaming struct {
	names   map[ActionID]ActionID
	patches []patch
}

func (r *renaming) id(v *hujson.Value) {
	if old, ok := textOf(v); ok {
		if to, renamed := r.names[ActionID(old)]; renamed {
			r.patches = append(r.patches, replaced(v, string(hujson.String(string(to)))))
		}
	}
}

// expressions renames in all values that read the result of an action.
func (r *renaming) expressions(v *hujson.Value) {
	switch value := v.Value.(type) {
	case *hujson.Object:
		for i := range value.Members {
			r.expressions(&value.Members[i].Value)
		}
	case *hujson.Array:
		for i := range value.Elements {
			r.expressions(&value.Elements[i])
		}
	case hujson.Literal:
		if text, ok := textOf(v); ok {
			if to, renamed := r.path(text); renamed {
				r.patches = append(r.patches, replaced(v, string(hujson.String(to))))
			}
		}
	}
}

// path is an expression with another action's id in it.
func (r *renaming) path(text string) (string, bool) {
	rest, ok := strings.CutPrefix(text, "$")
	if !ok {
		return "", false
	}
	root, rest, ok := cutStep(rest)
	if !ok || root != "actions" {
		return "", false
	}
	id, tail, ok := cutStep(rest)
	to, renamed := r.names[ActionID(id)]
	if !ok || !renamed {
		return "", false
	}
	step := "." + string(to)
	if strings.ContainsAny(string(to), ".[]'\"") {
		step = "['" + string(to) + "']"
	}
	return text[:len(text)-len(rest)] + step + tail, true
}
