// Package telephony is telephone calls: SIP on UDP and TCP, browsers by WebRTC through an own TURN server, G.711 end to end.
//
// Read first: Exchange, Call, Leg. It serves a caller without a contact centre too, and knows nothing of agents or queues.
package telephony

import (
	"strconv"
	"strings"
)

// Codec is an RTP payload type of G.711. Audio is passed on as it came, never transcoded.
type Codec uint8

// The two codecs; 8000 Hz, frames of 20 ms are 160 bytes.
const (
	PCMU Codec = 0
	PCMA Codec = 8
)

const (
	frameSize = 160
	eventType = 101 // payload type of DTMF, RFC 4733
)

// String is the codec's name in SDP.
func (c Codec) String() string {
	if c == PCMA {
		return "PCMA"
	}
	return "PCMU"
}

// Cause is how a call ended, by its SIP status; 200 is normal clearing.
type Cause struct {
	SIP  int
	Text string
}

// The causes that this house gives.
var (
	Normal        = Cause{200, "Normal Clearing"}
	Busy          = Cause{486, "Busy Here"}
	Declined      = Cause{603, "Decline"}
	NoAnswer      = Cause{480, "Temporarily Unavailable"}
	Unallocated   = Cause{404, "Not Found"}
	Cancelled     = Cause{487, "Request Terminated"}
	NotAcceptable = Cause{488, "Not Acceptable Here"}
	Overloaded    = Cause{503, "Service Unavailable"}
	Failed        = Cause{500, "Server Internal Error"}
	// Silent is a far end from which nothing came. Source: RFC 3261 §8.1.3.1.
	Silent = Cause{408, "Nobody Answered By SIP"}
)

// String is status and text.
func (c Cause) String() string { return strconv.Itoa(c.SIP) + " " + c.Text }

// Number reduces what was dialled to digits with an optional plus; "" if it is no telephone number.
func Number(text string) string {
	plus := strings.HasPrefix(strings.TrimSpace(text), "+")
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("+ -().", r):
			return -1
		}
		return 'x'
	}, text)
	if digits == "" || len(digits) > 15 || strings.Contains(digits, "x") {
		return ""
	}
	if plus {
		return "+" + digits
	}
	return digits
}

// same says whether two numbers are one: equal, or one is the other without plus or country code 1.
func same(a, b string) bool {
	plain := func(n string) string { return strings.TrimPrefix(strings.TrimPrefix(n, "+"), "1") }
	return a != "" && plain(a) == plain(b)
}
