package cti

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits is a token bucket for each key; who has been quiet longest is forgotten when there are too many.
type limits struct {
	every rate.Limit // tokens a second
	burst int
	most  int

	mu   sync.Mutex // guards what follows
	keys map[string]*list.Element
	used *list.List // of *bucket, the latest first
}

type bucket struct {
	key     string
	limiter *rate.Limiter
}

func newLimits(every rate.Limit, burst, most int) *limits {
	return &limits{every: every, burst: burst, most: most, keys: map[string]*list.Element{}, used: list.New()}
}

// allow takes a token of a key; false when there is none.
func (l *limits) allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, known := l.keys[key]
	if !known {
		if l.used.Len() >= l.most {
			last := l.used.Back()
			delete(l.keys, l.used.Remove(last).(*bucket).key)
		}
		at = l.used.PushFront(&bucket{key, rate.NewLimiter(l.every, l.burst)})
		l.keys[key] = at
	}
	l.used.MoveToFront(at)
	return at.Value.(*bucket).limiter.AllowN(now, 1)
}
