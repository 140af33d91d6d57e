// Package lost is what who comes to an address reads where nothing is: people a page, programs what their API says.
//
// Read first: Page.Guard, Unanswered.
package lost

import (
	"html/template"
	"net/http"
	"slices"
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
  <p>{{if .Programs}}{{.Site}} has nothing to read at this address: programs send something to it.
    {{- else}}{{.Site}} has nothing at this address. It may be misspelt, or its page may be gone.{{end}}</p>
  <a href="{{.Home}}">{{.Back}}</a>
</main>
</html>
`))

// Guard shows the page to people, in place of Go's own words for what is not found and for what is only written to. Programs, and pages
// that ask for something, get those.
func (p Page) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
			next.ServeHTTP(w, r)
			return
		}
		status := Unanswered(next, w, r, http.StatusNotFound, http.StatusMethodNotAllowed)
		if status == 0 {
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policy)
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_ = page.Execute(w, struct {
			Page
			Programs bool
		}{p, status == http.StatusMethodNotAllowed}) // the person may be gone
	})
}

// Unanswered has next serve a request, and gives the status for which it had but Go's own words, when that is among those asked
// for. They are held back: the caller answers in their place. 0 is an answer of next's own.
func Unanswered(next http.Handler, w http.ResponseWriter, r *http.Request, among ...int) int {
	answer := &watched{ResponseWriter: w, among: among}
	next.ServeHTTP(answer, r)
	if answer.nothing != 0 {
		w.Header().Del("Content-Length")
		w.Header().Set("X-Content-Type-Options", "nosniff")
	}
	return answer.nothing
}

// watched holds back an answer that is nobody's.
type watched struct {
	http.ResponseWriter
	among   []int
	nothing int // its status; 0 if it is not held back
}

// WriteHeader passes on all but plain words of a status that is looked for.
func (w *watched) WriteHeader(status int) {
	if slices.Contains(w.among, status) && strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		w.nothing = status
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write drops what is held back.
func (w *watched) Write(body []byte) (int, error) {
	if w.nothing != 0 {
		return len(body), nil
	}
	return w.ResponseWriter.Write(body)
}

// Unwrap lets sockets be taken over and deadlines be set.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
