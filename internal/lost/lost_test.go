package lost

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhoIsLostReadsAPage(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /there", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a page") })
	mux.HandleFunc("POST /programs", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "taken") })
	mux.HandleFunc("GET /own", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"error":"no such call"}`)
	})
	site := Page{Site: `<b>Patchcord</b>`, Home: "/there", Back: "To the start"}.Guard(mux)
	for _, tc := range []struct {
		name, method, path, accept string
		status                     int
		kind, has                  string
	}{
		{"a person", "GET", "/nope", "text/html,*/*", 404, "text/html; charset=utf-8", `<a href="/there">To the start</a>`},
		{"whose site it is is no code", "GET", "/nope", "text/html", 404, "text/html; charset=utf-8", "&lt;b&gt;Patchcord"},
		{"a program", "GET", "/nope", "*/*", 404, "text/plain; charset=utf-8", "404 page not found"},
		{"another method", "POST", "/nope", "text/html", 404, "text/plain; charset=utf-8", "404 page not found"},
		{"where programs write", "GET", "/programs", "text/html", 405, "text/html; charset=utf-8", "programs send something to it"},
		{"a program there", "GET", "/programs", "*/*", 405, "text/plain; charset=utf-8", "Method Not Allowed"},
		{"who writes there", "POST", "/programs", "text/html", 200, "text/plain; charset=utf-8", "taken"},
		{"a page that is there", "GET", "/there", "text/html", 200, "text/plain; charset=utf-8", "a page"},
		{"an answer of its own", "GET", "/own", "text/html", 404, "application/json", "no such call"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := httptest.NewRequest(tc.method, tc.path, nil)
			r.Header.Set("Accept", tc.accept)
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			if w.Code != tc.status || w.Header().Get("Content-Type") != tc.kind || !strings.Contains(w.Body.String(), tc.has) {
				t.Errorf("%d %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
		})
	}
}

func TestWhatIsNobodysIsHeldBack(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /there", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a page") })
	for _, tc := range []struct {
		name, method, path string
		among              []int
		status             int
		body               string
	}{
		{"it is looked for", "GET", "/nope", []int{404, 405}, 404, ""},
		{"so is another", "POST", "/there", []int{404, 405}, 405, ""},
		{"that one is not", "POST", "/there", []int{404}, 0, "Method Not Allowed"},
		{"an answer", "GET", "/there", []int{404, 405}, 0, "a page"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			got := Unanswered(mux, w, httptest.NewRequest(tc.method, tc.path, nil), tc.among...)
			if body := strings.TrimSpace(w.Body.String()); got != tc.status || body != tc.body {
				t.Errorf("%d, %q", got, body)
			}
			if held := w.Header().Get("X-Content-Type-Options") == "nosniff" && w.Header().Get("Content-Length") == ""; tc.status != 0 && !held {
				t.Errorf("headers of what is held back: %v", w.Header())
			}
		})
	}
}
