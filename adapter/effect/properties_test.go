package effect

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// threePages is a hub at which three pages are open, and none is asked.
type threePages struct{}

func (threePages) Over(string, string)        {}
func (threePages) Caller(string, wire.Caller) {}
func (threePages) Do(context.Context, string, wire.Command) (socket.Answer, error) {
	return socket.Answer{}, errors.New("no page is asked")
}
func (threePages) GiveUp(string, string) bool { return false }
func (threePages) Notify(string, wire.Notice) {}
func (threePages) Pages(string) int           { return 3 }

// drawer is where flows keep what they share, with a disk of its own.
type drawer struct {
	t     *testing.T
	flows *Flows
	store *store.Store
	clock *clock.Fake
}

func newDrawer(t *testing.T) *drawer {
	t.Helper()
	s, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &drawer{t: t, store: s, clock: clock.NewFake(time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC))}
	d.flows = NewFlows(FlowsConfig{Store: s, Hub: threePages{}, Clock: d.clock,
		Client: func(context.Context, string) (*salesforce.Client, error) { return nil, errors.New("no CRM") }})
	return d
}

// of is what a run sees.
func (d *drawer) of(id int64, user, contact string) *properties {
	h := &run.Hand{Run: store.Run{ID: id, User: user, Contact: contact}}
	return &properties{flows: d.flows, run: &h.Run, hand: h}
}

func (d *drawer) all(p *properties) map[string]any {
	d.t.Helper()
	all, err := p.All(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	if all[flow.OpenAgentTabs] != 3.0 {
		d.t.Errorf("%v pages are open", all[flow.OpenAgentTabs])
	}
	delete(all, flow.OpenAgentTabs)
	return all
}

func step(n int) flow.Effect { return flow.Effect{Action: "uid-1", Visit: n} }

func TestPropertiesAreSharedAndBound(t *testing.T) {
	d := newDrawer(t)
	first, second, other := d.of(1, "005A", "c1"), d.of(2, "005A", "c2"), d.of(3, "005B", "c1")
	for n, err := range []error{
		first.Set(t.Context(), step(1), "task", map[string]any{"Id": "00T"}),
		first.Set(t.Context(), step(2), "contact:seen", true),
		second.Set(t.Context(), step(1), "contact:seen", "other"),
		other.Set(t.Context(), step(1), "task", "another agent's"),
	} {
		if err != nil {
			t.Fatalf("%d: %v", n, err)
		}
	}
	want := map[string]any{"task": map[string]any{"Id": "00T"}, "contact:seen": true}
	if diff := cmp.Diff(want, d.all(first)); diff != "" {
		t.Error(diff)
	}
	if err := first.Clear(t.Context(), step(3)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{}, d.all(first)) + cmp.Diff(map[string]any{"contact:seen": "other"}, d.all(second)) +
		cmp.Diff(map[string]any{"task": "another agent's"}, d.all(other)); diff != "" {
		t.Error(diff)
	}
}

// TestWritesHappenOnce: a run that is repeated changes nothing that came after it, and counts no second time.
func TestWritesHappenOnce(t *testing.T) {
	d := newDrawer(t)
	first, second := d.of(1, "005A", ""), d.of(2, "005A", "")
	for range 3 {
		if n, err := first.Count(t.Context(), step(1), "calls", 2); err != nil || n != 2 {
			t.Errorf("counted to %v: %v", n, err)
		}
	}
	if n, err := second.Count(t.Context(), step(1), "calls", 1); err != nil || n != 3 {
		t.Errorf("another run counts to %v: %v", n, err)
	}
	if n, err := first.Count(t.Context(), step(1), "calls", 2); err != nil || n != 2 {
		t.Errorf("repeated, it counted to %v: %v", n, err)
	}
	_ = first.Set(t.Context(), step(2), "k", "old")
	_ = second.Set(t.Context(), step(2), "k", "new")
	if err := first.Set(t.Context(), step(2), "k", "old"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"calls": 3.0, "k": "new"}, d.all(first)); diff != "" {
		t.Error(diff)
	}
}

func TestCountersLoseNothing(t *testing.T) {
	d := newDrawer(t)
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			if _, err := d.of(int64(n), "005A", "").Count(t.Context(), step(1), "n", 1); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n, _, err := d.of(0, "005A", "").Get(t.Context(), "n"); n != 50.0 || err != nil {
		t.Errorf("%v: %v", n, err)
	}
}

func TestPropertiesAreBounded(t *testing.T) {
	d := newDrawer(t)
	p := d.of(1, "005A", "")
	refused := func(name string, err error, says string) {
		t.Helper()
		if no, ok := errors.AsType[*flow.Refused](err); !ok || !strings.Contains(no.Reason, says) {
			t.Errorf("%s: %v, want %q", name, err, says)
		}
	}
	refused("what has no contact", p.Set(t.Context(), step(1), "contact:x", 1), "this event has none")
	refused("no key", p.Set(t.Context(), step(1), "", 1), "is empty")
	refused("a long key", p.Set(t.Context(), step(1), strings.Repeat("k", 201), 1), "longer than 200 bytes")
	refused("the adapter's own", p.Set(t.Context(), step(1), flow.UserProfile, 1), "only read it")
	refused("what is too large", p.Set(t.Context(), step(1), "k", strings.Repeat("x", maxPropertyBytes)), "200 and 64 kB together")
	for n := range maxProperties {
		if err := p.Set(t.Context(), step(n+10), strconv.Itoa(n), n); err != nil {
			t.Fatal(err)
		}
	}
	refused("one more", p.Set(t.Context(), step(1), "one more", 1), "200 and 64 kB together")
	if err := p.Set(t.Context(), step(2), "7", "changed"); err != nil {
		t.Errorf("one that is there: %v", err)
	}
	if _, found, err := p.Get(t.Context(), "one more"); found || err != nil {
		t.Errorf("what was refused is there: %v, %v", found, err)
	}
	_ = p.Set(t.Context(), step(3), "8", "text")
	_, err := p.Count(t.Context(), step(4), "8", 1)
	refused("no number", err, "is no number")
	if _, _, err := p.Get(t.Context(), flow.UserProfile); err == nil {
		t.Error("without a CRM there is a profile")
	}
}

// TestPropertiesOfAContactGoWithIt: not while a page lists it, nor while a run of it is open.
func TestPropertiesOfAContactGoWithIt(t *testing.T) {
	d := newDrawer(t)
	p := d.of(1, "005A", "c1")
	if err := errors.Join(p.Set(t.Context(), step(1), "contact:k", 1), p.Set(t.Context(), step(2), "k", 1)); err != nil {
		t.Fatal(err)
	}
	mark := func(events ...string) {
		t.Helper()
		s := contact.New("005A", "c1")
		for _, event := range events {
			s.Marks = append(s.Marks, contact.Mark{Event: event, At: d.clock.Now()})
		}
		err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.PutState("005A", "c1", d.clock.Now(), s.Live(), s) })
		if err != nil {
			t.Fatal(err)
		}
	}
	r := store.Run{User: "005A", Contact: "c1", Status: store.Waiting, Created: d.clock.Now()}
	has := func(when string, want bool) {
		t.Helper()
		if err := d.flows.DropCleared(t.Context()); err != nil {
			t.Fatal(err)
		}
		if all := d.all(p); (all["contact:k"] != nil) != want || all["k"] == nil {
			t.Errorf("%s: %v", when, all)
		}
	}
	mark(contact.OnConnecting)
	has("while it rings", true)
	mark(contact.OnConnecting, contact.OnEnded)
	has("in after-call work", true)
	if err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.AddRun(&r) }); err != nil {
		t.Fatal(err)
	}
	mark(contact.OnConnecting, contact.OnEnded, contact.OnDestroy)
	has("while a run of it is open", true)
	err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.EndRun(r.ID, store.Completed, "", d.clock.Now()) })
	if err != nil {
		t.Fatal(err)
	}
	has("when it is cleared", false)
}
