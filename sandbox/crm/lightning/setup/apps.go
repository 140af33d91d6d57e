package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/aura"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

type appRow struct {
	Name         string `json:"name"` // full name
	Label        string `json:"label"`
	Developer    string `json:"developerName"`
	Description  string `json:"description"`
	LastModified string `json:"lastModified"`
	Type         string `json:"type"`
	Visible      bool   `json:"visible"`
}

type appsOut struct {
	Apps []appRow `json:"apps"`
}

func (s *server) apps(ctx context.Context, r asked) (appsOut, error) {
	kept, err := r.Actor.Components(ctx, "CustomApplication")
	out := appsOut{Apps: []appRow{}}
	for _, c := range kept {
		f, err := loadApp(ctx, r.Actor, c.FullName)
		if err != nil {
			return out, err
		}
		row := appRow{
			Name: f.name, Label: f.label(), Developer: f.developerName(), Description: f.app.Text("description"),
			LastModified: f.kept.Modified.UTC().Format(moment), Type: "Lightning",
		}
		row.Visible = f.app.Text("uiType") == "Lightning"
		if !row.Visible {
			row.Type = "Classic"
		}
		out.Apps = append(out.Apps, row)
	}
	slices.SortFunc(out.Apps, func(a, b appRow) int { return strings.Compare(a.Label, b.Label) })
	return out, err
}

// appOut is an app as the builder shows it.
type appOut struct {
	Name        string    `json:"name"`
	Label       string    `json:"label"`
	Utilities   []utility `json:"utilities"`
	Tabs        []string  `json:"tabs"`      // as metadata names them
	Profiles    []string  `json:"profiles"`  // ids of those whose users see the app
	Revision    string    `json:"revision"`  // to be sent back with a save
	Available   []choice  `json:"available"` // every tab there is
	AllProfiles []choice  `json:"allProfiles"`
	// Custom are the org's own components that a utility bar may have.
	Custom []aura.Definition `json:"custom"`
}

func (s *server) app(ctx context.Context, r asked) (appOut, error) {
	f, err := loadApp(ctx, r.Actor, r.PathValue("name"))
	if err != nil {
		return appOut{}, err
	}
	out := f.out()
	if out.Custom, err = customUtilities(ctx, r.Actor); err != nil {
		return out, err
	}
	if out.Available, err = tabs(ctx, r.Actor); err != nil {
		return out, err
	}
	out.AllProfiles = []choice{}
	profiles, err := s.query(ctx, r, "SELECT Id, Name FROM Profile ORDER BY Name")
	for _, p := range profiles {
		out.AllProfiles = append(out.AllProfiles, choice{string(p.ID()), p.Text("Name")})
	}
	return out, err
}

// customUtilities are the Aura components that are made for App Builder, by label.
func customUtilities(ctx context.Context, a *crm.Actor) ([]aura.Definition, error) {
	bundles, err := a.Components(ctx, "AuraDefinitionBundle")
	custom := []aura.Definition{}
	for _, c := range bundles {
		d, err := aura.Define(aura.BundleOf(c.FullName, c.Files))
		if err != nil {
			return nil, fmt.Errorf("component %s: %w", c.FullName, err)
		}
		if d.Anywhere {
			custom = append(custom, d)
		}
	}
	slices.SortFunc(custom, func(a, b aura.Definition) int { return strings.Compare(a.Label, b.Label) })
	return custom, err
}

// tabs are those of the objects that have one: standard ones that the console shows, custom ones with a deployed tab.
func tabs(ctx context.Context, a *crm.Actor) ([]choice, error) {
	all := []choice{{"standard-home", "Home"}}
	custom, err := a.Components(ctx, "CustomTab")
	if err != nil {
		return nil, err
	}
	for _, o := range a.Schema().Objects() {
		switch {
		case !o.Custom && !o.Setup && (o.Searchable || o.Name == "Task"):
			all = append(all, choice{"standard-" + o.Name, o.Plural})
		case slices.ContainsFunc(custom, func(c records.Component) bool { return c.FullName == o.Name }):
			all = append(all, choice{o.Name, o.Plural})
		}
	}
	slices.SortFunc(all, func(a, b choice) int { return strings.Compare(a.Label, b.Label) })
	return all, nil
}

// saveApp writes the app, its utility bar, who sees it, and the entry in the audit trail: all of it or nothing.
func (s *server) saveApp(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[appIn](r.Body)
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		f, err := loadApp(ctx, a, r.PathValue("name"))
		if err != nil {
			return err
		}
		if in.Revision != f.revision {
			return errChanged
		}
		return s.keepApp(ctx, a, f, in, entryf("changedLightningApp", "Application", "Changed Lightning app %s", f.label()))
	})
}

func (s *server) keepApp(ctx context.Context, a *crm.Actor, f appFile, in appIn, done entry) error {
	profiles, err := in.check(ctx, a, f.out())
	if err != nil {
		return err
	}
	f.edit(in)
	if err := s.cfg.Deploys.Apply(ctx, a, f.files()); err != nil {
		return err
	}
	if err := people.ShowApp(ctx, a.Access, f.name, profiles); err != nil {
		return err
	}
	return a.Audit(ctx, done.action, done.section, "%s", done.sentence)
}
