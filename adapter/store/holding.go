package store

import (
	"errors"
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

// hold takes the work of the transaction's user into this node's hand.
func hold(t *Tx) error {
	held := map[string]Holding{t.user: t.holding}
	err := t.store.nodes.holdAll(t, held, []string{t.user})
	t.holding = held[t.user]
	return err
}

// holdAll takes the work of users into this node's hand: held says so then. What another one does for them from now on is refused.
func (n *Nodes) holdAll(t *Tx, held map[string]Holding, users []string) error {
	list, args := marksOf(users)
	mine := append([]any{n.me()}, args...)
	if _, err := t.exec(`UPDATE holding SET fence = fence + 1, node = ? WHERE name IN (`+list+`)`, mine...); err != nil {
		return err
	}
	// Whatever hand has their open runs is stale by that; one that nobody has taken yet is no hand's.
	if _, err := t.exec(`UPDATE run SET fence = fence + 1 WHERE open = 1 AND fence > 0 AND user_id IN (`+list+`)`, args...); err != nil {
		return err
	}
	tell := map[[2]string]bool{} // node, user
	for _, user := range users {
		h := held[user]
		if h.Node != "" && h.Node != n.me() {
			tell[[2]string{h.Node, user}] = true
		}
		held[user] = Holding{Node: n.me(), Fence: h.Fence + 1, Added: h.Added}
	}
	err := t.each(`SELECT DISTINCT page.node, page.user_id FROM page JOIN node ON node.id = page.node
WHERE page.node <> ? AND page.user_id IN (`+list+`)`, mine,
		func(scan func(...any) error) error {
			var node, user string
			err := scan(&node, &user)
			tell[[2]string{node, user}] = true
			return err
		})
	if err != nil {
		return err
	}
	var letters []addressed
	for to := range tell {
		letters = append(letters, addressed{to[0], Letter{Kind: LetterMoved, User: to[1], Fence: held[to[1]].Fence}})
	}
	return post(t, letters...)
}

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
	return t.holding, post(t, addressed{t.holding.Node, Letter{Kind: LetterRuns, User: t.user}})
}

// Held is the store as whoever works for a user sees it: what it writes for one whose work is in another node's hand is refused with
// ErrStale.
type Held struct{ *Store }
