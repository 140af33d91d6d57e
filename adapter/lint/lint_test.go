package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
)

// kinds are the blocks of these tests: what counts of them is their shape.
var kinds = flow.NewBlocks([]flow.Block{
	{Type: "SE_CoreTruthy", Label: "Is Truthy?", Inputs: []flow.Input{{Name: "value", Kind: flow.Any}}, Ports: []flow.Port{flow.True,
		flow.False}},
	{Type: "SE_Log", Label: "Log", Inputs: []flow.Input{{Name: "message", Kind: flow.Any}}, Ports: []flow.Port{flow.Done}},
	{Type: "SE_AgentDialNumber", Label: "Dial Number", Inputs: []flow.Input{{Name: "phoneNumber", Required: true},
		{Name: "quiet", Kind: flow.Bool}, {Name: "more", Kind: flow.Map}}, Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown}},
	{Type: "SE_GetProperty", Label: "Get Property", Inputs: []flow.Input{{Name: "key"}}, Ports: []flow.Port{flow.Done}},
	{Type: "SE_SetProperty", Label: "Set Property", Inputs: []flow.Input{{Name: "key"}}, Ports: []flow.Port{flow.Done}},
	{Type: "SE_CoreStringTemplate", Label: "Template", Inputs: []flow.Input{{Name: "template"}}, Ports: []flow.Port{flow.Done}},
	{Type: "SE_SFSaveLog", Label: "Save", Inputs: []flow.Input{{Name: "recordId"}}, Ports: []flow.Port{flow.Success}},
	{Type: "SE_CoreJquery", Label: "jQuery", Ports: []flow.Port{flow.Success}},
	{Type: "SE_SFRunApex", Label: "Run Apex", Ports: []flow.Port{flow.Success}},
	{Type: "SE_OurSwitch", Label: "Switch", Ports: []flow.Port{flow.Done}, Ours: true},
})

// chain is a flow of actions one after another: each is a type with its controls, and leads on by all of its block's ports.
func chain(actions ...string) string {
	text := `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"1"}}`
	for i, a := range actions {
		kind, controls, _ := strings.Cut(a, " ")
		ports := ""
		if b := kinds.Of(kind); b != nil {
			for _, port := range b.Ports {
				if port != flow.Unknown {
					ports += fmt.Sprintf(`,%q:"%d"`, port, i+2)
				}
			}
		}
		text += fmt.Sprintf(`,{"id":"%d","type":%q,"controls":{%s},"ports":{%s}}`, i+1, kind, controls, strings.TrimPrefix(ports, ","))
	}
	return text + fmt.Sprintf(`,{"id":"%d","type":"SE_End"}]}`, len(actions)+1)
}

func linted(t *testing.T, text string, about lint.About) (short, said []string) {
	t.Helper()
	d, err := flow.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	_, findings := lint.Flow(d, kinds, about)
	for _, f := range findings {
		short = append(short, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s%s", f.Severity, f.Code, f.Action, f.Control, f.Port)), " "))
		said = append(said, f.Message())
		if strings.ContainsAny(f.Message(), "{}") && f.Code != flow.CodeLooksLikePath {
			t.Errorf("%s: %s", f.Code, f.Message())
		}
	}
	return short, said
}

func TestFlow(t *testing.T) {
	dial := `{"id":"d","type":"SE_AgentDialNumber","controls":{"phoneNumber":"1"},"ports":{"success":"l","failure":%s}},` +
		`{"id":"l","type":"SE_Log","controls":{"message":%q},"ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`
	start := `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"d"}},`
	for _, tc := range []struct {
		name, text string
		about      lint.About
		want       []string
		says       string
	}{
		{"nothing", chain(`SE_Log "message":"$.payload.x"`), lint.About{}, nil, ""},
		{"what cannot run is left at that", `{"actions":[]}`, lint.About{}, []string{"error startMissing"}, ""},
		{"no way leads there", `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"e"}},{"id":"e","type":"SE_End"},
			{"id":"x","type":"SE_Log","ports":{"done":"e"}}]}`, lint.About{}, []string{"warning unreachable x"}, ""},
		{"it stops before an end", `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},{"id":"x","type":"SE_Log"}]}`, lint.About{},
			[]string{"warning endMissing", "warning deadEnd x"}, ""},
		{"a circle is told once", `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"a"}},
			{"id":"a","type":"SE_CoreTruthy","controls":{"value":true},"ports":{"true":"b","false":"e"}},
			{"id":"b","type":"SE_Log","ports":{"done":"a"}},{"id":"e","type":"SE_End"}]}`, lint.About{}, []string{"warning circle a"}, "(a, b)"},
		{"a failure that leads nowhere", start + strings.Replace(fmt.Sprintf(dial, `null`, "x"), `"failure":null`, `"failure":""`, 1),
			lint.About{},
			[]string{"warning failureUnwired d"}, ""},
		{"an input that must be there", chain(`SE_AgentDialNumber`), lint.About{}, []string{"warning controlRequired 1 phoneNumber"},
			"Dial Number"},
		{"a decision on nothing", chain(`SE_CoreTruthy "value":""`), lint.About{}, []string{"warning decisionEmpty 1 value"}, ""},
		{"values of another kind", chain(`SE_AgentDialNumber "phoneNumber":{"a":1},"quiet":"perhaps","more":"x"`), lint.About{},
			[]string{"warning controlKind 1 phoneNumber", "warning controlKind 1 quiet", "warning controlKind 1 more"}, "text is expected"},
		{"values that may be of another kind", chain(`SE_AgentDialNumber "phoneNumber":12,"quiet":"true","more":"$.payload"`), lint.About{}, nil,
			""},
		{"a path that cannot be read", chain(`SE_Log "message":"$.payload..x"`), lint.About{}, []string{"warning pathBroken 1 message"}, ""},
		{"a path from nowhere", chain(`SE_Log "message":"$.playload.x"`), lint.About{}, []string{"warning pathRoot 1 message"},
			"did you mean payload?"},
		{"a root that only a block reads", chain(`SE_Log "message":"$.userProfile"`), lint.About{}, []string{"warning pathRoot 1 message"},
			"no userProfile"},
		{"a result of nobody", chain(`SE_Log "message":{"a":["$.actions.uid-7.results"]}`), lint.About{},
			[]string{"warning pathAction 1 message"}, "uid-7"},
		{"a result of one that comes later", chain(`SE_Log "message":"$.actions.2.results"`, `SE_Log`), lint.About{},
			[]string{"warning pathNotBefore 1 message"}, "Log (2)"},
		{"a part that actions do not have", chain(`SE_Log`, `SE_Log "message":"$.actions.1.result.value"`), lint.About{},
			[]string{"warning pathPart 2 message"}, "did you mean results?"},
		{"a result that a failure does not make", start + fmt.Sprintf(dial, `"l"`, "$.actions.d.results.value"), lint.About{},
			[]string{"hint pathMaybe l message"}, "Dial Number (d)"},
		{"why it failed is there", start + fmt.Sprintf(dial, `"l"`, "$.actions.d.exception.message"), lint.About{}, nil, ""},
		{"a result that only success leads to", start + fmt.Sprintf(dial, `"e"`, "$.actions.d.results.value"), lint.About{}, nil, ""},
		{"nothing of a contact", chain(`SE_Log "message":"$.contact.queuename"`), lint.About{}, []string{"warning pathContact 1 message"},
			"did you mean queueName?"},
		{"the old path of a number", chain(`SE_Log "message":"$.contact.parsedNumber.phone"`), lint.About{}, []string{"hint pathOld 1 message"},
			""},
		{"nothing of a number", chain(`SE_Log "message":"$.contact.parsedNumber.nationalnumber"`), lint.About{},
			[]string{"warning pathContact 1 message"}, "did you mean nationalNumber?"},
		{"a property that nobody sets", chain(`SE_GetProperty "key":"taskId"`), lint.About{}, []string{"hint propertyUnset 1 key"}, "taskId"},
		{"a property that this flow sets", chain(`SE_SetProperty "key":"taskId"`, `SE_GetProperty "key":"taskId"`), lint.About{}, nil, ""},
		{"a property that another sets", chain(`SE_GetProperty "key":"taskId"`), lint.About{Set: map[string]bool{"taskId": true}}, nil, ""},
		{"a property that is always there", chain(`SE_GetProperty "key":"userProfile"`), lint.About{}, nil, ""},
		{"something made many times", chain(`SE_SFSaveLog`), lint.About{Event: "onRefresh"}, []string{"warning createsOften 1"}, "onRefresh"},
		{"the text null makes a record too", chain(`SE_SFSaveLog "recordId":"null"`), lint.About{Event: "onViewContact"},
			[]string{"warning createsOften 1"}, ""},
		{"something changed many times", chain(`SE_SFSaveLog "recordId":"$.payload.id"`), lint.About{Event: "onRefresh"}, nil, ""},
		{"something made once", chain(`SE_SFSaveLog`), lint.About{Event: "onEnded"}, nil, ""},
		{"jQuery", chain(`SE_CoreJquery`), lint.About{}, []string{"error jquery 1"}, ""},
		{"Apex", chain(`SE_SFRunApex`), lint.About{}, []string{"warning runApex 1"}, ""},
		{"a block of ours", chain(`SE_OurSwitch`), lint.About{}, nil, ""},
		{"a block of ours, for the original", chain(`SE_OurSwitch`), lint.About{Original: true}, []string{"error originalType 1"}, "Switch"},
		{"a port of ours, for the original", strings.Replace(chain(`SE_AgentDialNumber "phoneNumber":"1"`), `"failure"`,
			`"unknown":"2","failure"`, 1),
			lint.About{Original: true}, []string{"error originalPort 1 unknown"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			short, said := linted(t, tc.text, tc.about)
			if diff := cmp.Diff(tc.want, short); diff != "" {
				t.Fatalf("-want +got\n%s", diff)
			}
			if len(said) > 0 && !strings.Contains(said[0], tc.says) {
				t.Errorf("says %q", said[0])
			}
		})
	}
}

func TestTextThatLooksLikeAPath(t *testing.T) {
	for text, want := range map[string]bool{
		"$actions.uid-1.results": true, "{{contact.name}}": true, "${payload.x}": true, "actions.uid-1.results.value": true,
		"uid-3.results.value": true, " $.payload.x": true, "Call from $.contact.queueName": true, "payload[0]": true, "{payload.x}": true,
		"$ .payload": true,
		"":           false, "error": false, "$5.00 off": false, `{"a": 1}`: false, "{}": false, "contact us": false, "actions": false,
		"US$":                    false,
		"https://x.example/{id}": false, "uid-3": false, "$.payload.x": false,
	} {
		short, _ := linted(t, chain(fmt.Sprintf(`SE_Log "message":%q`, text)), lint.About{})
		if got := len(short) == 1 && short[0] == "warning looksLikePath 1 message"; got != want || !want && len(short) > 0 {
			t.Errorf("%q: %v", text, short)
		}
		short, _ = linted(t, chain(fmt.Sprintf(`SE_CoreStringTemplate "template":%q`, strings.TrimLeft(text, " $."))), lint.About{})
		if len(short) > 0 {
			t.Errorf("a template of %q: %v", text, short)
		}
	}
}

func TestEventOf(t *testing.T) {
	for name, want := range map[string]string{
		"VoiceContact.onConnecting": "onConnecting", "04-queueCallbackContactOnIncoming.json": "onIncoming", "onRefresh": "onRefresh", "": "",
		"moon":                        "",
		"Salesforce UI onClickToDial": "onClickToDial", "01-salesforceUi.onClickToDial.json": "onClickToDial",
	} {
		if got := lint.EventOf("", name); got != want {
			t.Errorf("%q is fired by %q, want %q", name, got, want)
		}
	}
}

func TestFiredBy(t *testing.T) {
	for name, want := range map[string]string{
		"VoiceContact.onConnecting": "connectVoiceContact onConnecting", "connectChatContact onRefresh": "connectChatContact onRefresh",
		"04-queueCallbackContactOnIncoming.json": "connectQueueCallbackContact onIncoming", "voice-pop-onConnecting.json": " ", "moon": " ",
		"click-to-dial-onClickToDial.json": "salesforceUi onClickToDial", "agent.onInit": "connectAgent onInit",
	} {
		if source, event := lint.FiredBy("", name); source+" "+event != want {
			t.Errorf("%q is fired by %s %s, want %s", name, source, event, want)
		}
	}
}

func TestEvents(t *testing.T) {
	pairs, names := map[lint.Event]bool{}, map[string]bool{}
	for _, e := range lint.Events {
		pair := lint.Event{Source: e.Source, Event: e.Event}
		if pairs[pair] {
			t.Errorf("%v is there twice", e)
		}
		pairs[pair] = true
		if e.Event != "" {
			names[e.Event] = true
		}
	}
	if len(names) != 29 {
		t.Errorf("%d events", len(names))
	}
}

func flowFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"../flow/testdata/flows/*.json", "../../sfdx/flows/*.json"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(found), err)
		}
		files = append(files, found...)
	}
	return files
}

// No flow that people use is called wrong.
func TestPublishedFlowsHaveNoErrors(t *testing.T) {
	for _, file := range flowFiles(t) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := flow.Read(body)
		if err != nil {
			t.Fatal(err)
		}
		_, findings := lint.Flow(d, blocks.All, lint.About{})
		if err := flow.Broken(findings); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if err := flow.MayActivate(findings); err != nil && strings.Contains(file, "sfdx") {
			t.Errorf("%s, which new installations have: %v", file, err)
		}
	}
}

// FuzzFlow: whatever a file says, something can be said of it.
func FuzzFlow(f *testing.F) {
	for _, text := range []string{chain(`SE_Log "message":"$.actions.1.results"`), chain(`SE_CoreTruthy`, `SE_AgentDialNumber`)} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := flow.Read(raw)
		if err != nil {
			return
		}
		_, findings := lint.Flow(d, kinds, lint.About{Event: "onRefresh", Original: true})
		for _, f := range findings {
			if f.Message() == "" || f.Severity == "" {
				t.Fatalf("%+v says nothing", f)
			}
		}
	})
}
