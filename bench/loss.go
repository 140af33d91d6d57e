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
	how   string
	at    time.Time
	lasts time.Duration // the org's trouble
	back  time.Time     // when the adapter was started again
}

// What is done, and how often of a hundred.
var kills = []struct {
	how   string
	share int
}{
	{"adapter killed", 34}, {"adapter ended", 13}, {"page loaded again", 14}, {"tab closed", 10}, {"all tabs closed", 9},
	{"org cut off in its answer", 8}, {"org answers 504 after its work", 6}, {"org hangs", 6},
}

// desks are agents at work before an adapter that is killed again and again.
type desks struct {
	node     *node
	org      *ledgerOrg
	browsers []*browser
	random   *rand.Rand // of the killer alone
	kills    []kill
	slowEnds int // times that the adapter was asked to end, and did not in endWithin
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
	ended := time.Now()
	d.settle(ctx)
	settled := time.Since(ended)
	seen := d.seen()
	end()
	for _, br := range d.browsers {
		br.shut(-1)
	}
	d.node.program.stop()
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
	for _, k := range kills {
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

func (d *desks) close() {
	for _, br := range d.browsers {
		if br.real != nil {
			br.real.end()
		}
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
	n, err := b.newNode("loss", org.keep, org.between, origin)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	d := &desks{node: n, org: org, random: rand.New(rand.NewPCG(uint64(b.seed), 0))}
	var numbers atomic.Int64
	for i := range b.agents {
		session, err := n.signIn(ctx, i+1)
		if err != nil {
			return nil, err
		}
		br := newBrowser(n, org, userID(strconv.Itoa(i+1)), session)
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
		share := d.random.IntN(100)
		k := 0
		for ; share >= kills[k].share; k++ {
			share -= kills[k].share
		}
		if err := d.breaks(ctx, kills[k].how); err != nil {
			return err
		}
	}
	return nil
}

// breaks breaks one thing, and puts it together again.
func (d *desks) breaks(ctx context.Context, how string) error {
	random := d.random
	k := kill{how: how, at: time.Now()}
	defer func() { d.kills = append(d.kills, k) }()
	switch how {
	case "adapter killed", "adapter ended":
		signal := syscall.SIGKILL
		if how == "adapter ended" {
			signal = syscall.SIGTERM
		}
		_ = d.node.program.cmd.Process.Signal(signal)
		select {
		case <-d.node.program.ended:
		case <-time.After(endWithin):
			d.slowEnds++
			_ = d.node.program.cmd.Process.Kill()
			<-d.node.program.ended
		}
		wait(ctx, time.Duration(random.IntN(1500))*time.Millisecond)
		k.back = time.Now()
		return d.node.launch(context.WithoutCancel(ctx)) // it is ended by whoever asks it
	case "page loaded again", "tab closed", "all tabs closed":
		d.breaksPage(ctx, d.browsers[random.IntN(len(d.browsers))], how)
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
