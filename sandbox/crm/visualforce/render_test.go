package visualforce

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
)

func testScope() scope {
	return scope{
		parameters: url.Values{"x": {`"><script>alert(1)</script>`}}, values: map[string]string{"$user.id": "005"},
		resource:   func(name, file string) (string, bool) { return "/resource/1/" + name + "/" + file, name == "Phone" },
		accessible: func(object string) (may, known bool) { return object == "Case", object == "Case" || object == "Lead" },
		channels:   []crm.MessageChannel{{Name: "Desk__c", Token: "0Mc1"}},
		setting:    func(object, field string) (string, bool) { return object + "." + field, object == "Toolkit__c" },
	}
}

func TestRenderInConsole(t *testing.T) {
	const one = `<script src="/visualforce/sforce-one.js"></script>`
	s := testScope()
	for _, inConsole := range []bool{true, false} {
		s.inConsole = inConsole
		got, err := render(`<apex:page><apex:includeScript value="/own.js"/></apex:page>`, s)
		if err != nil || strings.Contains(got, one) != inConsole {
			t.Errorf("in the console %t: %v\n%s", inConsole, err, got)
		}
		if at := strings.Index(got, one); at > strings.Index(got, "/own.js") {
			t.Errorf("sforce.one comes after the page's own scripts\n%s", got)
		}
	}
}

func TestInConsole(t *testing.T) {
	s := &server{Config{LightningOrigin: "http://localhost:8080"}}
	for query, want := range map[string]bool{
		"sfdcIFrameOrigin=http%3A%2F%2Flocalhost%3A8080":      true,
		"x=1&sfdciframeorigin=http%3A%2F%2Flocalhost%3A8080":  true,
		"sfdcIFrameOrigin=http%3A%2F%2Flocalhost%3A8080.evil": false,
		"origin=http%3A%2F%2Flocalhost%3A8080":                false,
		"":                                                    false,
	} {
		parsed, err := url.ParseQuery(query)
		if got := s.inConsole(parsed); err != nil || got != want {
			t.Errorf("%q: %t, want %t", query, got, want)
		}
	}
}

func TestRender(t *testing.T) {
	for _, tc := range []struct{ name, markup, want string }{
		{"a component that closes itself ends there",
			`<apex:page title="T"><apex:stylesheet value="{!URLFOR($Resource.Phone, 'a.css')}"/><div id="x"></div></apex:page>`,
			`<link rel="stylesheet" href="/resource/1/Phone/a.css">`},
		{"scripts go to the head", `<apex:page><apex:includeScript value="{!URLFOR($Resource.Phone, 'a.js')}"/></apex:page>`,
			`<script src="/resource/1/Phone/a.js"></script>`},
		{"scripts that load on ready come after the onload event",
			`<apex:page><apex:includeScript value="{!URLFOR($Resource.Phone, 'a.js')}" loadOnReady="true"/></apex:page>`,
			`<script src="/visualforce/load-on-ready.js" data-script="/resource/1/Phone/a.js"></script>`},
		{"what somebody may read",
			`<apex:page><i data-a="{!$ObjectType.Case.Accessible}" data-b="{!$ObjectType.Lead.accessible}"></i></apex:page>`,
			`<i data-a="true" data-b="false"></i>`},
		{"globals are filled into attributes",
			`<apex:page><div data-id="{!$User.Id}" data-u="{!HTMLENCODE($Setup.Toolkit__c.Url__c)}"></div></apex:page>`,
			`<div data-id="005" data-u="Toolkit__c.Url__c"></div>`},
		{"a message channel is a token, in whatever case it is named",
			`<apex:page><i data-c="{!$messageChannel.desk__c}"></i></apex:page>`, `<i data-c="0Mc1"></i>`},
		{"a parameter cannot break out of an attribute",
			`<apex:page><p title="{!$CurrentPage.parameters.x}"></p></apex:page>`, `title="&#34;&gt;&lt;script&gt;`},
		{"nor out of text", `<apex:page><p>{!$CurrentPage.parameters.x}</p></apex:page>`, `<p>&#34;&gt;&lt;script&gt;`},
		{"nor out of a script", `<apex:page><script>var x = "{!$CurrentPage.parameters.x}" && 1 < 2;</script></apex:page>`,
			`<script>var x = "\"\u003E\u003Cscript\u003Ealert(1)\u003C/script\u003E" && 1 < 2;</script>`},
		{"nor out of a handler", `<apex:page><p onclick="go('{!$CurrentPage.parameters.x}')"></p></apex:page>`,
			`onclick="go(&#39;\&#34;\u003E`},
		{"nor out of a style sheet", `<apex:page><style>p > b { content: "{!$CurrentPage.parameters.x}" }</style></apex:page>`,
			`<style>p > b { content: "\22 \3e \3c script\3e `},
		{"an element that closes itself ends there", `<apex:page><textarea rows="3"/><script src="/a.js"/><p>after</p></apex:page>`,
			`<textarea rows="3"></textarea><script src="/a.js"></script><p>after</p>`},
		{"nor out of a component", `<apex:page><apex:outputText value="{!$CurrentPage.parameters.x}"/></apex:page>`, `&lt;script&gt;`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := render(tc.markup, testScope())
			if err != nil || !strings.Contains(got, tc.want) {
				t.Errorf("%v\n%s\nlacks %s", err, got, tc.want)
			}
		})
	}
	for _, bad := range []string{`<apex:page>{!$Nope.x}</apex:page>`, `<apex:page>{!$Resource.None}</apex:page>`,
		`<apex:page>{!$MessageChannel.Desk}</apex:page>`,
		`<apex:page><apex:form></apex:form></apex:page>`, `<apex:page>{!}</apex:page>`} {
		if _, err := render(bad, testScope()); err == nil {
			t.Errorf("%s was rendered", bad)
		}
	}
}

func TestScriptsOf(t *testing.T) {
	const strict = "'self'"
	for markup, isStrict := range map[string]bool{
		`<apex:page><apex:includeScript value="/a.js" loadOnReady="true"/></apex:page>`: true,
		`<script src="/a.js"></script><script src="{!URLFOR($Resource.A, 'a.js')}"/>`:   true,
		`<p>Come on = go on</p>`:                          true,
		`<script>go()</script>`:                           false,
		`<script src="https://cdn.example/a.js"/>`:        false,
		`<script src="//cdn.example/a.js"></script>`:      false,
		`<input type="button" onclick="go()"/>`:           false,
		`<script src="/a.js"></script><script>1</script>`: false,
	} {
		if got := scriptsOf(markup); (got == strict) != isStrict {
			t.Errorf("%s: %s", markup, got)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add(`<apex:page title="{!$User.Id}"><b a='{!URLFOR($Resource.Phone,'x')}'>{!JSENCODE($CurrentPage.parameters.x)}</b></apex:page>`)
	f.Fuzz(func(t *testing.T, markup string) {
		out, err := render(markup, testScope())
		if err != nil {
			if _, ok := errors.AsType[*Problem](err); !ok {
				t.Fatal(err)
			}
			return
		}
		if !strings.Contains(markup, "<script>alert(1)") && strings.Contains(out, "<script>alert(1)") {
			t.Fatalf("%q let a parameter through: %s", markup, out)
		}
	})
}
