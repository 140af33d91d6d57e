package edge

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
)

// What the browser sends: the session, and beside it the token that only our own pages can name.
const (
	SessionCookie = "sid"
	TokenHeader   = "X-CSRF-Token"
)

// Token is derived from the session, which no script can read: who can name it has read our own bootstrap.
func Token(r *http.Request) string {
	cookie, err := r.Cookie(SessionCookie)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte("console write\x00" + cookie.Value))
	return hex.EncodeToString(sum[:])
}

// mayWrite says whether a request that changes something comes from a page of this origin.
func mayWrite(r *http.Request, own string) bool {
	want := Token(r)
	if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(r.Header.Get(TokenHeader))) != 1 {
		return false
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == own
}
