package store

import (
	"context"
	"errors"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

const (
	// findWithin is how long one node may take to find something out before another one tries, findAgain how long the others wait before
	// they look whether it has.
	findWithin = 30 * time.Second
	findAgain  = 50 * time.Millisecond
)

// Find gives what some node has found out under a name no longer ago than age; if nobody has, one node asks, and the others wait for its
// answer. Alone, it asks. What a node asked that died is asked again after half a minute.
func (s *Store) Find(ctx context.Context, name string, age time.Duration, clk clock.Clock,
	ask func(context.Context) ([]byte, error)) (body []byte, err error) {
	if s.nodes == nil {
		return ask(ctx)
	}
	for {
		body, mine, err := s.nodes.look(ctx, name, age)
		switch {
		case err != nil:
			return nil, err
		case body != nil:
			return body, nil
		case mine:
			body, err = ask(ctx)
			return body, errors.Join(err, s.nodes.found(context.WithoutCancel(ctx), name, body, err == nil))
		}
		if err := clock.Pause(ctx, clk, findAgain); err != nil {
			return nil, err
		}
	}
}

// look gives what was found, or says that it is this node's to find it out; neither if another one is at it.
func (n *Nodes) look(ctx context.Context, name string, age time.Duration) (body []byte, mine bool, err error) {
	err = n.store.Do(ctx, "", func(t *Tx) error {
		body, mine = nil, false
		_, err := t.exec(`INSERT INTO finding (name, body, at, node, until) VALUES (?, '', 0, '', 0) ON CONFLICT DO NOTHING`, name)
		if err != nil {
			return err
		}
		var known []byte
		var old, until int64
		err = t.one(`SELECT body, `+now+` - at, until - `+now+` FROM finding WHERE name = ? FOR UPDATE`, []any{name}, &known, &old, &until)
		switch {
		case err != nil:
			return err
		case old <= age.Milliseconds():
			body = known
			return nil
		case until > 0:
			return nil
		}
		mine = true
		_, err = t.exec(`UPDATE finding SET node = ?, until = `+now+` + ? WHERE name = ?`, n.me(), findWithin.Milliseconds(), name)
		return err
	})
	return body, mine, err
}

// found keeps what this node has found out, unless another one was quicker in the end.
func (n *Nodes) found(ctx context.Context, name string, body []byte, good bool) error {
	return n.store.Do(ctx, "", func(t *Tx) error {
		if !good {
			_, err := t.exec(`UPDATE finding SET until = 0, node = '' WHERE name = ? AND node = ?`, name, n.me())
			return err
		}
		_, err := t.exec(`UPDATE finding SET until = 0, node = '', at = `+now+`, body = ? WHERE name = ? AND node = ?`, append([]byte{}, body...),
			name, n.me())
		return err
	})
}
