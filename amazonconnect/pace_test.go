package amazonconnect

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"github.com/patchcord/patchcord/internal/clock"
)

// taken is how long n requests of an operation take to get their turn.
func taken(t *testing.T, p *Pace, operation string, n int) time.Duration {
	t.Helper()
	began := time.Now()
	for range n {
		if err := p.wait(t.Context(), operation); err != nil {
			t.Fatal(err)
		}
	}
	return time.Since(began)
}

var throttled = &types.TooManyRequestsException{}

func TestEachOperationHasItsBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(0, 0, clock.System{})
		if d := taken(t, p, "SearchUsers", 5); d != 0 {
			t.Errorf("five at once waited %s", d)
		}
		if d := taken(t, p, "SearchUsers", 4); d != 2*time.Second {
			t.Errorf("four more waited %s, want two seconds", d)
		}
		if d := taken(t, p, "DescribeUser", 5); d != 0 {
			t.Errorf("another operation waited %s", d)
		}
		limited, cancel := context.WithTimeout(t.Context(), time.Second/4)
		defer cancel()
		if err := p.wait(limited, "SearchUsers"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a request that nobody waits for: %v", err)
		}
		time.Sleep(time.Second / 4)
		if d := taken(t, p, "SearchUsers", 1); d != 0 {
			t.Errorf("its place was kept for %s", d)
		}
	})
}

func TestThePaceIsLearned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(4, 8, clock.System{})
		_ = taken(t, p, "SearchUsers", 8)
		for range 5 { // together
			p.heard(t.Context(), "SearchUsers", throttled)
		}
		if d := taken(t, p, "SearchUsers", 4); d < 1750*time.Millisecond || d > 2*time.Second {
			t.Errorf("after a refusal four took %s, want two seconds", d)
		}
		for range 20 {
			p.heard(t.Context(), "SearchUsers", throttled)
			time.Sleep(halveAtMost)
		}
		_ = taken(t, p, "SearchUsers", 1)
		if d := taken(t, p, "SearchUsers", 1); d != 4*time.Second {
			t.Errorf("the slowest is one in %s, want four seconds", d)
		}
		p.heard(t.Context(), "SearchUsers", nil)
		if d := taken(t, p, "SearchUsers", 1); d != 4*time.Second {
			t.Errorf("one good answer restored it: %s", d)
		}
		for range restoreBy {
			time.Sleep(restoreEvery)
			p.heard(t.Context(), "SearchUsers", nil)
		}
		time.Sleep(time.Minute)
		if d := taken(t, p, "SearchUsers", 8); d != 0 {
			t.Errorf("restored, eight at once waited %s", d)
		}
		if d := taken(t, p, "SearchUsers", 4); d != time.Second {
			t.Errorf("restored, four took %s", d)
		}
	})
}

func TestWhatIsTooMuch(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want bool
	}{
		{throttled, true}, {&types.ThrottlingException{}, true},
		{&types.ResourceNotFoundException{}, false}, {errors.New("reset"), false}, {nil, false},
	} {
		if got := isThrottled(tc.err); got != tc.want {
			t.Errorf("%v: %t", tc.err, got)
		}
	}
}

// What the service refuses is repeated, and the operation is slower from then on.
func TestARefusedRequestSlowsTheClient(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if asked.Add(1) == 1 {
			w.Header().Set("X-Amzn-Errortype", "TooManyRequestsException")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = io.WriteString(w, `{"Origins":[]}`)
	}))
	defer server.Close()
	p := NewPace(1000, 1000, clock.System{})
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Pace: p})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.ApprovedOrigins(t.Context(), "i"); err != nil || asked.Load() != 2 {
		t.Errorf("%v after %d requests", err, asked.Load())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if got := p.buckets["ListApprovedOrigins"].limiter.Limit(); got != 500 {
		t.Errorf("%v requests a second, want 500", got)
	}
}
