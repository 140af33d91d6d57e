package js

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Replacement is text.replace(pattern, with).
type Replacement struct {
	Pattern string
	With    string // may hold $$ $& $` $', and $1 $<name> where Pattern is an expression
	Regexp  bool   // Pattern is a regular expression
	Flags   string // g replaces all matches; i m s u as the language has them
}

// ErrTooLong means that the result would be larger than its limit.
var ErrTooLong = errors.New("the result is too long")

// Do replaces the first match, or all. An error says what is wrong with the pattern, that the result would have more than limit bytes, or
// that ctx ended, which is looked at between matches.
func (r Replacement) Do(ctx context.Context, text string, limit int) (string, error) {
	next, names, err := r.matcher(text)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	done := 0 // bytes of text that are in out, or were replaced
	for from := 0; from <= len(text); {
		m := next(from)
		if m == nil {
			break
		}
		out.WriteString(text[done:m[0]])
		if !expand(&out, r.With, text, m, names, limit) {
			return "", ErrTooLong
		}
		done, from = m[1], m[1]
		if m[0] == m[1] { // as the language does, it goes on one character further
			_, width := utf8.DecodeRuneInString(text[from:])
			from += max(1, width)
		}
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if !strings.Contains(r.Flags, "g") {
			break
		}
	}
	if out.Len()+len(text)-done > limit {
		return "", ErrTooLong
	}
	out.WriteString(text[done:])
	return out.String(), nil
}

// matcher gives how the first match at or after a place is found: pairs of places, of the match and of its groups.
func (r Replacement) matcher(text string) (next func(from int) []int, names []string, err error) {
	for _, flag := range r.Flags {
		if !strings.ContainsRune("gimsu", flag) {
			return nil, nil, fmt.Errorf("there is no flag %q: use g, i, m, s or u", flag)
		}
	}
	if !r.Regexp {
		return func(from int) []int {
			if i := strings.Index(text[from:], r.Pattern); i >= 0 {
				return []int{from + i, from + i + len(r.Pattern)}
			}
			return nil
		}, nil, nil
	}
	return r.expression(text)
}

// expression searches after a place with the character before it in sight, so that ^ and \b see what they would see.
func (r Replacement) expression(text string) (next func(from int) []int, names []string, err error) {
	pattern, err := translate(r.Pattern, r.Flags)
	if err != nil {
		return nil, nil, err
	}
	first, err := compile(pattern, len(text))
	if err != nil {
		return nil, nil, err
	}
	later, err := regexp.Compile(`\A(?s:.)(?s:.*?)(` + pattern + `)`)
	if err != nil {
		return nil, nil, err
	}
	return func(from int) []int {
		if from == 0 {
			return first.FindStringSubmatchIndex(text)
		}
		_, width := utf8.DecodeLastRuneInString(text[:from])
		m := later.FindStringSubmatchIndex(text[from-width:])
		if m == nil {
			return nil
		}
		m = m[2:]
		for i := range m {
			if m[i] >= 0 {
				m[i] += from - width
			}
		}
		return m
	}, first.SubexpNames(), nil
}

// expand writes what takes a match's place; false if out would be larger than limit. Source: ECMA-262, 22.1.3.19.1.
func expand(out *strings.Builder, with, text string, m []int, names []string, limit int) bool {
	for with != "" {
		plain, rest, found := strings.Cut(with, "$")
		out.WriteString(plain)
		if !found {
			break
		}
		value, used := reference(rest, text, m, names)
		if out.Len()+len(value) > limit {
			return false
		}
		out.WriteString(value)
		with = rest[used:]
	}
	return out.Len() <= limit
}

// reference is what stands for a $ with what follows it, and how much of that it took: "$" and 0 where it refers to nothing.
func reference(rest, text string, m []int, names []string) (value string, used int) {
	if rest == "" {
		return "$", 0
	}
	switch rest[0] {
	case '$':
		return "$", 1
	case '&':
		return text[m[0]:m[1]], 1
	case '`':
		return text[:m[0]], 1
	case '\'':
		return text[m[1]:], 1
	case '<':
		name, _, closed := strings.Cut(rest[1:], ">")
		if !closed || strings.Join(names, "") == "" {
			return "$", 0
		}
		for i, n := range names {
			if n == name && n != "" {
				return group(text, m, i), len(name) + 2
			}
		}
		return "", len(name) + 2
	}
	for _, digits := range []int{2, 1} {
		if len(rest) >= digits && strings.Trim(rest[:digits], "0123456789") == "" {
			if n := number(rest[:digits]); n > 0 && n < len(m)/2 {
				return group(text, m, n), digits
			}
		}
	}
	return "$", 0
}

func group(text string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return text[m[2*n]:m[2*n+1]]
}
