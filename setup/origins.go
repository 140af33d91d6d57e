package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/salesforce"
)

// Hosts are the origins of the org's pages. They are learnt from the org: their names follow no rule.
type Hosts struct {
	Lightning   string
	Visualforce string // "" while the org has no page of ours
}

// softphonePage is the page that agents' panels show.
const softphonePage = "/apex/AC_LightningAdapter"

// Learn asks the org where its pages are; what the configuration names is taken as it is.
func (h Hosts) Learn(ctx context.Context, crm *salesforce.Client) (Hosts, error) {
	var err error
	if h.Lightning == "" {
		if h.Lightning, err = crm.Landing(ctx, "/lightning/page/home"); err != nil {
			return h, unlearnt("lightning_origin", "console", err)
		}
	}
	if h.Visualforce != "" {
		return h, nil
	}
	page, err := find(ctx, crm, "ApexPage", equals("Name", "AC_LightningAdapter"))
	if err != nil || page == "" {
		return h, err
	}
	if h.Visualforce, err = crm.Landing(ctx, softphonePage); err != nil {
		return h, unlearnt("visualforce_origin", "page AC_LightningAdapter", err)
	}
	return h, nil
}

func unlearnt(field, page string, err error) error {
	if salesforce.IsCode(err, "INVALID_SESSION_ID") || errors.Is(err, salesforce.ErrExpired) {
		return err
	}
	return &ConfigError{Field: "setup.salesforce." + field, Message: "the org did not say where its " + page + " is: open it in a browser and write its address here, up to the host", Err: err}
}

// ApprovedOrigins lets the org's pages frame the contact centre's panel.
type ApprovedOrigins struct {
	Instance amazonconnect.Instance
	Hosts    Hosts
}

// Name says what it is.
func (ApprovedOrigins) Name() string { return "approved origins" }

// Plan wants both origins: with one missing, the sign-in window never closes.
func (s ApprovedOrigins) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	hosts, err := s.Hosts.Learn(ctx, p.CRM)
	if err != nil {
		return nil, err
	}
	have, err := p.Connect.ApprovedOrigins(ctx, s.Instance.ID)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, o := range []struct{ origin, of string }{{hosts.Lightning, "the console"}, {hosts.Visualforce, "the softphone page"}} {
		switch {
		case o.origin == "":
			changes = append(changes, Change{Action: Create, What: "origin of " + o.of + ", which is known once the package is there", Why: "the panel refuses to be framed without it"})
		case slices.Contains(have, o.origin):
			changes = append(changes, right("%s is approved", o.origin))
		default:
			what := o.origin + ", the origin of " + o.of
			changes = append(changes, Change{Action: Create, What: what, Why: "the panel refuses to be framed without it", made: []Made{{Kind: Origin, What: what, Name: o.origin, Object: s.Instance.ID}},
				do: func(ctx context.Context) error { return p.Connect.ApproveOrigin(ctx, s.Instance.ID, o.origin) }})
		}
	}
	return changes, nil
}

// Statuses are agent statuses that the instance should have, such as one that signs the agent out.
type Statuses struct {
	Instance amazonconnect.Instance
	Names    []string
}

// Name says what it is.
func (Statuses) Name() string { return "agent statuses" }

// Plan looks for each by its name.
func (s Statuses) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	if len(s.Names) == 0 {
		return nil, nil
	}
	have, err := p.Connect.AgentStatuses(ctx, s.Instance.ID)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, name := range s.Names {
		c, err := s.one(ctx, p, name, have)
		if err != nil {
			return changes, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

func (s Statuses) one(ctx context.Context, p Platforms, name string, have []amazonconnect.AgentStatus) (Change, error) {
	c := Change{Action: Create, What: name, Why: "agents choose it to sign out of everything",
		made: []Made{{Kind: Status, What: "agent status " + name, Name: name, Object: s.Instance.ID}},
		do: func(ctx context.Context) error {
			return p.Connect.CreateAgentStatus(ctx, s.Instance.ID, name, "Made by patchcord setup")
		}}
	at := slices.IndexFunc(have, func(a amazonconnect.AgentStatus) bool { return a.Name == name })
	if at < 0 {
		return c, nil
	}
	enabled, err := p.Connect.AgentStatusEnabled(ctx, s.Instance.ID, have[at].ID)
	if err != nil || enabled {
		return right("%s is there", name), err
	}
	c.Action, c.Old, c.New = Update, "disabled", "enabled"
	c.do = func(ctx context.Context) error { return p.Connect.EnableAgentStatus(ctx, s.Instance.ID, have[at].ID) }
	return c, nil
}

// TrustedURLs are the addresses that pages of the org may speak to.
type TrustedURLs struct{ URLs []TrustedURL }

// TrustedURL is one of them.
type TrustedURL struct {
	Name string // developer name
	URL  string
	What string
}

// Name says what it is.
func (TrustedURLs) Name() string { return "trusted URLs" }

const (
	trustedType = "CspTrustedSite"
	trustedXML  = `<?xml version="1.0" encoding="UTF-8"?>
<CspTrustedSite xmlns="http://soap.sforce.com/2006/04/metadata">
    <context>All</context>
    <description>%s</description>
    <endpointUrl>%s</endpointUrl>
    <isActive>true</isActive>
    <isApplicableToConnectSrc>true</isApplicableToConnectSrc>
    <isApplicableToFontSrc>false</isApplicableToFontSrc>
    <isApplicableToFrameSrc>true</isApplicableToFrameSrc>
    <isApplicableToImgSrc>false</isApplicableToImgSrc>
    <isApplicableToMediaSrc>true</isApplicableToMediaSrc>
    <isApplicableToStyleSrc>false</isApplicableToStyleSrc>
</CspTrustedSite>
`
)

func trustedFile(name string) string { return "cspTrustedSites/" + name + ".cspTrustedSite" }

// Plan compares each entry's address. Where the org cannot be read, the entries are written again.
func (s TrustedURLs) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	var members []salesforce.Member
	for _, u := range s.URLs {
		members = append(members, salesforce.Member{Type: trustedType, Name: u.Name})
	}
	files, err := p.CRM.Retrieve(ctx, members...)
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return nil, err
	}
	var changes []Change
	for _, u := range s.URLs {
		c := Change{Action: Create, What: u.URL + ", " + u.What, Why: "the org's security policy blocks other addresses",
			made: []Made{{Kind: Component, What: "trusted URL " + u.URL, Object: trustedType, Name: u.Name, Members: []Member{{trustedType, u.Name}}}},
			do: func(ctx context.Context) error {
				return deployOne(ctx, p, trustedType, u.Name, trustedFile(u.Name), fmt.Sprintf(trustedXML, escape(u.What), escape(u.URL)))
			}}
		body, there := files[trustedFile(u.Name)]
		if !there {
			changes = append(changes, c)
			continue
		}
		root, err := document(body).root()
		if err != nil {
			return changes, err
		}
		urls, err := document(body).below(root, "endpointUrl")
		if err != nil {
			return changes, err
		}
		if len(urls) == 1 && document(body).text(urls[0]) == u.URL {
			changes = append(changes, right("%s is trusted", u.URL))
			continue
		}
		c.Action, c.What, c.New, c.made = Update, "trusted URL "+u.Name, u.URL, nil
		if len(urls) == 1 {
			c.Old = document(body).text(urls[0])
		}
		changes = append(changes, c)
	}
	return changes, nil
}
