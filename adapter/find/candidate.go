package find

import (
	"slices"

	"github.com/patchcord/patchcord/adapter/number"
)

// Candidate is a record that a search gave.
type Candidate struct {
	ID     string // 15 or 18 characters, as the platform gave it
	Object string // API name
	Name   string
	Phones []string // its telephone numbers, as people wrote them

	fields map[string]any // what the platform's search told of it
}

// Same says whether two texts hold the same whole number: they agree in E.164, extension or not. A number without country code is
// read as country's (ISO 3166 alpha-2); one that lacks its area code agrees with nothing.
func Same(a, b, country string) bool {
	return holds(a, wholes(b, country), country)
}

// holds says whether a text holds one of these numbers.
func holds(text string, wanted []string, country string) bool {
	return slices.ContainsFunc(number.Stored(text, country), func(n number.Number) bool { return slices.Contains(wanted, n.E164()) })
}

func wholes(text, country string) []string {
	var all []string
	for _, n := range number.Stored(text, country) {
		all = append(all, n.E164())
	}
	return all
}

// fewestSafe is how long a national number is that nobody's shorter number ends like.
const fewestSafe = 10

// CanSkip says that filtering by whole numbers cannot change what a search for a caller found: the caller's country is the org's own,
// and its national number is so long that a search for it finds nothing else.
func CanSkip(caller, country string) bool {
	n, ok := number.Parse(caller, country)
	return ok && n.CallingCode() == number.CallingCodeOf(country) && len(n.National()) >= fewestSafe
}

// Filter keeps the candidates that have the number, in their order.
func Filter(candidates []Candidate, wanted, country string) []Candidate {
	var kept []Candidate
	numbers := wholes(wanted, country)
	for _, c := range candidates {
		if slices.ContainsFunc(c.Phones, func(stored string) bool { return holds(stored, numbers, country) }) {
			kept = append(kept, c)
		}
	}
	return kept
}

// sameID compares ids, of which one may lack the three characters that say which letters are capitals.
func sameID(a, b string) bool {
	return len(a) >= idLength && len(b) >= idLength && a[:idLength] == b[:idLength]
}

const idLength = 15

// objectOf guesses a record's object by its id where a search does not tell. Source: the platform's key prefixes of standard objects.
func objectOf(id string) string {
	return map[string]string{"001": "Account", "003": "Contact", "00Q": "Lead", "005": "User", "500": "Case", "006": "Opportunity"}[id[:3]]
}
