package postgres

import (
	"strconv"
	"strings"
	"sync"
)

// marked has texts in PostgreSQL's form, by the store's: their marks are $1 where the store writes ? or ?1. Source: SQLite, Expressions,
// Parameters: a ? without a number is the one after the highest before it.
type marked struct{ texts sync.Map }

func (m *marked) of(text string) string {
	if known, ok := m.texts.Load(text); ok {
		if known, ok := known.(string); ok {
			return known
		}
	}
	made := marks(text)
	m.texts.Store(text, made)
	return made
}

func marks(text string) string {
	var b strings.Builder
	quoted, highest := false, 0
	for i := 0; i < len(text); i++ {
		if text[i] == '\'' {
			quoted = !quoted
		}
		if quoted || text[i] != '?' {
			b.WriteByte(text[i])
			continue
		}
		end := i + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		n, err := strconv.Atoi(text[i+1 : end])
		if err != nil {
			n = highest + 1
		}
		highest = max(highest, n)
		b.WriteString("$" + strconv.Itoa(n))
		i = end - 1
	}
	return b.String()
}

// values are arguments as the columns take them: no column is a boolean, and no text has a byte of 0, which PostgreSQL cannot keep.
func values(args []any) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		switch v := arg.(type) {
		case bool:
			out[i] = 0
			if v {
				out[i] = 1
			}
		case string:
			out[i] = clean(v)
		default:
			out[i] = arg
		}
	}
	return out
}

// clean is a text that PostgreSQL can keep.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
