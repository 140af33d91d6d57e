package checks

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
)

// counting is an adapter whose softphones have told of so many events.
func counting(t *testing.T, events *atomic.Int64) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintln(w, "# TYPE patchcord_facts_total counter")
		if n := events.Load(); n > 0 {
			_, _ = fmt.Fprintf(w, "patchcord_facts_total{source=\"connectVoiceContact\"} %d\n", n)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestVerifyCall(t *testing.T) {
	var events atomic.Int64
	placing := func(reached string, err error, heard int64) Place {
		return func(_ context.Context, sip, to, from string) (string, string, error) {
			if sip != "trunk:5060" || to != "+12065550100" || from != "+12065550142" {
				t.Errorf("called %s at %s from %s", to, sip, from)
			}
			events.Add(heard)
			return reached, "busy", err
		}
	}
	for _, tc := range []struct {
		name   string
		number string
		sip    string
		place  Place
		person bool
		want   []setup.Verdict
		says   string
	}{
		{
			"answered, and a softphone heard of it", "+12065550100", "trunk:5060", placing("answered", nil, 2), false,
			[]setup.Verdict{setup.Passed, setup.Passed, setup.Passed}, "it popped: Maya popped.",
		},
		{
			"answered, with nobody there", "+12065550100", "trunk:5060", placing("answered", nil, 0), false,
			[]setup.Verdict{setup.Passed, setup.Warned}, "waited in the queue",
		},
		{"refused", "+12065550100", "trunk:5060", placing("trying", nil, 0), false, []setup.Verdict{setup.Failed}, "busy"},
		{
			"no way to the trunk", "+12065550100", "trunk:5060", placing("trying", errors.New("unreachable"), 0),
			false, []setup.Verdict{setup.Failed}, "setup.call.sip",
		},
		{"no number", "", "trunk:5060", placing("answered", nil, 0), false, []setup.Verdict{setup.Failed}, "no telephone number"},
		{"no trunk and nobody to call", "+12065550100", "", nil, false, []setup.Verdict{setup.Warned}, "nobody is there"},
		{"a person calls", "+12065550100", "", nil, true, []setup.Verdict{setup.Passed, setup.Passed}, "told the adapter"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := config.File{PublicURL: counting(t, &events)}
			c.Setup.Call = config.Call{SIP: tc.sip, From: "+12065550142"}
			var ask func(string)
			if tc.person {
				ask = func(text string) {
					if !strings.Contains(text, tc.number) {
						t.Errorf("asked %q", text)
					}
					events.Add(1)
				}
			}
			got, err := VerifyCall(t.Context(), On{Config: c, Site: setup.Site{Number: tc.number}}, tc.place, ask, popped)
			if err != nil || len(got) != len(tc.want) {
				t.Fatalf("got %+v, %v", got, err)
			}
			all := ""
			for i, f := range got {
				all += f.What + " " + f.Mend + "\n"
				if f.Verdict != tc.want[i] || f.Check == "" || f.Verdict != setup.Passed && (f.Why == "" || f.Mend == "") {
					t.Errorf("finding %d is %+v, want %s with reason and remedy", i, f, tc.want[i])
				}
			}
			if !strings.Contains(all, tc.says) {
				t.Errorf("says %q, want %q in it", all, tc.says)
			}
		})
	}
}

func popped(context.Context, string, time.Time) (Reason, bool, error) {
	return Reason{Popped: true, Settled: true, Sentence: "Maya popped."}, true, nil
}

// What is found of a test call is what the adapter's pages say of it.
func TestATestCallIsToldOfAsThePagesDo(t *testing.T) {
	var events atomic.Int64
	var asked int
	for _, tc := range []struct {
		name    string
		tell    Tell
		verdict setup.Verdict
		says    string
	}{
		{
			"it settles while it is watched", func(_ context.Context, from string, since time.Time) (Reason, bool, error) {
				if asked++; from != "+12065550142" || since.After(time.Now()) {
					t.Errorf("asked of %q since %v", from, since)
				}
				return Reason{Settled: asked > 1, Sentence: "No record has the number."}, asked > 0, nil
			}, setup.Warned, "it did not pop: No record has the number.",
		},
		{"it popped", popped, setup.Passed, "it popped: Maya popped."},
		{"nobody can be asked", nil, setup.Warned, "was not asked"},
		{"the adapter refuses", func(context.Context, string, time.Time) (Reason, bool, error) {
			return Reason{}, false, errors.New("your token is over")
		}, setup.Warned, "your token is over"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := config.File{PublicURL: counting(t, &events)}
			c.Setup.Call = config.Call{SIP: "trunk:5060", From: "+12065550142"}
			place := func(context.Context, string, string, string) (string, string, error) {
				events.Add(1)
				return "answered", "", nil
			}
			got, err := VerifyCall(t.Context(), On{Config: c, Site: setup.Site{Number: "+12065550100"}}, place, nil, tc.tell)
			if err != nil || len(got) != 3 {
				t.Fatalf("got %+v, %v", got, err)
			}
			last := got[2]
			if last.Verdict != tc.verdict || !strings.Contains(last.What, tc.says) || last.Verdict != setup.Passed && last.Mend == "" {
				t.Errorf("got %+v, want %s, %q", last, tc.verdict, tc.says)
			}
		})
	}
}
