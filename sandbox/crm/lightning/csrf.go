package lightning

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
)

const (
	sessionCookie = "sid"
	csrfHeader    = "X-CSRF-Token"
)

// csrfToken is derived from the session, which no script can read: who can name it has read our own bootstrap.
func csrfToken(r *http.Request) string {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte("console write\x00" + cookie.Value))
	return hex.EncodeToString(sum[:])
}

// mayWrite says whether a request that changes something comes from our own page.
func (s *server) mayWrite(r *http.Request) bool { return MayWrite(r, s.cfg.Origin) }

// MayWrite says whether a request that changes something comes from a page of this origin.
func MayWrite(r *http.Request, own string) bool {
	want := csrfToken(r)
	if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(r.Header.Get(csrfHeader))) != 1 {
		return false
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == own
}
