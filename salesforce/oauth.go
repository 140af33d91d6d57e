package salesforce

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
)

// App is an External Client App as the adapter uses it. Source: Salesforce Help, OAuth 2.0 web server and JWT bearer flows.
type App struct {
	LoginURL    string // origin that serves /services/oauth2, as the server reaches it
	BrowserURL  string // the same as a browser reaches it; "" is LoginURL
	ClientID    string
	RedirectURL string
	Scope       string          // what a person is asked to grant, space separated; "" is api refresh_token
	Key         *rsa.PrivateKey // of the app's certificate; for the JWT bearer flow
	HTTP        *http.Client    // nil is one with a timeout
	Clock       clock.Clock     // nil is the machine's
}

// Grant is what the token endpoint gave.
type Grant struct {
	Session      Session
	RefreshToken secret.String // "" when the flow gives none
}

// Verifier is a fresh PKCE code verifier (43 characters).
func Verifier() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// AuthorizeURL is where a browser begins the web server flow with PKCE.
func (a App) AuthorizeURL(state, verifier string) string {
	digest := sha256.Sum256([]byte(verifier))
	base := a.BrowserURL
	if base == "" {
		base = a.LoginURL
	}
	return base + "/services/oauth2/authorize" + query(map[string]string{
		"response_type": "code", "client_id": a.ClientID, "redirect_uri": a.RedirectURL, "state": state,
		"scope":          cmp.Or(a.Scope, "api refresh_token"),
		"code_challenge": base64.RawURLEncoding.EncodeToString(digest[:]), "code_challenge_method": "S256",
	})
}

// Exchange turns an authorisation code into tokens.
func (a App) Exchange(ctx context.Context, code, verifier string) (Grant, error) {
	return a.token(ctx, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {verifier},
		"client_id": {a.ClientID}, "redirect_uri": {a.RedirectURL},
	})
}

// Refresh gets a new access token. ErrExpired if the refresh token is no longer good, or its user may not sign in any more. The refresh
// token of the answer, if there is one, replaces the old one.
func (a App) Refresh(ctx context.Context, token secret.String) (Grant, error) {
	grant, err := a.token(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token.Expose()}, "client_id": {a.ClientID}})
	refused, _ := errors.AsType[*Error](err)
	if IsCode(err, "invalid_grant", "invalid_app_access", "inactive_user", "inactive_org") && !refused.Passing() {
		return Grant{}, fmt.Errorf("%w: %w", ErrExpired, err)
	}
	if err == nil && grant.RefreshToken == "" {
		grant.RefreshToken = token
	}
	return grant, err
}

// assertionLife is how long a signed assertion may be used; the platform allows 3 minutes.
const assertionLife = 2 * time.Minute

// JWT signs in as a user who pre-approved the app, with no person present.
func (a App) JWT(ctx context.Context, username string) (Grant, error) {
	if a.Key == nil {
		return Grant{}, errors.New("jwt bearer: no private key given")
	}
	grant, err := a.assert(ctx, username, a.LoginURL)
	if refused, ok := errors.AsType[*Error](err); ok && refused.Code == "invalid_grant" && strings.Contains(refused.Message, "audience") {
		return a.assert(ctx, username, commonLogin(a.LoginURL))
	}
	return grant, err
}

// commonLogin is the audience that orgs take whose own address they refuse as one. Source: Salesforce Help, OAuth 2.0 JWT bearer flow:
// login.salesforce.com, or test.salesforce.com for a sandbox or a scratch org.
func commonLogin(loginURL string) string {
	for _, part := range []string{".sandbox.my.", ".scratch.my.", "//test."} {
		if strings.Contains(loginURL, part) {
			return "https://test.salesforce.com"
		}
	}
	return "https://login.salesforce.com"
}

// assert signs in with an assertion for one audience.
func (a App) assert(ctx context.Context, username, audience string) (Grant, error) {
	now := clock.Clock(clock.System{})
	if a.Clock != nil {
		now = a.Clock
	}
	claims := jwt.RegisteredClaims{
		Issuer: a.ClientID, Subject: username, Audience: jwt.ClaimStrings{audience},
		ExpiresAt: jwt.NewNumericDate(now.Now().Add(assertionLife)),
	}
	assertion, err := jwt.NewWithClaims(jwt.SigningMethodRS256, claims).SignedString(a.Key)
	if err != nil {
		return Grant{}, fmt.Errorf("jwt bearer: %w", err)
	}
	return a.token(ctx, url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}})
}

func (a App) token(ctx context.Context, form url.Values) (Grant, error) {
	body, err := a.post(ctx, "/services/oauth2/token", form)
	if err != nil {
		return Grant{}, err
	}
	var answer struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		InstanceURL  string `json:"instance_url"`
		ID           string `json:"id"` // BASE/id/ORG/USER
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return Grant{}, unread(http.MethodPost, "/services/oauth2/token", body, err)
	}
	if answer.AccessToken == "" || answer.InstanceURL == "" {
		return Grant{}, errors.New("token endpoint: no access token in the answer")
	}
	return Grant{
		Session: Session{
			InstanceURL: strings.TrimRight(answer.InstanceURL, "/"), AccessToken: secret.String(answer.AccessToken),
			UserID: path.Base(answer.ID), OrgID: path.Base(path.Dir(answer.ID)),
		},
		RefreshToken: secret.String(answer.RefreshToken),
	}, nil
}

func (a App) post(ctx context.Context, path string, form url.Values) ([]byte, error) {
	client := a.HTTP
	if client == nil {
		client = &http.Client{Timeout: timeout}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.LoginURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := client.Do(req)
	if err != nil {
		return nil, unreachable(http.MethodPost, path, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return nil, unreachable(http.MethodPost, path, err)
	}
	if resp.StatusCode >= 300 {
		return nil, decodeError(resp.StatusCode, http.MethodPost, path, body)
	}
	return body, nil
}
