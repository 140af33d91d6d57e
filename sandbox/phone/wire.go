package phone

import (
	"encoding/json"
	"errors"

	"github.com/patchcord/patchcord/sandbox/telephony"
)

const (
	maxFrame = 64 << 10 // bytes of a message; an offer has three thousand
	maxID    = 64
)

// fromPage is what a page says. Type is one of
//
//	register  Number is the page's own from now on
//	call      Call (an id that the page gives), To, Withheld, SDP, Candidates
//	answer    Call (the id of an incoming message), SDP, Candidates
//	decline   Call
//	hangup    Call
type fromPage struct {
	Type       string                `json:"type"`
	Call       string                `json:"call"`
	Number     string                `json:"number"`
	To         string                `json:"to"`
	Withheld   bool                  `json:"withheld"`
	SDP        string                `json:"sdp"`
	Candidates []telephony.Candidate `json:"candidates"`
}

// readMessage refuses what is no message. A type that we do not know is one: it is for a newer server than this.
func readMessage(body []byte) (fromPage, error) {
	var m fromPage
	if err := json.Unmarshal(body, &m); err != nil {
		return m, err
	}
	if m.Type == "" || len(m.Type) > maxID || len(m.Call) > maxID {
		return m, errors.New("a message without a type, or with too long a name")
	}
	return m, nil
}

// What a page is told. Type stands first and is the name of the struct.
type (
	// welcome comes once, first: the numbers that a new handset calls from and to.
	welcome struct {
		Type string `json:"type"`
		Own  string `json:"own"`
		Far  string `json:"far"`
	}
	// servers are TURN servers for the next call; again before their credentials end.
	servers struct {
		Type    string                `json:"type"`
		Servers []telephony.ICEServer `json:"servers"`
	}
	// registered says whether the page can be called at its number.
	registered struct {
		Type      string `json:"type"`
		Number    string `json:"number"`
		Reachable bool   `json:"reachable"`
	}
	// incoming is a call that rings; From is "" when it is withheld.
	incoming struct {
		Type string `json:"type"`
		Call string `json:"call"`
		From string `json:"from"`
	}
	// audio answers a page's offer.
	audio struct {
		Type       string                `json:"type"`
		Call       string                `json:"call"`
		SDP        string                `json:"sdp"`
		Candidates []telephony.Candidate `json:"candidates"`
	}
	// step is ringing (the far telephone rings) or connected (both hear each other).
	step struct {
		Type string `json:"type"`
		Call string `json:"call"`
	}
	// digit is a key that the far side pressed.
	digit struct {
		Type  string `json:"type"`
		Call  string `json:"call"`
		Digit string `json:"digit"`
	}
	// ended is the end of a call with its SIP status; 200 is normal clearing.
	ended struct {
		Type string `json:"type"`
		Call string `json:"call"`
		Code int    `json:"code"`
		Text string `json:"text"`
	}
)

func endedBy(call string, cause telephony.Cause) ended {
	return ended{"ended", call, cause.SIP, cause.Text}
}
