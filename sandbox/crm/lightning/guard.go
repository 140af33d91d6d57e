package lightning

import "net/http"

// MayWrite says whether a request that changes something comes from the console's own pages at origin: rooms beside this one ask.
func MayWrite(r *http.Request, origin string) bool {
	return (&server{cfg: Config{Origin: origin}}).mayWrite(r)
}
