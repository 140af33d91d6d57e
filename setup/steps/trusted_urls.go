package steps

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// TrustedURLs are the addresses that pages of the org may speak to.
type TrustedURLs struct{ URLs []TrustedURL }

// TrustedURL is one of them.
type TrustedURL struct {
	Name       string // developer name
	URL        string
	What       string
	Microphone bool // its pages may use the microphone, where the org says who may
}

// Name says what it is.
func (TrustedURLs) Name() string { return "trusted URLs" }

const (
	trustedType = "CspTrustedSite"
	trustedXML  = `<?xml version="1.0" encoding="UTF-8"?>
<CspTrustedSite xmlns="http://soap.sforce.com/2006/04/metadata">
    <canAccessMicrophone>%t</canAccessMicrophone>
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
func (s TrustedURLs) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	var members []salesforce.Member
	for _, u := range s.URLs {
		members = append(members, salesforce.Member{Type: trustedType, Name: u.Name})
	}
	files, err := p.CRM.Retrieve(ctx, members...)
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return nil, err
	}
	var changes []setup.Change
	for _, u := range s.URLs {
		c, err := u.plan(org.Document(files[trustedFile(u.Name)]))
		if err != nil {
			return changes, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// plan compares an entry with what the org has; "" for nothing.
func (u TrustedURL) plan(have org.Document) (setup.Change, error) {
	file := fmt.Sprintf(trustedXML, u.Microphone, org.Escape(u.What), org.Escape(u.URL))
	c := setup.Change{
		Action: setup.Create, What: u.URL + ", " + u.What, Why: "the org's security policy blocks other addresses",
		Deploy: org.One(trustedType, u.Name, trustedFile(u.Name), file),
		Made:   []setup.Made{{What: "trusted URL " + u.URL, Entry: component(trustedType, u.Name)}},
	}
	if have == "" {
		return c, nil
	}
	root, err := have.Root()
	if err != nil {
		return c, err
	}
	urls, err := have.Below(root, "endpointUrl")
	if err != nil {
		return c, err
	}
	c.Action, c.What, c.New, c.Made = setup.Update, "trusted URL "+u.Name, u.URL, nil
	if len(urls) == 1 {
		c.Old = have.Text(urls[0])
	}
	if c.Old == u.URL {
		return setup.Right("%s is trusted", u.URL), nil
	}
	return c, nil
}
