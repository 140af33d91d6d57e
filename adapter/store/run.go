package store

import (
	"context"
	"time"
)

// Run is one run of a flow, as it is kept.
type Run struct {
	ID      string
	Contact string // "" for an event without a contact
	Agent   string // username
	Flow    string
	Event   string
	Status  string
	Problem string
	Started time.Time
	Took    time.Duration
	Steps   []byte // JSON
}

const putRun = `INSERT INTO run (id, contact, agent, flow, event, status, problem, started, took, steps) VALUES (?, ?, ?,
?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET status = excluded.status, problem = excluded.problem, took = excluded.took, steps = excluded.steps`

// Ran keeps a run, marks its id as done, and notes the record that popped for its contact, if one did: all or nothing. A run of the same
// id is replaced.
func (s *Store) Ran(ctx context.Context, r Run, popped string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap("ran", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing once it is committed
	now := s.clock.Now().Unix()
	_, err = tx.StmtContext(ctx, s.putRun).ExecContext(ctx, r.ID, r.Contact, r.Agent, r.Flow, r.Event, r.Status, r.Problem,
		r.Started.UnixMilli(), r.Took.Microseconds(), string(r.Steps))
	if err == nil {
		_, err = tx.StmtContext(ctx, s.markDone).ExecContext(ctx, r.ID, now)
	}
	if err == nil && popped != "" {
		_, err = tx.ExecContext(ctx, putPopped, r.Contact, popped, now)
	}
	if err != nil {
		return wrap("ran", err)
	}
	return wrap("ran", tx.Commit())
}

const runs = `SELECT id, contact, agent, flow, event, status, problem, started, took, steps FROM run
WHERE ? = '' OR contact = ? ORDER BY started DESC, id DESC LIMIT ?`

// Runs lists the latest runs, newest first; of one contact if it is given.
func (s *Store) Runs(ctx context.Context, contact string, limit int) ([]Run, error) {
	rows, err := s.db.QueryContext(ctx, runs, contact, contact, limit)
	if err != nil {
		return nil, wrap("runs", err)
	}
	defer rows.Close()
	var found []Run
	for rows.Next() {
		var r Run
		var started, took int64
		if err := rows.Scan(&r.ID, &r.Contact, &r.Agent, &r.Flow, &r.Event, &r.Status, &r.Problem, &started, &took, &r.Steps); err != nil {
			return nil, wrap("runs", err)
		}
		r.Started, r.Took = time.UnixMilli(started), time.Duration(took)*time.Microsecond
		found = append(found, r)
	}
	return found, wrap("runs", rows.Err())
}
