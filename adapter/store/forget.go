package store

import (
	"encoding/json"
	"errors"

	"github.com/patchcord/patchcord/adapter/fact"
)

// Forget erases all that is kept of a user's contact, and says how many facts and runs that were. What is erased is overwritten.
func (t *Tx) Forget(l Leg) (facts, runs int64, err error) {
	if facts, err = t.exec(`DELETE FROM fact WHERE user_id = ? AND key >= ? AND key < ?`, l.User, l.Contact+":", l.Contact+";"); err != nil {
		return 0, 0, err
	}
	if runs, err = t.exec(`DELETE FROM run WHERE contact = ? AND contact <> '' AND user_id = ?`, l.Contact, l.User); err != nil {
		return 0, 0, err
	}
	for _, table := range []string{"state", "call", "rejection", "property", "property_effect"} {
		if _, err := t.exec(`DELETE FROM `+table+` WHERE user_id = ? AND contact = ? AND contact <> ''`, l.User, l.Contact); err != nil {
			return 0, 0, err
		}
	}
	return facts, runs, nil
}

// ForgetRows erases facts and runs by their ids, and says how many there were.
func (t *Tx) ForgetRows(factIDs, runIDs []int64) (facts, runs int64, err error) {
	for _, id := range factIDs {
		n, err := t.exec(`DELETE FROM fact WHERE id = ?`, id)
		if err != nil {
			return 0, 0, err
		}
		facts += n
	}
	for _, id := range runIDs {
		n, err := t.exec(`DELETE FROM run WHERE id = ?`, id)
		if err != nil {
			return 0, 0, err
		}
		runs += n
	}
	return facts, runs, nil
}

// FactsAfter lists facts in the order of their ids, beginning after one, at most limit; last is the id of the last that was looked at, 0 if
// there is none. One that is damaged is left out.
func (t *Tx) FactsAfter(after int64, limit int) (ids []int64, found []fact.Fact, last int64, err error) {
	err = t.each(`SELECT id, body, sum FROM fact WHERE id > ? ORDER BY id LIMIT ?`, []any{after, limit}, func(scan func(...any) error) error {
		var body []byte
		var want int64
		if err := scan(&last, &body, &want); err != nil {
			return err
		}
		var f fact.Fact
		if sum(body) == want && json.Unmarshal(body, &f) == nil {
			ids, found = append(ids, last), append(found, f)
		}
		return nil
	})
	return ids, found, last, err
}

// RunsAfter is FactsAfter for runs that have no contact.
func (t *Tx) RunsAfter(after int64, limit int) (found []Run, last int64, err error) {
	err = t.each(runColumns+`WHERE id > ? AND contact = '' ORDER BY id LIMIT ?`, []any{after, limit}, func(scan func(...any) error) error {
		r, err := t.scanRun(scan)
		last = r.ID
		switch {
		case errors.Is(err, ErrDamaged):
			return nil
		case err == nil:
			found = append(found, r)
		}
		return err
	})
	return found, last, err
}

// Users lists whose states are kept, at most limit.
func (t *Tx) Users(limit int) (users []string, err error) {
	legs, err := t.legs(`SELECT user_id, contact FROM state WHERE contact = '' AND user_id <> '' LIMIT ?`, limit)
	for _, l := range legs {
		users = append(users, l.User)
	}
	return users, err
}
