package salesforce

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// maxHops is how many redirects, by header or by script, a page may make before it is there.
const maxHops = 12

// scripted finds the address that a page of the platform goes on to by script.
var scripted = regexp.MustCompile(`location(?:\.href|\.replace)?\s*(?:=|\()\s*['"](https?://[^'"\s]+|/[^'"\s]*)['"]`)

// Landing opens a page of the org as the signed-in user's browser would, and gives the origin (scheme, host, port) where it ends.
// An org has several hosts, and their names follow no rule that a program may rely on: so the org is asked.
func (c *Client) Landing(ctx context.Context, page string) (string, error) {
	var door struct {
		URI string `json:"frontdoor_uri"`
	}
	if err := c.send(ctx, request{method: http.MethodPost, path: "/services/oauth2/singleaccess"}, &door); err != nil {
		return "", fmt.Errorf("open %s: %w", page, err)
	}
	next, err := url.Parse(door.URI)
	if err != nil || next.Host == "" {
		return "", fmt.Errorf("open %s: the org gave no page to begin with", page)
	}
	q := next.Query()
	q.Set("retURL", page)
	next.RawQuery = q.Encode()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	browser := &http.Client{Timeout: timeout, Transport: c.http.Transport, Jar: jar}
	for range maxHops {
		landed, further, err := hop(ctx, browser, next)
		if err != nil {
			return "", fmt.Errorf("open %s: %w", page, err)
		}
		if further == nil {
			return landed.Scheme + "://" + landed.Host, nil
		}
		next = further
	}
	return "", fmt.Errorf("open %s: more than %d redirects", page, maxHops)
}

// hop opens one address; further is where its script goes on to, nil when the page is there.
func hop(ctx context.Context, browser *http.Client, at *url.URL) (landed, further *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, nil, err
	}
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
	// Only the platform's own doors go on by script; a page's scripts are its own business.
	if found := scripted.FindSubmatch(body); found != nil && strings.HasPrefix(landed.Path, "/secur/") {
		if further, err = landed.Parse(string(found[1])); err == nil {
			return landed, further, nil
		}
	}
	return landed, nil, nil
}
