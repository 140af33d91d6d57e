package store

import (
	"context"
	"time"
)

// Buckets are how fast all nodes together may ask somebody else's service: one bucket of turns an operation, which fills by the database's
// clock.
type Buckets struct{ nodes *Nodes }

// Buckets are the nodes' own.
func (n *Nodes) Buckets() Buckets { return Buckets{n} }

// takeTurns takes ?4 turns of a bucket that fills by ?3 a second up to ?2. Below its full rate it lets nobody save turns up. A turn that is
// not there yet is reserved: less than none are left then.
const takeTurns = `INSERT INTO bucket AS b (name, turns, at, share, changed)
VALUES (?1, CAST(?2 AS double precision) - CAST(?4 AS double precision), ` + now + `, 1, 0)
ON CONFLICT (name) DO UPDATE SET at = greatest(b.at, excluded.at),
turns = least(CASE WHEN b.share < 1 THEN 1 ELSE CAST(?2 AS double precision) END,
  least(CASE WHEN b.share < 1 THEN 1 ELSE CAST(?2 AS double precision) END,
    b.turns + greatest(0, excluded.at - b.at) / 1000.0 * CAST(?3 AS double precision) * b.share) - CAST(?4 AS double precision))
RETURNING turns, share`

// Take takes turns of an operation, or gives them back when there are less than none of them, from a bucket that fills by so many a second
// up to burst. It says how long to wait for them, and what part of that rate the operation has now.
func (b Buckets) Take(ctx context.Context, operation string, perSecond float64, burst, turns int) (
	wait time.Duration, share float64, err error) {
	var left float64
	err = b.nodes.store.Do(ctx, "", func(t *Tx) error {
		return t.one(takeTurns, []any{operation, float64(burst), perSecond, float64(turns)}, &left, &share)
	})
	if err != nil || left >= 0 {
		return 0, share, err
	}
	return time.Duration(-left / (perSecond * share) * float64(time.Second)), share, nil
}

// Learn changes the part of its rate that an operation has, unless that was changed a shorter time ago than pause: to factor of it and so
// much more, but not below least. It says what it is.
func (b Buckets) Learn(ctx context.Context, operation string, factor, more, least float64, pause time.Duration) (share float64, err error) {
	err = b.nodes.store.Do(ctx, "", func(t *Tx) error {
		return t.one(`UPDATE bucket SET share = CASE WHEN `+now+` - changed < ?5 THEN share
  ELSE least(1, greatest(CAST(?4 AS double precision), share * CAST(?2 AS double precision) + CAST(?3 AS double precision))) END,
changed = CASE WHEN `+now+` - changed < ?5 THEN changed ELSE `+now+` END
WHERE name = ?1 RETURNING share`, []any{operation, factor, more, least, pause.Milliseconds()}, &share)
	})
	return share, err
}
