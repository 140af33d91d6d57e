package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// What was acknowledged is there once after a failover, and what was refused is there once or not at all.
func TestFailover(t *testing.T) {
	t.Run("the primary is killed", func(t *testing.T) {
		failover(t, func(primary *pgtest.Server) { must(t, primary.Kill()) })
	})
	t.Run("the primary says nothing any more", func(t *testing.T) {
		failover(t, func(primary *pgtest.Server) { must(t, primary.Suspend()) })
	})
}

func failover(t *testing.T, lose func(primary *pgtest.Server)) {
	t.Parallel()
	primary := start(t, pgtest.Config{})
	replica, err := primary.Replica(within(t))
	must(t, err)
	closeAfter(t, replica)
	if _, err := Open(within(t), replica.DSN("postgres"), clock.System{}); !errors.Is(err, errCopy) {
		t.Errorf("a copy was taken: %v", err)
	}
	b := open(t, hosts(t, replica, primary))
	w := &writers{b: b, ends: map[string]error{}, warm: make(chan struct{})}
	stop := w.start(within(t))
	<-w.warm
	lose(primary)
	promoted := replica.Promote(within(t))
	w.promoted.Store(time.Now().UnixNano())
	must(t, promoted)
	after := w.await(t)
	stop()
	t.Logf("durable again %v after the promotion; %d done, %d refused", after.Round(time.Millisecond), w.done, w.refused)
	if after > 10*time.Second {
		t.Errorf("it took %v after the promotion", after)
	}
	primary.Resume() // it believes that it is the primary still
	w.check(t, replica.DSN("postgres"))
	if lost, fresh := w.refused, keep(within(t), b, "last"); fresh != nil {
		t.Errorf("%d refused; %v", lost, fresh)
	}
	for i := range 40 { // nobody reads what is old
		err := b.Read(within(t), func(ctx context.Context, l database.Line) error {
			rows, err := l.Query(ctx, `SELECT 1 FROM kept WHERE key = 'last'`)
			if err != nil {
				return err
			}
			defer rows.Close()
			if !rows.Next() {
				t.Errorf("read %d did not see the latest", i)
			}
			return rows.Err()
		})
		must(t, err)
	}
}

// paused tells of each pause, which begins after something was tried in vain.
type paused struct {
	clock.Clock
	begun chan struct{}
}

func (p paused) AfterFunc(d time.Duration, f func()) clock.Timer {
	select {
	case p.begun <- struct{}{}:
	default:
	}
	return p.Clock.AfterFunc(d, f)
}

// Whoever comes while none of the servers is the primary waits for the one that becomes it.
func TestOpenWaitsForAFailover(t *testing.T) {
	t.Parallel()
	primary := start(t, pgtest.Config{})
	replica, err := primary.Replica(within(t))
	must(t, err)
	closeAfter(t, replica)
	must(t, primary.Kill())
	clk := paused{clock.System{}, make(chan struct{}, 1)}
	opened := make(chan error, 1)
	go func() {
		b, err := Open(within(t), hosts(t, primary, replica), clk)
		if err == nil {
			err = b.Close()
		}
		opened <- err
	}()
	select {
	case <-clk.begun:
		must(t, replica.Promote(within(t)))
		must(t, <-opened)
	case err := <-opened:
		t.Errorf("it did not wait: %v", err)
	}
}

// writers act and keep by keys of their own.
type writers struct {
	b        *DB
	promoted atomic.Int64 // epoch nanoseconds

	mu            sync.Mutex // guards the rest
	ends          map[string]error
	done, refused int
	warm          chan struct{} // closed once there is something to lose
	again         time.Time     // when the first transaction ended that began after the promotion
}

func (w *writers) start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				key := fmt.Sprintf("%d/%d", i, n)
				began := time.Now()
				w.ended(key, began, w.write(context.WithoutCancel(ctx), key))
			}
		})
	}
	return func() { cancel(); all.Wait() }
}

func (w *writers) write(ctx context.Context, key string) error {
	return w.b.Do(ctx, func(ctx context.Context, l database.Line) error {
		if _, err := l.Exec(ctx, `INSERT INTO done (key) VALUES (?)`, key); err != nil {
			return err
		}
		_, err := l.Exec(ctx, `INSERT INTO kept (key) VALUES (?) ON CONFLICT DO NOTHING`, key)
		return err
	})
}

func (w *writers) ended(key string, began time.Time, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ends[key] = err
	if err != nil {
		w.refused++
		return
	}
	if w.done++; w.done == 200 {
		close(w.warm)
	}
	if promoted := w.promoted.Load(); promoted != 0 && w.again.IsZero() && began.UnixNano() >= promoted {
		w.again = time.Now()
	}
}

// await waits for the first transaction that began after the promotion.
func (w *writers) await(t *testing.T) time.Duration {
	t.Helper()
	for ctx := within(t); ; {
		w.mu.Lock()
		again := w.again
		w.mu.Unlock()
		if !again.IsZero() {
			return again.Sub(time.Unix(0, w.promoted.Load()))
		}
		must(t, clock.Pause(ctx, clock.System{}, 5*time.Millisecond))
	}
}

// check asks the new primary.
func (w *writers) check(t *testing.T, dsn string) {
	t.Helper()
	found := map[string]int{}
	rows, err := raw(t, dsn).Query(within(t), `SELECT key, count(*) FROM done GROUP BY key`)
	must(t, err)
	for rows.Next() {
		var key string
		var n int
		must(t, rows.Scan(&key, &n))
		found[key] = n
	}
	must(t, rows.Err())
	for key, err := range w.ends {
		switch n := found[key]; {
		case err == nil && n != 1:
			t.Errorf("%s was acknowledged and is there %d times", key, n)
		case err != nil && (!errors.Is(err, database.ErrFull) || n > 1):
			t.Errorf("%s was refused and is there %d times: %v", key, n, err)
		case err != nil:
			must(t, keep(within(t), w.b, key))
			if n := one[int](t, dsn, `SELECT count(*) FROM kept WHERE key = $1`, key); n != 1 {
				t.Errorf("%s was repeated and is there %d times", key, n)
			}
		}
	}
}
