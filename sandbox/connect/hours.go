package connect

import (
	"slices"
	"time"
)

// Span is a stretch of a day of the week. An end at or before its start is on the day after; 00:00 to 00:00 is the whole day.
type Span struct {
	Day        time.Weekday
	Start, End int // minutes after midnight
}

// Override is other hours for some days.
type Override struct {
	ID          OverrideID
	Name        string
	Description string
	From, Till  string // YYYY-MM-DD, both included
	Spans       []Span // none is closed
}

func (o Override) key() string   { return string(o.ID) }
func (o Override) title() string { return o.Name }

// Hours are when a queue's contacts are answered.
type Hours struct {
	ID          HoursID
	Name        string
	Description string
	Zone        string // IANA
	Spans       []Span
	Overrides   []Override
}

func (h Hours) key() string   { return string(h.ID) }
func (h Hours) title() string { return h.Name }

const (
	maxHours     = 100
	maxSpans     = 100
	maxOverrides = 50
	minutesOfDay = 24 * 60
)

func checkSpans(spans []Span) error {
	if len(spans) > maxSpans {
		return &Refusal{Why: ErrTooMany, Field: "Config", Message: "There may be at most 100 spans."}
	}
	for _, s := range spans {
		if s.Day < time.Sunday || s.Day > time.Saturday || s.Start < 0 || s.Start >= minutesOfDay || s.End < 0 || s.End >= minutesOfDay {
			return invalid("Config", "Each span has a day and times from 00:00 to 23:59.")
		}
	}
	return nil
}

func (h Hours) check() error {
	if _, err := time.LoadLocation(h.Zone); err != nil || h.Zone == "" || h.Zone == "Local" {
		return invalid("TimeZone", "Choose a time zone by its IANA name, such as America/Los_Angeles.")
	}
	return first(checkSpans(h.Spans), named("Name", h.Name, 127), described(h.Description, 250))
}

func (o Override) check() error {
	from, err1 := time.Parse(time.DateOnly, o.From)
	till, err2 := time.Parse(time.DateOnly, o.Till)
	if err1 != nil || err2 != nil || till.Before(from) {
		return invalid("EffectiveFrom", "Enter the first and the last day as YYYY-MM-DD, in this order.")
	}
	return first(checkSpans(o.Spans), named("Name", o.Name, 127), described(o.Description, 250))
}

// CreateHours adds hours of operation.
func (c *Centre) CreateHours(h Hours, tags map[string]string) (Hours, error) {
	h.ID, h.Overrides = HoursID(c.cfg.IDs()), nil
	if err := h.check(); err != nil {
		return h, err
	}
	return h, c.change(func(s *State) error {
		return first(add(&s.Hours, h, "hours of operation", maxHours), s.tag(s.Instance.HoursARN(h.ID), tags))
	})
}

// ChangeHours alters them.
func (c *Centre) ChangeHours(id HoursID, f func(*Hours)) error {
	return c.change(func(s *State) error {
		return alter(s.Hours, string(id), "hours of operation", func(h *Hours) error {
			before := h.Overrides
			f(h)
			h.ID, h.Overrides = id, before
			return h.check()
		})
	})
}

// DeleteHours takes hours away that no queue has.
func (c *Centre) DeleteHours(id HoursID) error {
	return c.change(func(s *State) error {
		for _, q := range s.Queues {
			if q.Hours == id {
				return inUse("hours of operation", "the queue "+q.Name)
			}
		}
		return drop(s, &s.Hours, string(id), "hours of operation", s.Instance.HoursARN(id))
	})
}

func (c *Centre) overrides(id HoursID, f func(*[]Override) error) error {
	return c.change(func(s *State) error {
		return alter(s.Hours, string(id), "hours of operation", func(h *Hours) error {
			h.Overrides = slices.Clone(h.Overrides)
			return f(&h.Overrides)
		})
	})
}

// CreateOverride adds other hours for some days.
func (c *Centre) CreateOverride(id HoursID, o Override) (Override, error) {
	o.ID = OverrideID(c.cfg.IDs())
	if err := o.check(); err != nil {
		return o, err
	}
	return o, c.overrides(id, func(all *[]Override) error { return add(all, o, "override", maxOverrides) })
}

// ChangeOverride alters them.
func (c *Centre) ChangeOverride(id HoursID, override OverrideID, f func(*Override)) error {
	return c.overrides(id, func(all *[]Override) error {
		return alter(*all, string(override), "override", func(o *Override) error {
			f(o)
			o.ID = override
			return o.check()
		})
	})
}

// DeleteOverride takes them away.
func (c *Centre) DeleteOverride(id HoursID, override OverrideID) error {
	return c.overrides(id, func(all *[]Override) error {
		i := at(*all, string(override))
		if i < 0 {
			return missing("override")
		}
		*all = slices.Delete(*all, i, i+1)
		return nil
	})
}

// Open says whether a moment lies within the hours. An override that holds for a day takes the place of that day's spans.
func (h Hours) Open(now time.Time) bool {
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		return false
	}
	here := now.In(zone)
	minute := here.Hour()*60 + here.Minute()
	yesterday := here.AddDate(0, 0, -1)
	return within(h.on(here), here.Weekday(), minute) || within(h.on(yesterday), yesterday.Weekday(), minute+minutesOfDay)
}

// within says whether a minute after a day's midnight lies in one of the day's spans.
func within(spans []Span, day time.Weekday, minute int) bool {
	return slices.ContainsFunc(spans, func(s Span) bool {
		end := s.End
		if end <= s.Start {
			end += minutesOfDay
		}
		return s.Day == day && minute >= s.Start && minute < end
	})
}

// on are the spans that hold on a date.
func (h Hours) on(date time.Time) []Span {
	day := date.Format(time.DateOnly)
	for _, o := range h.Overrides {
		if o.From <= day && day <= o.Till {
			return o.Spans
		}
	}
	return h.Spans
}
