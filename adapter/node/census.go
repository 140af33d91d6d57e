package node

import (
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// census counts for how long other nodes have not been heard of. The zero value has heard of nobody. It is pure.
type census struct {
	heard map[string]heard
	taken time.Time
}

type heard struct {
	beats int64
	at    time.Time // by our own clock
}

// take notes who is there now, and says who has been silent for too long, and who has gone. After a time without a look nobody counts as
// silent: they could not be heard.
func (c *census) take(all []store.Node, me string, now time.Time) (late []store.Node, gone []string) {
	blind := now.Sub(c.taken) > 2*beatEvery+beatWithin/2
	next := map[string]heard{}
	for _, n := range all {
		before, known := c.heard[n.ID]
		switch {
		case n.ID == me:
			continue
		case !known || blind || before.beats != n.Beats:
			before = heard{n.Beats, now}
		case now.Sub(before.at) >= deadAfter:
			late = append(late, n)
		}
		next[n.ID] = before
	}
	for id := range c.heard {
		if _, is := next[id]; !is {
			gone = append(gone, id)
		}
	}
	c.heard, c.taken = next, now
	return late, gone
}

// forget forgets a node that was found dead.
func (c *census) forget(id string) { delete(c.heard, id) }
