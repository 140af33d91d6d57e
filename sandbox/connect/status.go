package connect

import "slices"

const maxStatuses = 50

// Status is a status that agents may choose.
type Status struct {
	ID          StatusID
	Name        string
	Description string
	Type        StatusType
	Order       int // 1 and up; 0 is behind all that have one
	Disabled    bool
}

func (s Status) key() string   { return string(s.ID) }
func (s Status) title() string { return s.Name }

func (s Status) check() error {
	if s.Order < 0 || s.Order > maxStatuses {
		return invalid("DisplayOrder", "The order is a number from 1 to %d.", maxStatuses)
	}
	return first(named("Name", s.Name, 127), described(s.Description, 250))
}

// CreateStatus adds a custom status. Without an order it comes last.
func (c *Centre) CreateStatus(made Status, tags map[string]string) (Status, error) {
	made.ID, made.Type = StatusID(c.cfg.IDs()), NotRoutable
	if err := made.check(); err != nil {
		return Status{}, err
	}
	err := c.change(func(s *State) error {
		if made.Order == 0 {
			made.Order = len(s.Statuses) + 1
		}
		return first(add(&s.Statuses, made, "agent status", maxStatuses), s.tag(s.Instance.StatusARN(made.ID), tags))
	})
	return made, err
}

// ChangeStatus alters a status. Available and Offline stay enabled, and every status keeps its type.
func (c *Centre) ChangeStatus(id StatusID, f func(*Status)) error {
	return c.change(func(s *State) error {
		return alter(s.Statuses, string(id), "agent status", func(st *Status) error {
			kind := st.Type
			f(st)
			st.ID, st.Type = id, kind
			if st.Disabled && kind != NotRoutable {
				return invalid("State", "%s cannot be disabled.", st.Name)
			}
			return st.check()
		})
	})
}

// InOrder are the statuses as agents see them.
func (s *State) InOrder() []Status {
	all := slices.Clone(s.Statuses)
	slices.SortStableFunc(all, func(x, y Status) int {
		switch {
		case x.Order == 0 && y.Order != 0:
			return 1
		case y.Order == 0 && x.Order != 0:
			return -1
		}
		return x.Order - y.Order
	})
	return all
}
