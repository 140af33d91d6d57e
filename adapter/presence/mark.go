package presence

import (
	"slices"
	"time"
)

// Mark is on a change of ours.
type Mark struct {
	Value string    `json:"value"`
	Rule  string    `json:"rule,omitempty"`
	Set   int64     `json:"set"`
	Made  time.Time `json:"made"`
	// Flow is the CTI flow that made the change in place of a rule: rules follow it as they follow people. Its Value may be "": any.
	Flow string `json:"flow,omitempty"`
	// Session says that the end or the begin of a session made it. Nobody may be there to tell it for hours: it is awaited until another
	// status is told.
	Session bool      `json:"session,omitempty"`
	Begun   time.Time `json:"begun,omitzero"` // from when on its echo may come
	Done    time.Time `json:"done,omitzero"`  // it was carried out
}

// isRules says that the change was made for a rule: rules do not follow it.
func (m Mark) isRules() bool { return m.Flow == "" && !m.Session }

// awaited are the marks of what rules have changed.
func (t *Stand) awaited() []Mark {
	return slices.DeleteFunc(slices.Clone(t.Marks), func(m Mark) bool { return !m.isRules() })
}

// echo is the mark of the change that a status is the echo of; -1 for none. One that may become any status counts last.
func (t *Stand) echo(value string) int {
	is := func(want string) func(Mark) bool {
		return func(m Mark) bool { return !m.Begun.IsZero() && m.Value == want }
	}
	if i := slices.IndexFunc(t.Marks, is(value)); i >= 0 {
		return i
	}
	return slices.IndexFunc(t.Marks, is(""))
}

// lapse drops the marks of changes whose echo comes no more. While a contact is on, what was set at the contact centre comes after it.
func (t *Stand) lapse(side Side, now time.Time) {
	t.Marks = slices.DeleteFunc(t.Marks, func(m Mark) bool {
		if m.Session {
			return false
		}
		if m.Done.IsZero() {
			return apart(m.Made, now) > carriedOutWithin
		}
		waits := side == Centre && IsSystem(t.Value)
		return apart(m.Done, now) > echoWithin && !waits
	})
}

// mark adds a mark; of too many the oldest go.
func (t *Stand) mark(m Mark) {
	t.Marks = append(t.Marks, m)
	t.Marks = t.Marks[max(0, len(t.Marks)-maxMarks):]
}

// Note marks a change that a CTI flow has made, "" for one to a status that nobody knows: its echo is the flow's, and rules follow it.
func (s Sync) Note(side Side, value, flow string, now time.Time) Sync {
	s = s.copy()
	stand := s.Of(side)
	if value != stand.Value {
		stand.mark(Mark{Value: value, Flow: flow, Made: now, Begun: now, Done: now})
	}
	return s
}

// NoteSession marks a change at the contact centre that the end or the begin of a session makes: rules follow it.
func (s Sync) NoteSession(value string, now time.Time) Sync {
	s = s.copy()
	isOld := func(m Mark) bool { return m.Session }
	s.Centre.Marks = append(slices.DeleteFunc(s.Centre.Marks, isOld), Mark{Value: value, Session: true, Made: now, Begun: now, Done: now})
	return s
}

// Begin notes that a change of ours is being made: from now on its echo may come.
func (s Sync) Begin(c Set, now time.Time) Sync {
	return s.remark(c, func(m *Mark) { m.Begun = now })
}

// Done notes that a change of ours was carried out: its echo comes soon, or never.
func (s Sync) Done(c Set, now time.Time) Sync {
	return s.remark(c, func(m *Mark) { m.Done = now })
}

// remark changes the mark of a change of ours.
func (s Sync) remark(c Set, change func(*Mark)) Sync {
	s = s.copy()
	stand := s.Of(c.Side)
	for i := range stand.Marks {
		if stand.Marks[i].Set == c.ID {
			change(&stand.Marks[i])
		}
	}
	return s
}

// Failed notes that a change of ours was not carried out, and will not be: it is no word any more. why is for people; "" if nobody wants
// it any more.
func (s Sync) Failed(c Set, why string) Sync {
	s = s.Dropped(c)
	stand := s.Of(c.Side)
	if stand.Word != nil && stand.Word.Set == c.ID {
		stand.Word = nil
		if why != "" {
			stand.Refused = &Refusal{c.Value, c.Rule, why}
		}
	}
	return s
}

// Dropped notes that a change of ours was not begun, since something else was said meanwhile.
func (s Sync) Dropped(c Set) Sync {
	s = s.copy()
	stand := s.Of(c.Side)
	stand.Marks = slices.DeleteFunc(stand.Marks, func(m Mark) bool { return m.Set == c.ID })
	return s
}
