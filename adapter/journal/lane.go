package journal

import (
	"context"
	"sync"
)

// lanes keeps records of one lane in their order, while those of different lanes are handled beside each other.
type lanes struct {
	mu   sync.Mutex               // guards last
	last map[string]chan struct{} // by lane: closed when the latest of its records is done
}

// turn is one record's place in its lane.
type turn struct {
	lanes  *lanes
	lane   string
	before <-chan struct{} // nil if nothing is before it
	mine   chan struct{}
}

func (c Consumer) lane(r Record) string {
	if c.Lane == nil {
		return ""
	}
	return c.Lane(r)
}

// join puts a record at the end of its lane.
func (l *lanes) join(lane string) turn {
	t := turn{lanes: l, lane: lane, mine: make(chan struct{})}
	if lane == "" {
		return t
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if before, ok := l.last[lane]; ok {
		t.before = before
	}
	l.last[lane] = t.mine
	return t
}

// wait returns when those before are done; false if ctx ended first.
func (t turn) wait(ctx context.Context) bool {
	if t.before == nil {
		return ctx.Err() == nil
	}
	select {
	case <-t.before:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// end lets the next one in, and forgets the lane if there is none.
func (t turn) end() {
	close(t.mine)
	if t.lane == "" {
		return
	}
	t.lanes.mu.Lock()
	defer t.lanes.mu.Unlock()
	if t.lanes.last[t.lane] == t.mine {
		delete(t.lanes.last, t.lane)
	}
}
