package edge

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

var slashes = regexp.MustCompile(`/{2,}`)

// Tidy makes doubled and trailing slashes of a path no matter: published clients ask for /query/?q= and
// /successfulResults/ as well.
func Tidy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := slashes.ReplaceAllString(r.URL.EscapedPath(), "/")
		if len(path) > 1 {
			path = strings.TrimSuffix(path, "/")
		}
		tidy := *r.URL
		tidy.Path, tidy.RawPath = path, ""
		if plain, err := url.PathUnescape(path); err == nil {
			tidy.RawPath, tidy.Path = path, plain
		}
		asked := r.WithContext(r.Context())
		asked.URL = &tidy
		next.ServeHTTP(w, asked)
	})
}
