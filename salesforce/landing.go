package salesforce

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// maxHops is how many redirects, by header, by script or by a refresh, a page may make before it is there.
const maxHops = 12

// Why a session opens no pages, though it may use the API.
var (
	// ErrScope means that its token lacks the scope web.
	ErrScope = errors.New("the access token lacks the scope web")
	// ErrNoPages means that the org takes neither its token nor its id at its door, as for a user with API Only User.
	ErrNoPages = errors.New("the session opens no pages")
)

var (
	// scripted finds the address that a page of the platform goes on to by script, whose slashes may be escaped.
	scripted = regexp.MustCompile(`location(?:\.href|\.replace)?\s*(?:=|\()\s*['"](https?:\\?/\\?/[^'"\s]+|\\?/[^'"\s]*)['"]`)
	// refreshed finds the address that it goes on to by a refresh.
	refreshed = regexp.MustCompile(`(?i)<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]+content\s*=\s*["'][^"']*?url\s*=\s*([^"'\s>]+)`)
)

// unscript undoes what a script's string escapes in an address.
var unscript = strings.NewReplacer(`\/`, "/", `\u0026`, "&", `\u003d`, "=", `\u003D`, "=")

// bridges are the platform's own doors, which go on by script or refresh; any other page's scripts are its own business.
var bridges = []string{"/secur/", "/visualforce/session"}

// Landing opens a page of the org as the signed-in user's browser would, and gives the origin (scheme, host, port) where
// it ends. An org has several hosts, and what they are called only it knows. ErrScope or ErrNoPages if the session may
// not open pages.
func (c *Client) Landing(ctx context.Context, page string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	browser := &http.Client{Timeout: timeout, Transport: c.http.Transport, Jar: jar}
	door, err := c.frontdoor(ctx, page)
	if err == nil {
		return walk(browser, door, page)
	}
	refused, ok := errors.AsType[*Error](err)
	if !ok || refused.Status != http.StatusForbidden {
		return "", fmt.Errorf("open %s: %w", page, err)
	}
	if door, byID := c.oldFrontdoor(ctx, page); byID == nil {
		if origin, byID := walk(browser, door, page); byID == nil {
			return origin, nil
		}
	}
	why := ErrNoPages
	if strings.Contains(strings.ToLower(refused.Code+refused.Message), "scope") {
		why = ErrScope
	}
	return "", fmt.Errorf("open %s: %w: %w", page, why, err)
}

// frontdoor asks for an address that opens a page once.
// Source: Salesforce Help, Generate a Frontdoor URL to Bridge into UI Sessions: redirect_uri is a relative path.
func (c *Client) frontdoor(ctx context.Context, page string) (*http.Request, error) {
	var door struct {
		URI string `json:"frontdoor_uri"`
	}
	form := url.Values{"redirect_uri": {page}}.Encode()
	ask := request{
		method: http.MethodPost, path: "/services/oauth2/singleaccess", body: []byte(form),
		kind: "application/x-www-form-urlencoded",
	}
	if err := c.send(ctx, ask, &door); err != nil {
		return nil, err
	}
	next, err := url.Parse(door.URI)
	if err != nil || next.Host == "" {
		return nil, errors.New("the org gave no page to begin with")
	}
	return http.NewRequestWithContext(ctx, http.MethodGet, next.String(), nil)
}

// oldFrontdoor is the door as it was before: it takes a session id, as a SOAP log-in gives one. The id goes in the body,
// which no log keeps.
// Source: Salesforce Help, Using Frontdoor.jsp to Bridge an Existing Session Into Salesforce.
func (c *Client) oldFrontdoor(ctx context.Context, page string) (*http.Request, error) {
	session := c.Session()
	form := url.Values{"sid": {session.AccessToken.Expose()}, "retURL": {page}}.Encode()
	door := session.InstanceURL + "/secur/frontdoor.jsp"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, door, strings.NewReader(form))
	if err == nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req, err
}

// walk goes through a door to a page, over what redirects, scripts and refreshes there are.
func walk(browser *http.Client, door *http.Request, page string) (string, error) {
	for range maxHops {
		landed, further, err := hop(browser, door)
		if err != nil {
			return "", fmt.Errorf("open %s: %w", page, err)
		}
		if further == nil {
			return arrived(landed, page)
		}
		if door, err = http.NewRequestWithContext(door.Context(), http.MethodGet, further.String(), nil); err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("open %s: more than %d redirects", page, maxHops)
}

// arrived is the origin of the page, if it is the page that was asked for: a door that forgot where to go ends elsewhere, on another host.
func arrived(landed *url.URL, page string) (string, error) {
	want, _, _ := strings.Cut(page, "?")
	if !strings.EqualFold(strings.TrimRight(landed.Path, "/"), strings.TrimRight(want, "/")) {
		return "", fmt.Errorf("open %s: the org led to %s%s instead", page, landed.Host, landed.Path)
	}
	return landed.Scheme + "://" + landed.Host, nil
}

// hop opens one address; further is where it goes on to, nil when the page is there.
func hop(browser *http.Client, req *http.Request) (landed, further *url.URL, err error) {
	resp, err := browser.Do(req)
	if err != nil {
		return nil, nil, errors.Unwrap(err) // the address holds a single-use password
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, nil, err
	}
	landed = resp.Request.URL
	if to := onward(landed.Path, body); to != "" {
		if further, err = landed.Parse(to); err == nil {
			return landed, further, nil
		}
	}
	return landed, nil, nil
}

// onward is the address that a door's page goes on to by itself, or nothing.
func onward(path string, body []byte) string {
	for _, bridge := range bridges {
		if !strings.HasPrefix(path, bridge) {
			continue
		}
		if found := scripted.FindSubmatch(body); found != nil {
			return unscript.Replace(string(found[1]))
		}
		if found := refreshed.FindSubmatch(body); found != nil {
			return html.UnescapeString(string(found[1]))
		}
	}
	return ""
}
