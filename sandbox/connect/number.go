package connect

import (
	"fmt"
	"slices"
	"strings"
)

// Number is a telephone number that the instance has claimed.
type Number struct {
	ID          NumberID
	E164        string
	Country     string // ISO 3166, such as US
	Type        string // DID, TOLL_FREE
	Description string
	Flow        FlowID // that answers calls; "" answers none
}

func (n Number) key() string   { return string(n.ID) }
func (n Number) title() string { return n.E164 }

const maxNumbers = 10

// stock is the numbers that can be claimed: a country, a kind, and what each begins with. They are reserved for fiction.
var stock = []struct{ country, kind, prefix string }{
	{"US", "DID", "+1206555010"}, {"US", "DID", "+1206555011"}, {"US", "TOLL_FREE", "+1800555010"},
	{"GB", "DID", "+44207946000"}, {"CA", "DID", "+1416555010"}, {"AU", "DID", "+6125550010"},
}

// Available are numbers of a country and kind that nobody has claimed yet.
func (s *State) Available(country, kind, prefix string) []Number {
	var free []Number
	for _, row := range stock {
		if row.country != country || kind != "" && row.kind != kind {
			continue
		}
		for digit := range 10 {
			n := Number{E164: fmt.Sprintf("%s%d", row.prefix, digit), Country: row.country, Type: row.kind}
			taken := slices.ContainsFunc(s.Numbers, func(other Number) bool { return other.E164 == n.E164 })
			if !taken && strings.HasPrefix(n.E164, prefix) {
				free = append(free, n)
			}
		}
	}
	return free
}

// ClaimNumber gives the instance one of the available numbers.
func (c *Centre) ClaimNumber(e164, description string, tags map[string]string) (Number, error) {
	var n Number
	if err := described(description, 500); err != nil {
		return n, err
	}
	id := NumberID(c.cfg.IDs())
	return n, c.change(func(s *State) error {
		for _, row := range stock {
			for _, free := range s.Available(row.country, row.kind, e164) {
				if free.E164 == e164 {
					n = free
				}
			}
		}
		if n.E164 == "" {
			return invalid("PhoneNumber", "The number %.20s is not available.", e164)
		}
		n.ID, n.Description = id, description
		return first(add(&s.Numbers, n, "phone number", maxNumbers), s.tag(s.Instance.NumberARN(n.ID), tags))
	})
}

// ChangeNumber gives a number another description or flow.
func (c *Centre) ChangeNumber(id NumberID, f func(*Number)) error {
	return c.change(func(s *State) error {
		return alter(s.Numbers, string(id), "phone number", func(n *Number) error {
			before := *n
			f(n)
			n.ID, n.E164, n.Country, n.Type = before.ID, before.E164, before.Country, before.Type
			if n.Flow != "" && n.Flow != before.Flow {
				if err := s.flowOf(n.Flow, ContactFlow); err != nil {
					return err
				}
			}
			return described(n.Description, 500)
		})
	})
}

// ReleaseNumber gives a number back that no queue calls out with.
func (c *Centre) ReleaseNumber(id NumberID) error {
	return c.change(func(s *State) error {
		for _, q := range s.Queues {
			if q.CallerNumber == id {
				return inUse("phone number", "the queue "+q.Name)
			}
		}
		return drop(s, &s.Numbers, string(id), "phone number", s.Instance.NumberARN(id))
	})
}

// Numbers are the instance's, in E.164.
func (c *Centre) Numbers() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, n := range c.state.Numbers {
		all = append(all, n.E164)
	}
	return all
}
