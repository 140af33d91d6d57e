package flow

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/patchcord/patchcord/internal/counted"
)

// Later is what a block answers that has to wait: its run is suspended, and the block is run again at that moment, with Call.Due set. The
// wait counts against MaxDuration, whoever is away meanwhile.
type Later struct{ At time.Time }

// Error says until when.
func (l *Later) Error() string { return "it waits until " + l.At.UTC().Format("15:04:05") + " UTC" }

// RunThrough runs a flow for which nobody waits: where it would wait, it is that moment.
func RunThrough(ctx context.Context, j Job) Journal {
	for {
		journal := Run(ctx, j)
		later, waits := errors.AsType[*Later](journal.Err)
		if !waits {
			return journal
		}
		j.Now = func() time.Time { return later.At }
		j.Past, j.Spent = journal.Steps, journal.Spent
	}
}

// sleep suspends the run until a moment, unless there is not so much time left. A wait that goes on is counted once.
func (r *run) sleep(step *Step, l *Later) bool {
	if !step.Due.Equal(l.At) {
		wait := max(0, l.At.Sub(r.Now()))
		if r.spent()+wait > MaxDuration {
			step.Port, step.Open, step.Due = Failure, false, time.Time{}
			step.Problem = fmt.Sprintf("it would wait for %s, longer than what is left of the %d seconds of a flow: it was stopped",
				counted.Noun(int(math.Ceil(wait.Seconds())), "second"), int(MaxDuration.Seconds()))
			r.journal.Failures++
			r.end(Failed, step.Problem)
			return false
		}
		step.Due = l.At
		r.asleep = wait
	}
	return r.suspend(l)
}
