package adapter

import (
	"encoding/json"
	"strings"
	"testing"

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
