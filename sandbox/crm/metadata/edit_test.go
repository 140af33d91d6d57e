package metadata

import (
	"errors"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const edited = `<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>Two&#xD;
lines &amp; more</description>
    <isNavPersonalizationDisabled>1</isNavPersonalizationDisabled>
    <tabs>standard-home</tabs>
    <uiType>Lightning</uiType>
    <tabs>standard-Case</tabs>
</CustomApplication>
`

func TestEditing(t *testing.T) {
	for _, tc := range []struct {
		name     string
		edit     func(*Element)
		from, to string // of the file
	}{
		{"what is so already changes nothing", func(e *Element) {
			e.SetTexts("tabs", []string{"standard-home", "standard-Case"})
			e.SetFlag("isNavPersonalizationDisabled", true)
			e.SetFlag("isOmniPinnedViewEnabled", false)
			e.SetText("description", "Two\r\nlines & more")
			e.SetText("label", "")
		}, "", ""},
		{"a text in its place", func(e *Element) { e.SetText("uiType", "Aloha") }, "<uiType>Lightning<", "<uiType>Aloha<"},
		{"no text takes the element away", func(e *Element) { e.SetText("uiType", "") }, "    <uiType>Lightning</uiType>\n", ""},
		{"a new one stands where the alphabet has it", func(e *Element) { e.SetText("label", "Desk") },
			"    <tabs>standard-home", "    <label>Desk</label>\n    <tabs>standard-home"},
		{"the last of the alphabet stands last", func(e *Element) { e.SetText("workspaceConfig", "x") },
			"</CustomApplication>", "    <workspaceConfig>x</workspaceConfig>\n</CustomApplication>"},
		{"several stand where the first was", func(e *Element) { e.SetTexts("tabs", []string{"standard-Lead"}) },
			"    <tabs>standard-home</tabs>\n    <uiType>Lightning</uiType>\n    <tabs>standard-Case</tabs>\n",
			"    <tabs>standard-Lead</tabs>\n    <uiType>Lightning</uiType>\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e, err := Read([]byte(edited))
			if err != nil {
				t.Fatal(err)
			}
			tc.edit(e)
			if got, want := string(e.File()), strings.Replace(edited, tc.from, tc.to, 1); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// A refusal names the component, and is one that people read.
func TestApplyingWhatIsWrong(t *testing.T) {
	s := newSite(t)
	for name, files := range map[string]map[string][]byte{
		"an app without its bar": {"applications/Desk.app": []byte(`<CustomApplication ` +
			`xmlns="http://soap.sforce.com/2006/04/metadata"><label>Desk</label><utilityBar>Nope</utilityBar></CustomApplication>`)},
		"an element nobody knows": {"applications/Desk.app": []byte(`<CustomApplication ` +
			`xmlns="http://soap.sforce.com/2006/04/metadata"><lable>Desk</lable></CustomApplication>`)},
		"an asset without content": {"contentassets/Desk.asset-meta.xml": []byte(`<ContentAsset ` +
			`xmlns="http://soap.sforce.com/2006/04/metadata"><language>en_US</language><masterLabel>Desk</masterLabel><versions/></ContentAsset>`)},
		"a file of no type at all":   {"apps/Desk.app": []byte(`<x/>`)},
		"what is no metadata at all": {"applications/Desk.app": []byte(`Desk`)},
	} {
		t.Run(name, func(t *testing.T) {
			err := s.org.Transact(t.Context(), func(a *crm.Actor) error { return s.api.Apply(t.Context(), a, files) })
			refused, ok := errors.AsType[*schema.Error](err)
			if !ok || !strings.Contains(refused.Message, "Desk") {
				t.Errorf("refused with %v", err)
			}
			if _, there, err := s.org.Component(t.Context(), "CustomApplication", "Desk"); err != nil || there {
				t.Errorf("the app is there: %v", err)
			}
		})
	}
}
