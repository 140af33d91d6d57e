package edge

import (
	"testing"
	"time"
)

// hand is a clock that stands where it is put.
type hand struct{ now time.Time }

func (h *hand) Now() time.Time { return h.now }

func TestAllowance(t *testing.T) {
	h := &hand{time.Date(2026, 1, 1, 10, 59, 0, 0, time.UTC)}
	a := NewAllowance(2, true, h.Now)
	for i := range 2 {
		if err := a.take(); err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
	}
	h.now = h.now.Add(23 * time.Hour)
	if err := a.take(); err == nil || err.Error() != "REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded." {
		t.Errorf("the third in 24 hours: %v", err)
	}
	if got := a.header(); got != "api-usage=2/2" {
		t.Errorf("header %s", got)
	}
	h.now = h.now.Add(time.Hour)
	if err := a.take(); err != nil || a.Used() != 1 {
		t.Errorf("a day later: %v, %d used", err, a.Used())
	}
	loose := NewAllowance(1, false, h.Now)
	for range 2 {
		if err := loose.take(); err != nil {
			t.Errorf("one that is not strict: %v", err)
		}
	}
	if loose.Used() != 2 {
		t.Errorf("one that is not strict counts %d", loose.Used())
	}
}
