// Package textfile reads files that people write: editors save them in UTF-8 or UTF-16, with or without a byte-order mark.
//
// Read first: Decode.
package textfile

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrEncoding is of a file that is in neither, for whoever wrote it.
var ErrEncoding = errors.New("is in neither UTF-8 nor UTF-16: save it as UTF-8")

// Decode gives a file's text in UTF-8, without a mark. ErrEncoding if there is none.
func Decode(body []byte) ([]byte, error) {
	var assumed encoding.Encoding = unicode.UTF8
	switch { // without a mark a zero beside the first character, which is one of ASCII, is half of UTF-16
	case len(body) > 1 && body[0] != 0 && body[1] == 0:
		assumed = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case len(body) > 1 && body[0] == 0 && body[1] != 0:
		assumed = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case utf8.Valid(body) && !bytes.HasPrefix(body, []byte("\ufeff")):
		return body, checked(body)
	case !utf8.Valid(body) && !bytes.HasPrefix(body, []byte{0xff, 0xfe}) && !bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return nil, ErrEncoding
	}
	text, _, err := transform.Bytes(unicode.BOMOverride(assumed.NewDecoder()), body)
	if err != nil {
		return nil, ErrEncoding
	}
	return text, checked(text)
}

// checked refuses what a decoder could not make out, and zeros: no text has them.
func checked(text []byte) error {
	if bytes.IndexByte(text, 0) >= 0 || bytes.ContainsRune(text, utf8.RuneError) {
		return ErrEncoding
	}
	return nil
}
