package heart

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What one user's pages may tell. A full outbox of a page, which comes at once after an outage, fits.
const (
	factsPerSecond = 50
	factsAtOnce    = 5000
	bytesPerSecond = 256 << 10
	bytesAtOnce    = 24 << 20
	listsPerSecond = 1 // what a page sees, each with up to a hundred contacts
	listsAtOnce    = 30
	maxShares      = 20_000 // users of whom a share is remembered
)

// shares keep one user from taking what others need.
type shares struct {
	mu sync.Mutex // guards of
	of map[string]*share
}

type share struct{ facts, bytes, lists *rate.Limiter }

func newShares() shares { return shares{of: map[string]*share{}} }

// allow says whether a user may tell one more fact of a size now.
func (s *shares) allow(userID string, size int, now time.Time) bool {
	mine := s.share(userID)
	return mine.facts.AllowN(now, 1) && mine.bytes.AllowN(now, min(size, bytesAtOnce))
}

// allowList says whether a user may tell one more list of contacts of a size now. An outbox that was full of facts leaves room for it.
func (s *shares) allowList(userID string, size int, now time.Time) bool {
	mine := s.share(userID)
	return mine.lists.AllowN(now, 1) && mine.bytes.AllowN(now, min(size, bytesAtOnce))
}

func (s *shares) share(userID string) *share {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine, ok := s.of[userID]
	if !ok {
		if len(s.of) >= maxShares {
			clear(s.of)
		}
		mine = &share{rate.NewLimiter(factsPerSecond, factsAtOnce), rate.NewLimiter(bytesPerSecond, bytesAtOnce),
			rate.NewLimiter(listsPerSecond, listsAtOnce)}
		s.of[userID] = mine
	}
	return mine
}

// bound remembers for a moment which bindings were found good, so that not each fact asks the store.
type bound struct {
	mu sync.Mutex // guards of
	of map[string]boundTo
}

type boundTo struct {
	username string
	until    time.Time
}

// boundFor is how long a binding counts that an administrator may have dropped meanwhile.
const boundFor = 10 * time.Second

func newBound() bound { return bound{of: map[string]boundTo{}} }

func (b *bound) knows(userID, username string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.of[userID]
	return known.username == username && now.Before(known.until)
}

func (b *bound) remember(userID, username string, now time.Time) {
	if username == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if known := b.of[userID]; known.username == username && now.Before(known.until) {
		return
	}
	if len(b.of) >= maxShares {
		clear(b.of)
	}
	b.of[userID] = boundTo{username, now.Add(boundFor)}
}

// versions remembers which flows are kept in the store, so that not each run writes its own.
type versions struct {
	mu sync.Mutex // guards at
	at map[string]time.Time
}

// keptFor is how long a version's row may go without being touched; a sweep forgets it much later.
const keptFor = time.Hour

func newVersions() versions { return versions{at: map[string]time.Time{}} }

func (v *versions) knows(hash string, now time.Time) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	at, ok := v.at[hash]
	return ok && now.Sub(at) < keptFor
}

func (v *versions) remember(hashes []string, now time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, hash := range hashes {
		v.at[hash] = now
	}
}
