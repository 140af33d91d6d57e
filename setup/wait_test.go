package setup

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// swift is a clock on which every wait is over at once, and has taken its time.
type swift struct{ now time.Time }

func (s *swift) Now() time.Time { return s.now }

func (s *swift) AfterFunc(d time.Duration, f func()) clock.Timer {
	s.now = s.now.Add(d)
	f()
	return over{}
}

type over struct{}

func (over) Stop() bool { return false }

// later is a step that only time makes true.
type later struct{ w *Waiting }

func (later) Name() string { return "later" }
func (l later) Plan(context.Context, Platforms) ([]Change, error) {
	return []Change{{Action: Create, What: "wait", Wait: l.w}}, nil
}

func TestWhatTakesItsTimeIsWaitedForAndTold(t *testing.T) {
	for _, tc := range []struct {
		name  string
		after time.Duration // when it becomes true
		ends  string        // in the error; "" for none
		tells string        // in the last line told
	}{
		{"known at once", 0, "", ""},
		{"known after ten minutes", 10 * time.Minute, "", "not yet (9m"},
		{"never known", time.Hour, "still not after 30m0s: not yet", "not yet (29m"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := &swift{now: time.Unix(1_800_000_000, 0)}
			begin := c.now
			w := &Waiting{Clock: c, For: 30 * time.Minute, Ask: func(context.Context) (string, error) {
				if c.now.Sub(begin) >= tc.after {
					return "", nil
				}
				return "not yet", nil
			}}
			r, err := OpenRecord("", "00D1", kinds)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			done := 0
			err = Apply(t.Context(), Platforms{}, []Step{later{w}}, r, Hooks{
				Waits: func(_ Change, text string) { told = append(told, text) }, Done: func(Change) { done++ },
			})
			good := err == nil && done == 1
			if tc.ends != "" {
				good = err != nil && strings.Contains(err.Error(), tc.ends)
			}
			if !good {
				t.Errorf("ended with %v, %d done", err, done)
			}
			last := strings.Join(told[max(0, len(told)-1):], "")
			if tc.tells == "" && last != "" || !strings.Contains(last, tc.tells) {
				t.Errorf("told last: %q", last)
			}
			if len(told) > 70 {
				t.Errorf("told %d times", len(told))
			}
		})
	}
}

func TestAWaitIsCutOff(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	ask := func(context.Context) (string, error) {
		stop()
		return "not yet", nil
	}
	w := Waiting{Clock: clock.NewFake(time.Unix(1_800_000_000, 0)), For: time.Hour, Ask: ask}
	if err := w.out(ctx, func(string) {}); err == nil || ctx.Err() == nil {
		t.Errorf("ended with %v", err)
	}
}
