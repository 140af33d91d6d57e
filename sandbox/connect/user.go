package connect

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/patchcord/patchcord/internal/secret"
)

// PhoneType is what an agent speaks through.
type PhoneType string

// The kinds of telephone.
const (
	SoftPhone PhoneType = "SOFT_PHONE"
	DeskPhone PhoneType = "DESK_PHONE"
)

// User is a person of the instance.
type User struct {
	ID                                           AgentID
	Username, FirstName, LastName, Email, Mobile string
	SecurityProfiles                             []SecurityProfileID
	RoutingProfile                               RoutingProfileID
	PasswordHash                                 string
	Phone                                        PhoneType // "" is a soft phone
	DeskNumber                                   string    // E.164
	AutoAccept                                   bool
	Preferences                                  map[string]string // of the panel, such as LANGUAGE; replaced, never changed
	AfterCallWork                                time.Duration     // how long it may take; 0 is until the agent closes the contact
	Changed                                      time.Time
}

func (u User) key() string   { return string(u.ID) }
func (u User) title() string { return u.Username }

const (
	maxUsers                  = 500
	maxSecurityProfilesOfUser = 10 // security profiles of one user
	maxAfterCallWork          = 2_000_000 * time.Second
)

var usernames = regexp.MustCompile(`^[A-Za-z0-9_.@-]{1,20}$`)

// mailbox is what the service takes for an address: one @, something on both sides.
var mailbox = regexp.MustCompile(`^[^@\s]{1,64}@[^@\s]{1,255}$`)

func (u User) check(s *State) error {
	switch {
	case !usernames.MatchString(u.Username):
		return invalid("Username", "A login name has 1 to 20 letters, digits and the characters _ - . @.")
	case u.Email != "" && !mailbox.MatchString(u.Email):
		return invalid("Email", "Enter an email address.")
	case u.Mobile != "" && dialable(u.Mobile) == "":
		return invalid("Mobile", "Enter the mobile number in E.164, such as +12065550142.")
	case len(u.SecurityProfiles) == 0:
		return invalid("SecurityProfileIds", "Choose at least one security profile.")
	case len(u.SecurityProfiles) > maxSecurityProfilesOfUser:
		return invalid("SecurityProfileIds", "A user may have at most %d security profiles.", maxSecurityProfilesOfUser)
	case u.AfterCallWork < 0 || u.AfterCallWork > maxAfterCallWork:
		return invalid("AfterContactWorkTimeLimit", "The after contact work time limit is 0 to %d seconds.", int(maxAfterCallWork.Seconds()))
	}
	for _, p := range u.SecurityProfiles {
		if at(s.SecurityProfiles, string(p)) < 0 {
			return missing("security profile")
		}
	}
	if at(s.RoutingProfiles, string(u.RoutingProfile)) < 0 {
		return missing("routing profile")
	}
	return first(u.checkPhone(), person("FirstName", "first", u.FirstName), person("LastName", "last", u.LastName))
}

func person(field, which, text string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n == 0 || n > 300 {
		return invalid(field, "Enter a %s name of 1 to 300 characters.", which)
	}
	return nil
}

// CheckNewPassword holds the service's rules: 8 to 64 characters, with an upper-case and a lower-case letter and a digit.
func CheckNewPassword(password secret.String) error {
	text := password.Expose()
	n := utf8.RuneCountInString(text)
	has := func(f func(rune) bool) bool { return strings.ContainsFunc(text, f) }
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	if n < 8 || n > 64 || len(text) > maxPassword || has(unicode.IsSpace) || !has(unicode.IsUpper) || !has(unicode.IsLower) || !has(digit) {
		return invalid("Password", "A password has 8 to 64 characters, among them an upper-case letter, a lower-case letter "+
			"and a digit, and no spaces.")
	}
	return nil
}

// CreateUser adds a person.
func (c *Centre) CreateUser(u User, password secret.String, tags map[string]string) (User, error) {
	if u.Phone == "" {
		u.Phone = SoftPhone
	}
	u.ID, u.Changed = AgentID(c.cfg.IDs()), c.cfg.Clock.Now()
	s := c.State()
	if err := first(u.check(&s), unique(s.Users, u, "user"), CheckNewPassword(password)); err != nil {
		return User{}, err
	}
	var err error
	if u.PasswordHash, err = HashPassword(password); err != nil {
		return User{}, err
	}
	err = c.change(func(s *State) error {
		return first(u.check(s), add(&s.Users, u, "user", maxUsers), s.tag(s.Instance.AgentARN(u.ID), tags))
	})
	return u, err
}

// ChangeUser alters a person; the login name stays.
func (c *Centre) ChangeUser(id AgentID, f func(*User)) error {
	return c.change(func(s *State) error {
		return alter(s.Users, string(id), "user", func(u *User) error {
			before := *u
			f(u)
			u.ID, u.Username, u.PasswordHash, u.Changed = id, before.Username, before.PasswordHash, c.cfg.Clock.Now()
			if slices.Contains(before.SecurityProfiles, s.Instance.DefaultSecurityProfile("Admin")) &&
				!slices.Contains(u.SecurityProfiles, s.Instance.DefaultSecurityProfile("Admin")) &&
				s.lastAdmin(id) {
				return invalid("SecurityProfileIds", "This is the last user with the Admin security profile.")
			}
			return u.check(s)
		})
	})
}

// SetPassword gives a person a new password and ends all their sessions.
func (c *Centre) SetPassword(id AgentID, password secret.String) error {
	if err := CheckNewPassword(password); err != nil {
		return err
	}
	hash, err := HashPassword(password)
	if err != nil {
		return err
	}
	return c.change(func(s *State) error {
		s.Locks, s.Revoked = maps.Clone(s.Locks), maps.Clone(s.Revoked)
		delete(s.Locks, id)
		if s.Revoked == nil {
			s.Revoked = map[AgentID]Revoked{}
		}
		s.Revoked[id] = Revoked{Before: c.cfg.Clock.Now()}
		return alter(s.Users, string(id), "user", func(u *User) error {
			u.PasswordHash, u.Changed = hash, c.cfg.Clock.Now()
			return nil
		})
	})
}

// DeleteUser takes a person away; a conversation of theirs ends.
func (c *Centre) DeleteUser(id AgentID) error {
	return c.change(func(s *State) error {
		if s.lastAdmin(id) {
			return invalid("", "The last user with the Admin security profile cannot be deleted.")
		}
		s.Locks, s.Revoked = maps.Clone(s.Locks), maps.Clone(s.Revoked)
		delete(s.Locks, id)
		delete(s.Revoked, id)
		delete(s.Chosen, id)
		for _, q := range s.QuickConnects {
			if q.User == id {
				return inUse("user", "the quick connect "+q.Name)
			}
		}
		return drop(s, &s.Users, string(id), "user", s.Instance.AgentARN(id))
	})
}

// lastAdmin says whether nobody else may administer the instance.
func (s *State) lastAdmin(id AgentID) bool {
	admin := s.Instance.DefaultSecurityProfile("Admin")
	is := func(u User) bool { return slices.Contains(u.SecurityProfiles, admin) }
	i := at(s.Users, string(id))
	return i >= 0 && is(s.Users[i]) && !slices.ContainsFunc(s.Users, func(u User) bool { return u.ID != id && is(u) })
}
