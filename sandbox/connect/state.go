package connect

import (
	"maps"
	"slices"
	"time"
)

// State is all of an instance that is kept: configuration, not calls.
type State struct {
	Instance         Instance
	Users            []User
	Statuses         []Status
	Queues           []Queue
	SecurityProfiles []SecurityProfile
	RoutingProfiles  []RoutingProfile
	Hours            []Hours
	Numbers          []Number
	Flows            []Flow
	QuickConnects    []QuickConnect
	Origins          []string
	Attributes       map[string]bool              // of the instance, that were switched
	Tags             map[string]map[string]string // by ARN
	Chosen           map[AgentID]StatusID         // what each agent chose last, to come back to
	Locks            map[AgentID]Lock
	Revoked          map[AgentID]Revoked
	Key              []byte // signs sessions
}

// NewInstance is a new instance. ids gives fresh UUIDs, key is random.
func NewInstance(instance Instance, users []User, ids func() string, key []byte) State {
	s := State{Instance: instance, Key: key,
		Queues: []Queue{{ID: QueueID(ids()), Name: "BasicQueue", Description: "A simple, basic voice queue."}}}
	for i, d := range []struct {
		name string
		kind StatusType
	}{{"Available", Routable}, {"Offline", Offline}, {"Break", NotRoutable}, {"Lunch", NotRoutable}} {
		s.Statuses = append(s.Statuses, Status{ID: StatusID(ids()), Name: d.name, Type: d.kind, Order: i + 1})
	}
	for _, u := range users {
		u.ID = AgentID(ids())
		s.Users = append(s.Users, u)
	}
	s.addDefaults()
	return s
}

// addDefaults gives an instance what every one has from the start, and what one that was kept by an older version
// lacks.
func (s *State) addDefaults() {
	i, q := s.Instance, s.Queues[0].ID
	if s.SecurityProfiles == nil {
		s.SecurityProfiles = defaultSecurityProfiles(i)
	}
	if s.Hours == nil {
		always := Hours{ID: HoursID(i.DefaultID("hours")), Name: "Basic Hours", Description: "Always open", Zone: "UTC"}
		for day := time.Sunday; day <= time.Saturday; day++ {
			always.Spans = append(always.Spans, Span{Day: day})
		}
		s.Hours = []Hours{always}
	}
	if s.Flows == nil {
		s.Flows = defaultFlows(i, q)
	}
	if s.Numbers == nil {
		s.Numbers = []Number{{
			ID: NumberID(i.DefaultID("phone-number")), E164: i.Number, Country: "US", Type: "DID", Flow: i.DefaultFlow("inbound"),
		}}
	}
	if s.RoutingProfiles == nil {
		s.RoutingProfiles = []RoutingProfile{{
			ID: RoutingProfileID(i.DefaultID("routing-profile")), Name: "Basic Routing Profile",
			Description: "A simple routing profile", DefaultOutbound: q,
			Concurrency: []Concurrency{{Voice, 1}}, Queues: []RoutingProfileQueue{{Queue: q, Channel: Voice, Priority: 1}},
		}}
	}
	for n, queue := range s.Queues {
		if queue.Hours == "" {
			s.Queues[n].Hours = s.Hours[0].ID
			s.Queues[n].CallerNumber = s.Numbers[0].ID
		}
	}
	for n, u := range s.Users {
		if u.SecurityProfiles == nil {
			s.Users[n].SecurityProfiles = []SecurityProfileID{i.DefaultSecurityProfile("Agent")}
		}
		if u.RoutingProfile == "" {
			s.Users[n].RoutingProfile = s.RoutingProfiles[0].ID
		}
		if u.Phone == "" {
			s.Users[n].Phone = SoftPhone
		}
	}
}

// State is what is kept, as it stands.
func (c *Centre) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.state
	s.Users, s.Statuses, s.Queues, s.Origins = slices.Clone(s.Users), slices.Clone(s.Statuses), slices.Clone(s.Queues), slices.Clone(s.Origins)
	s.SecurityProfiles, s.RoutingProfiles, s.Hours = slices.Clone(s.SecurityProfiles), slices.Clone(s.RoutingProfiles), slices.Clone(s.Hours)
	s.Numbers, s.Flows, s.QuickConnects = slices.Clone(s.Numbers), slices.Clone(s.Flows), slices.Clone(s.QuickConnects)
	s.Attributes, s.Locks, s.Revoked = maps.Clone(s.Attributes), maps.Clone(s.Locks), maps.Clone(s.Revoked)
	s.Chosen = map[AgentID]StatusID{}
	for id, a := range c.agents {
		s.Chosen[id] = a.chosen.ID
	}
	return s
}

// change alters what is kept; it counts once it is kept. Neither keeping nor mu is held.
func (c *Centre) change(f func(*State) error) error {
	c.keeping.Lock()
	defer c.keeping.Unlock()
	s := c.State()
	if err := f(&s); err != nil {
		return err
	}
	if c.cfg.Keep != nil {
		if err := c.cfg.Keep(s); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = s
	c.applyConfiguration()
	return nil
}

// applyConfiguration brings the agents in line with the configuration; c.mu is held.
func (c *Centre) applyConfiguration() {
	there := map[AgentID]bool{}
	for _, u := range c.state.Users {
		there[u.ID] = true
		if a, ok := c.agents[u.ID]; ok {
			a.user = u
		} else {
			c.agents[u.ID] = c.newAgent(u)
		}
	}
	for id, a := range c.agents {
		if !there[id] {
			c.removeAgent(a)
			delete(c.agents, id)
		}
	}
	if c.media != nil {
		c.route()
	}
}

// removeAgent ends what an agent who was deleted is doing, and wakes who watches; c.mu is held.
func (c *Centre) removeAgent(a *agent) {
	for _, k := range slices.Clone(a.contacts) {
		switch {
		case k.State == Connecting && k.Inbound:
			c.requeue(k, Missed, "MissedCallAgent")
		case k.live():
			k.disconnected = true
			c.media.End(k.ID)
			c.endContact(a, k, Ended, AgentState{Name: "AfterCallWork", Type: System})
		}
	}
	c.removeContacts(a, func(*contact) bool { return true })
	close(a.changed)
	a.changed = make(chan struct{})
}

// User finds a person; ErrNoAgent if there is none.
func (c *Centre) User(id AgentID) (User, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.agents[id]
	if !ok {
		return User{}, ErrNoAgent
	}
	return a.user, nil
}

// SwitchAttribute turns one of the instance's attributes on or off.
func (c *Centre) SwitchAttribute(name string, on bool) error {
	return c.change(func(s *State) error {
		if s.Attributes == nil {
			s.Attributes = map[string]bool{}
		}
		s.Attributes[name] = on
		return nil
	})
}
