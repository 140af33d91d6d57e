// Package node keeps an adapter's place among those that share a store: it says that it lives, hears who else does, takes up work that is
// in nobody's hand, and lets go of its own when it cannot be sure to have it.
//
// Read first: Node, Node.Run, census. No clock of another machine counts: each node counts for itself how long it has not heard of another.
package node

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	beatEvery = time.Second
	// deadAfter is how long a node is not heard of until it is dead to the others; sureFor how long one that was heard may be sure that it is
	// not: less, so that it lets go before anybody takes.
	deadAfter = 8 * time.Second
	sureFor   = 6 * time.Second
	// cutOffAfter is how long the store may be away until pages are sent to look for another node.
	cutOffAfter = sureFor + time.Second/2
	beatWithin  = 3 * time.Second
	// listened is how often letters are looked for although nobody said that they are there, deaf how often if nobody ever does.
	listened = time.Second
	deaf     = 100 * time.Millisecond
	// orphansAtOnce is how many users are taken up by one transaction.
	orphansAtOnce = 200
	leaveWithin   = 3 * time.Second
)

// Jobs is the name of what one node does for all.
const Jobs = "~jobs"

// Config is what a node needs of the other rooms. Its functions may be called at the same time.
type Config struct {
	Nodes *store.Nodes
	Name  string
	About json.RawMessage // for people
	// Took hears of users whose work came into this node's hand; LetGo, that nothing is to be done for anybody until Took says so.
	Took  func([]store.Taken)
	LetGo func()
	// Joined hears that this node lives under another name than before: its pages have to be entered anew, which may take long. Its context
	// ends with the node.
	Joined func(context.Context)
	// Gone hears of nodes that are not there any more.
	Gone func(node string)
	// CutOff hears that the store is away for so long that pages had better look for another node.
	CutOff func()
	// Letter hears what other nodes tell.
	Letter func(store.Letter)
	// Time is set to the database's time; Clock is this machine's own, by which the node counts.
	Time  *Time
	Clock clock.Clock
	Log   *slog.Logger
}

// Node is safe for concurrent use.
type Node struct {
	cfg   Config
	there chan struct{} // of one place: letters may be there
	gate  chan *entering
	ended chan struct{} // closed when Run has returned
	// orphans says that there may be work in nobody's hand, of one place.
	orphans chan struct{}
	joined  chan struct{} // of one place: the node has joined anew
	out     *outbox
	census  census
	named   rate.Sometimes // that another node has its name is said now and then: they end each other every second

	mu     sync.Mutex // guards what follows
	sure   time.Time  // until when this node may be sure that nobody takes its work
	leads  bool
	closed bool // its pages were sent away
	// resumes says that it let go of work that may still be in its hand.
	resumes bool
	deaf    bool // nobody says that letters are there
}

// New joins the nodes. Run keeps it among them.
func New(ctx context.Context, cfg Config) (*Node, error) {
	n := &Node{cfg: cfg, there: make(chan struct{}, 1), orphans: make(chan struct{}, 1), joined: make(chan struct{}, 1),
		gate: make(chan *entering), ended: make(chan struct{}), deaf: true, named: rate.Sometimes{Interval: time.Minute}}
	n.out = newOutbox(cfg)
	began := cfg.Clock.Now()
	if err := cfg.Nodes.Join(ctx, cfg.Name, cfg.About); err != nil {
		return nil, err
	}
	n.sure = began.Add(sureFor)
	return n, nil
}

// ID is this life of the node.
func (n *Node) ID() string { return n.cfg.Nodes.Me() }

// Sure says whether this node may act for the users whose work it has in hand.
func (n *Node) Sure() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return before(n.cfg.Clock.Now(), n.sure)
}

// before compares by the time that has passed and by the wall clock, which goes on while a machine sleeps.
func before(now, then time.Time) bool { return now.Before(then) && now.Round(0).Before(then.Round(0)) }

// Leads says whether this node does what one does for all.
func (n *Node) Leads() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.leads && before(n.cfg.Clock.Now(), n.sure)
}

// Run keeps the node among the others until ctx ends.
func (n *Node) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	defer close(n.ended)
	for range gates {
		group.Go(func() error { return n.admit(ctx) })
	}
	group.Go(func() error { return n.beat(ctx) })
	group.Go(func() error { return n.rejoin(ctx) })
	group.Go(func() error { return n.adopt(ctx) })
	group.Go(func() error { return n.watch(ctx) })
	group.Go(func() error { return n.read(ctx) })
	group.Go(func() error { return n.out.run(ctx) })
	group.Go(func() error {
		n.cfg.Nodes.Listen(ctx, n.wake, func(arrive bool) {
			n.mu.Lock()
			defer n.mu.Unlock()
			if n.deaf = !arrive; n.deaf && ctx.Err() == nil {
				n.cfg.Log.WarnContext(ctx, "the store does not say when other nodes write: their letters are looked for ten times a second")
			}
		})
		return nil
	})
	return group.Wait()
}

// Leave gives all work back, so that the others need not wait to take it up.
func (n *Node) Leave(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, leaveWithin)
	defer cancel()
	return n.cfg.Nodes.Leave(limited)
}

// beat says again and again that this node lives.
func (n *Node) beat(ctx context.Context) error {
	for {
		n.once(ctx)
		if clock.Pause(ctx, n.cfg.Clock, beatEvery) != nil {
			return nil
		}
	}
}

func (n *Node) once(ctx context.Context) {
	began := n.cfg.Clock.Now()
	limited, cancel := context.WithTimeout(ctx, beatWithin)
	defer cancel()
	all, at, err := n.cfg.Nodes.Beat(limited, n.cfg.About)
	switch {
	case ctx.Err() != nil:
		return
	case errors.Is(err, store.ErrBuried):
		n.anew(ctx)
		return
	case err != nil:
		n.cfg.Log.WarnContext(ctx, "the store does not answer", "err", err)
		return
	}
	n.cfg.Time.Set(at, began, n.cfg.Clock.Now())
	n.isSure(began)
	late, gone := n.census.take(all, n.ID(), n.cfg.Clock.Now())
	for _, other := range late {
		was, err := n.cfg.Nodes.Bury(limited, other.ID, other.Beats)
		if err == nil && was {
			n.cfg.Log.WarnContext(ctx, "a node is dead", "node", other.Name, "silent", deadAfter)
			gone = append(gone, other.ID)
			n.census.forget(other.ID)
		}
	}
	for _, id := range gone {
		n.cfg.Gone(id)
	}
	signal(n.orphans)
}

// isSure notes that this node counts as alive; what it let go of in the meantime, it takes up again.
func (n *Node) isSure(began time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !before(n.cfg.Clock.Now(), n.sure) {
		n.resumes = true
	}
	n.sure, n.closed = began.Add(sureFor), false
}

// adopt takes up what is in nobody's hand, and what this node let go of that is still in its.
func (n *Node) adopt(ctx context.Context) error {
	for {
		select {
		case <-n.orphans:
		case <-ctx.Done():
			return nil
		}
		n.mu.Lock()
		resumes := n.resumes
		n.resumes = false // whoever lets go from now on has all taken up again
		n.mu.Unlock()
		err := n.takeUp(ctx, resumes)
		if err != nil && ctx.Err() == nil {
			n.cfg.Log.WarnContext(ctx, "work is not taken up", "err", err)
		}
	}
}

func (n *Node) takeUp(ctx context.Context, resumes bool) error {
	leads, err := n.cfg.Nodes.Claim(ctx, Jobs)
	n.mu.Lock()
	n.leads = err == nil && leads
	n.mu.Unlock()
	if err == nil && resumes {
		n.cfg.LetGo() // a stop that nobody noticed meanwhile
		err = n.inParts(ctx, n.held)
	}
	if err != nil {
		n.mu.Lock()
		n.resumes = n.resumes || resumes
		n.mu.Unlock()
		return err
	}
	err = n.inParts(ctx, n.cfg.Nodes.Adopt)
	n.doubts(err)
	if err == nil && leads {
		err = n.cfg.Nodes.Clean(ctx)
	}
	return err
}

// doubts has all be taken up again that is in this node's hand, if more may be than it was told of.
func (n *Node) doubts(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.resumes = n.resumes || errors.Is(err, store.ErrUnsure)
}

// held lists what this node has in hand, as inParts wants it.
func (n *Node) held(ctx context.Context, after string, limit int) (part []store.Taken, last string, err error) {
	part, err = n.cfg.Nodes.Held(ctx, after, limit)
	if len(part) == limit {
		last = part[limit-1].User
	}
	return part, last, err
}

// inParts takes up users who are listed in parts, each after the last one of the part before; "" is the end.
func (n *Node) inParts(ctx context.Context, list func(ctx context.Context, after string, limit int) ([]store.Taken, string, error)) error {
	for after, more := "", true; more; more = after != "" {
		part, last, err := list(ctx, after, orphansAtOnce)
		if err != nil {
			return err
		}
		if len(part) > 0 {
			n.cfg.Took(part)
		}
		after = last
	}
	return nil
}

// watch lets go of everything as soon as this node cannot be sure any more, whatever else hangs.
func (n *Node) watch(ctx context.Context) error {
	letGo := false
	for clock.Pause(ctx, n.cfg.Clock, beatEvery/4) == nil {
		n.mu.Lock()
		now := n.cfg.Clock.Now()
		late := max(now.Sub(n.sure), now.Round(0).Sub(n.sure.Round(0)))
		sendAway := late > cutOffAfter-sureFor && !n.closed
		n.closed = n.closed || sendAway
		n.mu.Unlock()
		if late < 0 {
			letGo = false
			continue
		}
		if !letGo {
			letGo = true
			n.cfg.Log.WarnContext(ctx, "the store has not answered for so long that nothing is done until it does", "since", sureFor)
			n.cfg.LetGo()
			n.mu.Lock()
			n.resumes = true // although it may be sure again by now
			n.mu.Unlock()
		}
		if sendAway {
			n.cfg.CutOff()
		}
	}
	return nil
}

// wake has letters looked for.
func (n *Node) wake() { signal(n.there) }

// signal never waits: whoever looks finds what is there.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// read hands on what other nodes tell, in the order of their telling.
func (n *Node) read(ctx context.Context) error {
	for ctx.Err() == nil {
		letters, more, err := n.cfg.Nodes.Letters(ctx)
		if err != nil && ctx.Err() == nil {
			n.cfg.Log.WarnContext(ctx, "letters of other nodes are not read", "err", err)
		}
		for _, l := range letters {
			n.cfg.Letter(l)
		}
		if more && err == nil {
			continue
		}
		n.pause(ctx)
	}
	return nil
}

// pause waits until letters may be there.
func (n *Node) pause(ctx context.Context) {
	n.mu.Lock()
	wait := listened
	if n.deaf {
		wait = deaf
	}
	n.mu.Unlock()
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	timer := n.cfg.Clock.AfterFunc(wait, cancel)
	defer timer.Stop()
	select {
	case <-n.there:
	case <-limited.Done():
	}
}
