package cti

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

// floor is the agent side with two agents, served to browsers.
type floor struct {
	*testing.T
	centre *connect.Centre
	clock  *clock.Fake
	phone  *phone
	url    string
	stop   context.CancelFunc
}

// phone notes what signalling asks of audio.
type phone struct {
	mu   sync.Mutex // guards byes
	byes []string
}

func (p *phone) Invite(_ context.Context, agent connect.AgentID, contact connect.ContactID, in Invitation) (Answer, error) {
	if in.SDP == "" {
		return Answer{}, &Refused{486, "busy"}
	}
	return Answer{SDP: "answer to " + in.SDP, Candidates: []Candidate{{Candidate: "candidate:1"}}, Peer: string(agent) +
		" in " + string(contact)}, nil
}

func (p *phone) Bye(_ connect.AgentID, _ connect.ContactID, peer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byes = append(p.byes, peer)
}

func (*phone) Servers(user string) ([]ICEServer, error) {
	return []ICEServer{{URLs: []string{"turn:127.0.0.1:3478"}, Username: user, Credential: "secret"}}, nil
}

// silent is audio that nobody hears.
type silent struct{}

func (silent) Connect(connect.ContactID)                                             {}
func (silent) Hold(connect.ContactID, connect.Party)                                 {}
func (silent) Dial(connect.ContactID, string, string)                                {}
func (silent) DialDeskPhone(connect.ContactID, connect.ConnectionID, string, string) {}
func (silent) DropAgent(connect.ContactID)                                           {}
func (silent) End(connect.ContactID)                                                 {}
func (silent) Digits(connect.ContactID, string)                                      {}

const origin = "http://desk.example"

func state(t testing.TB) connect.State {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	s := connect.NewInstance(
		connect.Instance{
			ID:      "0e6c1c1e-0000-4000-8000-000000000001",
			Alias:   "desk",
			Region:  "us-east-1",
			Account: "123456789012",
			Number:  "+12065550100",
		},
		[]connect.User{
			{Username: "amelia", PasswordHash: string(hash)},
			{Username: "omar", PasswordHash: string(hash)},
		},
		func() string { n++; return fmt.Sprintf("id-%d", n) },
		[]byte("key"),
	)
	s.Origins = []string{"http://pages.example"}
	return s
}

// open serves a centre in a state, as it is after a restart.
func open(t *testing.T, s connect.State, at string) *floor {
	t.Helper()
	d := &floor{T: t, clock: clock.NewFake(time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC)), phone: &phone{}}
	n := 1000
	log := slog.New(slog.DiscardHandler)
	d.centre = connect.New(connect.Config{Clock: d.clock, IDs: func() string { n++; return fmt.Sprintf("id-%d", n) }, Log: log, State: s})
	d.centre.SetMedia(silent{})
	ctx, stop := context.WithCancel(context.Background())
	page := fstest.MapFS{"index.html": {Data: []byte("<p>panel")}, "worker.js": {Data: []byte("0")}}
	handler, _ := Open(ctx, Config{
		Centre: d.centre, Softphone: d.phone, Page: page, Origin: at, Key: s.Key, Clock: d.clock, Log: log,
	})
	server := httptest.NewServer(handler)
	d.url, d.stop = server.URL, stop
	t.Cleanup(server.Close)
	t.Cleanup(stop)
	return d
}

// browser keeps cookies and does not follow redirects.
type browser struct {
	*floor
	*http.Client
}

func (d *floor) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.Fatal(err)
	}
	transport := &http.Transport{}
	d.Cleanup(transport.CloseIdleConnections)
	return &browser{d, &http.Client{Jar: jar, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (b *browser) get(path string) (*http.Response, string) {
	b.Helper()
	res, err := b.Get(b.url + path)
	return b.read(res, err)
}

func (b *browser) read(res *http.Response, err error) (*http.Response, string) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	return res, string(body)
}

func (b *browser) login(username, password string) (*http.Response, string) {
	b.Helper()
	res, err := b.PostForm(b.url+"/login", url.Values{"username": {username}, "password": {password}, "destination": {"/ccp-v2/"}})
	return b.read(res, err)
}

// signIn gives the bearer token that the page starts with.
func (b *browser) signIn(username string) string {
	b.Helper()
	if res, page := b.login(username, "right"); res.StatusCode != http.StatusSeeOther {
		b.Fatalf("%d %s", res.StatusCode, page)
	}
	_, body := b.get("/ccp-v2/session")
	var session struct{ AuthToken string }
	if err := json.Unmarshal([]byte(body), &session); err != nil || session.AuthToken == "" {
		b.Fatalf("%s, %v", body, err)
	}
	return session.AuthToken
}

// ask calls an operation.
func (d *floor) ask(token, name, body string) (status int, answer map[string]any) {
	d.Helper()
	req, err := http.NewRequestWithContext(d.Context(), http.MethodPost, d.url+"/api", strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	req.Header.Set("X-Amz-Target", "AmazonConnectCTIService."+name)
	req.Header.Set("X-Amz-Bearer", token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		d.Fatalf("%d without JSON: %v", res.StatusCode, err)
	}
	return res.StatusCode, answer
}

// refused checks the shape of an error.
func (d *floor) refused(token, name, body string, status int, kind string) {
	d.Helper()
	got, answer := d.ask(token, name, body)
	if got != status || answer["__type"] != kind || answer["message"] == "" {
		d.Errorf("%s %.60s: %d %v, want %d %s", name, body, got, answer, status, kind)
	}
}

func (d *floor) id(username string) connect.AgentID {
	for _, u := range d.centre.State().Users {
		if u.Username == username {
			return u.ID
		}
	}
	d.Fatal("no such user")
	return ""
}

// ring brings a call to an agent who has just become available.
func (d *floor) ring(username, from string) connect.Contact {
	d.Helper()
	for _, s := range d.centre.State().Statuses {
		if s.Type == connect.Routable {
			if err := d.centre.SetState(d.id(username), s.ID, false); err != nil {
				d.Fatal(err)
			}
		}
	}
	d.centre.Arrived(from, "+12065550100")
	d.centre.Ready()
	snap, err := d.centre.Snapshot(d.id(username))
	if err != nil || len(snap.Contacts) != 1 {
		d.Fatalf("%+v, %v", snap, err)
	}
	return snap.Contacts[0]
}
