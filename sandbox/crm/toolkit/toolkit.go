// Package toolkit serves the Open CTI script where softphone pages expect it, on both of the CRM's origins.
//
// Read first: Handler, Pattern, oldest. It knows neither records nor who is signed in: the script asks the console for both.
package toolkit

import (
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strconv"
)

// Pattern is where Handler is to be mounted, ConsolePattern where Classic is.
const (
	Pattern        = "GET /support/api/"
	ConsolePattern = "GET /support/console/"
)

const (
	oldest  = 38 // the first version of the API for Lightning
	talking = 47 // the first version with Lightning Message Service
	script  = "opencti.js"
)

var address = regexp.MustCompile(`^/support/api/(\d{1,3})\.0/lightning/opencti(?:_min)?\.js$`)

var classic = regexp.MustCompile(`^/support/api/\d{1,3}\.0/interaction\.js$`)

// Classic refuses the toolkits of Classic, interaction.js and integration.js, in words that a page's author reads.
func Classic(w http.ResponseWriter, _ *http.Request) {
	const instead = "Use the Open CTI script for Lightning: /support/api/67.0/lightning/opencti_min.js"
	http.Error(w, "This org has no Salesforce Classic. "+instead, http.StatusNotFound)
}

// silent takes the methods of Lightning Message Service out of the script.
const silent = "\nfor (const name of ['publish', 'subscribe', 'unsubscribe']) delete window.sforce.opencti[name];\n"

// Handler serves one and the same script for every version since 38.0, without the message service to versions that had none, or to all
// if the org is to be without it. The page is the folder that sandbox/crm/lightning/page builds.
func Handler(page fs.FS, withoutMessages bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
			return
		}
		parts := address.FindStringSubmatch(r.URL.Path)
		if parts == nil && classic.MatchString(r.URL.Path) {
			Classic(w, r)
			return
		}
		if parts == nil {
			http.NotFound(w, r)
			return
		}
		version, err := strconv.Atoi(parts[1])
		if err != nil || version < oldest {
			http.NotFound(w, r)
			return
		}
		body, err := fs.ReadFile(page, script)
		if err != nil {
			http.Error(w, "The Open CTI script is not built; run make build.", http.StatusServiceUnavailable)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		if version < talking || withoutMessages {
			body = append(slices.Clip(body), silent...)
		}
		_, _ = w.Write(body)
	})
}
