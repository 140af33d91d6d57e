package setup

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
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
	image    *assetFile        // a new one for the app; nil when its image stays
	profiles []crm.RecordID    // whose users see the app
	kept     crm.Component
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
	if f.profiles, err = a.AppProfiles(ctx, f.name); err != nil {
		return f, err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", source, page, f.profiles))
	f.revision = hex.EncodeToString(sum[:])
	return f, nil
}

// newAppFile is an app that the wizard begins.
func newAppFile(name string) appFile {
	return appFile{name: name, app: metadata.NewElement("CustomApplication", metadata.NewText("uiType", "Lightning"))}
}

func (f appFile) isStandard() bool { return strings.HasPrefix(f.name, standardPrefix) }

func (f appFile) developerName() string { return strings.TrimPrefix(f.name, standardPrefix) }

// files are the components as an archive has them.
func (f appFile) files() map[string][]byte {
	all := map[string][]byte{"applications/" + f.name + ".app": f.app.File()}
	if f.bar != nil {
		all["flexipages/"+f.barName+".flexipage"] = f.bar.File()
	}
	if f.image != nil {
		file := "contentassets/" + f.image.name + ".asset"
		all[file], all[file+"-meta.xml"] = f.image.body, f.image.described
	}
	return all
}

// edit puts into the files what the form says.
func (f *appFile) edit(in appIn) {
	a := f.app
	a.SetText("label", in.Label)
	a.SetText("description", in.Description)
	if in.NavType != f.navType() || f.kept.Files == nil {
		a.SetText("navType", in.NavType)
	}
	if !slices.Equal(f.formFactors(), in.FormFactors) {
		a.SetTexts("formFactors", in.FormFactors)
	}
	if in.SetupExperience != f.setupExperience() {
		a.SetText("setupExperience", in.SetupExperience)
	}
	a.SetFlag("isNavPersonalizationDisabled", in.PersonalizationDisabled)
	a.SetFlag("isNavAutoTempTabsDisabled", in.TempTabsDisabled)
	a.SetFlag("isNavTabPersistenceDisabled", in.TabsCleared)
	f.editBrand(in)
	a.SetTexts("tabs", in.Tabs)
	if f.bar == nil && len(in.Utilities) > 0 {
		f.barName = f.developerName() + "_UtilityBar"
		f.bar = newBar(in.Label + " Utility Bar")
		a.SetText("utilityBar", f.barName)
	}
	if f.bar != nil {
		editBar(f.bar, in)
	}
}

func (f *appFile) editBrand(in appIn) {
	brand := f.brand()
	logo := in.Logo
	if f.image != nil {
		logo = f.image.name
	}
	if brand.Text("headerColor") == in.HeaderColor && brand.Text("logo") == logo && brand.Flag("shouldOverrideOrgTheme") == in.OverrideTheme {
		return
	}
	if len(f.app.Kids("brand")) == 0 {
		f.app.SetKids("brand", brand)
	}
	brand.SetText("headerColor", in.HeaderColor)
	if brand.Text("logo") != logo {
		brand.SetText("logo", logo)
		brand.SetText("logoVersion", map[bool]string{true: "1"}[logo != ""])
	}
	brand.SetFlag("shouldOverrideOrgTheme", in.OverrideTheme)
}

func (f appFile) brand() *metadata.Element {
	if have := f.app.Kids("brand"); len(have) > 0 {
		return have[0]
	}
	return metadata.NewElement("brand")
}

// formFactors are Large for desktops and Small for phones, in that order; an app that says nothing is for desktops.
func (f appFile) formFactors() []string {
	all := f.app.Texts("formFactors")
	if len(all) == 0 {
		all = []string{"Large"}
	}
	slices.Sort(all)
	return all
}

func (f appFile) setupExperience() string { return cmp.Or(f.app.Text("setupExperience"), "all") }

func (f appFile) navType() string { return cmp.Or(f.app.Text("navType"), "Standard") }

// out is the app as the builder shows it.
func (f appFile) out() appOut {
	brand := f.brand()
	out := appOut{
		Name: f.name, Label: f.app.Text("label"), Developer: f.developerName(), Description: f.app.Text("description"), Standard: f.isStandard(),
		HeaderColor: brand.Text("headerColor"), OverrideTheme: brand.Flag("shouldOverrideOrgTheme"), Logo: brand.Text("logo"),
		NavType: f.navType(), FormFactors: f.formFactors(), SetupExperience: f.setupExperience(),
		PersonalizationDisabled: f.app.Flag("isNavPersonalizationDisabled"), TempTabsDisabled: f.app.Flag("isNavAutoTempTabsDisabled"), TabsCleared: f.app.Flag("isNavTabPersistenceDisabled"),
		Mirrored: isMirrored(f.bar), Utilities: []utility{}, Tabs: append([]string{}, f.app.Texts("tabs")...), Profiles: []string{}, Revision: f.revision,
	}
	for at, i := range itemsOf(f.bar) {
		out.Utilities = append(out.Utilities, utilityOf(strconv.Itoa(at), i))
	}
	for _, p := range f.profiles {
		out.Profiles = append(out.Profiles, string(p))
	}
	return out
}
