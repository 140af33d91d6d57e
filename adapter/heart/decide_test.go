package heart

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// undecidedDesk is a heart whose CRM does not answer at first: nobody knows the rules.
type undecidedDesk struct {
	t      *testing.T
	heart  *Heart
	engine *run.Engine

	mu      sync.Mutex // guards what follows
	up      bool
	never   string // user for whom it never answers
	known   bool   // the rules are known without asking
	asked   int
	decided []string
}

func newUndecidedDesk(t *testing.T) *undecidedDesk {
	t.Helper()
	s, err := store.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	d := &undecidedDesk{t: t}
	began := time.Now()
	flows := []records.Flow{{ID: "f", Name: "pop", Source: fact.Voice, Event: "onConnecting", Version: "1", Script: []byte("{}")}}
	rules := records.Adapter{Name: "A", Flows: flows}
	d.engine = run.New(run.Config{Store: s, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Kinds: map[string]run.Kind{
		Decide: {Do: func(ctx context.Context, h *run.Hand) run.Next { return d.heart.Decider(d.read(rules))(ctx, h) }},
		Flow: {Do: func(_ context.Context, h *run.Hand) run.Next {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.decided = append(d.decided, fmt.Sprintf("%s at %v", h.Run.Contact, time.Since(began).Round(100*time.Millisecond)))
			return run.Next{Status: store.Completed}
		}},
	}})
	d.heart = New(Config{Store: s, Start: d.engine.Start, Open: d.engine.Open, Again: d.engine.Again, Rings: func(string) {},
		Rules: func(string) (records.Adapter, error, bool) {
			d.mu.Lock()
			defer d.mu.Unlock()
			return rules, nil, d.known
		},
		Over: func(_, _ string, _ bool) {}, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Bind: func(*store.Tx, string, string, time.Time) (bool, error) { return true, nil }})
	t.Cleanup(func() {
		d.engine.Close()
		_ = s.Close()
	})
	return d
}

func (d *undecidedDesk) read(rules records.Adapter) func(context.Context, string) (records.Adapter, error) {
	return func(_ context.Context, userID string) (records.Adapter, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.asked++
		if !d.up || userID == d.never {
			return records.Adapter{}, errors.New("the org does not answer")
		}
		return rules, nil
	}
}

func (d *undecidedDesk) rings(userID, contactID string) {
	d.t.Helper()
	c := wire.Contact{ContactID: contactID, Type: "voice", State: "connecting", Inbound: true, Since: time.Now().UnixMilli()}
	err := d.heart.Keep(context.Background(), userID, "p", wire.Event{Key: contactID + ":onConnecting:1", Source: fact.Voice,
		Event: "onConnecting", Contact: &c})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *undecidedDesk) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
}

// times counts how often the CRM was asked.
func (d *undecidedDesk) times() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked
}

// wait lets time pass, and gives what was decided until then.
func (d *undecidedDesk) wait(for_ time.Duration) string {
	time.Sleep(for_)
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.decided, ", ")
}

// A telephone rings while the org does not answer: it is asked again soon, however often it was.
func TestALiveRingIsDecidedAsSoonAsTheOrgAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newUndecidedDesk(t)
		d.rings("u", "c")
		if got := d.wait(6700 * time.Millisecond); got != "" {
			t.Fatalf("decided %s", got)
		}
		d.set(func() { d.up = true })
		if got := d.wait(1300 * time.Millisecond); got != "c at 7.8s" {
			t.Errorf("decided %s", got)
		}
		if n := d.times(); n > 9 {
			t.Errorf("asked %d times", n)
		}
	})
}

// What has waited for long is asked about seldom; that the org answers somebody has it go on all the same.
func TestOneAnswerOfTheOrgIsEverybodys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newUndecidedDesk(t)
		d.never = "w"
		d.rings("u", "old")
		d.rings("v", "older")
		d.rings("w", "never")
		d.wait(100 * time.Second)
		asked := d.times()
		d.wait(10 * time.Second)
		if n := d.times() - asked; n > 9 {
			t.Errorf("asked %d times", n)
		}
		d.set(func() { d.up = true })
		d.rings("x", "new")
		got := d.wait(400 * time.Millisecond) // for what came late its flows wait a moment
		for _, want := range []string{"new at 1m50s", "old at 1m50.3s", "older at 1m50.3s"} {
			if !strings.Contains(got, want) {
				t.Errorf("decided %q, without %s", got, want)
			}
		}
		if strings.Contains(got, "never") || d.engine.Open("w") != 1 {
			t.Errorf("decided %q", got)
		}
	})
}

// The rules have become known otherwise, as by a page that came: what waited goes on with it.
func TestWhatWaitsGoesOnWithTheNextFactThatFindsTheRules(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newUndecidedDesk(t)
		d.rings("u", "a")
		d.rings("u", "b")
		d.wait(30 * time.Second)
		d.set(func() { d.known, d.up = true, true })
		d.rings("u", "c")
		got := d.wait(400 * time.Millisecond)
		for _, want := range []string{"a at 30.3s", "b at 30.3s", "c at 30s"} {
			if !strings.Contains(got, want) {
				t.Errorf("decided %q, without %s", got, want)
			}
		}
	})
}
