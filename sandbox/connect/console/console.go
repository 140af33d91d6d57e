// Package console is the contact centre's console and the instance's admin website: a page, and the operations that it asks for.
//
// Read first: Handler, Config, rights. The operations are the public API's, passed in; here is decided who may ask for them.
package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/connect"
)

// Root is the path that all of the console lies under.
const Root = "/console/"

const (
	maxBody    = 1 << 20
	operations = "/console/api/op"
	csrfHeader = "X-CSRF-Token"
)

// Config is what the console needs.
type Config struct {
	Centre *connect.Centre
	// Operations are the public API's, without signatures: paths begin with /.
	Operations http.Handler
	// Authenticate finds whose browser it is, and a token of the session that no script can read.
	Authenticate func(*http.Request) (who connect.AgentID, token string, err error)
	Page         fs.FS  // the folder that sandbox/connect/console/page builds
	Origin       string // such as http://localhost:8083
	Key          []byte // makes tokens against forged writes
	Log          *slog.Logger
}

type server struct{ cfg Config }

// Handler serves what lies under Root.
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	mux := http.NewServeMux()
	mux.HandleFunc("/console/", s.page)
	mux.HandleFunc("GET /console/assets/", s.asset)
	mux.HandleFunc("GET /console/favicon.svg", s.asset)
	mux.HandleFunc("GET /console/api/session", s.session)
	mux.HandleFunc("/console/api/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusNotFound, "ResourceNotFoundException", "There is no such operation.")
	})
	mux.HandleFunc("POST /console/api/users/{id}/password", s.guarded("Users.Edit", s.password))
	for pattern, permission := range rights {
		method, rest, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" "+operations+rest, s.guarded(permission, s.operation))
	}
	return mux
}

// asked is a request of somebody who may make it.
type asked struct {
	*http.Request
	who   connect.AgentID
	state connect.State
}

// sameOrigin keeps other sites from writing in somebody's name, beside the token.
var sameOrigin = http.NewCrossOriginProtection()

// guarded lets through who is signed in, has the permission, and writes from our own page.
func (s *server) guarded(permission string, do func(http.ResponseWriter, asked)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, token, err := s.cfg.Authenticate(r)
		if err != nil {
			refuse(w, http.StatusUnauthorized, "UnauthorizedException", "Your session has ended. Sign in again.")
			return
		}
		st := s.cfg.Centre.State()
		allowed := st.May(who, permission)
		if permission == account {
			allowed = st.Administers(who)
		}
		switch {
		case r.Method != http.MethodGet && (sameOrigin.Check(r) != nil || !hmac.Equal([]byte(s.csrf(token)), []byte(r.Header.Get(csrfHeader)))):
			refuse(w, http.StatusForbidden, "AccessDeniedException", "This page is out of date. Reload it and try again.")
		case !allowed:
			refuse(w, http.StatusForbidden, "AccessDeniedException", "Your security profile does not allow this.")
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			do(w, asked{r, who, st})
		}
	}
}

func (s *server) csrf(token string) string {
	m := hmac.New(sha256.New, s.cfg.Key)
	m.Write([]byte("console write\x00" + token))
	return hex.EncodeToString(m.Sum(nil))
}

// operation hands a request on to the operations.
func (s *server) operation(w http.ResponseWriter, a asked) {
	if err := above(&a); err != nil {
		refuse(w, http.StatusForbidden, "AccessDeniedException", err.Error())
		return
	}
	if a.Method != http.MethodGet {
		s.cfg.Log.InfoContext(a.Context(), "console changes", "who", string(a.who), "method", a.Method, "path",
			strings.TrimPrefix(a.URL.Path, operations))
	}
	http.StripPrefix(operations, s.cfg.Operations).ServeHTTP(w, a.Request)
}

func (s *server) password(w http.ResponseWriter, a asked) {
	in, err := readPassword(a.Request)
	id := connect.AgentID(a.PathValue("id"))
	if err == nil && a.state.Administers(id) && !a.state.Administers(a.who) {
		refuse(w, http.StatusForbidden, "AccessDeniedException", "Only an administrator may change another administrator.")
		return
	}
	if err == nil {
		err = s.cfg.Centre.SetPassword(id, secret.String(in))
	}
	r, wrong := errors.AsType[*connect.Refusal](err)
	switch {
	case err == nil:
		reply(w, http.StatusOK, struct{}{})
	case wrong && errors.Is(err, connect.ErrMissing):
		refuse(w, http.StatusNotFound, "ResourceNotFoundException", r.Message)
	case wrong:
		reply(w, http.StatusBadRequest, map[string]string{"__type": "InvalidParameterException", "message": r.Message, "Field": r.Field})
	case errors.Is(err, errBody):
		refuse(w, http.StatusBadRequest, "InvalidRequestException", err.Error())
	default:
		s.cfg.Log.ErrorContext(a.Context(), "password not set", "err", err)
		refuse(w, http.StatusInternalServerError, "InternalServiceException", "Something went wrong. Try again.")
	}
}

var errBody = errors.New("the body is not JSON of the expected shape")

func readPassword(r *http.Request) (string, error) {
	var in struct{ Password string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return "", errBody
	}
	return in.Password, nil
}

type instanceOut struct {
	ID        string `json:"id"`
	ARN       string `json:"arn"`
	Alias     string `json:"alias"`
	AccessURL string `json:"accessUrl"`
	Status    string `json:"status"`
	Region    string `json:"region"`
	Created   int64  `json:"created"` // epoch seconds
}

type sessionOut struct {
	CSRF           string        `json:"csrf"`
	User           userOut       `json:"user"`
	Administrator  bool          `json:"administrator"` // of the account
	Permissions    []string      `json:"permissions"`
	AllPermissions []string      `json:"allPermissions"`
	Instances      []instanceOut `json:"instances"` // of all regions
}

type userOut struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

// session is what the page needs to start; no other origin can read it.
func (s *server) session(w http.ResponseWriter, r *http.Request) {
	who, token, err := s.cfg.Authenticate(r)
	var user connect.User
	if err == nil {
		user, err = s.cfg.Centre.User(who)
	}
	if err != nil {
		refuse(w, http.StatusUnauthorized, "UnauthorizedException", "Sign in.")
		return
	}
	st := s.cfg.Centre.State()
	out := sessionOut{
		CSRF: s.csrf(token), User: userOut{string(user.ID), user.FirstName + " " + user.LastName, user.Username},
		Administrator: st.Administers(who), Permissions: []string{}, AllPermissions: connect.Permissions,
	}
	for _, p := range connect.Permissions {
		if st.May(who, p) {
			out.Permissions = append(out.Permissions, p)
		}
	}
	i := st.Instance
	out.Instances = []instanceOut{{i.ID, i.ARN(), i.Alias, s.cfg.Origin, "Active", i.Region, i.Created.Unix()}}
	reply(w, http.StatusOK, out)
}

// page serves the built page to who is signed in, at every address of the console.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "This page is only read.", http.StatusMethodNotAllowed)
		return
	}
	if _, _, err := s.cfg.Authenticate(r); err != nil {
		http.Redirect(w, r, "/login?destination="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
		return
	}
	body, err := fs.ReadFile(s.cfg.Page, "index.html")
	if err != nil {
		http.Error(w, "The console's pages are not built; run make build.", http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
		"font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body)
}

// asset serves a file whose name holds a hash of its content.
func (s *server) asset(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), Root)
	if info, err := fs.Stat(s.cfg.Page, name); err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeFileFS(w, r, s.cfg.Page, name)
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, status int, name, text string) {
	reply(w, status, map[string]string{"__type": name, "message": text})
}
