package packaging

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Installed is a package in the org.
type Installed struct {
	ID, PackageID, VersionID                      string
	Name, Publisher, VersionName, Version, ByName string
	At                                            time.Time
	Components                                    []metadata.Identified
	Apps, Tabs, Objects                           int
}

// Installed lists what is installed, by name.
func (s *Store) Installed(ctx context.Context) ([]Installed, error) {
	kept, err := s.cfg.Org.InstalledPackages(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Installed, 0, len(kept))
	for _, k := range kept {
		p := Installed{ID: k.ID, PackageID: k.PackageID, VersionID: k.VersionID, Name: k.Name, Publisher: k.Publisher,
			VersionName: k.VersionName, Version: k.Version, ByName: k.ByName, At: k.At}
		for _, c := range k.Components {
			p.Components = append(p.Components, metadata.Identified{Type: c.Type, FullName: c.FullName})
			switch c.Type {
			case "CustomApplication":
				p.Apps++
			case "CustomTab":
				p.Tabs++
			case "CustomObject":
				p.Objects++
			}
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Installed) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Find finds an installed package; NOT_FOUND if there is none.
func (s *Store) Find(ctx context.Context, id string) (Installed, error) {
	all, err := s.Installed(ctx)
	if err != nil {
		return Installed{}, err
	}
	at := slices.IndexFunc(all, func(p Installed) bool { return p.ID == string(schema.To18(id)) })
	if at < 0 {
		return Installed{}, &schema.Error{Code: "NOT_FOUND", Status: 404, Message: "The requested resource does not exist"}
	}
	return all[at], nil
}

// settle writes down what was installed, gives administrators and the chosen profiles their rights, and sends the mail.
func (s *Store) settle(l Listing, by people.User, components []metadata.Identified, access Access, profiles []schema.RecordID) error {
	ctx := s.ctx
	kept := crm.InstalledPackage{ID: numbered("0A3", l.PackageName), PackageID: l.packageID(), VersionID: l.VersionID(),
		Name: l.PackageName, Publisher: l.Publisher, VersionName: l.VersionName,
		Version: l.Version, ByName: by.Name, At: s.cfg.Clock.Now()}
	for _, c := range components {
		kept.Components = append(kept.Components, crm.ComponentName(c))
	}
	return s.cfg.Org.Administer(ctx, by.ID, func(a *crm.Actor) error {
		if err := a.PutInstalledPackage(ctx, kept); err != nil {
			return err
		}
		if err := a.GrantPackage(ctx, kept, access == AllUsers, profilesFor(access, profiles)); err != nil {
			return err
		}
		if err := people.SendMail(ctx, a.Access, by.ID, successMail(l)); err != nil {
			return err
		}
		return a.Audit(ctx, "installedPackage", "Packages", "Installed package %s, version %s", l.PackageName, l.Version)
	})
}

func profilesFor(access Access, chosen []schema.RecordID) []schema.RecordID {
	if access == Specific {
		return chosen
	}
	return nil
}

// Loss is data that goes when a package is uninstalled.
type Loss struct {
	Object, Label string
	Records       int
}

// Losses counts the records of the package's objects.
func (s *Store) Losses(ctx context.Context, p Installed) ([]Loss, error) {
	losses := []Loss{}
	schema := s.cfg.Org.Schema()
	err := s.cfg.Org.Transact(ctx, func(a *crm.Actor) error {
		for _, c := range p.Components {
			o, ok := schema.Object(c.FullName)
			if c.Type != "CustomObject" || !ok || !o.Custom {
				continue
			}
			counted, err := a.Query(ctx, "SELECT COUNT() FROM "+o.Name, false)
			if err != nil {
				return err
			}
			losses = append(losses, Loss{o.Name, o.Plural, counted.TotalSize})
		}
		return nil
	})
	return losses, err
}

// Uninstall takes a package away with all its components and their data, in one transaction.
func (s *Store) Uninstall(ctx context.Context, by schema.RecordID, id string) error {
	user, err := s.administrator(ctx, by)
	if err != nil {
		return err
	}
	p, err := s.Find(ctx, id)
	if err != nil {
		return err
	}
	return s.cfg.Org.Administer(ctx, by, func(a *crm.Actor) error {
		if err := metadata.Remove(ctx, a, p.Components...); err != nil {
			return err
		}
		if err := a.DropInstalledPackage(ctx, p.ID); err != nil {
			return err
		}
		if err := a.Audit(ctx, "uninstalledPackage", "Packages", "Uninstalled package %s", p.Name); err != nil {
			return err
		}
		return people.SendMail(ctx, a.Access, user.ID, people.Mail{From: sender, Subject: "Package " + p.Name +
			" Uninstall Successful", Body: "The package \"" + p.Name +
			"\" and all of its components and data have been removed from your organization."})
	})
}
