package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
)

// ErrDamaged means that what was read is not what was written.
var ErrDamaged = errors.New("damaged")

var table = crc32.MakeTable(crc32.Castagnoli)

// sum tells a body from a damaged one.
func sum(body []byte) int64 { return int64(crc32.Checksum(body, table)) }

// maxDamage is how many places are named; more do not tell more.
const maxDamage = 100

// intact checks a body that was read. Damage is remembered by its place, and never read as if it were whole.
func (s *Store) intact(body []byte, want int64, place string) error {
	if sum(body) == want {
		return nil
	}
	s.found(place)
	return fmt.Errorf("%s: %w in %s", place, ErrDamaged, s.file)
}

// read reads a body into a value. One that another version wrote in a form that is not read any more is as good as damaged.
func (s *Store) read(body []byte, want int64, place string, into any) error {
	if err := s.intact(body, want, place); err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		s.found(place)
		return fmt.Errorf("%s: %w in %s: %w", place, ErrDamaged, s.file, err)
	}
	return nil
}

func (s *Store) found(place string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.damage) < maxDamage && !slices.Contains(s.damage, place) {
		s.damage = append(s.damage, place)
	}
}

// Damage lists the places at which damage was found since the store was opened, each as a person can look for it.
func (s *Store) Damage() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.damage)
}

// File is where the store is.
func (s *Store) File() string { return s.file }

// Examine looks through the whole file for damage and adds what it finds. It takes as long as reading the file, and stops nobody.
func (s *Store) Examine(ctx context.Context) error {
	return s.unreadable(s.reading(ctx, func(l *line) error {
		t := &Tx{ctx: ctx, store: s, line: l}
		return t.each(`PRAGMA quick_check(100)`, nil, func(scan func(...any) error) error {
			var said string
			err := scan(&said)
			if err == nil && said != "ok" {
				s.found(said)
			}
			return err
		})
	}))
}

// unreadable is an error of the examination itself; damage is what it looked for.
func (s *Store) unreadable(err error) error {
	err = explain(err)
	if errors.Is(err, ErrDamaged) {
		s.found(err.Error())
		return nil
	}
	return err
}

// Probe says whether the store can be written to; ErrFull if not.
func (s *Store) Probe(ctx context.Context) error {
	return s.exec(ctx, putState, "", "probe", 0, false, []byte{}, sum(nil))
}
