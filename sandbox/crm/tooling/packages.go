package tooling

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Packages installs packages; Setup's pages use the same.
type Packages interface {
	// Offered lists the versions that can be installed.
	Offered(ctx context.Context) ([]Version, error)
	// Installed lists what is in the org.
	Installed(ctx context.Context) ([]Installed, error)
	// Install begins an installation and gives its id (0Hf…).
	Install(ctx context.Context, by schema.RecordID, r Request) (schema.RecordID, error)
	// Uninstall takes the package of an installed version away, with its data.
	Uninstall(ctx context.Context, by schema.RecordID, version schema.RecordID) error
	// Status is how far installations have come.
	Status(ctx context.Context) ([]Install, error)
}

// Version is a version of a package that may be installed.
type Version struct {
	ID, Package                schema.RecordID // 04t…, 033…
	Name, Description          string          // of the version
	PackageName, Publisher     string
	Major, Minor, Patch, Build int
	Managed                    bool
}

// Installed is a package in the org.
type Installed struct {
	ID schema.RecordID // 0A3…
	Version
}

// Request says how to install. Security is none (administrators), full (everybody) or custom.
type Request struct {
	Version  schema.RecordID
	Security string
	Password string
}

// Install is one installation. Status is IN_PROGRESS, SUCCESS or ERROR.
type Install struct {
	ID     schema.RecordID
	Status string
	Errors []string
	Request
}

// noPackages is an org where no package can be had.
type noPackages struct{}

func (noPackages) Offered(context.Context) ([]Version, error)     { return nil, nil }
func (noPackages) Installed(context.Context) ([]Installed, error) { return nil, nil }
func (noPackages) Status(context.Context) ([]Install, error)      { return nil, nil }
func (noPackages) Uninstall(context.Context, schema.RecordID, schema.RecordID) error {
	return noVersion()
}
func (noPackages) Install(context.Context, schema.RecordID, Request) (schema.RecordID, error) {
	return "", noVersion()
}

func noVersion() error {
	return &schema.Error{Code: "INVALID_CROSS_REFERENCE_KEY", Status: http.StatusBadRequest,
		Message: "The package version you specified does not exist, or you can't install it in this org."}
}

// packages are the objects that tell of packages.
func (a *API) packages() []table {
	version := []string{"Id", "SubscriberPackageId", "Name", "Description", "PublisherName", "MajorVersion",
		"MinorVersion", "PatchVersion", "BuildNumber", "ReleaseState", "IsManaged", "IsDeprecated", "IsOrgDependent", "IsPasswordProtected",
		"IsBeta", "Package2ContainerOptions", "ReleaseNotesUrl", "PostInstallUrl", "RemoteSiteSettings", "CspTrustedSites",
		"Profiles", "Dependencies", "InstallValidationStatus", "AppExchangeDescription", "AppExchangeLogoUrl",
		"AppExchangePackageName", "AppExchangePublisherName", "IsSecurityReviewed", "IsAppExchange"}
	prefixed := func(prefix string, names []string) (out []string) {
		for _, n := range names {
			out = append(out, prefix+"."+n)
		}
		return out
	}
	return []table{
		{"SubscriberPackageVersionUninstallRequest", "Uninstall Request", rights.ViewSetup, false,
			[]string{"Id", "SubscriberPackageVersionId", "Status"}, a.uninstalls},
		{"PackageVersionUninstallRequestError", "Uninstall Request Error", rights.ViewSetup, false,
			[]string{"Id", "Message", "ParentRequest.Id"}, a.uninstallErrors},
		{"InstalledSubscriberPackage", "Installed Subscriber Package", rights.ViewSetup, false,
			append([]string{"Id", "SubscriberPackageId", "SubscriberPackageVersionId", "MinPackageVersionId",
				"SubscriberPackage.Id", "SubscriberPackage.Name", "SubscriberPackage.NamespacePrefix",
				"SubscriberPackage.Description"}, prefixed("SubscriberPackageVersion", version)...), a.installed},
		{"SubscriberPackageVersion", "Subscriber Package Version", rights.ViewSetup, false, version, a.offered},
		{"PackageInstallRequest", "Package Install Request", rights.ViewSetup, false,
			[]string{"Id", "SubscriberPackageVersionKey", "Status", "Errors", "SecurityType", "NameConflictResolution",
				"PackageInstallSource", "EnableRss", "UpgradeType", "ApexCompileType"}, a.installs},
	}
}

func (v Version) row() row {
	none := map[string]any{"settings": []any{}}
	kind := "Unlocked"
	if v.Managed {
		kind = "Managed"
	}
	return row{"id": string(v.ID), "subscriberpackageid": string(v.Package), "name": v.Name,
		"description": text(v.Description), "publishername": text(v.Publisher),
		"majorversion": int64(v.Major), "minorversion": int64(v.Minor), "patchversion": int64(v.Patch),
		"buildnumber": int64(v.Build), "releasestate": "Released", "ismanaged": v.Managed, "isdeprecated": false, "isorgdependent": false,
		"ispasswordprotected": false, "isbeta": false, "package2containeroptions": kind, "releasenotesurl": nil, "postinstallurl": nil,
		"remotesitesettings": none, "csptrustedsites": none, "profiles": nil, "dependencies": nil,
		"installvalidationstatus": "NO_ERRORS_DETECTED", "appexchangedescription": text(v.Description),
		"appexchangelogourl": nil, "appexchangepackagename": text(v.PackageName),
		"appexchangepublishername": text(v.Publisher), "issecurityreviewed": false, "isappexchange": false}
}

func (a *API) offered(ctx context.Context, _ *crm.Actor) ([]row, error) {
	found, err := a.cfg.Packages.Offered(ctx)
	var rows []row
	for _, v := range found {
		rows = append(rows, v.row())
	}
	return rows, err
}

func (a *API) installed(ctx context.Context, _ *crm.Actor) ([]row, error) {
	found, err := a.cfg.Packages.Installed(ctx)
	var rows []row
	for _, p := range found {
		r := row{"id": string(p.ID), "subscriberpackageid": string(p.Package),
			"subscriberpackageversionid": string(p.Version.ID), "minpackageversionid": nil,
			"subscriberpackage.id": string(p.Package), "subscriberpackage.name": p.PackageName,
			"subscriberpackage.namespaceprefix": nil, "subscriberpackage.description": text(p.Description)}
		for k, v := range p.Version.row() {
			r["subscriberpackageversion."+k] = v
		}
		rows = append(rows, r)
	}
	return rows, err
}

func (a *API) installs(ctx context.Context, _ *crm.Actor) ([]row, error) {
	found, err := a.cfg.Packages.Status(ctx)
	var rows []row
	for _, i := range found {
		var problems any
		if len(i.Errors) > 0 {
			list := []map[string]string{}
			for _, e := range i.Errors {
				list = append(list, map[string]string{"message": e})
			}
			problems = map[string]any{"errors": list}
		}
		rows = append(rows, row{"id": string(i.ID), "subscriberpackageversionkey": string(i.Request.Version),
			"status": i.Status, "errors": problems, "securitytype": i.Security,
			"nameconflictresolution": "Block", "packageinstallsource": "U", "enablerss": false, "upgradetype": "mixed-mode",
			"apexcompiletype": "all"})
	}
	return rows, err
}

// install is POST …/sobjects/PackageInstallRequest.
func (a *API) install(c call) (answer, error) {
	if err := c.Actor.Require(rights.InstallPackages); err != nil {
		return answer{}, err
	}
	var in struct {
		Version  string `json:"SubscriberPackageVersionKey"`
		Security string `json:"SecurityType"`
		Password string `json:"Password"`
	}
	if err := json.Unmarshal(c.Body, &in); err != nil {
		return answer{}, &schema.Error{Code: "JSON_PARSER_ERROR", Message: "expected an object", Status: http.StatusBadRequest}
	}
	id := schema.To18(in.Version)
	if !strings.HasPrefix(string(id), "04t") {
		return answer{}, &schema.Error{Code: "MALFORMED_ID",
			Message: "SubscriberPackageVersionKey: id value of incorrect type: " + in.Version[:min(len(in.Version), 40)],
			Status:  http.StatusBadRequest}
	}
	offered, err := a.cfg.Packages.Offered(c.Context())
	if err != nil {
		return answer{}, err
	}
	if !slices.ContainsFunc(offered, func(v Version) bool { return v.ID == id }) {
		return answer{}, noVersion()
	}
	request, err := a.cfg.Packages.Install(c.Context(), c.Actor.User().ID,
		Request{Version: id, Security: strings.ToLower(in.Security), Password: in.Password})
	return answer{Status: http.StatusCreated, Body: map[string]any{"id": request, "success": true, "errors": []any{},
		"warnings": []any{}, "infos": []any{}}}, err
}
