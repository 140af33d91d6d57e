package api

import (
	"net/http"
	"sync"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/internal/clock"
)

// quota is requests a second, and how many may come at once.
type quota struct {
	steady rate.Limit
	burst  int
}

// usual is every operation's quota that has no other. Source: Amazon Connect service quotas, API throttling.
var usual = quota{2, 5}

var quotas = map[string]quota{
	"POST /metrics/current/{instance}":  {5, 8},
	"POST /metrics/userdata/{instance}": {5, 8},
	"POST /contact/attributes":          {10, 15},
	"POST /contact/stop":                {10, 15},
}

// unmodelled are operations whose model has no ThrottlingException.
var unmodelled = map[string]bool{
	"GET /instance": true, "GET /instance/{instance}": true, "GET /contact/attributes/{instance}/{id}": true,
	"PUT /contact/outbound-voice": true, "POST /contact/stop": true,
	"POST /contact/attributes": true, "GET /user/federate/{instance}": true,
}

// limits counts requests of the account, by operation.
type limits struct {
	clock clock.Clock
	mu    sync.Mutex // guards all
	all   map[string]*rate.Limiter
}

func newLimits(c clock.Clock) *limits { return &limits{clock: c, all: map[string]*rate.Limiter{}} }

func (l *limits) take(operation string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.all[operation]
	if !ok {
		q, special := quotas[operation]
		if !special {
			q = usual
		}
		limiter = rate.NewLimiter(q.steady, q.burst)
		l.all[operation] = limiter
	}
	if limiter.AllowN(l.clock.Now(), 1) {
		return nil
	}
	name := "ThrottlingException"
	if unmodelled[operation] {
		name = "TooManyRequestsException"
	}
	return failure(http.StatusTooManyRequests, name, "Rate exceeded")
}
