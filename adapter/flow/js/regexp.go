package js

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// maxSteps bounds what looking through a text once may cost: instructions of the expression times bytes of the text, about a second's work.
const maxSteps = 32 << 20

// spaces is \s inside a class.
const spaces = `\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`

// translate writes a pattern of the language as RE2 reads it, with its flags. What RE2 has not is refused when it is compiled.
func translate(pattern, flags string) (string, error) {
	var b strings.Builder
	for _, flag := range "ims" {
		if strings.ContainsRune(flags, flag) {
			b.WriteString("(?" + string(flag) + ")")
		}
	}
	class := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			if i++; i == len(pattern) {
				return "", errors.New(`the pattern ends with \`)
			}
			i += escaped(&b, pattern[i:], class)
		case c == '[' && class:
			b.WriteString(`\[`)
		case strings.HasPrefix(pattern[i:], "[^]"):
			b.WriteString(`(?s:.)`)
			i += 2
		case strings.HasPrefix(pattern[i:], "[]"):
			b.WriteString(`[^\x00-\x{10FFFF}]`)
			i++
		case c == '[':
			class = true
			b.WriteByte(c)
		case c == ']':
			class = false
			b.WriteByte(c)
		case c == '.' && !class && !strings.Contains(flags, "s"):
			b.WriteString(`[^\n\r\x{2028}\x{2029}]`)
		case c == '(' && !class && lookaround(pattern[i:]):
			return "", errors.New("the pattern looks ahead or behind (?=…), which is not possible here")
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

func lookaround(at string) bool {
	for _, begin := range []string{"(?=", "(?!", "(?<=", "(?<!"} {
		if strings.HasPrefix(at, begin) {
			return true
		}
	}
	return false
}

// escaped writes what a \ stands for, with what follows it, and gives how many more bytes than one it took.
func escaped(b *strings.Builder, rest string, class bool) (more int) {
	switch c := rest[0]; {
	case c == 's' && class:
		b.WriteString(spaces)
	case c == 's':
		b.WriteString("[" + spaces + "]")
	case c == 'S' && !class:
		b.WriteString("[^" + spaces + "]")
	case c == 'b' && class:
		b.WriteString(`\x08`)
	case c == 'u' && len(rest) >= 5 && isHex(rest[1:5]):
		b.WriteString(`\x{` + rest[1:5] + "}")
		return 4
	case strings.IndexByte("dDwWSbBnrtvfxpP123456789", c) >= 0:
		b.WriteString(`\` + rest[:1])
	case c == '0':
		b.WriteString(`\x00`)
	default: // anything else is itself
		_, width := utf8.DecodeRuneInString(rest)
		b.WriteString(regexp.QuoteMeta(rest[:width]))
		return width - 1
	}
	return 0
}

func isHex(text string) bool { return strings.Trim(text, "0123456789abcdefABCDEF") == "" }

// compile refuses a pattern that is none, that RE2 has not, or that is too large for a text.
func compile(pattern string, length int) (*regexp.Regexp, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		if failed, ok := errors.AsType[*syntax.Error](err); ok {
			return nil, fmt.Errorf("the pattern cannot be used: %s", failed.Code)
		}
		return nil, fmt.Errorf("the pattern cannot be used: %w", err)
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, fmt.Errorf("the pattern cannot be used: %w", err)
	}
	if len(program.Inst)*max(length, 1) > maxSteps {
		return nil, errors.New("the pattern is too large for a text of this length")
	}
	return regexp.Compile(pattern)
}
