package connect

import "slices"

// Queue is where contacts wait.
type Queue struct {
	ID            QueueID
	Name          string
	Description   string
	Hours         HoursID
	CallerName    string   // shown to who is called
	CallerNumber  NumberID // "" is the instance's first number
	WhisperFlow   FlowID
	MaxContacts   int // 0 is no limit
	Disabled      bool
	QuickConnects []QuickConnectID
}

func (q Queue) key() string   { return string(q.ID) }
func (q Queue) title() string { return q.Name }

const (
	maxQueues             = 50
	maxQueueQuickConnects = 700
	maxContactsInQueue    = 1_000_000
)

func (q Queue) check(s *State) error {
	switch {
	case q.MaxContacts < 0 || q.MaxContacts > maxContactsInQueue:
		return invalid("MaxContacts", "The maximum of contacts in queue is 0 to %d.", maxContactsInQueue)
	case at(s.Hours, string(q.Hours)) < 0:
		return missing("hours of operation")
	case q.CallerNumber != "" && at(s.Numbers, string(q.CallerNumber)) < 0:
		return missing("phone number")
	case q.WhisperFlow != "" && at(s.Flows, string(q.WhisperFlow)) < 0:
		return missing("contact flow")
	case len(q.CallerName) > 255:
		return invalid("OutboundCallerIdName", "The caller ID name may have at most 255 characters.")
	case len(q.QuickConnects) > maxQueueQuickConnects:
		return &Refusal{Why: ErrTooMany, Field: "QuickConnectIds", Message: "A queue may have at most 700 quick connects."}
	}
	for _, id := range q.QuickConnects {
		if at(s.QuickConnects, string(id)) < 0 {
			return missing("quick connect")
		}
	}
	return first(named("Name", q.Name, 256), described(q.Description, 250))
}

// CreateQueue adds one.
func (c *Centre) CreateQueue(q Queue, tags map[string]string) (Queue, error) {
	q.ID = QueueID(c.cfg.IDs())
	return q, c.change(func(s *State) error {
		return first(q.check(s), add(&s.Queues, q, "queue", maxQueues), s.tag(s.Instance.QueueARN(q.ID), tags))
	})
}

// ChangeQueue alters one. Contacts that wait in a queue stay in it when it is disabled.
func (c *Centre) ChangeQueue(id QueueID, f func(*Queue)) error {
	return c.change(func(s *State) error {
		return alter(s.Queues, string(id), "queue", func(q *Queue) error {
			f(q)
			q.ID = id
			return q.check(s)
		})
	})
}

// DeleteQueue takes one away that no routing profile, quick connect or contact uses.
func (c *Centre) DeleteQueue(id QueueID) error {
	if c.waitsIn(id) {
		return inUse("queue", "contacts that wait in it")
	}
	return c.change(func(s *State) error {
		for _, p := range s.RoutingProfiles {
			if p.DefaultOutbound == id || slices.ContainsFunc(p.Queues, func(e RoutingProfileQueue) bool { return e.Queue == id }) {
				return inUse("queue", "the routing profile "+p.Name)
			}
		}
		for _, k := range s.QuickConnects {
			if k.Queue == id {
				return inUse("queue", "the quick connect "+k.Name)
			}
		}
		return drop(s, &s.Queues, string(id), "queue", s.Instance.QueueARN(id))
	})
}

func (c *Centre) waitsIn(id QueueID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range c.contacts {
		if k.Queue == id && (k.live() || k.agent == nil) {
			return true
		}
	}
	return false
}

// callerID is the number that a queue's calls out come from.
func (s *State) callerID(q Queue) string {
	if i := at(s.Numbers, string(q.CallerNumber)); i >= 0 {
		return s.Numbers[i].E164
	}
	if len(s.Numbers) > 0 {
		return s.Numbers[0].E164
	}
	return s.Instance.Number
}
