package adapter

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/internal/leak"
)

// Whichever node is asked says how all are, and counts the pages that are connected to others.
func TestHealthShowsAllNodes(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	o.sets = []string{"AC_Manager"}
	nodes := cluster(t, o, "a", "b")
	open(t, nodes[1].server, signIn(t, nodes[1].server))
	cookie := visit(t, nodes[0].server)
	var h admin.Health
	shown := func() bool {
		h = admin.Health{}
		asks(t, nodes[0].server, cookie, "health", &h)
		return len(h.Nodes) == 2 && h.Nodes[1].Pages == 1 && h.Nodes[0].Leads != h.Nodes[1].Leads
	}
	eventually(t, "both nodes are shown, the page at one of them, and one leads", shown)
	a, b := h.Nodes[0], h.Nodes[1]
	if a.Name != "a" || b.Name != "b" || !a.Here || b.Here || a.Pages != 0 || a.Agents+b.Agents != 1 || a.Silent || a.Heard.Before(a.Since) {
		t.Errorf("%+v", h.Nodes)
	}
	if len(h.Agents) != 1 || h.Agents[0].Pages != 1 || !strings.HasPrefix(h.Store.File, "postgres://") {
		t.Errorf("%+v at %s", h.Agents, h.Store.File)
	}
	all := strings.Join(scrape(t, nodes[1].server), "\n")
	for _, want := range []string{"patchcord_nodes 2", "patchcord_holdings ", "patchcord_letters_waiting ", "patchcord_pages 1"} {
		if !strings.Contains(all, "\n"+want) {
			t.Errorf("no %s", want)
		}
	}
}

// One that is alone says nothing of nodes.
func TestHealthOfOneAdapter(t *testing.T) {
	o := newOrg(t)
	o.sets = []string{"AC_Manager"}
	server := start(t, o)
	var h map[string]json.RawMessage
	asks(t, server, visit(t, server), "health", &h)
	if _, is := h["nodes"]; is || strings.Contains(strings.Join(scrape(t, server), "\n"), "patchcord_nodes") {
		t.Errorf("%s", h["nodes"])
	}
}

// Who signs out of the pages at one node is signed out at all, and what was told of that is forgotten in time.
func TestASignOutOfThePagesCountsAtEachNode(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	o.sets = []string{"AC_Manager"}
	nodes := cluster(t, o, "a", "b")
	cookie := visit(t, nodes[0].server)
	other := visit(t, nodes[1].server)
	var me admin.Me
	asks(t, nodes[1].server, cookie, "me", &me)
	status := func(n *machine, cookie *http.Cookie, method, path string) int {
		req, err := http.NewRequest(method, n.server.URL+"/admin/api/"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.AddCookie(cookie)
		req.Header.Set("Origin", "http://adapter.example")
		req.Header.Set("Patchcord-CSRF", me.CSRF)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	if got := status(nodes[0], cookie, http.MethodPost, "sign-out"); got != http.StatusOK {
		t.Fatalf("sign-out: %d", got)
	}
	for i, n := range nodes {
		if ended, stays := status(n, cookie, http.MethodGet, "me"), status(n, other, http.MethodGet, "me"); ended != http.StatusUnauthorized ||
			stays != http.StatusOK {
			t.Errorf("node %d: %d, another session: %d", i, ended, stays)
		}
	}
	told := nodes[0].adapter.store.Nodes()
	if err := told.Tell(t.Context(), "other", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(told.Untell(t.Context(), visitName, time.Hour), nodes[0].adapter.others.sweep(t.Context())); err != nil {
		t.Fatal(err)
	}
	if got := status(nodes[1], cookie, http.MethodGet, "me"); got != http.StatusUnauthorized {
		t.Errorf("forgotten too soon: %d", got)
	}
	if err := told.Untell(t.Context(), visitName, -time.Hour); err != nil {
		t.Fatal(err)
	}
	kept, err := told.Told(t.Context(), "other")
	if got := status(nodes[1], cookie, http.MethodGet, "me"); got != http.StatusOK || err != nil || kept.Body == nil {
		t.Errorf("not forgotten: %d, or more than that: %v, %v", got, kept, err)
	}
}
