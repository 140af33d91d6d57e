package steps

import (
	"context"
	"errors"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
)

// SoftphoneLayout is what the platform lets only a person write: which objects a call is looked up in, and what pops.
type SoftphoneLayout struct{ Hosts setup.Hosts }

// Name says what it is.
func (SoftphoneLayout) Name() string { return "softphone layout" }

// Plan reads the layout, where the org has the call for it.
func (s SoftphoneLayout) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	layout, err := p.CRM.SoftphoneLayout(ctx)
	if err != nil && !errors.Is(err, salesforce.ErrNoLayout) {
		return nil, err
	}
	if err == nil && strings.HasPrefix(layout.Several, "PopTo") && layout.Several != "PopToNone" {
		right := setup.Right("softphone layout %s pops %s when several records match", layout.Name, layout.Several)
		return []setup.Change{right}, nil
	}
	return []setup.Change{{
		Action: setup.Person,
		What: "In Setup → Softphone Layouts choose New, name it AmazonConnectDefault, tick Is Default Layout, " +
			"add Case under Display these salesforce.com objects, " +
			"set Multiple-matching records to Pop to search page, and Save.",
		Why:  "the platform has no API for softphone layouts; without one, nothing pops when several records match",
		Link: s.Hosts.Lightning + "/lightning/setup/SoftphoneLayouts/home",
	}}, nil
}
