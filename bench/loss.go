package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// kill is one thing that was done to the whole, and when.
type kill struct {
	how      string
	at       time.Time
	lasts    time.Duration // trouble of the org, of the database, or of what pages cannot see of a node
	back     time.Time     // when the adapter was started again
	agents   map[int]bool  // whom it concerns, counted from 0; nil for all
	promoted time.Time     // when the database's replica took over
	reopened time.Time     // when tabs that were closed were there again
}

// What is done to an adapter that is alone.
var faultsAlone = []fault{
	{"adapter killed", 34}, {"adapter ended", 13}, {"page loaded again", 14}, {"tab closed", 10}, {"all tabs closed", 9},
	{"org cut off in its answer", 8}, {"org answers 504 after its work", 6}, {"org hangs", 6},
}

// desks are agents at work before an adapter that is killed again and again.
type desks struct {
	node     *node    // nil of many
	cluster  *cluster // nil of one that is alone
	org      *ledgerOrg
	browsers []*browser
	random   *rand.Rand // of the killer alone
	faults   []fault
	mends    sync.WaitGroup // nodes that are being put together again

	mu       sync.Mutex // guards what follows
	kills    []kill
	failed   error // what could not be put together again
	slowEnds int   // times that the adapter was asked to end, and did not in endWithin
}

// loss has agents take calls while the adapter, their tabs and the org are broken at random moments, and counts what is missing or double
// at the end.
func (b bench) loss(ctx context.Context) ([]figure, error) {
	d, err := b.newDesks(ctx)
	if d != nil {
		defer d.close()
	}
	if err != nil {
		return nil, err
	}
	open, end := context.WithCancel(ctx)
	defer end()
	until, enough := context.WithCancel(ctx)
	defer enough()
	var work sync.WaitGroup
	for i, br := range d.browsers {
		random := rand.New(rand.NewPCG(uint64(b.seed), uint64(1000+i)))
		for range 1 + i%2 { // every second agent has two tabs, and so has the real browser's
			br.open(open, random)
		}
		work.Go(func() { br.centre.work(ctx, until) })
	}
	began := time.Now()
	if err := d.killer(open, b.kills, time.Duration(b.minutes)*time.Minute); err != nil {
		return nil, err
	}
	enough()
	work.Wait()
	d.mends.Wait()
	ended := time.Now()
	d.settle(ctx)
	settled := time.Since(ended)
	seen := d.seen()
	end()
	for _, br := range d.browsers {
		br.shut(-1)
	}
	d.stop()
	v, err := d.verdict(ctx, seen)
	if err != nil {
		return nil, err
	}
	for _, line := range v.told {
		fmt.Fprintln(os.Stderr, "\n"+line)
	}
	kinds := map[string]int{}
	for _, k := range d.kills {
		kinds[k.how]++
	}
	figures := v.figures()
	if d.cluster != nil {
		figures = append(figures, d.recoveryFigures(seen)...)
	}
	for _, k := range d.faults {
		figures = append(figures, once("kills: "+k.how, "", float64(kinds[k.how])))
	}
	return append(figures, once("settled after the last call", "s", settled.Seconds()), once("kills", "", float64(len(d.kills))),
		once("seed", "", float64(b.seed)), once("minutes", "", ended.Sub(began).Minutes())), nil
}

// seen is what the browsers have to say, while they are open.
func (d *desks) seen() (all []seen) {
	for _, br := range d.browsers {
		all = append(all, br.seen())
	}
	return all
}

// stop ends the adapter.
func (d *desks) stop() {
	if d.cluster != nil {
		d.cluster.stop()
		return
	}
	d.node.program.stop()
}

func (d *desks) close() {
	for _, br := range d.browsers {
		if br.real != nil {
			br.real.end()
		}
	}
	if d.cluster != nil {
		d.mends.Wait()
		_ = d.cluster.close()
		return
	}
	_ = d.node.close()
}

// newDesks signs the agents in. The last one has a real browser.
func (b bench) newDesks(ctx context.Context) (*desks, error) {
	org := newLedgerOrg()
	l, origin, err := listenForPages()
	if err != nil {
		return nil, err
	}
	d := &desks{org: org, random: rand.New(rand.NewPCG(uint64(b.seed), 0)), faults: faultsAlone}
	if b.nodes > 0 {
		d.faults = faultsOfNodes
		d.cluster, err = b.newCluster(ctx, org, origin)
	} else if d.node, err = b.newNode("loss", org.keep, org.between, origin); err == nil {
		err = d.node.start(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	var numbers atomic.Int64
	for i := range b.agents {
		door := d.node
		if d.cluster != nil {
			door = d.cluster.door(1 + i)
		}
		session, err := door.signIn(ctx, i+1)
		if err != nil {
			return d, err
		}
		br := newBrowser(door, org, userID(strconv.Itoa(i+1)), session)
		br.centre = &centre{n: i + 1, browser: br, org: org, random: rand.New(rand.NewPCG(uint64(b.seed), uint64(i+1))), numbers: &numbers,
			dialling: make(chan string, 1)}
		d.browsers = append(d.browsers, br)
	}
	last := d.browsers[len(d.browsers)-1]
	last.real, err = newChromium(ctx, last, l, origin)
	return d, err
}

// killer breaks something at a random moment of each interval.
func (d *desks) killer(ctx context.Context, n int, within time.Duration) error {
	each := within / time.Duration(n)
	began := time.Now()
	for i := range n {
		at := time.Duration(i)*each + time.Duration(d.random.Int64N(int64(each)))
		if !wait(ctx, time.Until(began.Add(at))) {
			return ctx.Err()
		}
		if err := d.breaks(ctx, draw(d.random, d.faults)); err != nil {
			return err
		}
	}
	return nil
}

// breaks breaks one thing, and puts it together again.
func (d *desks) breaks(ctx context.Context, how string) error {
	random := d.random
	switch how {
	case nodeKilled, nodeEnded, nodeStopped, nodeCutOff:
		return d.breaksNode(ctx, how)
	case databaseFailsOver:
		if d.failOvers() >= mostFailOvers {
			how = databaseRestarted
		}
		return d.breaksDatabase(ctx, how)
	case databaseRestarted, databaseStopped, databaseHangsUp:
		return d.breaksDatabase(ctx, how)
	}
	k := kill{how: how, at: time.Now()}
	defer func() { d.note(k, nil) }()
	switch how {
	case "adapter killed", "adapter ended":
		k.back = d.breaksAdapter(ctx, how == "adapter ended")
		return d.node.launch(context.WithoutCancel(ctx)) // it is ended by whoever asks it
	case "page loaded again", "tab closed", "all tabs closed":
		i := random.IntN(len(d.browsers))
		k.agents = map[int]bool{i: true}
		d.breaksPage(ctx, d.browsers[i], how)
		k.reopened = time.Now()
	default:
		k.lasts = time.Duration(500+random.IntN(5500)) * time.Millisecond
		if how == "org hangs" && random.IntN(4) == 0 {
			k.lasts = 33 * time.Second // longer than anybody waits for it
		}
		d.org.fail(map[string]trouble{"org cut off in its answer": cutOff, "org answers 504 after its work": tooLate, "org hangs": hangs}[how],
			k.at.Add(k.lasts))
	}
	return nil
}

// breaksAdapter ends the adapter that is alone, and says when it may be started again.
func (d *desks) breaksAdapter(ctx context.Context, asks bool) time.Time {
	p := d.node.program
	if asks {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
	} else {
		_ = p.cmd.Process.Kill()
	}
	d.ends(p)
	wait(ctx, time.Duration(d.random.IntN(1500))*time.Millisecond)
	return time.Now()
}

// ends waits until a program has ended; one that does not is killed, and counted.
func (d *desks) ends(p *program) {
	select {
	case <-p.ended:
	case <-time.After(endWithin):
		d.mu.Lock()
		d.slowEnds++
		d.mu.Unlock()
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// breaksPage takes tabs from an agent for a while.
func (d *desks) breaksPage(ctx context.Context, br *browser, how string) {
	random := d.random
	away := time.Duration(1000+random.IntN(5000)) * time.Millisecond
	if how == "page loaded again" {
		away = time.Duration(random.IntN(300)) * time.Millisecond
	}
	next := rand.New(rand.NewPCG(random.Uint64(), 1))
	which, tabs := random.IntN(2), br.count()
	switch {
	case how == "page loaded again" && br.real != nil:
		br.real.reload(which % tabs)
		return
	case how == "all tabs closed":
		which = -1
	default:
		which, tabs = which%tabs, 1
	}
	br.shut(which)
	wait(ctx, away)
	for range tabs {
		br.open(ctx, next)
	}
}

// settleWithin is how long everything may take to come to rest when nothing breaks any more.
const settleWithin = 2 * time.Minute

// settle waits until all that is expected is there, or will not come.
func (d *desks) settle(ctx context.Context) {
	deadline := time.Now().Add(settleWithin)
	for time.Now().Before(deadline) && ctx.Err() == nil {
		tasks, rows := d.org.kept()
		logged := map[string]bool{}
		for _, t := range tasks {
			logged[t.contact] = true
		}
		open := 0
		for _, br := range d.browsers {
			open += br.seen().unsent
			for _, c := range br.centre.calls {
				if c.heardAnswer && !logged[c.id] || c.heardRing && !rows[c.id] {
					open++
				}
			}
		}
		if open == 0 {
			wait(ctx, 3*time.Second) // what is double comes late
			return
		}
		wait(ctx, 100*time.Millisecond)
	}
}
