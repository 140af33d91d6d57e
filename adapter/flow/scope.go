package flow

import "github.com/patchcord/patchcord/adapter/number"

// scope is what expressions see of a run: payload, agent, contact, and what actions gave. Nothing of it is made before it is asked for.
type scope struct {
	program *Program
	event   Event
	contact map[string]any

	number                number.Number // the customer's, once numberRead
	numberRead, hasNumber bool

	steps  *[]Step // of the whole run
	latest []int   // by action: the index of its latest step that ended, from 1; 0 is none
}

// find follows a path from the root.
func (s *scope) find(steps []string) (any, bool) {
	if len(steps) == 0 {
		return nil, false
	}
	rest := steps[1:]
	switch steps[0] {
	case "payload":
		return follow(orEmpty(s.event.Payload), rest)
	case "agent":
		return follow(orEmpty(s.event.Agent), rest)
	case "contact":
		if s.event.Contact == nil {
			return nil, false
		}
		if len(rest) == 2 && rest[0] == "parsedNumber" {
			return s.findNumber(rest[1])
		}
		if s.contact == nil {
			s.contact = s.event.Contact.tree(s.event.Country)
		}
		return follow(s.contact, rest)
	case "actions":
		return s.findAction(rest)
	}
	return nil, false
}

// findNumber is one of parsedNumber, without the others.
func (s *scope) findNumber(name string) (any, bool) {
	of, known := parsedNumber[name]
	if !known {
		return nil, false
	}
	if !s.numberRead {
		s.number, s.hasNumber = number.Parse(s.event.Contact.PhoneNumber, s.event.Country)
		s.numberRead = true
	}
	if !s.hasNumber {
		return nil, false
	}
	return of(s.number), true
}

func (s *scope) findAction(steps []string) (any, bool) {
	if len(steps) == 0 {
		all := map[string]any{}
		for i, at := range s.latest {
			if at > 0 {
				all[string(s.program.Actions[i].ID)] = envelope(&(*s.steps)[at-1])
			}
		}
		return all, true
	}
	i, known := s.program.byID[ActionID(steps[0])]
	if !known || s.latest[i] == 0 {
		return nil, false
	}
	step := &(*s.steps)[s.latest[i]-1]
	if len(steps) > 1 && steps[1] == "results" {
		return follow(step.Result, steps[2:])
	}
	return follow(envelope(step), steps[1:])
}

// envelope is a finished step as later expressions see it. Source: the original adapter's manual.
func envelope(s *Step) map[string]any {
	e := map[string]any{"success": s.Problem == "" && s.Port != Failure, "results": s.Result}
	if s.Problem != "" {
		e["exception"] = map[string]any{"message": s.Problem}
	}
	return e
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
