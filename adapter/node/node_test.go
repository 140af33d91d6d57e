package node

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// member is a node whose test hears what it is told.
type member struct {
	*Node
	t      *testing.T
	store  *store.Store
	news   chan string
	during atomic.Pointer[func(string)] // is called while it is told; nil for nobody
	end    func()                       // as if it died: it gives nothing back
}

// Enabled, Handle, WithAttrs and WithGroup make what is logged news.
func (m *member) Enabled(context.Context, slog.Level) bool { return true }

func (m *member) Handle(_ context.Context, r slog.Record) error {
	select {
	case m.news <- "log " + r.Message:
	default: // nobody listens any more
	}
	return nil
}

func (m *member) WithAttrs([]slog.Attr) slog.Handler { return m }

func (m *member) WithGroup(string) slog.Handler { return m }

func start(t *testing.T, dsn, name string) *member {
	t.Helper()
	s, err := store.OpenPostgres(t.Context(), dsn, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	m := &member{t: t, store: s, news: make(chan string, 1000)}
	m.Node, err = New(t.Context(), Config{
		Nodes: s.Nodes(), Name: name, About: json.RawMessage(`{}`), Clock: clock.System{}, Log: slog.New(m),
		Time: &Time{Clock: clock.System{}},
		Took: func(taken []store.Taken) {
			for _, v := range taken {
				m.news <- "took " + v.User
				m.meanwhile("took " + v.User)
			}
		}, LetGo: func() { m.news <- "let go" },
		Joined: func(context.Context) { m.news <- "joined"; m.meanwhile("joined") },
		Gone:   func(node string) { m.news <- "gone " + node }, CutOff: func() { m.news <- "cut off" },
		Letter: func(l store.Letter) { m.news <- l.Kind + " " + l.User + string(l.Body) },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = m.Run(ctx)
	}()
	m.end = sync.OnceFunc(func() {
		cancel()
		<-ended
		_ = s.Close()
	})
	t.Cleanup(m.end)
	return m
}

func (m *member) meanwhile(told string) {
	if during := m.during.Load(); during != nil {
		(*during)(told)
	}
}

// unsure makes the node as unsure as if the store had not answered for long, and returns when it is sure again.
func (m *member) unsure() {
	m.mu.Lock()
	m.sure = time.Now().Add(-time.Nanosecond)
	m.mu.Unlock()
	for limit := time.Now().Add(20 * time.Second); !m.Sure(); runtime.Gosched() {
		if time.Now().After(limit) {
			m.t.Error("it is not sure again")
			return
		}
	}
}

// hears waits for news, and passes over others.
func (m *member) hears(want string) {
	m.t.Helper()
	limit := time.After(30 * time.Second)
	for {
		select {
		case got := <-m.news:
			if got == want {
				return
			}
		case <-limit:
			m.t.Fatalf("nobody told %q", want)
		}
	}
}

// enters has a page of a user at the node.
func (m *member) enters(user, page string) {
	m.t.Helper()
	err := m.store.PutSession(m.t.Context(), store.Session{TokenHash: user, UserID: user, Refresh: []byte{1},
		Expires: time.Now().Add(time.Hour)}, time.Now())
	if err == nil {
		_, err = m.store.Nodes().Enter(m.t.Context(), []store.Entering{{User: user, Page: store.Page{ID: page, Session: user}}})
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

func TestTheWorkOfANodeThatDiesIsTakenUp(t *testing.T) {
	leak.Check(t)
	dsn := pgtest.Shared(t)
	a, b := start(t, dsn, "a"), start(t, dsn, "b")
	a.enters("ann", "p")
	id := a.ID()
	a.end()
	b.hears("gone " + id)
	b.hears("took ann")
	if mine, err := b.store.Nodes().Holds(t.Context(), "ann"); err != nil || !mine {
		t.Errorf("held: %v, %v", mine, err)
	}
}

func TestANodeThatLeavesKeepsNobodyWaiting(t *testing.T) {
	dsn := pgtest.Shared(t)
	a, b := start(t, dsn, "a"), start(t, dsn, "b")
	a.enters("ann", "p")
	if err := a.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.end()
	b.hears("took ann")
}

// A node that was taken for dead, as one that was asleep, begins anew: what it had is not its own any more.
func TestANodeThatWasTakenForDeadBeginsAnew(t *testing.T) {
	dsn := pgtest.Shared(t)
	a, b := start(t, dsn, "a"), start(t, dsn, "b")
	a.enters("ann", "p")
	before := a.ID()
	for buried := false; !buried; {
		all, err := b.store.Nodes().All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range all {
			if n.ID == before {
				if buried, err = b.store.Nodes().Bury(t.Context(), n.ID, n.Beats); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	a.hears("let go")
	a.hears("joined")
	if a.ID() == before {
		t.Error("it goes by the same name")
	}
}

// Two machines of one name would end each other for ever, and nobody would know why.
func TestNodesOfOneNameSaySo(t *testing.T) {
	dsn := pgtest.Shared(t)
	a := start(t, dsn, "a")
	start(t, dsn, "a")
	a.hears("log another node has this one's name, and each ends the other: give each a name of its own under node")
}

// While the server sleeps everybody lets go; nobody is dead when it wakes, and each goes on with its own.
func TestAServerThatSleepsCostsNobodyTheirWork(t *testing.T) {
	leak.Check(t)
	server, err := pgtest.Start(t.Context(), pgtest.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	dsn := server.DSN("postgres")
	a, b := start(t, dsn, "a"), start(t, dsn, "b")
	a.enters("ann", "p")
	b.enters("bob", "p")
	if err := server.Suspend(); err != nil {
		t.Fatal(err)
	}
	a.hears("let go")
	b.hears("let go")
	if a.Sure() || b.Sure() {
		t.Error("one of them is sure")
	}
	server.Resume()
	a.hears("took ann")
	b.hears("took bob")
	for !a.Sure() || !b.Sure() {
		if t.Context().Err() != nil {
			t.Fatal("one of them is not sure")
		}
		runtime.Gosched()
	}
}

// A node lets go again while it takes up what it let go of before: all of it is taken up once more.
func TestWhatIsLetGoOfWhileItIsTakenUpIsTakenUpAgain(t *testing.T) {
	leak.Check(t)
	a := start(t, pgtest.Shared(t), "a")
	a.enters("ann", "p")
	once := sync.OnceFunc(a.unsure)
	during := func(told string) {
		if told == "took ann" {
			once()
		}
	}
	a.during.Store(&during)
	a.unsure()
	a.hears("took ann")
	a.hears("let go")
	a.hears("took ann")
}

// Many pages take long to enter anew: their node lives meanwhile, or it would be taken for dead again.
func TestANodeBeatsWhileItsPagesEnterAnew(t *testing.T) {
	leak.Check(t)
	a := start(t, pgtest.Shared(t), "a")
	entered := make(chan struct{})
	during := func(string) { <-entered }
	a.during.Store(&during)
	defer close(entered)
	if err := a.store.Nodes().Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.hears("joined")
	for limit, beats := time.Now().Add(20*time.Second), int64(0); beats < 2; {
		all, err := a.store.Nodes().All(t.Context())
		if err != nil || time.Now().After(limit) {
			t.Fatalf("%d beats: %v", beats, err)
		}
		for _, n := range all {
			beats = n.Beats
		}
	}
}

func TestLettersComeInTheirOrder(t *testing.T) {
	dsn := pgtest.Shared(t)
	a, b := start(t, dsn, "a"), start(t, dsn, "b")
	const many = 700
	for i := range many {
		body, _ := json.Marshal(i)
		a.Send(store.Posted{Node: b.ID(), Letter: store.Letter{Kind: "n", Body: body}})
	}
	for i := range many {
		body, _ := json.Marshal(i)
		for got := "log "; strings.HasPrefix(got, "log "); {
			select {
			case got = <-b.news:
				if got != "n "+string(body) && !strings.HasPrefix(got, "log ") {
					t.Fatalf("letter %d: %q", i, got)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("letter %d is missing", i)
			}
		}
	}
}

func TestTimeIsTheDatabases(t *testing.T) {
	now := time.Now()
	fake := clock.NewFake(now)
	at := &Time{Clock: fake}
	at.Set(now.Add(time.Hour), now, now.Add(20*time.Millisecond))
	if ahead := at.Now().Sub(now); ahead < time.Hour-time.Second || ahead > time.Hour {
		t.Errorf("an hour ahead: %v", ahead)
	}
	at.Set(now.Add(time.Hour+100*time.Millisecond), now, now)
	if ahead := at.Now().Sub(now); ahead > time.Hour {
		t.Errorf("a tenth of a second changed it: %v", ahead)
	}
	at.Set(now, now, now.Add(3*time.Hour)) // an answer that took longer than it could tell
	if ahead := at.Now().Sub(now); ahead < time.Hour-time.Second {
		t.Errorf("a slow answer changed it: %v", ahead)
	}
}

// What asks for something is of no use after a long outage; what tells of something is.
func TestWhatIsTrueOutlastsAnOutage(t *testing.T) {
	server, err := pgtest.Start(t.Context(), pgtest.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	dsn := server.DSN("postgres")
	a, b := start(t, dsn, "a"), start(t, dsn, "b")
	to := b.ID()
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	a.hears("let go") // until then it has tried for long
	a.Send(store.Posted{Node: to, Letter: store.Letter{Kind: "asks"}})
	a.Send(store.Posted{Node: to, Lasts: true, Letter: store.Letter{Kind: "tells"}})
	a.hears("log letters to other nodes are dropped")
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	for {
		select {
		case got := <-b.news:
			if got == "asks " {
				t.Error("it is asked after a long outage")
			}
			if got == "tells " {
				return
			}
		case <-time.After(40 * time.Second):
			t.Fatal("it is not told")
		}
	}
}
