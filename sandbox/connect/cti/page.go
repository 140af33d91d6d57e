package cti

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// authorize renews the page's token. Source: §1.5.
func (s *server) authorize(w http.ResponseWriter, r *http.Request) {
	v, token, err := s.browser(r)
	if err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "sign in")
		return
	}
	reply(w, map[string]string{"accessToken": token, "expiration": time.Unix(v.Expires, 0).UTC().Format(time.RFC3339)})
}

func (s *server) whitelisted(w http.ResponseWriter, r *http.Request) {
	if _, err := s.bearer(r.Header.Get("X-Amz-Bearer")); err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "sign in")
		return
	}
	origins := s.cfg.Centre.State().Origins
	if origins == nil {
		origins = []string{}
	}
	reply(w, map[string][]string{"whitelistedOrigins": origins})
}

// headers lets approved origins frame the page, and nobody else; that is how the service enforces them. Ringtones come from anywhere.
func (s *server) headers(w http.ResponseWriter) {
	h := w.Header()
	ancestors := strings.Join(append([]string{"'self'"}, s.cfg.Centre.State().Origins...), " ")
	h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src "+
		"'self' data: blob:; media-src 'self' blob: data: http: https:; connect-src 'self' "+s.socketOrigin()+"; worker-src "+
		"'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors "+ancestors)
	h.Set("Permissions-Policy", "microphone=(self), camera=()")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cache-Control", "no-store")
}

// socketOrigin is where pages open their sockets. Clients name it wss:// even where the page maps that to ws://.
func (s *server) socketOrigin() string {
	return strings.Replace(s.cfg.Origin, "http", "ws", 1)
}

// panel serves the page to who is signed in; others are sent to sign in. What has no dot in its name is an address of
// the page itself, such as softphone or chat, which published host pages name.
func (s *server) panel(w http.ResponseWriter, r *http.Request) {
	s.headers(w)
	name := r.PathValue("path")
	if strings.Contains(path.Base(name), ".") && name != "index.html" && name != "" {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, s.cfg.Page, name)
		return
	}
	if _, _, err := s.browser(r); err != nil {
		http.Redirect(w, r, "/login?destination="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
		return
	}
	http.ServeFileFS(w, r, s.cfg.Page, "index.html")
}

// storageAccess serves the page that embedding pages load first if they ask for the panel's cookies. It needs no session, which it might
// not see yet. Source: what Amazon Connect Streams sends and takes.
func (s *server) storageAccess(w http.ResponseWriter, r *http.Request) {
	s.headers(w)
	http.ServeFileFS(w, r, s.cfg.Page, "storage-access.html")
}

// sessionOfPage is what the page needs to start; no other origin can read it.
func (s *server) sessionOfPage(w http.ResponseWriter, r *http.Request) {
	v, token, err := s.browser(r)
	if err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "sign in")
		return
	}
	s.cfg.Centre.SignedIn(v.Agent)
	user, err := s.cfg.Centre.User(v.Agent)
	if err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "sign in")
		return
	}
	instance := s.cfg.Centre.State().Instance
	o := s.cfg.Origin
	reply(w, map[string]string{
		"authToken": token, "authTokenExpiration": time.Unix(v.Expires, 0).UTC().Format(time.RFC3339),
		"refreshToken": "sandbox", "region": instance.Region, "endpoint": o + "/api",
		"agentAppEndpoint": o + "/agent-app/api", "authCookieName": sessionCookie, "taskTemplatesEndpoint": o +
			"/task-templates/api/ccp", "authorizeEndpoint": o + "/auth/authorize",
		"loginEndpoint": o + "/login?destination=" + url.QueryEscape("/ccp-v2/"), "instanceAlias": instance.Alias,
		"agentName": user.FirstName + " " + user.LastName, "username": user.Username,
	})
}

func style(w http.ResponseWriter, _ *http.Request) {
	body, err := files.ReadFile("pages/style.css")
	if err != nil {
		http.Error(w, "missing", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(body)
}

func reply(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(body)
}

// fail is the service's own error. Source: §2.
func fail(w http.ResponseWriter, status int, kind, text string) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.Header().Set("X-Amzn-ErrorType", kind)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"__type": kind, "message": text})
}
