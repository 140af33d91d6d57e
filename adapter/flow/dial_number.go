package flow

import (
	"context"
	"errors"

	"github.com/nyaruka/phonenumbers"
)

// DialNumber asks the agent's softphone to call phoneNumber. A call that the softphone refuses leaves by Failure; an error means
// that we could not ask.
var DialNumber = Block{
	Type:   "SE_AgentDialNumber",
	Inputs: []Input{{Name: "phoneNumber", Kind: Text, Required: true}, {Name: "queueARN"}},
	Ports:  []Port{Success, Failure},
	Run: func(ctx context.Context, in Values, host Host) (Outcome, error) {
		c, _ := host.Contact()
		n, why := dialable(in.Text("phoneNumber"), c.Country)
		if why != "" {
			return Outcome{Port: Failure, Result: why}, nil
		}
		_, err := host.Do(ctx, Dial{PhoneNumber: phonenumbers.Format(n, phonenumbers.E164), QueueARN: in.Text("queueARN")})
		return settle(nil, err)
	},
}

// dialable reads a number that can be dialled as it is, or says in a sentence why it cannot.
func dialable(text, country string) (n *phonenumbers.PhoneNumber, why string) {
	n, ok := parseNumber(text, country)
	switch {
	case !ok:
		return nil, text + " is not a telephone number that can be dialled."
	case phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return nil, text + " lacks its area code: dial it with one."
	}
	return n, ""
}

// settle turns a platform's answer into an outcome at Success or Failure.
func settle(result any, err error) (Outcome, error) {
	if refused, ok := errors.AsType[*Refused](err); ok {
		return Outcome{Port: Failure, Result: refused.Reason}, nil
	}
	return Outcome{Port: Success, Result: result}, err
}
