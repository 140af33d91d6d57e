// Package absence notices that the last softphone page of an agent has gone and does not come back.
//
// Read first: Watch. It knows no socket and no rule: how long a page may be away is passed in.
package absence

import (
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// Silence is how long an agent may have no page that did not say goodbye: a tab that crashed, a closed lid, a network that is down.
const Silence = 2 * time.Minute

// settling is how long agents' other pages may take to find their way back to an adapter that was started anew.
const settling = 30 * time.Second

// Config is what a watch needs of the other rooms.
type Config struct {
	// Pages counts a user's connected pages.
	Pages func(userID string) int
	// Patience is how long a page may be away that said goodbye.
	Patience func(userID string) time.Duration
	// Gone hears of each user whose pages are away for too long, once.
	Gone  func(userID string)
	Clock clock.Clock
}

// Watch is safe for concurrent use.
type Watch struct {
	cfg     Config
	started time.Time

	mu      sync.Mutex // guards what follows
	waiting map[string]*wait
	over    bool
	work    sync.WaitGroup
}

type wait struct {
	due   time.Time
	timer clock.Timer
}

// New waits for nobody yet; Close ends.
func New(cfg Config) *Watch {
	return &Watch{cfg: cfg, started: cfg.Clock.Now(), waiting: map[string]*wait{}}
}

// Left notes that a user's last page has gone. Nobody counts as gone for a watch that has just begun: who fell silent may be on the way
// back, and who closed a page may have another one that is.
func (w *Watch) Left(userID string, goodbye bool) {
	patience, young := Silence, w.started.Add(Silence)
	if goodbye {
		patience, young = w.cfg.Patience(userID), w.started.Add(settling)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.cfg.Clock.Now()
	due := now.Add(patience)
	if due.Before(young) {
		due = young
	}
	before := w.waiting[userID]
	if w.over || before != nil && !due.Before(before.due) {
		return
	}
	if before != nil {
		before.timer.Stop()
	}
	mine := &wait{due: due}
	w.waiting[userID] = mine
	mine.timer = w.cfg.Clock.AfterFunc(due.Sub(now), func() { w.end(userID, mine) })
}

// Back notes that a page of a user is there.
func (w *Watch) Back(userID string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if before := w.waiting[userID]; before != nil {
		before.timer.Stop()
		delete(w.waiting, userID)
	}
}

func (w *Watch) end(userID string, mine *wait) {
	w.mu.Lock()
	if w.over || w.waiting[userID] != mine {
		w.mu.Unlock()
		return
	}
	delete(w.waiting, userID)
	w.work.Add(1)
	w.mu.Unlock()
	defer w.work.Done()
	if w.cfg.Pages(userID) == 0 {
		w.cfg.Gone(userID)
	}
}

// Close forgets everybody and waits for whoever is being told.
func (w *Watch) Close() {
	w.mu.Lock()
	w.over = true
	for userID, waiting := range w.waiting {
		waiting.timer.Stop()
		delete(w.waiting, userID)
	}
	w.mu.Unlock()
	w.work.Wait()
}
