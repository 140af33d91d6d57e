package cti

import (
	"net/http"
	"net/url"
	"testing"
)

// TestPanelAndHomeAreWherePublishedPagesLookForThem has the addresses that host pages in use and the guides name.
func TestPanelAndHomeAreWherePublishedPagesLookForThem(t *testing.T) {
	d := open(t, state(t), origin)
	b := d.browser()
	for _, path := range []string{"/ccp-v2/softphone", "/connect/ccp-v2/softphone"} {
		res, _ := b.get(path)
		if to := "/login?destination=" + url.QueryEscape(path); res.StatusCode != http.StatusFound || res.Header.Get("Location") != to {
			t.Errorf("%s: a stranger is sent to %d %s", path, res.StatusCode, res.Header.Get("Location"))
		}
	}
	b.login("amelia", "right")
	for path, want := range map[string]string{
		"/ccp": "/ccp-v2/", "/ccp/": "/ccp-v2/", "/ccp?x=1": "/ccp-v2/?x=1", "/ccp-v2": "/ccp-v2/",
		"/connect/ccp": "/connect/ccp-v2/", "/connect/ccp/": "/connect/ccp-v2/",
		"/connect/ccp?x=1": "/connect/ccp-v2/?x=1", "/connect/ccp-v2": "/connect/ccp-v2/",
		"/": "/ccp-v2/", "/home": "/ccp-v2/", "/connect": "/ccp-v2/",
		"/connect/": "/ccp-v2/", "/connect/home": "/ccp-v2/", "/connect/home/": "/ccp-v2/",
	} {
		if res, _ := b.get(path); res.StatusCode/100 != 3 || res.Header.Get("Location") != want {
			t.Errorf("%s: sent to %d %s, want %s", path, res.StatusCode, res.Header.Get("Location"), want)
		}
	}
	for _, path := range []string{
		"/ccp-v2/", "/ccp-v2/softphone", "/ccp-v2/softphone/", "/ccp-v2/chat", "/ccp-v2/task", "/ccp-v2/settings",
		"/connect/ccp-v2/", "/connect/ccp-v2/softphone", "/connect/ccp-v2/chat",
	} {
		if res, page := b.get(path); res.StatusCode != http.StatusOK || page != "<p>panel" || res.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %q", path, res.StatusCode, page)
		}
	}
	for _, path := range []string{"/ccp-v2/missing.js", "/ccp-v2/assets/missing.css", "/connect/nothing"} {
		if res, _ := b.get(path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}
