package aura

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

const good = `<aura:component implements="flexipage:availableForAllPageTypes,force:hasRecordId" access="global">
    <!-- what the panel says -->
    <aura:attribute name="text" type="String" default="Waiting"/>
    <aura:handler name="init" value="{!this}" action="{!c.doInit}"/>
    <aura:handler event="lightning:omniChannelStatusChanged" action="{!c.onStatus}"/>
    <lightning:omniToolkitAPI aura:id="omni"/>
    <lightning:messageChannel type="Desk__c" aura:id="desk" onMessage="{!c.onMessage}" scope="APPLICATION"/>
    <div class="{!'box ' + v.recordId}">
        <aura:if isTrue="{!v.text == 'v.nothing'}">&nbsp;<b>{!v.text}</b><aura:set attribute="else"><i>none</i></aura:set></aura:if>
        <lightning:icon iconName="utility:call" size="small" alternativeText="Phone"/>
    </div>
</aura:component>`

const goodController = `// first a comment
({
    doInit: function (component, event, helper) {
        var pattern = /[)\]}"]/g, half = 4 / 2;
        return pattern.test("}") ? '{' : ` + "`)${half}`" + `; /* ) */
    }
});
`

const goodDesign = `<design:component label="Desk"><design:attribute name="text" label="Text" description="D"/></design:component>`

func bundle(changes map[string]string) Bundle {
	files := map[string]string{"Desk.cmp": good, "DeskController.js": goodController, "Desk.design": goodDesign}
	maps.Copy(files, changes)
	b := Bundle{Name: "Desk", Files: map[string][]byte{}}
	for name, body := range files {
		b.Files[name] = []byte(body)
	}
	return b
}

func check(b Bundle) error {
	return Check(b, World{HasChannel: func(name string) bool { return name == "Desk__c" }})
}

func TestCheckTakes(t *testing.T) {
	if err := check(bundle(nil)); err != nil {
		t.Fatal(err)
	}
}

func TestCheckTakesWhatIsInUse(t *testing.T) {
	for name, source := range map[string]string{
		"interfaces in other cases": `<aura:component implements="flexiPage:availableForAllPageTypes,force:LightningQuickAction"/>`,
		"an interface's attribute declared again": `<aura:component implements="force:hasRecordId">
			<aura:attribute name="recordId" type="Id"/></aura:component>`,
		"toasts and a spinner": `<aura:component><lightning:notificationsLibrary aura:id="toasts"/>
			<lightning:spinner size="small"/></aura:component>`,
	} {
		t.Run(name, func(t *testing.T) {
			b := Bundle{Name: "Desk", Files: map[string][]byte{"Desk.cmp": []byte(source)}}
			if err := check(b); err != nil {
				t.Error(err)
			}
			if d, err := Define(b); err != nil || len(d.Attributes) > 1 {
				t.Errorf("%+v, %v", d.Attributes, err)
			}
		})
	}
}

func TestCheckRefuses(t *testing.T) {
	in := func(body string) map[string]string {
		return map[string]string{"Desk.cmp": "<aura:component>\n" + body + "\n</aura:component>"}
	}
	for _, tc := range []struct {
		name  string
		files map[string]string
		file  string
		line  int
		want  string
	}{
		{"markup that is not well-formed", in("<div>"), "Desk.cmp", 3, "ParseError at [row,col]:[3,"},
		{"nothing", map[string]string{"Desk.cmp": ""}, "Desk.cmp", 1, "Premature end of file"},
		{"two roots", map[string]string{"Desk.cmp": "<aura:component/><div/>"}, "Desk.cmp", 1, "following the root element"},
		{"an application", map[string]string{"Desk.cmp": "<aura:application/>"}, "Desk.cmp", 1, "must be <aura:component>"},
		{"a base component that there is not", in("<lightning:nope/>"), "Desk.cmp", 2,
			"No COMPONENT named markup://lightning:nope found : [markup://c:Desk]"},
		{"an element that HTML has not", in("<knob/>"), "Desk.cmp", 2, "No COMPONENT named markup://knob found"},
		{"an attribute that a component has not", in(`<lightning:icon iconName="utility:call" colour="red"/>`), "Desk.cmp", 2,
			`The attribute "colour" was not found on the COMPONENT markup://lightning:icon`},
		{"a required attribute left out", in("<lightning:icon/>"), "Desk.cmp", 2, "is missing required attribute 'iconName'"},
		{"a message channel within another element", in(`<div><lightning:messageChannel type="Desk__c"/></div>`), "Desk.cmp", 2,
			"lightning:messageChannel must be an immediate child of aura:component"},
		{"a message channel without a type", in(`<lightning:messageChannel/>`), "Desk.cmp", 2, "is missing required attribute 'type'"},
		{"a type that names no channel", in(`<lightning:messageChannel type="Nope__c"/>`), "Desk.cmp", 2,
			"no LightningMessageChannel named Nope__c found"},
		{"a scope that there is not", in(`<lightning:messageChannel type="Desk__c" scope="APP"/>`), "Desk.cmp", 2, "Invalid scope"},
		{"an event that there is not", in(`<aura:handler event="lightning:omniNope" action="{!c.x}"/>`), "Desk.cmp", 2,
			"No EVENT named markup://lightning:omniNope found"},
		{"a handler for nothing", in(`<aura:handler action="{!c.x}"/>`), "Desk.cmp", 2, "must have a name or an event"},
		{"init without its value", in(`<aura:handler name="init" action="{!c.x}"/>`), "Desk.cmp", 2, "needs a value"},
		{"an attribute that is not declared", in("<p>{!v.nope}</p>"), "Desk.cmp", 2,
			`The attribute "nope" was not found on the COMPONENT markup://c:Desk`},
		{"text beside an expression", in(`<p class="box {!v.body}"/>`), "Desk.cmp", 2, "Cannot mix expression and literal string"},
		{"an attribute twice", in(`<aura:attribute name="a" type="String"/><aura:attribute name="a" type="String"/>`), "Desk.cmp", 2,
			`already an attribute named "a"`},
		{"a type that there is not", in(`<aura:attribute name="a" type="Strin"/>`), "Desk.cmp", 2, "Invalid <aura:attribute> type: Strin"},
		{"an interface that there is not", map[string]string{"Desk.cmp": `<aura:component implements="force:nope"/>`}, "Desk.cmp", 1,
			"No INTERFACE named markup://force:nope found"},
		{"Apex", map[string]string{"Desk.cmp": `<aura:component controller="DeskServer"/>`}, "Desk.cmp", 1,
			"No CONTROLLER named apex://DeskServer found"},
		{"a script in markup", in("<script>alert(1)</script>"), "Desk.cmp", 2, "script tags only allowed in templates"},
		{"code in an event's attribute", in(`<div onclick="alert(1)"/>`), "Desk.cmp", 2, `The attribute "onclick" must be an expression`},
		{"a document type", map[string]string{"Desk.cmp": "<!DOCTYPE x><aura:component/>"}, "Desk.cmp", 1, "document type"},
		{"a controller that does not end", map[string]string{"DeskController.js": "({\n a: function () {"}, "DeskController.js", 2,
			"Unexpected end of the file"},
		{"a controller with the wrong bracket", map[string]string{"DeskController.js": "({ a: [1} })"}, "DeskController.js", 1, "Unexpected }"},
		{"a controller that is no expression", map[string]string{"DeskController.js": "var x = 1;"}, "DeskController.js", 1, "in parentheses"},
		{"a controller with more than the expression", map[string]string{"DeskHelper.js": "({})\nalert(1)"}, "DeskHelper.js", 2,
			"Expected the end"},
		{"a string that does not end", map[string]string{"DeskHelper.js": "({ a: 'x\n})"}, "DeskHelper.js", 1, "Unterminated string"},
		{"a design of an attribute that there is not",
			map[string]string{"Desk.design": `<design:component><design:attribute name="nope"/></design:component>`}, "Desk.design", 1,
			`The attribute "nope" was not found`},
		{"a file that is not its own", map[string]string{"Other.cmp": good}, "Other.cmp", 1, "no file of the bundle"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := check(bundle(tc.files))
			p, ok := errors.AsType[*Problem](err)
			if !ok || p.File != tc.file || p.Line != tc.line || !strings.Contains(p.Text, tc.want) {
				t.Errorf("got %+v (%v), want %s:%d %s", p, err, tc.file, tc.line, tc.want)
			}
		})
	}
}

func TestDefine(t *testing.T) {
	d, err := Define(bundle(map[string]string{"Desk.css": ".THIS b { top: 0 }"}))
	if err != nil {
		t.Fatal(err)
	}
	if d.Label != "Desk" || !d.Anywhere || !d.Styled || len(d.Scripts) != 1 || len(d.Handlers) != 2 || len(d.Body) != 3 {
		t.Errorf("%+v", d)
	}
	if len(d.Attributes) != 2 || d.Attributes[0].Name != "recordId" || d.Attributes[1] != (Attribute{"text", "String", "Waiting", true}) {
		t.Errorf("attributes %+v", d.Attributes)
	}
	if len(d.Design) != 1 || d.Design[0] != (DesignAttribute{"text", "Text", "String", "Waiting", false}) {
		t.Errorf("design %+v", d.Design)
	}
}

func TestScript(t *testing.T) {
	b := bundle(map[string]string{"Desk.css": ".THIS { top: 0 }"})
	text, ok := b.Script("controller")
	if !ok || !strings.HasPrefix(text, "({") || !strings.HasSuffix(text, "})") {
		t.Errorf("%t %q", ok, text)
	}
	if _, ok := b.Script("helper"); ok {
		t.Error("a helper that there is not")
	}
	if css, ok := b.Style(); !ok || css != ".cDesk { top: 0 }" {
		t.Errorf("%t %q", ok, css)
	}
}

// Whatever is taken for one expression begins and ends with its parentheses.
func FuzzExpression(f *testing.F) {
	f.Add(goodController)
	f.Add("({ a: /[/]/ })")
	f.Fuzz(func(t *testing.T, source string) {
		text, err := expression("x.js", []byte(source))
		if err == nil && (!strings.HasPrefix(text, "(") || !strings.HasSuffix(text, ")") || !strings.Contains(source, text)) {
			t.Fatalf("%q of %q", text, source)
		}
	})
}
