package store

import (
	"context"
	"maps"
	"slices"
)

// Entering is a page of a user that is connected here now.
type Entering struct {
	User string
	Page Page
}

// Entered is what became of it.
type Entered struct {
	Holding Holding // which node has the user's work in hand
	Taken   bool    // this node has taken it by that
	// Gone says that the page's session has just ended, and that it has not entered: who ends one tells those who have pages, and might have
	// missed this one.
	Gone bool
}

// Enter notes that pages are connected here, and says which node has their users' work in hand: this one, unless one has that has a page of
// the user, too. Many come at once when a node has ended; together they cost little more than one.
func (n *Nodes) Enter(ctx context.Context, pages []Entering) (entered []Entered, err error) {
	err = n.store.Do(ctx, "", func(t *Tx) error {
		entered = make([]Entered, len(pages))
		return n.enter(t, pages, entered)
	})
	return entered, err
}

func (n *Nodes) enter(t *Tx, pages []Entering, entered []Entered) error {
	users := map[string]bool{}
	for _, p := range pages {
		users[p.User] = true
	}
	names := slices.Sorted(maps.Keys(users))
	held, err := lockAll(t, names)
	if err != nil {
		return err
	}
	good, err := sessionUsers(t, sessionsOf(pages))
	if err != nil {
		return err
	}
	gone := func(p Entering) bool { return good[p.Page.Session] != p.User }
	if err := n.putPages(t, slices.DeleteFunc(slices.Clone(pages), gone)); err != nil {
		return err
	}
	taken, err := n.takeOver(t, held, pages, good)
	if err != nil {
		return err
	}
	for i, p := range pages {
		entered[i] = Entered{Holding: held[p.User], Taken: taken[p.User], Gone: gone(p)}
	}
	return nil
}

// lockAll keeps everybody else from what is done for some users, whose names are in their order, until the transaction ends.
func lockAll(t *Tx, users []string) (map[string]Holding, error) {
	held := map[string]Holding{}
	list, args := marksOf(users)
	look := func() error {
		return readHoldings(t, held, `WHERE name IN (`+list+`) ORDER BY name FOR UPDATE`, args...)
	}
	if err := look(); err != nil || len(held) == len(users) {
		return held, err
	}
	for _, user := range users {
		if _, known := held[user]; !known {
			if _, err := t.exec(`INSERT INTO holding (name, node, fence, added) VALUES (?, '', 0, 0) ON CONFLICT DO NOTHING`, user); err != nil {
				return nil, err
			}
		}
	}
	return held, look()
}

func sessionsOf(pages []Entering) (hashes []string) {
	for _, p := range pages {
		hashes = append(hashes, p.Page.Session)
	}
	return hashes
}

// putPages keeps where pages are.
func (n *Nodes) putPages(t *Tx, pages []Entering) error {
	last := map[[2]string]Entering{}
	for _, p := range pages {
		last[[2]string{p.User, p.Page.ID}] = p
	}
	if len(last) == 0 {
		return nil
	}
	var args []any
	for _, p := range last {
		args = append(args, p.User, p.Page.ID, n.me(), p.Page.Socket)
	}
	_, err := t.exec(`INSERT INTO page (user_id, page, node, socket) VALUES `+rowsOf(len(last), "(?, ?, ?, ?)")+`
ON CONFLICT (user_id, page) DO UPDATE SET node = excluded.node, socket = excluded.socket`, args...)
	return err
}

// quiet is for how long, in milliseconds, a holder may not have said that it lives to whom work is left when a page comes to another node.
// Whoever is dead is found later; nothing goes wrong if this one is not.
const quiet = 2500

// takeOver takes the work of users whose holder has no page of theirs, or is quiet; held says then that this node has it.
func (n *Nodes) takeOver(t *Tx, held map[string]Holding, pages []Entering, good map[string]string) (map[string]bool, error) {
	taken := map[string]bool{}
	for _, p := range pages {
		if good[p.Page.Session] == p.User && held[p.User].Node != n.me() {
			taken[p.User] = true
		}
	}
	if len(taken) == 0 {
		return taken, nil
	}
	list, args := marksOf(slices.Sorted(maps.Keys(taken)))
	args = append([]any{quiet}, args...)
	err := t.each(`SELECT DISTINCT h.name FROM holding h JOIN page ON page.user_id = h.name AND page.node = h.node
JOIN node ON node.id = h.node AND node.seen >= `+now+` - ? WHERE h.name IN (`+list+`)`, args, func(scan func(...any) error) error {
		var user string
		err := scan(&user)
		delete(taken, user)
		return err
	})
	if err != nil || len(taken) == 0 {
		return taken, err
	}
	return taken, n.holdAll(t, held, slices.Sorted(maps.Keys(taken)))
}
