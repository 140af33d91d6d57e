package setup

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
)

// Entry is one thing that Apply made, as a plain value that JSON can hold: how it is found again, whether or not its
// making was finished, and how it is taken back. Each step brings the types of entry that it needs.
type Entry interface {
	// Kind names the type of entry in the record; never changed once released.
	Kind() string
	// Key tells the thing from all others of its kind.
	Key() string
	// Undo plans the taking back. It only reads; m is the line of the record that holds the entry.
	Undo(ctx context.Context, p Platforms, m Made) (Change, error)
}

// Made is a line of the record: an entry, and what there is to say about any.
type Made struct {
	Step   string // name of the step
	What   string // one line a person understands
	Before string // a value before Apply; "" for none
	After  string // the value that Apply gave; "" where it has none
	Entry  Entry
}

// Same is true for two lines about the same thing.
func (m Made) Same(other Made) bool {
	return m.Entry.Kind() == other.Entry.Kind() && m.Entry.Key() == other.Entry.Key()
}

// Remove is the change that takes it back by do.
func (m Made) Remove(do func(context.Context) error) Change {
	return Change{Action: Remove, What: m.What, Do: do}
}

// Gone is the change for what is not there any more.
func (m Made) Gone() Change { return Right("%s: gone already", m.What) }

// Kept is the change for what somebody has changed since.
func (m Made) Kept() Change { return Right("%s: not as apply left it, so it stays", m.What) }

// line is Made as it is written down.
type line struct {
	Step   string          `json:"step"`
	What   string          `json:"what"`
	Before string          `json:"before,omitempty"`
	After  string          `json:"after,omitempty"`
	Kind   string          `json:"kind"`
	Entry  json.RawMessage `json:"entry"`
}

// MarshalJSON writes the entry with the name of its kind; Kinds read it again.
func (m Made) MarshalJSON() ([]byte, error) {
	entry, err := json.Marshal(m.Entry)
	if err != nil {
		return nil, err
	}
	return json.Marshal(line{m.Step, m.What, m.Before, m.After, m.Entry.Kind(), entry})
}

// Kinds are the types of entry that a record may hold, by their names.
type Kinds map[string]reflect.Type

// KindsOf lists types of entry, each by an example such as its zero value.
func KindsOf(examples ...Entry) Kinds {
	k := Kinds{}
	for _, e := range examples {
		k[e.Kind()] = reflect.TypeOf(e)
	}
	return k
}

// read reads lines of a record. What another version wrote is kept as it is.
func (k Kinds) read(body []byte) ([]Made, error) {
	var lines []line
	if err := json.Unmarshal(body, &lines); err != nil {
		return nil, err
	}
	var all []Made
	for _, l := range lines {
		m := Made{Step: l.Step, What: l.What, Before: l.Before, After: l.After, Entry: foreign{l.Kind, l.Entry}}
		if of, known := k[l.Kind]; known && len(l.Entry) > 0 {
			value := reflect.New(of)
			if err := json.Unmarshal(l.Entry, value.Interface()); err != nil {
				return nil, fmt.Errorf("%s: %w", l.What, err)
			}
			m.Entry, _ = value.Elem().Interface().(Entry) // KindsOf took it from one
		}
		all = append(all, m)
	}
	return all, nil
}

// foreign is an entry of a kind that this version does not know.
type foreign struct {
	kind string
	body json.RawMessage
}

// Kind as it was written.
func (f foreign) Kind() string { return f.kind }

// Key is all that is known of it.
func (f foreign) Key() string { return string(f.body) }

// Undo refuses: whoever wrote it knows how.
func (f foreign) Undo(context.Context, Platforms, Made) (Change, error) {
	return Change{}, fmt.Errorf("another version of patchcord wrote down something of the kind %q", f.kind)
}

// MarshalJSON writes it as it was.
func (f foreign) MarshalJSON() ([]byte, error) {
	if f.body == nil {
		return []byte("null"), nil
	}
	return f.body, nil
}
