package adapter

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/pgtest"
	"github.com/patchcord/patchcord/internal/secret"
)

// cluster begins adapters of one org on one database.
func cluster(t *testing.T, c *org, names ...string) []*machine {
	t.Helper()
	return clusterOn(t, c, pgtest.Shared(t), map[string]time.Duration{}, names...)
}

// skewed is a machine's clock that is wrong.
type skewed struct {
	clock.System
	by time.Duration
}

func (s skewed) Now() time.Time { return time.Now().Add(s.by) }

// clusterOn begins adapters on a database, whose clocks may be wrong.
func clusterOn(t *testing.T, c *org, dsn string, wrong map[string]time.Duration, names ...string) (all []*machine) {
	t.Helper()
	first := testConfig(t, c.url, "")
	first.KeyFile = filepath.Join(t.TempDir(), "key")
	for _, name := range names {
		cfg := first
		cfg.Postgres, cfg.Node, cfg.Clock = secret.String(dsn), name, skewed{by: wrong[name]}
		n := begin(t, cfg)
		t.Cleanup(n.end)
		all = append(all, n)
	}
	return all
}

// until waits for what only another goroutine brings about.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s: not in 20 s", what)
		}
	}
}

// loggedOnce waits for the row of a contact, and counts its Tasks.
func loggedOnce(t *testing.T, o *org, id string) {
	t.Helper()
	o.await(t, "no row of the contact was written", func() bool { return o.channels[id] != nil })
	o.mu.Lock()
	defer o.mu.Unlock()
	tasks := 0
	for _, task := range o.tasks {
		if task["CallObject"] == id {
			tasks++
		}
	}
	if tasks != 1 {
		t.Errorf("%d tasks of %s, want 1", tasks, id)
	}
}

func front(visible bool) wire.FromPage {
	return wire.FromPage{Type: "front", Front: &wire.Front{Visible: visible}}
}

// A user's pages are at two nodes: a fact that one of them tells pops in the one that is in front, and its answer counts.
func TestAPageAtAnotherNodePops(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	popsAtBoth(t, o, cluster(t, o, "a", "b"))
}

// Through a pooler in transaction mode nobody hears notifications: letters are looked for.
func TestAPageAtAnotherNodePopsThroughAPooler(t *testing.T) {
	server, err := pgtest.Start(t.Context(), pgtest.Config{MaxConnections: 60})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	pooler, err := server.Pooler(t.Context(), "postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pooler.Close() })
	o := newOrg(t)
	popsAtBoth(t, o, clusterOn(t, o, pooler.DSN(), nil, "a", "b"))
}

// Clocks that are an hour apart delay nothing, end no session and make no call last for an hour: nodes go by the database's.
func TestNodesWhoseClocksAreWrong(t *testing.T) {
	o := newOrg(t)
	popsAtBoth(t, o, clusterOn(t, o, pgtest.Shared(t), map[string]time.Duration{"a": time.Hour, "b": -time.Hour}, "a", "b"))
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, task := range o.tasks {
		if task["CallDurationInSeconds"] != 61.0 {
			t.Errorf("a call of 61 s lasted %v", task["CallDurationInSeconds"])
		}
		told := fmt.Sprint(o.channels[fmt.Sprint(task["CallObject"])]["EndedAt__c"])
		if ended, err := time.Parse("2006-01-02T15:04:05.000Z", told); err != nil || time.Since(ended).Abs() > 10*time.Minute {
			t.Errorf("it ended at %s: %v", told, err)
		}
	}
}

// popsAtBoth has calls told at each of two nodes, and popped by the page that is in front at the second.
func popsAtBoth(t *testing.T, o *org, nodes []*machine) {
	t.Helper()
	session := signIn(t, nodes[0].server)
	back := openAs(t, nodes[0].server, session, agentID, "back")
	back.send(front(false))
	ahead := openAs(t, nodes[1].server, session, agentID, "ahead")
	ahead.send(front(true))
	eventually(t, "the holder knows both pages", func() bool {
		return nodes[0].adapter.hub.Pages(agentID)+nodes[1].adapter.hub.Pages(agentID) == 3 // whichever it is
	})
	for i, teller := range []*softphone{back, ahead} {
		id := []string{"c-1", "c-2"}[i]
		teller.tell(connecting(id))
		for _, kind := range []string{"search", "screenPop"} {
			c := ahead.command(kind)
			ahead.does(c, popsMaya(c))
		}
		teller.tell(connected(id))
		teller.tell(ended(id))
		loggedOnce(t, o, id)
	}
}

// A user's work moves with the page when its node ends: what has begun goes on, nothing is done twice.
func TestWorkMovesWithThePage(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	nodes := cluster(t, o, "a", "b")
	session := signIn(t, nodes[0].server)
	page := open(t, nodes[0].server, session)
	page.tell(connecting("c-1"))
	searched := page.command("search")
	ending := make(chan struct{})
	go func() {
		defer close(ending)
		nodes[0].end()
	}()
	_, err := page.read(t.Context())
	for err == nil {
		_, err = page.read(t.Context())
	}
	if closed, ok := errors.AsType[websocket.CloseError](err); !ok || closed.Code != websocket.StatusServiceRestart {
		t.Errorf("the page of a node that ends hears %v", err)
	}
	page = open(t, nodes[1].server, session)
	again := page.command("search")
	if again.ID != searched.ID || !again.Again {
		t.Errorf("asked %+v, then %+v", searched, again)
	}
	page.does(again, mayaOnly)
	pop := page.command("screenPop")
	page.does(pop, popsMaya(pop))
	page.tell(connected("c-1"))
	page.tell(ended("c-1"))
	loggedOnce(t, o, "c-1")
	<-ending
}

// Who signs out at one node is signed out at all.
func TestASessionEndsAtEachNode(t *testing.T) {
	o := newOrg(t)
	nodes := cluster(t, o, "a", "b")
	session := signIn(t, nodes[0].server)
	page := openAs(t, nodes[1].server, session, agentID, "p")
	s, err := nodes[0].adapter.identity.Who(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nodes[0].adapter.store.DropSession(t.Context(), s, time.Now()); err != nil {
		t.Fatal(err)
	}
	nodes[0].adapter.hub.SignOut(s.UserID, s.TokenHash)
	isSignedOut(t, page)
}

// isSignedOut waits until a page is told that it has to sign in again.
func isSignedOut(t *testing.T, page *softphone) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, err := page.read(ctx)
	for err == nil {
		_, err = page.read(ctx)
	}
	if closed, ok := errors.AsType[websocket.CloseError](err); !ok || closed.Code != wire.CloseSignIn {
		t.Errorf("the page hears %v", err)
	}
}

// A node that dies when it has ended a session, and before it has said so, leaves nobody a page that is deaf.
func TestASessionEndsAtEachNodeThoughNobodySaysSo(t *testing.T) {
	o := newOrg(t)
	nodes := cluster(t, o, "a", "b")
	over, stays := signIn(t, nodes[0].server), signIn(t, nodes[0].server)
	page, other := openAs(t, nodes[1].server, over, agentID, "p"), openAs(t, nodes[1].server, stays, agentID, "q")
	s, err := nodes[0].adapter.identity.Who(t.Context(), over)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nodes[0].adapter.store.DropSession(t.Context(), s, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := dismissEnded(t.Context(), nodes[1].adapter); err != nil {
		t.Fatal(err)
	}
	isSignedOut(t, page)
	other.tell(connected("c-1"))
	other.tell(ended("c-1"))
	loggedOnce(t, o, "c-1")
}

// A node that seals with another key, or is another app to the org, does not start.
func TestANodeIsLikeTheOthers(t *testing.T) {
	o := newOrg(t)
	first := testConfig(t, o.url, "")
	first.KeyFile, first.Postgres, first.Node = filepath.Join(t.TempDir(), "key"), secret.String(pgtest.Shared(t)), "a"
	n := begin(t, first)
	defer n.end()
	other := first
	other.Node, other.KeyFile = "b", filepath.Join(t.TempDir(), "key")
	if _, err := New(t.Context(), other); err == nil || !strings.Contains(err.Error(), "another key") {
		t.Errorf("another key: %v", err)
	}
	other = first
	other.Node, other.Salesforce.ClientID = "b", "another"
	if _, err := New(t.Context(), other); err == nil || !strings.Contains(err.Error(), "another app") {
		t.Errorf("another app: %v", err)
	}
}

// A run that a transaction added of which nobody knows what became is taken up by whoever has its user's work in hand.
func TestRunsThatMayBeThereAreTakenUp(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	n := cluster(t, o, "a")[0]
	open(t, n.server, signIn(t, n.server))
	r := store.Run{User: agentID, Contact: "c-1", Kind: heart.Channel, Status: store.Waiting, Created: time.Now()}
	err := n.adapter.store.Do(t.Context(), agentID, func(tx *store.Tx) error { return tx.AddRun(&r) })
	if err != nil {
		t.Fatal(err)
	}
	if got := n.adapter.engine.Open(agentID); got != 0 {
		t.Fatalf("%d runs are known that nobody started", got)
	}
	err = n.adapter.store.Do(t.Context(), agentID, func(*store.Tx) error { return store.ErrUnsure })
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("a transaction of which nobody knows: %v", err)
	}
	eventually(t, "the run ends", func() bool {
		var now store.Run
		if err := n.adapter.store.View(t.Context(), func(tx *store.Tx) (err error) { now, err = tx.Run(r.ID); return err }); err != nil {
			t.Fatal(err)
		}
		return !now.Status.Open()
	})
}
