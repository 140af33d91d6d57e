package lightning

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/aura"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// The page gets a component as it was deployed: compiled, its scripts as modules that see only what the host gives them.
func TestAuraComponent(t *testing.T) {
	org, amelia, _ := openOrg(t)
	err := org.Transact(t.Context(), func(a *crm.Actor) error {
		for _, c := range []records.Component{
			{Type: "AuraDefinitionBundle", FullName: "Desk", Files: map[string][]byte{
				"aura/Desk/Desk.cmp":          []byte(`<aura:component><p>{!v.body}</p></aura:component>`),
				"aura/Desk/Desk.cmp-meta.xml": []byte(`<AuraDefinitionBundle/>`),
				"aura/Desk/DeskHelper.js":     []byte("// says who\n({\n  who: function () { return 'me'; }\n});\n"),
				"aura/Desk/Desk.css":          []byte(`.THIS p { top: 0 }`),
			}},
			{Type: "LightningMessageChannel", FullName: "Desk", Files: map[string][]byte{}},
		} {
			if err := a.PutComponent(t.Context(), c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := does[aura.Definition](amelia, "GET", "/aura/Desk", "", http.StatusOK); d.Name != "Desk" || len(d.Body) != 1 ||
		len(d.Scripts) != 1 || d.Scripts[0] != "helper" || !d.Styled {
		t.Errorf("%+v", d)
	}
	does[struct{}](amelia, "GET", "/aura/Nope", "", http.StatusNotFound)
	for _, tc := range []struct{ path, kind, want string }{
		{"Desk/helper.js", "text/javascript; charset=utf-8",
			"export default (" + secured + ") => ({\n  who: function () { return 'me'; }\n});\n"},
		{"Desk/style.css", "text/css; charset=utf-8", ".cDesk p { top: 0 }"},
		{"Desk/controller.js", "", ""}, {"Desk/Desk.cmp", "", ""}, {"Nope/helper.js", "", ""}, {"Nope/style.css", "", ""},
	} {
		got := ask(t, amelia.h, "GET", "/lightning/aura/"+tc.path, "", cookie)
		body, err := io.ReadAll(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		if tc.want == "" {
			if got.StatusCode != http.StatusNotFound {
				t.Errorf("%s: %d", tc.path, got.StatusCode)
			}
			continue
		}
		if string(body) != tc.want || got.Header.Get("Content-Type") != tc.kind {
			t.Errorf("%s: %s %q", tc.path, got.Header.Get("Content-Type"), body)
		}
	}
	start := does[bootstrapOut](amelia, "GET", "/bootstrap", "", http.StatusOK)
	channels := start.MessageChannels
	if len(channels) != 1 || channels[0].Name != "Desk__c" || strings.Contains(channels[0].Token, "Desk") {
		t.Errorf("channels %+v", channels)
	}
}
