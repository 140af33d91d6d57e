package setup

import (
	"context"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// Waiting is a change that the platform makes by itself, in its own time.
type Waiting struct {
	Clock clock.Clock
	For   time.Duration // at most
	// Ask says what is still waited for; "" once it is true.
	Ask func(context.Context) (still string, err error)
}

// How long is waited between two questions: longer and longer.
const (
	firstAsk = time.Second
	lastAsk  = 30 * time.Second
)

// out waits until it is true, or for as long as it may; told hears what is still waited for.
func (w Waiting) out(ctx context.Context, told func(string)) error {
	begin := w.Clock.Now()
	for pause := firstAsk; ; pause = min(2*pause, lastAsk) {
		still, err := w.Ask(ctx)
		if err != nil || still == "" {
			return err
		}
		passed := w.Clock.Now().Sub(begin)
		if passed >= w.For {
			return fmt.Errorf("still not after %s: %s", w.For, still)
		}
		told(fmt.Sprintf("%s (%s of at most %s)", still, passed.Round(time.Second), w.For))
		if err := sleep(ctx, w.Clock, pause); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, c clock.Clock, d time.Duration) error {
	over := make(chan struct{})
	timer := c.AfterFunc(d, func() { close(over) })
	defer timer.Stop()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
