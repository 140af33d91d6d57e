package run

import "time"

// due is when the first of those that sleep wakes; zero for none.
func (q *queue) due() time.Time {
	if len(q.sleeping) == 0 {
		return time.Time{}
	}
	return q.sleeping[0].wake
}

// setBack is told when the clock was set back by so much: what sleeps wakes by the time that passes, not by the time that it is.
func (q *queue) setBack(by time.Duration) {
	for _, n := range q.sleeping {
		n.wake = n.wake.Add(-by)
	}
}

// sleeping is a heap of runs by when they wake.
type sleeping []*entry

func (s sleeping) Len() int           { return len(s) }
func (s sleeping) Less(i, j int) bool { return s[i].wake.Before(s[j].wake) }
func (s sleeping) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

// Push adds an entry, as heap.Interface wants it.
func (s *sleeping) Push(v any) {
	if n, ok := v.(*entry); ok {
		*s = append(*s, n)
	}
}

// Pop takes the last entry, as heap.Interface wants it.
func (s *sleeping) Pop() any {
	old := *s
	n := old[len(old)-1]
	*s = old[:len(old)-1]
	return n
}
