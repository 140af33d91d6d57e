package visualforce

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
)

func TestCheck(t *testing.T) {
	org, err := crm.Open(t.Context(), crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	for _, tc := range []struct{ name, markup, says string }{
		{"a page", `<apex:page showHeader="false"><div id="a">Hello, {!HTMLENCODE($User.Username)}&nbsp;&amp; {!$CurrentPage.parameters.id}</div><br/></apex:page>`, ""},
		{"nothing", ``, "Premature end of file"},
		{"no page", `<div/>`, "must begin with <apex:page>"},
		{"an element that is not closed", "<apex:page>\n<div><p></div></apex:page>", `Error on line 2: The element type "p" must be terminated by the matching end-tag "</p>".`},
		{"a page that is not closed", "<apex:page><b></b>", "must start and end within the same entity"},
		{"two pages", "<apex:page></apex:page><apex:page></apex:page>", "following the root element"},
		{"an unknown entity", "<apex:page>&nope;</apex:page>", `The entity "nope" was referenced, but not declared.`},
		{"a bare ampersand", "<apex:page>a && b</apex:page>", "must immediately follow the '&'"},
		{"an unknown component", "<apex:page><apex:nope/></apex:page>", "Unknown component apex:nope"},
		{"an unknown property", "<apex:page>{!$User.Nope}</apex:page>", "Unknown property '$User.Nope'"},
		{"a resource that is not there", `<apex:page><apex:includeScript value="{!$Resource.Nope}"/></apex:page>`, "Static Resource named Nope does not exist. Check spelling."},
		{"a setting that is not there", "<apex:page>{!$Setup.Nope__c.Url__c}</apex:page>", "Unknown property '$Setup.Nope__c.Url__c'"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := Check(t.Context(), org, tc.markup)
			var problem *Problem
			if tc.says == "" && err != nil || tc.says != "" && (!errors.As(err, &problem) || !strings.Contains(problem.Text, tc.says)) {
				t.Errorf("%v, want %q", err, tc.says)
			}
		})
	}
}
