package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/adapter/store/postgres"
	"github.com/patchcord/patchcord/internal/clock"
)

// OpenPostgres opens a database on a server by its DSN, and brings it up to date. Nothing is held until Nodes.Join.
func OpenPostgres(ctx context.Context, dsn string, clk clock.Clock) (*Store, error) {
	b, err := postgres.Open(ctx, dsn, clk)
	if err != nil {
		return nil, err
	}
	s := &Store{base: b}
	s.nodes = &Nodes{store: s, base: b}
	return s, nil
}

// Nodes are the adapters that share a store. Times are the database's, so that no node's clock counts.
type Nodes struct {
	store *Store
	base  *postgres.DB
	id    atomic.Pointer[string]

	reading sync.Mutex // guards read
	read    []string   // letters that were given, and may still be there
}

// Nodes are those that share the store; nil for a store that nobody shares.
func (s *Store) Nodes() *Nodes { return s.nodes }

// Me is this life of this node; "" before it has joined.
func (n *Nodes) Me() string { return n.me() }

func (n *Nodes) me() string {
	if id := n.id.Load(); id != nil {
		return *id
	}
	return ""
}

// Node is an adapter at work.
type Node struct {
	ID    string // of one life of it
	Name  string
	Beats int64
	Since time.Time
	Seen  time.Time // when it said last that it lives
	About json.RawMessage
	Held  int // users whose work it has in hand
	Pages int
	Jobs  []string // which of those it has that one node does for all; their names begin with ~
}

// now is the database's time in epoch milliseconds.
const now = `CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`

// do is a transaction that waits for nobody's work.
func (n *Nodes) do(ctx context.Context, do func(*Tx) error) error {
	return n.base.DoApart(ctx, func(ctx context.Context, l database.Line) error { return do(&Tx{ctx: ctx, store: n.store, line: l}) })
}

// Join begins a life of a node. Earlier lives of the same name are over: two processes of one name would each end the other. *Shut if no
// node may join.
func (n *Nodes) Join(ctx context.Context, name string, about json.RawMessage) error {
	raw := make([]byte, 6)
	_, _ = rand.Read(raw) // never fails
	id := name + "#" + hex.EncodeToString(raw)
	err := n.do(ctx, func(t *Tx) error {
		if err := bury(t, `SELECT id FROM node WHERE name = ?`, name); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO node (id, name, beats, since, seen, about) VALUES (?, ?, 0, `+now+`, `+now+`, ?)`, id, name, []byte(about))
		if err != nil {
			return err
		}
		s, err := shut(t) // asked only now: whoever shuts it waits for those who join, or they for it
		if err == nil && s != (Shut{}) {
			return &s
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("join as %s: %w", name, err)
	}
	n.id.Store(&id)
	return n.do(ctx, func(t *Tx) error { // whoever was there before there were nodes has work in nobody's hand
		_, err := t.exec(`INSERT INTO holding (name, node, fence, added) SELECT user_id, '', 0, 0 FROM (
SELECT user_id FROM run WHERE open = 1 UNION SELECT user_id FROM state WHERE live = 1 AND contact = '' AND user_id <> '') AS users
WHERE NOT EXISTS (SELECT 1 FROM holding) ON CONFLICT DO NOTHING`)
		return err
	})
}

// bury forgets nodes whose ids a question finds: by that, their work is in nobody's hand. What else is left of them is cleaned away later:
// their pages are on their way to other nodes, and nobody is to wait for them.
func bury(t *Tx, which string, args ...any) error {
	for _, text := range []string{`UPDATE finding SET until = 0 WHERE node IN (` + which + `)`,
		`DELETE FROM node WHERE id IN (` + which + `)`} {
		if _, err := t.exec(text, args...); err != nil {
			return err
		}
	}
	return nil
}

// cleanAtOnce is how many rows are cleaned away by one transaction.
const cleanAtOnce = 500

// Clean forgets the pages and letters of nodes that are not there any more.
func (n *Nodes) Clean(ctx context.Context) error {
	for _, text := range []string{`DELETE FROM page WHERE (user_id, page) IN (SELECT user_id, page FROM page
WHERE NOT EXISTS (SELECT 1 FROM node WHERE node.id = page.node) LIMIT ? FOR UPDATE SKIP LOCKED)`,
		`DELETE FROM letter WHERE id IN (SELECT id FROM letter
WHERE NOT EXISTS (SELECT 1 FROM node WHERE node.id = letter.node) LIMIT ? FOR UPDATE SKIP LOCKED)`} {
		for more := true; more; {
			err := n.do(ctx, func(t *Tx) error {
				cleaned, err := t.exec(text, cleanAtOnce)
				more = cleaned == cleanAtOnce
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// ErrBuried means that other nodes have taken this one for dead: its work is theirs, and it has to join anew.
var ErrBuried = errors.New("other nodes have taken this one for dead")

// Beat says that this node lives, and lists all nodes; at is the database's time. ErrBuried if it does not count as one any more.
func (n *Nodes) Beat(ctx context.Context, about json.RawMessage) (all []Node, at time.Time, err error) {
	err = n.base.DoPulse(ctx, func(ctx context.Context, l database.Line) error {
		t := &Tx{ctx: ctx, store: n.store, line: l}
		var ms int64
		changed, err := t.exec(`UPDATE node SET beats = beats + 1, seen = `+now+`, about = ? WHERE id = ?`, []byte(about), n.me())
		if err != nil {
			return err
		}
		if changed == 0 {
			return ErrBuried
		}
		if err := t.one(`SELECT `+now, nil, &ms); err != nil {
			return err
		}
		at = moment(ms)
		all, err = nodes(t)
		return err
	})
	return all, at, err
}

// Now is the database's time.
func (n *Nodes) Now(ctx context.Context) (at time.Time, err error) {
	err = n.do(ctx, func(t *Tx) error {
		var ms int64
		err := t.one(`SELECT `+now, nil, &ms)
		at = moment(ms)
		return err
	})
	return at, err
}

func nodes(t *Tx) (all []Node, err error) {
	err = t.each(`SELECT id, name, beats, since, seen, about FROM node ORDER BY name, id`, nil, func(scan func(...any) error) error {
		var v Node
		var since, seen int64
		var about []byte
		err := scan(&v.ID, &v.Name, &v.Beats, &since, &seen, &about)
		v.Since, v.Seen, v.About = moment(since), moment(seen), about
		all = append(all, v)
		return err
	})
	return all, err
}

// Bury takes a node for dead that has not said anything since it had said so often that it lives; false if it has.
func (n *Nodes) Bury(ctx context.Context, id string, beats int64) (was bool, err error) {
	err = n.do(ctx, func(t *Tx) error {
		found, err := t.exec(`UPDATE node SET beats = beats WHERE id = ? AND beats = ?`, id, beats)
		if was = err == nil && found == 1; !was {
			return err
		}
		return bury(t, `SELECT id FROM node WHERE id = ?`, id)
	})
	return was, err
}

// Leave ends this life: what it had in hand is in nobody's.
func (n *Nodes) Leave(ctx context.Context) error {
	return n.do(ctx, func(t *Tx) error { return bury(t, `SELECT id FROM node WHERE id = ?`, n.me()) })
}

// Taken is a user whose work is in this node's hand, and as of which fence.
type Taken struct {
	User  string
	Fence int64
}

// Claim takes a user's work in hand, or one of the jobs that one node does for all, whose names begin with ~, if it is in nobody's. mine
// says whether it is in this node's hand then.
func (n *Nodes) Claim(ctx context.Context, name string) (mine bool, err error) {
	err = n.store.Do(ctx, name, func(t *Tx) error {
		if mine = t.Mine(); mine {
			return nil
		}
		dead, err := dead(t)
		if err != nil || !dead {
			return err
		}
		mine = true
		return hold(t)
	})
	return mine, err
}

// dead says whether nobody has the user's work in hand.
func dead(t *Tx) (is bool, err error) {
	err = t.one(`SELECT NOT EXISTS (SELECT 1 FROM node WHERE id = ?)`, []any{t.holding.Node}, &is)
	return is, err
}

// Page is a page with its socket.
type Page struct {
	ID      string
	Session string // by the hash of what the page shows
	Socket  int64
}

// Exit is that a page is not connected here by a socket any more.
type Exit struct {
	User string
	Page Page
}

// Present lists the users who have a page at any node.
func (n *Nodes) Present(ctx context.Context) (users []string, err error) {
	err = n.store.View(ctx, func(t *Tx) error {
		users = nil
		const present = `SELECT DISTINCT user_id FROM page JOIN node ON node.id = page.node ORDER BY user_id`
		return t.each(present, nil, func(scan func(...any) error) error {
			var user string
			err := scan(&user)
			users = append(users, user)
			return err
		})
	})
	return users, err
}

// Held lists the users whose work this node has in hand, after one, at most limit.
func (n *Nodes) Held(ctx context.Context, after string, limit int) (held []Taken, err error) {
	err = n.do(ctx, func(t *Tx) error {
		held = nil
		return t.each(`SELECT name, fence FROM holding WHERE node = ? AND name > ? AND name NOT LIKE '~%' ORDER BY name LIMIT ?`,
			[]any{n.me(), after, limit}, func(scan func(...any) error) error {
				var v Taken
				err := scan(&v.User, &v.Fence)
				held = append(held, v)
				return err
			})
	})
	return held, err
}

// Holds says whether this node has a user's work in hand.
func (n *Nodes) Holds(ctx context.Context, userID string) (is bool, err error) {
	err = n.do(ctx, func(t *Tx) error {
		return t.one(`SELECT EXISTS (SELECT 1 FROM holding WHERE name = ? AND node = ?)`, []any{userID, n.me()}, &is)
	})
	return is, err
}

// Same says whether all nodes have the same secret: the first one that asks leaves its fingerprint.
func (n *Nodes) Same(ctx context.Context, name, fingerprint string) (is bool, err error) {
	err = n.do(ctx, func(t *Tx) error {
		_, err := t.exec(`INSERT INTO finding (name, body, at, node, until) VALUES (?, ?, 0, '', 0) ON CONFLICT DO NOTHING`, name,
			[]byte(fingerprint))
		if err != nil {
			return err
		}
		var first []byte
		err = t.one(`SELECT body FROM finding WHERE name = ?`, []any{name}, &first)
		is = strings.EqualFold(string(first), fingerprint)
		return err
	})
	return is, err
}
