package setup

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/org"
)

// Hosts are the origins of the org's pages. They are learnt from the org, which is asked twice: where its redirects
// lead, and what it calls its hosts.
type Hosts struct {
	Lightning   string
	Visualforce string // "" while the org has no page of ours
	// Doubts are the hosts that the two answers differ about. Where the redirect led is gone on with.
	Doubts []Doubt
}

// Doubt is a host that two sources name differently.
type Doubt struct {
	Field string // of setup.salesforce, which settles it
	Page  string // path on that host
	Used  string // origin where the redirect led
	Other string // origin that the other source names
	By    string // the other source
}

// SoftphonePage is the path of the page that agents' panels show; consolePage that of the console.
const (
	SoftphonePage = "/apex/AC_LightningAdapter"
	consolePage   = "/lightning/page/home"
)

// Learn asks the org where its pages are; what the configuration names is taken as it is.
func (h Hosts) Learn(ctx context.Context, crm *salesforce.Client) (Hosts, error) {
	if h.Lightning != "" && h.Visualforce != "" {
		return h, h.apart(crm, "")
	}
	names, by, err := hostNames(ctx, crm)
	if err != nil {
		return h, err
	}
	if h.Lightning == "" {
		if h.Lightning, err = crm.Landing(ctx, consolePage); err != nil {
			return h, unlearnt("lightning_origin", "console", names.Lightning, err)
		}
		h.doubt(Doubt{Field: "lightning_origin", Page: consolePage, Used: h.Lightning, Other: names.Lightning, By: by})
	}
	if h.Visualforce != "" {
		return h, h.apart(crm, "")
	}
	page, err := org.Find(ctx, crm, "ApexPage", org.Unmanaged("", "AC_LightningAdapter"))
	if err != nil || page == "" {
		return h, err
	}
	if h.Visualforce, err = crm.Landing(ctx, SoftphonePage); err != nil {
		return h, unlearnt("visualforce_origin", "page AC_LightningAdapter", names.Visualforce, err)
	}
	h.doubt(Doubt{Field: "visualforce_origin", Page: SoftphonePage, Used: h.Visualforce, Other: names.Visualforce, By: by})
	return h, h.apart(crm, names.Visualforce)
}

// hostNames are what the org's hosts are called, and by whom: by the org, where it runs Apex for the user, else by the rule
// of enhanced domains, which knows no older org.
func hostNames(ctx context.Context, crm *salesforce.Client) (names salesforce.Hostnames, by string, err error) {
	names, err = crm.Hostnames(ctx)
	if errors.Is(err, salesforce.ErrNoApex) {
		return salesforce.EnhancedHostnames(crm.Session().InstanceURL), "the rule of enhanced domains", nil
	}
	return names, "System.DomainCreator", err
}

// doubt keeps a doubt whose two hosts differ. Other is a host name yet; "" is no opinion.
func (h *Hosts) doubt(d Doubt) {
	u, err := url.Parse(d.Used)
	if err != nil || d.Other == "" || packageless(u.Host) == packageless(d.Other) {
		return
	}
	d.Other = u.Scheme + "://" + d.Other
	h.Doubts = append(h.Doubts, d)
}

// packageless is a Visualforce host without the package that its pages are of: c, or a namespace.
func packageless(host string) string {
	host = strings.ToLower(host)
	label, rest, _ := strings.Cut(host, ".")
	if at := strings.LastIndex(label, "--"); at > 0 && strings.Contains(rest, "vf.force.") {
		label = label[:at]
	}
	return label + "." + rest
}

// apart refuses a Visualforce origin that is another page's: a door that forgot where to go would lead there.
func (h Hosts) apart(crm *salesforce.Client, name string) error {
	other := ""
	switch h.Visualforce {
	case h.Lightning:
		other = "the console's"
	case crm.Session().InstanceURL:
		other = "My Domain's"
	default:
		return nil
	}
	return &config.Error{
		Field: "setup.salesforce.visualforce_origin",
		Message: "the page AC_LightningAdapter cannot be at " + h.Visualforce + ", which is " + other + ": " +
			"open it in a browser and write its address here, up to the host" + perhaps(name),
	}
}

func perhaps(host string) string {
	if host == "" {
		return ""
	}
	return " (it should be https://" + host + ")"
}

// unlearnt names the field that settles where a page is; host is what it should be, "" if nobody says.
func unlearnt(field, page, host string, err error) error {
	switch {
	case salesforce.IsCode(err, "INVALID_SESSION_ID"), errors.Is(err, salesforce.ErrExpired):
		return err
	case errors.Is(err, salesforce.ErrScope):
		return &config.Error{
			Field: "setup.salesforce",
			Message: "the app that signs in may use the API only: it needs the scopes api, web and refresh_token. " +
				"Add web (Manage user data via Web browsers) to the app's OAuth settings and sign in again",
			Err: err,
		}
	case errors.Is(err, salesforce.ErrNoPages):
		return &config.Error{
			Field: "setup.salesforce",
			Message: "the org opens no page for this user, whose session is good for the API only: see that neither the " +
				"profile nor a permission set has API Only User, or write lightning_origin and visualforce_origin here",
			Err: err,
		}
	}
	return &config.Error{
		Field: "setup.salesforce." + field,
		Message: "the org did not say where its " + page + " is: " +
			"open it in a browser and write its address here, up to the host" + perhaps(host),
		Err: err,
	}
}
