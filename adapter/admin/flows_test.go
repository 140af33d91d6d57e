package admin

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// TestFlowsAreChangedByAdministratorsOnly and looked at by managers too; here the org never answers, so that whoever may is told that.
func TestFlowsAreChangedByAdministratorsOnly(t *testing.T) {
	d := newDesk(t)
	d.rights[ada] = Rights{Everything: true, Flows: true}
	away := fault.New(fault.Unavailable, nil, "Salesforce does not answer.")
	d.cfg.Flows = versions.NewLibrary(func(context.Context) (*salesforce.Client, error) { return nil, away }, clock.System{})
	d.cfg.FlowsChanged = func(context.Context) { t.Error("nothing was changed") }
	push := `{"flow":"Pop","file":"e30="}`
	for _, q := range []struct{ method, path, body string }{
		{"GET", "flows", ""}, {"GET", "flows/Pop", ""}, {"GET", "flows/Pop/file", ""}, {"POST", "flows", push},
		{"POST", "flows/Pop/activate", `{"version":1}`}, {"POST", "flow-types", `{"types":{"SE_X":"SE_End"}}`},
	} {
		changes := q.method == http.MethodPost
		for who, may := range map[string]bool{ada: true, miles: !changes, amelia: false} {
			status := http.StatusForbidden
			if may {
				status = http.StatusServiceUnavailable
			}
			d.signIn(who).read(q.method, q.path, q.body, status, nil)
		}
	}
	b := d.signIn(ada)
	for _, bad := range []string{"{", `{"flow":"Pop","colour":1}`, `{"flow":"` + strings.Repeat("x", maxFlowBody) + `"}`} {
		b.post("flows", bad, http.StatusBadRequest, nil)
	}
	b.get("flows/Pop/file?version=x", http.StatusBadRequest, nil)
}

func TestAChangeIsByWhoSignedIn(t *testing.T) {
	for _, tc := range []struct {
		who        person
		said, want string
	}{
		{person{user: ada, name: "Ada"}, "Miles", "Ada"},
		{person{name: "an administrator of this machine"}, "miles", "miles"},
		{person{name: "an administrator of this machine"}, "", "an administrator of this machine"},
	} {
		if got := tc.who.author(tc.said); got != tc.want {
			t.Errorf("%+v, %q: %q, want %q", tc.who, tc.said, got, tc.want)
		}
	}
}
