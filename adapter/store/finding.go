package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

const (
	// findWithin is how long one node may take to find something out before another one tries, findAgain how long the others wait before
	// they look whether it has.
	findWithin = 30 * time.Second
	findAgain  = 50 * time.Millisecond
)

// Finding is what was found out last.
type Finding struct {
	Body []byte // nil for nothing yet
	Ago  time.Duration
}

// Find gives what some node has found out under a name no longer ago than age; if nobody has, one node asks, and the others wait for its
// answer. Alone, it asks. What a node asked that died is asked again after half a minute.
func (s *Store) Find(ctx context.Context, name string, age time.Duration, clk clock.Clock,
	ask func(context.Context) ([]byte, error)) (body []byte, err error) {
	found, err := s.FindOut(ctx, name, age, clk, ask)
	return found.Body, err
}

// FindOut is Find, and says how long ago it was found out.
func (s *Store) FindOut(ctx context.Context, name string, age time.Duration, clk clock.Clock,
	ask func(context.Context) ([]byte, error)) (Finding, error) {
	if s.nodes == nil {
		body, err := ask(ctx)
		return Finding{Body: body}, err
	}
	for {
		known, mine, err := s.nodes.look(ctx, name, age)
		switch {
		case err != nil:
			return Finding{}, err
		case mine:
			body, err := ask(ctx)
			return Finding{Body: body}, errors.Join(err, s.nodes.found(context.WithoutCancel(ctx), name, body, err == nil))
		case known.Body != nil && known.Ago <= age:
			return known, nil
		}
		if err := clock.Pause(ctx, clk, findAgain); err != nil {
			return Finding{}, err
		}
	}
}

// Turn has done what all nodes together are to do about once in so long, by whoever comes when it is due, unless another one is at it. do
// hears what it gave the last time. Nobody waits for anybody: it is to be called often enough.
func (s *Store) Turn(ctx context.Context, name string, every time.Duration, clk clock.Clock,
	do func(context.Context, Finding) ([]byte, error)) error {
	if s.nodes == nil {
		return s.turns.turn(ctx, name, every, clk, do)
	}
	last, mine, err := s.nodes.look(ctx, name, every)
	if err != nil || !mine {
		return err
	}
	body, err := do(ctx, last)
	return errors.Join(err, s.nodes.found(context.WithoutCancel(ctx), name, body, err == nil))
}

// turns are when things were done last by a node that is alone. The zero value is nothing yet.
type turns struct {
	mu   sync.Mutex // guards done
	done map[string]turn
}

type turn struct {
	at   time.Time
	body []byte
}

func (a *turns) turn(ctx context.Context, name string, every time.Duration, clk clock.Clock,
	do func(context.Context, Finding) ([]byte, error)) error {
	now := clk.Now()
	a.mu.Lock()
	last, before := a.done[name]
	a.mu.Unlock()
	if before && now.Sub(last.at) < every {
		return nil
	}
	body, err := do(ctx, Finding{last.body, now.Sub(last.at)})
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.done == nil {
		a.done = map[string]turn{}
	}
	a.done[name] = turn{now, append([]byte{}, body...)}
	return nil
}

// look gives what was found last, and says whether it is this node's to find it out anew: not if it is no older than age, nor if another
// node is at it.
func (n *Nodes) look(ctx context.Context, name string, age time.Duration) (last Finding, mine bool, err error) {
	err = n.store.Do(ctx, "", func(t *Tx) error {
		last, mine = Finding{}, false
		_, err := t.exec(`INSERT INTO finding (name, body, at, node, until) VALUES (?, '', 0, '', 0) ON CONFLICT DO NOTHING`, name)
		if err != nil {
			return err
		}
		var at, old, left int64
		err = t.one(`SELECT body, at, `+now+` - at, until - `+now+` FROM finding WHERE name = ? FOR UPDATE`, []any{name}, &last.Body, &at, &old,
			&left)
		if err != nil {
			return err
		}
		if last.Ago = time.Duration(old) * time.Millisecond; at == 0 {
			last = Finding{}
		}
		if at > 0 && last.Ago <= age || left > 0 {
			return nil
		}
		mine = true
		_, err = t.exec(`UPDATE finding SET node = ?, until = `+now+` + ? WHERE name = ?`, n.me(), findWithin.Milliseconds(), name)
		return err
	})
	return last, mine, err
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

// Tell has all nodes know what one has found out without being asked: what is told last counts.
func (n *Nodes) Tell(ctx context.Context, name string, body []byte) error {
	return n.store.Do(ctx, "", func(t *Tx) error {
		_, err := t.exec(`INSERT INTO finding (name, body, at, node, until) VALUES (?, ?, `+now+`, '', 0)
ON CONFLICT (name) DO UPDATE SET body = excluded.body, at = excluded.at`, name, body)
		return err
	})
}

// Told is what was told last, by whomever; nothing if nobody has.
func (n *Nodes) Told(ctx context.Context, name string) (last Finding, err error) {
	err = n.store.read(ctx, func(t *Tx) error {
		var old int64
		err := t.one(`SELECT body, `+now+` - at FROM finding WHERE name = ? AND at > 0`, []any{name}, &last.Body, &old)
		last.Ago = time.Duration(old) * time.Millisecond
		return err
	})
	if errors.Is(err, ErrNone) {
		return Finding{}, nil
	}
	return last, err
}

// Untell forgets what was told longer ago than age under names that begin so.
func (n *Nodes) Untell(ctx context.Context, prefix string, age time.Duration) error {
	return n.store.Do(ctx, "", func(t *Tx) error {
		_, err := t.exec(`DELETE FROM finding WHERE starts_with(name, ?) AND at < `+now+` - ?`, prefix, age.Milliseconds())
		return err
	})
}
