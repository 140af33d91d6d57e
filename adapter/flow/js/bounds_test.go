package js

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

func TestReplacementsAreBounded(t *testing.T) {
	long := strings.Repeat("x", 256<<10)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tc := range []struct {
		name, text string
		ctx        context.Context
		r          Replacement
		limit      int
		says       string
	}{
		{"a result that grows", "xx", t.Context(), Replacement{Pattern: "x", Flags: "g", With: strings.Repeat("y", 60)}, 100, ErrTooLong.Error()},
		{"one that refers to itself", long, t.Context(), Replacement{Pattern: "x", Flags: "g", With: "$`$'"}, 1 << 20, ErrTooLong.Error()},
		{"what is left over", "xyyyy", t.Context(), Replacement{Pattern: "x"}, 3, ErrTooLong.Error()},
		{"a pattern too large for its text", long, t.Context(),
			Replacement{Pattern: strings.Repeat("(.{900})", 20), Regexp: true}, 1 << 20, "too large for a text"},
		{"a look ahead", "x", t.Context(), Replacement{Pattern: "x(?=y)", Regexp: true}, 100, "looks ahead"},
		{"a reference back", "x", t.Context(), Replacement{Pattern: `(x)\1`, Regexp: true}, 100, "cannot be used"},
		{"no pattern", "x", t.Context(), Replacement{Pattern: "a)(b", Regexp: true}, 100, "cannot be used"},
		{"half a pattern", "x", t.Context(), Replacement{Pattern: `x\`, Regexp: true}, 100, `ends with \`},
		{"an unknown flag", "x", t.Context(), Replacement{Pattern: "x", Flags: "y", Regexp: true}, 100, "no flag 'y'"},
		{"a context that ended", "xx", gone, Replacement{Pattern: "x", Flags: "g"}, 100, context.Canceled.Error()},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := tc.r.Do(tc.ctx, tc.text, tc.limit); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v, want %q", err, tc.says)
			}
		})
	}
}

// TestSlowPatternsStop: an expression that looks through the whole rest at each character is cut by its context.
func TestSlowPatternsStop(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := Replacement{Pattern: "(?:x*y)?", Regexp: true, Flags: "g", With: "-"}.Do(ctx, strings.Repeat("x", 200<<10), 1<<20)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// TestOurs is where we differ from the language on purpose.
func TestOurs(t *testing.T) {
	at := time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)
	if got, ok := Date("1785578400000", time.UTC); !ok || !got.Equal(at) {
		t.Errorf("milliseconds as text: %v", got)
	}
	if _, ok := Date("Aug 1, 2026", time.UTC); ok {
		t.Error("a country's own writing is taken for a date")
	}
	zone := time.FixedZone("", 2*60*60)
	if got, _ := Date("2026-08-01T12:00", zone); !got.Equal(at) {
		t.Errorf("a time of day in its zone is %v", got)
	}
	if Text(nil) != "" || !Equal(nil, "") || Equal(nil, 0.0) || Less(nil, 1.0) || Less(1.0, nil) || !math.IsNaN(Number(nil)) {
		t.Error("what is unset is taken for a value")
	}
	if Plain(math.NaN()) != nil || Plain(math.Inf(-1)) != nil || math.Signbit(Plain(math.Copysign(0, -1)).(float64)) || Plain(2) != 2.0 {
		t.Error("a number that JSON has not")
	}
	if Integer(1e300) != math.MaxInt32 || Integer("-1e300") != math.MinInt32 {
		t.Error("positions count over")
	}
	deep := any("x")
	for range 10_000 {
		deep = []any{deep}
	}
	if Text(deep) != "" {
		t.Error("a well is written to its end")
	}
}
