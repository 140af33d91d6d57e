package checks

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
)

const goodScript = `{"actions": [{"id": "a", "type": "SE_Start", "ports": {}}]}`

// orgWithFlows answers every query with these CTI flows.
func orgWithFlows(t *testing.T, rows ...map[string]any) On {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"done": true, "records": rows})
	}))
	t.Cleanup(server.Close)
	crm := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})
	return On{Site: setup.Site{Platforms: setup.Platforms{CRM: crm}, Hosts: setup.Hosts{Lightning: "https://example.lightning.force.com"}}}
}

func flowOf(name, source, event, script string, active bool) map[string]any {
	return map[string]any{
		"Id": "a00000000000001AAA", "Name": name, "Source__c": source, "Event__c": event, "Script__c": script, "Active__c": active,
	}
}

func TestFlowsThatCannotRunAreNamed(t *testing.T) {
	pop := flowOf("Pop", "connectVoiceContact", "onConnecting", goodScript, true)
	dial := flowOf("Dial", "salesforceUi", "onClickToDial", goodScript, true)
	for _, tc := range []struct {
		name    string
		rows    []map[string]any
		verdict setup.Verdict
		says    string
	}{
		{"all well", []map[string]any{pop, dial}, setup.Passed, "2 flows"},
		{"none pops", []map[string]any{dial}, setup.Failed, "no active flow for voice contacts"},
		{"none dials", []map[string]any{pop}, setup.Warned, "no active flow for click-to-dial"},
		{
			"no JSON", []map[string]any{pop, dial, flowOf("Mine", "connectVoiceContact", "onEnded", "{ broken", true)},
			setup.Failed, "the flow Mine is broken: it is not JSON: line 1, character 3",
		},
		{
			"the one that pops leads nowhere", []map[string]any{dial, flowOf("Pop", "connectVoiceContact", "onConnecting", `{"actions": []}`, true)},
			setup.Failed, "the flow Pop is broken: there is no Start (SE_Start), so it cannot begin",
		},
		{"broken and switched off", []map[string]any{pop, dial, flowOf("Old", "x", "y", "{ broken", false)}, setup.Passed, "3 flows"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			found, err := flowsActive(t.Context(), orgWithFlows(t, tc.rows...))
			if err != nil || len(found) != 1 || found[0].Verdict != tc.verdict || !strings.Contains(found[0].What, tc.says) {
				t.Fatalf("found %+v, %v; want %s, %q", found, err, tc.verdict, tc.says)
			}
			if f := found[0]; f.Verdict != setup.Passed && (f.Why == "" || f.Mend == "") {
				t.Errorf("without reason and remedy: %+v", f)
			}
		})
	}
}
