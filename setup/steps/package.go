package steps

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"slices"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Package is the Salesforce package in the org: deployed from this program, or installed by its version id.
type Package struct {
	Version    string        // 04t…; "" deploys
	Remembered *setup.Record // knows whether the package is ours to take back
}

// Name says what it is.
func (Package) Name() string { return "Salesforce package" }

const (
	softphoneResource = "PatchcordSoftphone"
	packageWhy        = "objects, permission sets, the softphone page and the call center are part of it"
)

// Plan looks for the softphone page and for the stamp that a deployment leaves on the static resource.
func (s Package) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	page, err := softphonePage(ctx, p)
	if err != nil {
		return nil, err
	}
	if s.Version != "" {
		return s.planVersion(p, page), nil
	}
	all, stamp, err := stamped()
	if err != nil {
		return nil, err
	}
	soql := "SELECT Description FROM StaticResource WHERE " + org.Unmanaged("", softphoneResource)
	have, err := org.Query[struct{ Description string }](ctx, p.CRM, soql)
	if err != nil {
		return nil, err
	}
	switch {
	case page == "":
		members := all.Members()
		what := counted.Noun(len(members), "component")
		return []setup.Change{{
			Action: setup.Create, What: what, Why: packageWhy, Deploy: all,
			Made: []setup.Made{{What: what, Entry: DeployedPackage{Members: members}}},
		}}, nil
	case len(have) == 0 || have[0].Description != stamp:
		old := "an older or foreign deployment"
		if len(have) > 0 && have[0].Description != "" {
			old = have[0].Description
		}
		return []setup.Change{{
			Action: setup.Update, What: "components and softphone page", Old: old, New: stamp,
			Why: "softphone page and adapter belong together", Deploy: all, Made: s.grown(all.Members()),
		}}, nil
	}
	return []setup.Change{setup.Right("%s is there", stamp)}, nil
}

// grown is the line of the record for a package of ours once it has these members too; nil where somebody else
// deployed it.
func (s Package) grown(members []sfdx.Member) []setup.Made {
	if s.Remembered == nil {
		return nil
	}
	for _, m := range s.Remembered.Made() {
		known, ours := m.Entry.(DeployedPackage)
		if !ours {
			continue
		}
		all := slices.Clone(known.Members)
		for _, member := range members {
			if !slices.Contains(all, member) {
				all = append(all, member)
			}
		}
		m.Entry = DeployedPackage{Members: all}
		return []setup.Made{m}
	}
	return nil
}

// softphonePage is the id of the package's page; "" if the org has not got it.
func softphonePage(ctx context.Context, p setup.Platforms) (string, error) {
	return org.Find(ctx, p.CRM, "ApexPage", org.Unmanaged("", "AC_LightningAdapter"))
}

func (s Package) planVersion(p setup.Platforms, page string) []setup.Change {
	if page != "" {
		return []setup.Change{setup.Right("a package with the page AC_LightningAdapter is there")}
	}
	what := "version " + s.Version
	return []setup.Change{{
		Action: setup.Create, What: what, Why: packageWhy,
		Do:     func(ctx context.Context) error { return p.CRM.InstallPackage(ctx, s.Version) },
		Hidden: true,
		Made:   []setup.Made{{What: what, Entry: InstalledPackage{Version: s.Version}}},
	}}
}

var described = regexp.MustCompile(`(?s)<description>.*?</description>`)

// stamped is the package with its digest in the description of its static resource.
func stamped() (all sfdx.Bundle, stamp string, err error) {
	if all, err = sfdx.Package(); err != nil {
		return nil, "", err
	}
	archive, err := all.Archive()
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(archive)
	stamp = "Patchcord package " + hex.EncodeToString(sum[:6])
	const file = "staticresources/" + softphoneResource + ".resource-meta.xml"
	plain := all.File(file)
	if !described.Match(plain) {
		return nil, "", errors.New("package: its static resource has no description to put a stamp into")
	}
	all.Edit(file, described.ReplaceAll(plain, []byte("<description>"+stamp+"</description>")))
	return all, stamp, nil
}

// DeployedPackage is the package as this program deploys it: all its components are deleted together.
type DeployedPackage struct {
	Members []sfdx.Member `json:"members"`
}

// Kind is its name in the record.
func (DeployedPackage) Kind() string { return "package" }

// Key is the same for all: an org has one.
func (DeployedPackage) Key() string { return "" }

// Undo deletes its components.
func (d DeployedPackage) Undo(_ context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	c := m.Remove(func(ctx context.Context) error { return org.Delete(ctx, p.CRM, d.Members...) })
	c.What = counted.Noun(len(d.Members), "component") + " of the package, with every record in its objects"
	return c, nil
}

// InstalledPackage is a released version: only a person uninstalls it.
type InstalledPackage struct {
	Version string `json:"version"` // 04t…
}

// Kind is its name in the record.
func (InstalledPackage) Kind() string { return "installed package" }

// Key is the version's id.
func (i InstalledPackage) Key() string { return i.Version }

// Undo tells the person how, until the package is gone.
func (InstalledPackage) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	if page, err := softphonePage(ctx, p); err != nil || page == "" {
		return m.Gone(), err
	}
	what := "In Setup → Installed Packages choose Uninstall beside the package: a program cannot."
	return setup.Change{Action: setup.Person, What: what}, nil
}
