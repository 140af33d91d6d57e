// Package lost is what a person reads who comes to an address where no page is.
//
// Read first: Page.Guard.
package lost

import (
	"html/template"
	"net/http"
	"strings"
)

// Page says whose site it is, and leads back to where something is.
type Page struct {
	Site string // as people know it
	Home string // path of a page that is there
	Back string // what the link to it says
}

// policy lets the page have its own style, and nothing else.
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

var page = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No page here | {{.Site}}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-content: center; text-align: center; }
  main { padding: 2rem; }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
  a { display: inline-block; margin-top: 1rem; padding: .5rem 1rem; }
</style>
<main>
  <h1>There is no page here</h1>
  <p>{{.Site}} has nothing at this address. It may be misspelt, or its page may be gone.</p>
  <a href="{{.Home}}">{{.Back}}</a>
</main>
</html>
`))

// Guard shows the page to people, in place of Go's own words for what is not found. Programs, and pages that ask for something, get those.
func (p Page) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
			next.ServeHTTP(w, r)
			return
		}
		answer := &watched{ResponseWriter: w}
		next.ServeHTTP(answer, r)
		if !answer.nothing {
			return
		}
		h := w.Header()
		h.Del("Content-Length")
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNotFound)
		_ = page.Execute(w, p) // the person may be gone
	})
}

// watched holds back an answer that is nobody's.
type watched struct {
	http.ResponseWriter
	nothing bool
}

// WriteHeader passes on all but plain words for what is not found.
func (w *watched) WriteHeader(status int) {
	if w.nothing = status == http.StatusNotFound && strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain"); !w.nothing {
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write drops what is held back.
func (w *watched) Write(body []byte) (int, error) {
	if w.nothing {
		return len(body), nil
	}
	return w.ResponseWriter.Write(body)
}

// Unwrap lets sockets be taken over and deadlines be set.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
