package setup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// A component of the org's own is offered with its design, and what is set of it goes beside what the item is called.
func TestACustomComponentInTheBar(t *testing.T) {
	s := open(t)
	if err := s.org.Transact(t.Context(), func(a *crm.Actor) error {
		return s.deploys.Apply(t.Context(), a, map[string][]byte{
			"aura/Echo/Echo.cmp": []byte(`<aura:component implements="flexipage:availableForAllPageTypes">` +
				`<aura:attribute name="label" type="String" default="Hello"/></aura:component>`),
			"aura/Echo/Echo.cmp-meta.xml": []byte(`<AuraDefinitionBundle><apiVersion>62.0</apiVersion></AuraDefinitionBundle>`),
			"aura/Echo/Echo.design": []byte(`<design:component label="Echo line"><design:attribute name="label" label="Says"/>` +
				`</design:component>`),
			"aura/Inner/Inner.cmp":          []byte(`<aura:component/>`),
			"aura/Inner/Inner.cmp-meta.xml": []byte(`<AuraDefinitionBundle><apiVersion>62.0</apiVersion></AuraDefinitionBundle>`),
		})
	}); err != nil {
		t.Fatal(err)
	}
	a := s.app(serviceConsole)
	if len(a.Custom) != 1 || a.Custom[0].Label != "Echo line" || a.Custom[0].Design[0].Default != "Hello" {
		t.Fatalf("offered %+v", a.Custom)
	}
	item := utility{Component: "c:Echo", Label: "Line", Icon: "call", Width: 340, Height: 480,
		Properties: map[string]string{"label": "Good day"}}
	in := a.form()
	in.Utilities = []utility{item}
	s.post("apps/"+serviceConsole, in, 200)
	made := s.app(serviceConsole)
	item.Key = "0"
	if diff := cmp.Diff([]utility{item}, made.Utilities); diff != "" {
		t.Error(diff)
	}
	if got := s.ask("GET", "/lightning/api/bootstrap", "", 200, nil); !strings.Contains(got, `"label":"Line"`) ||
		!strings.Contains(got, `"attributes":{"label":"Good day"}`) {
		t.Errorf("the console has %.600s", got)
	}
	for name, change := range map[string]utility{
		"a component that is not there":        {Component: "c:Nope", Label: "Line", Width: 340, Height: 480},
		"one that is not made for App Builder": {Component: "c:Inner", Label: "Line", Width: 340, Height: 480},
		"a property that the design has not": {Component: "c:Echo", Label: "Line", Width: 340, Height: 480,
			Properties: map[string]string{"nope": "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := made.form()
			in.Utilities = []utility{change}
			s.post("apps/"+serviceConsole, in, 400)
		})
	}
}
