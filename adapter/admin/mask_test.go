package admin

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
)

// What stands in a hidden attribute is seen nowhere, whatever a flow made of it.
func TestHiddenAttributesAreSeenNowhere(t *testing.T) {
	d := newDesk(t)
	mask := NewMask([]string{"X"})
	d.Admin.cfg.Mask, d.Admin.index.mask = mask, mask
	const secret = "<script>alert(1)</script>"
	d.call("c-1", amelia, "+12065550142", nine, func(r *store.Run) {
		r.Status, r.Problem = store.Failed, "the account "+secret+" is not known"
		steps, err := json.Marshal([]flow.Step{{Action: "a", Type: "SE_Log", Started: nine, Took: time.Second,
			Inputs: map[string]any{"message": "account " + secret}, Result: map[string]any{"list": []any{secret, 5}}, Problem: secret}})
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Steps = steps
	})
	b := d.signIn(ada)
	shown := func(path string, into any) {
		t.Helper()
		body := b.ask(http.MethodGet, path, "", nil).Body.String()
		if err := json.Unmarshal([]byte(body), into); err != nil || strings.Contains(body, "script") {
			t.Errorf("%s: %v %s", path, err, body)
		}
	}
	var got CallDetail
	shown("calls/c-1", &got)
	if l := got.Legs[0]; l.Attributes["x"] != Hidden || len(l.Runs) == 0 || l.Runs[0].StepsTotal != 1 {
		t.Errorf("%+v", l)
	}
	var steps StepList
	shown("runs/1/steps", &steps)
	var list CallList
	shown("calls", &list)
	if len(steps.Steps) != 1 || len(list.Calls) != 1 || !strings.Contains(list.Calls[0].Why.Text, Hidden) {
		t.Errorf("%+v %+v", steps, list)
	}
}
