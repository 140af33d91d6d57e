package screenflow

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// shelf is a host that keeps records in memory.
type shelf struct {
	records []Record
	refuse  string // what it says to a write
	queries []Query
}

func (s *shelf) Find(_ context.Context, q Query) ([]Record, error) {
	s.queries = append(s.queries, q)
	var found []Record
	for _, r := range s.records {
		fits := r.Object == q.Object
		for _, w := range q.Where {
			fits = fits && equal(r.Get(w.Field), w.Value)
		}
		if fits && len(found) < q.Limit {
			found = append(found, r)
		}
	}
	return found, nil
}

func (s *shelf) Create(_ context.Context, r Record) (string, error) {
	if s.refuse != "" {
		return "", &Refused{s.refuse}
	}
	id := fmt.Sprintf("id%d", len(s.records)+1)
	s.records = append(s.records, r.with("Id", TextOf(id)))
	return id, nil
}

func (s *shelf) Update(_ context.Context, r Record) error {
	for i, have := range s.records {
		if equal(have.Get("Id"), r.Get("Id")) {
			for name, v := range r.Fields {
				have = have.with(name, v)
			}
			s.records[i] = have
		}
	}
	return nil
}

func intake(t testing.TB) string {
	t.Helper()
	source, err := os.ReadFile("testdata/Caller_Intake.flow")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

func read(t testing.TB, source string) *Flow {
	t.Helper()
	f, err := Read([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// wantScreen is the screen of a step, or the end of the test.
func wantScreen(t *testing.T, step Step, err error, name string) *Screen {
	t.Helper()
	if err != nil || step.Screen == nil || step.Screen.Name != name {
		t.Fatalf("step %+v (fault %v), %v; want the screen %s", step, step.Fault, err, name)
	}
	return step.Screen
}

func fieldOf(t *testing.T, s *Screen, name string) Field {
	t.Helper()
	for _, f := range s.Fields {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("the screen %s has no field %s", s.Name, name)
	return Field{}
}

func TestAnInterview(t *testing.T) {
	host := &shelf{records: []Record{{"Contact", map[string]Value{"Id": TextOf("003"), "Name": TextOf("Maya"), "Phone": TextOf("+1 <b>206</b>")}}}}
	f := read(t, intake(t))
	i, step, err := Start(t.Context(), host, f, Beginning{Args: []Arg{{"phone", "+1 <b>206</b>"}}}, noon)
	s := wantScreen(t, step, err, "Ask")
	if s.Back || s.Last || s.NextLabel != "Next" {
		t.Errorf("buttons of the first screen: %+v", s)
	}
	hello := fieldOf(t, s, "hello").Blocks
	if len(hello) != 1 || len(hello[0].Runs) != 2 || hello[0].Runs[1] != (Run{Text: "+1 <b>206</b>", Bold: true}) {
		t.Errorf("a value's markup is text: %+v", hello)
	}
	if got := fieldOf(t, s, "caller"); got.Value != "Maya" || !got.Required {
		t.Errorf("default of caller: %+v", got)
	}
	same, step, err := i.Next(t.Context(), host, map[string]string{"caller": " ", "reason": "Nope", "items": "many", "since": "yesterday"}, noon)
	s = wantScreen(t, step, err, "Ask")
	for name, want := range map[string]string{"caller": "Complete this field.", "reason": "Select a choice of the list.", "items": "Enter a valid value.", "since": "Your entry does not match the allowed format.", "urgent": ""} {
		if got := fieldOf(t, s, name); got.Error != want {
			t.Errorf("%s: error %q, want %q", name, got.Error, want)
		}
	}
	if got := fieldOf(t, s, "items").Value; got != "many" {
		t.Errorf("what was typed is gone: %q", got)
	}
	i, step, err = same.Next(t.Context(), host, map[string]string{"caller": "Maya L.", "reason": "Complaint", "items": "12", "since": "2026-02-01", "urgent": "false", "notes": "a\nb"}, noon)
	s = wantScreen(t, step, err, "Done")
	if !s.Back || !s.Last || s.NextLabel != "Finish" {
		t.Errorf("buttons of the last screen: %+v", s)
	}
	made := host.records[1]
	if made.Get("Subject").Text != "Complaint of Maya L." || made.Get("Priority").Text != "High" || made.Get("ContactId").Text != "003" {
		t.Errorf("case %+v", made)
	}
	if got := plainText(fieldOf(t, s, "thanks").Blocks); got != "Thank Maya L.: case id2" {
		t.Errorf("thanks: %q", got)
	}
	back, step, err := i.Back(t.Context(), host, nil, noon)
	s = wantScreen(t, step, err, "Ask")
	if fieldOf(t, s, "reason").Value != "Complaint" || fieldOf(t, s, "since").Value != "2026-02-01" || s.Back {
		t.Errorf("after Previous: %+v", s)
	}
	if back.Over() || len(host.records) != 2 {
		t.Error("Previous undid something, or ended the interview")
	}
	i, step, err = i.Next(t.Context(), host, nil, noon)
	if err != nil || step.Screen != nil || step.Fault != nil || !i.Over() {
		t.Errorf("the end: %+v, %v", step, err)
	}
	if _, step, err = i.Next(t.Context(), host, nil, noon); err != nil || step.Screen != nil {
		t.Errorf("after the end: %+v, %v", step, err)
	}
}

func TestFaults(t *testing.T) {
	full := intake(t)
	typed := map[string]string{"caller": "Maya", "reason": "Order", "urgent": "true"}
	for _, tc := range []struct {
		name, from, to string
		args           []Arg
		refuse         string
		element, want  string
	}{
		{"a record that the platform refuses", "", "", nil, "REQUIRED_FIELD_MISSING: Required fields are missing: [Status]", "Create_Case", "This error occurred when the flow tried to create records: REQUIRED_FIELD_MISSING: Required fields are missing: [Status]."},
		{"an input that the flow has not", "", "", []Arg{{"ani", "1"}}, "", "", "The flow has no input variable ani."},
		{"a variable that is no input", "", "", []Arg{{"priority", "1"}}, "", "", "The flow has no input variable priority."},
		{"an input of another type", "<name>phone</name>\n        <dataType>String</dataType>", "<name>phone</name><dataType>Number</dataType>", []Arg{{"phone", "x"}}, "", "", `"x" is no Number`},
		{"an operator that is not there", "<operator>GreaterThan</operator>", "<operator>Sounds</operator>", nil, "", "Urgent", "The operator Sounds isn't supported"},
		{"a component that is not shown", "<fieldType>LargeTextArea</fieldType>", "<fieldType>ComponentInstance</fieldType><extensionName>forceContent:fileUpload</extensionName>", nil, "", "Ask", "components like notes (ComponentInstance forceContent:fileUpload)"},
		{"a flow without screens", "<processType>Flow<", "<processType>AutoLaunchedFlow<", nil, "", "", "AutoLaunchedFlow shows no screens"},
		{"a circle", "<targetReference>Done</targetReference>", "<targetReference>Urgent</targetReference>", nil, "", "", "ran more than 2000 elements"},
		{"an action", "<targetReference>Done</targetReference>\n        </connector>", "<targetReference>Do</targetReference></connector>", nil, "", "Do", "Action elements aren't run"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			source := strings.Replace(full, tc.from, tc.to, 1)
			source = strings.Replace(source, "<variables>", `<actionCalls><name>Do</name><label>Do</label><locationX>0</locationX><locationY>0</locationY><actionName>x</actionName></actionCalls><variables>`, 1)
			host := &shelf{refuse: tc.refuse}
			i, step, err := Start(t.Context(), host, read(t, source), Beginning{Args: tc.args}, noon)
			if err == nil && step.Screen != nil {
				i, step, err = i.Next(t.Context(), host, typed, noon)
			}
			if err != nil || step.Fault == nil || !strings.Contains(step.Fault.Message, tc.want) {
				t.Fatalf("step %+v (fault %v), %v; want the fault %q", step, step.Fault, err, tc.want)
			}
			if tc.element != "" && step.Fault.Element != tc.element {
				t.Errorf("fault of %q, want %q", step.Fault.Element, tc.element)
			}
			if !i.Over() {
				t.Error("the interview goes on")
			}
		})
	}
}

func TestAFaultPathIsTaken(t *testing.T) {
	source := strings.Replace(intake(t), "<inputAssignments>", "<faultConnector><targetReference>Done</targetReference></faultConnector><inputAssignments>", 1)
	source = strings.Replace(source, "Thank {!caller}", "{!$Flow.FaultMessage}", 1)
	host := &shelf{refuse: "NO"}
	i, _, err := Start(t.Context(), host, read(t, source), Beginning{}, noon)
	if err != nil {
		t.Fatal(err)
	}
	_, step, err := i.Next(t.Context(), host, map[string]string{"caller": "x", "reason": "Order"}, noon)
	s := wantScreen(t, step, err, "Done")
	if got := plainText(fieldOf(t, s, "thanks").Blocks); !strings.Contains(got, "tried to create records: NO.") {
		t.Errorf("fault message %q", got)
	}
}

func TestUpdatesAndAssignments(t *testing.T) {
	head := `<Flow><label>x</label><processType>Flow</processType><start><connector><targetReference>a</targetReference></connector></start>`
	at := `<locationX>0</locationX><locationY>0</locationY>`
	source := head + `<assignments><name>a</name><label>a</label>` + at + `<connector><targetReference>u</targetReference></connector>
<assignmentItems><assignToReference>n</assignToReference><operator>Add</operator><value><numberValue>2</numberValue></value></assignmentItems>
<assignmentItems><assignToReference>n</assignToReference><operator>Subtract</operator><value><numberValue>0.5</numberValue></value></assignmentItems>
<assignmentItems><assignToReference>d</assignToReference><operator>Add</operator><value><numberValue>1</numberValue></value></assignmentItems>
<assignmentItems><assignToReference>s</assignToReference><operator>Add</operator><value><stringValue>-{!n}</stringValue></value></assignmentItems>
<assignmentItems><assignToReference>r.LastName</assignToReference><operator>Assign</operator><value><elementReference>copy</elementReference></value></assignmentItems></assignments>
<formulas><name>copy</name><dataType>String</dataType><expression>{!s}</expression></formulas>
<recordUpdates><name>u</name><label>u</label>` + at + `<connector><targetReference>c</targetReference></connector><object>Contact</object><filters><field>Phone</field><operator>EqualTo</operator><value><stringValue>1</stringValue></value></filters><inputAssignments><field>Title</field><value><elementReference>d</elementReference></value></inputAssignments></recordUpdates>
<recordCreates><name>c</name><label>c</label>` + at + `<connector><targetReference>z</targetReference></connector><inputReference>r</inputReference></recordCreates>
<screens><name>z</name><label>z</label>` + at + `<fields><name>t</name><fieldText>{!s} {!r.Id} {!$User.FirstName} {!$Flow.CurrentDate}</fieldText><fieldType>DisplayText</fieldType></fields></screens>
<variables><name>n</name><dataType>Number</dataType></variables><variables><name>s</name><dataType>String</dataType><value><stringValue>a</stringValue></value></variables>
<variables><name>d</name><dataType>Date</dataType><value><dateValue>2026-02-28</dateValue></value></variables><variables><name>r</name><dataType>SObject</dataType><objectType>Contact</objectType></variables></Flow>`
	host := &shelf{records: []Record{{"Contact", map[string]Value{"Id": TextOf("1"), "Phone": TextOf("1")}}, {"Contact", map[string]Value{"Id": TextOf("2"), "Phone": TextOf("2")}}}}
	_, step, err := Start(t.Context(), host, read(t, source), Beginning{User: Record{"User", map[string]Value{"FirstName": TextOf("Ada")}}}, noon)
	s := wantScreen(t, step, err, "z")
	if got := plainText(fieldOf(t, s, "t").Blocks); got != "a-1.5 id3 Ada 2026-03-02" {
		t.Errorf("text %q", got)
	}
	if host.records[0].Get("Title").Text != "2026-03-01" || host.records[1].Get("Title").Kind != Null || host.records[2].Get("LastName").Text != "a-1.5" {
		t.Errorf("records %+v", host.records)
	}
}

func TestVariablesHoldWhatTheyDeclare(t *testing.T) {
	record, many := Value{Kind: Single}, Value{Kind: List}
	for _, tc := range []struct {
		v     Variable
		value Value
		want  bool
	}{
		{Variable{Type: "String"}, TextOf("a"), true}, {Variable{Type: "String"}, Value{}, true}, {Variable{Type: "String"}, record, false}, {Variable{Type: "String", Collection: true}, TextOf("a"), false},
		{Variable{Type: "SObject"}, record, true}, {Variable{Type: "SObject"}, many, false}, {Variable{Type: "SObject", Collection: true}, many, true}, {Variable{Type: "SObject"}, TextOf("a"), false},
	} {
		if got := tc.v.holds(tc.value); got != tc.want {
			t.Errorf("%+v holds %+v: %v, want %v", tc.v, tc.value, got, tc.want)
		}
	}
	if _, err := combined("Add", many, record); err == nil {
		t.Error("a record was added to a collection as text")
	}
}

func TestConditions(t *testing.T) {
	for _, tc := range []struct {
		word string
		with []bool
		want bool
	}{
		{"and", []bool{true, true}, true}, {"", []bool{true, false}, false}, {"or", []bool{false, true}, true}, {"or", []bool{false}, false},
		{"1 AND (2 OR 3)", []bool{true, false, true}, true}, {"1 and 2 or 3", []bool{false, true, true}, true}, {"NOT 1", []bool{false}, true}, {"not (1 or 2)", []bool{false, true}, false},
	} {
		if got, err := evaluate(tc.word, tc.with); err != nil || got != tc.want {
			t.Errorf("%q of %v: %v, %v; want %v", tc.word, tc.with, got, err, tc.want)
		}
	}
	for _, bad := range []string{"1 AND", "4", "(1", "1 2", "0", "x", strings.Repeat("(", 99) + "1" + strings.Repeat(")", 99)} {
		if validLogic(bad, 3) {
			t.Errorf("%q was taken", bad)
		}
	}
}
