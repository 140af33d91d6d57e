package setup

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
)

// Record is what Apply made in one org, kept in a file and, once a run is over, in the org, so that Destroy takes back
// that and nothing else.
type Record struct {
	published string // the org's copy, as far as we know
	file      string
	org       string
	kinds     Kinds
	all       map[string][]Made // by org id; a file may serve several orgs
}

const maxRecord = 4 << 20

// OpenRecord reads the record of an org from a file, which may be missing. No file name keeps it in memory.
func OpenRecord(file, org string, kinds Kinds) (*Record, error) {
	if len(org) > 15 {
		org = org[:15] // some sign-ins give the long form of the id
	}
	r := &Record{file: file, org: org, kinds: kinds, all: map[string][]Made{}}
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
	var orgs map[string]json.RawMessage
	err = json.Unmarshal(body, &orgs)
	for id, lines := range orgs {
		if err == nil {
			r.all[id], err = kinds.read(lines)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("record of set-up: %s is not ours or is damaged: %w", file, err)
	}
	return r, nil
}

// Made lists what was made in this org, oldest first.
func (r *Record) Made() []Made { return slices.Clone(r.all[r.org]) }

// add writes down what is about to be made. What is written down already keeps what was there before us, and gets the
// new value; replaced are such lines as they were.
func (r *Record) add(made ...Made) (added, replaced []Made, err error) {
	for _, m := range made {
		if at := slices.IndexFunc(r.all[r.org], m.Same); at >= 0 {
			known := &r.all[r.org][at]
			if known.After != m.After || !reflect.DeepEqual(known.Entry, m.Entry) {
				replaced = append(replaced, *known)
			}
			known.After, known.Entry = m.After, m.Entry
			continue
		}
		added = append(added, m)
	}
	if len(added) == 0 && len(replaced) == 0 {
		return nil, nil, nil
	}
	r.all[r.org] = append(r.all[r.org], added...)
	return added, replaced, r.save()
}

// unsay undoes add for what was not made after all.
func (r *Record) unsay(added, replaced []Made) error {
	for _, m := range replaced {
		if at := slices.IndexFunc(r.all[r.org], m.Same); at >= 0 {
			r.all[r.org][at] = m
		}
	}
	if len(added) == 0 && len(replaced) > 0 {
		return r.save()
	}
	return r.drop(added...)
}

// drop forgets what is not there any more.
func (r *Record) drop(made ...Made) error {
	if len(made) == 0 {
		return nil
	}
	r.all[r.org] = slices.DeleteFunc(r.all[r.org], func(m Made) bool { return slices.ContainsFunc(made, m.Same) })
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
