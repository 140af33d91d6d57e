package aura

import (
	"slices"
	"strings"
)

// expression cuts a script down to the one expression in parentheses that it has to be. It reads no more of the language than tells
// strings, comments and regular expressions from brackets: what is wrong within, the browser says.
func expression(file string, source []byte) (string, error) {
	s := &scanner{file: file, text: string(source)}
	s.blank()
	begin := s.at
	if s.at >= len(s.text) || s.text[s.at] != '(' {
		return "", s.problem("Expected one expression in parentheses, ({…})")
	}
	if err := s.brackets(); err != nil {
		return "", err
	}
	end := s.at
	for s.blank(); s.at < len(s.text) && s.text[s.at] == ';'; s.blank() {
		s.at++
	}
	if s.at < len(s.text) {
		return "", s.problem("Expected the end of the file after the expression")
	}
	return s.text[begin:end], nil
}

type scanner struct {
	file, text string
	at         int
	last       byte // of the code before: tells a division from a regular expression
}

func (s *scanner) problem(text string) error {
	before := s.text[:min(s.at, len(s.text))]
	line := strings.Count(before, "\n") + 1
	return problemf(s.file, line, len(before)-strings.LastIndexByte(before, '\n'), "%s: %s", s.file, text)
}

// blank skips white space and comments.
func (s *scanner) blank() {
	for s.at < len(s.text) {
		rest := s.text[s.at:]
		space := len(rest) - len(strings.TrimLeft(rest, " \t\r\n\ufeff"))
		switch {
		case space > 0:
			s.at += space
		case strings.HasPrefix(rest, "//"):
			s.at += lengthTo(rest, "\n", 0)
		case strings.HasPrefix(rest, "/*"):
			s.at += lengthTo(rest, "*/", 2)
		default:
			return
		}
	}
}

// lengthTo is how long a text is up to and with an end that begins behind some bytes; all of it if there is none.
func lengthTo(text, end string, behind int) int {
	if i := strings.Index(text[behind:], end); i >= 0 {
		return behind + i + len(end)
	}
	return len(text)
}

var closers = map[byte]byte{'(': ')', '[': ']', '{': '}'}

const tooDeep = 500 // brackets within brackets

// brackets reads from an opening bracket to the one that closes it.
func (s *scanner) brackets() error {
	var open []byte
	for s.blank(); s.at < len(s.text); s.blank() {
		c := s.text[s.at]
		switch {
		case closers[c] != 0:
			if open = append(open, closers[c]); len(open) > tooDeep {
				return s.problem("Brackets are nested too deeply")
			}
		case c == ')' || c == ']' || c == '}':
			if open[len(open)-1] != c {
				return s.problem("Unexpected " + string(c))
			}
			open = open[:len(open)-1]
		case c == '\'' || c == '"' || c == '`':
			if err := s.quoted(c); err != nil {
				return err
			}
			s.last = c
			continue
		case c == '/' && s.beginsRegexp():
			if err := s.regexp(); err != nil {
				return err
			}
			s.last = '/'
			continue
		}
		s.last = c
		s.at++
		if len(open) == 0 {
			return nil
		}
	}
	return s.problem("Unexpected end of the file")
}

// quoted reads a string or a template; brackets in a template's parts are taken for its text.
func (s *scanner) quoted(quote byte) error {
	begin := s.at
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '\\':
			s.at++
		case c == quote:
			s.at++
			return nil
		case c == '\n' && quote != '`':
			s.at = begin
			return s.problem("Unterminated string")
		}
	}
	s.at = begin
	return s.problem("Unterminated string")
}

var beforeRegexp = []byte("(,=:[!&|?{};+-*%<>~^")

// words are those after which a slash begins a regular expression.
var words = []string{"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do"}

func (s *scanner) beginsRegexp() bool {
	if slices.Contains(beforeRegexp, s.last) {
		return true
	}
	before := strings.TrimRight(s.text[:s.at], " \t\r\n")
	return slices.ContainsFunc(words, func(w string) bool {
		rest, ends := strings.CutSuffix(before, w)
		return ends && (rest == "" || !isWordByte(rest[len(rest)-1]))
	})
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func (s *scanner) regexp() error {
	begin, inClass := s.at, false
	for s.at++; s.at < len(s.text) && s.text[s.at] != '\n'; s.at++ {
		switch c := s.text[s.at]; {
		case c == '\\':
			s.at++
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case c == '/' && !inClass:
			s.at++
			return nil
		}
	}
	s.at = begin
	return s.problem("Unterminated regular expression")
}
