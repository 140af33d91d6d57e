package contactflow

import (
	"os"
	"strings"
	"testing"
)

func delivered(t testing.TB) string {
	t.Helper()
	body, err := os.ReadFile("../default_inbound.json")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(body), "${BasicQueue}", "basic")
}

func TestCheckSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, tc := range []struct{ name, from, to, want string }{
		{"a flow without problems", "", "", ""},
		{"an action that leads nowhere", `"NextAction": "transfer"`, `"NextAction": "gone"`,
			`line 13: Actions[1].Transitions.NextAction leads to "gone"`},
		{"a start that is nowhere", `"StartAction": "greet"`, `"StartAction": "gone"`, `line 1: StartAction leads to "gone"`},
		{"another version", "2019-10-30", "2020-01-01", "Version must be"},
		{"an error that is missing", `{ "ErrorType": "QueueAtCapacity", "NextAction": "end" },`, "",
			"line 19: Actions[2].Transitions.Errors QueueAtCapacity is missing"},
		{"an action that the language does not have", `"MessageParticipant"`, `"Sing"`, `Actions[0].Type "Sing"`},
		{"a name that is there twice", `"Identifier": "queue"`, `"Identifier": "greet"`, `"greet" is there twice`},
		{"a parameter that is missing", `"QueueId"`, `"Queue"`, "Actions[1].Parameters needs one of QueueId, AgentId"},
		{"a number that is no text", `"Text": "Thank you for calling."`, `"Text": 5`, "must be text"},
		{"JSON that ends too early", `"Actions": [`, `"Actions": [[`, "line"},
		{"JSON that is none", `"Version":`, `Version:`, "line 2: not JSON"},
		{"a member of another type", `"StartAction": "greet"`, `"StartAction": []`, "StartAction: must not be a array"},
		{"something after an end", `"DisconnectParticipant", "Parameters": {}, "Transitions": {}`,
			`"DisconnectParticipant", "Parameters": {}, "Transitions": {"NextAction":"greet"}`, "must be empty"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			content := delivered(t)
			if tc.from != "" {
				content = strings.Replace(content, tc.from, tc.to, 1)
			}
			got := strings.Join(Check("CONTACT_FLOW", content), "\n")
			if tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

type resources struct{ open, enabled, spare bool }

var _ Resources = resources{}

func (h resources) HoursOpen(string, string) bool              { return h.open }
func (h resources) QueueCapacity(string) (enabled, spare bool) { return h.enabled, h.spare }

const hoursFirst = `{"Version":"2019-10-30","StartAction":"a","Actions":[
{"Identifier":"a","Type":"UpdateContactAttributes","Parameters":{"Attributes":{"k":"v"}},
"Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingError","NextAction":"z"}]}},
{"Identifier":"b","Type":"CheckHoursOfOperation","Parameters":{"HoursOfOperationId":"h"},
"Transitions":{"Conditions":[{"NextAction":"c","Condition":{"Operator":"Equals","Operands":["True"]}},
{"NextAction":"z","Condition":{"Operator":"Equals","Operands":["False"]}}],"Errors":[{"ErrorType":"NoMatchingError","NextAction":"z"}]}},
{"Identifier":"c","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"q"},
"Transitions":{"NextAction":"d","Errors":[{"ErrorType":"NoMatchingError","NextAction":"z"}]}},
{"Identifier":"d","Type":"TransferContactToQueue","Parameters":{},
"Transitions":{"NextAction":"z","Errors":[{"ErrorType":"QueueAtCapacity","NextAction":"z"},
{"ErrorType":"NoMatchingError","NextAction":"z"}]}},
{"Identifier":"z","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}`

func TestExecuteFollowsAFlow(t *testing.T) {
	if problems := Check("CONTACT_FLOW", hoursFirst); problems != nil {
		t.Fatal(problems)
	}
	for _, tc := range []struct {
		name, content, want string
		instance            resources
	}{
		{"the delivered flow leads to its queue", delivered(t), "basic", resources{true, true, true}},
		{"a disabled queue takes nobody", delivered(t), "", resources{true, false, false}},
		{"a full queue takes nobody", delivered(t), "", resources{true, true, false}},
		{"within the hours", hoursFirst, "q", resources{true, true, true}},
		{"outside the hours", hoursFirst, "", resources{false, true, true}},
		{"a flow that goes round ends", strings.Replace(hoursFirst, `"NextAction":"b"`, `"NextAction":"a"`, 1), "", resources{true, true, true}},
		{"no flow at all", "", "", resources{true, true, true}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Execute(tc.content, tc.instance); got.Queue != tc.want {
				t.Errorf("leads to %q, want %q", got.Queue, tc.want)
			}
		})
	}
	if got := Execute(hoursFirst, resources{true, true, true}).Attributes["k"]; got != "v" {
		t.Errorf("attribute %q", got)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(delivered(f))
	f.Add(hoursFirst)
	f.Add(`{"Actions":[{"Identifier":"\"","Type":"Loop"}]}`)
	f.Fuzz(func(t *testing.T, content string) {
		problems := Check("CONTACT_FLOW", content)
		if len(problems) > maxProblems {
			t.Fatalf("%d problems", len(problems))
		}
		if len(problems) == 0 && len(References(content)) > maxActions*3 {
			t.Fatal("too many references")
		}
		Execute(content, resources{true, true, true})
	})
}
