// Package auth is the CRM's doors: the log-in page, OAuth, SOAP login, identity.
//
// Read first: New, Auth.Handler, Auth.User. It knows who somebody is, nothing of what they may do with records.
package auth

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

//go:embed pages/*
var files embed.FS

var pages = template.Must(template.ParseFS(files, "pages/*.html"))

const (
	sidCookie   = "sid"
	loginCookie = "sid_login" // ties a form to the browser that was given it
	uiLife      = 12 * time.Hour
	apiLife     = 2 * time.Hour
	codeLife    = 15 * time.Minute
	maxForm     = 64 << 10
	maxCodes    = 10_000
)

// Config says which org the doors are of.
type Config struct {
	Org    *crm.Org
	Origin string // such as http://localhost:8080
	Clock  clock.Clock
	Log    *slog.Logger
}

// Auth is safe for concurrent use.
type Auth struct {
	cfg      Config
	attempts *rate.Limiter // of log-ins, everybody together

	mu    sync.Mutex // guards codes
	codes map[string]code
}

// code is an authorisation code that nobody has exchanged yet.
type code struct {
	user                               schema.RecordID
	client, redirect, challenge, scope string
	session                            string // of the browser, for the door
	pending                            bool   // the person has not allowed it yet
	expires                            time.Time
}

// New starts nothing.
func New(cfg Config) *Auth {
	return &Auth{cfg: cfg, attempts: rate.NewLimiter(20, 40), codes: map[string]code{}}
}

// Handler serves the doors. Paths follow the platform; see routes.
func (a *Auth) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", a.root)
	mux.HandleFunc("GET /login", a.loginPage)
	mux.HandleFunc("GET /login.jsp", a.loginPage)
	mux.HandleFunc("POST /login", a.login)
	mux.HandleFunc("GET /login/style.css", style)
	mux.HandleFunc("GET /secur/forgotpassword.jsp", a.forgotPage)
	mux.HandleFunc("POST /secur/forgotpassword.jsp", a.forgot)
	mux.HandleFunc("GET "+changePath, a.changePage)
	mux.HandleFunc("POST "+changePath, a.change)
	mux.HandleFunc("GET /secur/logout.jsp", a.logout)
	mux.HandleFunc("POST /secur/logout.jsp", a.logout)
	mux.HandleFunc("GET /secur/frontdoor.jsp", a.frontdoor)
	mux.HandleFunc("POST /secur/frontdoor.jsp", a.frontdoor)
	mux.HandleFunc("GET /services/oauth2/authorize", a.authorize)
	mux.HandleFunc("POST /services/oauth2/approve", a.approve)
	mux.HandleFunc("POST /services/oauth2/token", a.token)
	mux.HandleFunc("/services/oauth2/revoke", a.revoke)
	mux.HandleFunc("POST /services/oauth2/introspect", a.introspect)
	mux.HandleFunc("/services/oauth2/userinfo", a.userInfo)
	mux.HandleFunc("/services/oauth2/singleaccess", a.singleAccess)
	mux.HandleFunc("GET /id/{org}/{user}", a.identity)
	mux.HandleFunc("GET /.well-known/openid-configuration", a.discovery)
	mux.HandleFunc("POST /services/Soap/u/", a.soap)
	mux.HandleFunc("POST /services/Soap/c/", a.soap)
	return mux
}

// Bearer is the session id in an Authorization header; "" if there is none.
func Bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth") {
		return strings.TrimSpace(token)
	}
	return ""
}

// User says who sends an API request, by its Authorization header; crm.ErrNoSession if nobody whom we know.
func (a *Auth) User(r *http.Request) (schema.RecordID, error) {
	return a.session(r.Context(), Bearer(r))
}

// Browser says who looks at a page, by the cookie sid; people.ErrNoSession too for a session that opens no pages.
func (a *Auth) Browser(r *http.Request) (schema.RecordID, error) {
	cookie, err := r.Cookie(sidCookie)
	if err != nil {
		return "", people.ErrNoSession
	}
	s, err := a.cfg.Org.People.Session(r.Context(), cookie.Value)
	if err == nil && !s.OpensPages() {
		err = people.ErrNoSession
	}
	if err != nil {
		return "", err
	}
	return s.User, nil
}

func (a *Auth) session(ctx context.Context, token string) (schema.RecordID, error) {
	if token == "" {
		return "", people.ErrNoSession
	}
	s, err := a.cfg.Org.People.Session(ctx, token)
	return s.User, err
}

func (a *Auth) root(w http.ResponseWriter, r *http.Request) {
	if token := r.URL.Query().Get("c"); token != "" {
		a.followLink(w, r, token)
		return
	}
	if _, err := a.Browser(r); err == nil {
		http.Redirect(w, r, "/lightning/page/home", http.StatusFound)
		return
	}
	a.loginPage(w, r)
}

// loginForm is what the log-in page shows.
type loginForm struct {
	Username, Message, Start, Token string
	Remember                        bool
}

func (a *Auth) loginPage(w http.ResponseWriter, r *http.Request) {
	start := r.URL.Query().Get("startURL")
	if start == "" {
		start = r.URL.Query().Get("retURL")
	}
	remembered, err := r.Cookie("login")
	form := loginForm{Start: a.local(start)}
	if err == nil {
		form.Username, form.Remember = remembered.Value, true
	}
	a.showLogin(w, r, http.StatusOK, form)
}

func (a *Auth) showLogin(w http.ResponseWriter, r *http.Request, status int, form loginForm) {
	form.Token = giveToken(w, r)
	a.page(w, status, "login.html", form)
}

// giveToken is what a form must send back from the browser that it was given to.
func giveToken(w http.ResponseWriter, r *http.Request) string {
	token := newToken()
	if cookie, err := r.Cookie(loginCookie); err == nil && len(cookie.Value) == len(token) {
		token = cookie.Value
	}
	setCookie(w, r, loginCookie, token, 3600)
	return token
}

// ownForm says whether a form was given to this browser. Its body has been read.
func ownForm(r *http.Request) bool {
	cookie, err := r.Cookie(loginCookie)
	return err == nil && cookie.Value != "" && cookie.Value == r.PostFormValue("token")
}

// local keeps a way back only if it stays on the org's own hosts.
func (a *Auth) local(target string) string {
	u, err := url.Parse(target)
	if err != nil || len(target) > 4000 || strings.HasPrefix(target, "//") || strings.Contains(target, `\`) {
		return ""
	}
	if u.Scheme == "" && u.Host == "" && strings.HasPrefix(target, "/") {
		return target
	}
	if origin := u.Scheme + "://" + u.Host; origin == a.cfg.Origin || origin == a.cfg.Org.VisualforceOrigin() {
		return target
	}
	return ""
}

const (
	badCredentials = "Please check your username and password. If you still can't log in, contact your Salesforce administrator."
	lockedOut      = "Your account is locked because of too many failed attempts. Try again in 15 minutes, or contact " +
		"your Salesforce administrator."
)

// login is POST /login: a form with username, password and, unless it comes from a script of the user's own, its token.
func (a *Auth) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		a.showLogin(w, r, http.StatusBadRequest, loginForm{Message: "That was too much text for a user name and a password."})
		return
	}
	form := loginForm{Username: r.PostFormValue("username"), Start: a.local(r.PostFormValue("startURL")),
		Remember: r.PostFormValue("rememberUn") != ""}
	if !ownForm(r) {
		form.Message = "Your log-in page had expired. Please try again."
		a.showLogin(w, r, http.StatusForbidden, form)
		return
	}
	if !a.attempts.Allow() {
		form.Message = "Too many people are logging in at once. Please try again in a minute."
		a.showLogin(w, r, http.StatusTooManyRequests, form)
		return
	}
	user, err := a.cfg.Org.People.CheckPassword(r.Context(), form.Username, secret.String(r.PostFormValue("password")))
	if err != nil {
		a.cfg.Log.InfoContext(r.Context(), "log-in refused", "user", short(form.Username), "err", err)
		form.Message = badCredentials
		if errors.Is(err, people.ErrLocked) {
			form.Message = lockedOut
		}
		a.showLogin(w, r, http.StatusUnauthorized, form)
		return
	}
	a.enter(w, r, user.ID, form)
}

// enter opens a session for the browser and goes on.
func (a *Auth) enter(w http.ResponseWriter, r *http.Request, user schema.RecordID, form loginForm) {
	token, err := a.cfg.Org.People.CreateSession(r.Context(), people.Session{User: user, Kind: "ui"}, uiLife)
	if errors.Is(err, people.ErrInactive) {
		form.Message = badCredentials
		a.showLogin(w, r, http.StatusUnauthorized, form)
		return
	}
	if err != nil {
		a.broken(w, r, err)
		return
	}
	setCookie(w, r, sidCookie, token, 0)
	if form.Remember {
		setCookie(w, r, "login", form.Username, 365*24*3600)
	} else {
		setCookie(w, r, "login", "", -1)
	}
	start := form.Start
	if start == "" {
		start = "/lightning/page/home"
	}
	http.Redirect(w, r, start, http.StatusSeeOther)
}

func (a *Auth) logout(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(sidCookie); err == nil {
		if _, err := a.cfg.Org.People.Revoke(r.Context(), cookie.Value); err != nil {
			a.broken(w, r, err)
			return
		}
	}
	setCookie(w, r, sidCookie, "", -1)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// frontdoor turns a session id, or a single-use password from singleaccess, into a browser's session. retURL and startURL go with a
// session id, which a form may carry too; where a password leads was said when it was asked for.
func (a *Auth) frontdoor(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		a.showLogin(w, r, http.StatusBadRequest, loginForm{})
		return
	}
	q := r.Form
	if otp, ok := a.takeCode(q.Get("otp")); ok && otp.client == otpClient {
		a.enter(w, r, otp.user, loginForm{Start: otp.redirect})
		return
	}
	form := loginForm{Start: a.local(q.Get("retURL"))}
	if form.Start == "" {
		form.Start = a.local(q.Get("startURL"))
	}
	session, err := a.cfg.Org.People.Session(r.Context(), q.Get("sid"))
	if err != nil || !session.OpensPages() {
		a.showLogin(w, r, http.StatusUnauthorized, loginForm{Start: form.Start})
		return
	}
	a.enter(w, r, session.User, form)
}

func setCookie(w http.ResponseWriter, r *http.Request, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true,
		Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode})
}

func (a *Auth) page(w http.ResponseWriter, status int, name string, data any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache, no-store, must-revalidate")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action *; "+
		"base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "origin-when-cross-origin")
	w.WriteHeader(status)
	if err := pages.ExecuteTemplate(w, name, data); err != nil {
		a.cfg.Log.Error("page not written", "page", name, "err", err)
	}
}

func (a *Auth) broken(w http.ResponseWriter, r *http.Request, err error) {
	a.cfg.Log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "err", err)
	a.page(w, http.StatusInternalServerError, "message.html", map[string]string{"Title": "Something went wrong",
		"Text": "An internal error occurred. Please try again."})
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

func short(text string) string { return text[:min(len(text), 80)] }
