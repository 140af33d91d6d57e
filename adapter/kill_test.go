package adapter

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// process is what dies: after it, nothing of it is written, asked or sent.
type process struct {
	mu   sync.Mutex // guards what follows
	left int        // steps until it dies; below zero for never
	dead bool
	late bool // it dies after the step was done, else before
	died int
}

// step says whether a step may be done and whether its end is told.
func (p *process) step() (do, tell bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dead {
		return false, false
	}
	if p.left--; p.left == 0 {
		p.dead = true
		p.died++
		return p.late, false
	}
	return true, true
}

// kill ends it now.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dead = true
}

func (p *process) isDead() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dead
}

// dyingStore, dyingPage and dyingOrg are those of a process that dies at a step.
type dyingStore struct {
	run.Store
	process *process
}

func (d dyingStore) Do(ctx context.Context, userID string, do func(*store.Tx) error) error {
	return d.around(func() error { return d.Store.Do(ctx, userID, do) })
}

func (d dyingStore) View(ctx context.Context, do func(*store.Tx) error) error {
	return d.around(func() error { return d.Store.View(ctx, do) })
}

func (d dyingStore) around(do func() error) error {
	may, tell := d.process.step()
	if !may {
		return errKilled
	}
	if err := do(); tell {
		return err
	}
	return errKilled
}

type dyingPage struct {
	*fakePage
	process *process
}

func (d dyingPage) Do(ctx context.Context, userID string, c wire.Command) (socket.Answer, error) {
	may, tell := d.process.step()
	if may && tell {
		return d.fakePage.Do(ctx, userID, c)
	}
	if may {
		d.fakePage.carryOut(c)
	}
	<-ctx.Done()
	return socket.Answer{}, ctx.Err()
}

type dyingOrg struct {
	http.RoundTripper
	process *process
}

func (d dyingOrg) RoundTrip(r *http.Request) (*http.Response, error) {
	may, tell := d.process.step()
	if !may {
		return nil, errKilled
	}
	answer, err := d.RoundTripper.RoundTrip(r)
	if tell {
		return answer, err
	}
	return nil, errKilled
}

// story is a call that comes in and one that is clicked, as two tabs tell them.
func story() []wire.Event {
	out := func(event, state string, since int64) wire.Event {
		c := call("out")
		c.Inbound, c.PhoneNumber, c.State, c.Since = false, "+12065550100", state, since
		return wire.Event{Source: "connectVoiceContact", Event: event, Key: fmt.Sprintf("out:%s:%d", event, since), Contact: c}
	}
	return []wire.Event{
		connecting("c-1"), connected("c-1"), connected("c-1"), ended("c-1"), ended("c-1"),
		{Source: "salesforceUi", Event: "onClickToDial", Key: "click", Payload: json.RawMessage(
			`{"number":"(206) 555-0100","recordId":"500000000000001AAA"}`)},
		out("onConnecting", "connecting", 5000), out("onConnected", "connected", 6000), out("onEnded", "ended", 9000),
		connecting("c-1"), ended("c-1"), // a tab that was asleep
	}
}

// live tells the story to one process after another: each dies at its step, and the last one lives.
func live(t *testing.T, step int, late bool, away time.Duration) (died bool) {
	m := newMiddle(t)
	p := &process{left: step, late: late}
	begin := func() {
		m.disk = dyingStore{m.base, p}
		m.send = dyingOrg{inProcess{m.org}, p}
		m.beginWith(dyingPage{m.page, p})
	}
	again := func() {
		for p.isDead() {
			m.end()
			rest(away)
			p.mu.Lock()
			p.dead, p.left = false, -1
			p.mu.Unlock()
			m.page.leave()
			begin()
			rest(time.Second) // until the page has noticed
			m.page.comeBack()
			rest(2 * time.Second)
		}
	}
	begin()
	for _, e := range story() {
		for {
			err := m.heart.Keep(context.Background(), agentID, "p", e)
			dead := p.isDead()
			again()
			if err == nil && !dead {
				break
			}
		}
		rest(2 * time.Second)
		again()
	}
	rest(5 * time.Minute)
	again()
	rest(5 * time.Minute)
	m.settled(fmt.Sprintf("step %d, late %v", step, late))
	m.end()
	return p.died > 0
}

// settled checks what the story must come to. A click that no page heard of in time came to nothing, and the agent dialled by hand; one
// of which nobody knows what became of it is told.
func (m *middle) settled(when string) {
	t := m.t
	t.Helper()
	if n := m.open(); n != 0 {
		t.Errorf("%s: %d runs are open, %v %v", when, n, m.runsOf("c-1"), m.runsOf("out"))
	}
	asked := map[string]bool{}
	for _, c := range m.page.of("dial") {
		if asked[c.ID] && !c.Again {
			t.Errorf("%s: asked to dial again as if for the first time", when)
		}
		asked[c.ID] = true
	}
	dials := 0
	for id := range asked {
		dials += m.page.done[id]
	}
	popped := map[string]bool{}
	for _, c := range m.page.of("screenPop") {
		popped[c.ID] = true
	}
	on, pops := map[string]string{"c-1": maya, "out": "500000000000001AAA"}, 1
	if len(asked) == 0 {
		on["out"], pops = maya, 2
	}
	if dials > 1 || len(asked) > 1 || dials == 0 && len(m.page.notices) == 0 || len(popped) != pops {
		t.Errorf("%s: dialled %d times by %d commands, popped %v, told %v", when, dials, len(asked), popped, m.page.notices)
	}
	for contactID, want := range on {
		tasks := m.org.tasksOf(contactID)
		if len(tasks) != 1 || tasks[0]["WhoId"] != want && tasks[0]["WhatId"] != want {
			t.Errorf("%s: %s has the tasks %v, want one on %s", when, contactID, tasks, want)
		}
		if m.org.channelOf(contactID) == nil {
			t.Errorf("%s: %s has no row", when, contactID)
		}
	}
}

func TestAProcessThatDiesAtAnyStepLosesAndDoublesNothing(t *testing.T) {
	for _, late := range []bool{false, true} {
		for _, away := range []time.Duration{time.Second, 25 * time.Second} {
			for step, died := 1, true; died && !t.Failed(); step++ {
				synctest.Test(t, func(t *testing.T) { died = live(t, step, late, away) })
			}
		}
	}
}

// SIGTERM at any moment, also in the middle of a command or of a request, is no more than a pause.
func TestAProcessThatIsEndedAtAnyEffectLosesAndDoublesNothing(t *testing.T) {
	for cut, ended := 1, true; ended && !t.Failed(); cut++ {
		synctest.Test(t, func(t *testing.T) {
			m := newMiddle(t)
			left, stop := atomic.Int64{}, make(chan struct{}, 1)
			left.Store(int64(cut))
			effect := func() {
				if left.Add(-1) == 0 {
					stop <- struct{}{}
				}
			}
			m.page.takes = 300 * time.Millisecond
			m.page.crossing = func(wire.Command) { effect() }
			m.send = crossing{m.send, effect}
			m.begin()
			ended = false
			restart := func() {
				select {
				case <-stop:
					ended = true
					m.end()
					m.page.leave()
					rest(3 * time.Second)
					m.begin()
					rest(time.Second)
					m.page.comeBack()
					rest(2 * time.Second)
				default:
				}
			}
			for _, e := range story() {
				m.tell(e)
				for range 20 {
					restart()
					rest(100 * time.Millisecond)
				}
				restart()
			}
			rest(5 * time.Minute)
			restart()
			rest(5 * time.Minute)
			m.settled(fmt.Sprint("cut ", cut))
			m.end()
		})
	}
}

// crossing hears of each request before it is sent, and of none that is cancelled.
type crossing struct {
	http.RoundTripper
	hear func()
}

func (c crossing) RoundTrip(r *http.Request) (*http.Response, error) {
	c.hear()
	if err := clock.Pause(r.Context(), clock.System{}, 300*time.Millisecond); err != nil {
		return nil, err
	}
	return c.RoundTripper.RoundTrip(r)
}
