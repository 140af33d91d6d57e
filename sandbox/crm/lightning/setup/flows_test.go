package setup

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

const hello = `<Flow><apiVersion>67.0</apiVersion><label>Hello</label><processType>Flow</processType><status>Active</status></Flow>`

func (d *desk) flow(name, source string) {
	d.t.Helper()
	if err := d.org.Administer(d.t.Context(), d.ada, func(a *crm.Actor) error {
		return a.PutComponent(d.t.Context(), records.Component{Type: "Flow", FullName: name,
			Files: map[string][]byte{"flows/" + name + ".flow": []byte(source)}})
	}); err != nil {
		d.t.Fatal(err)
	}
}

func TestFlowsAreListedForThoseWhoSeeSetup(t *testing.T) {
	d := openDesk(t)
	d.flow("Hello", hello)
	d.flow("Nightly", `<Flow><label>Clean up</label></Flow>`)
	d.flow("Aside", `<Flow><label>zuletzt</label><processType>Flow</processType><status>Obsolete</status></Flow>`)
	set := d.set("Viewer", "Viewer")
	does[nothing](d, "PUT", "/permsets/"+set+"/system", `{"on":["ViewSetup"]}`, 200)
	does[assignedOut](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 200)
	d.who = d.amelia
	type shown struct {
		name, label, kind, by string
		active                bool
	}
	want := []shown{
		{"Nightly", "Clean up", "Autolaunched Flow", "Ada Byrne", false},
		{"Hello", "Hello", "Screen Flow", "Ada Byrne", true}, {"Aside", "zuletzt", "Screen Flow", "Ada Byrne", false},
	}
	all := does[flowsOut](d, "GET", "/flows", "", 200).Flows
	if len(all) != len(want) {
		t.Fatalf("%+v", all)
	}
	for i, f := range all {
		if got := (shown{f.Name, f.Label, f.Type, f.ModifiedBy, f.Active}); got != want[i] {
			t.Errorf("got %+v, want %+v", got, want[i])
		}
	}
}
