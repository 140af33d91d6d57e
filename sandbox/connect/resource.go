package connect

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Why a change of configuration is refused; a Refusal wraps one of them.
var (
	ErrInvalid = errors.New("not acceptable")
	ErrMissing = errors.New("there is no such thing")
	ErrInUse   = errors.New("something else uses it")
	ErrDenied  = errors.New("not allowed")
)

// Refusal says which member of a resource is wrong, and how, in a sentence for a person.
type Refusal struct {
	Why     error  // ErrInvalid, ErrExists, ErrTooMany, ErrMissing, ErrInUse, ErrDenied
	Field   string // the member's name in the public API; "" when it is about the whole
	Message string
	// Problems are those of a flow's content.
	Problems []string
}

// Error is the message.
func (r *Refusal) Error() string { return r.Message }

// Unwrap is the reason.
func (r *Refusal) Unwrap() error { return r.Why }

func invalid(field, format string, args ...any) error {
	return &Refusal{Why: ErrInvalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

func missing(what string) error {
	return &Refusal{Why: ErrMissing, Message: "The " + what + " does not exist."}
}

func inUse(what, by string) error {
	return &Refusal{Why: ErrInUse, Message: fmt.Sprintf("The %s is in use by %s.", what, by)}
}

// resource is anything in the configuration that has an id and a name of its own kind.
type resource interface {
	key() string
	title() string
}

func at[T resource](list []T, id string) int {
	return slices.IndexFunc(list, func(r T) bool { return r.key() == id })
}

// known finds a resource; a Refusal if it is not there.
func known[T resource](list []T, id, what string) (T, error) {
	if i := at(list, id); i >= 0 {
		return list[i], nil
	}
	var none T
	return none, missing(what)
}

func unique[T resource](list []T, r T, what string) error {
	for _, other := range list {
		if other.key() != r.key() && strings.EqualFold(other.title(), r.title()) {
			return &Refusal{Why: ErrExists, Field: "Name", Message: fmt.Sprintf("A %s named %q already exists.", what, r.title())}
		}
	}
	return nil
}

// add puts a new resource at the end of its list.
func add[T resource](list *[]T, r T, what string, most int) error {
	if err := unique(*list, r, what); err != nil {
		return err
	}
	if len(*list) >= most {
		return &Refusal{Why: ErrTooMany, Message: fmt.Sprintf("There may be at most %d of this kind: %s.", most, what)}
	}
	*list = append(*list, r)
	return nil
}

// alter changes a resource in its list.
func alter[T resource](list []T, id, what string, f func(*T) error) error {
	i := at(list, id)
	if i < 0 {
		return missing(what)
	}
	r := list[i]
	if err := f(&r); err != nil {
		return err
	}
	if err := unique(list, r, what); err != nil {
		return err
	}
	list[i] = r
	return nil
}

// drop takes a resource out of its list, with its tags.
func drop[T resource](s *State, list *[]T, id, what, arn string) error {
	i := at(*list, id)
	if i < 0 {
		return missing(what)
	}
	*list = slices.Delete(slices.Clone(*list), i, i+1)
	s.Tags = maps.Clone(s.Tags)
	delete(s.Tags, arn)
	return nil
}

// named checks a name's length; it may not begin or end with a space.
func named(field, text string, most int) error {
	switch {
	case strings.TrimSpace(text) == "":
		return invalid(field, "Enter a name.")
	case text != strings.TrimSpace(text):
		return invalid(field, "The name may not begin or end with a space.")
	case utf8.RuneCountInString(text) > most:
		return invalid(field, "The name may have at most %d characters.", most)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return invalid(field, "The name may hold no control characters.")
	}
	return nil
}

func described(text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return invalid("Description", "The description may have at most %d characters.", most)
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

const (
	maxTags     = 50 // of one resource
	maxTagKey   = 128
	maxTagValue = 256
)

// Tag gives a resource tags; those that it has already get new values.
func (c *Centre) Tag(arn string, tags map[string]string) error {
	return c.change(func(s *State) error {
		return s.tag(arn, tags)
	})
}

func (s *State) tag(arn string, tags map[string]string) error {
	if !s.has(arn) {
		return missing("resource")
	}
	all := maps.Clone(s.Tags[arn])
	if all == nil {
		all = map[string]string{}
	}
	for key, value := range tags {
		if key == "" || utf8.RuneCountInString(key) > maxTagKey || utf8.RuneCountInString(value) > maxTagValue || strings.HasPrefix(key, "aws:") {
			return invalid("Tags", "A tag's key has 1 to %d characters and does not begin with aws:, its value has at most %d.",
				maxTagKey, maxTagValue)
		}
		all[key] = value
	}
	if len(all) > maxTags {
		return invalid("Tags", "A resource may have at most %d tags.", maxTags)
	}
	s.Tags = maps.Clone(s.Tags)
	if s.Tags == nil {
		s.Tags = map[string]map[string]string{}
	}
	if len(all) > 0 {
		s.Tags[arn] = all
	}
	return nil
}

// Untag takes tags from a resource; keys that it does not have are ignored.
func (c *Centre) Untag(arn string, keys []string) error {
	return c.change(func(s *State) error {
		if !s.has(arn) {
			return missing("resource")
		}
		s.Tags = maps.Clone(s.Tags)
		rest := maps.Clone(s.Tags[arn])
		for _, key := range keys {
			delete(rest, key)
		}
		if len(rest) > 0 {
			s.Tags[arn] = rest
		} else {
			delete(s.Tags, arn)
		}
		return nil
	})
}

// Tags are a resource's; a Refusal if there is no such resource.
func (c *Centre) Tags(arn string) (map[string]string, error) {
	s := c.State()
	if !s.has(arn) {
		return nil, missing("resource")
	}
	return s.Tags[arn], nil
}

// has says whether an ARN names something of this instance.
func (s *State) has(arn string) bool {
	if arn == s.Instance.ARN() {
		return true
	}
	if id, number := strings.CutPrefix(arn, s.Instance.NumberARN("")); number {
		return at(s.Numbers, id) >= 0
	}
	rest, ours := strings.CutPrefix(arn, s.Instance.ARN()+"/")
	kind, id, _ := strings.Cut(rest, "/")
	if !ours {
		return false
	}
	switch kind {
	case "agent":
		return at(s.Users, id) >= 0
	case "queue":
		return at(s.Queues, id) >= 0
	case "routing-profile":
		return at(s.RoutingProfiles, id) >= 0
	case "security-profile":
		return at(s.SecurityProfiles, id) >= 0
	case "contact-flow":
		return at(s.Flows, id) >= 0
	case "agent-state":
		return at(s.Statuses, id) >= 0
	case "transfer-destination":
		return at(s.QuickConnects, id) >= 0
	case "operating-hours":
		return at(s.Hours, id) >= 0
	}
	return false
}
