package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/patchcord/patchcord/sandbox/crm"
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
	case q.Get("response_type") != "code":
		back(w, r, redirect, url.Values{"error": {"unsupported_response_type"}, "error_description": {"response type not supported"}})
		return
	case app.pkce && q.Get("code_challenge") == "", q.Get("code_challenge_method") != "" && q.Get("code_challenge_method") != "S256":
		back(w, r, redirect, url.Values{"error": {"invalid_request"}, "error_description": {"missing required code challenge"}, "state": {q.Get("state")}})
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
	grant := code{user: user, client: app.key, redirect: redirect, challenge: q.Get("code_challenge"), scope: scopes(app, q.Get("scope"))}
	switch {
	case app.approved(actor):
		back(w, r, redirect, url.Values{"code": {a.putCode(grant)}, "state": {q.Get("state")}})
	case app.adminApproved:
		back(w, r, redirect, url.Values{"error": {"OAUTH_APP_ACCESS_DENIED"}, "error_description": {"user is not admin approved to access this app"}, "state": {q.Get("state")}})
	default:
		a.page(w, http.StatusOK, "approve.html", map[string]string{"App": app.label, "User": actor.User().Name, "Code": a.putCode(grant), "State": q.Get("state"), "Redirect": redirect})
	}
}

// approve is the person's answer on the page Allow Access?
func (a *Auth) approve(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	key := r.PostFormValue("code")
	grant, ok := a.takeCode(key)
	user, err := a.Browser(r)
	if !ok || err != nil || user != grant.user {
		a.refuse(w, "OAUTH_APPROVAL_ERROR_GENERIC", "An unexpected error has occurred during authentication. Please try again.")
		return
	}
	values := url.Values{"state": {r.PostFormValue("state")}}
	if r.PostFormValue("allow") == "" {
		values.Set("error", "access_denied")
		values.Set("error_description", "end-user denied authorization")
	} else {
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

// scopes are those asked for that the app has; all of the app's when none are asked for.
func scopes(app client, asked string) string {
	if asked == "" {
		return strings.Join(app.scopes, " ")
	}
	var given []string
	for s := range strings.FieldsSeq(asked) {
		if s == "offline_access" {
			s = "refresh_token"
		}
		if slices.Contains(app.scopes, s) || slices.Contains(app.scopes, "full") {
			given = append(given, s)
		}
	}
	return strings.Join(given, " ")
}

// oauthError is the token endpoint's own shape.
type oauthError struct {
	status      int
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

func (e *oauthError) Error() string { return e.Code + ": " + e.Description }

func refused(code, description string) *oauthError {
	return &oauthError{http.StatusBadRequest, code, description}
}

type tokenAnswer struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token,omitempty"`
	Signature    string `json:"signature"`
	Scope        string `json:"scope"`
	InstanceURL  string `json:"instance_url"`
	ID           string `json:"id"`
	TokenType    string `json:"token_type"`
	IssuedAt     string `json:"issued_at"`
}

// token is POST /services/oauth2/token. Source: salesforce-surface.md §1.2, §1.3.
func (a *Auth) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		answer(w, http.StatusBadRequest, refused("invalid_request", "malformed form"))
		return
	}
	if id, password, ok := r.BasicAuth(); ok {
		r.PostForm.Set("client_id", id)
		r.PostForm.Set("client_secret", password)
	}
	grants := map[string]func(context.Context, url.Values) (code, bool, error){
		"authorization_code": a.byCode,
		"refresh_token":      a.byRefresh,
		"urn:ietf:params:oauth:grant-type:jwt-bearer": a.byJWT,
	}
	grant, known := grants[r.PostFormValue("grant_type")]
	if !known {
		answer(w, http.StatusBadRequest, refused("unsupported_grant_type", "grant type not supported"))
		return
	}
	given, fresh, err := grant(r.Context(), r.PostForm)
	if e, ok := errors.AsType[*oauthError](err); ok {
		answer(w, e.status, e)
		return
	}
	var out tokenAnswer
	if err == nil {
		out, err = a.issue(r.Context(), given, fresh)
	}
	if err != nil {
		a.cfg.Log.ErrorContext(r.Context(), "token not issued", "err", err)
		answer(w, http.StatusInternalServerError, &oauthError{Code: "server_error", Description: "try again"})
		return
	}
	answer(w, http.StatusOK, out)
}

func (a *Auth) issue(ctx context.Context, c code, fresh bool) (tokenAnswer, error) {
	access, err := a.cfg.Org.CreateSession(ctx, crm.Session{User: c.user, Kind: "api", Client: c.client}, apiLife)
	if err != nil {
		return tokenAnswer{}, err
	}
	out := tokenAnswer{
		AccessToken: access, Scope: c.scope, InstanceURL: a.cfg.Origin, TokenType: "Bearer", ID: a.idURL(c.user),
		IssuedAt: strconv.FormatInt(a.cfg.Clock.Now().UnixMilli(), 10),
	}
	if fresh && slices.Contains(strings.Fields(c.scope), "refresh_token") {
		if out.RefreshToken, err = a.cfg.Org.CreateRefresh(ctx, c.user, c.client, c.scope); err != nil {
			return tokenAnswer{}, err
		}
	}
	mac := hmac.New(sha256.New, []byte(c.client))
	mac.Write([]byte(out.ID + out.IssuedAt))
	out.Signature = base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return out, nil
}

func (a *Auth) idURL(user crm.RecordID) string {
	return a.cfg.Origin + "/id/" + string(a.cfg.Org.ID()) + "/" + string(user)
}

func (a *Auth) byCode(ctx context.Context, form url.Values) (code, bool, error) {
	app, err := a.app(ctx, form.Get("client_id"))
	if err != nil {
		return code{}, false, refused("invalid_client_id", "client identifier invalid")
	}
	c, ok := a.takeCode(form.Get("code"))
	switch {
	case !ok || c.client != app.key:
		return code{}, false, refused("invalid_grant", "expired authorization code")
	case c.redirect != form.Get("redirect_uri"):
		return code{}, false, refused("redirect_uri_mismatch", "redirect_uri must match configuration")
	}
	if c.challenge != "" {
		sum := sha256.Sum256([]byte(form.Get("code_verifier")))
		if subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(c.challenge)) != 1 {
			return code{}, false, refused("invalid_grant", "invalid code verifier")
		}
	}
	return c, true, app.checkSecret(form.Get("client_secret"), c.challenge != "")
}

func (a *Auth) byRefresh(ctx context.Context, form url.Values) (code, bool, error) {
	app, err := a.app(ctx, form.Get("client_id"))
	if err != nil {
		return code{}, false, refused("invalid_client_id", "client identifier invalid")
	}
	user, scope, err := a.cfg.Org.Refresh(ctx, form.Get("refresh_token"), app.key)
	if errors.Is(err, crm.ErrNoSession) {
		return code{}, false, refused("invalid_grant", "expired access/refresh token")
	}
	if err != nil {
		return code{}, false, err
	}
	if _, err := a.cfg.Org.As(ctx, user); err != nil {
		return code{}, false, refused("invalid_grant", "inactive user")
	}
	return code{user: user, client: app.key, scope: scope}, false, nil
}

// byJWT is the bearer flow. exp may lie far ahead: a published client counts it in milliseconds.
func (a *Auth) byJWT(ctx context.Context, form url.Values) (code, bool, error) {
	claims := jwt.MapClaims{}
	var app client
	_, err := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithTimeFunc(a.cfg.Clock.Now), jwt.WithLeeway(3*time.Minute)).
		ParseWithClaims(form.Get("assertion"), claims, func(*jwt.Token) (any, error) {
			issuer, err := claims.GetIssuer()
			if err != nil {
				return nil, err
			}
			if app, err = a.app(ctx, issuer); err != nil {
				return nil, err
			}
			if app.certificate == nil {
				return nil, errors.New("the app has no certificate")
			}
			return app.certificate, nil
		})
	if err != nil {
		return code{}, false, refused("invalid_grant", "invalid assertion")
	}
	audience, err := claims.GetAudience()
	if err != nil || !slices.ContainsFunc(audience, func(aud string) bool { return strings.TrimRight(aud, "/") == a.cfg.Origin }) {
		return code{}, false, refused("invalid_grant", "audience is invalid")
	}
	subject, err := claims.GetSubject()
	if err != nil {
		return code{}, false, refused("invalid_grant", "invalid assertion")
	}
	user, err := a.cfg.Org.UserByName(ctx, subject)
	if err != nil {
		return code{}, false, refused("invalid_grant", "user hasn't approved this consumer")
	}
	actor, err := a.cfg.Org.As(ctx, user.ID)
	if err != nil {
		return code{}, false, refused("invalid_grant", "inactive user")
	}
	if !app.approved(actor) {
		return code{}, false, refused("invalid_grant", "user hasn't approved this consumer")
	}
	return code{user: user.ID, client: app.key, scope: strings.Join(app.scopes, " ")}, false, nil
}

func (a *Auth) revoke(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	known, err := a.cfg.Org.Revoke(r.Context(), r.FormValue("token"))
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
	s, err := a.cfg.Org.Session(r.Context(), r.FormValue("token"))
	if app, appErr := a.app(r.Context(), r.FormValue("client_id")); err != nil || appErr != nil || s.Client != app.key {
		answer(w, http.StatusOK, map[string]bool{"active": false})
		return
	}
	user, err := a.cfg.Org.User(r.Context(), s.User)
	if err != nil {
		a.broken(w, r, err)
		return
	}
	answer(w, http.StatusOK, map[string]any{"active": true, "client_id": s.Client, "username": user.Username, "sub": a.idURL(s.User), "token_type": "access_token"})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
