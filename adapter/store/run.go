package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

// Status is how a run stands.
type Status string

// The statuses. Only Waiting is open: all others are ends.
const (
	Waiting   Status = "waiting"   // to begin, to go on, or in somebody's hand
	Completed Status = "completed" // all went well
	Partial   Status = "partial"   // it came to its end, and a step of it failed
	Failed    Status = "failed"    // a step failed and nothing was wired to go on with
	GivenUp   Status = "given up"  // tried until there was no more sense in it: a person may retry or drop it
	NotRun    Status = "not run"   // there was nothing to run, or nobody would have wanted it any more: Problem says why
)

// Open says that a run has not ended.
func (s Status) Open() bool { return s == Waiting }

// Run is one row of what is to be done.
type Run struct {
	ID      int64
	User    string // CRM user, 18 characters
	Contact string // "" for none
	Lane    string // runs of one lane start one after another; "" is none
	Kind    string
	Flow    string // its name; "" for other kinds
	Status  Status
	Waits   string // SignIn, or "" for nothing but time
	Fence   int64
	Wake    time.Time // zero for at once
	Created time.Time
	Ended   time.Time // zero until it has
	Problem string    // for a person; "" if there is none
	Body    Body

	// Elsewhere says of a run that was just added that another node takes it up, Holding who has its user's work in hand.
	Elsewhere bool
	Holding   Holding
}

// SignIn is what a run waits for that needs its user's session.
const SignIn = "signIn"

// Body is what a run needs to go on, whoever has it in hand.
type Body struct {
	Fact    fact.Fact         `json:"fact"`              // that made it; zero for a run that none did
	FlowID  string            `json:"flowId,omitempty"`  // of a flow its record, of another kind the record that it is about
	Version string            `json:"version,omitempty"` // hash of the flow that it began with
	Calls   map[string]string `json:"calls,omitempty"`   // of the flows that it may call: as they are named, the hash
	Country string            `json:"country,omitempty"` // of numbers without a country code, when it began
	Steps   json.RawMessage   `json:"steps,omitempty"`   // as the kind keeps them
	Spent   time.Duration     `json:"spent,omitempty"`   // of its own time, nanoseconds
	Tries   int               `json:"tries,omitempty"`   // that came to nothing
	Refused int               `json:"refused,omitempty"` // tries that came to what does not pass by waiting
	Took    time.Duration     `json:"took,omitempty"`    // from its creation to its end, nanoseconds
	// Reason is why it waits or was not run, as a code; Searches is what its searches came to. Both are for who asks why nothing popped.
	Reason   Reason   `json:"reason,omitempty"`
	Searches []Search `json:"searches,omitempty"`
}

const addRun = `INSERT INTO run (user_id, contact, lane, kind, flow, status, waits, open, fence, wake, created, ended, problem, body, sum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`

// AddRun adds a run and gives it its id and its first fence.
func (t *Tx) AddRun(r *Run) error {
	body, err := r.Body.written()
	if err != nil {
		return fmt.Errorf("add run: %w", err)
	}
	if r.Holding, err = added(t, r.User); err != nil {
		return err
	}
	r.Fence, r.Elsewhere = 1, !t.Mine()
	if r.Elsewhere {
		r.Fence = 0 // whoever takes it is its first
	}
	return t.one(addRun, []any{r.User, r.Contact, r.Lane, r.Kind, r.Flow, string(r.Status), r.Waits, r.Status.Open(), r.Fence,
		millis(r.Wake), millis(r.Created), millis(r.Ended), r.Problem, body, sum(body)}, &r.ID)
}

// written is the body as its row has it. The steps stand in it as they are: they are long, and were made by the same encoder.
func (b Body) written() ([]byte, error) {
	steps := b.Steps
	b.Steps = nil
	body, err := json.Marshal(b)
	if err != nil || len(steps) == 0 {
		return body, err
	}
	body = append(body[:len(body)-1], `,"steps":`...)
	return append(append(body, steps...), '}'), nil
}

// Written is a run as its row will have it. Who has many makes it outside of the transaction, in which all others would wait for that.
type Written struct {
	run  Run
	body []byte
}

// Write makes a run ready for its row.
func (r Run) Write() (Written, error) {
	body, err := r.Body.written()
	if err != nil {
		err = fmt.Errorf("run %d: %w", r.ID, err)
	}
	return Written{r, body}, err
}

const saveRun = `UPDATE run SET status = ?, waits = ?, open = ?, wake = ?, ended = ?, problem = ?, body = ?, sum = ?
WHERE id = ? AND fence = ? AND open = 1`

// SaveRun writes how a run stands. ErrStale if somebody else has taken it, or it has ended.
func (t *Tx) SaveRun(r Run) error {
	w, err := r.Write()
	if err != nil {
		return err
	}
	return t.SaveWritten(w)
}

// SaveWritten is SaveRun of what is ready.
func (t *Tx) SaveWritten(w Written) error {
	r := w.run
	n, err := t.exec(saveRun, string(r.Status), r.Waits, r.Status.Open(), millis(r.Wake), millis(r.Ended), r.Problem, w.body, sum(w.body),
		r.ID, r.Fence)
	if err == nil && n == 0 {
		return fmt.Errorf("run %d: %w", r.ID, ErrStale)
	}
	return err
}

// TakeRun takes a run that is open: from now on nobody else's writes of it succeed. ErrNone if it is not open.
func (t *Tx) TakeRun(id int64) (Run, error) {
	n, err := t.exec(`UPDATE run SET fence = fence + 1 WHERE id = ? AND open = 1`, id)
	switch {
	case err != nil:
		return Run{}, err
	case n == 0:
		return Run{}, fmt.Errorf("run %d: %w", id, ErrNone)
	}
	return t.Run(id)
}

const runColumns = `SELECT id, user_id, contact, lane, kind, flow, status, waits, fence, wake, created, ended, problem, body, sum FROM run `

// Run finds a run; ErrNone if it is not there.
func (t *Tx) Run(id int64) (r Run, err error) {
	return t.scanRun(func(into ...any) error { return t.one(runColumns+`WHERE id = ?`, []any{id}, into...) })
}

// RunsOf lists the runs of a contact, oldest first, at most limit. One that is damaged is there without its body.
func (t *Tx) RunsOf(contact string, limit int) (found []Run, err error) {
	err = t.each(runColumns+`WHERE contact = ? AND contact <> '' ORDER BY id LIMIT ?`, []any{contact, limit},
		func(scan func(...any) error) error {
			r, err := t.scanRun(scan)
			if err != nil && !errors.Is(err, ErrDamaged) {
				return err
			}
			found = append(found, r)
			return nil
		})
	return found, err
}

func (t *Tx) scanRun(scan func(...any) error) (r Run, err error) {
	var wake, created, ended, want int64
	var body []byte
	err = scan(&r.ID, &r.User, &r.Contact, &r.Lane, &r.Kind, &r.Flow, &r.Status, &r.Waits, &r.Fence, &wake, &created, &ended, &r.Problem,
		&body, &want)
	if err != nil {
		return r, err
	}
	r.Wake, r.Created, r.Ended = moment(wake), moment(created), moment(ended)
	return r, t.store.decode(body, want, fmt.Sprintf("the run %d", r.ID), &r.Body)
}

// OpenRun is what has to be known of a run before it is taken.
type OpenRun struct {
	ID                  int64
	User, Contact, Lane string
	Kind, Waits         string
	Wake                time.Time
}

// OpenRunsOf lists those of some users that have not ended, oldest first, and gives as of what this node has the work in hand of those
// users whose work it has.
func (t *Tx) OpenRunsOf(userIDs ...string) (found []OpenRun, held map[string]Holding, err error) {
	held = map[string]Holding{}
	if len(userIDs) == 0 {
		return nil, held, nil
	}
	list, args := marksOf(userIDs)
	if t.store.nodes == nil {
		for _, userID := range userIDs {
			held[userID] = Holding{}
		}
	} else if err := heldOf(t, list, args, held); err != nil {
		return nil, nil, err
	}
	found, err = t.openRuns(openRunColumns+`AND user_id IN (`+list+`) ORDER BY id`, args...)
	return found, held, err
}

func heldOf(t *Tx, list string, args []any, held map[string]Holding) error {
	return readHoldings(t, held, `WHERE name IN (`+list+`) AND node = ?`, append(args, t.store.nodes.me())...)
}

// readHoldings reads who has the work of users in hand, by the rest of a question.
func readHoldings(t *Tx, into map[string]Holding, rest string, args ...any) error {
	return t.each(`SELECT name, node, fence, added FROM holding `+rest, args, func(scan func(...any) error) error {
		var name string
		var h Holding
		err := scan(&name, &h.Node, &h.Fence, &h.Added)
		into[name] = h
		return err
	})
}

// marksOf is a list for IN, with its values.
func marksOf(texts []string) (marks string, args []any) {
	for _, text := range texts {
		args = append(args, text)
	}
	return rowsOf(len(texts), "?"), args
}

// OpenRuns lists the runs that have not ended, oldest first, beginning after an id, at most limit.
func (t *Tx) OpenRuns(after int64, limit int) (found []OpenRun, err error) {
	return t.openRuns(openRunColumns+`AND id > ? ORDER BY id LIMIT ?`, after, limit)
}

const openRunColumns = `SELECT id, user_id, contact, lane, kind, waits, wake FROM run WHERE open = 1 `

func (t *Tx) openRuns(text string, args ...any) (found []OpenRun, err error) {
	err = t.each(text, args, func(scan func(...any) error) error {
		var r OpenRun
		var wake int64
		err := scan(&r.ID, &r.User, &r.Contact, &r.Lane, &r.Kind, &r.Waits, &wake)
		r.Wake = moment(wake)
		found = append(found, r)
		return err
	})
	return found, err
}

// EndRun ends a run that can go on no more, whoever has it in hand.
func (t *Tx) EndRun(id int64, status Status, problem string, at time.Time) error {
	_, err := t.exec(`UPDATE run SET status = ?, problem = ?, open = 0, ended = ?, fence = fence + 1 WHERE id = ? AND open = 1`,
		string(status), problem, millis(at), id)
	return err
}

// CountGivenUp counts the runs that were given up.
func (t *Tx) CountGivenUp() (n int64, err error) {
	err = t.one(`SELECT count(*) FROM run WHERE status = 'given up'`, nil, &n)
	return n, err
}

// KeepVersion keeps a flow as it is now, under its hash.
func (t *Tx) KeepVersion(hash string, script []byte, at time.Time) error {
	_, err := t.exec(`INSERT INTO version (hash, script, at) VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET at = excluded.at`,
		hash, script, millis(at))
	return err
}

// Version finds a flow by its hash; ErrNone if it is not there.
func (t *Tx) Version(hash string) (script []byte, err error) {
	err = t.one(`SELECT script FROM version WHERE hash = ?`, []any{hash}, &script)
	return script, err
}
