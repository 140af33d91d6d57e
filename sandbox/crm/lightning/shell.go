package lightning

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// shell serves the built page: its files as they are, and for every other address below /lightning/ the page itself.
func (s *server) shell(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/lightning")
	name = strings.TrimPrefix(name, "/")
	if strings.HasPrefix(name, "assets/") || name == "favicon.svg" {
		s.asset(w, r, name)
		return
	}
	user, err := s.cfg.Authenticate(r)
	if err != nil {
		http.Redirect(w, r, "/?startURL="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
		return
	}
	page, err := fs.ReadFile(s.cfg.Page, "index.html")
	if err != nil {
		http.Error(w, "The console's pages are not built; run make build.", http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	frames := append(s.trustedFrames(r.Context()), s.adapterOrigins(r.Context(), user)...)
	h.Set("Content-Security-Policy", s.policy(frames...))
	if policy, err := s.cfg.Org.PermissionsPolicy(r.Context()); err != nil {
		s.cfg.Log.WarnContext(r.Context(), "session settings not readable", "err", err)
	} else if policy != "" {
		h.Set("Permissions-Policy", policy)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("Referrer-Policy", "origin-when-cross-origin")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(page)
}

// asset serves a file whose name holds a hash of its content.
func (s *server) asset(w http.ResponseWriter, r *http.Request, name string) {
	info, err := fs.Stat(s.cfg.Page, name)
	if err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeFileFS(w, r, s.cfg.Page, name)
}

// policy lets the page run its own scripts and frame the Visualforce origin, the softphone's and trusted URLs, nothing else.
func (s *server) policy(more ...string) string {
	frames := []string{"'self'", s.cfg.VisualforceOrigin}
	for _, site := range more {
		if site != "" && !slices.Contains(frames, site) {
			frames = append(frames, site)
		}
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"frame-src " + strings.Join(frames, " "),
		"frame-ancestors 'self'",
		"base-uri 'none'",
		"form-action 'self'",
	}, "; ")
}

// trustedFrames are the org's Trusted URLs for frames; none when they cannot be read.
func (s *server) trustedFrames(ctx context.Context) []string {
	sites, err := s.cfg.Org.TrustedFrames(ctx)
	if err != nil {
		s.cfg.Log.WarnContext(ctx, "trusted URLs not read", "err", err)
	}
	return sites
}

// originOf is the origin of an absolute web address, or nothing.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// old answers addresses of the time before Lightning had its own.
func (s *server) old(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/lightning/page/home", http.StatusFound)
}
