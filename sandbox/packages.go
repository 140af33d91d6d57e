package sandbox

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/tooling"
)

// shelf lets the Tooling API install what the marketplace offers.
type shelf struct{ store *packaging.Store }

var _ tooling.Packages = shelf{}

func version(id, pkg, name, publisher, versionName, number string) tooling.Version {
	v := tooling.Version{ID: schema.RecordID(id), Package: schema.RecordID(pkg), Name: versionName, PackageName: name,
		Publisher: publisher, Managed: false}
	_, _ = fmt.Sscanf(number+".0.0.0", "%d.%d.%d.%d", &v.Major, &v.Minor, &v.Patch, &v.Build)
	return v
}

func (s shelf) Offered(context.Context) ([]tooling.Version, error) {
	var all []tooling.Version
	for _, l := range s.store.Search("") {
		v := version(l.VersionID(), l.PackageID(), l.PackageName, l.Publisher, l.VersionName, l.Version)
		v.Description = l.Tagline
		all = append(all, v)
	}
	return all, nil
}

func (s shelf) Installed(ctx context.Context) ([]tooling.Installed, error) {
	found, err := s.store.Installed(ctx)
	var all []tooling.Installed
	for _, p := range found {
		all = append(all, tooling.Installed{ID: schema.RecordID(p.ID),
			Version: version(p.VersionID, p.PackageID, p.Name, p.Publisher, p.VersionName, p.Version)})
	}
	return all, err
}

// Install maps SecurityType to whom the marketplace's page would have asked for.
func (s shelf) Install(ctx context.Context, by schema.RecordID, r tooling.Request) (schema.RecordID, error) {
	access := packaging.AdminsOnly
	if strings.EqualFold(r.Security, "full") {
		access = packaging.AllUsers
	}
	out, err := s.store.Install(ctx, by, string(r.Version), access, nil)
	return schema.RecordID(out.ID), err
}

func (s shelf) Uninstall(ctx context.Context, by schema.RecordID, version schema.RecordID) error {
	found, err := s.store.Installed(ctx)
	for _, p := range found {
		if p.VersionID == string(version) {
			return s.store.Uninstall(ctx, by, p.ID)
		}
	}
	return err
}

func (s shelf) Status(context.Context) ([]tooling.Install, error) {
	var all []tooling.Install
	for _, r := range s.store.Requests() {
		all = append(all, tooling.Install{ID: schema.RecordID(r.ID), Status: string(r.Status), Errors: r.Errors,
			Request: tooling.Request{Version: schema.RecordID(r.VersionID)}})
	}
	return all, nil
}
