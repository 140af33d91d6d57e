package cti

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/connect"
)

const (
	sessionCookie = "lily-auth-sandbox"
	sessionLife   = 12 * time.Hour
)

// session is what a token says; it is signed, not stored, so that it outlives a restart.
type session struct {
	Agent   connect.AgentID `json:"a"`
	Expires int64           `json:"e"` // epoch seconds
	Nonce   string          `json:"n"`
}

func random() string {
	raw := make([]byte, 18)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

func (s *server) sign(v session) string {
	body, _ := json.Marshal(v) // plain fields never fail
	head := base64.RawURLEncoding.EncodeToString(body)
	return head + "." + base64.RawURLEncoding.EncodeToString(s.mac(head))
}

func (s *server) mac(text string) []byte {
	m := hmac.New(sha256.New, s.cfg.Key)
	m.Write([]byte("agent session\x00" + text))
	return m.Sum(nil)
}

var errNoSession = errors.New("no session")

// open reads a token; errNoSession if it is not ours, too old, or of nobody.
func (s *server) open(token string) (session, error) {
	head, tail, _ := strings.Cut(token, ".")
	given, err := base64.RawURLEncoding.DecodeString(tail)
	if err != nil || !hmac.Equal(given, s.mac(head)) {
		return session{}, errNoSession
	}
	body, err := base64.RawURLEncoding.DecodeString(head)
	var v session
	if err != nil || json.Unmarshal(body, &v) != nil || v.Expires <= s.cfg.Clock.Now().Unix() {
		return session{}, errNoSession
	}
	_, err = s.cfg.Centre.User(v.Agent)
	return v, err
}

func (s *server) browser(r *http.Request) (session, string, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return session{}, "", errNoSession
	}
	v, err := s.open(cookie.Value)
	if v.Nonce == socketNonce {
		return session{}, "", errNoSession
	}
	return v, cookie.Value, err
}

type loginForm struct{ Username, Message, Destination, Alias string }

// local keeps a destination only within this origin.
func local(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") || strings.Contains(target, `\`) || len(target) > 2000 {
		return "/ccp-v2/"
	}
	return target
}

func (s *server) loginPage(w http.ResponseWriter, r *http.Request) {
	s.showLogin(w, r, http.StatusOK, loginForm{Destination: local(r.URL.Query().Get("destination"))})
}

func (s *server) showLogin(w http.ResponseWriter, r *http.Request, status int, form loginForm) {
	form.Alias = s.cfg.Centre.State().Instance.Alias
	s.headers(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := pages.ExecuteTemplate(w, "login.html", form); err != nil {
		s.cfg.Log.Error("page not written", "err", err)
	}
}

// sameOrigin keeps other sites from signing a browser in as somebody else. A token in a cookie would not do: the sign-in window and the
// framed panel show this page at the same time, and would overwrite each other's.
var sameOrigin = http.NewCrossOriginProtection()

func (s *server) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	form := loginForm{}
	if err := r.ParseForm(); err != nil {
		form.Message = "That was too much text for a user name and a password."
		s.showLogin(w, r, http.StatusBadRequest, form)
		return
	}
	form.Username, form.Destination = r.PostFormValue("username"), local(r.PostFormValue("destination"))
	switch {
	case sameOrigin.Check(r) != nil:
		form.Message = "Sign in from this page. Please try again."
		s.showLogin(w, r, http.StatusForbidden, form)
		return
	case !s.attempts.Allow():
		form.Message = "Too many people are signing in at once. Please try again in a minute."
		s.showLogin(w, r, http.StatusTooManyRequests, form)
		return
	}
	user, err := s.cfg.Centre.CheckPassword(form.Username, secret.String(r.PostFormValue("password")))
	if err != nil {
		form.Message = "Authentication failed. Check your username and password."
		if errors.Is(err, connect.ErrLocked) {
			form.Message = "Your account is locked after too many failed attempts. Try again in 15 minutes."
		}
		s.showLogin(w, r, http.StatusUnauthorized, form)
		return
	}
	token := s.sign(session{Agent: user.ID, Expires: s.cfg.Clock.Now().Add(sessionLife).Unix(), Nonce: random()})
	setCookie(w, r, sessionCookie, token, int(sessionLife.Seconds()))
	s.cfg.Log.Info("agent signed in", "agent", user.Username)
	http.Redirect(w, r, form.Destination, http.StatusSeeOther)
}

func (s *server) logout(w http.ResponseWriter, r *http.Request) {
	if v, _, err := s.browser(r); err == nil {
		s.cfg.Centre.SignedOut(v.Agent)
	}
	setCookie(w, r, sessionCookie, "", -1)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

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
	if _, err := s.open(r.Header.Get("X-Amz-Bearer")); err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "sign in")
		return
	}
	origins := s.cfg.Centre.State().Origins
	if origins == nil {
		origins = []string{}
	}
	reply(w, map[string][]string{"whitelistedOrigins": origins})
}

func setCookie(w http.ResponseWriter, r *http.Request, name, value string, age int) {
	same := http.SameSiteLaxMode
	if r.TLS != nil {
		same = http.SameSiteNoneMode
	}
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: r.TLS != nil, SameSite: same})
}

// headers lets approved origins frame the page, and nobody else; that is how the service enforces them.
func (s *server) headers(w http.ResponseWriter) {
	h := w.Header()
	ancestors := strings.Join(append([]string{"'self'"}, s.cfg.Centre.State().Origins...), " ")
	h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob: data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors "+ancestors)
	h.Set("Permissions-Policy", "microphone=(self), camera=()")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cache-Control", "no-store")
}

// panel serves the page to who is signed in; others are sent to sign in.
func (s *server) panel(w http.ResponseWriter, r *http.Request) {
	s.headers(w)
	path := r.PathValue("path")
	if path != "" && path != "index.html" {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, s.cfg.Page, path)
		return
	}
	if _, _, err := s.browser(r); err != nil {
		http.Redirect(w, r, "/login?destination="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
		return
	}
	http.ServeFileFS(w, r, s.cfg.Page, "index.html")
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
		"authToken": token, "authTokenExpiration": time.Unix(v.Expires, 0).UTC().Format(time.RFC3339), "refreshToken": "sandbox", "region": instance.Region, "endpoint": o + "/api",
		"agentAppEndpoint": o + "/agent-app/api", "authCookieName": sessionCookie, "taskTemplatesEndpoint": o + "/task-templates/api/ccp", "authorizeEndpoint": o + "/auth/authorize",
		"loginEndpoint": o + "/login?destination=" + url.QueryEscape("/ccp-v2/"), "instanceAlias": instance.Alias, "agentName": user.FirstName + " " + user.LastName, "username": user.Username,
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
