package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

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

// addressed is a letter with the node that it is for.
type addressed struct {
	node string
	Letter
}

// post writes letters: they are there when the transaction is durable.
func post(t *Tx, letters ...addressed) error {
	if len(letters) == 0 {
		return nil
	}
	var args []any
	for _, l := range letters {
		l.From = t.store.nodes.me()
		body, err := json.Marshal(l.Letter)
		if err != nil {
			return fmt.Errorf("letter: %w", err)
		}
		args = append(args, l.node, body)
	}
	_, err := t.exec(`WITH sent AS (INSERT INTO letter (node, body) VALUES `+rowsOf(len(letters), "(?, ?)")+` RETURNING node)
SELECT pg_notify(?, node) FROM sent`, append(args, channel)...)
	return err
}

// rowsOf are marks, so often as they stand in a list.
func rowsOf(n int, row string) string { return strings.TrimSuffix(strings.Repeat(row+", ", n), ", ") }

// postToPages writes a letter to the other nodes that have pages of its user.
func postToPages(t *Tx, l Letter) error {
	var nodes []string
	const where = `SELECT DISTINCT page.node FROM page JOIN node ON node.id = page.node WHERE page.user_id = ? AND page.node <> ?`
	err := t.each(where, []any{l.User, t.store.nodes.me()},
		func(scan func(...any) error) error {
			var node string
			err := scan(&node)
			nodes = append(nodes, node)
			return err
		})
	if err != nil {
		return err
	}
	var letters []addressed
	for _, node := range nodes {
		letters = append(letters, addressed{node, l})
	}
	return post(t, letters...)
}

// Posted is a letter to a node; Node is "" for whoever has its user's work in hand, and All for those that have pages of the user.
type Posted struct {
	Node string
	All  bool
	Letter
	Exit *Exit // in place of a letter: it is noted in the order of the letters
	// Lasts says that it is true however late it is told, and that nobody would find it out otherwise.
	Lasts bool
}

// Post writes letters to nodes, in their order. Those for this one are not written: they come back.
func (n *Nodes) Post(ctx context.Context, letters ...Posted) (mine []Letter, err error) {
	err = n.do(ctx, func(t *Tx) error {
		mine = nil
		for _, p := range letters {
			here, err := n.post(t, p)
			if err != nil {
				return err
			}
			if here {
				p.From = n.me()
				mine = append(mine, p.Letter)
			}
		}
		return nil
	})
	return mine, err
}

func (n *Nodes) post(t *Tx, p Posted) (here bool, err error) {
	switch {
	case p.Exit != nil:
		return false, n.exit(t, *p.Exit)
	case p.All:
		return false, postToPages(t, p.Letter)
	}
	if p.Node == "" {
		err := t.one(`SELECT node FROM holding WHERE name = ?`, []any{p.User}, &p.Node)
		if err != nil && !errors.Is(err, ErrNone) {
			return false, err
		}
	}
	if p.Node == "" || p.Node == n.me() {
		return p.Node != "", nil
	}
	return false, post(t, addressed{p.Node, p.Letter})
}

// lettersAtOnce is how many letters are read by one transaction.
const lettersAtOnce = 500

// Letters gives what other nodes have written to this one, in the order of their writing, each letter once, at most lettersAtOnce. more
// says that there may be others. What was given is deleted by the next call: were it deleted at once, it would be lost whenever nobody
// knows whether that was durable.
func (n *Nodes) Letters(ctx context.Context) (letters []Letter, more bool, err error) {
	n.reading.Lock()
	defer n.reading.Unlock()
	var read []string
	err = n.do(ctx, func(t *Tx) error {
		letters, read = nil, nil
		if len(n.read) > 0 {
			_, err := t.exec(`DELETE FROM letter WHERE id = ANY(CAST(? AS bigint[]))`, "{"+strings.Join(n.read, ",")+"}")
			if err != nil {
				return err
			}
		}
		return t.each(`SELECT id, body FROM letter WHERE node = ? ORDER BY id LIMIT ?`, []any{n.me(), lettersAtOnce},
			func(scan func(...any) error) error {
				var id int64
				var body []byte
				if err := scan(&id, &body); err != nil {
					return err
				}
				read = append(read, strconv.FormatInt(id, 10))
				var l Letter
				if json.Unmarshal(body, &l) == nil { // another version's may be of another form
					letters = append(letters, l)
				}
				return nil
			})
	})
	if err != nil {
		return nil, false, err
	}
	n.read = read
	return letters, len(read) == lettersAtOnce, nil
}

// Listen has somebody called whenever letters for this node may be there, until ctx ends. arrive hears whether it is told of them at all:
// through some poolers nobody is.
func (n *Nodes) Listen(ctx context.Context, heard func(), arrive func(bool)) {
	n.base.Listen(ctx, channel, func(node string) {
		if node == "" || node == n.me() {
			heard()
		}
	}, arrive)
}

func (n *Nodes) exit(t *Tx, e Exit) error {
	_, err := t.exec(`DELETE FROM page WHERE user_id = ? AND page = ? AND node = ? AND socket = ?`, e.User, e.Page.ID, n.me(), e.Page.Socket)
	return err
}
