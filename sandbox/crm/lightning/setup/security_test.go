package setup

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest"
)

func TestOriginPatterns(t *testing.T) {
	for text, want := range map[string]bool{
		"https://www.example.com": true, "https://*.example.com": true, "https://example.com:8443": true, "http://localhost:3000": true,
		"http://www.example.com": false, "https://*.com": false, "https://www.*.com": false, "https://example.com/path": false, "https://a.example b.example": false,
		"https://example.com; script-src *": false, "https://u@example.com": false, "*": false, "": false,
	} {
		if got := isOrigin(text); got != want {
			t.Errorf("isOrigin(%q) = %t", text, got)
		}
	}
}

func TestAllowedOriginsReachTheAPI(t *testing.T) {
	d := open(t)
	got := does[refusal](d, "PUT", "/cors/App", `{"name":"","url":"http://app.example.com","description":"","active":true,"context":"","directives":[]}`, 400)
	if got.Errors[0].Fields[0] != "url" || !strings.Contains(got.Errors[0].Message, "must include the HTTPS protocol") {
		t.Errorf("%v", got)
	}
	does[none](d, "PUT", "/cors/App", `{"name":"","url":"https://*.example.com","description":"","active":true,"context":"","directives":[]}`, 200)
	api := rest.CORS(d.org, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	preflight := func(origin string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodOptions, "/services/data/v62.0/limits", nil)
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		return w
	}
	if w := preflight("https://app.example.com"); w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != "https://app.example.com" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, origin := range []string{"https://example.com", "http://app.example.com", "https://app.example.com.evil.example", "null"} {
		if w := preflight(origin); w.Code != 403 || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", origin, w.Code, w.Header())
		}
	}
	does[none](d, "DELETE", "/cors/App", "", 200)
	if w := preflight("https://app.example.com"); w.Code != 403 {
		t.Errorf("after deletion: %d", w.Code)
	}
}

func TestTrustedURLsAndSessionSettings(t *testing.T) {
	d := open(t)
	does[none](d, "PUT", "/trustedurls/Ccp", `{"name":"","url":"https://ccp.example.com","description":"","active":true,"context":"LEX","directives":["frame","microphone"]}`, 200)
	frames, err := d.org.TrustedFrames(t.Context())
	if err != nil || !slices.Equal(frames, []string{"https://ccp.example.com"}) {
		t.Errorf("%v %v", frames, err)
	}
	again := does[refusal](d, "PUT", "/trustedurls/Ccp", `{"name":"","url":"https://b.example.com","description":"","active":true,"context":"LEX","directives":["frame"]}`, 400)
	if again.Errors[0].Fields[0] != "name" {
		t.Errorf("%v", again)
	}
	does[none](d, "PUT", "/framedomains/Portal", `{"name":"","url":"https://portal.example.com","description":"","active":true,"context":"","directives":[]}`, 200)
	if sites, anyone, err := d.org.FrameAncestors(t.Context(), true); err != nil || anyone || !slices.Equal(sites, []string{"https://portal.example.com"}) {
		t.Errorf("%v %t %v", sites, anyone, err)
	}
	does[none](d, "PUT", "/session", `{"withHeaders":false,"withoutHeaders":true}`, 200)
	if _, anyone, err := d.org.FrameAncestors(t.Context(), true); err != nil || !anyone {
		t.Errorf("unprotected page: %t %v", anyone, err)
	}
	if _, anyone, err := d.org.FrameAncestors(t.Context(), false); err != nil || anyone {
		t.Errorf("page without headers: %t %v", anyone, err)
	}
	if trail := d.trail(); trail[0] != "ada@x.example: Clickjack protection for customer Visualforce pages with standard headers was disabled (Session Settings)" {
		t.Errorf("%q", trail)
	}
}

func TestANewFieldIsThereForWhomItIsGiven(t *testing.T) {
	d := open(t)
	set := d.set("Desk", "Desk")
	form := func(more string) string {
		return `{"label":"Order Number","help":"","digits":0,"decimals":0,"required":false,"unique":false,"externalId":false,"checked":false,"values":[],"referenceTo":"","sets":["` + set + `"],` + more + `}`
	}
	for _, c := range []struct{ name, more, field string }{
		{"no type", `"type":"","name":"A","length":10`, "type"},
		{"too long", `"type":"Text","name":"A","length":256`, "length"},
		{"no values", `"type":"Picklist","name":"A","length":0`, "values"},
		{"no object", `"type":"Lookup","name":"A","length":0`, "referenceTo"},
		{"bad name", `"type":"Text","name":"A__b","length":10`, "name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.t = t
			got := does[refusal](d, "POST", "/objects/Contact/fields", form(c.more), 400)
			if got.Errors[0].Fields[0] != c.field {
				t.Errorf("%v", got)
			}
		})
	}
	d.t = t
	does[none](d, "POST", "/objects/Contact/fields", form(`"type":"Text","name":"Order_Number","length":20`), 200)
	does[refusal](d, "POST", "/objects/Contact/fields", form(`"type":"Text","name":"Order_Number","length":20`), 400)
	page := does[objectPageOut](d, "GET", "/objects/Contact", "", 200)
	if !slices.ContainsFunc(page.Fields, func(f fieldRowOut) bool { return f.Name == "Order_Number__c" && f.Type == "Text(20)" && f.Custom }) {
		t.Errorf("%v", page.Fields)
	}
	does[assignedOut](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 200)
	for _, c := range []struct {
		who  crm.RecordID
		sees bool
	}{{d.amelia, true}, {d.bo, false}} {
		actor, err := d.org.As(t.Context(), c.who)
		if err != nil {
			t.Fatal(err)
		}
		described, err := actor.Describe("Contact")
		if err != nil {
			t.Fatal(err)
		}
		if _, sees := described.Field("Order_Number__c"); sees != c.sees {
			t.Errorf("%s sees the field: %t", c.who, sees)
		}
	}
}
