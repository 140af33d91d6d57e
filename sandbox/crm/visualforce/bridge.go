package visualforce

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// BridgePath hands a browser over from the org's own host to that of its Visualforce pages.
const BridgePath = "/visualforce/session"

// Bridge serves /apex/ and BridgePath on the org's own host: pages have a host of their own, and a browser gets there by a script, as on
// the platform, not by a header. by says where it goes first to get to a page's whole address; nil if it goes straight there.
func Bridge(pages string, by func(r *http.Request, to string) string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /apex/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, BridgePath+"?url="+url.QueryEscape(pages+r.URL.RequestURI()), http.StatusFound)
	})
	mux.HandleFunc("GET "+BridgePath, func(w http.ResponseWriter, r *http.Request) {
		to := r.URL.Query().Get("url")
		if !strings.HasPrefix(to, pages+"/apex/") {
			message(w, http.StatusBadRequest, "Invalid Page Redirection", "The page that you tried to go to is not one of this org.")
			return
		}
		if by != nil {
			to = by(r, to)
		}
		quoted, err := json.Marshal(to) // of <, > and & too: it cannot leave the script
		if err != nil {
			message(w, http.StatusBadRequest, "Invalid Page Redirection", "The page's address is malformed.")
			return
		}
		script := fmt.Sprintf("window.location.replace(%s);", quoted)
		sum := sha256.Sum256([]byte(script))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy",
			"default-src 'none'; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; base-uri 'none'")
		_, _ = fmt.Fprintf(w, "<!DOCTYPE html><title>Redirecting</title><script>%s</script>", script)
	})
	return mux
}
