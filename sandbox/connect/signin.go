package connect

import (
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
)

const (
	maxFailures = 10
	lockFor     = 15 * time.Minute
	maxPassword = 72 // bytes that the hash takes in
	maxRevoked  = 32 // of one agent
)

// Lock counts wrong passwords.
type Lock struct {
	Failures int
	Until    time.Time
}

// Revoked is an agent's sessions that ended before their time. When there are too many, all that began until Before are.
type Revoked struct {
	Before   time.Time
	Sessions map[string]time.Time // when each would have expired
}

// HashPassword makes what User keeps.
func HashPassword(password secret.String) (string, error) {
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	return string(hash), err
}

// nobody is the hash of a password that nobody has; who asks for an unknown user waits as long as for a known one.
const nobody = "$2a$10$lBFtjzzH6ph.aY8w1K0ksOGm3F4fuGAedjCMEfcpEaKh3kHPC5v/K"

func matches(hash string, password secret.String) bool {
	text := []byte(password.Expose())
	same := bcrypt.CompareHashAndPassword([]byte(hash), text[:min(len(text), maxPassword)]) == nil
	return same && len(text) <= maxPassword
}

// CheckPassword finds who signs in. Ten wrong passwords lock the user out for a quarter of an hour, in which no password is right.
func (c *Centre) CheckPassword(username string, password secret.String) (User, error) {
	s := c.State()
	i := slices.IndexFunc(s.Users, func(u User) bool { return strings.EqualFold(u.Username, username) })
	if i < 0 {
		matches(nobody, password)
		return User{}, ErrCredentials
	}
	u := s.Users[i]
	right := matches(u.PasswordHash, password)
	if right && s.Locks[u.ID] == (Lock{}) {
		return u, nil
	}
	now := c.cfg.Clock.Now()
	locked := false
	err := c.change(func(s *State) error {
		lock := s.Locks[u.ID]
		if s.Locks == nil {
			s.Locks = map[AgentID]Lock{}
		}
		switch {
		case lock.Until.After(now):
			locked = true
		case right:
			delete(s.Locks, u.ID)
		case lock.Failures+1 >= maxFailures:
			s.Locks[u.ID] = Lock{Until: now.Add(lockFor)}
		default:
			s.Locks[u.ID] = Lock{Failures: lock.Failures + 1}
		}
		return nil
	})
	switch {
	case err != nil:
		return User{}, err
	case locked:
		return User{}, ErrLocked
	case !right:
		return User{}, ErrCredentials
	}
	return u, nil
}

// Revoke ends an agent's session before it expires.
func (c *Centre) Revoke(agent AgentID, session string, expires time.Time) error {
	now := c.cfg.Clock.Now()
	return c.change(func(s *State) error {
		r := s.Revoked[agent]
		r.Sessions = maps.Clone(r.Sessions)
		maps.DeleteFunc(r.Sessions, func(_ string, until time.Time) bool { return !until.After(now) })
		switch {
		case len(r.Sessions) >= maxRevoked:
			r = Revoked{Before: now}
		case r.Sessions == nil:
			r.Sessions = map[string]time.Time{session: expires}
		default:
			r.Sessions[session] = expires
		}
		if s.Revoked == nil {
			s.Revoked = map[AgentID]Revoked{}
		}
		s.Revoked[agent] = r
		return nil
	})
}

// SessionValid says whether an agent's session still counts.
func (c *Centre) SessionValid(agent AgentID, session string, began time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, known := c.agents[agent]
	r := c.state.Revoked[agent]
	_, revoked := r.Sessions[session]
	return known && !revoked && (r.Before.IsZero() || began.After(r.Before))
}
