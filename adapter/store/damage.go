package store

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
)

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
	return fmt.Errorf("%s: %w in %s", place, ErrDamaged, s.Name())
}

// decode reads a body into a value. One that another version wrote in a form that is not read any more is as good as damaged.
func (s *Store) decode(body []byte, want int64, place string, into any) error {
	if err := s.intact(body, want, place); err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		s.found(place)
		return fmt.Errorf("%s: %w in %s: %w", place, ErrDamaged, s.Name(), err)
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

// Examine looks through the whole store for damage and adds what it finds. It takes as long as reading all of it, and stops nobody.
func (s *Store) Examine(ctx context.Context) error { return s.base.Examine(ctx, s.found) }

// Probe says whether the store can be written to; ErrFull if not.
func (s *Store) Probe(ctx context.Context) error {
	return s.exec(ctx, putState, "", "probe", 0, false, []byte{}, sum(nil))
}
