package setup

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Kind says how something that Apply made is taken back.
type Kind string

// The kinds.
const (
	Row       Kind = "row"       // a record: deleted
	Field     Kind = "field"     // a field's value: put back, if it is still ours
	Component Kind = "component" // metadata that was not there: deleted
	Entry     Kind = "entry"     // a line in somebody else's metadata: taken out
	Setting   Kind = "setting"   // a value in metadata: put back, if it is still ours
	Origin    Kind = "origin"    // an approved origin: disapproved
	Status    Kind = "status"    // an agent status: disabled, for there is no deleting
)

// Made is one thing that Apply made, named so that it can be found again whether or not its making was finished.
type Made struct {
	Step    string   `json:"step"`
	Kind    Kind     `json:"kind"`
	What    string   `json:"what"`              // one line a person understands
	Object  string   `json:"object,omitempty"`  // sObject, or metadata type
	Where   string   `json:"where,omitempty"`   // SOQL condition that finds the record
	Name    string   `json:"name,omitempty"`    // of a component, an origin, a status, a field
	Entry   string   `json:"entry,omitempty"`   // what was put into a component
	Before  string   `json:"before,omitempty"`  // a value before Apply; "" for none
	After   string   `json:"after,omitempty"`   // the value that Apply gave
	Members []Member `json:"members,omitempty"` // of a deployment of many components
}

// Member names a metadata component.
type Member struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

func (m Made) same(other Made) bool {
	return m.Kind == other.Kind && m.Object == other.Object && m.Where == other.Where && m.Name == other.Name && m.Entry == other.Entry
}

// Record is what Apply made in one org, kept in a file and, once a run is over, in the org, so that Destroy takes back that and nothing
// else.
type Record struct {
	published string // the org's copy, as far as we know
	file      string
	org       string
	all       map[string][]Made // by org id; a file may serve several orgs
}

const maxRecord = 4 << 20

// OpenRecord reads the record of an org from a file, which may be missing. No file name keeps it in memory.
func OpenRecord(file, org string) (*Record, error) {
	if len(org) > 15 {
		org = org[:15] // some sign-ins give the long form of the id
	}
	r := &Record{file: file, org: org, all: map[string][]Made{}}
	if file == "" {
		return r, nil
	}
	body, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, fmt.Errorf("record of set-up: %w", err)
	}
	if len(body) > maxRecord {
		return nil, fmt.Errorf("record of set-up: %s is larger than %d bytes", file, maxRecord)
	}
	if err := json.Unmarshal(body, &r.all); err != nil {
		return nil, fmt.Errorf("record of set-up: %s is not ours or is damaged: %w", file, err)
	}
	return r, nil
}

// Made lists what was made in this org, oldest first.
func (r *Record) Made() []Made { return slices.Clone(r.all[r.org]) }

// add writes down what is about to be made. What is written down already keeps what was there before us, and gets the new value.
func (r *Record) add(made ...Made) (added []Made, err error) {
	changed := false
	for _, m := range made {
		if at := slices.IndexFunc(r.all[r.org], m.same); at >= 0 {
			changed = changed || r.all[r.org][at].After != m.After
			r.all[r.org][at].After = m.After
			continue
		}
		added = append(added, m)
	}
	if len(added) == 0 && !changed {
		return nil, nil
	}
	r.all[r.org] = append(r.all[r.org], added...)
	return added, r.save()
}

// drop forgets what is not there any more.
func (r *Record) drop(made ...Made) error {
	if len(made) == 0 {
		return nil
	}
	r.all[r.org] = slices.DeleteFunc(r.all[r.org], func(m Made) bool { return slices.ContainsFunc(made, m.same) })
	if len(r.all[r.org]) == 0 {
		delete(r.all, r.org)
	}
	return r.save()
}

// save replaces the file whole or not at all, and on the disk before it returns.
func (r *Record) save() error {
	if r.file == "" {
		return nil
	}
	body, err := json.MarshalIndent(r.all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.file), 0o700); err != nil {
		return fmt.Errorf("record of set-up: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(r.file), filepath.Base(r.file)+".*")
	if err != nil {
		return fmt.Errorf("record of set-up: %w", err)
	}
	_, err = temporary.Write(append(body, '\n'))
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), r.file)
	}
	if err != nil {
		return fmt.Errorf("record of set-up: %w", errors.Join(err, os.Remove(temporary.Name())))
	}
	return nil
}
