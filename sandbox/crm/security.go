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

// trustedURL is an address that the org's pages may use, as far as frames and the microphone are concerned.
type trustedURL struct {
	Context    string `xml:"context"` // All, LEX, Communities, FieldServiceMobileExtension, VisualforceOnly
	URL        string `xml:"endpointUrl"`
	Active     bool   `xml:"isActive"`
	Frame      bool   `xml:"isApplicableToFrameSrc"`
	Microphone bool   `xml:"canAccessMicrophone"`
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

// SessionSettings are those that decide who may frame the org's pages, what these may embed, and who may use the
// microphone there.
type SessionSettings struct {
	WithHeaders    bool   `xml:"sessionSettings>enableClickjackNonsetupUser"`
	WithoutHeaders bool   `xml:"sessionSettings>enableClickjackNonsetupUserHeaderless"`
	Embedder       bool   `xml:"enableCoepHeader"`        // Visualforce pages embed only what allows it
	Permissions    bool   `xml:"enablePermissionsPolicy"` // pages say who may use the microphone
	Microphone     string `xml:"grantMicrophoneAccess"`   // Always, Never, TrustedUrls
}

// SessionSettings reads them; an org as delivered is protected.
func (o *Org) SessionSettings(ctx context.Context) (SessionSettings, error) {
	s := SessionSettings{WithHeaders: true, WithoutHeaders: true}
	c, found, err := o.Component(ctx, "Settings", "Security")
	if err != nil || !found {
		return s, err
	}
	if body, ok := c.File(".settings"); ok {
		err = xml.Unmarshal(body, &s)
	}
	return s, err
}

// PermissionsPolicy is the header of that name on the org's pages; "" while they have none. With TrustedUrls only those
// named there may use the microphone, and pass it on: an origin of the org's own has to be named like any other.
// Source: Metadata API developer guide, SecuritySettings, CspTrustedSite.
func (o *Org) PermissionsPolicy(ctx context.Context) (string, error) {
	settings, err := o.SessionSettings(ctx)
	if err != nil || !settings.Permissions {
		return "", err
	}
	switch settings.Microphone {
	case "Never":
		return "microphone=()", nil
	case "TrustedUrls":
	default:
		return "microphone=*", nil
	}
	sites, err := elements(ctx, o, "CspTrustedSite", func(x trustedURL) []string {
		if !x.Active || !x.Microphone {
			return nil
		}
		return []string{x.URL}
	})
	for i, site := range sites {
		sites[i] = `"` + site + `"`
	}
	return "microphone=(" + strings.Join(sites, " ") + ")", err
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
	settings, err := o.SessionSettings(ctx)
	if err != nil {
		return nil, false, err
	}
	if withHeaders && !settings.WithHeaders || !withHeaders && !settings.WithoutHeaders {
		return nil, true, nil
	}
	sites, err = o.inlineFrameDomains(ctx)
	return sites, false, err
}
