package admin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
)

const (
	sessionLife  = 8 * time.Hour
	cookieName   = "patchcord_admin"
	cookiePath   = "/admin"
	csrfHeader   = "Patchcord-CSRF"
	maxRevoked   = 10_000
	bearer       = "Bearer "
	maxSealed    = 4 << 10
	defaultPlace = "/admin/calls"
)

// Person is who signed in at the org.
type Person struct {
	UserID string // CRM user, 18 characters
	Name   string
}

// session is a sign-in. It is kept by the browser, sealed: a restart ends nobody's, and nothing fills up.
type session struct {
	ID      string `json:"id"`
	User    string `json:"user"`
	Name    string `json:"name"`
	CSRF    string `json:"csrf"`
	Expires int64  `json:"expires"` // epoch seconds
	Program bool   `json:"program,omitempty"`
	// Of is the browser's session in which a program's was made, and ends with it.
	Of string `json:"of,omitempty"`
}

// person is who asks.
type person struct {
	user    string // CRM user; "" on the machine itself
	name    string
	sees    Sees
	flows   bool // may change CTI flows
	session session
}

var errUnsigned = fault.New(fault.Unsigned, nil, "Sign in to see calls.")

// who finds out who asks, and whether the question may come from where it does.
func (a *Admin) who(r *http.Request) (person, error) {
	sealed, program := strings.CutPrefix(r.Header.Get("Authorization"), bearer)
	if !program {
		cookie, err := r.Cookie(cookieName)
		if err != nil {
			return person{}, errUnsigned
		}
		sealed = cookie.Value
	}
	s, err := a.open(sealed)
	if err != nil || s.Program != program {
		return person{}, errUnsigned
	}
	if over, err := a.over(r.Context(), s); err != nil {
		return person{}, err
	} else if over {
		return person{}, errUnsigned
	}
	if r.Method != http.MethodGet && !program {
		if err := a.sameSite(r, s); err != nil {
			return person{}, err
		}
	}
	sees, flows, err := a.may(r.Context(), s.User)
	return person{user: s.User, name: s.Name, sees: sees, flows: flows, session: s}, err
}

// end ends a session before its time, at all nodes.
func (a *Admin) end(ctx context.Context, s session) error {
	a.revoked.add(s.ID)
	if a.cfg.End == nil {
		return nil
	}
	return a.cfg.End(ctx, s.ID)
}

// over says whether a session, or the one that it is of, was ended at another node.
func (a *Admin) over(ctx context.Context, s session) (is bool, err error) {
	for _, id := range []string{s.ID, s.Of} {
		if a.cfg.Ended != nil && id != "" && !is && err == nil {
			is, err = a.cfg.Ended(ctx, id)
		}
	}
	return is, err
}

// sameSite refuses what another page makes a browser send.
func (a *Admin) sameSite(r *http.Request, s session) error {
	given := r.Header.Get(csrfHeader)
	if r.Header.Get("Origin") == a.cfg.PublicURL && subtle.ConstantTimeCompare([]byte(given), []byte(s.CSRF)) == 1 {
		return nil
	}
	return fault.New(fault.Denied, nil, "This did not come from the page that you signed in to: reload it and try again.")
}

func (a *Admin) open(sealed string) (session, error) {
	if len(sealed) > maxSealed {
		return session{}, errUnsigned
	}
	text, err := a.cfg.Open(sealed)
	if err != nil {
		return session{}, err
	}
	var s session
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return session{}, err
	}
	if s.Expires <= a.cfg.Clock.Now().Unix() || a.revoked.is(s.ID) || s.Of != "" && a.revoked.is(s.Of) {
		return session{}, errors.New("over")
	}
	return s, nil
}

// begin makes a session and seals it: a browser's, or a program's, which is of a browser's session.
func (a *Admin) begin(p Person, of string) (session, string, error) {
	s := session{
		ID: random(), User: p.UserID, Name: p.Name, CSRF: random(), Expires: a.cfg.Clock.Now().Add(sessionLife).Unix(),
		Program: of != "", Of: of,
	}
	body, err := json.Marshal(s)
	return s, a.cfg.Seal(string(body)), err
}

// icon keeps browsers from asking for one where none is.
const icon = `<link rel="icon" href="/admin/favicon.svg" type="image/svg+xml">`

// landing sends a browser on by itself: only a page of our own lets it send a strict cookie along.
var landing = template.Must(template.New("landing").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed in</title>` +
	icon + `<meta http-equiv="refresh" content="0;url={{.}}"><p>Signed in. <a href="{{.}}">Go on</a></p></html>`))

// Admit ends a sign-in: the browser gets its session and goes back to where it came from.
func (a *Admin) Admit(w http.ResponseWriter, r *http.Request, p Person, back string) {
	_, _, err := a.may(r.Context(), p.UserID)
	var sealed string
	if err == nil {
		_, sealed, err = a.begin(p, "")
	}
	secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		if err != nil {
			f := fault.Of(err)
			a.cfg.Log.WarnContext(r.Context(), "not let into the pages", "user", p.UserID, "err", err)
			w.WriteHeader(httpStatus[f.Kind])
			_ = refused.Execute(w, f.Message)
			return
		}
		http.SetCookie(w, a.cookie(sealed, int(sessionLife.Seconds())))
		_ = landing.Execute(w, backOf(back))
	})).ServeHTTP(w, r)
}

var refused = template.Must(template.New("refused").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Not let in</title>` +
	icon + `<h1>Not let in</h1><p>{{.}}</p><p><a href="/admin/sign-in">Try again</a></p></html>`))

func (a *Admin) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: value, Path: cookiePath, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: age,
		Secure: strings.HasPrefix(a.cfg.PublicURL, "https:")}
}

// backOf is a path of the pages; the list of calls for everything else.
func backOf(path string) string {
	if !strings.HasPrefix(path, "/admin/") || strings.ContainsAny(path, "\\\r\n") || strings.Contains(path, "//") || strings.Contains(path,
		"..") ||
		strings.HasPrefix(path, "/admin/sign-in") || strings.HasPrefix(path, apiPath) {
		return defaultPlace
	}
	return path
}

func (a *Admin) me(_ context.Context, p person, _ *http.Request) (any, error) {
	m := Me{UserID: p.user, Name: p.name, Sees: p.sees, CSRF: p.session.CSRF}
	if p.session.Expires > 0 {
		m.Expires = utcOrNil(time.Unix(p.session.Expires, 0))
	}
	return m, nil
}

// token answers POST token: a program may ask as this person until it is over.
func (a *Admin) token(ctx context.Context, p person, _ *http.Request) (any, error) {
	if p.user == "" || p.session.Program {
		return nil, fault.New(fault.Denied, nil, "A token is made on the page, by whoever is signed in there.")
	}
	s, sealed, err := a.begin(Person{p.user, p.name}, p.session.ID)
	a.cfg.Log.InfoContext(ctx, "token made for a program", "by", p.name)
	return Token{Token: sealed, Expires: utc(time.Unix(s.Expires, 0))}, err
}

// signOut ends the browser's session, and the cookie with it.
func (a *Admin) signOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(cookieName); err == nil {
		s, err := a.open(cookie.Value)
		if err == nil {
			if err := a.sameSite(r, s); err != nil {
				a.write(w, r, nil, err)
				return
			}
			if err := a.end(r.Context(), s); err != nil {
				a.write(w, r, nil, err)
				return
			}
		}
	}
	http.SetCookie(w, a.cookie("", -1))
	a.write(w, r, Done{true}, nil)
}

// revoked remembers sessions that were ended before their time. Beyond a bound the oldest are forgotten; they end by their time all the
// same.
type revoked struct {
	mu    sync.Mutex // guards what follows
	ids   map[string]bool
	order []string
}

func newRevoked() revoked { return revoked{ids: map[string]bool{}} }

func (r *revoked) add(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ids[id] {
		return
	}
	if len(r.order) >= maxRevoked {
		delete(r.ids, r.order[0])
		r.order = r.order[1:]
	}
	r.ids[id] = true
	r.order = append(r.order, id)
}

func (r *revoked) is(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ids[id]
}

func random() string {
	raw := make([]byte, 24)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}
