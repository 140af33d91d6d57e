package adapter

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

// chaos is a morning in which processes die, pages come and go, and the org fails, each by chance.
type chaos struct {
	*middle
	random  *rand.Rand
	process *process
	healthy bool
	outbox  []wire.Event // what is not acknowledged
	away    bool
}

// begin starts a process that dies in a while.
func (c *chaos) begin() {
	c.process.mu.Lock()
	c.process.dead, c.process.left, c.process.late = false, 10+c.random.IntN(60), c.random.IntN(2) == 0
	if c.healthy {
		c.process.left = -1
	}
	c.process.mu.Unlock()
	c.disk = dyingStore{c.base, c.process}
	c.send = dyingOrg{&faulty{RoundTripper: inProcess{c.org}, fails: c.fault}, c.process}
	c.beginWith(dyingPage{c.page, c.process})
}

// fault is what the org does with a request by chance.
func (c *chaos) fault(*http.Request) (int, http.Header) {
	c.org.mu.Lock()
	defer c.org.mu.Unlock()
	if c.healthy {
		return 0, nil
	}
	switch c.random.IntN(12) {
	case 0:
		return http.StatusInternalServerError, nil
	case 1:
		return http.StatusServiceUnavailable, http.Header{"Retry-After": {"3"}}
	case 2:
		return hang, nil
	case 3:
		c.org.broken = 1 // it commits and does not say so
	}
	return 0, nil
}

// revive begins the next process if one has died.
func (c *chaos) revive() {
	for c.process.isDead() {
		c.end()
		rest(time.Duration(c.chance(20)) * time.Second)
		c.begin()
		rest(time.Second)
	}
}

func (c *chaos) chance(n int) int {
	c.org.mu.Lock()
	defer c.org.mu.Unlock()
	return c.random.IntN(n)
}

// deliver tells what is in the outbox, some of it twice.
func (c *chaos) deliver() {
	var left []wire.Event
	for _, e := range c.outbox {
		err := c.heart.Keep(context.Background(), agentID, "p", e)
		if err != nil || c.process.isDead() || c.chance(4) == 0 {
			left = append(left, e)
		}
	}
	c.outbox = left
	c.revive()
}

// list tells what the page sees, after each welcome anew.
func (c *chaos) list(live []wire.Contact) {
	for told := false; !told; {
		err := c.heart.Sees(context.Background(), agentID, "p", wire.Sees{Agent: amelia, Contacts: live})
		told = err == nil && !c.process.isDead()
		rest(time.Second)
		c.revive()
	}
}

// toggle has the page go away, or come back.
func (c *chaos) toggle() {
	if c.away = !c.away; c.away {
		c.page.leave()
	} else {
		c.page.comeBack()
	}
}

func TestAMorningOfChaos(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { synctest.Test(t, func(t *testing.T) { morning(t, seed) }) })
	}
}

func morning(t *testing.T, seed uint64) {
	c := &chaos{middle: newMiddle(t), random: rand.New(rand.NewPCG(seed, 1)), process: &process{}}
	c.begin()
	c.revive()
	const contacts = 6
	var live []wire.Contact
	for i := range contacts {
		id := fmt.Sprint("c-", i)
		told := []wire.Event{connecting(id), connected(id), ended(id)}
		if i%3 == 1 {
			told = append(told[:1], missed(id)...)
		}
		untold := i%3 == 2 && c.chance(2) == 0
		for n, e := range told {
			if !untold || n == 0 {
				c.outbox = append(c.outbox, e)
			}
			if c.chance(4) == 0 {
				c.toggle()
			}
			c.deliver()
			live = nil
			if n < 2 && e.Event != "onMissed" {
				live = append(live, *e.Contact)
			}
			if c.chance(3) == 0 || untold {
				c.list(live)
			}
			rest(time.Duration(c.chance(4000)) * time.Millisecond)
			c.revive()
		}
	}
	c.org.mu.Lock()
	c.healthy = true
	c.org.mu.Unlock()
	c.process.mu.Lock()
	c.process.left = -1
	c.process.mu.Unlock()
	if c.away {
		c.toggle()
	}
	for len(c.outbox) > 0 {
		c.deliver()
	}
	c.sees()
	rest(30 * time.Minute)
	c.check(contacts)
	c.end()
}

func (c *chaos) check(contacts int) {
	t := c.t
	if n := c.open(); n != 0 {
		t.Errorf("%d runs are open", n)
	}
	for i := range contacts {
		id := fmt.Sprint("c-", i)
		want := 1
		if i%3 == 1 {
			want = 0
		}
		s := c.stateOf(id)
		if n := len(c.org.tasksOf(id)); n != want || c.org.channelOf(id) == nil || !s.Over() {
			t.Errorf("%s has %d Tasks, the row %v, %v; runs %v", id, n, c.org.channelOf(id), s.Marks, c.runsOf(id))
		}
		for name, n := range c.runsOf(id) {
			if strings.Contains(name, "given up") {
				t.Errorf("%s: %d %s", id, n, name)
			}
		}
	}
	for id, n := range c.page.done {
		if n > 1 {
			t.Errorf("%s was done %d times", id, n)
		}
	}
}
