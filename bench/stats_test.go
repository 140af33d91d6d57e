package main

import (
	"testing"
	"time"
)

func TestPercentilesAreSamples(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(i + 1)
	}
	for _, tc := range []struct {
		name   string
		sorted []float64
		p      float64
		want   float64
	}{
		{"one sample is all percentiles", []float64{7}, 99, 7},
		{"the median of two is the lower one", []float64{1, 9}, 50, 1},
		{"95 of a hundred", hundred, 95, 95},
		{"99 of a hundred is not the largest", hundred, 99, 99},
		{"99 of twenty is the largest", hundred[:20], 99, 20},
		{"0 is the smallest", hundred, 0, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := percentile(tc.sorted, tc.p); got != tc.want {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

func TestSpreadDoesNotNeedOrderAndKeepsItsInput(t *testing.T) {
	in := []time.Duration{3 * time.Millisecond, time.Millisecond, 2500 * time.Microsecond}
	f := milliseconds("x", in)
	if f.P50 != 2.5 || f.Max != 3 || f.N != 3 || in[0] != 3*time.Millisecond {
		t.Errorf("%+v of %v", f, in)
	}
}

func TestVerdicts(t *testing.T) {
	slow := milliseconds("x", []time.Duration{time.Millisecond, 5 * time.Millisecond})
	for _, tc := range []struct {
		name string
		f    figure
		want string
	}{
		{"a figure without a goal is not judged", slow, ""},
		{"nothing measured is not met", spread("x", "ms", nil).within("p95", 1), "not measured"},
		{"the median is within", slow.within("p50", 1), "met"},
		{"the slowest is not", slow.within("max", 4), "missed"},
		{"a rate that is high enough", once("x", "1/s", 10).atLeast(10), "met"},
		{"a rate that is too low", once("x", "1/s", 9).atLeast(10), "missed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.f.verdict(); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}
