package visualforce

import (
	"io/fs"
	"net/http"
	"net/url"
	"strings"
)

// sforceScript is the script that a page in the console gets without including it: sforce.one, for Lightning Message Service.
const sforceScript = "/visualforce/sforce-one.js"

// sforce serves the script as the console's pages were built with it.
func (s *server) sforce(w http.ResponseWriter, _ *http.Request) {
	body, err := fs.ReadFile(s.cfg.Console, "sforce-one.js")
	if err != nil {
		http.Error(w, "The script of sforce.one is not built; run make build.", http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body)
}

// inConsole says whether a page was asked for by a frame of the console: its address then names the console's origin.
func (s *server) inConsole(query url.Values) bool {
	for name, values := range query {
		if strings.EqualFold(name, "sfdcIFrameOrigin") {
			return len(values) > 0 && values[0] == s.cfg.LightningOrigin
		}
	}
	return false
}

// channel is the token of a message channel, by its API name in any case.
func (s scope) channel(name string) (string, bool) {
	for _, c := range s.channels {
		if strings.EqualFold(c.Name, name) {
			return c.Token, true
		}
	}
	return "", false
}
