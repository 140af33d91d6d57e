package rest

import (
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// CORS lets pages of the org's allowed origins call the APIs below /services/ from a browser. Other origins get no permission, which the
// browser takes for a no. The sign-in endpoints have a switch of their own on the platform and are left alone.
func CORS(org *crm.Org, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		if origin == "" || !strings.HasPrefix(r.URL.Path, "/services/") || strings.HasPrefix(r.URL.Path, "/services/oauth2/") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Origin")
		allowed, err := allows(r, org, origin)
		if err == nil && allowed {
			h := w.Header()
			h.Set("Access-Control-Allow-Origin", origin)
			h.Set("Access-Control-Allow-Credentials", "true")
			h.Set("Access-Control-Expose-Headers", "Sforce-Limit-Info, ETag, Last-Modified")
		}
		if r.Method != http.MethodOptions {
			next.ServeHTTP(w, r)
			return
		}
		if err != nil || !allowed {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS")
		h.Set("Access-Control-Allow-Headers",
			"Authorization, Content-Type, Accept, Sforce-Call-Options, Sforce-Query-Options, If-Match, If-Modified-Since, "+
				"If-None-Match, If-Unmodified-Since")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusOK)
	})
}

func allows(r *http.Request, org *crm.Org, origin string) (bool, error) {
	patterns, err := org.CORSPatterns(r.Context())
	for _, p := range patterns {
		if crm.MatchesOrigin(p, origin) {
			return true, nil
		}
	}
	return false, err
}
