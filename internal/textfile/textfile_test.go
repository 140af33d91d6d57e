package textfile

import (
	"encoding/binary"
	"errors"
	"testing"
	"unicode/utf16"
)

// wide is a text in UTF-16.
func wide(text string, order binary.AppendByteOrder) (body []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		body = order.AppendUint16(body, unit)
	}
	return body
}

func TestDecode(t *testing.T) {
	const text = `{"name": "Åse 🐟"}`
	for name, body := range map[string][]byte{
		"UTF-8":                           []byte(text),
		"UTF-8 with a mark":               []byte("\ufeff" + text),
		"UTF-16, the low byte first":      wide("\ufeff"+text, binary.LittleEndian),
		"UTF-16, the high byte first":     wide("\ufeff"+text, binary.BigEndian),
		"UTF-16 without a mark":           wide(text, binary.LittleEndian),
		"UTF-16 without a mark, reversed": wide(text, binary.BigEndian),
	} {
		if got, err := Decode(body); err != nil || string(got) != text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, body := range map[string][]byte{
		"Latin-1":            []byte("name: M\xfcller"),
		"half a character":   wide("\ufeff"+text, binary.LittleEndian)[:13],
		"half of a pair":     append(wide("\ufeff{", binary.LittleEndian), 0x00, 0xd8),
		"a program":          {0x7f, 'E', 'L', 'F', 0, 0, 1},
		"a mark and a zero":  []byte("\ufeffa\x00"),
		"a wrong UTF-8 mark": []byte("\xef\xbb\xbf\xff"),
	} {
		if got, err := Decode(body); !errors.Is(err, ErrEncoding) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if got, err := Decode(nil); err != nil || len(got) != 0 {
		t.Errorf("nothing: %q, %v", got, err)
	}
}
