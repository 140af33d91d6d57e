package setup

import (
	"context"
	"net/mail"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

type listingOut struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Tagline     string   `json:"tagline"`
	Publisher   string   `json:"publisher"`
	Description []string `json:"description"`
	Highlights  []string `json:"highlights"`
	Package     string   `json:"package"`
	VersionName string   `json:"versionName"`
	Version     string   `json:"version"`
	Installed   bool     `json:"installed"`
	Allowed     bool     `json:"allowed"` // AppExchange has this user's leave to read the org's name
}

func (s *server) listingOf(ctx context.Context, r asked, l packaging.Listing) (listingOut, error) {
	out := listingOut{ID: l.VersionID(), Title: l.Title, Tagline: l.Tagline, Publisher: l.Publisher,
		Description: l.Description, Highlights: l.Highlights, Package: l.PackageName, VersionName: l.VersionName, Version: l.Version}
	installed, err := s.cfg.Packages.Installed(ctx)
	if err != nil {
		return out, err
	}
	for _, p := range installed {
		out.Installed = out.Installed || p.VersionID == out.ID
	}
	out.Allowed, err = s.cfg.Org.People.Seen(ctx, r.User.ID, "appexchange")
	return out, err
}

type listingsOut struct {
	Listings []listingOut `json:"listings"`
}

func (s *server) listings(ctx context.Context, r asked) (listingsOut, error) {
	out := listingsOut{Listings: []listingOut{}}
	query := r.URL.Query().Get("q")
	if len(query) > 200 {
		return out, edge.ErrUnreadable
	}
	for _, l := range s.cfg.Packages.Search(query) {
		shown, err := s.listingOf(ctx, r, l)
		if err != nil {
			return out, err
		}
		out.Listings = append(out.Listings, shown)
	}
	return out, nil
}

type listingPage struct {
	Listing  listingOut        `json:"listing"`
	About    map[string]string `json:"about"`    // the form "Tell us about yourself", filled as far as it is known
	Profiles []choice          `json:"profiles"` // custom ones; administrators always have access
	OrgName  string            `json:"orgName"`
}

func (s *server) listing(ctx context.Context, r asked) (listingPage, error) {
	l, ok := s.cfg.Packages.Listing(r.PathValue("id"))
	if !ok {
		return listingPage{}, errGone
	}
	shown, err := s.listingOf(ctx, r, l)
	if err != nil {
		return listingPage{}, err
	}
	out := listingPage{Listing: shown, Profiles: []choice{}, About: map[string]string{}}
	orgs, err := s.query(ctx, r, "SELECT Id, Name, Country FROM Organization")
	if err != nil {
		return out, err
	}
	me, err := s.query(ctx, r, "SELECT Id, FirstName, LastName, Email FROM User WHERE Id = '"+string(r.User.ID)+"'")
	if err != nil || len(me) == 0 {
		return out, err
	}
	for name, value := range map[string]string{"firstName": me[0].Text("FirstName"), "lastName": me[0].Text("LastName"),
		"email": me[0].Text("Email"), "jobTitle": "", "phone": "", "state": ""} {
		out.About[name] = value
	}
	if len(orgs) > 0 {
		out.OrgName, out.About["company"], out.About["country"] = orgs[0].Text("Name"), orgs[0].Text("Name"), orgs[0].Text("Country")
	}
	profiles, err := s.cfg.Org.CustomProfiles(ctx)
	for _, p := range profiles {
		out.Profiles = append(out.Profiles, choice{string(p.ID()), p.Text("Name")})
	}
	return out, err
}

type installIn struct {
	Version  string            `json:"version"`
	Access   string            `json:"access"` // None, Full, Custom
	Profiles []string          `json:"profiles"`
	About    map[string]string `json:"about"`
	Terms    bool              `json:"terms"`
	Contact  bool              `json:"contact"`
}

// wanted are the fields of the form that must be filled in.
var wanted = []struct{ name, label string }{{"firstName", "First Name"}, {"lastName", "Last Name"},
	{"email", "Email"}, {"company", "Company"}, {"country", "Country"}, {"phone", "Phone"}, {"jobTitle", "Job Title"}}

func (s *server) install(ctx context.Context, r asked) (installOut, error) {
	in, err := edge.Decode[installIn](r.Body)
	if err != nil {
		return installOut{}, err
	}
	for _, w := range wanted {
		if strings.TrimSpace(in.About[w.name]) == "" || len(in.About[w.name]) > 255 {
			return installOut{}, edge.Refuse(400, "REQUIRED_FIELD_MISSING", w.label+" is required.", w.name)
		}
	}
	if _, err := mail.ParseAddress(in.About["email"]); err != nil {
		return installOut{}, edge.Refuse(400, "INVALID_EMAIL_ADDRESS", "Enter a valid email address.", "email")
	}
	if !in.Terms {
		return installOut{}, edge.Refuse(400, "REQUIRED_FIELD_MISSING", "To continue, agree to the terms and conditions.", "terms")
	}
	access := packaging.Access(in.Access)
	if access != packaging.AdminsOnly && access != packaging.AllUsers && access != packaging.Specific {
		return installOut{}, edge.Refuse(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Select who gets the package.", "access")
	}
	var profiles []schema.RecordID
	for _, p := range in.Profiles {
		profiles = append(profiles, schema.To18(p))
	}
	request, err := s.cfg.Packages.Install(ctx, r.User.ID, in.Version, access, profiles)
	return installOf(request), err
}

type installOut struct {
	ID       string   `json:"id"`
	Status   string   `json:"status"`
	Errors   []string `json:"errors"`
	Total    int      `json:"total"`
	Deployed int      `json:"deployed"`
}

func installOf(r packaging.Request) installOut {
	out := installOut{r.ID, string(r.Status), r.Errors, r.Total, r.Deployed}
	if out.Errors == nil {
		out.Errors = []string{}
	}
	return out
}

func (s *server) installStatus(_ context.Context, r asked) (installOut, error) {
	request, err := s.cfg.Packages.Request(r.PathValue("id"))
	return installOf(request), err
}

type packageOut struct {
	ID          string `json:"id"`
	VersionID   string `json:"versionId"`
	Name        string `json:"name"`
	Publisher   string `json:"publisher"`
	VersionName string `json:"versionName"`
	Version     string `json:"version"`
	Installed   string `json:"installed"`
	By          string `json:"by"`
	Apps        int    `json:"apps"`
	Tabs        int    `json:"tabs"`
	Objects     int    `json:"objects"`
	Components  int    `json:"components"`
}

func packageOf(p packaging.Installed) packageOut {
	return packageOut{p.ID, p.VersionID, p.Name, p.Publisher, p.VersionName, p.Version, p.At.UTC().Format(moment),
		p.ByName, p.Apps, p.Tabs, p.Objects, len(p.Components)}
}

type packagesOut struct {
	Packages []packageOut `json:"packages"`
}

func (s *server) packages(ctx context.Context, _ asked) (packagesOut, error) {
	all, err := s.cfg.Packages.Installed(ctx)
	out := packagesOut{Packages: []packageOut{}}
	for _, p := range all {
		out.Packages = append(out.Packages, packageOf(p))
	}
	return out, err
}

type componentOut struct {
	Name   string `json:"name"`
	Parent string `json:"parent"` // object of a field
	Type   string `json:"type"`
}

type lossOut struct {
	Label   string `json:"label"`
	Records int    `json:"records"`
}

type packagePage struct {
	Package    packageOut     `json:"package"`
	Components []componentOut `json:"components"`
	Losses     []lossOut      `json:"losses"` // what data an uninstallation takes away
}

// typeLabels are the names that people read for metadata types.
var typeLabels = map[string]string{"CustomObject": "Custom Object", "CustomTab": "Tab", "CustomApplication": "App",
	"ApexPage": "Visualforce Page", "StaticResource": "Static Resource", "PermissionSet": "Permission Set",
	"CallCenter": "Call Center", "Layout": "Page Layout", "FlexiPage": "Lightning Page", "CspTrustedSite": "Trusted URL",
	"CorsWhitelistOrigin": "CORS Allowed Origin", "ExternalClientApplication": "External Client App",
	"ExtlClntAppOauthSettings":             "External Client App OAuth Settings",
	"ExtlClntAppOauthConfigurablePolicies": "External Client App OAuth Policies"}

func (s *server) pack(ctx context.Context, r asked) (packagePage, error) {
	p, err := s.cfg.Packages.Find(ctx, r.PathValue("id"))
	if err != nil {
		return packagePage{}, err
	}
	out := packagePage{Package: packageOf(p), Components: []componentOut{}, Losses: []lossOut{}}
	for _, c := range p.Components {
		label := typeLabels[c.Type]
		if label == "" {
			label = c.Type
		}
		out.Components = append(out.Components, componentOut{c.FullName, "", label})
		if o, ok := s.cfg.Org.Schema().Object(c.FullName); ok && c.Type == "CustomObject" {
			for _, f := range o.Fields {
				if f.Custom {
					out.Components = append(out.Components, componentOut{f.Name, o.Label, "Custom Field"})
				}
			}
		}
	}
	losses, err := s.cfg.Packages.Losses(ctx, p)
	for _, l := range losses {
		out.Losses = append(out.Losses, lossOut{l.Label, l.Records})
	}
	return out, err
}

type uninstallIn struct {
	Confirmed bool `json:"confirmed"`
}

func (s *server) uninstall(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[uninstallIn](r.Body)
	if err != nil {
		return nothing{}, err
	}
	if !in.Confirmed {
		return nothing{}, edge.Refuse(400, "REQUIRED_FIELD_MISSING",
			"Confirm that you want to uninstall this package and permanently delete all associated components.", "confirmed")
	}
	return nothing{}, s.cfg.Packages.Uninstall(ctx, r.User.ID, r.PathValue("id"))
}

type mailOut struct {
	ID      int64  `json:"id"`
	From    string `json:"from"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
	At      string `json:"at"`
	Read    bool   `json:"read"`
}

type mailboxOut struct {
	Address  string    `json:"address"`
	All      bool      `json:"all"` // messages of all users, not of this one alone
	Messages []mailOut `json:"messages"`
}

func (s *server) mailbox(ctx context.Context, r asked) (mailboxOut, error) {
	out := mailboxOut{Address: r.User.Email, All: people.ReadsAllMail(r.Actor.Access), Messages: []mailOut{}}
	var all []people.Mail
	var err error
	if out.All {
		all, err = s.cfg.Org.People.AllMail(ctx)
	} else {
		all, err = s.cfg.Org.People.Mailbox(ctx, r.User.ID)
	}
	for _, m := range all {
		out.Messages = append(out.Messages, mailOut{m.ID, m.From, m.To, m.Subject, m.Body, m.At.Format(moment), m.Read})
	}
	return out, err
}

func (s *server) readMail(ctx context.Context, r asked) (nothing, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return nothing{}, errGone
	}
	return nothing{}, people.ReadMail(ctx, r.Actor.Access, id)
}
