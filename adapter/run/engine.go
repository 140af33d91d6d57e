package run

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	atOnce     = 4   // runs of one agent that are under way
	allAtOnce  = 512 // runs of all agents that are under way
	maxParked  = 256 // runs of one agent that are under way and only wait
	maxHeld    = 64  // runs of one agent that are kept in memory before they start; the others are read again
	loadAtOnce = 1000
	// againAfter is the pause before what could not be taken is taken again, againWithin the longest before what could not be written is.
	againAfter  = time.Second
	againWithin = 5 * time.Second
	writeTries  = 8           // of what the store refuses for another reason than that there is no room
	saidEvery   = time.Minute // that the store takes nothing, however many runs there are
)

// Config is what an engine needs.
type Config struct {
	Store Store
	Kinds map[string]Kind
	Clock clock.Clock
	Log   *slog.Logger
	// Ended hears of each run that has ended, nil for nobody.
	Ended func(store.Run)
}

// Engine is safe for concurrent use.
type Engine struct {
	cfg  Config
	ctx  context.Context // ends with the engine
	stop context.CancelFunc
	work sync.WaitGroup
	// seldom keeps a store that takes nothing from filling the log.
	seldom rate.Sometimes

	loading sync.Mutex // held by whoever takes up a user's runs

	mu       sync.Mutex // guards what follows
	queue    queue
	holdings map[string]store.Holding // by user: as of which the queue knows all runs of the user
	timer    clock.Timer
	alarm    time.Time // when timer fires; zero for never
	ended    bool
}

// New begins nothing; Load takes up what an earlier engine left, Close ends.
func New(cfg Config) *Engine {
	ctx, stop := context.WithCancel(context.Background())
	return &Engine{cfg: cfg, ctx: ctx, stop: stop, queue: newQueue(),
		holdings: map[string]store.Holding{}, seldom: rate.Sometimes{Interval: saidEvery}}
}

// Load takes up every run that has not ended, oldest first. It is called before anything new is added.
func (e *Engine) Load(ctx context.Context) error {
	var all []store.OpenRun
	for after := int64(0); ; {
		var open []store.OpenRun
		err := e.cfg.Store.View(ctx, func(tx *store.Tx) (err error) {
			open, err = tx.OpenRuns(after, loadAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		all = append(all, open...)
		if len(open) < loadAtOnce {
			break
		}
		after = open[len(open)-1].ID
	}
	e.mu.Lock()
	e.takeUp(all)
	e.mu.Unlock()
	e.turn()
	return nil
}

// Start takes up runs that a transaction has just added; they are in this engine's hand from their first row on.
func (e *Engine) Start(runs ...*store.Run) {
	behind := map[string]bool{} // users of whom this engine does not know all runs
	e.mu.Lock()
	for _, r := range runs {
		switch {
		case !r.Status.Open() || r.Elsewhere:
		case e.holdings[r.User] != r.Holding:
			behind[r.User] = true
		default:
			n := &entry{id: r.ID, user: r.User, contact: r.Contact, lane: r.Lane, kind: r.Kind, wake: r.Wake, waits: r.Waits,
				last: e.cfg.Kinds[r.Kind].Last}
			if e.queue.open(r.User) < maxHeld {
				n.run = r
			}
			e.queue.add(n)
		}
	}
	for userID := range behind {
		if !e.ended {
			e.work.Go(func() { e.LoadUsers(userID) })
		}
	}
	e.mu.Unlock()
	e.turn()
}

// Wake has the runs go on that wait for a user's sign-in.
func (e *Engine) Wake(userID string) {
	e.mu.Lock()
	e.queue.signedIn(userID)
	e.mu.Unlock()
	e.turn()
}

// Open counts a user's runs that have not ended.
func (e *Engine) Open(userID string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.queue.open(userID)
}

// Standing is how much there is to do.
type Standing struct{ Open, UnderWay, Waiting int }

// Standing counts the runs that have not ended: all of them, those under way, and those that wait for a sign-in.
func (e *Engine) Standing() Standing {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.queue.standing()
}

// Close stops all runs where they are and waits until their hands are empty. They go on with the next engine.
func (e *Engine) Close() {
	e.mu.Lock()
	e.ended = true
	if e.timer != nil {
		e.timer.Stop()
	}
	e.mu.Unlock()
	e.stop()
	e.work.Wait()
}

// turn starts what can start, and sets the alarm for what cannot yet.
func (e *Engine) turn() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended {
		return
	}
	now := e.cfg.Clock.Now()
	for next := e.queue.take(now); next != nil; next = e.queue.take(now) {
		e.work.Go(func() { e.carryOut(next) })
	}
	e.setAlarm(now)
}

// setAlarm wakes the engine for the run that is due first; e.mu is held.
func (e *Engine) setAlarm(now time.Time) {
	due := e.queue.due()
	if due.IsZero() || !e.alarm.IsZero() && !e.alarm.After(due) {
		return
	}
	if e.timer != nil {
		e.timer.Stop()
	}
	e.alarm = due
	e.timer = e.cfg.Clock.AfterFunc(max(due.Sub(now), 0), func() {
		e.mu.Lock()
		if back := due.Sub(e.cfg.Clock.Now()); back > 0 && e.alarm.Equal(due) {
			e.queue.setBack(back)
		}
		e.alarm = time.Time{}
		e.mu.Unlock()
		e.turn()
	})
}

// carryOut has a run in hand until it has ended or waits.
func (e *Engine) carryOut(n *entry) {
	defer e.turn()
	next, run := e.do(n)
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.ctx.Err() != nil || n.gone:
		return
	case next.Status.Open():
		n.wake, n.waits, n.run = next.Wake, next.Waits, run
		if n.waits != "" || e.queue.open(n.user) > maxHeld {
			n.run = nil // it may be long: its row has it
		}
		e.queue.back(n)
	default:
		e.queue.end(n)
	}
}

func (e *Engine) park(n *entry) {
	e.mu.Lock()
	e.queue.park(n)
	e.mu.Unlock()
	e.turn()
}
