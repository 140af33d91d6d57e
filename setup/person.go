package setup

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
)

// PageOrigins are the pages that the adapter lets connect; they stand in its own configuration, which only its owner writes.
type PageOrigins struct {
	Hosts   Hosts
	Allowed []string
}

// Name says what it is.
func (PageOrigins) Name() string { return "adapter" }

// Plan wants the softphone page's origin among them, once it is known.
func (s PageOrigins) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	hosts, err := s.Hosts.Learn(ctx, p.CRM)
	switch {
	case err != nil || hosts.Visualforce == "":
		return nil, err
	case slices.Contains(s.Allowed, hosts.Visualforce):
		return []Change{right("the adapter lets pages of %s connect", hosts.Visualforce)}, nil
	}
	return []Change{{Action: Person, What: "Write page_origins: [" + hosts.Visualforce + "] into patchcord.yaml and start patchcord serve again.", Why: "the adapter refuses pages of other origins"}}, nil
}

// SoftphoneLayout is what the platform lets only a person write: which objects a call is looked up in, and what pops.
type SoftphoneLayout struct{ Hosts Hosts }

// Name says what it is.
func (SoftphoneLayout) Name() string { return "softphone layout" }

// Plan reads the layout, where the org has the call for it.
func (s SoftphoneLayout) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	layout, err := p.CRM.SoftphoneLayout(ctx)
	if err != nil && !errors.Is(err, salesforce.ErrNoLayout) {
		return nil, err
	}
	if err == nil && strings.HasPrefix(layout.Several, "PopTo") && layout.Several != "PopToNone" {
		return []Change{right("softphone layout %s pops %s when several records match", layout.Name, layout.Several)}, nil
	}
	return []Change{{
		Action: Person,
		What: "In Setup → Softphone Layouts choose New, name it AmazonConnectDefault, tick Is Default Layout, add Case under Display these salesforce.com objects, " +
			"set Multiple-matching records to Pop to search page, and Save.",
		Why: "the platform has no API for softphone layouts; without one, nothing pops when several records match", Link: s.Hosts.Lightning + "/lightning/setup/SoftphoneLayouts/home",
	}}, nil
}

// FirstCall are the steps that lead an agent to the first pop.
type FirstCall struct {
	Hosts  Hosts
	Number string // of the contact centre; "" if it is not known
}

// Name says what it is.
func (FirstCall) Name() string { return "first call" }

// Plan lists them; nobody but the agent can do them.
func (s FirstCall) Plan(context.Context, Platforms) ([]Change, error) {
	console := s.Hosts.Lightning + "/lightning/app/standard__LightningService"
	number := s.Number
	if number == "" {
		number = "a number of the contact centre"
	}
	return []Change{
		{Action: Person, What: "As the agent, open the Service Console, choose Phone in the utility bar and Sign in to CCP; allow pop-ups and the microphone when the browser asks.", Link: console},
		{Action: Person, What: "Set the status to Available.", Link: console},
		{Action: Person, What: "Call " + number + " from a telephone whose number a Contact has, and accept: the Contact opens by itself.", Link: console},
	}, nil
}
