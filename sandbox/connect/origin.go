package connect

import (
	"net/url"
	"regexp"
	"slices"
)

const maxOrigins = 50

// host is one that stands in a policy as itself: no wildcard, and nothing that would end a directive.
var host = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$`)

// ApproveOrigin lets pages of an origin frame the panel. ErrExists if they may already, ErrInvalid for what is no origin, ErrTooMany if
// there are as many as there may be.
func (c *Centre) ApproveOrigin(origin string) error {
	if err := checkOrigin(origin); err != nil {
		return err
	}
	return c.change(func(s *State) error {
		if slices.Contains(s.Origins, origin) {
			return &Refusal{Why: ErrExists, Field: "Origin", Message: "This origin is already approved."}
		}
		if len(s.Origins) >= maxOrigins {
			return &Refusal{Why: ErrTooMany, Field: "Origin", Message: "There are as many approved origins as there may be."}
		}
		s.Origins = append(s.Origins, origin)
		return nil
	})
}

func checkOrigin(origin string) error {
	u, err := url.Parse(origin)
	switch {
	case origin == "":
		return invalid("Origin", "Enter an origin.")
	case err != nil || u.Scheme != "https" && u.Scheme != "http":
		return invalid("Origin", "An origin begins with https:// or http://.")
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return invalid("Origin", "An origin is a scheme and a host only, without a path: enter %s://%s.", u.Scheme, u.Host)
	case u.User != nil || !host.MatchString(u.Host) || len(origin) > 267:
		return invalid("Origin", "An origin is a scheme and a host, such as https://example.com.")
	}
	return nil
}

// DisapproveOrigin takes it back; ErrMissing if it was not approved.
func (c *Centre) DisapproveOrigin(origin string) error {
	return c.change(func(s *State) error {
		if !slices.Contains(s.Origins, origin) {
			return missing("approved origin")
		}
		s.Origins = slices.DeleteFunc(s.Origins, func(other string) bool { return other == origin })
		return nil
	})
}
