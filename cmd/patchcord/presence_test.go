//go:build !lean

package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/told"
)

// servePresence is an adapter with an agent whose sync is stopped and one who needs nobody.
func servePresence(t *testing.T) (address string) {
	t.Helper()
	stopped := admin.PresenceAgent{Agent: admin.Agent{UserID: "005B", Name: "Ben\x1b[2J", Username: "ben"},
		Centre: admin.PresenceStand{Value: "Lunch"}, Troubles: []admin.Sentence{told.OfStopped(time.Unix(0, 0))}}
	calm := admin.PresenceAgent{Agent: admin.Agent{UserID: "005A", Name: "Amelia", Username: "am"}, Troubles: []admin.Sentence{}}
	mux := http.NewServeMux()
	write := func(w http.ResponseWriter, v any) { _ = json.NewEncoder(w).Encode(v) }
	mux.HandleFunc("GET /admin/api/presence/agents", func(w http.ResponseWriter, _ *http.Request) {
		write(w, admin.PresenceAgents{Agents: []admin.PresenceAgent{stopped, calm}, Total: 2, Needing: 1})
	})
	mux.HandleFunc("GET /admin/api/presence/agents/ben", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("limit") != "7" {
			w.WriteHeader(http.StatusBadRequest)
		}
		write(w, admin.PresenceHistory{Agent: stopped, Changes: []admin.PresenceChange{{ID: 1, Side: "centre", From: "Available", To: "Lunch",
			Cause: "rule", By: told.OfStatusChange(told.StatusChange{Cause: "rule", By: "To lunch"})}}})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestPresencesAreTold(t *testing.T) {
	at := asked{URL: servePresence(t), Token: "T"}
	for name, tc := range map[string]struct {
		command presenceCommand
		want    []string
		without string
	}{
		"who needs somebody": {presenceCommand{Limit: 50, Output: "text"}, []string{"Ben", "Amazon Connect Lunch, Omni-Channel not known",
			"was stopped at", "Of 2 agents 1 need somebody."}, "Amelia"},
		"all":     {presenceCommand{Limit: 50, Output: "text", All: true}, []string{"Ben", "Amelia (am)"}, "\x1b"},
		"as JSON": {presenceCommand{Limit: 50, Output: "json"}, []string{`"needing":1`}, "need somebody"},
		"one agent": {presenceCommand{User: "ben", Limit: 7, Output: "text"},
			[]string{"centre Available -> Lunch  The rule To lunch set it."}, "\x1b"},
		"one as JSON": {presenceCommand{User: "ben", Limit: 7, Output: "json"}, []string{`"cause":"rule"`}, "->"},
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
			if strings.Contains(out.String(), tc.without) {
				t.Errorf("%q in %s", tc.without, out.String())
			}
		})
	}
}
