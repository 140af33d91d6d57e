package features

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
)

func TestTheDocumentIsUpToDate(t *testing.T) {
	body, err := os.ReadFile("../../../docs/features.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(body), string(Document())); diff != "" {
		t.Errorf("docs/features.md is out of date, run make generate (-file +now):\n%s", diff)
	}
}

func TestTheManualHasEveryBlock(t *testing.T) {
	kinds, sure := map[string]bool{}, 0
	for _, g := range manual {
		for _, n := range g.names {
			if kinds[n.kind] || n.label == "" || !strings.HasPrefix(n.kind, "SE_") {
				t.Errorf("%s is there twice, or lacks something: %+v", n.kind, n)
			}
			if kinds[n.kind] = true; n.sure {
				sure++
			}
		}
	}
	if len(kinds) != 113 || sure != 23 {
		t.Errorf("%d blocks, of %d the type is sure", len(kinds), sure)
	}
	if left := Undocumented(blocks.All); len(left) > 0 {
		t.Errorf("in no table, and not marked as Patchcord's own: %v", left)
	}
	if left := Undocumented(flow.NewBlocks([]flow.Block{{Type: "SE_Nobody"}, {Type: "SE_Ours", Ours: true}})); len(left) != 1 {
		t.Errorf("undocumented: %v", left)
	}
}

func TestState(t *testing.T) {
	for want, n := range map[string]name{
		"not yet":                   {kind: "SE_Nothing", differs: "all"},
		"works":                     {kind: "SE_CoreTruthy"},
		"works differently: it can": {kind: "SE_CoreTruthy", differs: "it can"},
	} {
		if got := n.state(); got != want {
			t.Errorf("%s: %s", n.kind, got)
		}
	}
}
