package screenflow

import (
	"slices"
	"strings"
	"testing"
)

// org knows a few objects.
type org map[string][]string

func (o org) HasObject(name string) bool { _, ok := o[name]; return ok }
func (o org) HasField(object, field string) bool {
	return slices.Contains(o[object], field)
}

var demo = org{"Case": {"Subject", "Priority", "ContactId"}, "Contact": {"Id", "Name", "Phone"}}

func TestCheck(t *testing.T) {
	full := intake(t)
	if p := read(t, full).Check(demo); p != nil {
		t.Fatalf("a good flow: %+v", p)
	}
	for _, tc := range []struct{ name, from, to, element, want string }{
		{"no label", "<label>Caller Intake</label>", "", "", "Required field is missing: label"},
		{"an element without a place", "<locationX>300</locationX>\n        <locationY>500</locationY>", "", "Set_Priority", "Required field is missing: locationX"},
		{"a name twice", "<name>Order</name>", "<name>Complaint</name>", "Complaint", "duplicate developer name: Complaint"},
		{"a status that is none", "<status>Active<", "<status>Live<", "", "'Live' is not a valid value for the enum 'FlowVersionStatus'"},
		{"no start", "<targetReference>Find_Contact</targetReference>", "", "", "field integrity exception: unknown (The flow can't run because nothing is connected to the Start element.)"},
		{"a start that is not there", "<targetReference>Find_Contact</targetReference>", "<targetReference>Nope</targetReference>", "", `(The element has an invalid reference to "Nope".)`},
		{"a connector to nowhere", "<targetReference>Done</targetReference>", "<targetReference>Nope</targetReference>", "Create_Case", `field integrity exception: unknown (The element has an invalid reference to "Nope".)`},
		{"a variable that is not there", "<elementReference>priority<", "<elementReference>prio<", "Create_Case", `(The element has an invalid reference to "prio".)`},
		{"an assignment to a field of a screen", "<assignToReference>priority<", "<assignToReference>caller<", "Set_Priority", `invalid reference to "caller"`},
		{"a condition on nothing", "<leftValueReference>urgent<", "<leftValueReference>Nope<", "Urgent", "(A condition has a reference to Nope, which doesn't exist.)"},
		{"a merge field of nothing", "{!reason} of", "{!Nope} of", "Create_Case", "(The formula expression is invalid: It contains an invalid flow element Nope.)"},
		{"logic that names too many", "1 OR (2 AND 3)", "1 OR 4", "Urgent", "The condition logic is invalid"},
		{"an object that is not there", "<object>Case</object>", "<object>Nope__c</object>", "Create_Case", `(The object "Nope__c" doesn't exist.)`},
		{"a field that is not there", "<field>Phone</field>", "<field>Nope__c</field>", "Find_Contact", `field integrity exception: unknown (The field "Nope__c" for the object "Contact" doesn't exist.)`},
		{"a field of a found record that is not there", "Find_Contact.Name", "Find_Contact.Nope", "Ask", `(The field "Nope" for the object "Contact" doesn't exist.)`},
		{"a number that is none", "<numberValue>10.0<", "<numberValue>ten<", "Urgent", "'ten' is not a valid value for the type xsd:number"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(full, tc.from) {
				t.Fatalf("the flow has no %s", tc.from)
			}
			p := read(t, strings.Replace(full, tc.from, tc.to, 1)).Check(demo)
			if p == nil || !strings.Contains(p.Text, tc.want) || p.Element != tc.element {
				t.Errorf("got %+v, want %q at %q", p, tc.want, tc.element)
			}
		})
	}
	if p := read(t, strings.Replace(strings.Replace(full, "<processType>Flow<", "<processType>AutoLaunchedFlow<", 1), ">Done<", ">Nope<", 1)).Check(demo); p != nil {
		t.Errorf("a flow without screens is kept as it is: %+v", p)
	}
}

func TestDescribe(t *testing.T) {
	var names []string
	for _, w := range read(t, intake(t)).Describe() {
		names = append(names, w.Name+": "+w.Says)
	}
	want := "Find_Contact: Get the first record of Contact where Phone equal to {!phone}|Ask: Ask for caller, reason, items, since, urgent, notes|" +
		`Urgent: Urgent: 1 OR (2 AND 3) of {!urgent} equal to true, {!reason} equal to "Complaint", {!items} greater than 10; otherwise Normal|Set_Priority: {!priority} assign "High"|` +
		`Create_Case: Create Case with Subject = "{!reason} of {!caller}", Priority = {!priority}, ContactId = {!Find_Contact.Id}|Done: Show a screen`
	if got := strings.Join(names, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSetStatus(t *testing.T) {
	for name, source := range map[string]string{
		"as it stands": intake(t), "without one": strings.Replace(intake(t), "<status>Active</status>", "", 1), "an empty one": strings.Replace(intake(t), "<status>Active</status>", "<status/>", 1),
	} {
		out, err := SetStatus([]byte(source), "Obsolete")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if f := read(t, string(out)); f.Status != "Obsolete" || f.Label != "Caller Intake" {
			t.Errorf("%s: %q, %q", name, f.Status, f.Label)
		}
	}
	if _, err := SetStatus([]byte("<Flow>"), "Active"); err == nil {
		t.Error("a file without an end was changed")
	}
}

func TestRichTextKeepsOnlyPlainWriting(t *testing.T) {
	f := read(t, strings.Replace(intake(t), "Calling from &lt;b&gt;{!phone}&lt;/b&gt;", `a&lt;script&gt;x&lt;/script&gt; &lt;i&gt;b&lt;/i&gt;&lt;br&gt;c &amp;amp; d&lt;ul&gt;&lt;li&gt;e&lt;/li&gt;&lt;/ul&gt;&lt;ol&gt;&lt;li&gt;f`, 1))
	_, step, err := Start(t.Context(), &shelf{}, f, Beginning{}, noon)
	s := wantScreen(t, step, err, "Ask")
	var got []string
	for _, b := range fieldOf(t, s, "hello").Blocks {
		got = append(got, b.Kind+" "+plainText([]Block{b}))
	}
	if all := strings.Join(got, "|"); all != "paragraph ax b|paragraph c & d|bullet e|number f" {
		t.Errorf("blocks %s", all)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(intake(f), "1")
	f.Add("<Flow><label>x</label><processType>Flow</processType><start><connector><targetReference>s</targetReference></connector></start><screens><name>s</name></screens></Flow>", "")
	f.Add("<Flow><status/></Flow>", "x")
	f.Add("<Flow><constants><name>a</name><value><stringValue>{!a}{!a}</stringValue></value></constants><textTemplates><name>t</name><text>{!t}</text></textTemplates></Flow>", "{!t}")
	f.Fuzz(func(t *testing.T, source, typed string) {
		flow, err := Read([]byte(source))
		if err != nil {
			return
		}
		if flow.Check(demo) != nil {
			return
		}
		flow.Describe()
		host := &shelf{}
		i, step, err := Start(t.Context(), host, flow, Beginning{}, noon)
		for n := 0; n < 5 && err == nil && step.Screen != nil; n++ {
			values := map[string]string{}
			for _, field := range step.Screen.Fields {
				values[field.Name] = typed
			}
			i, step, err = i.Next(t.Context(), host, values, noon)
		}
		if err != nil {
			t.Fatal(err)
		}
		out, err := SetStatus([]byte(source), Active)
		if err != nil {
			t.Fatalf("status: %v", err)
		}
		if again, err := Read(out); err != nil || again.Status != Active {
			t.Fatalf("after SetStatus: %v, %v", again, err)
		}
	})
}
