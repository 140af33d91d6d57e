package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Holding says which node has a user's work in hand. Alone, all of it is in its hand, and the zero Holding says so.
type Holding struct {
	Node  string // "" for nobody, or for whoever is alone
	Fence int64  // grows whenever it changes hands
	Added int64  // how often runs were added by a node that does not hold it
}

// held finds a user's holding, and keeps everybody else from it.
const held = `SELECT node, fence, added FROM holding WHERE name = ? FOR UPDATE`

// read reads what held shows, which may be nothing.
func (h *Holding) read(row []string) error {
	if row == nil {
		return nil
	}
	fence, err := strconv.ParseInt(row[1], 10, 64)
	added, err2 := strconv.ParseInt(row[2], 10, 64)
	*h = Holding{Node: row[0], Fence: fence, Added: added}
	return errors.Join(err, err2)
}

// lock keeps everybody else from what is done for a user, until the transaction ends.
func lock(t *Tx, userID string) error {
	t.user = userID
	into := []any{&t.holding.Node, &t.holding.Fence, &t.holding.Added}
	err := t.one(held, []any{userID}, into...)
	if !errors.Is(err, ErrNone) {
		return err
	}
	if _, err := t.exec(`INSERT INTO holding (name, node, fence, added) VALUES (?, '', 0, 0) ON CONFLICT DO NOTHING`, userID); err != nil {
		return err
	}
	return t.one(held, []any{userID}, into...)
}

// Mine says whether this node has the work of the transaction's user in hand.
func (t *Tx) Mine() bool { return t.store.nodes == nil || t.holding.Node == t.store.nodes.me() }

// hold takes the work of the transaction's user into this node's hand. What another one does for the user from now on is refused.
func hold(t *Tx) error {
	me := t.store.nodes.me()
	before := t.holding.Node
	t.holding.Node = me
	t.holding.Fence++
	if _, err := t.exec(`UPDATE holding SET node = ?, fence = ? WHERE name = ?`, me, t.holding.Fence, t.user); err != nil {
		return err
	}
	if _, err := t.exec(takeRuns, t.user); err != nil {
		return err
	}
	moved := Letter{Kind: LetterMoved, User: t.user, Fence: t.holding.Fence}
	if err := postToPages(t, moved); err != nil || before == "" || before == me {
		return err
	}
	return post(t, before, moved)
}

// takeRuns makes stale whatever hand has open runs of a user; one that nobody has taken yet is no hand's.
const takeRuns = `UPDATE run SET fence = fence + 1 WHERE user_id = ? AND open = 1 AND fence > 0`

// added has whoever holds a user's work take up a run that this transaction adds, and says who that is.
func added(t *Tx, userID string) (Holding, error) {
	if t.store.nodes == nil {
		return Holding{}, nil
	}
	if t.user == "" {
		if err := lock(t, userID); err != nil {
			return Holding{}, err
		}
	}
	switch {
	case t.user != userID:
		return Holding{}, errors.New("a run is added for another user than the transaction's")
	case t.holding.Node == "":
		return t.holding, hold(t)
	case t.Mine() || t.told:
		return t.holding, nil
	}
	t.told = true
	t.holding.Added++
	if _, err := t.exec(`UPDATE holding SET added = ? WHERE name = ?`, t.holding.Added, t.user); err != nil {
		return t.holding, err
	}
	return t.holding, post(t, t.holding.Node, Letter{Kind: LetterRuns, User: t.user})
}

// Kinds of letters between nodes that the store itself writes; others have kinds of their own.
const (
	LetterMoved = "moved" // the work of a user is in the sender's hand now
	LetterRuns  = "runs"  // runs of a user were added by the sender, who has it not
)

// Letter is what one node tells another.
type Letter struct {
	Kind  string          `json:"kind"`
	User  string          `json:"user,omitempty"`
	From  string          `json:"from,omitempty"`  // node; the store writes it
	Fence int64           `json:"fence,omitempty"` // of LetterMoved
	Body  json.RawMessage `json:"body,omitempty"`
}

// channel is where nodes are told that letters are there.
const channel = "patchcord_letters"

// post writes a letter to a node: it is there when the transaction is durable.
func post(t *Tx, node string, l Letter) error {
	l.From = t.store.nodes.me()
	body, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("letter: %w", err)
	}
	_, err = t.exec(`WITH sent AS (INSERT INTO letter (node, body) VALUES (?1, ?2)) SELECT pg_notify(?3, ?1)`, node, body, channel)
	return err
}

// Held is the store as whoever works for a user sees it: what it writes for one whose work is in another node's hand is refused with
// ErrStale.
type Held struct{ *Store }
