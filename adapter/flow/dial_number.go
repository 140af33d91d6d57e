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
		n, ok := parseNumber(in.Text("phoneNumber"), c.Country)
		if !ok {
			return Outcome{Port: Failure, Result: in.Text("phoneNumber") + " is not a telephone number"}, nil
		}
		_, err := host.Do(ctx, Dial{PhoneNumber: phonenumbers.Format(n, phonenumbers.E164), QueueARN: in.Text("queueARN")})
		return settle(nil, err)
	},
}

// settle turns a platform's answer into an outcome at Success or Failure.
func settle(result any, err error) (Outcome, error) {
	if refused, ok := errors.AsType[*Refused](err); ok {
		return Outcome{Port: Failure, Result: refused.Reason}, nil
	}
	return Outcome{Port: Success, Result: result}, err
}
