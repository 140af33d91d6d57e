package setup

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
)

const hello = `<Flow><apiVersion>67.0</apiVersion><label>Hello</label><processType>Flow</processType><start><connector><targetReference>Hi</targetReference></connector></start>
<screens><name>Hi</name><label>Say hello</label><locationX>0</locationX><locationY>0</locationY></screens><status>Draft</status><variables><name>phone</name><dataType>String</dataType><isInput>true</isInput></variables></Flow>`

func (d *desk) flow(name, source string) {
	d.t.Helper()
	if err := d.org.Administer(d.t.Context(), d.ada, func(a *crm.Actor) error {
		return a.PutComponent(d.t.Context(), crm.Component{Type: "Flow", FullName: name, Files: map[string][]byte{"flows/" + name + ".flow": []byte(source)}})
	}); err != nil {
		d.t.Fatal(err)
	}
}

func TestFlowsAreSwitchedOnAndOff(t *testing.T) {
	d := openDesk(t)
	d.flow("Hello", hello)
	d.flow("Broken", strings.Replace(hello, ">Hi</targetReference>", ">Nope</targetReference>", 1))
	d.flow("Aside", strings.Replace(hello, "<label>Hello</label>", "<label>zuletzt</label>", 1))
	all := does[flowsOut](d, "GET", "/flows", "", 200).Flows
	if len(all) != 3 || all[1].Label != "Hello" || all[2].Name != "Aside" || all[1].Type != "Screen Flow" || all[1].Active || all[1].ModifiedBy != "Ada Byrne" {
		t.Fatalf("%+v", all)
	}
	one := does[flowOut](d, "GET", "/flows/hello", "", 200)
	if one.Status != "Draft" || one.API != 67 || len(one.Inputs) != 1 || len(one.Elements) != 1 || one.Elements[0].Says != "Show a screen" || one.CreatedBy != "Ada Byrne" {
		t.Errorf("%+v", one)
	}
	does[nothing](d, "POST", "/flows/Hello/activate", "", 200)
	does[nothing](d, "POST", "/flows/Hello/activate", "", 200) // again changes nothing
	if got := does[refusal](d, "DELETE", "/flows/Hello", "", 400); !strings.Contains(got.Errors[0].Message, "can't delete an active flow version") {
		t.Errorf("%v", got)
	}
	if got := does[refusal](d, "POST", "/flows/Broken/activate", "", 400); !strings.Contains(got.Errors[0].Message, `invalid reference to "Nope"`) {
		t.Errorf("%v", got)
	}
	does[nothing](d, "POST", "/flows/Hello/deactivate", "", 200)
	does[nothing](d, "DELETE", "/flows/Hello", "", 200)
	does[refusal](d, "GET", "/flows/Hello", "", 404)
	want := `ada@x.example: Deleted flow version #1 "Hello" for flow with Unique Name "Hello" (Flows)|ada@x.example: Deactivated flow version #1 "Hello" for flow with Unique Name "Hello" (Flows)|` +
		`ada@x.example: Activated flow version #1 "Hello" for flow with Unique Name "Hello" (Flows)`
	if got := strings.Join(d.trail(), "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWhoMayOnlyLookAtFlows(t *testing.T) {
	d := openDesk(t)
	d.flow("Hello", hello)
	set := d.set("Viewer", "Viewer")
	does[nothing](d, "PUT", "/permsets/"+set+"/system", `{"on":["ViewSetup"]}`, 200)
	does[assignedOut](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 200)
	d.who = d.amelia
	does[flowsOut](d, "GET", "/flows", "", 200)
	does[refusal](d, "POST", "/flows/Hello/activate", "", 403)
	does[refusal](d, "DELETE", "/flows/Hello", "", 403)
}
