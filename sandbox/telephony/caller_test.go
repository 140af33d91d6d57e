package telephony

import (
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
)

func TestWhoCalls(t *testing.T) {
	const anonymous = `From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=f`
	for _, tc := range []struct {
		name, from string
		more       []string
		want       string
	}{
		{"a number", "From: <sip:+12065550142@127.0.0.1>;tag=f", nil, "+12065550142"},
		{"a number with parameters", "From: <sip:+12065550142;npdi@127.0.0.1;user=phone>;tag=f", nil, "+12065550142"},
		{"a ported number", "From: <sip:+12065550142;npdi;rn=+12065550000@127.0.0.1>;tag=f", nil, "+12065550142"},
		{"a telephone address", "From: <tel:+1-206-555-0142;cpc=ordinary>;tag=f", nil, "+12065550142"},
		{"a name", "From: <sip:alice@127.0.0.1>;tag=f", nil, ""},
		{"a name, and the network knows", "From: <sip:alice@127.0.0.1>;tag=f", []string{"P-Asserted-Identity: <sip:+12065550142@trunk>"},
			"+12065550142"},
		{"its own number counts first", "From: <sip:+12065550142@127.0.0.1>;tag=f", []string{"P-Asserted-Identity: <sip:+12065550199@trunk>"},
			"+12065550142"},
		{"nobody, and the network knows", anonymous, []string{"P-Asserted-Identity: <sip:+12065550142;npdi@trunk;user=phone>"}, "+12065550142"},
		{"nobody, and the network does not hide it", anonymous, []string{"P-Asserted-Identity: tel:+12065550142", "Privacy: none"},
			"+12065550142"},
		{"two identities in one line", anonymous,
			[]string{`P-Asserted-Identity: "Fluffy, Inc." <sip:fluffy@trunk>, <tel:+12065550142>`}, "+12065550142"},
		{"two identities in two lines", anonymous,
			[]string{"P-Asserted-Identity: <sip:fluffy@trunk>", "P-Asserted-Identity: <tel:+12065550142>"}, "+12065550142"},
		{"an identity that cannot be read", anonymous, []string{`P-Asserted-Identity: "`}, ""},
		{"nobody", anonymous, nil, ""},
		{"withheld", "From: <sip:+12065550142@127.0.0.1>;tag=f", []string{"Privacy: id"}, ""},
		{"withheld, and the network knows", anonymous, []string{"P-Asserted-Identity: <sip:+12065550142@trunk>", "Privacy: id;critical"}, ""},
		{"withheld by the telephone", "From: <sip:+12065550142@127.0.0.1>;tag=f", []string{"Privacy: user"}, ""},
		{"a wish that only contains the letters", "From: <sip:+12065550142@127.0.0.1>;tag=f", []string{"Privacy: midcall"}, "+12065550142"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			more := ""
			if len(tc.more) > 0 {
				more = strings.Join(tc.more, "\r\n") + "\r\n"
			}
			m, err := sip.ParseMessage([]byte(invite("who", goodSDP, map[string]string{"From": tc.from, "more": more})))
			if err != nil {
				t.Fatal(err)
			}
			if got := caller(m.(*sip.Request)); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
