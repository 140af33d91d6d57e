package number

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// part is a piece of a text: the number in it, none where it is not whole.
type part struct {
	text   string
	number Number
}

var between = regexp.MustCompile(`\s*(?:[/;|,&\r\n]|\s(?:or|and)\s)\s*`)

// longest text that is looked at for several numbers, in bytes: a text area of a CRM, not a letter.
const longest = 250

// split tells a text that is one number from one that holds several. A slash may stand within a number (030/1234567) and between two,
// so the whole counts unless each piece is a number that its country has given out. Several numbers give two pieces or more and no
// whole; one written twice is the whole.
func split(text, country string) ([]part, Number) {
	whole, isWhole := Parse(text, country)
	if len(text) > longest {
		return nil, Number{}
	}
	parts := pieces(between.Split(text, -1), country)
	if len(parts) < 2 && !isWhole {
		parts = atGap(text, country)
	}
	if len(parts) < 2 {
		return nil, whole
	}
	if isWhole && !all(parts, Number.Valid) && !parts[0].number.Valid() { // 1234567/68 is two numbers, the second without its beginning
		return nil, whole
	}
	if parts[0].number.parsed == nil {
		return nil, whole
	}
	if all(parts, func(n Number) bool { return n.parsed != nil && n.E164() == parts[0].number.E164() }) {
		return nil, parts[0].number
	}
	return parts, Number{}
}

// pieces are the parts in which there are digits; a single one is an extension or a pause.
func pieces(texts []string, country string) []part {
	var parts []part
	for _, text := range texts {
		if text = strings.TrimSpace(text); len(phonenumbers.NormalizeDigitsOnly(text)) < 2 || strings.HasPrefix(text, "ext") {
			continue
		}
		if n, ok := Parse(text, country); ok || !strings.HasSuffix(text, "#") {
			parts = append(parts, part{text, n})
		}
	}
	return parts
}

// atGap finds two numbers with nothing but a space between them.
func atGap(text, country string) []part {
	for i, r := range text {
		if r != ' ' && r != '\t' {
			continue
		}
		left, right := pieces([]string{text[:i]}, country), pieces([]string{text[i:]}, country)
		if parts := append(left, right...); len(parts) == 2 && all(parts, Number.Valid) {
			return parts
		}
	}
	return nil
}

func all(parts []part, is func(Number) bool) bool {
	for _, p := range parts {
		if !is(p.number) {
			return false
		}
	}
	return true
}

func written(parts []part) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return strings.Join(texts, " and ")
}
