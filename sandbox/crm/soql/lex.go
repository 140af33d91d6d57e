package soql

import (
	"fmt"
	"strings"
)

// MaxLength is the longest query that is read, in bytes. Source: SOQL limits, 100,000 characters.
const MaxLength = 100_000

// SyntaxError says where a query stops making sense.
type SyntaxError struct {
	Text    string // the query
	Pos     int    // byte offset
	Message string // such as: unexpected token: 'FORM'
}

// Error is in the platform's own shape: the line, a caret, the place, the message.
func (e *SyntaxError) Error() string {
	before := e.Text[:min(e.Pos, len(e.Text))]
	row, column := 1+strings.Count(before, "\n"), e.Pos-strings.LastIndex(before, "\n")
	from := max(0, e.Pos-40)
	to := min(len(e.Text), e.Pos+40)
	snippet := strings.ReplaceAll(e.Text[from:to], "\n", " ")
	return fmt.Sprintf("\n%s\n%s^\nERROR at Row:%d:Column:%d\n%s", snippet, strings.Repeat(" ", e.Pos-from), row, column, e.Message)
}

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokWord
	tokString
	tokNumber // numbers, dates, date times
	tokPunct
)

type token struct {
	kind tokenKind
	text string // of a string: its value
	pos  int
}

const tokenLimit = 20_000

// lex cuts a query into tokens.
func lex(text string) ([]token, error) {
	if len(text) > MaxLength {
		return nil, &SyntaxError{Message: "query string is too long"}
	}
	var tokens []token
	for i := 0; i < len(text); {
		if len(tokens) > tokenLimit {
			return nil, &SyntaxError{text, i, "query is too complicated"}
		}
		c := text[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case isLetter(c):
			end := i + 1
			for end < len(text) && (isLetter(text[end]) || isDigit(text[end])) {
				end++
			}
			tokens = append(tokens, token{tokWord, text[i:end], i})
			i = end
		case isDigit(c) || (c == '-' || c == '+' || c == '.') && i+1 < len(text) && (isDigit(text[i+1]) || text[i+1] == '.'):
			end := i + 1
			for end < len(text) && (isDigit(text[end]) || isLetter(text[end]) || strings.IndexByte(".:+-", text[end]) >= 0) {
				end++
			}
			tokens = append(tokens, token{tokNumber, text[i:end], i})
			i = end
		case c == '\'':
			value, end, err := lexString(text, i)
			if err != nil {
				return nil, err
			}
			tokens = append(tokens, token{tokString, value, i})
			i = end
		default:
			op := string(c)
			if i+1 < len(text) && (text[i:i+2] == "!=" || text[i:i+2] == "<=" || text[i:i+2] == ">=" || text[i:i+2] == "<>") {
				op = text[i : i+2]
			}
			if !strings.Contains("= != < <= > >= <> ( ) , . : { }", op) {
				return nil, &SyntaxError{text, i, fmt.Sprintf("unexpected token: '%s'", op)}
			}
			tokens = append(tokens, token{tokPunct, op, i})
			i += len(op)
		}
	}
	return append(tokens, token{tokEnd, "", len(text)}), nil
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

var escapes = map[byte]string{'n': "\n", 'r': "\r", 't': "\t", 'b': "\b", 'f': "\f", '"': `"`, '\'': `'`, '\\': `\`, '_': `\_`, '%': `\%`}

// lexString reads a quoted text. \_ and \% stay escaped: they mean something to LIKE only.
func lexString(text string, start int) (value string, end int, err error) {
	var b strings.Builder
	for i := start + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'':
			return b.String(), i + 1, nil
		case c == '\\' && i+1 < len(text):
			plain, known := escapes[text[i+1]]
			if !known {
				return "", 0, &SyntaxError{text, i,
					fmt.Sprintf("Invalid string literal '\\%c'. Illegal character sequence in string literal", text[i+1])}
			}
			b.WriteString(plain)
			i++
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, &SyntaxError{text, start, "line 1:" + fmt.Sprint(start) + " mismatched character '<EOF>' expecting '''"}
}
