package setup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	serviceConsole = "standard__LightningService"
	standardPrefix = "standard__" // of the apps that the platform brings
	softphone      = "opencti:softPhone"
)

// appFile is an app as metadata keeps it: a CustomApplication and, in a file of its own, its utility bar. Only what the builder changes is
// touched; everything else stays as it was deployed.
type appFile struct {
	name     string
	app      *metadata.Element // CustomApplication
	barName  string            // "" when the app has no utility bar
	bar      *metadata.Element // FlexiPage; nil when there is none
	profiles []schema.RecordID // whose users see the app
	kept     records.Component
	revision string // of all of it, so that two people do not overwrite each other
}

// loadApp reads an app as the actor's transaction has it.
func loadApp(ctx context.Context, a *crm.Actor, name string) (appFile, error) {
	f := appFile{}
	kept, ok, err := a.Component(ctx, "CustomApplication", name)
	if err != nil {
		return f, err
	}
	if !ok {
		return f, errGone
	}
	f.name, f.kept = kept.FullName, kept
	source, _ := kept.File(".app")
	if f.app, err = metadata.Read(source); err != nil {
		return f, fmt.Errorf("app %s: %w", name, err)
	}
	page := []byte{}
	if f.barName = f.app.Text("utilityBar"); f.barName != "" {
		bar, _, err := a.Component(ctx, "FlexiPage", f.barName)
		if err != nil {
			return f, err
		}
		page, _ = bar.File(".flexipage")
		if f.bar, err = metadata.Read(page); err != nil {
			return f, fmt.Errorf("utility bar %s: %w", f.barName, err)
		}
	}
	if f.profiles, err = people.AppProfiles(ctx, a.Access, f.name); err != nil {
		return f, err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", source, page, f.profiles))
	f.revision = hex.EncodeToString(sum[:])
	return f, nil
}

func (f appFile) label() string { return f.app.Text("label") }

func (f appFile) developerName() string { return strings.TrimPrefix(f.name, standardPrefix) }

// files are the components as an archive has them.
func (f appFile) files() map[string][]byte {
	all := map[string][]byte{"applications/" + f.name + ".app": f.app.File()}
	if f.bar != nil {
		all["flexipages/"+f.barName+".flexipage"] = f.bar.File()
	}
	return all
}

// edit puts into the files what the form says.
func (f *appFile) edit(in appIn) {
	f.app.SetTexts("tabs", in.Tabs)
	f.editMappings(in.Tabs)
	if f.bar == nil && len(in.Utilities) > 0 {
		f.barName = f.developerName() + "_UtilityBar"
		f.bar = newBar(f.label() + " Utility Bar")
		f.app.SetText("utilityBar", f.barName)
	}
	if f.bar != nil {
		editBar(f.bar, in.Utilities)
	}
}

// editMappings keeps the workspace mapping to the tabs that are still there, as the platform refuses others.
func (f *appFile) editMappings(tabs []string) {
	for _, config := range f.app.Kids("workspaceConfig") {
		config.SetKids("mappings", slices.DeleteFunc(config.Kids("mappings"), func(m *metadata.Element) bool {
			return !slices.Contains(tabs, m.Text("tab"))
		})...)
	}
}

// out is the app as the builder shows it.
func (f appFile) out() appOut {
	out := appOut{
		Name: f.name, Label: f.label(), Utilities: []utility{}, Tabs: append([]string{}, f.app.Texts("tabs")...),
		Profiles: []string{}, Revision: f.revision,
	}
	for at, i := range itemsOf(f.bar) {
		out.Utilities = append(out.Utilities, utilityOf(strconv.Itoa(at), i))
	}
	for _, p := range f.profiles {
		out.Profiles = append(out.Profiles, string(p))
	}
	return out
}
