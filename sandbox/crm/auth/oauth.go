package auth

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// otpClient marks codes that are single-use passwords for frontdoor.
const otpClient = "\x00frontdoor"

func newToken() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

func (a *Auth) putCode(c code) string {
	now := a.cfg.Clock.Now()
	c.expires = now.Add(codeLife)
	key := "aPrx" + newToken()
	a.mu.Lock()
	defer a.mu.Unlock()
	for old, other := range a.codes {
		if len(a.codes) >= maxCodes || other.expires.Before(now) {
			delete(a.codes, old)
		}
	}
	a.codes[key] = c
	return key
}

func (a *Auth) takeCode(key string) (code, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, ok := a.codes[key]
	delete(a.codes, key)
	return c, ok && c.expires.After(a.cfg.Clock.Now())
}

// authorize is the web server flow's first step. An unknown client or redirect is shown to the person; all else goes to the redirect.
func (a *Auth) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	app, err := a.app(r.Context(), q.Get("client_id"))
	if err != nil {
		a.refuse(w, "invalid_client_id", "client identifier invalid")
		return
	}
	redirect := q.Get("redirect_uri")
	if !slices.Contains(app.redirects, redirect) {
		a.refuse(w, "redirect_uri_mismatch", "redirect_uri must match configuration")
		return
	}
	switch {
	case app.blocked:
		back(w, r, redirect, url.Values{"error": {errBlocked.Code}, "error_description": {errBlocked.Description}, "state": {q.Get("state")}})
		return
	case q.Get("response_type") != "code":
		back(w, r, redirect, url.Values{"error": {"unsupported_response_type"}, "error_description": {"response type not supported"}})
		return
	case app.pkce && q.Get("code_challenge") == "", q.Get("code_challenge_method") != "" && q.Get("code_challenge_method") != "S256":
		back(w, r, redirect, url.Values{"error": {"invalid_request"},
			"error_description": {"missing required code challenge"}, "state": {q.Get("state")}})
		return
	}
	scope, has := scopes(app, q.Get("scope"))
	if !has {
		back(w, r, redirect, url.Values{"error": {"invalid_scope"},
			"error_description": {"the requested scope is not allowed"}, "state": {q.Get("state")}})
		return
	}
	user, err := a.Browser(r)
	if err != nil || q.Get("prompt") == "login" && r.URL.Query().Get("again") == "" {
		if err == nil {
			_ = err // the person is asked again even though the browser is signed in
		}
		again := *r.URL
		values := again.Query()
		values.Set("again", "1")
		again.RawQuery = values.Encode()
		http.Redirect(w, r, "/login?startURL="+url.QueryEscape(again.RequestURI()), http.StatusFound)
		return
	}
	actor, err := a.cfg.Org.As(r.Context(), user)
	if err != nil {
		a.broken(w, r, err)
		return
	}
	grant := code{user: user, client: app.key, redirect: redirect, challenge: q.Get("code_challenge"), scope: scope}
	approved, err := app.approved(r.Context(), actor)
	switch {
	case err != nil:
		a.broken(w, r, err)
	case approved:
		back(w, r, redirect, url.Values{"code": {a.putCode(grant)}, "state": {q.Get("state")}})
	case app.policy.Permitted == clientapp.AdminApproved:
		back(w, r, redirect, url.Values{"error": {"OAUTH_APP_ACCESS_DENIED"},
			"error_description": {errNotApproved.Description}, "state": {q.Get("state")}})
	default:
		grant.pending = true
		a.page(w, http.StatusOK, "approve.html", map[string]string{"App": app.label, "User": actor.User().Name,
			"Code": a.putCode(grant), "State": q.Get("state"), "Redirect": redirect})
	}
}

// approve is the person's answer on the page Allow Access?
func (a *Auth) approve(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	key := r.PostFormValue("code")
	grant, ok := a.takeCode(key)
	user, err := a.Browser(r)
	if !ok || !grant.pending || err != nil || user != grant.user {
		a.refuse(w, "OAUTH_APPROVAL_ERROR_GENERIC", "An unexpected error has occurred during authentication. Please try again.")
		return
	}
	values := url.Values{"state": {r.PostFormValue("state")}}
	if r.PostFormValue("allow") == "" {
		values.Set("error", "access_denied")
		values.Set("error_description", "end-user denied authorization")
	} else {
		grant.pending = false
		values.Set("code", a.putCode(grant))
	}
	back(w, r, grant.redirect, values)
}

func (a *Auth) refuse(w http.ResponseWriter, code, text string) {
	a.page(w, http.StatusBadRequest, "message.html", map[string]string{"Title": "OAuth Error", "Text": text, "Code": code})
}

func back(w http.ResponseWriter, r *http.Request, redirect string, values url.Values) {
	if values.Get("state") == "" {
		values.Del("state")
	}
	u, err := url.Parse(redirect)
	if err != nil {
		http.Error(w, "bad redirect", http.StatusBadRequest)
		return
	}
	q := u.Query()
	for k, v := range values {
		q[k] = v
	}
	u.RawQuery = q.Encode()
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, u.String(), http.StatusFound)
}

// identityScopes are those that the scope id stands for.
var identityScopes = []string{"profile", "email", "address", "phone"}

// scopes are those asked for, all of the app's when none are; false if the app does not have one of them.
func scopes(app client, asked string) (string, bool) {
	if asked == "" {
		return strings.Join(app.scopes, " "), true
	}
	has := func(s string) bool {
		return slices.Contains(app.scopes, s) || s != "refresh_token" && slices.Contains(app.scopes, "full") ||
			slices.Contains(identityScopes, s) && slices.Contains(app.scopes, "id")
	}
	var given []string
	for s := range strings.FieldsSeq(asked) {
		if s == "offline_access" {
			s = "refresh_token"
		}
		if !has(s) {
			return "", false
		}
		given = append(given, s)
	}
	return strings.Join(given, " "), true
}

func (a *Auth) idURL(user schema.RecordID) string {
	return a.cfg.Origin + "/id/" + string(a.cfg.Org.ID()) + "/" + string(user)
}

func (a *Auth) revoke(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	known, err := a.cfg.Org.People.Revoke(r.Context(), r.FormValue("token"))
	switch {
	case err != nil:
		a.broken(w, r, err)
	case !known:
		answer(w, http.StatusBadRequest, refused("unsupported_token_type", "this token type is not supported"))
	default:
		w.WriteHeader(http.StatusOK)
	}
}

func (a *Auth) introspect(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	s, err := a.cfg.Org.People.Session(r.Context(), r.FormValue("token"))
	if app, appErr := a.app(r.Context(), r.FormValue("client_id")); err != nil || appErr != nil || s.Client != app.key {
		answer(w, http.StatusOK, map[string]bool{"active": false})
		return
	}
	user, err := a.cfg.Org.People.User(r.Context(), s.User)
	if err != nil {
		a.broken(w, r, err)
		return
	}
	answer(w, http.StatusOK, map[string]any{"active": true, "client_id": s.Client, "username": user.Username,
		"sub": a.idURL(s.User), "token_type": "access_token"})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
