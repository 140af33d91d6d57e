package steps

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// FirstCall are the steps that lead an agent to the first pop.
type FirstCall struct {
	Hosts   setup.Hosts
	Console Console
	Number  string // of the contact centre; "" if it is not known
}

// Name says what it is.
func (FirstCall) Name() string { return "first call" }

// Plan lists them; nobody but the agent can do them. The softphone is in the app that the console step chose.
func (s FirstCall) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	app, err := s.Console.read(ctx, p)
	if err != nil {
		return nil, err
	}
	label, err := app.label()
	if err != nil {
		return nil, err
	}
	console := s.Hosts.Lightning + "/lightning/app/" + app.address()
	number := s.Number
	if number == "" {
		number = "a number of the contact centre"
	}
	return []setup.Change{
		{Action: setup.Person, Link: console, What: "As the agent, open " + label + ", choose Phone in the utility bar and " +
			"Sign in to CCP; allow pop-ups and the microphone when the browser asks."},
		{Action: setup.Person, What: "Set the status to Available.", Link: console},
		{Action: setup.Person, Link: console, What: "Call " + number +
			" from a telephone whose number a Contact has, and accept: the Contact opens by itself."},
	}, nil
}
