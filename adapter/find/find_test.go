package find

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// desk is the console and the CRM: what they answer, and what they were asked in order.
type desk struct {
	answer string              // of the platform's search
	layout string              // "" is testdata/layout.json
	phones map[string][]string // by id
	found  string              // of the SOSL search
	fails  string              // what fails: search, layout, pop, choose, objects, phones or sosl
	asked  []string
}

var errAway = errors.New("away")

func (d *desk) ask(what, detail string) error {
	d.asked = append(d.asked, strings.TrimSpace(what+" "+detail))
	if d.fails == what {
		return errAway
	}
	return nil
}

func (d *desk) Search(_ context.Context, q Query) (json.RawMessage, error) {
	return json.RawMessage(d.answer), d.ask("search", q.Text+" "+q.CallType)
}

func (d *desk) Layout(context.Context) (json.RawMessage, error) {
	if d.layout != "" {
		return json.RawMessage(d.layout), d.ask("layout", "")
	}
	body, err := os.ReadFile("testdata/layout.json")
	if err != nil {
		panic(err)
	}
	return body, d.ask("layout", "")
}

func (d *desk) Pop(_ context.Context, p Pop) error {
	return d.ask("pop", fmt.Sprintf("%s %v", p.Type, p.Params))
}

func (d *desk) Choose(_ context.Context, matches []Candidate, total int, more bool) error {
	var names []string
	for _, m := range matches {
		names = append(names, m.Name)
	}
	many := map[bool]string{true: " or more"}[more]
	return d.ask("choose", fmt.Sprintf("%s of %d%s", strings.Join(names[:min(len(names), 2)], " "), total, many))
}

func (d *desk) Objects(_ context.Context, names []string) ([]Object, error) {
	var all []Object
	for _, n := range names {
		all = append(all, Object{Name: n, Phones: []string{"Phone"}})
	}
	return all, d.ask("objects", strings.Join(names, " "))
}

func (d *desk) Phones(_ context.Context, ids map[string][]string) (map[string][]string, error) {
	n := 0
	for _, of := range ids {
		n += len(of)
	}
	return d.phones, d.ask("phones", fmt.Sprint(n))
}

func (d *desk) Search2(sosl string) (json.RawMessage, error) {
	return json.RawMessage(d.found), d.ask("sosl", sosl[strings.Index(sosl, "RETURNING"):])
}

// api is the desk as CRM: both have a Search.
type api struct{ *desk }

func (a api) Search(_ context.Context, sosl string) (json.RawMessage, error) { return a.Search2(sosl) }

const (
	popMaya  = `"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":"003000000000001AAA"}}`
	onlyMaya = `{"003000000000001AAA":{"Name":"Maya","RecordType":"Contact"},` + popMaya + `}`
	two      = `{"003000000000001AAA":{"Name":"Maya","RecordType":"Contact"},"00Q000000000002AAA":{"Name":"Jo","RecordType":"Lead"}`
	popNew   = `{"SCREEN_POP_DATA":{"type":"newRecordModal","params":{"entityName":"Contact"},"defaultFieldValues":{"Phone":"1"}}}`
	mayaPops = "pop sobject map[recordId:003000000000001AAA]"
	sosl     = "sosl RETURNING Lead(Id, Name, Phone), Contact(Id, Name, Phone), Account(Id, Name, Phone), " +
		"Booking__c(Id, Name, Phone) LIMIT 200"
	objects = "objects Lead Contact Account Booking__c"
)

// The platform lists the first of many: how many there are is asked of the org, after the agent has been offered what is listed.
func TestFindCounts(t *testing.T) {
	many := func(n int, line string) string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf(line, i)
		}
		return strings.Join(all, ",")
	}
	inOrg := func(n int) string {
		return `{"searchRecords":[` +
			many(n, `{"attributes":{"type":"Contact"},"Id":"003%012dAAA","Name":"Maya","Phone":"(206) 555-0142"}`) + `]}`
	}
	first := "{" + many(50, `"003%012dAAA":{"Name":"Maya","RecordType":"Contact"}`) + "}"
	offered := []string{"search 2065550142 inbound", "choose Maya Maya of 50 or more", "layout", objects}
	for _, tc := range []struct {
		name  string
		desk  desk
		total int
		more  bool
		asked []string
	}{
		{"all of them", desk{answer: first, found: inOrg(60)}, 60, false, append(slices.Clone(offered), sosl)},
		{"more than the org tells at a time", desk{answer: first, found: inOrg(200)}, 200, true, append(slices.Clone(offered), sosl)},
		{"the org does not say", desk{answer: first, fails: "objects"}, 50, true, offered},
		{"the org finds fewer, by other rules", desk{answer: first, found: inOrg(3)}, 50, true, append(slices.Clone(offered), sosl)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := tc.desk
			got, err := Find(t.Context(), Ask{Text: "2065550142", Caller: "+12065550142", CallType: "inbound", Country: "US"}, &d, api{&d})
			if err != nil || got.Total != tc.total || got.More != tc.more || len(got.Matches) != MaxMatches {
				t.Errorf("%v: %d, more %t, %d listed", err, got.Total, got.More, len(got.Matches))
			}
			if diff := cmp.Diff(tc.asked, d.asked); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFind(t *testing.T) {
	home := Ask{Text: "2065550142", Caller: "+12065550142", CallType: "inbound", Country: "US"}
	abroad := Ask{Text: "22123456", Caller: "+4722123456", CallType: "inbound", Country: "US"}
	outbound := home
	outbound.CallType = "outbound"
	maya47, stranger := map[string][]string{maya.ID: {"+47 22 12 34 56"}}, map[string][]string{maya.ID: {"(202) 212-3456"}}
	deep := `{"searchRecords":[{"attributes":{"type":"Contact"},"Id":"003000000000009AAA","Name":"Ola","Phone":"0047 22 12 34 56"}]}`
	nobody := `{"searchRecords":[]}`
	for _, tc := range []struct {
		name   string
		ask    Ask
		desk   desk
		record string
		total  int
		kind   Kind
		reason string
		asked  []string
	}{
		{"an own number that is found costs the CRM nothing", home, desk{answer: onlyMaya}, maya.ID, 1, Record, "",
			[]string{"search 2065550142 inbound", mayaPops}},
		{"several, and the layout pops none, are a choice", home, desk{answer: two + "}"}, "", 2, Choice, "",
			[]string{"search 2065550142 inbound", "choose Maya Jo of 2"}},
		{"one that the layout does not pop", home, desk{answer: `{"003000000000001AAA":{"Name":"Maya"}}`}, "", 1, Nothing, "",
			[]string{"search 2065550142 inbound"}},
		{"nobody, however deep: the platform's way", home, desk{answer: popNew, found: nobody}, "", 0, NewRecord, "",
			[]string{"search 2065550142 inbound", "layout", objects, sosl,
				"pop newRecordModal map[defaultFieldValues:map[Phone:1] entityName:Contact]"}},
		{"nobody, and the CRM cannot be searched", home, desk{answer: popNew, fails: "sosl"}, "", 0, NewRecord, Unsearched,
			[]string{"search 2065550142 inbound", "layout", objects, sosl,
				"pop newRecordModal map[defaultFieldValues:map[Phone:1] entityName:Contact]"}},
		{"a number of abroad that agrees", abroad, desk{answer: onlyMaya, phones: maya47}, maya.ID, 1, Record, "",
			[]string{"search 22123456 inbound", "phones 1", mayaPops}},
		{"a stranger whose last digits agree", abroad, desk{answer: onlyMaya, phones: stranger, found: nobody}, "", 0, NewRecord, Filtered,
			[]string{"search 22123456 inbound", "phones 1", "layout", objects, sosl, "pop NEW_RECORD_MODAL map[entityName:Contact]"}},
		{"a stranger, and the right one in another form", abroad, desk{answer: onlyMaya, phones: stranger, found: deep},
			"003000000000009AAA", 1, Record, Deeper,
			[]string{"search 22123456 inbound", "phones 1", "layout", objects, sosl, "pop SOBJECT map[recordId:003000000000009AAA]"}},
		{"two, of whom one is a stranger", abroad, desk{answer: two + "}", phones: maya47}, maya.ID, 1, Record, Filtered,
			[]string{"search 22123456 inbound", "phones 2", "layout", "pop SOBJECT map[recordId:003000000000001AAA]"}},
		{"numbers that cannot be read never pop", abroad, desk{answer: onlyMaya, fails: "phones"}, "", 1, Choice, Unfiltered,
			[]string{"search 22123456 inbound", "phones 1", "choose Maya of 1"}},
		{"a stranger, and the CRM is gone since", abroad, desk{answer: onlyMaya, phones: stranger, fails: "objects"},
			"", 0, NewRecord, Unsearched,
			[]string{"search 22123456 inbound", "phones 1", "layout", objects, "pop NEW_RECORD_MODAL map[entityName:Contact]"}},
		{"an answer that is none is a CRM that cannot be searched", home, desk{answer: `{}`, found: `[`}, "", 0, Nothing, Unsearched,
			[]string{"search 2065550142 inbound", "layout", objects, sosl}},
		{"a layout without objects", home, desk{answer: `{}`, layout: `{}`}, "", 0, Nothing, "",
			[]string{"search 2065550142 inbound", "layout"}},
		{"an outbound contact pops nothing", outbound, desk{answer: onlyMaya}, "", 1, Nothing, "", []string{"search 2065550142 outbound"}},
		{"one that was clicked on a record asks nothing", Ask{Text: "2065550142", ClickedRecord: jo.ID}, desk{}, jo.ID, 0, Nothing, Clicked,
			nil},
		{"a case number is searched as it is", Ask{Text: "00001026", Country: "NO"}, desk{answer: onlyMaya}, maya.ID, 1, Record, "",
			[]string{"search 00001026", mayaPops}},
		{"so is an e-mail address", Ask{Text: "jo2065550142@example.com", Country: "US"}, desk{answer: two + "}"}, "", 2, Choice, "",
			[]string{"search jo2065550142@example.com", "choose Maya Jo of 2"}},
		{"a number that is not the caller's", Ask{Text: "+47 22 12 34 56", Country: "US"}, desk{answer: onlyMaya, phones: maya47},
			maya.ID, 1, Record, "",
			[]string{"search +47 22 12 34 56", "phones 1", mayaPops}},
		{"nothing to search", Ask{Text: " "}, desk{}, "", 0, Nothing, "", nil},
		{"search only", Ask{Text: "2065550142", Country: "US", SearchOnly: true}, desk{answer: onlyMaya}, "", 1, Record, "",
			[]string{"search 2065550142"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := tc.desk
			got, err := Find(t.Context(), tc.ask, &d, api{&d})
			if err != nil {
				t.Fatal(err)
			}
			if got.Record != tc.record || got.Total != tc.total || got.Decision.Kind != tc.kind || got.Reason.Code != tc.reason {
				t.Errorf("record %q, %d found, %s, reason %+v", got.Record, got.Total, got.Decision.Kind, got.Reason)
			}
			if ofCaller := tc.ask.Caller != "" || tc.ask.Text == " "; got.OfCaller != ofCaller {
				t.Errorf("of the caller: %t", got.OfCaller)
			}
			if (got.Cause != nil) != (tc.reason == Unfiltered || tc.reason == Unsearched) {
				t.Errorf("cause %v", got.Cause)
			}
			if diff := cmp.Diff(tc.asked, d.asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindPassesOnWhatThePageSays(t *testing.T) {
	ask := Ask{Text: "2065550142", Country: "US"}
	for what, answer := range map[string]string{"search": onlyMaya, "layout": `{}`, "pop": onlyMaya, "choose": two + "}"} {
		d := desk{answer: answer, fails: what}
		if got, err := Find(t.Context(), ask, &d, api{&d}); !errors.Is(err, errAway) || got.Record != "" {
			t.Errorf("%s: %v, record %q", what, err, got.Record)
		}
	}
	d := desk{answer: `[]`}
	if _, err := Find(t.Context(), ask, &d, api{&d}); err == nil {
		t.Error("a list is an answer to a search")
	}
}

func TestFindWithoutCRM(t *testing.T) {
	d := desk{answer: onlyMaya}
	abroad := Ask{Text: "+4722123456", Country: "US"}
	if got, err := Find(t.Context(), abroad, &d, nil); err != nil || got.Decision.Kind != Choice || got.Reason.Code != Unfiltered {
		t.Errorf("%s: %v", got.Decision.Kind, err)
	}
	d = desk{answer: `{}`}
	if got, err := Find(t.Context(), abroad, &d, nil); err != nil || got.Decision.Kind != Nothing || got.Reason.Code != Unsearched {
		t.Errorf("%s: %v", got.Decision.Kind, err)
	}
}

func TestACancelledSearchIsNoCRMThatIsAway(t *testing.T) {
	for _, fails := range []string{"phones", "sosl"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		stopped := errors.New("the adapter stops")
		cancel(stopped)
		d := desk{answer: onlyMaya, fails: fails, phones: map[string][]string{maya.ID: {"1"}}}
		if got, err := Find(ctx, Ask{Text: "+4722123456", Country: "US"}, &d, api{&d}); !errors.Is(err, stopped) || got.Total != 0 {
			t.Errorf("%s: %v", fails, err)
		}
	}
}

func TestTooManyToCompare(t *testing.T) {
	var records []string
	for i := range maxCompared + 1 {
		records = append(records, fmt.Sprintf(`"003%012dAAA":{"Name":"N%d"}`, i, i))
	}
	d := desk{answer: "{" + strings.Join(records, ",") + "," + popMaya + "}"}
	got, err := Find(t.Context(), Ask{Text: "+4722123456", Country: "US"}, &d, api{&d})
	if err != nil || got.Decision.Kind != Choice || got.Total != maxCompared+1 ||
		len(got.Matches) != MaxMatches || got.Reason.Code != TooMany {
		t.Errorf("%s, %d of %d, %+v: %v", got.Decision.Kind, len(got.Matches), got.Total, got.Reason, err)
	}
}

func TestResult(t *testing.T) {
	d := desk{answer: `{"003000000000001AAA":{"Name":"Maya","RecordType":"Contact","Phone":"1"},` + popMaya + `}`}
	got, err := Find(t.Context(), Ask{Text: "2065550142", Country: "US", SearchOnly: true}, &d, api{&d})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		maya.ID:           map[string]any{"Id": maya.ID, "Name": "Maya", "RecordType": "Contact", "Phone": "1"},
		"Id":              maya.ID,
		"SCREEN_POP_DATA": map[string]any{"type": "sobject", "params": map[string]any{"recordId": maya.ID}},
	}
	if diff := cmp.Diff(want, got.Result()); diff != "" {
		t.Error(diff)
	}
}
