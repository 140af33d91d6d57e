package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// figure is one measured quantity beside its goal.
type figure struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	N       int     `json:"n"` // samples; 1 for a total or a rate
	P50     float64 `json:"p50"`
	P95     float64 `json:"p95"`
	P99     float64 `json:"p99"`
	Max     float64 `json:"max"`
	Goal    float64 `json:"goal,omitzero"` // 0 when there is none
	Of      string  `json:"of,omitzero"`   // which of the figures the goal is about: p50, p95, p99, max
	AtLeast bool    `json:"at_least,omitzero"`
	Zero    bool    `json:"zero,omitzero"` // the goal is none at all
	Note    string  `json:"note,omitzero"`
}

// percentile is the smallest sample that at least p percent of all are not above. sorted is not empty.
func percentile(sorted []float64, p float64) float64 {
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// spread describes samples; NaN for none.
func spread(name, unit string, samples []float64) figure {
	f := figure{Name: name, Unit: unit, N: len(samples)}
	if len(samples) == 0 {
		f.Note = "no samples"
		return f
	}
	s := slices.Sorted(slices.Values(samples))
	f.P50, f.P95, f.P99, f.Max = percentile(s, 50), percentile(s, 95), percentile(s, 99), s[len(s)-1]
	return f
}

// milliseconds describes durations.
func milliseconds(name string, samples []time.Duration) figure {
	ms := make([]float64, len(samples))
	for i, d := range samples {
		ms[i] = float64(d) / float64(time.Millisecond)
	}
	return spread(name, "ms", ms)
}

// once is a total or a rate.
func once(name, unit string, value float64) figure { return spread(name, unit, []float64{value}) }

// within sets the goal that one of the figures is at most.
func (f figure) within(of string, goal float64) figure { f.Of, f.Goal = of, goal; return f }

// atLeast sets the goal that the figure is no less.
func (f figure) atLeast(goal float64) figure { f.Of, f.Goal, f.AtLeast = "p50", goal, true; return f }

// none sets the goal that there is not one.
func (f figure) none() figure { f.Of, f.Zero = "max", true; return f }

// value is the figure that the goal is about.
func (f figure) value() float64 {
	switch f.Of {
	case "p50":
		return f.P50
	case "p99":
		return f.P99
	case "max":
		return f.Max
	}
	return f.P95
}

// verdict says whether the goal is met; "" without a goal, "not measured" without a sample.
func (f figure) verdict() string {
	switch {
	case f.N == 0:
		return "not measured"
	case f.Goal == 0 && !f.Zero:
		return ""
	case f.AtLeast == (f.value() >= f.Goal):
		return "met"
	case f.value() == f.Goal:
		return "met"
	}
	return "missed"
}

// goal is the goal in words.
func (f figure) goal() string {
	switch {
	case f.Zero:
		return "0"
	case f.Goal == 0:
		return ""
	case f.AtLeast:
		return "≥ " + short(f.Goal)
	case f.N == 1:
		return "≤ " + short(f.Goal)
	}
	return f.Of + " ≤ " + short(f.Goal)
}

// short writes a number with three digits that matter.
func short(v float64) string {
	switch {
	case v == 0 || math.Abs(v) >= 100:
		return fmt.Sprintf("%.0f", v)
	case math.Abs(v) >= 10:
		return fmt.Sprintf("%.1f", v)
	case math.Abs(v) >= 1:
		return strings.TrimSuffix(fmt.Sprintf("%.2f", v), ".00")
	}
	return fmt.Sprintf("%.3f", v)
}
