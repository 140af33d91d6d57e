package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// appIn is all that the builder saves.
type appIn struct {
	Utilities []utility `json:"utilities"`
	Tabs      []string  `json:"tabs"`
	Profiles  []string  `json:"profiles"`
	Revision  string    `json:"revision"`
}

// check compares the form with what may be; had is the app as it was. It completes the ids of profiles and trims labels.
func (in *appIn) check(ctx context.Context, a *crm.Actor, had appOut) ([]schema.RecordID, error) {
	if err := in.checkUtilities(had); err != nil {
		return nil, err
	}
	if err := in.checkTabs(ctx, a, had); err != nil {
		return nil, err
	}
	return in.checkProfiles(ctx, a)
}

func (in *appIn) checkUtilities(had appOut) error {
	if len(in.Utilities) > 20 {
		return edge.Refuse(400, "INVALID_FIELD", "A utility bar can have 20 items at most.", "utilities")
	}
	seen := map[string]bool{}
	for i := range in.Utilities {
		u := &in.Utilities[i]
		u.Label = strings.TrimSpace(u.Label)
		saved := utility{}
		if at := slices.IndexFunc(had.Utilities, func(o utility) bool { return o.Key == u.Key }); u.Key != "" {
			if at < 0 || seen[u.Key] || had.Utilities[at].Component != u.Component {
				return edge.ErrUnreadable
			}
			saved, seen[u.Key] = had.Utilities[at], true
		}
		isSize := func(n, asSaved, from, to int) bool { return n == asSaved && u.Key != "" || n >= from && n <= to }
		field := func(name string) string { return fmt.Sprintf("utilities.%d.%s", i, name) }
		switch {
		case u.Component == "" || len(u.Component) > 120 || len(u.Icon) > 80:
			return edge.ErrUnreadable
		case (u.Label == "" || len([]rune(u.Label)) > 80) && (u.Key == "" || u.Label != saved.Label):
			return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "Label: enter 1 to 80 characters.", field("label"))
		case !isSize(u.Width, saved.Width, 200, 1920):
			return edge.Refuse(400, "INVALID_FIELD", "Panel Width: enter a number of pixels from 200 to 1920.", field("width"))
		case !isSize(u.Height, saved.Height, 100, 2560):
			return edge.Refuse(400, "INVALID_FIELD", "Panel Height: enter a number of pixels from 100 to 2560.", field("height"))
		}
	}
	return nil
}

func (in *appIn) checkTabs(ctx context.Context, a *crm.Actor, had appOut) error {
	if len(in.Tabs) == 0 {
		return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "Select at least one navigation item.", "tabs")
	}
	known, err := tabs(ctx, a)
	if err != nil {
		return err
	}
	for i, tab := range in.Tabs {
		offered := slices.ContainsFunc(known, func(c choice) bool { return c.Name == tab })
		if !offered && !slices.Contains(had.Tabs, tab) || slices.Contains(in.Tabs[:i], tab) {
			return edge.Refuse(400, "INVALID_FIELD", fmt.Sprintf("There is no tab %.80q to add.", tab), "tabs")
		}
	}
	return nil
}

func (in *appIn) checkProfiles(ctx context.Context, a *crm.Actor) ([]schema.RecordID, error) {
	found, err := a.Query(ctx, "SELECT Id FROM Profile", false)
	if err != nil {
		return nil, err
	}
	chosen := []schema.RecordID{}
	for _, id := range in.Profiles {
		full := schema.To18(id)
		if !slices.ContainsFunc(found.Records, func(p records.Record) bool { return p.ID() == full }) || slices.Contains(chosen, full) {
			return nil, edge.Refuse(400, "INVALID_CROSS_REFERENCE_KEY", "There is no such profile to select.", "profiles")
		}
		chosen = append(chosen, full)
	}
	return chosen, nil
}
