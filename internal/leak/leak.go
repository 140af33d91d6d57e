// Package leak ends a test that leaves goroutines behind.
//
// Read first: Check. It knows neither calls nor CRM.
package leak

import (
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"
)

// patience is how long goroutines may take to end after a test.
const patience = 5 * time.Second

// Check fails the test if it ends with more goroutines than there are now. Call it first, so that it looks last.
func Check(t testing.TB) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		t.Helper()
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		deadline := time.NewTimer(patience)
		defer deadline.Stop()
		for runtime.NumGoroutine() > before {
			select {
			case <-tick.C:
			case <-deadline.C:
				var stacks strings.Builder
				_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
				t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), stacks.String())
				return
			}
		}
	})
}
