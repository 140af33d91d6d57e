package setup

import (
	"context"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// apps are the apps of the org, and which of them the set lets people open.
func apps(ctx context.Context, a *crm.Actor, out *setOut) error {
	given, err := rows(ctx, a, "SetupEntityAccess", rightsOf[2].fields, out.ID)
	if err != nil {
		return err
	}
	all, err := a.Components(ctx, "CustomApplication")
	if err != nil {
		return err
	}
	out.Apps = []accessOut{}
	for _, c := range all {
		on := slices.ContainsFunc(given, func(r records.Record) bool {
			return r.Text("SetupEntityType") == "TabSet" && strings.EqualFold(r.Text("SetupEntityId"), c.FullName)
		})
		out.Apps = append(out.Apps, accessOut{c.FullName, appLabel(c), on})
	}
	slices.SortFunc(out.Apps, func(x, y accessOut) int { return strings.Compare(x.Label, y.Label) })
	return nil
}

// appLabel is what people call an app; its name if its file does not say.
func appLabel(c records.Component) string {
	var x struct {
		Label string `xml:"label"`
	}
	if body, ok := c.File(".app"); !ok || xml.Unmarshal(body, &x) != nil || x.Label == "" {
		return strings.TrimPrefix(c.FullName, "standard__")
	}
	return x.Label
}

func setApps(ctx context.Context, a *crm.Actor, r asked, in enabledIn) (nothing, error) {
	all, err := a.Components(ctx, "CustomApplication")
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, setEntities(ctx, a, r, in, "TabSet", "assigned apps", func(name string) bool {
		return slices.ContainsFunc(all, func(c records.Component) bool { return c.FullName == name })
	})
}
