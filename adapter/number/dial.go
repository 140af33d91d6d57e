package number

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Unfit says why a number is not dialled, and what to do: a code with arguments, the first of them the text that was given.
type Unfit struct {
	Code string
	Args []string
}

// Why a number is not dialled.
const (
	Unreadable = "dial.unreadable" // text
	LocalOnly  = "dial.localOnly"  // text
	Foreign    = "dial.foreign"    // text, country
	Impossible = "dial.impossible" // text
	Emergency  = "dial.emergency"  // text
	ShortCode  = "dial.shortCode"  // text
	Several    = "dial.several"    // text, its numbers as they are written there
)

// Sentences say it, by code, with the arguments by their names in braces.
var Sentences = map[string]string{
	Unreadable: "“{text}” is not a telephone number: correct it, or dial by hand.",
	LocalOnly:  "{text} lacks its area code: dial it with one.",
	Foreign: "{text} is not possible as a number in {country}: if it belongs to another country, dial it with + and its country code; " +
		"else it lacks digits, or has too many.",
	Impossible: "{text} is not possible as a number of its country: it lacks digits, or has too many.",
	Emergency:  "{text} is an emergency number and is not dialled for you: dial it by hand.",
	ShortCode:  "{text} is a short code, or lacks digits, and is not dialled for you: dial it by hand.",
	Several:    "{text} holds several numbers ({numbers}): dial the right one by hand.",
}

// second names the argument after the text.
var second = map[string]string{Foreign: "country", Several: "numbers"}

// Named are the arguments by their names.
func (u *Unfit) Named() map[string]string {
	named := map[string]string{}
	for i, a := range u.Args {
		named[[]string{"text", second[u.Code]}[i]] = a
	}
	return named
}

// Error is the sentence.
func (u *Unfit) Error() string {
	var pairs []string
	for name, value := range u.Named() {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(Sentences[u.Code])
}

// Dial reads a number that can be dialled: one that is possible as a whole, at home or with its country code. An extension is read
// but cannot be dialled. Everything else is *Unfit: what is local only is not completed, and emergency numbers and short codes mean
// something else where the call comes from than where the number stands.
func Dial(text, country string) (Number, *Unfit) {
	text, country = strings.TrimSpace(plain(text)), orDefault(country)
	unfit := func(code string, args ...string) (Number, *Unfit) {
		return Number{}, &Unfit{Code: code, Args: append([]string{brief(text)}, args...)}
	}
	parsed, err := phonenumbers.Parse(wordless(text, country), country)
	if isEmergency(text, country, parsed) {
		return unfit(Emergency)
	}
	parts, whole := split(text, country)
	reason := phonenumbers.INVALID_COUNTRY_CODE
	if parsed != nil {
		reason = phonenumbers.IsPossibleNumberWithReason(parsed)
	}
	switch {
	case len(parts) > 1:
		return unfit(Several, brief(written(parts)))
	case whole.parsed != nil && isShort(whole.parsed, country):
		return unfit(ShortCode)
	case whole.parsed != nil:
		return whole, nil
	case err != nil:
		return unfit(Unreadable)
	case isInternational(text):
		return unfit(Impossible)
	case isShort(parsed, country):
		return unfit(ShortCode)
	case reason == phonenumbers.IS_POSSIBLE_LOCAL_ONLY, reason == phonenumbers.IS_POSSIBLE && isLocal(parsed, text, country):
		return unfit(LocalOnly)
	case phonenumbers.IsPossibleShortNumberForRegion(parsed, country):
		return unfit(ShortCode)
	}
	return unfit(Foreign, country)
}

// isEmergency looks at the text and, lest an extension or a word hides it, at the digits that were read.
func isEmergency(text, country string, parsed *phonenumbers.PhoneNumber) bool {
	if phonenumbers.IsEmergencyNumber(text, country) {
		return true
	}
	if parsed == nil || isInternational(text) {
		return false
	}
	digits := phonenumbers.GetNationalSignificantNumber(parsed) // at some telephones a 0 comes first, for a line to the outside
	return phonenumbers.IsEmergencyNumber(digits, country) || phonenumbers.IsEmergencyNumber(strings.TrimLeft(digits, "0"), country)
}

func isShort(n *phonenumbers.PhoneNumber, country string) bool {
	return phonenumbers.IsValidShortNumberForRegion(n, country)
}

const maxBrief = 80 // runes of what was given, in a sentence

func brief(text string) string {
	runes := []rune(text[:min(len(text), 4*maxBrief)])
	if len(runes) <= maxBrief {
		return strings.ToValidUTF8(text, "�")
	}
	return strings.ToValidUTF8(string(runes[:maxBrief]), "�") + "…"
}
