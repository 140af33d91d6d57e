package node

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/adapter/store"
)

const (
	togetherAtGate = 100 // pages that enter by one transaction
	gates          = 2   // transactions at the same time
)

// errEnded is of a page that comes when the node ends.
var errEnded = errors.New("this node has ended")

// entering is a page that waits to enter.
type entering struct {
	page store.Entering
	done chan struct{}
	is   store.Entered
	err  error
}

// Enter notes that a page is connected here, together with others that come at the same time, and says which node has its user's work in
// hand. Work that this one takes by that is taken up before it returns.
func (n *Node) Enter(ctx context.Context, page store.Entering) (store.Entered, error) {
	e := &entering{page: page, done: make(chan struct{})}
	select {
	case n.gate <- e:
	case <-ctx.Done():
		return store.Entered{}, ctx.Err()
	case <-n.ended:
		return store.Entered{}, errEnded
	}
	<-e.done // whoever took it says so soon
	return e.is, e.err
}

// admit lets pages in until ctx ends.
func (n *Node) admit(ctx context.Context) error {
	for {
		var batch []*entering
		select {
		case first := <-n.gate:
			batch = append(batch, first)
		case <-ctx.Done():
			return nil
		}
		for more := true; more && len(batch) < togetherAtGate; {
			select {
			case e := <-n.gate:
				batch = append(batch, e)
			default:
				more = false
			}
		}
		n.letIn(ctx, batch)
	}
}

func (n *Node) letIn(ctx context.Context, batch []*entering) {
	pages := make([]store.Entering, len(batch))
	for i, e := range batch {
		pages[i] = e.page
	}
	entered, err := n.cfg.Nodes.Enter(ctx, pages)
	var taken []store.Taken
	for i, e := range batch {
		if e.err = err; err == nil {
			e.is = entered[i]
			if e.is.Taken {
				taken = append(taken, store.Taken{User: e.page.User, Fence: e.is.Holding.Fence})
			}
		}
	}
	if len(taken) > 0 {
		n.cfg.Took(taken)
	}
	for _, e := range batch {
		close(e.done)
	}
}
