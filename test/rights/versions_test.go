package rights

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const ring = "connectVoiceContact.onConnecting"

// flowOf is a flow that can run, with white space that the CRM would trim.
func flowOf(title string) []byte {
	return fmt.Appendf(nil, "\xef\xbb\xbf\n{\"actions\":[{\"id\":\"a\",\"type\":\"SE_Start\",\"meta\":{\"title\":%q},"+
		"\"ports\":{\"done\":\"b\"}},\n{\"id\":\"b\",\"type\":\"SE_End\"}]} \n\n", title)
}

func libraryOf(client *salesforce.Client) *versions.Library {
	return versions.NewLibrary(func(context.Context) (*salesforce.Client, error) { return client, nil }, clock.System{})
}

// kept is an org with an adapter record, its integration user's client, and who does what people do.
type kept struct {
	*org
	crm     *salesforce.Client
	library *versions.Library
	adapter string
}

func keep(t *testing.T) kept {
	o := open(t)
	crm := o.client("integration", nil)
	adapter := o.create(o.as("administrator"), "AC_CtiAdapter__c", records.Values{"Name": "Desk", "Active__c": true,
		"Call_Center_Definition_Name__c": "Desk", "Amazon_Connect_Instance_Alias__c": "https://desk.my.connect.aws"})
	return kept{o, crm, libraryOf(crm), string(adapter)}
}

func (k kept) push(raw []byte, by string, more ...func(*versions.Push)) (versions.Outcome, error) {
	p := versions.Push{Flow: "Pop", Event: ring, Raw: raw, Change: versions.Change{By: by, Activate: true}}
	for _, m := range more {
		m(&p)
	}
	return k.library.Push(k.t.Context(), p)
}

// must is a push that has to go well.
func (k kept) must(raw []byte, by string, more ...func(*versions.Push)) versions.Outcome {
	k.t.Helper()
	out, err := k.push(raw, by, more...)
	if err != nil || !out.Saved || out.Refused != "" {
		k.t.Fatalf("%+v, %v", out, err)
	}
	return out
}

// running is what an adapter makes of the flows.
func (k kept) running(shelf *versions.Shelf) []versions.Running {
	k.t.Helper()
	rows, err := salesforce.QueryAll[versions.Row](k.t.Context(), k.crm, "SELECT "+versions.Columns+
		" FROM AC_CtiScript__c WHERE CTI_Adapter__c = "+salesforce.Quote(k.adapter))
	if err != nil {
		k.t.Fatal(err)
	}
	all, err := shelf.Running(k.t.Context(), k.crm, rows, nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return all
}

func shelf() *versions.Shelf { return versions.NewShelf(clock.System{}, slog.New(slog.DiscardHandler)) }

// count is how many records of an object there are.
func (k kept) count(object string) int {
	k.t.Helper()
	found, err := k.as("administrator").Query(k.t.Context(), "SELECT Id FROM "+object, false)
	if err != nil {
		k.t.Fatal(err)
	}
	return len(found.Records)
}

// edit writes into a flow's Script as an administrator does in the console.
func (k kept) edit(flowID, script string) {
	k.t.Helper()
	err := k.as("administrator").Update(k.t.Context(), "AC_CtiScript__c", schema.RecordID(flowID), records.Values{"Script__c": script}, "")
	if err != nil {
		k.t.Fatal(err)
	}
}

func draft(p *versions.Push) { p.Activate = false }

// TestVersionsAreKeptWithTheRightsThatTheSetsGive from the first to the way back.
func TestVersionsAreKeptWithTheRightsThatTheSetsGive(t *testing.T) {
	k := keep(t)
	ctx := t.Context()
	first := k.must(flowOf("one"), "ann")
	if first.Version.Number != 1 || !first.Version.Active || first.Already || !first.Flow.On {
		t.Errorf("first: %+v", first)
	}
	if again := k.must(flowOf("one"), "ann"); again.Version.Number != 1 || !again.Already || !again.Version.Active {
		t.Errorf("again: %+v", again)
	}
	large := flowOf(strings.Repeat("\u00e9", 60_000))
	second := k.must(large, "ann", draft, func(p *versions.Push) { p.Note = strings.Repeat("n", 300) })
	if second.Version.Number != 2 || second.Version.Active || second.Flow.Version == nil || second.Flow.Version.Number != 1 {
		t.Errorf("a draft: %+v", second)
	}
	file, err := k.library.File(ctx, "Pop", 2)
	if err != nil || string(file.Raw) != string(large) {
		t.Errorf("%d bytes come back of %d, %v", len(file.Raw), len(large), err)
	}
	file, err = k.library.File(ctx, first.Flow.ID, 0)
	if err != nil || string(file.Raw) != string(flowOf("one")) || file.Version.Author != "ann" {
		t.Errorf("active: %+v, %v", file, err)
	}
	done, err := k.library.Activate(ctx, "Pop", 2, versions.Change{By: "ann"})
	if err != nil || done.Version.Number != 2 || !done.Version.Active || done.Version.Activation != 2 {
		t.Errorf("%+v, %v", done, err)
	}
	if back, err := k.library.Activate(ctx, "Pop", 1, versions.Change{By: "ann", Off: true}); err != nil || back.Version.Activation != 3 ||
		back.Flow.On {
		t.Errorf("back: %+v, %v", back, err)
	}
	history, err := k.library.History(ctx, "Pop")
	if all := history.Versions; err != nil || len(all) != 2 || all[0].Number != 2 || all[0].Active || !all[1].Active {
		t.Errorf("%+v, %v", history, err)
	}
	if list, err := k.library.List(ctx); err != nil || len(list) != 1 || list[0].Version.Number != 1 || list[0].Fires() != ring {
		t.Errorf("%+v, %v", list, err)
	}
	// A flow takes its versions along.
	root := k.as("administrator")
	if err := root.Delete(ctx, "AC_CtiScript__c", schema.RecordID(first.Flow.ID)); err != nil || k.count("AC_CtiScriptVersion__c") != 0 ||
		k.count("AC_CtiScriptChunk__c") != 0 {
		t.Errorf("%v, %d versions are left", err, k.count("AC_CtiScriptVersion__c"))
	}
}

// TestTwoNodesTakeInOneEditOnce and both run it.
func TestTwoNodesTakeInOneEditOnce(t *testing.T) {
	k := keep(t)
	first := k.must(flowOf("one"), "ann")
	nodes := []*versions.Shelf{shelf(), shelf(), shelf()}
	for _, node := range nodes {
		if all := k.running(node); len(all) != 1 || all[0].Number != 1 || all[0].Problem != "" || string(all[0].Raw) != string(flowOf("one")) {
			t.Fatalf("%+v", all)
		}
	}
	edited := `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":"z"}},{"id":"z","type":"SE_End"}]}`
	k.edit(first.Flow.ID, edited)
	rows, err := salesforce.Query[versions.Row](t.Context(), k.crm, "SELECT "+versions.Columns+" FROM AC_CtiScript__c")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, node := range nodes {
		all.Go(func() {
			if _, err := node.Running(t.Context(), k.crm, rows, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	history, err := k.library.History(t.Context(), "Pop")
	if all := history.Versions; err != nil || len(all) != 2 || !all[0].Active || !strings.Contains(all[0].Author, "administrator") {
		t.Fatalf("%+v, %v", history, err)
	}
	for _, node := range nodes {
		if all := k.running(node); all[0].Number != 2 || string(all[0].Raw) != edited || all[0].Problem != "" {
			t.Errorf("%+v", all[0])
		}
	}
}

// TestFlowsOfTheTimeBeforeGetTheirFirstVersion, some at a time, and all run meanwhile.
func TestFlowsOfTheTimeBeforeGetTheirFirstVersion(t *testing.T) {
	k := keep(t)
	const flows = 12
	for i := range flows {
		k.create(k.as("administrator"), "AC_CtiScript__c", records.Values{"Name": fmt.Sprint("Old ", i), "CTI_Adapter__c": k.adapter,
			"Source__c": "connectVoiceContact", "Event__c": "onConnecting", "Active__c": true, "Script__c": string(flowOf("old"))[3:]})
	}
	node := shelf()
	for _, want := range []int{10, flows, flows} {
		for _, f := range k.running(node) {
			if !f.Runs || f.Problem != "" {
				t.Errorf("%+v", f)
			}
		}
		if n := k.count("AC_CtiScriptVersion__c"); n != want {
			t.Errorf("%d versions, want %d", n, want)
		}
	}
	file, err := k.library.File(t.Context(), "Old 3", 1)
	if err != nil || file.Version.Author != "Una administrator" || file.Version.Note != "as it stood in Salesforce" {
		t.Errorf("%+v, %v", file.Version, err)
	}
}

// TestAnEditThatCannotRunIsToldAndTheOldOneRuns until it is mended.
func TestAnEditThatCannotRunIsToldAndTheOldOneRuns(t *testing.T) {
	k := keep(t)
	first := k.must(flowOf("one"), "ann")
	node := shelf()
	for i, tc := range []struct{ script, says string }{
		{"{", "was edited by Una administrator and cannot run like that: it is not JSON"},
		{strings.Replace(string(flowOf("one"))[3:], "SE_End", "SE_NoSuch", 1), "SE_NoSuch is no block that is known here"},
	} {
		k.edit(first.Flow.ID, tc.script)
		for range 2 {
			got := k.running(node)[0]
			if got.Number != 1 || string(got.Raw) != string(flowOf("one")) || !strings.Contains(got.Problem, tc.says) ||
				!strings.Contains(got.Problem, "Version 1 runs on") {
				t.Errorf("%+v", got)
			}
		}
		history, err := k.library.History(t.Context(), "Pop")
		if err != nil || len(history.Versions) != i+2 || history.Versions[0].Problem == "" || history.Versions[0].Active {
			t.Errorf("%+v, %v", history, err)
		}
	}
	k.edit(first.Flow.ID, "")
	if got := k.running(node)[0]; got.Number != 1 || !strings.Contains(got.Problem, "its Script is empty") {
		t.Errorf("%+v", got)
	}
	if _, err := k.library.Activate(t.Context(), "Pop", 1, versions.Change{By: "ann"}); err != nil {
		t.Error(err)
	}
}

// TestWhatIsDamagedNeverRuns: what the record says does, as another version.
func TestWhatIsDamagedNeverRuns(t *testing.T) {
	k := keep(t)
	k.must(flowOf("one"), "ann")
	root := k.as("administrator")
	found, err := root.Query(t.Context(), "SELECT Id FROM AC_CtiScriptChunk__c", false)
	if err != nil || len(found.Records) != 1 {
		t.Fatal(found, err)
	}
	if err := root.Delete(t.Context(), "AC_CtiScriptChunk__c", found.Records[0].ID()); err != nil {
		t.Fatal(err)
	}
	_, err = k.library.File(t.Context(), "Pop", 1)
	if fault.Of(err).Kind != fault.Conflict || !strings.Contains(err.Error(), "0 of 1 parts") {
		t.Errorf("pull: %v", err)
	}
	if _, err := k.library.Activate(t.Context(), "Pop", 1, versions.Change{By: "ann"}); fault.Of(err).Kind != fault.Conflict {
		t.Errorf("activate: %v", err)
	}
	node := shelf()
	if got := k.running(node)[0]; got.Number != 2 || !strings.Contains(got.Problem, "Version 1 is damaged (it has 0 of 1 parts)") {
		t.Errorf("%+v", got)
	}
	if got := k.running(node)[0]; got.Number != 2 || got.Problem != "" || !got.Runs {
		t.Errorf("%+v", got)
	}
}

// TestTwoEditors: the second one is told, and needs to know the first one's version, or force.
func TestTwoEditors(t *testing.T) {
	k := keep(t)
	k.must(flowOf("one"), "ann")
	_, err := k.push(flowOf("bob's"), "bob")
	if fault.Of(err).Kind != fault.Conflict || !strings.Contains(err.Error(), "Version 1 of Pop is active, by ann at ") {
		t.Errorf("%v", err)
	}
	base := func(n int) func(*versions.Push) { return func(p *versions.Push) { p.Base = n } }
	if out := k.must(flowOf("bob's"), "bob", base(1)); out.Version.Number != 2 {
		t.Errorf("%+v", out)
	}
	if _, err := k.push(flowOf("ann's"), "ann", base(1)); fault.Of(err).Kind != fault.Conflict || !strings.Contains(err.Error(), "by bob") {
		t.Errorf("%v", err)
	}
	if out := k.must(flowOf("ann's"), "ann", base(1), func(p *versions.Push) { p.Force = true }); out.Version.Number != 3 {
		t.Errorf("%+v", out)
	}
	// At one time only one of them comes first, and nothing is lost.
	var all sync.WaitGroup
	var mu sync.Mutex
	went, told := 0, 0
	for i := range 4 {
		all.Go(func() {
			out, err := k.push(flowOf(fmt.Sprint("race ", i)), fmt.Sprint("racer ", i), base(3))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil && out.Saved:
				went++
			case fault.Of(err).Kind == fault.Conflict:
				told++
			default:
				t.Errorf("%+v, %v", out, err)
			}
		})
	}
	all.Wait()
	if went != 1 || told != 3 {
		t.Errorf("%d came first, %d were told", went, told)
	}
	history, err := k.library.History(t.Context(), "Pop")
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range history.Versions {
		if v.Number != len(history.Versions)-i || v.Active != (i == 0) {
			t.Errorf("%+v", history.Versions)
		}
	}
}

// TestAnEditInTheConsoleIsNotLost when somebody pushes before an adapter has seen it.
func TestAnEditInTheConsoleIsNotLost(t *testing.T) {
	k := keep(t)
	first := k.must(flowOf("one"), "ann")
	k.edit(first.Flow.ID, string(flowOf("in the console"))[3:])
	_, err := k.push(flowOf("two"), "ann")
	if fault.Of(err).Kind != fault.Conflict || !strings.Contains(err.Error(), "Version 2 of Pop is active, by Una administrator") {
		t.Errorf("%v", err)
	}
	out := k.must(flowOf("two"), "ann", func(p *versions.Push) { p.Force = true })
	if out.Version.Number != 3 {
		t.Errorf("%+v", out)
	}
	file, err := k.library.File(t.Context(), "Pop", 2)
	if err != nil || !strings.Contains(string(file.Raw), "in the console") {
		t.Errorf("%s, %v", file.Raw, err)
	}
}

// TestWhatCannotRunIsNotActive, and is kept only if that is asked for; an unknown block is kept anyway.
func TestWhatCannotRunIsNotActive(t *testing.T) {
	k := keep(t)
	out, err := k.push([]byte("{"), "ann")
	if err != nil || out.Saved || out.Refused == "" || len(out.Findings) != 1 || out.Findings[0].Severity != flow.SeverityError ||
		k.count("AC_CtiScript__c") != 0 {
		t.Errorf("%+v, %v", out, err)
	}
	out, err = k.push([]byte("{"), "ann", func(p *versions.Push) { p.Draft = true })
	if err != nil || !out.Saved || out.Refused == "" || out.Version.Active || out.Version.Number != 1 || out.Flow.On {
		t.Errorf("%+v, %v", out, err)
	}
	odd := []byte(strings.Replace(string(flowOf("odd")), "SE_End", "SE_NoSuch", 1))
	if out, err = k.push(odd, "ann"); err != nil || !out.Saved || out.Version.Active || !strings.Contains(out.Refused, "SE_NoSuch") {
		t.Errorf("%+v, %v", out, err)
	}
	out, err = k.library.Activate(t.Context(), "Pop", 2, versions.Change{By: "ann"})
	if err != nil || out.Version.Active || out.Refused == "" {
		t.Errorf("%+v, %v", out, err)
	}
	if n, err := k.library.SetTypes(t.Context(), versions.Types{"SE_NoSuch": "SE_End"}); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	if out, err = k.library.Activate(t.Context(), "Pop", 2, versions.Change{By: "ann"}); err != nil || !out.Version.Active || !out.Flow.On {
		t.Errorf("with a map: %+v, %v", out, err)
	}
	if _, err := k.library.SetTypes(t.Context(), versions.Types{"SE_NoSuch": "SE_NeitherIsThis"}); fault.Of(err).Kind != fault.Invalid {
		t.Errorf("%v", err)
	}
	for what, tc := range map[string]struct {
		change func(*versions.Push)
		kind   fault.Kind
	}{
		"another event":      {func(p *versions.Push) { p.Event = "salesforceUi.onClickToDial" }, fault.Conflict},
		"no event":           {func(p *versions.Push) { p.Flow, p.Event = "New", "" }, fault.Invalid},
		"an event of nobody": {func(p *versions.Push) { p.Flow, p.Event = "New", "connectVoiceContact.onConecting" }, fault.Invalid},
		"no record":          {func(p *versions.Push) { p.Flow, p.Record = "New", "Else" }, fault.Invalid},
		"a long name":        {func(p *versions.Push) { p.Flow = strings.Repeat("n", 81) }, fault.Invalid},
	} {
		if _, err := k.push(flowOf("x"), "ann", tc.change); fault.Of(err).Kind != tc.kind {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, name := range []string{"Nobody's", "a07000000000001", "a07000000000001AAA", "it's"} {
		if _, err := k.library.History(t.Context(), name); fault.Of(err).Kind != fault.Missing {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhoHasNoRightIsToldSo in words.
func TestWhoHasNoRightIsToldSo(t *testing.T) {
	k := keep(t)
	k.must(flowOf("one"), "ann")
	for role, kind := range map[string]fault.Kind{"agent": fault.Denied, "stranger": fault.Unavailable} {
		_, err := libraryOf(k.client(role, nil)).Push(t.Context(), versions.Push{Flow: "Pop", Raw: flowOf("two"),
			Change: versions.Change{By: role, Activate: true, Force: true}})
		if fault.Of(err).Kind != kind {
			t.Errorf("%s: %v", role, err)
		}
	}
	if file, err := libraryOf(k.client("agent", nil)).File(t.Context(), "Pop", 0); err != nil || string(file.Raw) != string(flowOf("one")) {
		t.Errorf("an agent reads what runs, where the adapter has nobody else: %v", err)
	}
}
