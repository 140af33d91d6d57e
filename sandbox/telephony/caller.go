package telephony

import (
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// caller is the number that calls; "" when it is withheld or there is none. Who wants to stay unknown does, even where a trusted network
// says who it is: that is for the network alone. Source: RFC 3323 §4.2, RFC 3325 §7 and §9.3.
func caller(req *sip.Request) string {
	if isPrivate(req) {
		return ""
	}
	if from := req.From().Address; !strings.EqualFold(from.User, "anonymous") && !strings.EqualFold(from.Host, "anonymous.invalid") {
		if number := numberIn(from); number != "" {
			return number
		}
	}
	for _, header := range req.GetHeaders("P-Asserted-Identity") {
		for _, one := range addresses(header.Value()) {
			var uri sip.Uri
			params := sip.NewParams()
			if _, err := sip.ParseAddressValue(one, &uri, &params); err != nil {
				continue
			}
			if number := numberIn(uri); number != "" {
				return number
			}
		}
	}
	return ""
}

// isPrivate says whether the caller asked that nobody be told who it is.
func isPrivate(req *sip.Request) bool {
	for _, header := range req.GetHeaders("Privacy") {
		for wish := range strings.FieldsFuncSeq(strings.ToLower(header.Value()), func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
			if slices.Contains([]string{"id", "user"}, wish) {
				return true
			}
		}
	}
	return false
}

// numberIn is the telephone number of an address: of its user, whose parameters such as npdi come after a semicolon, or of a tel address;
// "" for none. Source: RFC 3261 §19.1.6, RFC 3966 §3, RFC 4694 §5.
func numberIn(uri sip.Uri) string {
	user := uri.User
	if uri.Scheme == "tel" {
		user = uri.Raw()
	}
	user, _, _ = strings.Cut(user, ";")
	return Number(user)
}

// addresses are those of a header that may list several. Source: RFC 3325 §9.1.
func addresses(value string) (list []string) {
	quoted, bracketed, begin := false, false, 0
	for i, r := range value {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '<':
			bracketed = true
		case r == '>':
			bracketed = false
		case r == ',' && !bracketed:
			list = append(list, strings.TrimSpace(value[begin:i]))
			begin = i + 1
		}
	}
	return append(list, strings.TrimSpace(value[begin:]))
}
