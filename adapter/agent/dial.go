package agent

import (
	"slices"
	"strings"
	"time"
)

const (
	maxDials = 16
	// dialFor is how long a dial and the contact that it makes may be apart.
	dialFor = 60 * time.Second
	// dialEarly is how far the contact may seem to be before its dial: two ways of dating, one network.
	dialEarly = 5 * time.Second
)

// Dial is a number that the softphone was asked to call.
type Dial struct {
	Effect string    `json:"effect"` // id of the effect that dialled
	Number string    `json:"number"` // as dialled, in E.164
	Record string    `json:"record"` // on which it was clicked; "" for none
	At     time.Time `json:"at"`
	// Contact is what the dial became; "" while it is not known.
	Contact string `json:"contact,omitempty"`
}

// Dialled notes that a number is being dialled; the same effect again changes nothing.
func (s State) Dialled(d Dial) State {
	if slices.ContainsFunc(s.Dials, func(known Dial) bool { return known.Effect == d.Effect }) {
		return s
	}
	d.At = plain(d.At)
	s.Dials = append(slices.Clone(s.Dials), d)
	s.Dials = s.Dials[max(0, len(s.Dials)-maxDials):]
	return s
}

// NotDialled forgets a dial that was refused: no contact comes of it.
func (s State) NotDialled(effect string) State {
	s.Dials = slices.DeleteFunc(slices.Clone(s.Dials), func(d Dial) bool { return d.Effect == effect })
	return s
}

// DialFor finds the dial that an outbound contact to a number, offered at a time by the adapter's clock, came of: the latest of the same
// whole number within a minute of which no contact is known yet.
func (s State) DialFor(number string, at time.Time) (Dial, bool) {
	number = digits(number)
	for _, d := range slices.Backward(s.Dials) {
		since := at.Sub(d.At)
		if d.Contact == "" && number != "" && digits(d.Number) == number && since <= dialFor && since >= -dialEarly {
			return d, true
		}
	}
	return Dial{}, false
}

// Take finds the dial that an outbound contact came of, and gives it to that contact alone. Asked again for the contact, it is the same.
func (s State) Take(contactID, number string, at time.Time) (State, Dial, bool) {
	for _, d := range s.Dials {
		if d.Contact == contactID && contactID != "" {
			return s, d, true
		}
	}
	d, ok := s.DialFor(number, at)
	if !ok || contactID == "" {
		return s, Dial{}, false
	}
	d.Contact = contactID
	s.Dials = slices.Clone(s.Dials)
	for i := range s.Dials {
		if s.Dials[i].Effect == d.Effect {
			s.Dials[i] = d
		}
	}
	return s, d, true
}

// digits is a number that is written whole, with or without its plus sign or its address: tel:+12065550142, sip:+12065550142@host.
func digits(number string) string {
	if scheme, rest, found := strings.Cut(number, ":"); found && (scheme == "sip" || scheme == "sips" || scheme == "tel") {
		number = rest
	}
	number, _, _ = strings.Cut(number, "@")
	number, _, _ = strings.Cut(number, ";")
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}
