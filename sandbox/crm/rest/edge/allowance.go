package edge

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Allowance counts the requests of an org over the last 24 hours, by the hour. It is safe for concurrent use.
// Source: Salesforce Developer Limits, total API request allocations.
type Allowance struct {
	max    int
	strict bool
	now    func() time.Time

	mu    sync.Mutex // guards hours
	hours map[int64]int
}

// NewAllowance has none used yet. A strict one refuses what goes beyond it, as an org does in the end.
func NewAllowance(most int, strict bool, now func() time.Time) *Allowance {
	return &Allowance{max: most, strict: strict, now: now, hours: map[int64]int{}}
}

// Max is how many there are.
func (a *Allowance) Max() int { return a.max }

// Used is how many were used.
func (a *Allowance) Used() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.used(a.hour())
}

// take counts one request; an error of the platform if there is none left.
func (a *Allowance) take() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.hour()
	if a.strict && a.used(now) >= a.max {
		return Refuse(http.StatusForbidden, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
	}
	a.hours[now]++
	return nil
}

func (a *Allowance) hour() int64 { return a.now().Unix() / int64(time.Hour/time.Second) }

// used forgets what is older than a day. The caller holds mu.
func (a *Allowance) used(now int64) int {
	sum := 0
	for hour, n := range a.hours {
		if hour <= now-24 {
			delete(a.hours, hour)
			continue
		}
		sum += n
	}
	return sum
}

// header is what each answer says of it: Sforce-Limit-Info.
func (a *Allowance) header() string { return fmt.Sprintf("api-usage=%d/%d", a.Used(), a.max) }
