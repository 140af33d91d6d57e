package crm

import (
	"context"
	"encoding/xml"
	"net/url"
	"strings"
)

// The org's security settings are components, so that the Metadata API and Setup edit the same thing.

// CORSPatterns are the origins that may call the APIs from a browser, such as https://*.example.com.
func (o *Org) CORSPatterns(ctx context.Context) ([]string, error) {
	return elements(ctx, o, "CorsWhitelistOrigin", func(x struct {
		Pattern string `xml:"urlPattern"`
	}) (string, bool) {
		return x.Pattern, x.Pattern != ""
	})
}

// MatchesOrigin says whether an origin fits a pattern, whose host may begin with a wildcard.
func MatchesOrigin(pattern, origin string) bool {
	want, err := url.Parse(pattern)
	if err != nil {
		return false
	}
	have, err := url.Parse(origin)
	if err != nil || have.Host == "" || have.Path != "" || !strings.EqualFold(want.Scheme, have.Scheme) || want.Port() != have.Port() {
		return false
	}
	host, wanted := strings.ToLower(have.Hostname()), strings.ToLower(want.Hostname())
	if suffix, wild := strings.CutPrefix(wanted, "*."); wild {
		return strings.HasSuffix(host, "."+suffix)
	}
	return host == wanted
}

// TrustedURL is an address that the org's pages may use, by directive of their content security policy.
type TrustedURL struct {
	XMLName     xml.Name `xml:"http://soap.sforce.com/2006/04/metadata CspTrustedSite"`
	Camera      bool     `xml:"canAccessCamera"`
	Microphone  bool     `xml:"canAccessMicrophone"`
	Context     string   `xml:"context"` // All, LEX, Communities, FieldServiceMobileExtension, VisualforceOnly
	Description string   `xml:"description,omitempty"`
	URL         string   `xml:"endpointUrl"`
	Active      bool     `xml:"isActive"`
	Connect     bool     `xml:"isApplicableToConnectSrc"`
	Font        bool     `xml:"isApplicableToFontSrc"`
	Frame       bool     `xml:"isApplicableToFrameSrc"`
	Img         bool     `xml:"isApplicableToImgSrc"`
	Media       bool     `xml:"isApplicableToMediaSrc"`
	Style       bool     `xml:"isApplicableToStyleSrc"`
}

// TrustedFrames are the addresses that Lightning pages may frame.
func (o *Org) TrustedFrames(ctx context.Context) ([]string, error) {
	return elements(ctx, o, "CspTrustedSite", func(x TrustedURL) (string, bool) {
		return x.URL, x.Active && x.Frame && (x.Context == "" || x.Context == "All" || x.Context == "LEX")
	})
}

// SessionSettings are those that decide who may frame the org's Visualforce pages.
type SessionSettings struct {
	XMLName        xml.Name `xml:"http://soap.sforce.com/2006/04/metadata SecuritySettings"`
	WithHeaders    bool     `xml:"sessionSettings>enableClickjackNonsetupUser"`
	WithoutHeaders bool     `xml:"sessionSettings>enableClickjackNonsetupUserHeaderless"`
	Setup          bool     `xml:"sessionSettings>enableClickjackSetup"`
	NonSetup       bool     `xml:"sessionSettings>enableClickjackNonsetupSFDC"`
}

const securityFile = "Security.settings"

// SessionSettings reads them; an org as delivered is protected.
func (o *Org) SessionSettings(ctx context.Context) (SessionSettings, error) {
	s := SessionSettings{WithHeaders: true, WithoutHeaders: true, Setup: true, NonSetup: true}
	c, found, err := o.Component(ctx, "Settings", "Security")
	if err != nil || !found {
		return s, err
	}
	if body, ok := c.File(securityFile); ok {
		err = xml.Unmarshal(body, &s)
	}
	return s, err
}

// PutSessionSettings keeps the session settings.
func (a *Actor) PutSessionSettings(ctx context.Context, s SessionSettings) error {
	body, err := xml.MarshalIndent(s, "", "    ")
	if err != nil {
		return err
	}
	return a.PutComponent(ctx, Component{Type: "Settings", FullName: "Security", Files: map[string][]byte{securityFile: append([]byte(xml.Header), body...)}})
}

// InlineFrameDomains are the sites outside of the org that may frame its Visualforce pages.
func (o *Org) InlineFrameDomains(ctx context.Context) ([]string, error) {
	return elements(ctx, o, "IframeWhiteListUrl", func(x struct {
		URL     string `xml:"url"`
		Context string `xml:"context"`
	}) (string, bool) {
		return x.URL, x.Context == "VisualforcePages"
	})
}

// elements reads one text from each component of a kind.
func elements[T any](ctx context.Context, o *Org, kind string, take func(T) (string, bool)) ([]string, error) {
	all, err := o.Components(ctx, kind)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range all {
		for _, body := range c.Files {
			var x T
			if xml.Unmarshal(body, &x) != nil {
				continue
			}
			if text, ok := take(x); ok && !strings.ContainsAny(text, " ;,\t\r\n'\"") { // it goes into headers
				out = append(out, text)
			}
		}
	}
	return out, nil
}

// FrameAncestors are who may frame a Visualforce page besides its own origin and the Lightning pages; anyone is true where the page's
// kind is not protected.
func (o *Org) FrameAncestors(ctx context.Context, withHeaders bool) (sites []string, anyone bool, err error) {
	settings, err := o.SessionSettings(ctx)
	if err != nil {
		return nil, false, err
	}
	if withHeaders && !settings.WithHeaders || !withHeaders && !settings.WithoutHeaders {
		return nil, true, nil
	}
	sites, err = o.InlineFrameDomains(ctx)
	return sites, false, err
}
