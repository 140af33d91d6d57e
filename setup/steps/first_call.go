package steps

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// FirstCall are the steps that lead an agent to the first pop.
type FirstCall struct {
	Hosts  setup.Hosts
	Number string // of the contact centre; "" if it is not known
}

// Name says what it is.
func (FirstCall) Name() string { return "first call" }

// Plan lists them; nobody but the agent can do them.
func (s FirstCall) Plan(context.Context, setup.Platforms) ([]setup.Change, error) {
	console := s.Hosts.Lightning + "/lightning/app/standard__LightningService"
	number := s.Number
	if number == "" {
		number = "a number of the contact centre"
	}
	return []setup.Change{
		{Action: setup.Person, Link: console, What: "As the agent, open the Service Console, choose Phone in the utility bar and " +
			"Sign in to CCP; allow pop-ups and the microphone when the browser asks."},
		{Action: setup.Person, What: "Set the status to Available.", Link: console},
		{Action: setup.Person, Link: console, What: "Call " + number +
			" from a telephone whose number a Contact has, and accept: the Contact opens by itself."},
	}, nil
}
