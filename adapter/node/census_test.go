package node

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/store"
)

func TestWhoIsSilentIsFoundByOnesOwnClock(t *testing.T) {
	start := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	type look struct {
		at    time.Duration
		beats map[string]int64
		late  []string
		gone  []string
	}
	for name, looks := range map[string][]look{
		"one that beats lives": {
			{at: 0, beats: map[string]int64{"me": 1, "b": 1}}, {at: 2 * time.Second, beats: map[string]int64{"me": 2, "b": 2}},
			{at: 4 * time.Second, beats: map[string]int64{"me": 3, "b": 3}}, {at: 6 * time.Second, beats: map[string]int64{"me": 3, "b": 4}},
		},
		"one that is silent for long is late": {
			{at: 0, beats: map[string]int64{"me": 1, "b": 1}}, {at: 2 * time.Second, beats: map[string]int64{"me": 2, "b": 1}},
			{at: 5 * time.Second, beats: map[string]int64{"me": 3, "b": 1}},
			{at: 8 * time.Second, beats: map[string]int64{"me": 4, "b": 1}, late: []string{"b"}},
			{at: 9 * time.Second, beats: map[string]int64{"me": 5}, gone: []string{"b"}},
		},
		"who did not look for long hears nobody silent": {
			{at: 0, beats: map[string]int64{"me": 1, "b": 1}}, {at: 30 * time.Second, beats: map[string]int64{"me": 2, "b": 1}},
			{at: 33 * time.Second, beats: map[string]int64{"me": 3, "b": 1}}, {at: 36 * time.Second, beats: map[string]int64{"me": 3, "b": 1}},
			{at: 38 * time.Second, beats: map[string]int64{"me": 4, "b": 1}, late: []string{"b"}},
		},
		"one that has just come is given time": {
			{at: 0, beats: map[string]int64{"me": 1}}, {at: 2 * time.Second, beats: map[string]int64{"me": 1, "b": 7}},
			{at: 5 * time.Second, beats: map[string]int64{"me": 1, "b": 7}}, {at: 8 * time.Second, beats: map[string]int64{"me": 1, "b": 7}},
			{at: 10 * time.Second, beats: map[string]int64{"me": 1, "b": 7}, late: []string{"b"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := census{}
			for _, l := range looks {
				var all []store.Node
				for id, beats := range l.beats {
					all = append(all, store.Node{ID: id, Beats: beats})
				}
				late, gone := c.take(all, "me", start.Add(l.at))
				var ids []string
				for _, n := range late {
					ids = append(ids, n.ID)
				}
				if diff := cmp.Diff([][]string{l.late, l.gone}, [][]string{ids, gone}); diff != "" {
					t.Errorf("after %v: %s", l.at, diff)
				}
			}
		})
	}
}
