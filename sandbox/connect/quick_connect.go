package connect

import "slices"

// QuickConnectType is where a quick connect leads.
type QuickConnectType string

// The types.
const (
	ToUser   QuickConnectType = "USER"
	ToQueue  QuickConnectType = "QUEUE"
	ToNumber QuickConnectType = "PHONE_NUMBER"
)

// QuickConnect is a destination that agents have at hand.
type QuickConnect struct {
	ID          QuickConnectID
	Name        string
	Description string
	Type        QuickConnectType
	User        AgentID
	Queue       QueueID
	Number      string // E.164
	Flow        FlowID // of a transfer to a user or a queue
}

func (q QuickConnect) key() string   { return string(q.ID) }
func (q QuickConnect) title() string { return q.Name }

const maxQuickConnects = 100

func (q QuickConnect) check(s *State) error {
	var err error
	switch q.Type {
	case ToUser:
		_, err = known(s.Users, string(q.User), "user")
		err = first(err, s.flowOf(q.Flow, AgentTransfer))
	case ToQueue:
		_, err = known(s.Queues, string(q.Queue), "queue")
		err = first(err, s.flowOf(q.Flow, QueueTransfer))
	case ToNumber:
		if dialable(q.Number) == "" {
			err = invalid("PhoneNumber", "Enter the number in E.164, such as +12065550142.")
		}
	default:
		err = invalid("QuickConnectType", "The type is USER, QUEUE or PHONE_NUMBER.")
	}
	return first(err, named("Name", q.Name, 127), described(q.Description, 250))
}

// CreateQuickConnect adds one.
func (c *Centre) CreateQuickConnect(q QuickConnect, tags map[string]string) (QuickConnect, error) {
	q.ID = QuickConnectID(c.cfg.IDs())
	return q, c.change(func(s *State) error {
		return first(q.check(s), add(&s.QuickConnects, q, "quick connect", maxQuickConnects), s.tag(s.Instance.QuickConnectARN(q.ID), tags))
	})
}

// ChangeQuickConnect alters one.
func (c *Centre) ChangeQuickConnect(id QuickConnectID, f func(*QuickConnect)) error {
	return c.change(func(s *State) error {
		return alter(s.QuickConnects, string(id), "quick connect", func(q *QuickConnect) error {
			f(q)
			q.ID = id
			return q.check(s)
		})
	})
}

// DeleteQuickConnect takes one away, out of all queues too.
func (c *Centre) DeleteQuickConnect(id QuickConnectID) error {
	return c.change(func(s *State) error {
		for i, q := range s.Queues {
			s.Queues[i].QuickConnects = slices.DeleteFunc(slices.Clone(q.QuickConnects), func(other QuickConnectID) bool { return other == id })
		}
		return drop(s, &s.QuickConnects, string(id), "quick connect", s.Instance.QuickConnectARN(id))
	})
}
