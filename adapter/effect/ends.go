package effect

import (
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// ends are the contacts that have ended of late, as the heart told while this program runs: what has a fresh run need not ask the store at
// each of its commands whether somebody still wants it.
type ends struct {
	clock clock.Clock

	mu    sync.Mutex // guards what follows
	since time.Time  // from when on all of them are known
	at    map[string]time.Time
}

const (
	endsFor  = 5 * time.Minute
	mostEnds = 20_000
)

func newEnds(c clock.Clock) *ends { return &ends{clock: c, since: c.Now(), at: map[string]time.Time{}} }

// note remembers that a contact has ended.
func (e *ends) note(contact string) {
	now := e.clock.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.at) >= mostEnds {
		for one, at := range e.at {
			if now.Sub(at) > endsFor {
				delete(e.at, one)
			}
		}
		if len(e.at) >= mostEnds {
			clear(e.at)
			e.since = now
		}
	}
	e.at[contact] = now
}

// surelyOn says that a contact has not ended which began at a moment: nothing was forgotten since, and no end was heard.
func (e *ends) surelyOn(contact string, began time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.clock.Now()
	if began.Before(e.since) || now.Sub(began) > endsFor-time.Minute || now.Before(began) {
		return false
	}
	_, ended := e.at[contact]
	return !ended
}
