package amazonconnect

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/internal/clock"
)

// The service's default quota, per operation, account and region. Source: Amazon Connect service quotas, API throttling quotas.
const (
	requestsPerSecond = 2
	burst             = 5
)

const (
	slowest      = 16               // of the full rate's part: no account is slower for us
	halveAtMost  = time.Second      // requests that were under way together are refused together, for one reason
	restoreEvery = 30 * time.Second // of good answers
	restoreBy    = 8                // of the full rate's part
)

// Pace is how fast the service is asked: one bucket an operation, learned down when the service says that it is too much, since an
// account's other programs take from the same quota. All clients of one account in a process are to share one. It is safe for concurrent
// use.
type Pace struct {
	full  rate.Limit
	burst int
	clock clock.Clock

	mu      sync.Mutex         // guards buckets
	buckets map[string]*bucket // by operation
}

// bucket is one operation's.
type bucket struct {
	limiter *rate.Limiter
	changed time.Time // when its rate was changed last
}

// NewPace takes requests a second and how many may come at once; 0 is the service's default.
func NewPace(perSecond float64, atOnce int, clk clock.Clock) *Pace {
	if perSecond <= 0 {
		perSecond = requestsPerSecond
	}
	if atOnce <= 0 {
		atOnce = burst
	}
	return &Pace{full: rate.Limit(perSecond), burst: atOnce, clock: clk, buckets: map[string]*bucket{}}
}

// unlimited never waits.
func unlimited() *Pace { return NewPace(float64(rate.Inf), 1, clock.System{}) }

// of finds or makes an operation's bucket; p.mu is held.
func (p *Pace) of(operation string) *bucket {
	b, ok := p.buckets[operation]
	if !ok {
		b = &bucket{limiter: rate.NewLimiter(p.full, p.burst)}
		p.buckets[operation] = b
	}
	return b
}

// wait returns when the operation may be asked, or with ctx's error.
func (p *Pace) wait(ctx context.Context, operation string) error {
	p.mu.Lock()
	limiter := p.of(operation).limiter
	p.mu.Unlock()
	now := p.clock.Now()
	place := limiter.ReserveN(now, 1)
	pause := place.DelayFrom(now)
	if pause == 0 {
		return ctx.Err()
	}
	err := clock.Pause(ctx, p.clock, pause)
	if err != nil {
		place.CancelAt(p.clock.Now())
	}
	return err
}

// heard learns from an answer: too much halves the operation's rate, good ones bring it back little by little.
func (p *Pace) heard(operation string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, now := p.of(operation), p.clock.Now()
	since := now.Sub(b.changed)
	switch limit := b.limiter.Limit(); {
	case isThrottled(err) && (b.changed.IsZero() || since >= halveAtMost):
		b.limiter.SetLimitAt(now, max(p.full/slowest, limit/2))
		b.limiter.SetBurstAt(now, 1)
		b.changed = now
	case err == nil && limit < p.full && since >= restoreEvery:
		b.limiter.SetLimitAt(now, min(p.full, limit+p.full/restoreBy))
		b.changed = now
		if limit+p.full/restoreBy >= p.full {
			b.limiter.SetBurstAt(now, p.burst)
		}
	}
}

// isThrottled says that the service refused a request for its rate.
func isThrottled(err error) bool {
	if _, ok := retry.DefaultThrottleErrorCodes[ErrorCode(err)]; ok {
		return true
	}
	answer, ok := errors.AsType[*smithyhttp.ResponseError](err)
	return ok && answer.Response != nil && answer.HTTPStatusCode() == http.StatusTooManyRequests
}

// intoStack has each attempt of each request wait its turn, repeated ones too.
func (p *Pace) intoStack(stack *middleware.Stack) error {
	turn := func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
		out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
	) {
		operation := awsmiddleware.GetOperationName(ctx)
		if err := p.wait(ctx, operation); err != nil {
			return out, metadata, err
		}
		out, metadata, err = next.HandleFinalize(ctx, in)
		p.heard(operation, err)
		return out, metadata, err
	}
	if !slices.Contains(stack.Finalize.List(), "Retry") {
		return errors.New("amazon connect: the SDK repeats no requests")
	}
	return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("Pace", turn), "Retry", middleware.After)
}
