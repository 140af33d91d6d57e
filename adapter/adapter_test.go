package adapter

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
)

const pageOrigin = "http://pages.example"

// crm is an org with one agent, one adapter record and the default flows; it keeps the tasks that it is given.
type crm struct {
	url   string
	mu    sync.Mutex
	tasks []map[string]any
	made  chan struct{}
}

func newCRM(t testing.TB) *crm {
	t.Helper()
	c := &crm{made: make(chan struct{}, 10)}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

func (c *crm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	rows := func(rows ...map[string]any) {
		if rows == nil {
			rows = []map[string]any{}
		}
		answer(map[string]any{"done": true, "records": rows})
	}
	script := func(name string) string {
		body, _ := os.ReadFile("../sfdx/flows/" + name + ".json")
		return string(body)
	}
	q := r.URL.Query().Get("q")
	switch {
	case strings.HasSuffix(r.URL.Path, "/oauth2/token"):
		answer(map[string]string{"access_token": "a", "refresh_token": "r", "instance_url": c.url, "id": c.url + "/id/00D1/0051"})
	case strings.Contains(q, "FROM User"):
		rows(map[string]any{"Id": "0051", "CallCenterId": "04v1"})
	case strings.Contains(q, "FROM CallCenter"):
		rows(map[string]any{"Id": "04v1", "InternalName": "ACLightningAdapter"})
	case strings.Contains(q, "FROM AC_CtiAdapter__c"):
		rows(map[string]any{"Id": "a01", "Name": "A", "Amazon_Connect_Instance_Alias__c": "desk"})
	case strings.Contains(q, "FROM AC_CtiScript__c"):
		rows(map[string]any{"Id": "f1", "Name": "dial", "Source__c": "salesforceUi", "Event__c": "onClickToDial",
			"Script__c": script("01-salesforceUiOnClickToDial"), "Active__c": true},
			map[string]any{"Id": "f2", "Name": "pop", "Source__c": "connectVoiceContact", "Event__c": "onConnecting",
				"Script__c": script("02-voiceContactOnConnecting"), "Active__c": true})
	case strings.Contains(q, "FROM Task"):
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.tasks) > 0 {
			rows(map[string]any{"Id": "00T1"})
			return
		}
		rows()
	case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/sobjects/Task"):
		var task map[string]any
		_ = json.NewDecoder(r.Body).Decode(&task)
		c.mu.Lock()
		c.tasks = append(c.tasks, task)
		c.mu.Unlock()
		w.WriteHeader(http.StatusCreated)
		answer(map[string]any{"id": "00T1", "success": true})
		c.made <- struct{}{}
	default:
		answer(map[string]any{"Name": "Amelia", "Username": "agent@x.example", "TimeZoneSidKey": "America/Los_Angeles"})
	}
}

// testConfig is an adapter of one org, with its state in a folder.
func testConfig(t testing.TB, org, data string) Config {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return Config{
		PublicURL: "http://adapter.example", PageOrigins: []string{pageOrigin}, Data: data, Clock: clock.System{},
		Log:        slog.New(slog.DiscardHandler),
		Salesforce: Salesforce{LoginURL: org, ClientID: "client", Username: "admin@x.example", Key: key},
	}
}

func start(t testing.TB, c *crm) *httptest.Server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a, err := New(ctx, testConfig(t, c.url, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	server := httptest.NewServer(a.Handler())
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return server
}

// signIn walks the popup and returns the session that the page gets.
func signIn(t testing.TB, server *httptest.Server) string {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.Get(server.URL + "/auth/start?origin=" + pageOrigin)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodGet, server.URL+"/auth/callback?code=c&state="+to.Query().Get("state"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range resp.Cookies() {
		req.AddCookie(cookie)
	}
	page, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	body, err := io.ReadAll(page.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`data-session="([^"]+)" data-ccp="https://desk.my.connect.aws/ccp-v2/"`).FindSubmatch(body)
	if found == nil {
		t.Fatalf("%d: %s", page.StatusCode, body)
	}
	return string(found[1])
}

// softphone is a page at the other end of the socket.
type softphone struct {
	t    testing.TB
	conn *websocket.Conn
	seq  uint64
}

func open(t testing.TB, server *httptest.Server, session string) *softphone {
	t.Helper()
	conn, _, err := websocket.Dial(context.Background(), strings.Replace(server.URL, "http", "ws", 1)+"/ws",
		&websocket.DialOptions{HTTPHeader: http.Header{"Origin": {pageOrigin}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	p := &softphone{t: t, conn: conn}
	p.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: session, Page: "p"}})
	if m := p.until(func(m wire.ToPage) bool { return m.Welcome != nil }); m.Welcome.CCPURL == "" || !m.Welcome.Settings.ClickToDial {
		t.Fatalf("welcome %+v", m.Welcome)
	}
	return p
}

func (p *softphone) send(m wire.FromPage) {
	p.t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.conn.Write(context.Background(), websocket.MessageText, body); err != nil {
		p.t.Fatal(err)
	}
}

func (p *softphone) tell(e wire.Event) {
	p.seq++
	e.Seq, e.At = p.seq, time.Now().UnixMilli()
	p.send(wire.FromPage{Type: "event", Event: &e})
}

func (p *softphone) until(fits func(wire.ToPage) bool) wire.ToPage {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		_, body, err := p.conn.Read(ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		var m wire.ToPage
		if err := json.Unmarshal(body, &m); err != nil {
			p.t.Fatal(err)
		}
		if fits(m) {
			return m
		}
	}
}

func isCommand(m wire.ToPage) bool { return m.Command != nil }

func call(id string) *wire.Contact {
	return &wire.Contact{ContactID: id, InitialContactID: id, Type: "voice", State: "connecting", Inbound: true, PhoneNumber: "+12065550142"}
}

func TestACallPopsOnceAndIsLoggedOnce(t *testing.T) {
	leak.Check(t)
	c := newCRM(t)
	server := start(t, c)
	session := signIn(t, server)
	page := open(t, server, session)

	connecting := wire.Event{Source: "connectVoiceContact", Event: "onConnecting", Key: "c-1|onConnecting", Contact: call("c-1")}
	page.tell(connecting)
	command := page.until(isCommand).Command
	if command.Body.SearchPop == nil || command.Body.SearchPop.SearchParams != "2065550142" {
		t.Fatalf("command %+v", command)
	}
	answer := wire.FromPage{Type: "result", Result: &wire.Result{ID: command.ID, OK: true,
		Value: json.RawMessage(`{"003000000000001AAA":{"Id":"003000000000001AAA"},"SCREEN_POP_DATA":{}}`)}}
	page.send(answer)

	_ = page.conn.CloseNow() // a refresh, which may take the answer with it: the snapshot is replayed under the same keys
	page = open(t, server, session)
	connecting.Replay = true
	page.tell(connecting)
	ended := call("c-1")
	ended.State, ended.ConnectedAt, ended.Duration = "ended", time.Now().UnixMilli(), 61_400
	for range 2 {
		page.tell(wire.Event{Source: "connectVoiceContact", Event: "onEnded", Key: "c-1|onEnded", Contact: ended})
	}
	page.tell(wire.Event{Source: "salesforceUi", Event: "onClickToDial", Key: "click-1",
		Payload: json.RawMessage(`{"number":"(206) 555-0100"}`)})
	next := page.until(isCommand).Command
	for next.ID == command.ID { // unanswered, it comes again under its id: the page has done it and says so
		page.send(answer)
		next = page.until(isCommand).Command
	}
	select {
	case <-c.made:
	case <-time.After(20 * time.Second):
		t.Fatal("no task was written")
	}
	if next.Body.Dial == nil || next.Body.Dial.PhoneNumber != "+12065550100" {
		t.Errorf("after the refresh the page got %+v, want only the dialling", next)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.tasks) != 1 {
		t.Fatalf("%d tasks, want 1", len(c.tasks))
	}
	for key, want := range map[string]any{"WhoId": "003000000000001AAA", "CallObject": "c-1", "CallType": "Inbound",
		"Subject": "Call from (206) 555-0142", "CallDurationInSeconds": 61.0} {
		if c.tasks[0][key] != want {
			t.Errorf("task %s = %v, want %v", key, c.tasks[0][key], want)
		}
	}
}

// What a page held back while the adapter was away arrives in one go: the end of a call may not overtake its pop.
// A click that comes to nothing says why; what the page itself refuses, the page tells.
func TestAClickThatCannotBeDialledSaysWhy(t *testing.T) {
	leak.Check(t)
	c := newCRM(t)
	server := start(t, c)
	page := open(t, server, signIn(t, server))
	for number, says := range map[string]string{
		"555-0708": "lacks its area code", "020 7946 0803": "is not a telephone number",
		"206-555-0706 / 206-555-0707": "is not a telephone number",
	} {
		payload, err := json.Marshal(map[string]string{"number": number})
		if err != nil {
			t.Fatal(err)
		}
		page.tell(wire.Event{Source: "salesforceUi", Event: "onClickToDial", Key: "click " + number, Payload: payload})
		told := page.until(func(m wire.ToPage) bool { return m.Notice != nil || m.Command != nil })
		if told.Notice == nil || !strings.Contains(told.Notice.Text, number) || !strings.Contains(told.Notice.Text, says) {
			t.Errorf("%s: told %+v", number, told.Notice)
		}
	}
}

func TestACallThatIsToldLateIsLoggedOnTheRecordThatPops(t *testing.T) {
	leak.Check(t)
	c := newCRM(t)
	server := start(t, c)
	page := open(t, server, signIn(t, server))
	ended := call("c-1")
	ended.State, ended.ConnectedAt, ended.Duration = "ended", time.Now().UnixMilli(), 61_400
	page.tell(wire.Event{Source: "connectVoiceContact", Event: "onConnecting", Key: "c-1|onConnecting", Contact: call("c-1")})
	page.tell(wire.Event{Source: "connectVoiceContact", Event: "onEnded", Key: "c-1|onEnded", Contact: ended})
	acked := page.until(func(m wire.ToPage) bool { return m.Ack != nil && m.Ack.Seq == 2 || isCommand(m) })
	command := acked.Command
	if command == nil {
		command = page.until(isCommand).Command
	}
	page.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: command.ID, OK: true,
		Value: json.RawMessage(`{"003000000000001AAA":{"Id":"003000000000001AAA"}}`)}})
	select {
	case <-c.made:
	case <-time.After(20 * time.Second):
		t.Fatal("no task was written")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.tasks) != 1 || c.tasks[0]["WhoId"] != "003000000000001AAA" {
		t.Errorf("tasks %v", c.tasks)
	}
}

func TestHealth(t *testing.T) {
	server := start(t, newCRM(t))
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ok", "/metrics": "patchcord_pages 0"} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %.80s", path, resp.StatusCode, body)
		}
	}
}

func TestLoadConfig(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	keyFile := filepath.Join(folder, "key.pem")
	body := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	if err := os.WriteFile(keyFile, body, 0o600); err != nil {
		t.Fatal(err)
	}
	good := "public_url: https://a.example\npage_origins: [https://x--c.vf.force.com]\nsalesforce:\n  login_url: " +
		"https://x.my.salesforce.com\n  client_id: c\n  username: u\n  key_file: " + keyFile + "\n"
	for _, tc := range []struct{ name, text, says string }{
		{"a whole file is taken", good, ""},
		{"an unknown key is named", good + "page_origin: x\n", "page_origin"},
		{"a page with a path is no origin", strings.Replace(good, "vf.force.com]", "vf.force.com/apex]", 1), "is not an origin"},
		{"a missing client id is named", strings.Replace(good, "client_id: c", "client_id: ''", 1), "client_id"},
		{"without a key the adapter makes its own", strings.Split(good, "  client_id")[0] + "  username: u\ndata: " +
			filepath.Join(folder, "data") + "\nsetup: {people: {}}\n", ""},
		{"which needs a folder", strings.Split(good, "  client_id")[0] + "  username: u\n", "data: name a folder"},
		{"a missing key file is named", strings.Replace(good, "key.pem", "none.pem", 1), "key_file"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			name := filepath.Join(folder, "patchcord.yaml")
			if err := os.WriteFile(name, []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, listen, err := LoadConfig(name)
			if tc.says == "" && (err != nil || listen != "127.0.0.1:8082") {
				t.Errorf("listen %q, %v", listen, err)
			}
			if tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)) {
				t.Errorf("err = %v, want one with %q", err, tc.says)
			}
		})
	}
}

// BenchmarkEventToCommand measures the adapter's own share: an event in, kept, its flow run, the command out.
func BenchmarkEventToCommand(b *testing.B) {
	server := start(b, newCRM(b))
	page := open(b, server, signIn(b, server))
	n := 0
	for b.Loop() {
		n++
		id := "c-" + time.Now().Format(time.RFC3339Nano) + string(rune('a'+n%26))
		page.tell(wire.Event{Source: "connectVoiceContact", Event: "onConnecting", Key: id, Contact: call(id)})
		command := page.until(isCommand).Command
		page.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: command.ID, OK: true}})
	}
}
