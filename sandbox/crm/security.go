package crm

import (
	"context"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
)

// The org's security settings are components, which deployments bring.

// CORSPatterns are the origins that may call the APIs from a browser, such as https://*.example.com.
func (o *Org) CORSPatterns(ctx context.Context) ([]string, error) {
	return elements(ctx, o, "CorsWhitelistOrigin", func(x struct {
		Pattern string `xml:"urlPattern"`
	}) []string {
		return []string{x.Pattern}
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

// trustedURL is an address that the org's pages may use, as far as frames are concerned.
type trustedURL struct {
	Context string `xml:"context"` // All, LEX, Communities, FieldServiceMobileExtension, VisualforceOnly
	URL     string `xml:"endpointUrl"`
	Active  bool   `xml:"isActive"`
	Frame   bool   `xml:"isApplicableToFrameSrc"`
}

// TrustedFrames are the addresses that Lightning pages may frame.
func (o *Org) TrustedFrames(ctx context.Context) ([]string, error) {
	return elements(ctx, o, "CspTrustedSite", func(x trustedURL) []string {
		if !x.Active || !x.Frame || !slices.Contains([]string{"", "All", "LEX"}, x.Context) {
			return nil
		}
		return []string{x.URL}
	})
}

// sessionSettings are those that decide who may frame the org's Visualforce pages.
type sessionSettings struct {
	WithHeaders    bool `xml:"sessionSettings>enableClickjackNonsetupUser"`
	WithoutHeaders bool `xml:"sessionSettings>enableClickjackNonsetupUserHeaderless"`
}

// sessionSettings reads them; an org as delivered is protected.
func (o *Org) sessionSettings(ctx context.Context) (sessionSettings, error) {
	s := sessionSettings{WithHeaders: true, WithoutHeaders: true}
	c, found, err := o.Component(ctx, "Settings", "Security")
	if err != nil || !found {
		return s, err
	}
	if body, ok := c.File(".settings"); ok {
		err = xml.Unmarshal(body, &s)
	}
	return s, err
}

// inlineFrameDomains are the sites outside of the org that may frame its Visualforce pages.
func (o *Org) inlineFrameDomains(ctx context.Context) ([]string, error) {
	return elements(ctx, o, "IframeWhiteListUrlSettings", func(x struct {
		Sites []struct {
			URL     string `xml:"url"`
			Context string `xml:"context"`
		} `xml:"iframeWhiteListUrls"`
	}) []string {
		var out []string
		for _, site := range x.Sites {
			if site.Context == "VisualforcePages" {
				out = append(out, site.URL)
			}
		}
		return out
	})
}

// elements reads texts from each component of a kind.
func elements[T any](ctx context.Context, o *Org, kind string, take func(T) []string) ([]string, error) {
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
			for _, text := range take(x) {
				if text != "" && !strings.ContainsAny(text, " ;,\t\r\n'\"") { // it goes into headers
					out = append(out, text)
				}
			}
		}
	}
	return out, nil
}

// FrameAncestors are who may frame a Visualforce page besides its own origin and the Lightning pages; anyone is true where the page's
// kind is not protected.
func (o *Org) FrameAncestors(ctx context.Context, withHeaders bool) (sites []string, anyone bool, err error) {
	settings, err := o.sessionSettings(ctx)
	if err != nil {
		return nil, false, err
	}
	if withHeaders && !settings.WithHeaders || !withHeaders && !settings.WithoutHeaders {
		return nil, true, nil
	}
	sites, err = o.inlineFrameDomains(ctx)
	return sites, false, err
}
