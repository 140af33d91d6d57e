// Package number reads telephone numbers as people write them: which number is meant, and whether it can be dialled as it is.
//
// Read first: Parse, Dial, Stored. It is pure: it knows no call, no contact and no record.
package number

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// DefaultCountry is that of numbers without a country code where nobody says another (ISO 3166 alpha-2).
const DefaultCountry = "US"

// KnownCountry says whether a country's numbers can be read, by its code in capitals (ISO 3166 alpha-2).
func KnownCountry(code string) bool { return phonenumbers.GetSupportedRegions()[code] }

// Number is a number that is whole: with it, anybody in the world could call. The zero value is no number.
type Number struct{ parsed *phonenumbers.PhoneNumber }

// Parse reads a number; country (ISO 3166 alpha-2, "" is DefaultCountry) is that of numbers without a country code. False for what
// is no number, and for one that lacks its area code.
func Parse(text, country string) (Number, bool) { return recent.of(text, orDefault(country), parse) }

var recent known

func parse(text, country string) (Number, bool) {
	text = wordless(plain(text), country)
	parsed, err := phonenumbers.Parse(text, country)
	if err != nil || phonenumbers.IsPossibleNumberWithReason(parsed) != phonenumbers.IS_POSSIBLE || isLocal(parsed, text, country) {
		return Number{}, false
	}
	return Number{parsed}, true
}

// plain is a text without the marks that nobody sees: numbers that are copied from pages and letters often have some around them.
func plain(text string) string {
	if strings.IndexFunc(text, isUnseen) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isUnseen(r) {
			return -1
		}
		return r
	}, text)
}

func isUnseen(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Cf, r) }

// wordless is a number without the words behind it. Letters stand for the keys of a telephone only where the digits before them are no
// number yet: 1-800-FLOWERS is one, and 555-0800 fax is not.
func wordless(text, country string) string {
	if strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return text
	}
	main, _ := phonenumbers.MaybeSeparateExtensionFromPhone(text)
	digit := strings.IndexFunc(main, unicode.IsDigit)
	if digit < 0 {
		return text
	}
	word := strings.IndexFunc(main[digit:], unicode.IsLetter)
	if word < 0 {
		return text
	}
	before := main[:digit+word]
	parsed, err := phonenumbers.Parse(before, country)
	if err != nil {
		return text
	}
	switch phonenumbers.IsPossibleNumberWithReason(parsed) {
	case phonenumbers.IS_POSSIBLE, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return before + text[len(main):]
	}
	return text
}

// shortest is how few digits a number may have in a country that has given out none like it.
const shortest = 7

// isLocal says that a number is possible in its country only as the end of another: where numbers vary in length, an internal or a local
// one is as long as a whole one elsewhere. What a country has given out is whole, however it is written.
func isLocal(n *phonenumbers.PhoneNumber, text, country string) bool {
	if isInternational(text) || phonenumbers.IsValidNumber(n) {
		return false
	}
	if len(phonenumbers.GetNationalSignificantNumber(n)) < shortest {
		return true
	}
	const trunk = "0" // of countries where it is dialled before the area code
	return phonenumbers.GetNddPrefixForRegion(country, true) == trunk && !strings.HasPrefix(phonenumbers.NormalizeDigitsOnly(text), trunk)
}

func orDefault(country string) string {
	if country == "" {
		return DefaultCountry
	}
	return country
}

// E164 is + and digits, without extension.
func (n Number) E164() string {
	if n.parsed == nil {
		return ""
	}
	return phonenumbers.Format(n.parsed, phonenumbers.E164)
}

// National is the digits without country code and without the prefix with which they are dialled at home.
func (n Number) National() string {
	if n.parsed == nil {
		return ""
	}
	return phonenumbers.GetNationalSignificantNumber(n.parsed)
}

// Home is the digits as they are dialled in the number's own country: National with its prefix, where there is one.
func (n Number) Home() string {
	if n.parsed == nil {
		return ""
	}
	return phonenumbers.NormalizeDigitsOnly(n.Bare().Written())
}

// Written is the number as its country writes it, with its extension.
func (n Number) Written() string {
	if n.parsed == nil {
		return ""
	}
	return phonenumbers.Format(n.parsed, phonenumbers.NATIONAL)
}

// WrittenAbroad is the number as other countries write it, + and country code first, with its extension.
func (n Number) WrittenAbroad() string {
	if n.parsed == nil {
		return ""
	}
	return phonenumbers.Format(n.parsed, phonenumbers.INTERNATIONAL)
}

// Bare is the number without its extension.
func (n Number) Bare() Number {
	if n.parsed == nil {
		return n
	}
	return Number{&phonenumbers.PhoneNumber{
		CountryCode: n.parsed.CountryCode, NationalNumber: n.parsed.NationalNumber, ItalianLeadingZero: n.parsed.ItalianLeadingZero,
		NumberOfLeadingZeros: n.parsed.NumberOfLeadingZeros,
	}}
}

// Extension is what is dialled once the call is answered; mostly "".
func (n Number) Extension() string { return n.parsed.GetExtension() }

// Country is the code of the number's country (ISO 3166 alpha-2); "ZZ" or "001" when it belongs to none.
func (n Number) Country() string {
	if n.parsed == nil {
		return ""
	}
	return phonenumbers.GetRegionCodeForNumber(n.parsed)
}

// CallingCode is the number's country code, such as 44; 0 for no number.
func (n Number) CallingCode() int { return int(n.parsed.GetCountryCode()) }

// Valid says whether the number's country has given out such numbers, as far as is known. Not every number in use is.
func (n Number) Valid() bool { return n.parsed != nil && phonenumbers.IsValidNumber(n.parsed) }

// CallingCodeOf is a country's code, such as 44 for GB; 0 if it is not known.
func CallingCodeOf(country string) int {
	return phonenumbers.GetCountryCodeForRegion(orDefault(country))
}

// Stored reads what stands in a record's field: often one number, at times several. One without a country code is read as country's.
// Where that makes no number, and only there, digits that are one with a + before them are taken as such.
func Stored(text, country string) []Number {
	text = plain(text)
	parts, whole := split(text, country)
	if len(parts) == 0 && whole.parsed == nil {
		whole = plusForgotten(text)
	}
	if whole.parsed != nil {
		return []Number{whole}
	}
	var all []Number
	for _, p := range parts {
		if p.number.parsed != nil {
			all = append(all, p.number)
		}
	}
	return all
}

func plusForgotten(text string) Number {
	digits := strings.TrimPrefix(phonenumbers.NormalizeDigitsOnly(text), "00")
	if isInternational(text) || len(digits) > maxDigits {
		return Number{}
	}
	n, ok := Parse("+"+digits, "")
	if !ok || !n.Valid() {
		return Number{}
	}
	return n
}

// maxDigits is the longest number there can be. Source: ITU-T E.164.
const maxDigits = 15

// isInternational is true for text whose number begins with +.
func isInternational(text string) bool {
	at := strings.IndexAny(text, "+＋0123456789")
	return at >= 0 && (text[at] == '+' || strings.HasPrefix(text[at:], "＋"))
}

// IsBare says whether text holds a number and nothing else: digits and what people put between them, and an extension. An e-mail
// address or a case number with letters does not, though a number might be read out of it.
func IsBare(text string) bool {
	text = strings.TrimPrefix(strings.TrimSpace(plain(text)), "tel:")
	if isBare(text) {
		return true // as nearly all are that somebody calls from, and an extension takes long to look for
	}
	main, _ := phonenumbers.MaybeSeparateExtensionFromPhone(text)
	return isBare(main)
}

func isBare(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-‐‑–. ()/\u00a0", r):
			return false
		}
	}
	return digits > 0
}
