package data

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// compile makes a query of a text's parts. Only literal parts, which the administrator wrote, are words of the language. Any other part
// is a value: within quotes a piece of text, outside them a number, a date, a time, a boolean or an id. A text that came whole from
// somewhere else is Foreign, as it is.
func compile(t flow.Template) (flow.Query, error) {
	if len(t) == 1 && t[0].Origin != flow.Literal {
		text, ok := t[0].Value.(string)
		if !ok {
			return flow.Query{}, &flow.Refused{Reason: "the query is no text"}
		}
		return flow.Query{SOQL: text, Foreign: true}, nil
	}
	var q soql
	for i, part := range t {
		var err error
		if part.Origin == flow.Literal {
			err = q.words(part.Text())
		} else {
			err = q.value(part.Value, i+1)
		}
		if err != nil {
			return flow.Query{}, err
		}
	}
	if q.quoted {
		return flow.Query{}, &flow.Refused{Reason: "a quote of the query is not closed"}
	}
	return flow.Query{SOQL: q.out.String()}, nil
}

// soql is a query up to some point.
type soql struct {
	out     strings.Builder
	quoted  bool   // a text is open
	escaped bool   // the last character was the backslash of an escape
	word    string // the last word outside of texts
	ended   bool   // that word is over
	bare    bool   // the last thing is a value outside of texts
}

// words adds what the administrator wrote.
func (q *soql) words(text string) error {
	for i, r := range text {
		if i == 0 && q.bare && isWord(r) {
			return &flow.Refused{Reason: fmt.Sprintf("in the query, a value stands before %q without a space", short(text))}
		}
		switch {
		case q.quoted && q.escaped:
			q.escaped = false
		case q.quoted && r == '\\':
			q.escaped = true
		case r == '\'':
			q.quoted = !q.quoted
			q.ended = true
		case q.quoted:
		case isWord(r) && q.ended:
			q.word, q.ended = string(r), false
		case isWord(r):
			q.word += string(r)
		default:
			q.ended = true
		}
	}
	if text != "" {
		q.bare = false
		q.out.WriteString(text)
	}
	return nil
}

// value adds a value that came from somewhere else.
func (q *soql) value(v any, place int) error {
	switch v.(type) {
	case map[string]any, []any:
		return &flow.Refused{Reason: fmt.Sprintf("part %d of the query is a list or an object: a query takes single values", place)}
	}
	text := flow.Part{Value: v}.Text()
	switch {
	case q.quoted && q.escaped:
		return &flow.Refused{Reason: "in the query, a value stands behind a backslash"}
	case q.quoted && strings.EqualFold(q.word, "LIKE"):
		q.out.WriteString(likeEscapes.Replace(text))
		return nil
	case q.quoted:
		q.out.WriteString(escapes.Replace(text))
		return nil
	}
	before := q.out.String()
	if last := len(before) - 1; q.bare || last >= 0 && (isWord(rune(before[last])) || strings.IndexByte("'.-+", before[last]) >= 0) {
		return &flow.Refused{Reason: fmt.Sprintf("in the query, a value stands behind %q without a space", tail(before))}
	}
	written, ok := bareValue(v, text)
	if !ok {
		return &flow.Refused{Reason: fmt.Sprintf("part %d of the query is a text outside of quotes: only a number, a date, a time, true, "+
			"false or an id may stand there. Put quotes around it", place)}
	}
	q.out.WriteString(written)
	q.bare, q.ended = true, true
	return nil
}

// bareValue is a value as it may stand outside of texts. An id gets quotes, without which the org would not read it.
func bareValue(v any, text string) (string, bool) {
	switch {
	case v == true, v == false, text == "true", text == "false":
		return text, true
	case isNumber.MatchString(text), isMoment.MatchString(text):
		return text, true
	case isID.MatchString(text):
		return "'" + text + "'", true
	}
	return "", false
}

var (
	isNumber = regexp.MustCompile(`^-?[0-9]{1,18}(\.[0-9]{1,18})?$`)
	isMoment = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?(Z|[+-][0-9]{2}:?[0-9]{2}))?$`)
	isID     = regexp.MustCompile(`^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$`)
)

// escapes keep a text a text. Source: SOQL and SOSL reference, quoted string escape sequences.
var (
	escapePairs = []string{`\`, `\\`, `'`, `\'`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`}
	escapes     = strings.NewReplacer(escapePairs...)
	likeEscapes = strings.NewReplacer(append([]string{"%", `\%`, "_", `\_`}, escapePairs...)...)
)

func isWord(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > '~'
}

const shown = 20 // characters of a query that a sentence shows

func short(text string) string {
	if runes := []rune(text); len(runes) > shown {
		return string(runes[:shown]) + "…"
	}
	return text
}

func tail(text string) string {
	runes := []rune(text)
	return string(runes[max(0, len(runes)-shown):])
}
