package store

import (
	"context"
	"time"
)

// sweepAtOnce is how many rows one transaction of a sweep looks at: few enough that nobody waits for it.
const sweepAtOnce = 500

// sweepStates leaves what an open run still needs, such as a Task that waits for its agent to come back from a long leave.
const sweepStates = `DELETE FROM state WHERE id IN (
    SELECT id FROM state WHERE live = 0 AND contact <> '' AND at < ?1 AND NOT EXISTS (
        SELECT 1 FROM run WHERE run.contact = state.contact AND run.contact <> '' AND run.user_id = state.user_id AND run.open = 1
    ) LIMIT ?2)`

// Sweep forgets what ended or happened before a moment, in many small transactions. What is still open stays, with what is known of
// its contact, and so do sessions, which end by their own time.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	for _, old := range []struct{ table, at string }{{"run", "created"}, {"fact", "at"}, {"presence", "at"}} {
		if err := s.sweepByID(ctx, old.table, old.at, before); err != nil {
			return err
		}
	}
	return s.inParts(ctx, before, sweepStates, `DELETE FROM version WHERE hash IN (SELECT hash FROM version WHERE at < ?1 LIMIT ?2)`,
		`DELETE FROM property WHERE (user_id, contact, key) IN (SELECT user_id, contact, key FROM property WHERE at < ?1 LIMIT ?2)`,
		`DELETE FROM property_effect WHERE (user_id, effect) IN (SELECT user_id, effect FROM property_effect WHERE at < ?1 LIMIT ?2)`)
}

// inParts carries out statements that forget what is before a moment (?1), so many rows at a time (?2), until nothing is left to forget.
func (s *Store) inParts(ctx context.Context, before time.Time, texts ...string) error {
	for _, text := range texts {
		for more := true; more; {
			err := s.Do(ctx, "", func(t *Tx) error {
				n, err := t.exec(text, millis(before), sweepAtOnce)
				more = n == sweepAtOnce
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// sweepByID goes through a table whose rows get older towards its beginning, and stops where none of many is old any more. Old rows that
// are open are passed over, however many there are.
func (s *Store) sweepByID(ctx context.Context, table, at string, before time.Time) error {
	keep := map[string]string{"run": "open = 0 AND "}[table]
	for after, more := int64(0), true; more; {
		var last, rows, old int64
		err := s.Do(ctx, "", func(t *Tx) error {
			err := t.one(`SELECT coalesce(max(id), 0), count(*), count(*) FILTER (WHERE `+at+` < ?1) FROM (SELECT id, `+at+` FROM `+table+
				` WHERE id > ?2 ORDER BY id LIMIT ?3) AS slice`, []any{millis(before), after, sweepAtOnce}, &last, &rows, &old)
			if err != nil {
				return err
			}
			_, err = t.exec(`DELETE FROM `+table+` WHERE id > ?1 AND id <= ?2 AND `+keep+at+` < ?3`, after, last, millis(before))
			return err
		})
		if err != nil {
			return err
		}
		after, more = last, rows == sweepAtOnce && old > 0
	}
	return nil
}
