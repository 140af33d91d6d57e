package schema

import "strings"

// RecordID is a record's id, 18 characters. Source: Salesforce Help, record ids.
type RecordID string

// Base62 are the digits of ids.
const Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// NewID makes the id of the nth record of an org.
func NewID(prefix, pod string, n int64) RecordID {
	digits := []byte("000000000")
	for i := len(digits) - 1; i >= 0 && n > 0; i-- {
		digits[i] = Base62[n%62]
		n /= 62
	}
	return To18(prefix + pod + "0" + string(digits))
}

// Number is the number that digits of an id stand for.
func Number(digits string) int64 {
	n := int64(0)
	for i := range len(digits) {
		n = n*62 + int64(strings.IndexByte(Base62, digits[i]))
	}
	return n
}

const suffixes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

// To18 completes a 15-character id by its three check characters; anything else of 18 characters stays. Other text gives "".
func To18(id string) RecordID {
	for _, r := range id {
		if !strings.ContainsRune(Base62, r) {
			return ""
		}
	}
	switch len(id) {
	case 18:
		return repair(id)
	case 15:
		return RecordID(id + checks(id))
	}
	return ""
}

func checks(id string) string {
	var out strings.Builder
	for group := range 3 {
		bits := 0
		for i := range 5 {
			if c := id[group*5+i]; c >= 'A' && c <= 'Z' {
				bits |= 1 << i
			}
		}
		out.WriteByte(suffixes[bits])
	}
	return out.String()
}

// repair puts the case of an 18-character id right by its check characters.
func repair(id string) RecordID {
	out := []byte(id[:15])
	for group := range 3 {
		bits := strings.IndexByte(suffixes, strings.ToUpper(id)[15+group])
		if bits < 0 {
			return ""
		}
		for i := range 5 {
			at := group*5 + i
			if bits&(1<<i) != 0 {
				out[at] = strings.ToUpper(id[at : at+1])[0]
			} else {
				out[at] = strings.ToLower(id[at : at+1])[0]
			}
		}
	}
	return RecordID(string(out) + strings.ToUpper(id[15:]))
}
