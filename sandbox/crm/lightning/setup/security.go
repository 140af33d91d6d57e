package setup

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

func (s *server) securityRoutes() []route {
	routes := []route{
		{"GET /session", crm.ViewSetup, read(s.session)},
		{"PUT /session", crm.CustomizeApplication, write(s, s.putSession)},
	}
	for _, l := range []siteList{cors, trustedURLs, frameDomains} {
		routes = append(routes,
			route{"GET /" + l.path, crm.ViewSetup, read(s.sites(l))},
			route{"PUT /" + l.path + "/{name}", crm.CustomizeApplication, write(s, s.putSite(l))},
			route{"DELETE /" + l.path + "/{name}", crm.CustomizeApplication, write(s, s.dropSite(l))},
		)
	}
	return routes
}

// siteOut is one address that a list of security settings allows. What a list does not know stays empty.
type siteOut struct {
	Name        string   `json:"name"`
	URL         string   `json:"url"`
	Description string   `json:"description"`
	Active      bool     `json:"active"`
	Context     string   `json:"context"`
	Directives  []string `json:"directives"` // connect, font, frame, img, media, style, camera, microphone
}

// siteList is one of the lists of addresses, each entry a component.
type siteList struct {
	path, kind, suffix, section, what string
	write                             func(siteOut) any // the component's XML
	read                              func([]byte, *siteOut) error
	check                             func(*wrong, siteOut)
}

var (
	cors = siteList{path: "cors", kind: "CorsWhitelistOrigin", suffix: ".corsWhitelistOrigin", section: "CORS", what: "CORS Allowed Origin",
		write: func(s siteOut) any { return corsXML{URL: s.URL} },
		read: func(body []byte, out *siteOut) error {
			var x corsXML
			err := xml.Unmarshal(body, &x)
			out.URL = x.URL
			return err
		},
		check: func(w *wrong, s siteOut) {
			if !isOrigin(s.URL) {
				w.field("url", "The origin URL pattern must include the HTTPS protocol (unless you're using your localhost) and a domain name, and can include a port. The wildcard (*) is supported and must be in front of a second-level domain name.")
			}
		}}
	frameDomains = siteList{path: "framedomains", kind: "IframeWhiteListUrl", suffix: ".iframeWhiteListUrl", section: "Session Settings", what: "Trusted Domain for Inline Frames",
		write: func(s siteOut) any { return frameXML{Context: "VisualforcePages", URL: s.URL} },
		read: func(body []byte, out *siteOut) error {
			var x frameXML
			err := xml.Unmarshal(body, &x)
			out.URL, out.Context = x.URL, x.Context
			return err
		},
		check: func(w *wrong, s siteOut) {
			if !isOrigin(s.URL) {
				w.field("url", "Enter a valid domain, such as https://www.example.com or https://*.example.com.")
			}
		}}
	trustedURLs = siteList{path: "trustedurls", kind: "CspTrustedSite", suffix: ".cspTrustedSite", section: "Trusted URLs", what: "Trusted URL",
		write: func(s siteOut) any {
			has := func(d string) bool { return slices.Contains(s.Directives, d) }
			return crm.TrustedURL{Camera: has("camera"), Microphone: has("microphone"), Context: s.Context, Description: s.Description, URL: s.URL, Active: s.Active,
				Connect: has("connect"), Font: has("font"), Frame: has("frame"), Img: has("img"), Media: has("media"), Style: has("style")}
		},
		read: func(body []byte, out *siteOut) error {
			var x crm.TrustedURL
			err := xml.Unmarshal(body, &x)
			out.URL, out.Description, out.Active, out.Context = x.URL, x.Description, x.Active, x.Context
			for _, d := range []struct {
				on   bool
				name string
			}{{x.Connect, "connect"}, {x.Font, "font"}, {x.Frame, "frame"}, {x.Img, "img"}, {x.Media, "media"}, {x.Style, "style"}, {x.Camera, "camera"}, {x.Microphone, "microphone"}} {
				if d.on {
					out.Directives = append(out.Directives, d.name)
				}
			}
			return err
		},
		check: func(w *wrong, s siteOut) {
			if !isOrigin(strings.TrimPrefix(s.URL, "wss")) && !isOrigin("https"+strings.TrimPrefix(s.URL, "wss")) && !isOrigin(s.URL) {
				w.field("url", "Enter a valid URL, such as https://example.com, https://*.example.com or wss://example.com.")
			}
			if !slices.Contains([]string{"All", "LEX", "Communities", "VisualforceOnly"}, s.Context) {
				w.field("context", "You must select a CSP context.")
			}
			checkLength(w, "description", "Description", s.Description, 255)
			if len(s.Directives) == 0 {
				w.field("directives", "Select at least one CSP directive or Permissions-Policy directive.")
			}
		}}
)

type corsXML struct {
	XMLName xml.Name `xml:"http://soap.sforce.com/2006/04/metadata CorsWhitelistOrigin"`
	URL     string   `xml:"urlPattern"`
}

type frameXML struct {
	XMLName xml.Name `xml:"http://soap.sforce.com/2006/04/metadata IframeWhiteListUrl"`
	Context string   `xml:"context"`
	URL     string   `xml:"url"`
}

var hostPattern = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

// isOrigin wants https, a host that may begin with a wildcard before a second-level domain, and a port at most; http for one's own machine.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || len(text) > 255 {
		return false
	}
	host := strings.ToLower(u.Hostname())
	local := host == "localhost" || host == "127.0.0.1"
	return hostPattern.MatchString(host) && (local || strings.Contains(strings.TrimPrefix(host, "*."), ".")) && (u.Scheme == "https" || local && u.Scheme == "http")
}

type sitesOut struct {
	Sites []siteOut `json:"sites"`
}

func (s *server) sites(l siteList) func(context.Context, asked) (sitesOut, error) {
	return func(ctx context.Context, _ asked) (sitesOut, error) {
		out := sitesOut{Sites: []siteOut{}}
		all, err := s.cfg.Org.Components(ctx, l.kind)
		for _, c := range all {
			one := siteOut{Name: c.FullName, Directives: []string{}}
			for _, body := range c.Files {
				if l.read(body, &one) == nil {
					out.Sites = append(out.Sites, one)
					break
				}
			}
		}
		return out, err
	}
}

func (s *server) putSite(l siteList) func(context.Context, *crm.Actor, asked, siteOut) (none, error) {
	return func(ctx context.Context, a *crm.Actor, r asked, in siteOut) (none, error) {
		in.URL = strings.TrimSpace(in.URL)
		var w wrong
		w.required("url", in.URL)
		checkName(&w, "name", "API Name", r.PathValue("name"))
		if in.URL != "" {
			l.check(&w, in)
		}
		others, err := s.sites(l)(ctx, r)
		if err != nil {
			return none{}, err
		}
		verb := "Added"
		for _, o := range others.Sites {
			switch {
			case strings.EqualFold(o.Name, r.PathValue("name")):
				verb = "Changed"
				if in.Name == "" { // a new one must not take another's name
					w.field("name", "This API Name already exists or has been previously used. Please choose a different one.")
				}
			case strings.EqualFold(o.URL, in.URL):
				w.field("url", "Duplicate value: %s is already in the list.", in.URL)
			}
		}
		if err := w.err(); err != nil {
			return none{}, err
		}
		body, err := xml.MarshalIndent(l.write(in), "", "    ")
		if err != nil {
			return none{}, err
		}
		name := r.PathValue("name")
		if err := a.PutComponent(ctx, crm.Component{Type: l.kind, FullName: name, Files: map[string][]byte{name + l.suffix: append([]byte(xml.Header), body...)}}); err != nil {
			return none{}, err
		}
		return none{}, a.Audit(ctx, strings.ToLower(verb)+l.kind, l.section, "%s %s %s: %s", verb, l.what, name, in.URL)
	}
}

func (s *server) dropSite(l siteList) func(context.Context, *crm.Actor, asked, none) (none, error) {
	return func(ctx context.Context, a *crm.Actor, r asked, _ none) (none, error) {
		name := r.PathValue("name")
		all, err := s.sites(l)(ctx, r)
		if err != nil {
			return none{}, err
		}
		if !slices.ContainsFunc(all.Sites, func(o siteOut) bool { return o.Name == name }) {
			return none{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The entry isn't available; it may have been deleted.")
		}
		if err := a.DropComponent(ctx, l.kind, name); err != nil {
			return none{}, err
		}
		return none{}, a.Audit(ctx, "deleted"+l.kind, l.section, "Deleted %s %s", l.what, name)
	}
}

type sessionOut struct {
	WithHeaders    bool `json:"withHeaders"`
	WithoutHeaders bool `json:"withoutHeaders"`
}

func (s *server) session(ctx context.Context, _ asked) (sessionOut, error) {
	have, err := s.cfg.Org.SessionSettings(ctx)
	return sessionOut{have.WithHeaders, have.WithoutHeaders}, err
}

func (s *server) putSession(ctx context.Context, a *crm.Actor, _ asked, in sessionOut) (none, error) {
	have, err := s.cfg.Org.SessionSettings(ctx)
	if err != nil {
		return none{}, err
	}
	for _, c := range []struct {
		was *bool
		now bool
		of  string
	}{{&have.WithHeaders, in.WithHeaders, "with standard headers"}, {&have.WithoutHeaders, in.WithoutHeaders, "with headers disabled"}} {
		if *c.was == c.now {
			continue
		}
		*c.was = c.now
		word := map[bool]string{true: "enabled", false: "disabled"}[c.now]
		if err := a.Audit(ctx, "clickjackVF", "Session Settings", "Clickjack protection for customer Visualforce pages %s was %s", c.of, word); err != nil {
			return none{}, err
		}
	}
	return none{}, a.PutSessionSettings(ctx, have)
}
