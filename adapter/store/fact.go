package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

// AddFact keeps a fact. fresh is false, and nothing changes, when the user's key is there already.
func (t *Tx) AddFact(f fact.Fact) (fresh bool, err error) {
	body, err := json.Marshal(f)
	if err != nil {
		return false, fmt.Errorf("add fact: %w", err)
	}
	n, err := t.exec(`INSERT INTO fact (user_id, key, at, body, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		f.User, f.Key, millis(f.At), body, sum(body))
	return n == 1, err
}

// Fact finds a fact; ErrNone if it is not there.
func (t *Tx) Fact(userID, key string) (f fact.Fact, err error) {
	var body []byte
	var want int64
	if err := t.one(`SELECT body, sum FROM fact WHERE user_id = ? AND key = ?`, []any{userID, key}, &body, &want); err != nil {
		return f, err
	}
	return f, t.store.decode(body, want, "the fact "+key+" of the user "+userID, &f)
}

// State reads what is known of a user's contact, or of the user if contact is "", into a value that JSON can hold. It stays as it is when
// nothing is known yet; damage is remembered and counts as nothing known.
func (t *Tx) State(userID, contact string, into any) error {
	var body []byte
	var want int64
	err := t.one(`SELECT body, sum FROM state WHERE user_id = ? AND contact = ?`, []any{userID, contact}, &body, &want)
	if errors.Is(err, ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	whole := reflect.New(reflect.TypeOf(into).Elem()) // what cannot be read to its end leaves nothing behind
	if t.store.decode(body, want, "the state of the contact "+contact+" of the user "+userID, whole.Interface()) == nil {
		reflect.ValueOf(into).Elem().Set(whole.Elem())
	}
	return nil
}

const putState = `INSERT INTO state (user_id, contact, at, live, body, sum) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (user_id, contact) DO UPDATE SET at = excluded.at, live = excluded.live, body = excluded.body, sum = excluded.sum`

// PutState keeps what is known; live says that the contact has not ended.
func (t *Tx) PutState(userID, contact string, at time.Time, live bool, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("put state: %w", err)
	}
	_, err = t.exec(putState, userID, contact, millis(at), live, body, sum(body))
	return err
}

// maxLive bounds how many contacts of a user count as live: more than anybody has.
const maxLive = 200

// Live lists a user's contacts that have not ended.
func (t *Tx) Live(userID string) (contacts []string, err error) {
	err = t.each(`SELECT contact FROM state WHERE user_id = ? AND live = 1 AND contact <> '' LIMIT ?`, []any{userID, maxLive},
		func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			contacts = append(contacts, id)
			return err
		})
	return contacts, err
}

// maxUsers bounds how many users a contact was offered to: more than any has.
const maxUsers = 100

// UsersOf lists the users of whom a contact is known.
func (t *Tx) UsersOf(contact string) (users []string, err error) {
	err = t.each(`SELECT user_id FROM state WHERE contact = ? AND contact <> '' LIMIT ?`, []any{contact, maxUsers},
		func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			users = append(users, id)
			return err
		})
	return users, err
}
