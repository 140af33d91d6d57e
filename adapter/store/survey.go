package store

import (
	"context"
	"errors"
)

// All lists the nodes with what each holds.
func (n *Nodes) All(ctx context.Context) (all []Node, err error) {
	err = n.do(ctx, func(t *Tx) error {
		if all, err = nodes(t); err != nil {
			return err
		}
		for i := range all {
			if err := all[i].count(t); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// count finds out what a node holds.
func (v *Node) count(t *Tx) error {
	err := errors.Join(t.one(`SELECT count(*) FROM holding WHERE node = ? AND name NOT LIKE '~%'`, []any{v.ID}, &v.Held),
		t.one(`SELECT count(*) FROM page WHERE node = ?`, []any{v.ID}, &v.Pages))
	if err != nil {
		return err
	}
	const jobs = `SELECT name FROM holding WHERE node = ? AND name LIKE '~%' ORDER BY name`
	return t.each(jobs, []any{v.ID}, func(scan func(...any) error) error {
		var job string
		err := scan(&job)
		v.Jobs = append(v.Jobs, job)
		return err
	})
}

// Census counts the pages of each user, at whichever nodes.
func (n *Nodes) Census(ctx context.Context) (pages map[string]int, err error) {
	err = n.do(ctx, func(t *Tx) error {
		pages = map[string]int{}
		const counts = `SELECT user_id, count(*) FROM page JOIN node ON node.id = page.node GROUP BY user_id`
		return t.each(counts, nil, func(scan func(...any) error) error {
			var user string
			var count int
			err := scan(&user, &count)
			pages[user] = count
			return err
		})
	})
	return pages, err
}

// Stands are figures of this node.
type Stands struct {
	Nodes   int // that are there, with this one
	Held    int // users whose work this one has in hand
	Letters int // that wait for this one
}

// Stands says how this node stands.
func (n *Nodes) Stands(ctx context.Context) (s Stands, err error) {
	err = n.do(ctx, func(t *Tx) error {
		return errors.Join(t.one(`SELECT count(*) FROM node`, nil, &s.Nodes),
			t.one(`SELECT count(*) FROM holding WHERE node = ? AND name NOT LIKE '~%'`, []any{n.me()}, &s.Held),
			t.one(`SELECT count(*) FROM letter WHERE node = ?`, []any{n.me()}, &s.Letters))
	})
	return s, err
}
