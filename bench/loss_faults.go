package main

import (
	"context"
	"math/rand/v2"
	"syscall"
	"time"
)

// fault is what is done, and how often of a hundred.
type fault struct {
	how   string
	share int
}

// What is done to nodes that share a database.
var faultsOfNodes = []fault{
	{nodeKilled, 22}, {nodeEnded, 10}, {nodeStopped, 8}, {nodeCutOff, 8},
	{databaseRestarted, 4}, {databaseFailsOver, 4}, {databaseStopped, 4}, {databaseHangsUp, 4},
	{"page loaded again", 12}, {"tab closed", 8}, {"all tabs closed", 6},
	{"org cut off in its answer", 4}, {"org answers 504 after its work", 3}, {"org hangs", 3},
}

const (
	nodeKilled        = "node killed"
	nodeEnded         = "node ended, and started again"
	nodeStopped       = "node stopped for a while"
	nodeCutOff        = "node cut off from the database"
	databaseRestarted = "database restarted"
	databaseFailsOver = "database killed, its replica promoted"
	databaseStopped   = "database stopped for a while"
	databaseHangsUp   = "database closes all connections"
)

// mostFailOvers bounds how often a new replica has to be made.
const mostFailOvers = 12

// draw draws what is done.
func draw(random *rand.Rand, of []fault) string {
	share := random.IntN(100)
	k := 0
	for ; share >= of[k].share; k++ {
		share -= of[k].share
	}
	return of[k].how
}

// breaksNode does something to a node; it is put together again while other things are done.
func (d *desks) breaksNode(ctx context.Context, how string) error {
	next := rand.New(rand.NewPCG(d.random.Uint64(), 2))
	m := d.cluster.take(ctx, d.random.IntN(len(d.cluster.nodes)))
	if m == nil {
		return ctx.Err()
	}
	k := &kill{how: how, at: time.Now(), agents: d.cluster.balancer.at(m.n)}
	d.mends.Go(func() {
		err := d.mend(ctx, m, k, next)
		d.cluster.back(ctx, m)
		d.note(*k, err)
	})
	return nil
}

// mend breaks a node, and puts it together again.
func (d *desks) mend(ctx context.Context, m *member, k *kill, random *rand.Rand) error {
	switch k.how {
	case nodeKilled:
		m.toEnd()
		_ = m.program.cmd.Process.Kill()
		<-m.program.ended
		wait(ctx, time.Duration(random.IntN(4000))*time.Millisecond)
		return d.cluster.again(context.WithoutCancel(ctx), m) // it is ended by whoever asks it
	case nodeEnded:
		m.toEnd()
		_ = m.program.cmd.Process.Signal(syscall.SIGTERM)
		d.ends(m.program)
		return d.cluster.again(context.WithoutCancel(ctx), m)
	case nodeStopped:
		_ = m.program.cmd.Process.Signal(syscall.SIGSTOP)
		wait(ctx, time.Duration(3000+random.IntN(27_000))*time.Millisecond)
		_ = m.program.cmd.Process.Signal(syscall.SIGCONT)
		k.lasts = min(time.Since(k.at), leftAfterStop) + mendsWithin
	case nodeCutOff:
		holds := random.IntN(2) == 0
		for _, r := range m.relays {
			if holds {
				r.hold()
			} else {
				r.refuse()
			}
		}
		wait(ctx, time.Duration(1000+random.IntN(14_000))*time.Millisecond)
		for _, r := range m.relays {
			r.release()
		}
		k.lasts = min(time.Since(k.at), leftAfterCut) + mendsWithin
	}
	return nil
}

const (
	// leftAfterStop is when the last page leaves a node that says nothing, leftAfterCut one that says that it is cut off. mendsWithin is how
	// long it may then take until pops go on: others take up a dead node's work after five seconds.
	leftAfterStop = 23 * time.Second
	leftAfterCut  = 9 * time.Second
	mendsWithin   = 2 * time.Second
	// failOverWithin is how long after a promotion pops may be away.
	failOverWithin = 10 * time.Second
)

// breaksDatabase does something to the database, which is the fault of all nodes.
func (d *desks) breaksDatabase(ctx context.Context, how string) error {
	k := kill{how: how, at: time.Now()}
	s := d.cluster.servers
	var err error
	switch how {
	case databaseRestarted:
		err = s.restart(ctx)
		k.lasts = time.Since(k.at) + mendsWithin
	case databaseStopped:
		err = s.pause(ctx, time.Duration(1000+d.random.IntN(4000))*time.Millisecond)
		k.lasts = time.Since(k.at) + mendsWithin
	case databaseHangsUp:
		err = s.hangUp(ctx)
		k.lasts = mendsWithin
	case databaseFailsOver:
		noticed := time.Duration(500+d.random.IntN(1500)) * time.Millisecond
		if err := s.replicated(); err != nil {
			return err
		}
		k.at = time.Now()
		k.promoted, err = s.failOver(ctx, noticed)
		k.lasts = k.promoted.Sub(k.at) + failOverWithin
	}
	d.note(k, err)
	return err
}

// failOvers counts how often the database failed over.
func (d *desks) failOvers() (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, k := range d.kills {
		if k.how == databaseFailsOver {
			n++
		}
	}
	return n
}

// note keeps what was done.
func (d *desks) note(k kill, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kills = append(d.kills, k)
	if err != nil && d.failed == nil {
		d.failed = err
	}
}
