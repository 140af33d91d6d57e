package identity

import (
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/internal/fault"
)

//go:embed pages/*
var pages embed.FS

var handover = template.Must(template.ParseFS(pages, "pages/*.html"))

// stateCookie binds the popup that started a sign-in to the one that ends it.
const stateCookie = "patchcord_signin"

// Handler serves /auth/start and /auth/callback, the two ends of the sign-in popup, and what their pages need.
func (i *Identity) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /auth/start", i.start)
	mux.HandleFunc("GET /auth/callback", i.callback)
	mux.HandleFunc("GET /auth/handover.js", asset("pages/handover.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /auth/handover.css", asset("pages/handover.css", "text/css; charset=utf-8"))
	return mux
}

func asset(file, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := pages.ReadFile(file)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(body)
	}
}

// start sends the popup of a known origin to the CRM. The page says for which user it was made; one that does not is taken at its hello.
func (i *Identity) start(w http.ResponseWriter, r *http.Request) {
	origin := r.URL.Query().Get("origin")
	if !slices.Contains(i.cfg.Origins, origin) {
		i.refuse(w, r, fault.New(fault.Denied, nil,
			"Sign-in was asked for by %q, which is not a softphone page of this adapter: add it to page_origins.", short(origin)))
		return
	}
	user := r.URL.Query().Get("user")
	if user != "" && !isUserID(user) {
		i.refuse(w, r, fault.New(fault.Invalid, nil, "%q is no Salesforce user: reload the page and try again.", short(user)))
		return
	}
	i.send(w, r, i.open(origin, user))
}

// send has a browser sign in at the CRM.
func (i *Identity) send(w http.ResponseWriter, r *http.Request, begun signIn) {
	sealed, err := i.seal(begun)
	if err != nil {
		i.refuse(w, r, err)
		return
	}
	http.SetCookie(w, i.cookie(sealed, int(signInLife.Seconds())))
	w.Header().Set("Cache-Control", "no-store")
	app := i.cfg.App
	if begun.Back != "" {
		app.Scope = "api" // nothing is kept of it; an org keeps few refresh tokens of a user, and softphones need theirs
	}
	http.Redirect(w, r, app.AuthorizeURL(begun.State, begun.Verifier), http.StatusFound)
}

// cookie is secure when browsers reach the adapter by TLS, whoever ends it.
func (i *Identity) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: stateCookie, Value: value, Path: "/auth/", HttpOnly: true, Secure: strings.HasPrefix(i.cfg.App.RedirectURL, "https:"),
		SameSite: http.SameSiteLaxMode, MaxAge: age,
	}
}

// callback ends the sign-in, hands the session to the page that opened the popup and sends the popup on to the contact centre.
func (i *Identity) callback(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var begun signIn
	cookie, err := r.Cookie(stateCookie)
	if err == nil {
		begun, err = i.take(cookie.Value, q.Get("state"))
	}
	if err != nil {
		i.refuse(w, r, fault.New(fault.Invalid, err, "This sign-in has expired or was started elsewhere: close this window and try again."))
		return
	}
	http.SetCookie(w, i.cookie("", -1))
	if problem := q.Get("error"); problem != "" {
		i.refuse(w, r, fault.New(fault.Denied, nil, "Salesforce refused the sign-in (%s: %s).", short(problem),
			short(q.Get("error_description"))))
		return
	}
	if begun.Back != "" {
		i.admit(w, r, begun)
		return
	}
	session, userID, err := i.begin(r.Context(), q.Get("code"), begun.Verifier, begun.User)
	if err != nil {
		i.refuse(w, r, err)
		return
	}
	panel, err := i.cfg.Panel(r.Context(), userID)
	if err != nil {
		i.refuse(w, r, err)
		return
	}
	i.page(w, http.StatusOK, "handover.html", map[string]any{"Session": session, "Panel": panel, "Origin": begun.Origin})
}

// isUserID is true for a user's id of 15 or 18 characters.
func isUserID(text string) bool {
	return (len(text) == 15 || len(text) == 18) && strings.HasPrefix(text, "005") && strings.Trim(text, alphanumeric) == ""
}

const alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// short is the beginning of text that somebody sent.
func short(text string) string { return text[:min(len(text), 200)] }

func (i *Identity) refuse(w http.ResponseWriter, r *http.Request, err error) {
	f := fault.Of(err)
	status := map[fault.Kind]int{fault.Invalid: 400, fault.Unsigned: 401, fault.Denied: 403, fault.Unavailable: 503}[f.Kind]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	i.cfg.Log.WarnContext(r.Context(), "sign-in refused", "kind", f.Kind, "err", err)
	i.page(w, status, "refused.html", map[string]string{"Message": f.Message})
}

func (i *Identity) page(w http.ResponseWriter, status int, name string, data any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; "+
		"form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if err := handover.ExecuteTemplate(w, name, data); err != nil {
		i.cfg.Log.Error("page not written", "err", err)
	}
}
