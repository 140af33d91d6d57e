package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/store/move"
)

// Shut is that no node may join a store, since it is being moved or was. The zero value is that nodes may.
type Shut struct {
	Why   string `json:"why"`   // for a person, with what to do
	Whole bool   `json:"whole"` // all that the store keeps is there
}

// Error says why.
func (s *Shut) Error() string { return s.Why }

// Living are nodes that work on a store which nobody may work on.
type Living struct{ Names []string }

// Error names them.
func (l *Living) Error() string {
	return fmt.Sprintf("%s: end every node first; one that died is forgotten after %d s", strings.Join(l.Names, ", "), livesFor/1000)
}

// shutName is the name of what says so, among the findings.
const shutName = "shut"

// livesFor is for how many milliseconds a node counts as one that lives, after it has said so.
const livesFor = 10_000

// Shut says whether nodes may join.
func (n *Nodes) Shut(ctx context.Context) (s Shut, err error) {
	err = n.do(ctx, func(t *Tx) error {
		s, err = shut(t)
		return err
	})
	return s, err
}

func shut(t *Tx) (s Shut, err error) {
	var body []byte
	err = t.one(`SELECT body FROM finding WHERE name = ?`, []any{shutName}, &body)
	if errors.Is(err, ErrNone) {
		return Shut{}, nil
	}
	if err == nil {
		err = json.Unmarshal(body, &s)
	}
	return s, err
}

// PutShut has nodes kept out, or let in.
func (n *Nodes) PutShut(ctx context.Context, s Shut) error {
	return n.do(ctx, func(t *Tx) error { return putShut(t, s) })
}

func putShut(t *Tx, s Shut) error {
	if s == (Shut{}) {
		_, err := t.exec(`DELETE FROM finding WHERE name = ?`, shutName)
		return err
	}
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return putPrint(t, shutName, string(body))
}

func putPrint(t *Tx, name, print string) error {
	_, err := t.exec(`INSERT INTO finding (name, body, at, node, until) VALUES (?, ?, 0, '', 0)
ON CONFLICT (name) DO UPDATE SET body = excluded.body`, name, []byte(print))
	return err
}

// ShutOut keeps nodes out before what the store keeps is moved elsewhere; before is how it was. *Living if a node works on it, *Shut if it
// does not have all.
func (n *Nodes) ShutOut(ctx context.Context, s Shut) (before Shut, err error) {
	err = n.do(ctx, func(t *Tx) error {
		if before, err = alone(t); err != nil {
			return err
		}
		if before != (Shut{}) && !before.Whole {
			return &before
		}
		return putShut(t, s)
	})
	return before, err
}

// ShutIn keeps nodes out before a store is moved here, and takes out all that is there if nodes are kept out already and again says that
// this may be done. *Living if a node works on it, *Shut if nodes are kept out already, move.ErrNotEmpty if it keeps something.
func (n *Nodes) ShutIn(ctx context.Context, s Shut, again bool) error {
	return n.do(ctx, func(t *Tx) error {
		before, err := alone(t)
		switch {
		case err != nil:
			return err
		case before != (Shut{}) && !again:
			return &before
		case before == (Shut{}):
			if err := move.Empty(t.ctx, t.line); err != nil {
				return err
			}
		}
		if err := move.Clear(t.ctx, t.line); err != nil {
			return err
		}
		if _, err := t.exec(`TRUNCATE page, letter, holding, finding, bucket`); err != nil {
			return err
		}
		return putShut(t, s)
	})
}

// alone makes sure that no node works on the store, nor begins to before the transaction has ended. One that was asleep has to join anew.
func alone(t *Tx) (Shut, error) {
	if _, err := t.exec(`LOCK TABLE node IN EXCLUSIVE MODE`); err != nil {
		return Shut{}, err
	}
	var living Living
	err := t.each(`SELECT name FROM node WHERE seen > `+now+` - ? ORDER BY name`, []any{livesFor}, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		living.Names = append(living.Names, name)
		return err
	})
	if err == nil && len(living.Names) > 0 {
		err = &living
	}
	if err != nil {
		return Shut{}, err
	}
	if err := bury(t, `SELECT id FROM node`); err != nil {
		return Shut{}, err
	}
	return shut(t)
}

// Opened lets nodes in that have the same secrets as what was moved here, by their fingerprints.
func (n *Nodes) Opened(ctx context.Context, prints map[string]string) error {
	return n.do(ctx, func(t *Tx) error {
		if err := move.Ahead(t.ctx, t.line); err != nil {
			return err
		}
		for name, print := range prints {
			if err := putPrint(t, name, print); err != nil {
				return err
			}
		}
		return putShut(t, Shut{})
	})
}

// Prints are the fingerprints that Same has kept.
func (n *Nodes) Prints(ctx context.Context) (prints map[string]string, err error) {
	err = n.do(ctx, func(t *Tx) error {
		prints = map[string]string{}
		return t.each(`SELECT name, body FROM finding WHERE name IN ('key', 'app')`, nil, func(scan func(...any) error) error {
			var name string
			var body []byte
			err := scan(&name, &body)
			prints[name] = string(body)
			return err
		})
	})
	return prints, err
}

// Move copies all that a store keeps into one that is empty, and compares them; tell hears how far it is. Nobody may work on either.
func Move(ctx context.Context, from, to *Store, tell func(move.Part)) ([]move.Table, error) {
	return move.Copy(ctx, from.base, to.base, tell)
}
