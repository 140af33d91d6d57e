package connect

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// State is all of an instance that is kept: configuration, not calls.
type State struct {
	Instance Instance
	Users    []User
	Statuses []Status
	Queues   []Queue
	Origins  []string
	Chosen   map[AgentID]StatusID // what each agent chose last, to come back to
	Locks    map[AgentID]Lock
	Revoked  map[AgentID]Revoked
	Key      []byte // signs sessions
}

// Delivered is a new instance. ids gives fresh UUIDs, key is random.
func Delivered(instance Instance, users []User, ids func() string, key []byte) State {
	s := State{Instance: instance, Key: key, Queues: []Queue{{QueueID(ids()), "BasicQueue"}}}
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
	return s
}

// State is what is kept, as it stands.
func (c *Centre) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.state
	s.Users, s.Statuses, s.Queues, s.Origins = slices.Clone(s.Users), slices.Clone(s.Statuses), slices.Clone(s.Queues), slices.Clone(s.Origins)
	s.Locks, s.Revoked = maps.Clone(s.Locks), maps.Clone(s.Revoked)
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
	return nil
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

const maxOrigins = 50

// host is one that stands in a policy as itself: no wildcard, and nothing that would end a directive.
var host = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$`)

// ApproveOrigin lets pages of an origin frame the panel. ErrExists if they may already, ErrOutOfTurn for what is no origin,
// ErrTooMany if there are as many as there may be.
func (c *Centre) ApproveOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !host.MatchString(u.Host) || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || len(origin) > 267 {
		return ErrOutOfTurn
	}
	return c.change(func(s *State) error {
		if slices.Contains(s.Origins, origin) {
			return ErrExists
		}
		if len(s.Origins) >= maxOrigins {
			return ErrTooMany
		}
		s.Origins = append(s.Origins, origin)
		return nil
	})
}

// DisapproveOrigin takes it back; ErrOutOfTurn if it was not approved.
func (c *Centre) DisapproveOrigin(origin string) error {
	return c.change(func(s *State) error {
		if !slices.Contains(s.Origins, origin) {
			return ErrOutOfTurn
		}
		s.Origins = slices.DeleteFunc(s.Origins, func(other string) bool { return other == origin })
		return nil
	})
}

const maxStatuses = 50

// CreateStatus adds a custom status; ErrExists if the name is taken, ErrTooMany if there are as many as there may be.
func (c *Centre) CreateStatus(name, description string, disabled bool) (Status, error) {
	made := Status{ID: StatusID(c.cfg.IDs()), Name: name, Description: description, Type: NotRoutable, Disabled: disabled}
	if name == "" || len(name) > 127 || len(description) > 250 {
		return Status{}, ErrOutOfTurn
	}
	err := c.change(func(s *State) error {
		if slices.ContainsFunc(s.Statuses, func(other Status) bool { return strings.EqualFold(other.Name, name) }) {
			return ErrExists
		}
		if len(s.Statuses) >= maxStatuses {
			return ErrTooMany
		}
		made.Order = len(s.Statuses) + 1
		s.Statuses = append(s.Statuses, made)
		return nil
	})
	return made, err
}
