package node

import (
	"sync/atomic"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// Time is the time of the store's database, which all nodes go by: a machine's own clock may be wrong. It is safe for concurrent use.
type Time struct {
	clock.Clock
	ahead atomic.Int64 // nanoseconds by which the database's clock is ahead of this machine's
}

// tolerated is a difference of clocks that nobody minds, and that a slow answer may feign.
const tolerated = 250 * time.Millisecond

// Now is the database's time.
func (t *Time) Now() time.Time { return t.Clock.Now().Add(time.Duration(t.ahead.Load())) }

// Set takes in what time the database said it was, in an answer to a question.
func (t *Time) Set(said, asked, answered time.Time) {
	ahead := said.Sub(asked.Add(answered.Sub(asked) / 2).Round(0))
	if took, off := answered.Sub(asked), ahead-time.Duration(t.ahead.Load()); took < off.Abs() && off.Abs() > tolerated {
		t.ahead.Store(int64(ahead))
	}
}
