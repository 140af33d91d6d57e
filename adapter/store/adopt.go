package store

import (
	"context"
	"maps"
	"slices"
)

// Adopt takes the work of users in hand that is in nobody's, beginning after one, and looks at most at limit of them. One of whom another
// node has a page, and this one has none, is left to that one. last is the last that was looked at, "" when there are no more.
func (n *Nodes) Adopt(ctx context.Context, after string, limit int) (taken []Taken, last string, err error) {
	err = n.do(ctx, func(t *Tx) error {
		taken, last = nil, ""
		held, users, err := orphans(t, after, limit)
		if err != nil || len(users) == 0 {
			return err
		}
		if len(users) == limit {
			last = users[limit-1]
		}
		others, err := n.atOthers(t, users)
		if err != nil {
			return err
		}
		users = slices.DeleteFunc(users, func(user string) bool { return others[user] })
		if len(users) == 0 {
			return nil
		}
		if err := n.holdAll(t, held, users); err != nil {
			return err
		}
		for _, user := range users {
			taken = append(taken, Taken{User: user, Fence: held[user].Fence})
		}
		return nil
	})
	return taken, last, err
}

// orphans are users whose work is in nobody's hand, in their order; nobody else can take it until the transaction ends.
func orphans(t *Tx, after string, limit int) (held map[string]Holding, users []string, err error) {
	held = map[string]Holding{}
	err = readHoldings(t, held, `WHERE name > ? AND name NOT LIKE '~%'
AND NOT EXISTS (SELECT 1 FROM node WHERE node.id = holding.node) ORDER BY name LIMIT ? FOR UPDATE SKIP LOCKED`, after, limit)
	return held, slices.Sorted(maps.Keys(held)), err
}

// atOthers are those of some users who have a page at another node, and none at this one.
func (n *Nodes) atOthers(t *Tx, users []string) (map[string]bool, error) {
	here, others := map[string]bool{}, map[string]bool{}
	list, args := marksOf(users)
	err := t.each(`SELECT page.user_id, page.node FROM page JOIN node ON node.id = page.node WHERE page.user_id IN (`+list+`)`, args,
		func(scan func(...any) error) error {
			var user, node string
			err := scan(&user, &node)
			if node == n.me() {
				here[user] = true
			} else {
				others[user] = true
			}
			return err
		})
	for user := range here {
		delete(others, user)
	}
	return others, err
}
