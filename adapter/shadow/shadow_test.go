package shadow_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/shadow"
)

var nine = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// line is a flow of blocks one after another, each written as "id TYPE controls", by whatever port they leave.
func line(actions ...string) string {
	ids := make([]string, 0, len(actions)+1)
	for _, a := range actions {
		id, _, _ := strings.Cut(a, " ")
		ids = append(ids, id)
	}
	ids = append(ids, "e")
	text := fmt.Sprintf(`{"actions":[{"id":"s","type":"SE_Start","ports":{"done":%q}}`, ids[0])
	for i, a := range actions {
		_, rest, _ := strings.Cut(a, " ")
		kind, controls, _ := strings.Cut(rest, " ")
		text += fmt.Sprintf(`,{"id":%q,"type":%q,"controls":%s,"ports":{"done":%[4]q,"success":%[4]q,"failure":%[4]q,"true":%[4]q}}`,
			ids[i], kind, controls, ids[i+1])
	}
	return text + `,{"id":"e","type":"SE_End"}]}`
}

func draft(t *testing.T, text string) shadow.Draft {
	t.Helper()
	document, err := flow.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	d, err := shadow.New(document, blocks.All)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// did is a step as it comes back from the journal.
func did(kind, inputs, result string, change func(*flow.Step)) flow.Step {
	s := flow.Step{Action: "was", Type: kind, Port: flow.Success}
	for text, into := range map[string]any{inputs: &s.Inputs, result: &s.Result} {
		if text != "" {
			if err := json.Unmarshal([]byte(text), into); err != nil {
				panic(err)
			}
		}
	}
	if change != nil {
		change(&s)
	}
	return s
}

const (
	find   = `find SE_SFGetContactId {"formattedPhoneNumber":"$.contact.parsedNumber.number"}`
	popIt  = `pop SE_SFScreenpopObject {"recordId":"$.actions.find.results.sfContactId"}`
	task   = `task SE_SFCreateTask {"subject1":"Call","WhoId":"$.actions.find.results.sfContactId"}`
	dialIt = `dial SE_AgentDialNumber {"phoneNumber":"206 555 0100"}`
)

var recorded = []flow.Step{
	did("SE_Start", "", "", func(s *flow.Step) { s.Port = flow.Done }),
	did("SE_SFGetContactId", `{"formattedPhoneNumber":"+12065550142"}`, `{"sfContactId":"003000000000001"}`, nil),
	did("SE_SFScreenpopObject", `{"recordId":"003000000000001"}`, "", nil),
	did("SE_End", "", "", func(s *flow.Step) { s.Port = "" }),
}

func event() shadow.Recorded {
	return shadow.Recorded{At: nine, Steps: recorded, Event: flow.Event{Contact: &flow.Contact{ID: "c-1", Type: "voice", Inbound: true,
		PhoneNumber: "+12065550142", Attributes: map[string]string{"tier": "••••"}}}}
}

func TestAgainst(t *testing.T) {
	for _, tc := range []struct {
		name    string
		flow    string
		verdict shadow.Verdict
		says    string
		stop    flow.ActionID
	}{
		{"the same flow", line(find, popIt), shadow.Same, "", ""},
		{"a log line is no effect", line(find, popIt, `log SE_Log {"message":"x"}`), shadow.Same, "", ""},
		{"another order of questions and other ids", line(`x SE_CoreTruthy {"value":"a"}`, find, popIt), shadow.Same, "", ""},
		{"the same question twice", line(find, strings.Replace(find, "find", "again", 1), popIt), shadow.Same, "", ""},
		{"a pop less", line(find), shadow.Differs, "would not pop 003000000000001", ""},
		{"another record pops, and nobody knows what came of it", line(`pop SE_SFScreenpopObject {"recordId":"003000000000002"}`),
			shadow.Differs, "would pop 003000000000002 instead of popping 003000000000001", "pop"},
		{"a Task in the place of a pop", line(find, task), shadow.Differs, "would create a Task", "task"},
		{"a dial besides", line(find, popIt, dialIt), shadow.Differs, "would dial +12065550100", "dial"},
		{"an act is not done twice by one record", line(find, popIt, strings.Replace(popIt, "pop", "more", 1)), shadow.Differs,
			"would pop 003000000000001", "more"},
		{"a question that was never asked", line(`q SE_SFGetLeadId {"formattedPhoneNumber":"$.contact.parsedNumber.number"}`, popIt),
			shadow.Unknown, "", "q"},
		{"what a block refuses by itself", line(find, popIt, `d SE_AgentDialNumber {"phoneNumber":"911"}`), shadow.Same, "", ""},
		{"a masked value is not compared", line(find, `q SE_CoreIsOneOf {"value":"$.contact.attributes.tier","values":"gold"}`, popIt),
			shadow.Unknown, "", "q"},
		{"a property of before", line(find, `g SE_GetProperty {"key":"k"}`, popIt), shadow.Unknown, "", "g"},
		{"a property of its own", line(find, `p SE_SetProperty {"key":"k","value":"$.actions.find.results.sfContactId"}`,
			`g SE_GetProperty {"key":"k"}`, `pop SE_SFScreenpopObject {"recordId":"$.actions.g.results.value"}`), shadow.Same, "", ""},
		{"a property that is the adapter's own", line(find, `p SE_SetProperty {"key":"userProfile","value":"x"}`, popIt),
			shadow.Unknown, "", "p"},
		{"nobody waits", line(find, `w SE_CoreDelay {"milliseconds":30000}`, popIt), shadow.Same, "", ""},
		{"it would fail", `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},{"id":"x","type":"SE_CoreHttpRequest"}]}`,
			shadow.Differs, "would not pop 003000000000001", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := event()
			r.Hidden = "••••"
			got, err := draft(t, tc.flow).Against(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			var says []string
			for _, c := range got.Changes {
				says = append(says, c.String())
			}
			stop := flow.ActionID("")
			if got.Stop != nil {
				stop = got.Stop.Action
			}
			if got.Verdict != tc.verdict || strings.Join(says, "; ") != tc.says || stop != tc.stop {
				t.Errorf("%s: %q, stopped at %q %+v %s", got.Verdict, says, stop, got.Stop, got.Problem)
			}
		})
	}
}

// What was answered for the masked value may be used, since it is the same one.
func TestAMaskedValueThatWasRecorded(t *testing.T) {
	r := event()
	r.Hidden = "••••"
	r.Steps = append([]flow.Step{did("SE_CoreIsOneOf", `{"value":"••••","values":"gold"}`, `true`, func(s *flow.Step) {
		s.Port = flow.True
	})}, r.Steps...)
	got, err := draft(t, line(`q SE_CoreIsOneOf {"value":"$.contact.attributes.tier","values":"gold"}`, find, popIt)).Against(t.Context(), r)
	if err != nil || got.Verdict != shadow.Same {
		t.Errorf("%+v, %v", got, err)
	}
}

// With two masked attributes nobody knows for which of them it was answered.
func TestMaskedValuesThatMayBeMixedUp(t *testing.T) {
	r := event()
	r.Hidden = "••••"
	r.Event.Contact.Attributes["other"] = "••••"
	r.Steps = append([]flow.Step{did("SE_CoreIsOneOf", `{"value":"••••","values":"gold"}`, `true`, func(s *flow.Step) {
		s.Port = flow.True
	})}, r.Steps...)
	got, err := draft(t, line(`q SE_CoreIsOneOf {"value":"$.contact.attributes.tier","values":"gold"}`, find, popIt)).Against(t.Context(), r)
	if err != nil || got.Verdict != shadow.Unknown || got.Stop.Why != shadow.Masked {
		t.Errorf("%+v, %v", got, err)
	}
}

// Of two effects that differ only in what is masked nobody can tell whether they do.
func TestAMaskedArgument(t *testing.T) {
	r := event()
	r.Hidden = "••••"
	r.Steps = []flow.Step{did("SE_SFCreateTask", `{"subject1":"gold"}`, `{"id":"00T000000000001"}`, nil)}
	got, err := draft(t, line(`t SE_SFCreateTask {"subject1":"$.contact.attributes.tier"}`)).Against(t.Context(), r)
	if err != nil || got.Verdict != shadow.Unknown || got.Stop == nil || got.Stop.Why != shadow.Masked {
		t.Errorf("%+v, %v", got, err)
	}
}

// A refusal, a soft failure and an unknown end come again as they were, by the draft's own ways.
func TestAnswersLeaveByTheDraftsWays(t *testing.T) {
	for _, tc := range []struct {
		name string
		step flow.Step
		path string
	}{
		{"refused", did("SE_SFGetContactId", `{"formattedPhoneNumber":"1"}`, "", func(s *flow.Step) {
			s.Port, s.Problem = flow.Failure, "no access"
		}), "f"},
		{"soft", did("SE_SFGetContactId", `{"formattedPhoneNumber":"1"}`, `{}`, func(s *flow.Step) {
			s.Port, s.Soft = flow.Success, true
		}), "f"},
		{"unknown", did("SE_SFGetContactId", `{"formattedPhoneNumber":"1"}`, "", func(s *flow.Step) {
			s.Port, s.Problem = flow.Failure, flow.ErrUnknown.Error()
		}), "u"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"q"}},
				{"id":"q","type":"SE_SFGetContactId","controls":{"formattedPhoneNumber":"1"},"ports":{"success":"e","failure":"f","unknown":"u"}},
				{"id":"f","type":"SE_SFScreenpopObject","controls":{"recordId":"00300000000000f"},"ports":{"success":"e","failure":"e"}},
				{"id":"u","type":"SE_SFScreenpopObject","controls":{"recordId":"00300000000000u"},"ports":{"success":"e","failure":"e"}},
				{"id":"e","type":"SE_End"}]}`
			got, err := draft(t, text).Against(t.Context(), shadow.Recorded{At: nine, Steps: []flow.Step{tc.step}})
			if err != nil || len(got.Changes) != 1 || got.Changes[0].String() != "would pop 00300000000000"+tc.path {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestWhatChanged(t *testing.T) {
	create := func(values string) flow.Step { return did("SE_SFCreateTask", values, `{"id":"00T"}`, nil) }
	http := `h SE_CoreHttpRequest {"method":"POST","url":"https://a.example/x?key=1","body":"b"}`
	for _, tc := range []struct {
		name, flow, want string
		steps            []flow.Step
	}{
		{"other arguments", line(`t SE_SFCreateTask {"subject1":"New","Type":"Call"}`),
			`would create a Task with Subject "New" instead of "Old", Type "Call" instead of nothing`,
			[]flow.Step{create(`{"subject1":"Old"}`)}},
		{"a request, without what stands in its query", line(http), "would send a POST to https://a.example/x", nil},
		{"another verb", line(`u SE_SFSaveLog {"recordId":"00T000000000001","entityType":"Task","fieldValues":{"a":1}}`),
			"would update Task 00T000000000001", []flow.Step{create(`{"subject1":"Old"}`)}},
		{"a command of the page", line(`a SE_CoreAlert {"message":"x"}`), `would do “Alert” with {"command":"alert","message":"x"}`, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := draft(t, tc.flow).Against(t.Context(), shadow.Recorded{At: nine, Steps: tc.steps, Event: flow.Event{}})
			if err != nil || len(got.Changes) == 0 {
				t.Fatalf("%+v, %v", got, err)
			}
			if diff := cmp.Diff(tc.want, got.Changes[0].String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A draft that cannot run is refused before anything is read.
func TestABrokenDraft(t *testing.T) {
	document, err := flow.Read([]byte(`{"actions":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := shadow.New(document, blocks.All); err == nil {
		t.Error("it runs")
	} else if _, ok := errors.AsType[*flow.Invalid](err); !ok {
		t.Error(err)
	}
}

// A run whose page had failed is no reason for the draft to fail, and the other way round.
func TestItWouldFail(t *testing.T) {
	text := `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},{"id":"x","type":"SE_CoreHttpRequest"}]}`
	for failed, want := range map[bool]shadow.Verdict{false: shadow.Fails, true: shadow.Same} {
		got, err := draft(t, text).Against(t.Context(), shadow.Recorded{At: nine, Failed: failed})
		if err != nil || got.Verdict != want || (got.Problem != "") == failed {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

// A flow that the draft calls is followed in its place, with the answers of the same event.
func TestADraftThatCalls(t *testing.T) {
	called := strings.Replace(line(popIt), `"$.actions.find.results.sfContactId"`, `"$.payload.id"`, 1)
	text := line(find, `c SE_PatchcordCallFlow {"flow":"Pop","inputs":{"id":"$.actions.find.results.sfContactId"}}`)
	for name, want := range map[string]shadow.Verdict{"Pop": shadow.Same, "Other": shadow.Unknown} {
		r := event()
		r.Flow = func(asked string) (string, []byte, bool) { return "v", []byte(called), asked == name }
		got, err := draft(t, text).Against(t.Context(), r)
		if err != nil || got.Verdict != want || (got.Stop != nil) != (want == shadow.Unknown) {
			t.Errorf("%+v, %v", got, err)
		}
		if got.Stop != nil && (got.Stop.Why != shadow.NotKept || got.Stop.Action != "c") {
			t.Errorf("stopped at %+v", got.Stop)
		}
	}
	r := event()
	r.Flow = func(string) (string, []byte, bool) { return "v", []byte(line(dialIt)), true }
	got, err := draft(t, text).Against(t.Context(), r)
	if err != nil || got.Stop == nil || got.Stop.Action != "c:1/dial" || got.Changes[0].String() != "would dial +12065550100" {
		t.Errorf("%+v, %v", got, err)
	}
}
