package store

import (
	"encoding/json"
	"errors"
	"time"
)

// Property is what a user's flows have kept under a key.
type Property struct {
	Leg   // whose; Contact is "" for what belongs to none
	Key   string
	Value json.RawMessage
	At    time.Time // when it was kept
}

// Kept is what the flows of users have kept, as a transaction sees it.
type Kept struct{ tx *Tx }

// Kept are the properties of all users.
func (t *Tx) Kept() Kept { return Kept{t} }

const propertyColumns = `SELECT user_id, contact, key, at, body, sum FROM property `

func (k Kept) read(text string, args ...any) (found []Property, err error) {
	err = k.tx.each(propertyColumns+text, args, func(scan func(...any) error) error {
		var p Property
		var body []byte
		var at, want int64
		if err := scan(&p.User, &p.Contact, &p.Key, &at, &body, &want); err != nil {
			return err
		}
		if k.tx.store.intact(body, want, "the property "+p.Key+" of the user "+p.User) == nil { // else as good as unset
			p.Value, p.At = body, moment(at)
			found = append(found, p)
		}
		return nil
	})
	return found, err
}

// Get finds a property; false if it is not set.
func (k Kept) Get(l Leg, key string) (p Property, found bool, err error) {
	all, err := k.read(`WHERE user_id = ? AND contact = ? AND key = ?`, l.User, l.Contact, key)
	if len(all) == 0 {
		return p, false, err
	}
	return all[0], true, err
}

// Of lists a user's properties that belong to a contact, or with "" those that belong to none, by their keys.
func (k Kept) Of(l Leg) ([]Property, error) {
	return k.read(`WHERE user_id = ? AND contact = ? ORDER BY key`, l.User, l.Contact)
}

// After lists properties of all users, beginning after one, at most limit.
func (k Kept) After(after Property, limit int) ([]Property, error) {
	return k.read(`WHERE (user_id, contact, key) > (?, ?, ?) ORDER BY user_id, contact, key LIMIT ?`,
		after.User, after.Contact, after.Key, limit)
}

// Put keeps a property.
func (k Kept) Put(p Property) error {
	_, err := k.tx.exec(`INSERT INTO property (user_id, contact, key, at, body, sum) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (user_id, contact, key) DO UPDATE SET at = excluded.at, body = excluded.body, sum = excluded.sum`,
		p.User, p.Contact, p.Key, millis(p.At), []byte(p.Value), sum(p.Value))
	return err
}

// Drop drops a property; one that is not set is no error.
func (k Kept) Drop(l Leg, key string) error {
	_, err := k.tx.exec(`DELETE FROM property WHERE user_id = ? AND contact = ? AND key = ?`, l.User, l.Contact, key)
	return err
}

// DropAll drops a user's properties that belong to a contact, or with "" those that belong to none.
func (k Kept) DropAll(l Leg) error {
	_, err := k.tx.exec(`DELETE FROM property WHERE user_id = ? AND contact = ?`, l.User, l.Contact)
	return err
}

// Size counts a user's properties, and the bytes of their keys and values.
func (k Kept) Size(user string) (n, bytes int, err error) {
	err = k.tx.one(`SELECT count(*), coalesce(sum(octet_length(key) + octet_length(body)), 0) FROM property WHERE user_id = ?`,
		[]any{user}, &n, &bytes)
	return n, bytes, err
}

// Legs lists the contacts that have properties, at most limit.
func (k Kept) Legs(limit int) ([]Leg, error) {
	return k.tx.legs(`SELECT DISTINCT user_id, contact FROM property WHERE contact <> '' LIMIT ?`, limit)
}

// Happened says whether an effect on a run's properties has happened, and what a counter came to by it.
func (k Kept) Happened(user, effect string) (value float64, did bool, err error) {
	err = k.tx.one(`SELECT value FROM property_effect WHERE user_id = ? AND effect = ?`, []any{user, effect}, &value)
	if errors.Is(err, ErrNone) {
		return 0, false, nil
	}
	return value, err == nil, err
}

// Happen notes that an effect of a run of a user's contact has happened.
func (k Kept) Happen(l Leg, effect string, value float64, at time.Time) error {
	_, err := k.tx.exec(`INSERT INTO property_effect (user_id, contact, effect, at, value) VALUES (?, ?, ?, ?, ?)`,
		l.User, l.Contact, effect, millis(at), value)
	return err
}

// HasOpenRun says whether a run of a user's contact has not ended.
func (t *Tx) HasOpenRun(l Leg) (is bool, err error) {
	err = t.one(`SELECT EXISTS (SELECT 1 FROM run WHERE contact = ? AND contact <> '' AND user_id = ? AND open = 1)`,
		[]any{l.Contact, l.User}, &is)
	return is, err
}
