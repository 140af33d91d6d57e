package adapter

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/wire"
)

// dyingDesks are desks that are asked by a process that dies at a step.
type dyingDesks struct {
	*desks
	process *process
}

func (d dyingDesks) Do(ctx context.Context, userID string, c wire.Command) (socket.Answer, error) {
	may, tell := d.process.step()
	if may && tell {
		return d.desks.Do(ctx, userID, c)
	}
	if may {
		_, _ = d.desks.Do(ctx, userID, c)
	}
	<-ctx.Done()
	return socket.Answer{}, ctx.Err()
}

// day is an agent's day under the rules inStep, with a process that dies at its step.
func day(t *testing.T, step int, late bool, away time.Duration) (died bool) {
	d := newDesks(t, inStep)
	d.m.end()
	p := &process{left: -1, late: late}
	begin := func() {
		d.m.disk = dyingStore{d.m.base, p}
		d.m.beginWith(dyingDesks{d, p})
	}
	settle := func() {
		for range 4 {
			d.settle()
			for p.isDead() {
				d.m.end()
				rest(away)
				p.mu.Lock()
				p.dead, p.left = false, -1
				p.mu.Unlock()
				begin()
				d.reconnect(agentID)
			}
		}
	}
	begin()
	d.become(agentID, presence.Centre, "Available")
	settle()
	p.left = step
	for _, c := range []struct {
		side  presence.Side
		value string
	}{{presence.Org, "Meal"}, {presence.Centre, "Available"}, {presence.Centre, "Busy"},
		{presence.Centre, "Available"}, {presence.Org, presence.Offline}} {
		d.become(agentID, c.side, c.value)
		settle()
	}
	when := fmt.Sprintf("step %d, late %v, away %v", step, late, away)
	d.is(agentID, "Offline", presence.Offline)
	if n := d.changes; n != 12 {
		t.Errorf("%s: %d statuses changed, want 12", when, n)
	}
	told := 0
	for _, line := range d.history(agentID) {
		if !strings.Contains(line, "found") {
			told++
		}
	}
	if told != 12 {
		t.Errorf("%s: %d changes are kept: %q", when, told, d.history(agentID))
	}
	if n := d.m.open(); n != 0 {
		t.Errorf("%s: %d runs are open", when, n)
	}
	d.m.end()
	return p.died > 0
}

func TestAProcessThatDiesAtAnyStepKeepsThePresencesInStep(t *testing.T) {
	for _, late := range []bool{false, true} {
		for _, away := range []time.Duration{time.Second, 25 * time.Second, 10 * time.Minute} {
			for step, died := 1, true; died && !t.Failed(); step++ {
				synctest.Test(t, func(t *testing.T) { died = day(t, step, late, away) })
			}
		}
	}
}
