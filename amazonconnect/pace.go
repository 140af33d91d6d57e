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
// account's other programs take from the same quota. All clients of one account in a process are to share one, and all processes Turns. It
// is safe for concurrent use.
type Pace struct {
	full  rate.Limit
	burst int
	clock clock.Clock

	mu      sync.Mutex         // guards what follows
	buckets map[string]*bucket // by operation
	turns   Turns              // of all processes; nil for one that is alone
}

// bucket is one operation's.
type bucket struct {
	limiter *rate.Limiter
	changed time.Time // when its rate was changed last
	share   float64   // of the full rate that the bucket of all processes had last; 0 if nobody has said
}

// Turns are buckets that several processes share.
type Turns interface {
	// Take takes turns of an operation, or gives them back when there are less than none of them, from a bucket that fills by so many a
	// second up to burst. It says how long to wait for them, and what part of that rate the operation has now.
	Take(ctx context.Context, operation string, perSecond float64, burst, turns int) (wait time.Duration, share float64, err error)
	// Learn changes the part of its rate that an operation has, unless that was changed a shorter time ago than pause: to factor of it
	// and so much more, but not below least. It says what it is.
	Learn(ctx context.Context, operation string, factor, more, least float64, pause time.Duration) (share float64, err error)
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

// Share has turns taken from buckets of all processes. While they cannot be asked, it is as if this one were alone.
func (p *Pace) Share(turns Turns) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.turns = turns
}

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
	limiter, turns := p.of(operation).limiter, p.turns
	p.mu.Unlock()
	if turns != nil {
		pause, share, err := turns.Take(ctx, operation, float64(p.full), p.burst, 1)
		if err == nil {
			p.shared(operation, share)
			return p.pause(ctx, pause, func() { p.giveBack(ctx, turns, operation) })
		}
	}
	now := p.clock.Now()
	place := limiter.ReserveN(now, 1)
	return p.pause(ctx, place.DelayFrom(now), func() { place.CancelAt(p.clock.Now()) })
}

// pause waits for a turn; one for which nobody waits any more is given back.
func (p *Pace) pause(ctx context.Context, pause time.Duration, giveBack func()) error {
	if pause <= 0 {
		return ctx.Err()
	}
	err := clock.Pause(ctx, p.clock, pause)
	if err != nil {
		giveBack()
	}
	return err
}

// shareWithin is how long it may take to tell the others something that no request waits for.
const shareWithin = 5 * time.Second

func (p *Pace) giveBack(ctx context.Context, turns Turns, operation string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shareWithin)
	defer cancel()
	_, _, _ = turns.Take(ctx, operation, float64(p.full), p.burst, -1) // else the next ones wait a little longer
}

// shared notes what part of its rate an operation has in all processes.
func (p *Pace) shared(operation string, share float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of(operation).share = share
}

// heard learns from an answer: too much halves the operation's rate, good ones bring it back little by little.
func (p *Pace) heard(ctx context.Context, operation string, err error) {
	p.heardAlone(operation, err)
	p.mu.Lock()
	turns, share := p.turns, p.of(operation).share
	p.mu.Unlock()
	throttled := isThrottled(err)
	if turns == nil || share == 0 || !throttled && (err != nil || share >= 1) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shareWithin)
	defer cancel()
	factor, more, pause := 1.0, 1.0/restoreBy, restoreEvery
	if throttled {
		factor, more, pause = 0.5, 0, halveAtMost
	}
	if share, err := turns.Learn(ctx, operation, factor, more, 1.0/slowest, pause); err == nil {
		p.shared(operation, share)
	}
}

func (p *Pace) heardAlone(operation string, err error) {
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
		p.heard(ctx, operation, err)
		return out, metadata, err
	}
	if !slices.Contains(stack.Finalize.List(), "Retry") {
		return errors.New("amazon connect: the SDK repeats no requests")
	}
	return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("Pace", turn), "Retry", middleware.After)
}
