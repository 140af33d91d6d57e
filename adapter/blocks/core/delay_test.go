package core_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
)

// TestDelay: the run is put away at once, goes on at its moment and not before, and the wait counts once, however often it is taken up.
func TestDelay(t *testing.T) {
	f := only(t, "SE_CoreDelay", in{"milliseconds": "20000"})
	now, spent := someTime, time.Duration(0)
	var past []flow.Step
	run := func() flow.Journal {
		j := flow.Run(t.Context(), flow.Job{Program: f, Past: past, Resumed: past != nil, Spent: spent, Now: func() time.Time { return now }})
		body, err := json.Marshal(j.Steps)
		if err != nil {
			t.Fatal(err)
		}
		past, spent = nil, j.Spent
		if err := json.Unmarshal(body, &past); err != nil {
			t.Fatal(err)
		}
		return j
	}
	for _, at := range []time.Duration{0, time.Second, 19999 * time.Millisecond} {
		now = someTime.Add(at)
		j := run()
		later, ok := errors.AsType[*flow.Later](j.Err)
		if j.Status != flow.Suspended || !ok || !later.At.Equal(someTime.Add(20*time.Second)) || j.Spent != 20*time.Second {
			t.Fatalf("after %v %s: %v, spent %v", at, j.Status, j.Err, j.Spent)
		}
	}
	now = someTime.Add(time.Hour) // nobody was there
	j := run()
	if j.Status != flow.Completed || j.Spent != 20*time.Second || len(j.Steps) != 3 {
		t.Fatalf("%s (%s), spent %v, %d steps", j.Status, j.Problem, j.Spent, len(j.Steps))
	}
	if s := j.Steps[1]; s.Open || !s.Due.IsZero() || !s.Started.Equal(someTime) || s.Took != time.Hour {
		t.Errorf("%+v", s)
	}
}

func TestDelaysHaveTheirBounds(t *testing.T) {
	for _, tc := range []struct {
		name   string
		ms     any
		spent  time.Duration
		status flow.Status
		says   string
	}{
		{"none", 0, 0, flow.Completed, ""},
		{"a negative one", -5, 0, flow.Completed, ""},
		{"all that there is", 60_000, 0, flow.Suspended, ""},
		{"a little more", 60_001, 0, flow.Failed, "it would wait for 61 seconds, longer than what is left of the 60 seconds of"},
		{"more than is left", 20_000, 41 * time.Second, flow.Failed, "longer than what is left"},
		{"without an end", "1e300", 0, flow.Failed, "longer than what is left"},
		{"no number", "soon", 0, flow.Partial, "milliseconds is no number"},
		{"nothing", nil, 0, flow.Partial, "milliseconds is empty"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			j := flow.Run(t.Context(), flow.Job{Program: only(t, "SE_CoreDelay", in{"milliseconds": tc.ms}), Spent: tc.spent,
				Now: func() time.Time { return someTime }})
			if j.Status != tc.status || !strings.Contains(j.Problem, tc.says) {
				t.Errorf("%s: %s", j.Status, j.Problem)
			}
		})
	}
}
