package cti

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/internal/secret"
)

const (
	perAddress rate.Limit = 10 // sign-ins a second
	perUser    rate.Limit = 1
	maxKeys               = 4096 // addresses, and user names, that are counted at once
)

type loginForm struct {
	Username, Message, Destination, Alias string
	Console                               bool // it is the console that asks
}

// local keeps a destination only within this origin.
func local(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(target, "/") ||
		strings.HasPrefix(target, "//") || strings.Contains(target, `\`) || len(target) > 2000 {
		return "/ccp-v2/"
	}
	return target
}

func (s *server) loginPage(w http.ResponseWriter, r *http.Request) {
	s.showLogin(w, r, http.StatusOK, loginForm{Destination: local(r.URL.Query().Get("destination"))})
}

func (s *server) showLogin(w http.ResponseWriter, r *http.Request, status int, form loginForm) {
	form.Console = s.cfg.Console != "" && (form.Destination == "/" || strings.HasPrefix(form.Destination, s.cfg.Console))
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
	case !s.mayTry(r, form.Username):
		form.Message = "Too many attempts. Please try again in a minute."
		s.showLogin(w, r, http.StatusTooManyRequests, form)
		return
	}
	user, err := s.cfg.Centre.CheckPassword(form.Username, secret.String(r.PostFormValue("password")))
	if err != nil { // the same words for an unknown user, a wrong password and a locked account: they must not tell which it is
		form.Message = "Authentication failed. Check your username and password. Ten wrong passwords lock an account for 15 minutes."
		s.showLogin(w, r, http.StatusUnauthorized, form)
		return
	}
	now := s.cfg.Clock.Now()
	token := s.sign(session{Agent: user.ID, Began: now.UnixMilli(), Expires: now.Add(sessionLife).Unix(), Nonce: random()})
	s.setCookie(w, sessionCookie, token, int(sessionLife.Seconds()))
	s.cfg.Log.Info("agent signed in", "agent", user.Username)
	http.Redirect(w, r, form.Destination, http.StatusSeeOther)
}

// mayTry counts attempts by address and by user name, known or not.
func (s *server) mayTry(r *http.Request, username string) bool {
	now := s.cfg.Clock.Now()
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	username = strings.ToLower(username)
	return s.addresses.allow(host, now) && s.names.allow(username[:min(len(username), 100)], now)
}

// logout ends the session everywhere: the cookie, the bearer token, and what hangs on them.
func (s *server) logout(w http.ResponseWriter, r *http.Request) {
	if v, _, err := s.browser(r); err == nil {
		if err := s.cfg.Centre.Revoke(v.Agent, v.Nonce, time.Unix(v.Expires, 0)); err != nil {
			s.cfg.Log.Error("session not revoked", "err", err)
			http.Error(w, "You could not be signed out. Please try again.", http.StatusInternalServerError)
			return
		}
		s.sessions.end(v.Nonce)
		s.cfg.Centre.SignedOut(v.Agent)
	}
	s.setCookie(w, sessionCookie, "", -1)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}
