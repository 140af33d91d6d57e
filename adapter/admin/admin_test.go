package admin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	origin = "http://adapter.example"
	ada    = "005000000000009AAA" // administrator
	miles  = "005000000000008AAA" // manager
	amelia = "005000000000001AAA" // agent
	ben    = "005000000000002AAA" // agent
	nobody = "005000000000003AAA"
)

// desk is the pages on a store, with an org that the test writes.
type desk struct {
	*Admin
	t       testing.TB
	store   *store.Store
	clock   *clock.Fake
	rights  map[string]Rights
	asked   int // times that the org was asked for rights
	silent  bool
	started []int64
	again   []string
	books   []RuleBook
	synced  []string // agents whose sync was started again
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	return newDeskIn(t, filepath.Join(t.TempDir(), "adapter.db"))
}

func newDeskIn(t testing.TB, file string) *desk {
	t.Helper()
	s, err := store.Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &desk{t: t, store: s, clock: clock.NewFake(nine), rights: map[string]Rights{
		ada: {Everything: true}, miles: {Everything: true}, amelia: {Own: true}, ben: {Own: true},
	}}
	d.Admin = New(Config{
		PublicURL: origin, CRM: "http://crm.example", Store: s, Clock: d.clock, Log: slog.New(slog.DiscardHandler),
		Pages: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>page")}, "assets/a.js": {Data: []byte("1")}, ".keep": {}},
		SignIn: func(w http.ResponseWriter, r *http.Request, back string) {
			http.Redirect(w, r, "http://crm.example/authorize?back="+back, http.StatusFound)
		},
		Rights: func(_ context.Context, userID string) (Rights, error) {
			d.asked++
			if d.silent {
				return Rights{}, errors.New("no answer")
			}
			return d.rights[userID], nil
		},
		Seal: func(text string) string { return "sealed." + base64.RawURLEncoding.EncodeToString([]byte(text)) },
		Open: func(sealed string) (string, error) {
			text, ok := strings.CutPrefix(sealed, "sealed.")
			if !ok {
				return "", errors.New("not ours")
			}
			raw, err := base64.RawURLEncoding.DecodeString(text)
			return string(raw), err
		},
		Start: func(runs ...*store.Run) {
			for _, r := range runs {
				d.started = append(d.started, r.ID)
			}
		},
		Again:    func(user string, id int64) { d.again = append(d.again, fmt.Sprint(user, " ", id)) },
		Standing: func() (int, int) { return 3, 1 }, Connected: func(context.Context) map[string]int { return map[string]int{amelia: 2} },
		Presence: func() []RuleBook { return d.books }, CallCenterOf: func(string) string { return "" },
		StartSync: func(ctx context.Context, user string) (stopped bool, err error) {
			d.synced = append(d.synced, user)
			err = s.Do(ctx, "", func(tx *store.Tx) error {
				k := agent.New(user)
				err := tx.State(user, "", &k)
				stopped = !k.Sync.Stopped.IsZero()
				k.Sync = k.Sync.Start()
				return errors.Join(err, tx.PutState(user, "", nine, true, k))
			})
			return stopped, err
		},
		Usage: func() (int, int) { return 90, 100 },
		Records: func() []RecordHealth {
			return []RecordHealth{{CallCenter: "c", Name: "A", URL: "a01", Problems: []string{"It is broken."}}}
		},
	})
	return d
}

func (d *desk) do(f func(*store.Tx) error) {
	d.t.Helper()
	if err := d.store.Do(context.Background(), "", f); err != nil {
		d.t.Fatal(err)
	}
}

// call tells of a call that rang at an agent, and popped nothing since nobody has its number.
func (d *desk) call(id, user, phone string, at time.Time, change func(*store.Run)) {
	d.t.Helper()
	d.do(func(tx *store.Tx) error { return tellCall(tx, id, user, phone, at, change) })
}

func tellCall(tx *store.Tx, id, user, phone string, at time.Time, change func(*store.Run)) error {
	c := wire.Contact{ContactID: id, InitialContactID: id, Type: "voice", State: "connecting", Inbound: true, PhoneNumber: phone,
		QueueName: "Support", Since: 1000, Attributes: map[string]string{"x": "<script>alert(1)</script>"}}
	f := fact.Fact{User: user, Key: id + ":onConnecting:1000", Page: "p", At: at, Source: fact.Voice, Event: contact.OnConnecting, Contact: &c}
	s, _ := contact.Fold(contact.New(user, id), f)
	over := c
	over.State, over.Since = "ended", 3000
	end := fact.Fact{User: user, Key: id + ":onEnded:3000", Page: "p", At: at.Add(20 * time.Second), Source: fact.Voice,
		Event:   contact.OnEnded,
		Contact: &over}
	s, _ = contact.Fold(s, end)
	for _, told := range []fact.Fact{f, end} {
		if _, err := tx.AddFact(told); err != nil {
			return err
		}
	}
	if err := tx.PutState(user, id, at, s.Live(), s); err != nil {
		return err
	}
	r := store.Run{User: user, Contact: id, Kind: "flow", Flow: "Pop", Status: store.Completed, Created: at, Ended: at.Add(time.Second),
		Body: store.Body{Fact: f, Country: "US", Searches: []store.Search{{Kind: "nothing"}}}}
	if change != nil {
		change(&r)
	}
	return tx.AddRun(&r)
}

// named keeps who an agent is.
func (d *desk) named(user, name, username string) {
	d.t.Helper()
	d.do(func(tx *store.Tx) error {
		a := agent.New(user)
		a.Name, a.Username = name, username
		return tx.PutState(user, "", nine, true, a)
	})
}

// browser is somebody's browser, signed in.
type browser struct {
	d      *desk
	cookie *http.Cookie
	csrf   string
}

func (d *desk) signIn(user string) *browser {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.Admit(w, httptest.NewRequest(http.MethodGet, "/auth/callback", nil), Person{UserID: user, Name: "N"}, "/admin/health")
	cookies := w.Result().Cookies()
	if w.Code != http.StatusOK || len(cookies) != 1 {
		d.t.Fatalf("not let in: %d %s", w.Code, w.Body)
	}
	b := &browser{d: d, cookie: cookies[0]}
	var me Me
	b.get("me", http.StatusOK, &me)
	b.csrf = me.CSRF
	return b
}

func (b *browser) ask(method, path, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, apiPath+path, strings.NewReader(body))
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	if method == http.MethodPost {
		r.Header.Set("Origin", origin)
		r.Header.Set(csrfHeader, b.csrf)
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	b.d.Handler().ServeHTTP(w, r)
	return w
}

// get asks and reads the answer, which has to have a status.
func (b *browser) get(path string, status int, into any) {
	b.d.t.Helper()
	b.read("GET", path, "", status, into)
}

func (b *browser) post(path, body string, status int, into any) {
	b.d.t.Helper()
	b.read("POST", path, body, status, into)
}

func (b *browser) read(method, path, body string, status int, into any) {
	b.d.t.Helper()
	w := b.ask(method, path, body, nil)
	got, _ := io.ReadAll(w.Body)
	if w.Code != status || w.Header().Get("Content-Type") != contentJSON {
		b.d.t.Fatalf("%s %s: %d, want %d: %.300s", method, path, w.Code, status, got)
	}
	if into == nil {
		into = new(Problem)
	}
	if err := json.Unmarshal(got, into); err != nil {
		b.d.t.Fatalf("%s %s: %v: %s", method, path, err, got)
	}
	if p, ok := into.(*Problem); ok && status >= 400 && (p.Code == "" || p.Sentence == "") {
		b.d.t.Errorf("%s %s: no sentence in %s", method, path, got)
	}
}
