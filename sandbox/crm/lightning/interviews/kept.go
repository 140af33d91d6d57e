package interviews

import (
	"sync"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/screenflow"
)

// Bounds of what is kept between screens.
const (
	life     = 2 * time.Hour // after the last step
	mostKept = 1000
	mostOwn  = 20 // of one user
)

// entry is an interview between two screens. A stored one is not changed in place.
type entry struct {
	id         string
	definition crm.FlowDefinition // as it was when the interview began
	user       crm.RecordID
	interview  *screenflow.Interview
	fault      *screenflow.Fault // that ended it; nil otherwise
	number     int               // of the screen, from 0
	used       time.Time
	busy       bool
}

// kept are the interviews under way.
type kept struct {
	mu sync.Mutex // guards by
	by map[string]entry
}

// of finds the interview that the address names: the asker's own, who may still run it.
func (k *kept) of(r asked, now time.Time) (entry, error) {
	k.mu.Lock()
	e, ok := k.by[r.PathValue("id")]
	k.mu.Unlock()
	switch {
	case !ok || e.user != r.User.ID || now.Sub(e.used) >= life:
		return entry{}, errGone
	case !r.Actor.MayRun(e.definition):
		return entry{}, errRights
	}
	return e, nil
}

// claim lets one request take an interview on from a screen; false if another one does.
func (k *kept) claim(id string, number int) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.by[id]
	if !ok || e.busy || e.number != number {
		return false
	}
	e.busy = true
	k.by[id] = e
	return true
}

// release gives a claim back.
func (k *kept) release(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e, ok := k.by[id]; ok {
		e.busy = false
		k.by[id] = e
	}
}

// put keeps an interview. What is too old goes, and the oldest where there are too many.
func (k *kept) put(e *entry, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.by == nil {
		k.by = map[string]entry{}
	}
	e.used, e.busy = now, false
	k.by[e.id] = *e
	own := 0
	for id, have := range k.by {
		if now.Sub(have.used) >= life {
			delete(k.by, id)
		} else if have.user == e.user {
			own++
		}
	}
	if own > mostOwn {
		k.dropOldest(e.id, func(have entry) bool { return have.user == e.user })
	}
	if len(k.by) > mostKept {
		k.dropOldest(e.id, func(entry) bool { return true })
	}
}

// dropOldest forgets the interview that was used least lately. k.mu is held.
func (k *kept) dropOldest(but string, of func(entry) bool) {
	oldest := ""
	for id, have := range k.by {
		if id != but && of(have) && (oldest == "" || have.used.Before(k.by[oldest].used)) {
			oldest = id
		}
	}
	delete(k.by, oldest)
}
