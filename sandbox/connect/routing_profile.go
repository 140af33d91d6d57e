package connect

import (
	"slices"
	"time"
)

// Channel is a way to speak with customers.
type Channel string

// The channels that a routing profile may name; the sandbox routes voice.
const (
	Voice Channel = "VOICE"
	Chat  Channel = "CHAT"
	Task  Channel = "TASK"
	Email Channel = "EMAIL"
)

// RoutingProfileQueue is a queue that a profile's agents take contacts from.
type RoutingProfileQueue struct {
	Queue    QueueID
	Channel  Channel
	Priority int           // 1 is taken first
	Delay    time.Duration // how long a contact waits before these agents are offered it
}

// Concurrency is how many contacts of a channel an agent has at once.
type Concurrency struct {
	Channel Channel
	Most    int
}

// RoutingProfile says which contacts its agents get.
type RoutingProfile struct {
	ID              RoutingProfileID
	Name            string
	Description     string
	DefaultOutbound QueueID
	Concurrency     []Concurrency
	Queues          []RoutingProfileQueue
}

func (p RoutingProfile) key() string   { return string(p.ID) }
func (p RoutingProfile) title() string { return p.Name }

const (
	maxRoutingProfiles      = 100
	maxRoutingProfileQueues = 50
	maxDelay                = 9999 * time.Second
)

func (p RoutingProfile) check(s *State) error {
	most := map[Channel]int{Voice: 1, Chat: 10, Task: 10, Email: 10}
	seen := map[Channel]bool{}
	for _, c := range p.Concurrency {
		if limit, ok := most[c.Channel]; !ok || c.Most < 0 || c.Most > limit || c.Most == 0 && c.Channel != Voice || seen[c.Channel] {
			return invalid("MediaConcurrencies", "Each channel is named once: VOICE with 0 or 1, CHAT, TASK and EMAIL with 1 to 10.")
		}
		seen[c.Channel] = true
	}
	if len(seen) == 0 {
		return invalid("MediaConcurrencies", "Choose at least one channel.")
	}
	if len(p.Queues) > maxRoutingProfileQueues {
		return &Refusal{Why: ErrTooMany, Field: "QueueConfigs", Message: "A routing profile may have at most 50 queues."}
	}
	type pair struct {
		q QueueID
		c Channel
	}
	pairs := map[pair]bool{}
	for _, e := range p.Queues {
		switch {
		case at(s.Queues, string(e.Queue)) < 0:
			return missing("queue")
		case !seen[e.Channel]:
			return invalid("QueueConfigs", "The profile has a queue for %.20s but no concurrency for it.", e.Channel)
		case e.Priority < 1 || e.Priority > 99:
			return invalid("Priority", "A priority is 1 to 99.")
		case e.Delay < 0 || e.Delay > maxDelay:
			return invalid("Delay", "A delay is 0 to 9999 seconds.")
		case pairs[pair{e.Queue, e.Channel}]:
			return invalid("QueueConfigs", "A queue is named once for each channel.")
		}
		pairs[pair{e.Queue, e.Channel}] = true
	}
	if at(s.Queues, string(p.DefaultOutbound)) < 0 {
		return missing("queue")
	}
	if p.Description == "" {
		return invalid("Description", "Enter a description.")
	}
	return first(named("Name", p.Name, 127), described(p.Description, 250))
}

// CreateRoutingProfile adds one.
func (c *Centre) CreateRoutingProfile(p RoutingProfile, tags map[string]string) (RoutingProfile, error) {
	p.ID = RoutingProfileID(c.cfg.IDs())
	return p, c.change(func(s *State) error {
		return first(p.check(s), add(&s.RoutingProfiles, p, "routing profile", maxRoutingProfiles),
			s.tag(s.Instance.RoutingProfileARN(p.ID), tags))
	})
}

// ChangeRoutingProfile alters one. f must not change the lists that it is given, but may put others in their place.
func (c *Centre) ChangeRoutingProfile(id RoutingProfileID, f func(*RoutingProfile) error) error {
	return c.change(func(s *State) error {
		return alter(s.RoutingProfiles, string(id), "routing profile", func(p *RoutingProfile) error {
			if err := f(p); err != nil {
				return err
			}
			p.ID = id
			return p.check(s)
		})
	})
}

// AddQueues gives a profile more queues; those that it has already get new settings only if replace says so.
func (p *RoutingProfile) AddQueues(more []RoutingProfileQueue, replace bool) error {
	all := slices.Clone(p.Queues)
	for _, e := range more {
		i := slices.IndexFunc(all, func(o RoutingProfileQueue) bool { return o.Queue == e.Queue && o.Channel == e.Channel })
		switch {
		case i >= 0 && replace:
			all[i] = e
		case i < 0 && !replace:
			all = append(all, e)
		case i < 0:
			return missing("queue of this routing profile")
		default:
			return invalid("QueueConfigs", "The queue is already one of this routing profile's.")
		}
	}
	p.Queues = all
	return nil
}

// DropQueues takes queues from a profile.
func (p *RoutingProfile) DropQueues(less []RoutingProfileQueue) error {
	all := slices.Clone(p.Queues)
	for _, e := range less {
		i := slices.IndexFunc(all, func(o RoutingProfileQueue) bool { return o.Queue == e.Queue && o.Channel == e.Channel })
		if i < 0 {
			return missing("queue of this routing profile")
		}
		all = slices.Delete(all, i, i+1)
	}
	p.Queues = all
	return nil
}

// DeleteRoutingProfile takes one away that nobody has.
func (c *Centre) DeleteRoutingProfile(id RoutingProfileID) error {
	return c.change(func(s *State) error {
		for _, u := range s.Users {
			if u.RoutingProfile == id {
				return inUse("routing profile", "the user "+u.Username)
			}
		}
		return drop(s, &s.RoutingProfiles, string(id), "routing profile", s.Instance.RoutingProfileARN(id))
	})
}

// RoutingProfileOf is an agent's routing profile.
func (s *State) RoutingProfileOf(u User) RoutingProfile {
	if i := at(s.RoutingProfiles, string(u.RoutingProfile)); i >= 0 {
		return s.RoutingProfiles[i]
	}
	return RoutingProfile{}
}

// voiceConcurrency is how many calls the profile's agents have at once.
func (p RoutingProfile) voiceConcurrency() int {
	for _, c := range p.Concurrency {
		if c.Channel == Voice {
			return c.Most
		}
	}
	return 0
}

// takes says whether the profile's agents take calls of a queue.
func (p RoutingProfile) takes(q QueueID) (RoutingProfileQueue, bool) {
	for _, e := range p.Queues {
		if e.Queue == q && e.Channel == Voice {
			return e, true
		}
	}
	return RoutingProfileQueue{}, false
}
