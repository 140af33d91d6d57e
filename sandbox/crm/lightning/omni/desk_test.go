package omni

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// floor is an org with two agents and Omni-Channel, and what serves it.
type floor struct {
	t        *testing.T
	dir      string
	clock    *clock.Fake
	org      *crm.Org
	omni     *Server
	http     *httptest.Server
	end      func()
	sessions sync.Map // by cookie, whose it is; one that is taken out has ended

	amelia, omar              schema.RecordID
	available, lunch, private schema.RecordID // statuses; the last one is nobody's
	queue                     schema.RecordID
}

// open is a floor where nobody is logged in. Work goes to a queue with both agents, whose routing lets it go on after 30 seconds.
func open(t *testing.T) *floor {
	t.Helper()
	leak.Check(t)
	f := &floor{t: t, dir: t.TempDir(), clock: clock.NewFake(time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC))}
	f.openOrg()
	user := func(name string) schema.RecordID {
		u, err := f.org.People.UserByName(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		return u.ID
	}
	f.amelia, f.omar = user("amelia@patchcord.example"), user("omar@patchcord.example")
	if err := f.org.Transact(t.Context(), func(a *crm.Actor) error { return f.configure(t.Context(), a) }); err != nil {
		t.Fatal(err)
	}
	f.sessions.Store("amelia", f.amelia)
	f.sessions.Store("amelia elsewhere", f.amelia)
	f.sessions.Store("omar", f.omar)
	f.serve()
	t.Cleanup(func() { f.stop() })
	return f
}

const password = secret.String("Patchcord-2026")

func (f *floor) openOrg() {
	var err error
	f.org, err = crmtest.Open(f.t, crm.Config{
		Dir: f.dir, Clock: f.clock, Log: slog.New(slog.DiscardHandler), Origin: "http://crm.example",
		Users: []crm.SeedUser{
			{Username: "amelia@patchcord.example", FirstName: "Amelia", LastName: "Okafor", Alias: "amelia", Password: password},
			{Username: "omar@patchcord.example", FirstName: "Omar", LastName: "Haddad", Alias: "omar", Password: password},
		},
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// configure is what an administrator does in Setup.
func (f *floor) configure(ctx context.Context, a *crm.Actor) error {
	if err := a.SetOmniChannel(ctx, true); err != nil {
		return err
	}
	var failed error
	put := func(object string, values records.Values) schema.RecordID {
		made, err := a.Create(ctx, object, values)
		failed = errors.Join(failed, err)
		return made
	}
	channel := put(schema.ServiceChannel, records.Values{"DeveloperName": "Cases", "MasterLabel": "Cases", "RelatedEntity": "Case"})
	status := func(name, label string) schema.RecordID {
		return put(schema.PresenceStatus, records.Values{"DeveloperName": name, "MasterLabel": label})
	}
	f.available, f.lunch, f.private = status("Available", "Available"), status("Lunch", "At Lunch"), status("Private", "Private")
	put(schema.StatusChannel, records.Values{"ServiceChannelId": string(channel), "ServicePresenceStatusId": string(f.available)})
	set := put("PermissionSet", records.Values{"Name": "Agents", "Label": "Agents"})
	for _, st := range []schema.RecordID{f.available, f.lunch} {
		put(schema.SetupAccess, records.Values{"ParentId": string(set), "SetupEntityId": string(st)})
	}
	put(schema.PresenceConfig, records.Values{"DeveloperName": schema.DefaultPresence, "MasterLabel": "Default", "Capacity": 5,
		"OptionsIsDeclineEnabled": true})
	how := put(schema.RoutingConfig, records.Values{"DeveloperName": "Support", "MasterLabel": "Support", "RoutingModel": "LeastActive",
		"RoutingPriority": 1, "CapacityWeight": 2, "PushTimeout": 30})
	f.queue = put(schema.Group, records.Values{"Name": "Support", "DeveloperName": "Support", "Type": "Queue",
		"QueueRoutingConfigId": string(how)})
	put(schema.QueueObject, records.Values{"QueueId": string(f.queue), "SobjectType": "Case"})
	for _, user := range []schema.RecordID{f.amelia, f.omar} {
		put("PermissionSetAssignment", records.Values{"PermissionSetId": string(set), "AssigneeId": string(user)})
		put(schema.GroupMember, records.Values{"GroupId": string(f.queue), "UserOrGroupId": string(user)})
	}
	return failed
}

var errEnded = errors.New("session ended")

func (f *floor) serve() {
	f.http = httptest.NewUnstartedServer(nil)
	f.omni = Open(Config{
		Org: f.org, Origin: "http://" + f.http.Listener.Addr().String(), Clock: f.clock, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			cookie, err := r.Cookie(edge.SessionCookie)
			if err != nil {
				return "", errEnded
			}
			whose, open := f.sessions.Load(cookie.Value)
			user, ok := whose.(schema.RecordID)
			if !open || !ok {
				return "", errEnded
			}
			return user, nil
		},
	})
	f.http.Config.Handler = f.omni.Handler()
	f.http.Start()
	ctx, cancel := context.WithCancel(context.WithoutCancel(f.t.Context()))
	ran := make(chan error, 1)
	go func() { ran <- f.omni.Run(ctx) }()
	f.end = func() {
		cancel()
		if err := <-ran; err != nil {
			f.t.Error(err)
		}
		f.http.Close()
	}
}

func (f *floor) stop() {
	f.end()
	if err := f.org.Close(); err != nil {
		f.t.Error(err)
	}
}

// restart is the sandbox ended and begun again with the same data.
func (f *floor) restart() {
	f.stop()
	f.openOrg()
	f.serve()
}

// asks sends what a page of a session asks, and gives the state or the refusal's sentence.
func (f *floor) asks(session, method, path, body string) (stateOut, string) {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), method, f.http.URL+strings.TrimSuffix(Pattern, "/")+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: edge.SessionCookie, Value: session})
	r.Header.Set(edge.TokenHeader, edge.Token(r))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	var state stateOut
	var problems edge.Problems
	if res.StatusCode != http.StatusOK {
		if err := json.Unmarshal(raw, &problems); err != nil || len(problems.Errors) == 0 {
			f.t.Fatalf("%s %s = %d %s", method, path, res.StatusCode, raw)
		}
		return state, problems.Errors[0].Message
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		f.t.Fatal(err)
	}
	return state, ""
}

// sets gives a session's user a status.
func (f *floor) sets(session string, status schema.RecordID) stateOut {
	f.t.Helper()
	state, refused := f.asks(session, "PUT", "/presence", `{"statusId":"`+string(status)+`","reason":"OmniManualStatusChange"}`)
	if refused != "" {
		f.t.Fatal(refused)
	}
	return state
}

// console is an open tab.
type console struct {
	t    *testing.T
	conn *websocket.Conn
	now  stateOut
}

// opens a tab and reads what it is told first.
func (f *floor) opens(session string) *console {
	f.t.Helper()
	header := http.Header{"Origin": {f.http.URL}, "Cookie": {edge.SessionCookie + "=" + session}}
	stream := "ws" + strings.TrimPrefix(f.http.URL, "http") + Pattern + "stream"
	conn, res, err := websocket.Dial(f.t.Context(), stream, &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		f.t.Fatal(err)
	}
	if res.Body != nil {
		_ = res.Body.Close()
	}
	f.t.Cleanup(func() { _ = conn.CloseNow() })
	c := &console{t: f.t, conn: conn}
	c.hears()
	return c
}

func (c *console) closes() { _ = c.conn.Close(websocket.StatusNormalClosure, "") }

// hears is the next message: its events, with the parameter that tells them apart.
func (c *console) hears() string {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	_, raw, err := c.conn.Read(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	var m messageOut
	if err := json.Unmarshal(raw, &m); err != nil {
		c.t.Fatal(err)
	}
	c.now = m.State
	var all []string
	for _, e := range m.Events {
		line := strings.TrimPrefix(e.Name, "omniChannel")
		for _, name := range []string{"statusApiName", "reason"} {
			if value, ok := e.Params[name].(string); ok {
				line += " " + value
			}
		}
		all = append(all, line)
	}
	return strings.Join(all, ", ")
}

// hear wants the next message that has events to be these.
func (c *console) hear(want string) {
	c.t.Helper()
	got := c.hears()
	for got == "" {
		got = c.hears()
	}
	if got != want {
		c.t.Errorf("heard %q, want %q", got, want)
	}
}

// finds is one column of a query, each value as text.
func (f *floor) finds(soql, field string) string {
	f.t.Helper()
	var all []string
	if err := f.org.Transact(f.t.Context(), func(a *crm.Actor) error {
		found, err := rows(f.t.Context(), a, soql)
		for _, r := range found {
			all = append(all, r.Text(field))
		}
		return err
	}); err != nil {
		f.t.Fatal(err)
	}
	return strings.Join(all, ", ")
}

// newCase is a case of the queue's.
func (f *floor) newCase(subject string) schema.RecordID {
	f.t.Helper()
	var made schema.RecordID
	if err := f.org.Transact(f.t.Context(), func(a *crm.Actor) (err error) {
		made, err = a.Create(f.t.Context(), "Case", records.Values{"Subject": subject, "OwnerId": string(f.queue)})
		return err
	}); err != nil {
		f.t.Fatal(err)
	}
	return made
}

// gone waits until the server has seen a user's last tab go.
func (f *floor) gone(user schema.RecordID) {
	f.t.Helper()
	f.until(func() bool { return !f.omni.tabs.present(user) })
}

// until waits for something that another goroutine is about to do.
func (f *floor) until(done func() bool) {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), 10*time.Second)
	defer cancel()
	for !done() {
		if ctx.Err() != nil {
			f.t.Fatal("it did not happen")
		}
		runtime.Gosched()
	}
}
