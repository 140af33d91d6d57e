package blocks

import (
	"testing"

	"github.com/patchcord/patchcord/adapter/blocks/agent"
	"github.com/patchcord/patchcord/adapter/flow"
)

func TestEveryBlockSaysWhatItIs(t *testing.T) {
	places := map[flow.Place]bool{flow.Anywhere: true, flow.InAdapter: true, flow.InPage: true, flow.InCRM: true, flow.InCentre: true,
		flow.OnWeb: true}
	all := All.All()
	if len(all) < 13 {
		t.Fatalf("%d blocks", len(all))
	}
	for _, b := range all {
		if b.Label == "" || b.Help == "" || b.Category == "" || !places[b.Place] || b.Run == nil || !All.Has(b.Type) {
			t.Errorf("%s lacks something: %+v", b.Type, b)
		}
		if b.Place == flow.Anywhere && !b.Repeatable {
			t.Errorf("%s only computes, and may not be repeated?", b.Type)
		}
		names := map[string]bool{}
		for _, in := range b.Inputs {
			if in.Name == "" || in.Label == "" || in.Help == "" || names[in.Name] {
				t.Errorf("%s: input %q lacks something, or is there twice", b.Type, in.Name)
			}
			names[in.Name] = true
		}
	}
	if All.Has("SE_Nothing") {
		t.Error("there is a block SE_Nothing")
	}
	if b := All.Of(agent.DialNumber.Type); b == nil || b.Repeatable {
		t.Error("a dial may be repeated")
	}
}
