package telephony

import (
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
)

// FuzzMessage parses anything as a SIP message and does with it what the exchange's handlers do before they act: what comes out of it is a
// number, nothing, or a session that can be used, and it can be answered.
func FuzzMessage(f *testing.F) {
	for _, tc := range nasty {
		if len(tc.message) < 4000 {
			f.Add([]byte(tc.message))
		}
	}
	f.Add([]byte(invite("good", goodSDP, nil)))
	parser := sip.NewParser()
	f.Fuzz(func(t *testing.T, body []byte) {
		message, err := parser.ParseSIP(body)
		if err != nil {
			return
		}
		req, ok := message.(*sip.Request)
		if !ok {
			return
		}
		if req.From() != nil {
			if n := caller(req); n != "" && Number(n) != n {
				t.Fatalf("caller %q", n)
			}
		}
		if n := Number(req.Recipient.User); strings.ContainsAny(n, "\r\n;<>\" ") {
			t.Fatalf("called %q", n)
		}
		if o, err := readSDP(req.Body()); err == nil && (o.addr == nil || o.addr.Port <= 0 || o.addr.Port > 65535) {
			t.Fatalf("%+v", o)
		}
		if req.Via() != nil && req.From() != nil && req.To() != nil && req.CallID() != nil && req.CSeq() != nil {
			_ = sip.NewResponseFromRequest(req, 400, "Bad Request", nil).String()
		}
	})
}
