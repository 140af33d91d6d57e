package told

import (
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/adapter/number"
)

// counted is so many records in words: "2 Contacts".
func counted(n int, object string) string {
	noun := "record"
	if object != "" && !strings.Contains(object, "__") {
		noun = object
	}
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y"):
		noun = noun[:len(noun)-1] + "ies"
	default:
		noun += "s"
	}
	if n == 0 {
		return "no " + noun
	}
	return strconv.Itoa(n) + " " + noun
}

// written is a number as people of the org's country write it; as it was delivered if it cannot be read.
func written(delivered, country string) string {
	n, ok := number.Parse(delivered, country)
	switch {
	case delivered == "":
		return "the caller's number"
	case !ok:
		return delivered
	case n.CallingCode() == number.CallingCodeOf(country):
		return n.Written()
	}
	return n.WrittenAbroad()
}

// named is a record in words.
func named(s Search) string {
	if s.Name == "" {
		return "the record " + s.Record
	}
	return strings.TrimSpace(objectWord(s.Object) + " " + s.Name)
}

func objectWord(object string) string {
	if strings.Contains(object, "__") {
		return ""
	}
	return object
}
