package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

// Reason is why a run waits or was not run, as a code.
type Reason string

// The reasons.
const (
	Unsigned     Reason = "signIn"       // its user's session with the CRM is over
	APISpent     Reason = "apiSpent"     // the org's API allowance is used up
	OrgAway      Reason = "orgAway"      // the org does not answer, or asks to be left alone
	NoFlow       Reason = "noFlow"       // no flow is active for the fact
	FlowBroken   Reason = "flowBroken"   // no flow is, and one cannot be read
	RecordBroken Reason = "recordBroken" // the adapter record cannot be used
)

// Search is what one search of a run came to.
type Search struct {
	Kind   string   `json:"kind"`             // what happened then: nothing, record, newRecord, search, page, flow, choice
	Reason string   `json:"reason,omitempty"` // code of why it is not simply what the platform says
	Args   []string `json:"args,omitempty"`   // of the reason
	Total  int      `json:"total"`            // records that fit
	More   bool     `json:"more,omitempty"`   // there are more than Total
	Object string   `json:"object,omitempty"` // API name, if all of them are of one
	Record string   `json:"record,omitempty"` // id of the one that popped
	Name   string   `json:"name,omitempty"`   // of that record
	Only   bool     `json:"only,omitempty"`   // nothing was to pop
	Cause  string   `json:"cause,omitempty"`  // why the org could not be asked: a Reason, or its own words
}

const (
	maxSearches = 8
	maxCause    = 300 // bytes
)

// Note keeps what a search came to; of many the last ones.
func (b *Body) Note(s Search) {
	s.Cause = strings.ToValidUTF8(s.Cause[:min(len(s.Cause), maxCause)], "")
	b.Searches = append(slices.Clone(b.Searches), s)
	b.Searches = b.Searches[max(0, len(b.Searches)-maxSearches):]
}

// RunsOfLeg lists the runs of a user's contact, oldest first, at most limit. One that is damaged is left out, and named by its place.
func (t *Tx) RunsOfLeg(l Leg, limit int) (found []Run, damaged []string, err error) {
	err = t.each(runColumns+`WHERE contact = ? AND contact <> '' AND user_id = ? ORDER BY id LIMIT ?`, []any{l.Contact, l.User, limit},
		func(scan func(...any) error) error {
			r, err := t.scanRun(scan)
			switch {
			case errors.Is(err, ErrDamaged):
				damaged = append(damaged, t.place(err))
				return nil
			case err == nil:
				found = append(found, r)
			}
			return err
		})
	return found, damaged, err
}

// place is what of an error names the damage, for a person.
func (t *Tx) place(err error) string {
	place, _, _ := strings.Cut(err.Error(), ": ")
	return place
}

// FactsOfLeg lists the facts of a user's contact, oldest first, at most limit. Their keys begin with the contact.
func (t *Tx) FactsOfLeg(l Leg, limit int) (found []fact.Fact, damaged []string, err error) {
	err = t.each(`SELECT key, body, sum FROM fact WHERE user_id = ? AND key >= ? AND key < ? ORDER BY at, id LIMIT ?`,
		[]any{l.User, l.Contact + ":", l.Contact + ";", limit}, func(scan func(...any) error) error {
			var key string
			var body []byte
			var want int64
			if err := scan(&key, &body, &want); err != nil {
				return err
			}
			if err := t.store.intact(body, want, "the fact "+key+" of the user "+l.User); err != nil {
				damaged = append(damaged, t.place(err))
				return nil
			}
			var f fact.Fact
			if err := json.Unmarshal(body, &f); err != nil {
				damaged = append(damaged, "the fact "+key+" of the user "+l.User+" is in a form that is not read any more")
				return nil
			}
			found = append(found, f)
			return nil
		})
	return found, damaged, err
}

// StateOf is State that names the row if it is damaged; nothing known is no error.
func (t *Tx) StateOf(l Leg, into any) (damaged string, err error) {
	var body []byte
	var want int64
	err = t.one(`SELECT body, sum FROM state WHERE user_id = ? AND contact = ?`, []any{l.User, l.Contact}, &body, &want)
	switch {
	case errors.Is(err, ErrNone):
		return "", nil
	case err != nil:
		return "", err
	}
	if err := t.store.intact(body, want, "the state of the contact "+l.Contact+" of the user "+l.User); err != nil {
		return t.place(err), nil
	}
	if err := json.Unmarshal(body, into); err != nil {
		return "the state of the contact " + l.Contact + " of the user " + l.User + " is in a form that is not read any more", nil
	}
	return "", nil
}

// Stuck lists runs that wait or were given up, oldest first, beginning after an id, at most limit. What waits has waited since before a
// moment, or waits for more than time. One that is damaged is left out.
func (t *Tx) Stuck(status Status, after int64, before time.Time, limit int) (found []Run, err error) {
	text, args := runColumns+`WHERE status = 'given up' AND id > ? ORDER BY id LIMIT ?`, []any{after, limit}
	if status == Waiting {
		text = runColumns + `WHERE open = 1 AND id > ? AND (created < ? OR waits <> '' OR problem <> '') ORDER BY id LIMIT ?`
		args = []any{after, millis(before), limit}
	}
	err = t.each(text, args, func(scan func(...any) error) error {
		r, err := t.scanRun(scan)
		if err == nil {
			found = append(found, r)
		}
		if errors.Is(err, ErrDamaged) {
			return nil
		}
		return err
	})
	return found, err
}

// Reopen has a run that was given up begin anew where it stopped. ErrStale if it was not given up.
func (t *Tx) Reopen(id int64) (Run, error) {
	r, err := t.Run(id)
	if err != nil {
		return r, err
	}
	r.Body.Tries, r.Body.Refused, r.Body.Reason = 0, 0, ""
	body, err := json.Marshal(r.Body)
	if err != nil {
		return r, err
	}
	n, err := t.exec(`UPDATE run SET status = 'waiting', open = 1, waits = '', wake = 0, ended = 0, problem = '', fence = fence + 1, body = ?,
sum = ? WHERE id = ? AND status = 'given up'`, body, sum(body), id)
	if err == nil && n == 0 {
		err = ErrStale
	}
	if err != nil {
		return r, err
	}
	if r, err = t.Run(id); err != nil {
		return r, err
	}
	r.Holding, err = added(t, r.User)
	r.Elsewhere = !t.Mine()
	return r, err
}

// DropRun ends a run that waits, or takes one that was given up from the list of those. ErrStale if it is neither.
func (t *Tx) DropRun(id int64, problem string, at time.Time) error {
	n, err := t.exec(`UPDATE run SET status = 'not run', open = 0, problem = ?, ended = ?, fence = fence + 1
WHERE id = ? AND (open = 1 OR status = 'given up')`, problem, millis(at), id)
	if err == nil && n == 0 {
		return ErrStale
	}
	return err
}

// Bindings lists who works as whom, at most limit.
func (t *Tx) Bindings(limit int) (found []Binding, err error) {
	err = t.each(`SELECT user_id, username, at FROM binding ORDER BY username LIMIT ?`, []any{limit}, func(scan func(...any) error) error {
		var b Binding
		var at int64
		err := scan(&b.UserID, &b.Username, &at)
		b.At = moment(at)
		found = append(found, b)
		return err
	})
	return found, err
}

// SweepCalls forgets the calls, rejections and sign-outs from before a moment, in many small transactions.
func (s *Store) SweepCalls(ctx context.Context, before time.Time) error {
	return s.inParts(ctx, before,
		`DELETE FROM call WHERE (user_id, contact) IN (SELECT user_id, contact FROM call WHERE at < ?1 AND open = 0 LIMIT ?2)`,
		`DELETE FROM rejection WHERE (user_id, contact) IN (SELECT user_id, contact FROM rejection WHERE at < ?1 LIMIT ?2)`,
		`DELETE FROM signed_out WHERE (user_id, at) IN (SELECT user_id, at FROM signed_out WHERE at < ?1 LIMIT ?2)`)
}
