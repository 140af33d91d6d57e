package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

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

// granted is what a request for tokens gets.
type granted struct {
	app     client
	user    schema.RecordID
	scope   string
	fresh   bool   // with a refresh token, if the scope has it
	refresh string // the refresh token that replaces the one used
}

// token is POST /services/oauth2/token. Source: OAuth endpoints of Salesforce Help.
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
	grants := map[string]func(context.Context, url.Values) (granted, error){
		"authorization_code":                          a.byCode,
		"refresh_token":                               a.byRefresh,
		"client_credentials":                          a.byCredentials,
		"urn:ietf:params:oauth:grant-type:jwt-bearer": a.byJWT,
	}
	grant, known := grants[r.PostFormValue("grant_type")]
	if !known {
		answer(w, http.StatusBadRequest, refused("unsupported_grant_type", "grant type not supported"))
		return
	}
	given, err := grant(r.Context(), r.PostForm)
	var out tokenAnswer
	if err == nil {
		out, err = a.issue(r.Context(), given)
	}
	if errors.Is(err, people.ErrInactive) { // frozen meanwhile
		err = errInactive
	}
	if e, ok := errors.AsType[*oauthError](err); ok {
		answer(w, e.status, e)
		return
	}
	if err != nil {
		a.cfg.Log.ErrorContext(r.Context(), "token not issued", "err", err)
		answer(w, http.StatusInternalServerError, &oauthError{Code: "server_error", Description: "try again"})
		return
	}
	answer(w, http.StatusOK, out)
}

func (a *Auth) issue(ctx context.Context, g granted) (tokenAnswer, error) {
	session := people.Session{User: g.user, Kind: "api", Client: g.app.key, Scope: g.scope}
	access, err := a.cfg.Org.People.CreateSession(ctx, session, g.app.life())
	if err != nil {
		return tokenAnswer{}, err
	}
	out := tokenAnswer{
		AccessToken: access, RefreshToken: g.refresh, Scope: g.scope, InstanceURL: a.cfg.Origin, TokenType: "Bearer", ID: a.idURL(g.user),
		IssuedAt: strconv.FormatInt(a.cfg.Clock.Now().UnixMilli(), 10),
	}
	if g.fresh && slices.Contains(strings.Fields(g.scope), "refresh_token") {
		if out.RefreshToken, err = a.cfg.Org.People.CreateRefresh(ctx, g.user, g.app.key, g.scope); err != nil {
			return tokenAnswer{}, err
		}
	}
	mac := hmac.New(sha256.New, []byte(g.app.secret.Expose()))
	mac.Write([]byte(out.ID + out.IssuedAt))
	out.Signature = base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return out, nil
}

func (a *Auth) byCode(ctx context.Context, form url.Values) (granted, error) {
	app, err := a.admitted(ctx, form.Get("client_id"))
	if err != nil {
		return granted{}, err
	}
	c, ok := a.takeCode(form.Get("code"))
	switch {
	case !ok || c.pending || c.client != app.key:
		return granted{}, refused("invalid_grant", "expired authorization code")
	case c.redirect != form.Get("redirect_uri"):
		return granted{}, refused("redirect_uri_mismatch", "redirect_uri must match configuration")
	}
	if c.challenge != "" {
		sum := sha256.Sum256([]byte(form.Get("code_verifier")))
		if subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(c.challenge)) != 1 {
			return granted{}, refused("invalid_grant", "invalid code verifier")
		}
	}
	if err := app.checkSecret(form.Get("client_secret"), app.secretForWeb); err != nil {
		return granted{}, err
	}
	return granted{app: app, user: c.user, scope: c.scope, fresh: true}, a.letsIn(ctx, app, c.user)
}

func (a *Auth) byRefresh(ctx context.Context, form url.Values) (granted, error) {
	app, err := a.admitted(ctx, form.Get("client_id"))
	if err != nil {
		return granted{}, err
	}
	if err := app.checkSecret(form.Get("client_secret"), app.secretForRefresh); err != nil {
		return granted{}, err
	}
	token := form.Get("refresh_token")
	have, err := a.cfg.Org.People.Refresh(ctx, token, app.key)
	if errors.Is(err, people.ErrNoSession) {
		if err := a.cfg.Org.People.RevokeReused(ctx, token); err != nil {
			return granted{}, err
		}
	}
	if errors.Is(err, people.ErrNoSession) || err == nil && !app.policy.Refreshes(have.Issued, have.Used, a.cfg.Clock.Now()) {
		return granted{}, errExpired
	}
	if err != nil {
		return granted{}, err
	}
	if err := a.letsIn(ctx, app, have.User); err != nil {
		return granted{}, err
	}
	out := granted{app: app, user: have.User, scope: have.Scope}
	if !app.rotate {
		return out, a.cfg.Org.People.UseRefresh(ctx, token)
	}
	if out.refresh, err = a.cfg.Org.People.RotateRefresh(ctx, token); errors.Is(err, people.ErrNoSession) {
		err = errExpired
	}
	return out, err
}

var errExpired = refused("invalid_grant", "expired access/refresh token")

// letsIn wants a user who is active and whom the app's policies do not keep out.
func (a *Auth) letsIn(ctx context.Context, app client, user schema.RecordID) error {
	actor, err := a.active(ctx, user)
	if err != nil {
		return err
	}
	return app.keepsOut(ctx, actor)
}

var errInactive = refused("invalid_grant", "inactive user")

// active acts for a user who is neither inactive nor frozen.
func (a *Auth) active(ctx context.Context, user schema.RecordID) (*crm.Actor, error) {
	actor, err := a.cfg.Org.As(ctx, user)
	if err != nil {
		return nil, errInactive
	}
	frozen, err := a.cfg.Org.People.Frozen(ctx, user)
	if err == nil && frozen {
		err = errInactive
	}
	return actor, err
}

// byCredentials is the client credentials flow: the app acts as the user whom its policies name.
func (a *Auth) byCredentials(ctx context.Context, form url.Values) (granted, error) {
	app, err := a.admitted(ctx, form.Get("client_id"))
	if err != nil {
		return granted{}, err
	}
	if err := app.checkSecret(form.Get("client_secret"), true); err != nil {
		return granted{}, err
	}
	switch {
	case !app.runsAs || app.secret == "":
		return granted{}, refused("invalid_grant", "client credentials flow not enabled")
	case !app.policy.ClientCredentials || app.policy.RunAs == "":
		return granted{}, errNoUser
	}
	user, err := a.cfg.Org.People.UserByName(ctx, app.policy.RunAs)
	if err != nil {
		return granted{}, errNoUser
	}
	scopes := slices.DeleteFunc(slices.Clone(app.scopes), func(s string) bool { return s == "refresh_token" || s == "full" || s == "web" })
	return granted{app: app, user: user.ID, scope: strings.Join(scopes, " ")}, a.letsIn(ctx, app, user.ID)
}

var errNoUser = refused("invalid_grant", "no client credentials user enabled")

// byJWT is the bearer flow. exp may lie far ahead: a published client counts it in milliseconds.
func (a *Auth) byJWT(ctx context.Context, form url.Values) (granted, error) {
	claims := jwt.MapClaims{}
	var app client
	_, err := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithTimeFunc(a.cfg.Clock.Now),
		jwt.WithLeeway(3*time.Minute), jwt.WithExpirationRequired()).
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
		return granted{}, refused("invalid_grant", "invalid assertion")
	}
	if app.blocked {
		return granted{}, errBlocked
	}
	audience, err := claims.GetAudience()
	if err != nil || !slices.ContainsFunc(audience, func(aud string) bool { return strings.TrimRight(aud, "/") == a.cfg.Origin }) {
		return granted{}, refused("invalid_grant", "audience is invalid")
	}
	subject, err := claims.GetSubject()
	if err != nil {
		return granted{}, refused("invalid_grant", "invalid assertion")
	}
	return a.byName(ctx, app, subject)
}

// byName acts for a user who let the app in before, or for whom an administrator did.
func (a *Auth) byName(ctx context.Context, app client, username string) (granted, error) {
	notYet := refused("invalid_grant", "user hasn't approved this consumer")
	user, err := a.cfg.Org.People.UserByName(ctx, username)
	if err != nil {
		return granted{}, notYet
	}
	actor, err := a.active(ctx, user.ID)
	if err != nil {
		return granted{}, err
	}
	if err := app.keepsOut(ctx, actor); err != nil {
		return granted{}, err
	}
	approved, err := app.approved(ctx, actor)
	if err == nil && !approved {
		approved, err = a.cfg.Org.People.Authorized(ctx, user.ID, app.key)
	}
	if err == nil && !approved {
		err = notYet
	}
	return granted{app: app, user: user.ID, scope: strings.Join(app.scopes, " ")}, err
}
