package connect

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
)

// State is all of an instance that is kept: configuration, not calls.
type State struct {
	Instance Instance
	Users    []User
	Statuses []Status
	Queues   []Queue
	Origins  []string
	Locks    map[AgentID]Lock
	Key      []byte // signs sessions
}

// Lock counts wrong passwords.
type Lock struct {
	Failures int
	Until    time.Time
}

// Delivered is a new instance. ids gives fresh UUIDs, key is random.
func Delivered(instance Instance, users []User, ids func() string, key []byte) State {
	s := State{Instance: instance, Locks: map[AgentID]Lock{}, Key: key, Queues: []Queue{{QueueID(ids()), "BasicQueue"}}}
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

// HashPassword makes what User keeps.
func HashPassword(password secret.String) (string, error) {
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	return string(hash), err
}

// State is the configuration as it stands.
func (c *Centre) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.state
	s.Users, s.Statuses, s.Queues, s.Origins = slices.Clone(s.Users), slices.Clone(s.Statuses), slices.Clone(s.Queues), slices.Clone(s.Origins)
	return s
}

// change alters the configuration and keeps it; c.mu is not held.
func (c *Centre) change(f func(*State) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := f(&c.state); err != nil {
		return err
	}
	if c.cfg.Keep == nil {
		return nil
	}
	return c.cfg.Keep(c.state)
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

const (
	maxFailures = 10
	lockFor     = 15 * time.Minute
)

// CheckPassword finds who signs in. Ten wrong passwords lock the user out for a quarter of an hour.
func (c *Centre) CheckPassword(username string, password secret.String) (User, error) {
	s := c.State()
	i := slices.IndexFunc(s.Users, func(u User) bool { return strings.EqualFold(u.Username, username) })
	if i < 0 {
		return User{}, ErrCredentials
	}
	u := s.Users[i]
	now := c.cfg.Clock.Now()
	c.mu.Lock()
	lock := c.state.Locks[u.ID]
	c.mu.Unlock()
	if lock.Until.After(now) {
		return User{}, ErrLocked
	}
	wrong := len(password) > 72 || bcrypt.CompareHashAndPassword([]byte(u.PasswordHash), []byte(password.Expose())) != nil
	if !wrong && lock.Failures == 0 {
		return u, nil
	}
	next := Lock{}
	if wrong {
		if next.Failures = lock.Failures + 1; next.Failures >= maxFailures {
			next = Lock{Until: now.Add(lockFor)}
		}
	}
	err := c.change(func(s *State) error {
		if s.Locks == nil {
			s.Locks = map[AgentID]Lock{}
		}
		s.Locks[u.ID] = next
		return nil
	})
	if wrong {
		return User{}, ErrCredentials
	}
	return u, err
}

// ApproveOrigin lets pages of an origin frame the panel. ErrExists if they may already, ErrOutOfTurn for what is no origin.
func (c *Centre) ApproveOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || len(origin) > 267 {
		return ErrOutOfTurn
	}
	return c.change(func(s *State) error {
		if slices.Contains(s.Origins, origin) {
			return ErrExists
		}
		s.Origins = append(s.Origins, origin)
		return nil
	})
}

// DisapproveOrigin takes it back.
func (c *Centre) DisapproveOrigin(origin string) error {
	return c.change(func(s *State) error {
		s.Origins = slices.DeleteFunc(s.Origins, func(other string) bool { return other == origin })
		return nil
	})
}

// CreateStatus adds a custom status; ErrExists if the name is taken.
func (c *Centre) CreateStatus(name, description string) (Status, error) {
	made := Status{ID: StatusID(c.cfg.IDs()), Name: name, Description: description, Type: NotRoutable}
	if name == "" || len(name) > 127 {
		return Status{}, ErrOutOfTurn
	}
	err := c.change(func(s *State) error {
		if slices.ContainsFunc(s.Statuses, func(other Status) bool { return strings.EqualFold(other.Name, name) }) {
			return ErrExists
		}
		made.Order = len(s.Statuses) + 1
		s.Statuses = append(s.Statuses, made)
		return nil
	})
	return made, err
}
