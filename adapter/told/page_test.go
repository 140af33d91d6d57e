package told

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
)

func TestOfCaller(t *testing.T) {
	for _, tc := range []struct {
		name   string
		search Search
		hidden bool
		kind   string
		says   string
		canAdd bool
	}{
		{"one", Search{Kind: kindRecord, Total: 1, Object: "Contact", Record: maya, Name: "Maya"}, false, wire.CallerKnown,
			"Contact Maya has", false},
		{"sixty", Search{Kind: kindChoice, Total: 60, Object: "Contact"}, false, wire.CallerSeveral, "60 Contacts match", false},
		{"very many", Search{Kind: kindChoice, Total: 200, More: true}, false, wire.CallerSeveral, "200 records or more match", false},
		{"nobody", Search{Kind: "nothing"}, false, wire.CallerNone, "No record has this number: nothing popped.", true},
		{"nobody, and a form opened", Search{Kind: kindForm}, false, wire.CallerNone, "the form for a new one opened", false},
		{"strangers", Search{Reason: reasonFiltered, Args: []string{"2"}}, false, wire.CallerNone, "2 records turned up", true},
		{"strangers or not", Search{Kind: kindChoice, Reason: reasonUnfiltered, Total: 1}, false, wire.CallerUnsure, "1 record turned up", false},
		{"not asked for", Search{Reason: reasonUnsearched}, false, wire.CallerUnsure, "could not be asked", true},
		{"withheld", Search{Kind: "nothing"}, true, wire.CallerNone, "The number is withheld", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			kind, why, canAdd := OfCaller(tc.search, tc.hidden)
			if kind != tc.kind || !strings.Contains(why.Text, tc.says) || canAdd != tc.canAdd {
				t.Errorf("%s, %q, can add %t", kind, why.Text, canAdd)
			}
		})
	}
}

// What Go, the CRM or the contact centre says is never part of what an agent reads.
func TestOfClick(t *testing.T) {
	at := func(s flow.Step) []flow.Step { return []flow.Step{s} }
	for _, tc := range []struct {
		name string
		run  Run
		says string
	}{
		{"a number that is none",
			Run{Status: Broke, Steps: at(flow.Step{Problem: "x", Code: "dial.localOnly", Args: map[string]string{"text": "555-0708"}})},
			"555-0708 lacks its area code: dial it with one."},
		{"no page", Run{Status: Broke, Steps: at(flow.Step{Problem: wire.ReasonAway})}, "no softphone of yours was connected"},
		{"a page that is silent", Run{Status: Broke, Steps: at(flow.Step{Problem: wire.ReasonSilent})}, "Look at the panel"},
		{"another block", Run{Flow: "Dial", Status: Broke, Steps: at(flow.Step{Title: "Ask", Problem: "strconv.Atoi: parsing \"x\""})},
			"The click did nothing: the CTI flow Dial failed at Ask."},
		{"a code of a newer version", Run{Flow: "Dial", Status: Broke, Steps: at(flow.Step{Type: "T", Problem: "raw", Code: "dial.newer"})},
			"failed at T."},
		{"no step", Run{Flow: "Dial", Status: Abandoned, Problem: "open /data: EOF"}, "The click did nothing: the CTI flow Dial failed."},
		{"the org was away", Run{Status: Abandoned, Reason: waitsAway}, "Salesforce did not answer"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			why := OfClick(tc.run)
			isRaw := strings.ContainsAny(why.Text, "{}\"") || strings.Contains(why.Text, "EOF")
			if !strings.Contains(why.Text, tc.says) || !Knows(why.Code) || isRaw {
				t.Errorf("%s: %q", why.Code, why.Text)
			}
		})
	}
}

// Templates can be filled: each brace is closed, and the page's copy has the same arguments, whose names are words.
func TestPageWords(t *testing.T) {
	argument := regexp.MustCompile(`\{[a-z][A-Za-z]*\}`)
	for code, template := range PageWords() {
		args := map[string]string{}
		for _, name := range argument.FindAllString(template, -1) {
			args[strings.Trim(name, "{}")] = "Seven"
		}
		want := argument.ReplaceAllString(template, "Seven")
		if diff := cmp.Diff(want, English(code, args)); diff != "" || strings.ContainsAny(want, "{}") {
			t.Errorf("%s: %q %s", code, want, diff)
		}
	}
}
