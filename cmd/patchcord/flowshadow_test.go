//go:build !lean

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/flow"
)

// comparing is an adapter that answers drafts in two slices.
func comparing(t *testing.T, change func(*admin.Shadow)) (address string, asked *[]admin.ShadowAsk) {
	t.Helper()
	asked = &[]admin.ShadowAsk{}
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ask admin.ShadowAsk
		if r.URL.Path != "/admin/api/shadow" || json.NewDecoder(r.Body).Decode(&ask) != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		*asked = append(*asked, ask)
		out := admin.Shadow{Event: ask.Event, Instead: "Pop", Since: at.Add(-time.Hour), Looked: &at, Left: 9000, Same: 5,
			Cases: []admin.ShadowCase{}, Stops: []admin.ShadowStop{{Action: "q", Label: "Find", Why: "unrecorded", Events: 2}}, Unknown: 2}
		if ask.Next == "" {
			out.Next = "17"
		}
		change(&out)
		_ = json.NewEncoder(w).Encode(out)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func shadowed(t *testing.T, name string, c flowShadowCommand) (out string, status error) {
	t.Helper()
	c.File = filepath.Join(t.TempDir(), name)
	body := `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`
	if err := os.WriteFile(c.File, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	e := &env{ctx: t.Context(), stdout: &stdout, stderr: &stderr}
	err := c.Run(e)
	return stdout.String() + stderr.String(), err
}

func TestADraftIsCompared(t *testing.T) {
	url, asks := comparing(t, func(s *admin.Shadow) {
		s.Differ = 1
		s.Cases = append(s.Cases, admin.ShadowCase{ContactID: "c-1\x1b[2J", Inbound: true, Number: "+12065550142", Verdict: "differs",
			Agent: admin.Agent{Name: "Amelia"}, Changes: []admin.ShadowChange{{Text: "would dial +1 instead of popping 003"}},
			Stop: &admin.ShadowStop{Action: "d", Label: "Dial", Why: "unrecorded", Events: 1}})
	})
	out, err := shadowed(t, "VoiceContact.onConnecting.json", flowShadowCommand{Days: 3, Output: "text", asked: asked{URL: url, Token: "t"}})
	for _, want := range []string{"differs from +12065550142, Amelia", "    would dial +1 instead of popping 003",
		"from Dial (d) on nothing can be told", "16 events of connectVoiceContact.onConnecting", "instead of Pop: 10 the same, 2 would differ",
		"    4: from Find (q) on nothing can be told: no answer is recorded for what it asks."} {
		if !strings.Contains(out, want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
	if !errors.Is(err, exitFound) || strings.Contains(out, "\x1b") {
		t.Errorf("ended with %v", err)
	}
	if got := *asks; len(got) != 2 || got[0].Days != 3 || got[1].Next != "17" || got[1].Left != 9000 || got[1].Instead != "Pop" {
		t.Errorf("asked %+v", got)
	}
}

func TestADraftThatDoesTheSame(t *testing.T) {
	url, _ := comparing(t, func(s *admin.Shadow) { s.OnlyIfWanted, s.Left = true, 0 })
	c := flowShadowCommand{Days: 3, Output: "text", Event: "connectVoiceContact.onRefresh", asked: asked{URL: url, Token: "t"}}
	if out, err := shadowed(t, "x.json", c); err != nil || !strings.Contains(out, "only while an active flow wants it: it never was") ||
		!strings.Contains(out, "since 2026-03-0") {
		t.Errorf("%v: %s", err, out)
	}
	c.Output = "json"
	out, err := shadowed(t, "x.json", c)
	var got admin.Shadow
	if err != nil || json.Unmarshal([]byte(out), &got) != nil || got.Same != 10 {
		t.Errorf("%v: %s", err, out)
	}
}

// A draft whose name says nothing is one of a ring, unless it reads what other events bring.
func TestWhatFiresADraftWithoutAName(t *testing.T) {
	for script, want := range map[string]string{
		`{"actions":[{"id":"0","type":"SE_Start","ports":{}}]}`: "connectVoiceContact.onConnecting",
		`{"actions":[{"id":"0","type":"SE_Start","ports":{"done":"1"}},{"id":"1","type":"SE_AgentDialNumber",` +
			`"controls":{"phoneNumber":"$.payload.number"}}]}`: "say so with --event",
	} {
		document, err := flow.Read([]byte(script))
		if err != nil {
			t.Fatal(err)
		}
		got, err := flowShadowCommand{File: "x.json"}.event(flowFile{name: "x.json", document: document})
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s", script, got)
		}
	}
}

func TestSinceWhenAnEventIsTold(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for want, s := range map[string]admin.Shadow{
		"the first that is kept is of 2026-03-0": {FirstTold: &at}, "takes too long": {FirstToldUnknown: true}, "it never was": {},
	} {
		if got := toldSince(s); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
