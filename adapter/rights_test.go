package adapter

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/salesforce"
)

func TestRightsCountHoweverTheyAreHeld(t *testing.T) {
	set := func(name string) []record {
		return []record{{"PermissionSet": record{"Name": name, "PermissionsModifyAllData": false}}}
	}
	for _, tc := range []struct {
		name              string
		active, frozen    bool
		assigned, grouped []record
		noGroups          bool
		want              admin.Rights
	}{
		{"by itself", true, false, set("AC_Agent"), nil, false, admin.Rights{Own: true}},
		{"by a group", true, false, set("Team"), set("AC_Manager"), false, admin.Rights{Everything: true}},
		{"both", true, false, set("AC_Agent"), set("AC_Administrator"), false,
			admin.Rights{Everything: true, Own: true, Flows: true}},
		{"an org without groups", true, false, set("AC_Agent"), nil, true, admin.Rights{Own: true}},
		{"frozen", true, true, set("AC_Manager"), nil, false, admin.Rights{}},
		{"deactivated", false, false, set("AC_Manager"), nil, false, admin.Rights{}},
		{"none", true, false, nil, nil, false, admin.Rights{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch q := r.URL.Query().Get("q"); {
				case strings.Contains(q, "FROM PermissionSetGroupComponent") && tc.noGroups:
					w.WriteHeader(http.StatusBadRequest)
					answer(w, []record{{"errorCode": "INVALID_TYPE", "message": "no such object"}})
				case strings.Contains(q, "FROM PermissionSetGroupComponent"):
					rows(w, tc.grouped...)
				case strings.Contains(q, "FROM PermissionSetAssignment"):
					rows(w, tc.assigned...)
				case strings.Contains(q, "FROM UserLogin") && tc.frozen:
					rows(w, record{"IsFrozen": true})
				case strings.Contains(q, "FROM UserLogin"):
					rows(w, record{"IsFrozen": false})
				default:
					rows(w, record{"IsActive": tc.active, "Profile": record{"PermissionsModifyAllData": false}})
				}
			}))
			defer server.Close()
			client := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})
			if got, err := rightsOf(t.Context(), client, agentID); err != nil || got != tc.want {
				t.Errorf("%+v, %v; want %+v", got, err, tc.want)
			}
		})
	}
}

// What a flow that has ended leaves behind has no hidden attribute in it; one that may go on keeps what it needs.
func TestEndedFlowsKeepNothingHidden(t *testing.T) {
	const secret = "4711-0815"
	a := &Adapter{cfg: Config{Masked: []string{"account"}}}
	for status, kept := range map[store.Status]bool{
		store.Completed: false, store.Failed: false, store.Partial: false, store.NotRun: false, store.Waiting: true, store.GivenUp: true,
	} {
		shared := &wire.Contact{ContactID: "c", Attributes: map[string]string{"Account": secret, "language": "en"}}
		h := &run.Hand{Run: store.Run{Body: store.Body{Steps: json.RawMessage(`[{"inputs":{"text":"for 4711-0815"}}]`)}}}
		h.Run.Body.Fact.Contact = shared
		next := a.masked(func(context.Context, *run.Hand) run.Next {
			return run.Next{Status: status, Problem: "no account " + secret}
		})(t.Context(), h)
		whole := fmt.Sprint(string(h.Run.Body.Steps), h.Run.Body.Fact.Contact.Attributes, next.Problem)
		if strings.Contains(whole, secret) != kept || !strings.Contains(whole, "en") {
			t.Errorf("%s: %s", status, whole)
		}
		if shared.Attributes["Account"] != secret {
			t.Error("what others still need was changed")
		}
	}
}

// A folder that others may enter gets no socket; all else works.
func TestAnOpenFolderGetsNoSocket(t *testing.T) {
	data := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := ownFolder(data); err != nil {
		t.Error(err)
	}
	if err := os.Chmod(data, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := ownFolder(data); err == nil || !strings.Contains(err.Error(), "chmod 700 "+data) {
		t.Errorf("err = %v", err)
	}
	if os.Getuid() != 0 {
		return
	}
	if err := os.Chmod(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(data, 65534, 65534); err != nil {
		t.Fatal(err)
	}
	if err := ownFolder(data); err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Errorf("err = %v", err)
	}
}
