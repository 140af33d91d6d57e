// Package cti is the contact centre's agent side: sign-in, the panel's page, AmazonConnectCTIService, and the transport socket.
//
// Read first: Handler, Config, operations.go. It speaks the published protocol of Amazon Connect's agent clients and knows no audio.
// Source: connect-agent-protocol.md.
package cti

import (
	"context"
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

//go:embed pages/*
var files embed.FS

var pages = template.Must(template.ParseFS(files, "pages/*.html"))

// ICEServer is a TURN server as browsers take it.
type ICEServer struct {
	URLs       []string `json:"urls"`
	Username   string   `json:"username"`
	Credential string   `json:"credential"`
}

// Candidate is an ICE candidate as browsers write it.
type Candidate struct {
	Candidate     string  `json:"candidate"`
	SDPMid        *string `json:"sdpMid,omitempty"`
	SDPMLineIndex *uint16 `json:"sdpMLineIndex,omitempty"`
}

// Refused is a softphone invitation that is not taken, with the signalling's own code: 403, 404, 486.
type Refused struct {
	Code int
	Text string
}

// Error is the text.
func (e *Refused) Error() string { return e.Text }

// Invitation is a browser's audio.
type Invitation struct {
	SDP        string
	Candidates []Candidate
}

// Answer is the exchange's to it. Peer names the connection in what the client says of it later.
type Answer struct {
	SDP        string
	Candidates []Candidate
	Peer       string
}

// Softphone is what signalling asks of audio.
type Softphone interface {
	Invite(ctx context.Context, agent connect.AgentID, contact connect.ContactID, in Invitation) (Answer, error)
	Bye(agent connect.AgentID, contact connect.ContactID, peer string)
	Servers(user string) ([]ICEServer, error)
}

// Config is what the edge needs.
type Config struct {
	Centre    *connect.Centre
	Softphone Softphone
	Page      fs.FS  // the folder that sandbox/connect/cti/ccp builds
	Origin    string // such as http://localhost:8083
	CrossSite bool   // pages of other sites frame the panel, and its cookie goes with it: browsers take such a one on loopback too
	Console   string // path of the console; "" if there is none
	Key       []byte // signs sessions; kept by whoever starts the centre, so that they outlive a restart
	Clock     clock.Clock
	Log       *slog.Logger
}

type server struct {
	cfg       Config
	addresses *limits
	names     *limits
	sessions  openSessions    // sockets and long polls, by session
	ctx       context.Context // ends with the edge; sockets do not outlive it
}

const (
	maxBody    = 1 << 20
	maxForm    = 64 << 10
	longPoll   = 25 * time.Second // of a long poll
	socketLife = 3870             // seconds
)

// Open serves the agent side until ctx ends. browser tells whose browser a request comes from; token names the session and is kept from
// scripts.
func Open(ctx context.Context, cfg Config) (handler http.Handler,
	browser func(*http.Request) (who connect.AgentID, token string, err error)) {
	s := &server{cfg: cfg, addresses: newLimits(perAddress, 40, maxKeys), names: newLimits(perUser, 20, maxKeys), ctx: ctx}
	s.sessions.all = map[string]map[*context.CancelFunc]struct{}{}
	mux := http.NewServeMux()
	for _, path := range []string{"/{$}", "/home", "/connect", "/connect/{$}", "/connect/home", "/connect/home/{$}"} {
		mux.HandleFunc("GET "+path, s.home)
	}
	for _, prefix := range []string{"", "/connect"} {
		mux.HandleFunc("GET "+prefix+"/login", s.loginPage)
		mux.HandleFunc("POST "+prefix+"/login", s.login)
		mux.HandleFunc("GET "+prefix+"/logout", s.logout)
		mux.HandleFunc("GET "+prefix+"/auth/authorize", s.authorize)
		mux.HandleFunc("POST "+prefix+"/api", s.operation)
		mux.HandleFunc("GET "+prefix+"/whitelisted-origins", s.whitelisted)
		mux.HandleFunc("GET "+prefix+"/ccp-v2/{path...}", s.panel)
		mux.HandleFunc(prefix+"/agent-app/", nothing)
		mux.HandleFunc(prefix+"/task-templates/", nothing)
		for _, path := range []string{"/ccp", "/ccp/{$}", "/ccp-v2"} {
			mux.HandleFunc("GET "+prefix+path, leadTo(prefix+"/ccp-v2/"))
		}
		mux.HandleFunc("GET "+prefix+"/request-storage-access", s.storageAccess)
		mux.HandleFunc("GET "+prefix+"/ccp-v2/request-storage-access", s.storageAccess) // where the library looks on localhost
	}
	mux.HandleFunc("GET /login/style.css", style)
	mux.HandleFunc("GET /ccp-v2/session", s.sessionOfPage)
	mux.HandleFunc("GET /ws", s.socketOf)
	return mux, func(r *http.Request) (connect.AgentID, string, error) {
		v, token, err := s.browser(r)
		return v.Agent, token, err
	}
}

// leadTo sends from an earlier address of the panel to its present one, with what was asked. Browsers keep the part
// behind a # themselves.
func leadTo(path string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		to := url.URL{Path: path, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
	}
}

// home leads who may administer to the console, and agents to the panel.
func (s *server) home(w http.ResponseWriter, r *http.Request) {
	to := "/ccp-v2/"
	v, _, err := s.browser(r)
	switch st := s.cfg.Centre.State(); {
	case err != nil:
		to = "/login?destination=/"
	case s.cfg.Console != "" && (st.Administers(v.Agent) || st.May(v.Agent, "Users.View")):
		to = s.cfg.Console
	}
	http.Redirect(w, r, to, http.StatusFound)
}

// nothing answers services that the sandbox does not have; their clients read the body of an error too.
func nothing(w http.ResponseWriter, _ *http.Request) {
	fail(w, http.StatusNotFound, "ResourceNotFoundException", "this service is not part of the sandbox")
}
