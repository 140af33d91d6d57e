//go:build !lean

package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/told"
)

// shortDir is a folder whose sockets have short paths.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pc")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// serveAPI is an adapter that knows one call; it answers on a socket and by an address.
func serveAPI(t *testing.T, socket string) (address string) {
	t.Helper()
	call := admin.Call{
		ContactID: "c-1", Agent: admin.Agent{Name: "Amelia\x1b[2J"}, Inbound: true, Number: "+12065550142", Queue: "Support",
		At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Outcome: told.NoMatch, Why: told.Say(told.CodeWithheld, nil),
	}
	mux := http.NewServeMux()
	write := func(w http.ResponseWriter, v any) { _ = json.NewEncoder(w).Encode(v) }
	mux.HandleFunc("GET /admin/api/calls", func(w http.ResponseWriter, r *http.Request) {
		list := admin.CallList{Calls: []admin.Call{call}}
		if r.URL.Query().Get("number") == "+1999" {
			list.Calls = []admin.Call{}
		}
		write(w, list)
	})
	mux.HandleFunc("GET /admin/api/calls/c-1", func(w http.ResponseWriter, _ *http.Request) {
		write(w, admin.CallDetail{ContactID: "c-1", Legs: []admin.Leg{{Call: call, Runs: []admin.Run{{ID: 7, Kind: "flow", Flow: "Pop",
			Status: admin.RunCompleted, Steps: []admin.Step{{Number: 1, Title: "Search", Port: "success", Took: 48}}, StepsTotal: 3}}}}})
	})
	mux.HandleFunc("GET /admin/api/calls/c-2", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		write(w, admin.Problem{Code: "missing", Sentence: "There is no such call: " + r.Header.Get("Authorization") + "."})
	})
	mux.HandleFunc("POST /admin/api/forget", func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Number string }
		if json.NewDecoder(r.Body).Decode(&in) != nil || in.Number != "+12065550142" {
			w.WriteHeader(http.StatusBadRequest)
		}
		write(w, admin.Forgotten{Contacts: 2, Facts: 9, Runs: 4, Live: 1, Stays: "Tasks stay."})
	})
	if socket != "" {
		l, err := net.Listen("unix", socket)
		if err != nil {
			t.Fatal(err)
		}
		server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
		go func() { _ = server.Serve(l) }()
		t.Cleanup(func() { _ = server.Close() })
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestCallsAreTold(t *testing.T) {
	dir := shortDir(t)
	socket := filepath.Join(dir, adapter.SocketName)
	serveAPI(t, socket)
	at := asked{Socket: socket}
	for name, tc := range map[string]struct {
		command callsListCommand
		want    []string
	}{
		"a list":      {callsListCommand{Limit: 50, Output: "text"}, []string{"noMatch", "+12065550142", "Support", "The caller withheld"}},
		"a filter":    {callsListCommand{Limit: 50, Output: "text", Number: "+1999"}, []string{"There is no such call."}},
		"as JSON":     {callsListCommand{Limit: 50, Output: "json"}, []string{`"contactId":"c-1"`, `"code":"match.withheld"`}},
		"one call":    {callsListCommand{Contact: "c-1", Output: "text"}, []string{"run 7: flow Pop", "1. Search", "48ms", "and 2 more"}},
		"one as JSON": {callsListCommand{Contact: "c-1", Output: "json"}, []string{`"stepsTotal":3`}},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			tc.command.asked = at
			if err := tc.command.Run(&env{ctx: t.Context(), stdout: &out}); err != nil {
				t.Fatal(err)
			}
			for _, want := range tc.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in %s", want, out.String())
				}
			}
			if strings.ContainsRune(out.String(), '\x1b') {
				t.Errorf("%q", out.String())
			}
		})
	}
	var out strings.Builder
	forget := callsForgetCommand{Number: "+12065550142", Output: "text", asked: at}
	if err := forget.Run(&env{ctx: t.Context(), stdout: &out}); err != nil || !strings.Contains(out.String(), "2 calls, 9 facts, 4 runs") ||
		!strings.Contains(out.String(), "Tasks stay.") || !strings.Contains(out.String(), "1 calls that are on") {
		t.Errorf("%v %s", err, out.String())
	}
}

// Followed, a call is told once, and again when something of it changes.
func TestFollowedCallsAreToldOnce(t *testing.T) {
	address := serveAPI(t, "")
	var out strings.Builder
	e := &env{ctx: t.Context(), stdout: &out}
	ask, err := askElsewhere(address, "t")
	if err != nil {
		t.Fatal(err)
	}
	defer ask.close()
	c := callsListCommand{Limit: 50, Output: "json", Follow: true}
	known := seen{}
	for range 3 {
		if known, err = c.tell(e, ask, known, 0); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(out.String(), "\n"); n != 1 {
		t.Errorf("told %d times: %s", n, out.String())
	}
}

func TestAnAdapterElsewhereIsAskedWithAToken(t *testing.T) {
	address := serveAPI(t, "")
	c := callsListCommand{Contact: "c-2", Output: "text", asked: asked{URL: address, Token: "T"}}
	err := c.Run(&env{ctx: t.Context(), stdout: &strings.Builder{}})
	if err == nil || err.Error() != "There is no such call: Bearer T." {
		t.Errorf("%v", err)
	}
	for _, tc := range []struct {
		from asked
		want string
	}{
		{asked{URL: "http://adapter.example.com", Token: "T"}, "in the clear"}, {asked{URL: "https://adapter.example.com"}, "PATCHCORD_TOKEN"},
		{asked{URL: "adapter.example.com", Token: "T"}, "no address"}, {asked{URL: "https://x.example", Config: "y"}, "choose one"},
		{asked{Socket: filepath.Join(t.TempDir(), "none")}, "no adapter answers"}, {asked{Config: "none.yaml"}, "none.yaml"},
	} {
		if _, err := tc.from.connect(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%+v: %v", tc.from, err)
		}
	}
}

// Of running sandboxes one is found by itself; none and several are sentences; what a killed one left is taken away.
func TestTheRunningSandboxIsFound(t *testing.T) {
	t.Chdir(t.TempDir())
	folder := filepath.Join(shortDir(t), "patchcord")
	if _, err := (asked{}).socket(folder); err == nil || !strings.Contains(err.Error(), "no sandbox of yours is running") {
		t.Errorf("none: %v", err)
	}
	first, second := filepath.Join(shortDir(t), "a.sock"), filepath.Join(shortDir(t), "b.sock")
	serveAPI(t, first)
	serveAPI(t, second)
	unlink, err := link(folder, first)
	if err != nil {
		t.Fatal(err)
	}
	stale := filepath.Join(folder, "sandbox-1.sock")
	if err := os.Symlink(filepath.Join(folder, "gone"), stale); err != nil {
		t.Fatal(err)
	}
	if got, err := (asked{}).socket(folder); err != nil || got != first {
		t.Errorf("one: %s, %v", got, err)
	}
	if _, err := os.Lstat(stale); err == nil {
		t.Error("the link of a killed one is still there")
	}
	if err := os.Symlink(second, filepath.Join(folder, "sandbox-2.sock")); err != nil {
		t.Fatal(err)
	}
	if _, err := (asked{}).socket(folder); err == nil || !strings.Contains(err.Error(), "2 sandboxes") || !strings.Contains(err.Error(),
		first) {
		t.Errorf("two: %v", err)
	}
	unlink()
	if got, err := (asked{}).socket(folder); err != nil || got != second {
		t.Errorf("after one has ended: %s, %v", got, err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := runningIn(folder); len(got) > 0 {
		t.Errorf("a folder of everybody's is believed: %v", got)
	}
}
