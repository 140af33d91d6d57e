package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Presence is a change of one of an agent's two statuses, or one that was to be and is not.
type Presence struct {
	ID   int64     `json:"-"`
	User string    `json:"-"` // CRM user, 18 characters
	At   time.Time `json:"-"`
	Side string    `json:"side"` // centre or org
	From string    `json:"from,omitempty"`
	To   string    `json:"to"`
	Name string    `json:"name,omitempty"` // what people read in place of To; "" is To itself
	// Cause is somebody (a person or the platform), system (the contact centre alone gives this state), rule, flow, session, found (it was
	// found so when a page came back), failed (a rule wanted it and it cannot be) or stopped (so many changes that the sync was stopped).
	Cause string `json:"cause"`
	By    string `json:"by,omitempty"`  // name of the rule or flow
	Why   string `json:"why,omitempty"` // a sentence, of what failed
}

// Causes of changes.
const (
	BySomebody = "somebody"
	BySystem   = "system"
	ByRule     = "rule"
	ByFlow     = "flow"
	BySession  = "session"
	Found      = "found"
	NotChanged = "failed"
	SyncStops  = "stopped"
)

// AddPresence keeps a change.
func (t *Tx) AddPresence(p Presence) error {
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("add presence: %w", err)
	}
	_, err = t.exec(`INSERT INTO presence (user_id, at, body, sum) VALUES (?, ?, ?, ?)`, p.User, millis(p.At), body, sum(body))
	return err
}

const presences = `SELECT id, user_id, at, body, sum FROM presence `

// Presences lists the changes of a user, the latest first, before an id (0 for all), at most limit. Damaged ones are left out.
func (t *Tx) Presences(userID string, before int64, limit int) (found []Presence, err error) {
	return readPresences(t,
		presences+`WHERE user_id = ?1 AND (CAST(?2 AS BIGINT) = 0 OR id < ?2) ORDER BY id DESC LIMIT ?3`, userID, before, limit)
}

// LatestPresences lists the changes of all users, the latest first, at most limit. Damaged ones are left out.
func LatestPresences(t *Tx, limit int) (found []Presence, err error) {
	return readPresences(t, presences+`ORDER BY id DESC LIMIT ?`, limit)
}

func readPresences(t *Tx, text string, args ...any) (found []Presence, err error) {
	err = t.each(text, args, func(scan func(...any) error) error {
		var p Presence
		var at, want int64
		var body []byte
		if err := scan(&p.ID, &p.User, &at, &body, &want); err != nil {
			return err
		}
		p.At = moment(at)
		err := t.store.decode(body, want, fmt.Sprintf("the change %d of a status", p.ID), &p)
		if errors.Is(err, ErrDamaged) {
			return nil
		}
		found = append(found, p)
		return err
	})
	return found, err
}
