package cti

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

const (
	sessionCookie = "lily-auth-sandbox"
	sessionLife   = 12 * time.Hour
)

// session is what a token says; it is signed, not stored, so that it outlives a restart.
type session struct {
	Agent   connect.AgentID `json:"a"`
	Began   int64           `json:"b"`           // epoch milliseconds
	Expires int64           `json:"e"`           // epoch seconds
	Nonce   string          `json:"n"`           // names the session, in all its tokens
	Socket  bool            `json:"s,omitempty"` // the token in a socket's address, which is good for nothing else
}

func random() string {
	raw := make([]byte, 18)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

func (s *server) sign(v session) string {
	body, _ := json.Marshal(v) // plain fields never fail
	head := base64.RawURLEncoding.EncodeToString(body)
	return head + "." + base64.RawURLEncoding.EncodeToString(s.mac(head))
}

func (s *server) mac(text string) []byte {
	m := hmac.New(sha256.New, s.cfg.Key)
	m.Write([]byte("agent session\x00" + text))
	return m.Sum(nil)
}

var errNoSession = errors.New("no session")

// read reads a token; errNoSession if it is not ours, too old, revoked, or of nobody.
func (s *server) read(token string) (session, error) {
	head, tail, _ := strings.Cut(token, ".")
	given, err := base64.RawURLEncoding.DecodeString(tail)
	if err != nil || !hmac.Equal(given, s.mac(head)) {
		return session{}, errNoSession
	}
	body, err := base64.RawURLEncoding.DecodeString(head)
	var v session
	if err != nil || json.Unmarshal(body, &v) != nil || v.Expires <= s.cfg.Clock.Now().Unix() {
		return session{}, errNoSession
	}
	if !s.cfg.Centre.SessionValid(v.Agent, v.Nonce, time.UnixMilli(v.Began)) {
		return session{}, errNoSession
	}
	return v, nil
}

// bearer reads a token that is no socket's.
func (s *server) bearer(token string) (session, error) {
	v, err := s.read(token)
	if err == nil && v.Socket {
		return session{}, errNoSession
	}
	return v, err
}

func (s *server) browser(r *http.Request) (session, string, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return session{}, "", errNoSession
	}
	v, err := s.bearer(cookie.Value)
	return v, cookie.Value, err
}

// openSessions ends what hangs on a session when the session ends.
type openSessions struct {
	mu  sync.Mutex // guards all
	all map[string]map[*context.CancelFunc]struct{}
}

// follow gives a context that ends with the session too; done must be called.
func (e *openSessions) follow(ctx context.Context, nonce string) (followed context.Context, done func()) {
	ctx, cancel := context.WithCancel(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.all[nonce] == nil {
		e.all[nonce] = map[*context.CancelFunc]struct{}{}
	}
	e.all[nonce][&cancel] = struct{}{}
	return ctx, func() {
		cancel()
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.all[nonce], &cancel)
		if len(e.all[nonce]) == 0 {
			delete(e.all, nonce)
		}
	}
}

func (e *openSessions) end(nonce string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for cancel := range e.all[nonce] {
		(*cancel)()
	}
}

// setCookie follows the configuration: over TLS, and where it is told so, a frame of another site gets the cookie too.
func (s *server) setCookie(w http.ResponseWriter, name, value string, age int) {
	secure, same := s.cfg.CrossSite || strings.HasPrefix(s.cfg.Origin, "https://"), http.SameSiteLaxMode
	if secure {
		same = http.SameSiteNoneMode
	}
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: secure, SameSite: same})
}
