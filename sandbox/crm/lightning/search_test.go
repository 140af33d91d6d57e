package lightning

import (
	"strings"
	"testing"
)

func TestPhoneDigits(t *testing.T) {
	for _, tc := range []struct{ name, term, want string }{
		{"a number as people write it", "(206) 555-0142", "2065550142"},
		{"a number as networks write it", "+12065550142", "12065550142"},
		{"a name", "Maya Lindqvist", ""},
		{"a name with a number", "Bay 4", ""},
		{"too few digits for a number", "123", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := phoneDigits(tc.term); got != tc.want {
				t.Errorf("phoneDigits(%q) = %q, want %q", tc.term, got, tc.want)
			}
		})
	}
}

func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"Maya", "} RETURNING User(", `\`, "*?", "a\x00b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, term string) {
		escaped := escape(term)
		for i := 0; i < len(escaped); i++ {
			if escaped[i] == '\\' {
				i++
				continue
			}
			if strings.IndexByte(reserved, escaped[i]) >= 0 {
				t.Fatalf("escape(%q) = %q leaves %q with its meaning", term, escaped, escaped[i])
			}
		}
	})
}
