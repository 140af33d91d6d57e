package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

// Leg names a contact as one user had it.
type Leg struct{ User, Contact string }

// Call is a row of the list of calls. Body is what the list shows beside the columns that it is searched by.
type Call struct {
	Leg
	At      time.Time
	Number  string // E.164 where it can be read, else as it was delivered; "" when withheld
	Queue   string
	Outcome string
	Open    bool  // it may change without anything new being told
	Run     int64 // the latest run when it was made
	Made    time.Time
	Body    json.RawMessage
}

// PutCall keeps a row of the list, unless another node has made it later.
func (t *Tx) PutCall(c Call) error {
	body := append([]byte{}, c.Body...) // never NULL
	_, err := t.exec(`INSERT INTO call (user_id, contact, at, number, queue, outcome, open, run, made, body, sum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, contact) DO UPDATE SET at = excluded.at, number = excluded.number,
queue = excluded.queue, outcome = excluded.outcome, open = excluded.open, run = excluded.run, made = excluded.made, body = excluded.body,
sum = excluded.sum WHERE excluded.made >= call.made`,
		c.User, c.Contact, millis(c.At), c.Number, c.Queue, c.Outcome, c.Open, c.Run, millis(c.Made), body, sum(body))
	return err
}

const callColumns = `SELECT user_id, contact, at, number, queue, outcome, open, run, made, body, sum FROM call`

// CallFilter says which calls; what is zero does not count.
type CallFilter struct {
	User     string // CRM user
	Numbers  []string
	Queue    string
	Outcome  string
	From, To time.Time // To is not included
	// Before is the last call of the page before: at its time only contacts and users that come before it in their order.
	Before   time.Time
	BeforeOf Leg
}

// Calls lists calls, the latest first, at most limit. One whose row is damaged has an empty Body.
func (t *Tx) Calls(f CallFilter, limit int) (found []Call, err error) {
	where, args := f.where()
	text := callColumns + where + ` ORDER BY at DESC, contact DESC, user_id DESC LIMIT ?`
	err = t.each(text, append(args, limit), func(scan func(...any) error) error {
		c, err := t.scanCall(scan)
		found = append(found, c)
		return err
	})
	return found, err
}

// CallOf finds the row of a leg; ErrNone if there is none.
func (t *Tx) CallOf(l Leg) (Call, error) {
	return t.scanCall(func(into ...any) error {
		return t.one(callColumns+` WHERE user_id = ? AND contact = ?`, []any{l.User, l.Contact}, into...)
	})
}

func (f CallFilter) where() (text string, args []any) {
	var all []string
	add := func(condition string, values ...any) { all, args = append(all, condition), append(args, values...) }
	if f.User != "" {
		add(`user_id = ?`, f.User)
	}
	if len(f.Numbers) > 0 {
		marks, numbers := marksOf(f.Numbers)
		add(`number IN (`+marks+`)`, numbers...)
	}
	if f.Queue != "" {
		add(`queue = ?`, f.Queue)
	}
	if f.Outcome != "" {
		add(`outcome = ?`, f.Outcome)
	}
	if !f.From.IsZero() {
		add(`at >= ?`, millis(f.From))
	}
	if !f.To.IsZero() {
		add(`at < ?`, millis(f.To))
	}
	if !f.Before.IsZero() {
		add(`(at, contact, user_id) < (?, ?, ?)`, millis(f.Before), f.BeforeOf.Contact, f.BeforeOf.User)
	}
	if len(all) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(all, " AND "), args
}

func (t *Tx) scanCall(scan func(...any) error) (c Call, err error) {
	var at, made, want int64
	var body []byte
	if err := scan(&c.User, &c.Contact, &at, &c.Number, &c.Queue, &c.Outcome, &c.Open, &c.Run, &made, &body, &want); err != nil {
		return c, err
	}
	c.At, c.Made = moment(at), moment(made)
	if t.store.intact(body, want, "the call "+c.Contact+" of the user "+c.User) == nil {
		c.Body = body
	}
	return c, nil
}

// Queues lists the queues of which there are calls, at most limit.
func (t *Tx) Queues(limit int) (names []string, err error) {
	err = t.each(`SELECT DISTINCT queue FROM call WHERE queue <> '' ORDER BY queue LIMIT ?`, []any{limit},
		func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			names = append(names, name)
			return err
		})
	return names, err
}

// LegsOf lists who had a contact, in the order of the users.
func (t *Tx) LegsOf(contact string) (legs []Leg, err error) {
	return t.legs(`SELECT user_id, contact FROM state WHERE contact = ?1 AND contact <> '' AND user_id <> ''
UNION SELECT user_id, contact FROM rejection WHERE contact = ?1 AND contact <> '' LIMIT ?2`, contact, maxUsers)
}

// Changed lists what a row has to be made of, or made anew: what was told since a moment and after the row was made, and runs added
// after an
// id; in the order of users and contacts, beginning after one, at most limit.
func (t *Tx) Changed(since time.Time, afterRun int64, after Leg, limit int) ([]Leg, error) {
	return t.legs(`SELECT user_id, contact FROM (
SELECT s.user_id, s.contact FROM state s LEFT JOIN call c ON c.user_id = s.user_id AND c.contact = s.contact
WHERE s.at >= ?1 AND s.contact <> '' AND s.user_id <> '' AND (c.made IS NULL OR s.at > c.made - ?6)
UNION SELECT user_id, contact FROM run WHERE id > ?2 AND contact <> ''
UNION SELECT user_id, contact FROM rejection WHERE at >= ?1) AS news
WHERE (user_id, contact) > (?3, ?4) ORDER BY user_id, contact LIMIT ?5`,
		millis(since), afterRun, after.User, after.Contact, limit, Overlap.Milliseconds())
}

// Overlap is how much later a change may be durable than its time says.
const Overlap = 5 * time.Second

// OpenCalls lists rows that may change without news, in the order of users and contacts, beginning after one, at most limit.
func (t *Tx) OpenCalls(after Leg, limit int) ([]Leg, error) {
	return t.legs(`SELECT user_id, contact FROM call WHERE open = 1 AND (user_id, contact) > (?, ?) ORDER BY user_id, contact LIMIT ?`,
		after.User, after.Contact, limit)
}

func (t *Tx) legs(text string, args ...any) (legs []Leg, err error) {
	err = t.each(text, args, func(scan func(...any) error) error {
		var l Leg
		err := scan(&l.User, &l.Contact)
		legs = append(legs, l)
		return err
	})
	return legs, err
}

// CallMarks says how far rows of calls were made: until when, and up to which run. Zero if there are none.
func (t *Tx) CallMarks() (made time.Time, run int64, err error) {
	var ms int64
	err = t.one(`SELECT coalesce(max(made), 0), coalesce(max(run), 0) FROM call`, nil, &ms, &run)
	return moment(ms), run, err
}

// LatestRun is the id of the latest run; 0 if there is none.
func (t *Tx) LatestRun() (id int64, err error) {
	err = t.one(`SELECT coalesce(max(id), 0) FROM run`, nil, &id)
	return id, err
}

// Reject keeps that a fact of a contact was not kept, unless one of that user's contact is there already.
func (t *Tx) Reject(f fact.Fact, reason, detail string, now time.Time) error {
	body, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("reject: %w", err)
	}
	_, err = t.exec(`INSERT INTO rejection (user_id, contact, at, reason, detail, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`,
		f.User, f.ContactID(), millis(now), reason, detail, body, sum(body))
	return err
}

// Rejection is that a fact of a contact was not kept.
type Rejection struct {
	At             time.Time
	Reason, Detail string
	Fact           fact.Fact
}

// Rejection finds that of a user's contact; ErrNone if there is none.
func (t *Tx) Rejection(l Leg) (r Rejection, err error) {
	var at, want int64
	var body []byte
	err = t.one(`SELECT at, reason, detail, body, sum FROM rejection WHERE user_id = ? AND contact = ?`, []any{l.User, l.Contact}, &at,
		&r.Reason,
		&r.Detail, &body, &want)
	if err != nil {
		return r, err
	}
	r.At = moment(at)
	if err := t.store.intact(body, want, "the rejection of the contact "+l.Contact+" of the user "+l.User); err != nil {
		return r, err
	}
	return r, json.Unmarshal(body, &r.Fact)
}
