package arch

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// forbidden lists the arrows that would make the sandbox lie or the rules untestable.
var forbidden = []Edge{
	{"adapter/...", "sandbox/...", "the product knows the platforms by their protocols only"},
	{"salesforce/...", "sandbox/...", "the product knows the platforms by their protocols only"},
	{"amazonconnect/...", "sandbox/...", "the product knows the platforms by their protocols only"},
	{"setup/...", "sandbox/...", "the same engine sets up a real org and the sandbox"},
	{"sfdx/...", "sandbox/...", "the package is the same for every org"},
	{"sandbox/...", "adapter/...", "a platform does not know who calls it"},
	{"sandbox/...", "setup/...", "a platform does not know who calls it"},
	{"sandbox/...", "sfdx/...", "a platform does not know what is installed into it"},
	{"sandbox/...", "salesforce/...", "product and sandbox share no protocol code"},
	{"sandbox/...", "amazonconnect/...", "product and sandbox share no protocol code"},
	{"sandbox/connect/...", "sandbox/crm/...", "the two platforms meet on the wire"},
	{"sandbox/crm/...", "sandbox/connect/...", "the two platforms meet on the wire"},
	{"sandbox/telephony/...", "sandbox/connect/...", "telephony serves a caller without a contact centre too"},
	{"sandbox/telephony/...", "sandbox/phone/...", "an exchange does not know who calls it"},
	{"sandbox/phone/...", "sandbox/connect/...", "a handset reaches the contact centre by the trunk"},
	{"sandbox/phone/...", "sandbox/crm/...", "a handset is only a telephone"},
	{"sandbox/connect/...", "sandbox/phone/...", "the contact centre sees calls, not what placed them"},
	{"sandbox/crm/...", "sandbox/phone/...", "the CRM has no telephone"},
	{"sandbox/connect", "sandbox/telephony", "the core is state without media; voice joins them"},
	{"sandbox/connect", "net/http", "the core is state without I/O"},
	{"sandbox/crm/schema", "sandbox/crm/...", "metadata is a value: all other rooms of the CRM stand on it"},
	{"sandbox/crm/schema", "database/sql", "metadata is a value: it can be tested without an org"},
	{"sandbox/crm/rights", "sandbox/crm", "the core stands on its rooms"},
	{"sandbox/crm/rights", "sandbox/crm/records", "who may do what is decided before a record is touched"},
	{"sandbox/crm/rights", "sandbox/crm/people", "rights are a user's by id; who that is does not matter"},
	{"sandbox/crm/records", "sandbox/crm", "the core stands on its rooms"},
	{"sandbox/crm/records", "sandbox/crm/people", "a record is written by rights; how their owner logged in does not matter"},
	{"sandbox/crm/people", "sandbox/crm", "the core stands on its rooms"},
	{"adapter/flow", "adapter/blocks/...", "the language does not know what can be said in it"},
	{"adapter/blocks/...", "net/http", "a block asks its Host; it does not call out"},
	{"adapter/blocks/...", "salesforce/...", "a block asks its Host; it does not call out"},
	{"adapter/blocks/...", "adapter/socket", "a block asks its Host; it does not call out"},
	{"adapter/flow", "net/http", "a block asks its Host; it does not call out"},
	{"adapter/flow", "database/sql", "a run is a value until the journal writes it"},
	{"adapter/shadow", "adapter/store", "what was recorded is a value, wherever it is kept"},
	{"adapter/shadow", "adapter/blocks/...", "a draft is followed whatever can be said in it"},
	{"adapter/shadow", "net/http", "a draft never does anything"},
	{"adapter/fact", "adapter/store", "what happened is a value, wherever it is kept"},
	{"adapter/contact", "adapter/store", "what happened is folded from facts, wherever they are kept"},
	{"adapter/agent", "adapter/store", "what happened is folded from facts, wherever they are kept"},
	{"adapter/find", "salesforce/...", "what pops is decided by what the console and the org say, whoever asks them"},
	{"adapter/find", "adapter/socket", "what pops is decided by what the console and the org say, whoever asks them"},
	{"adapter/told", "adapter/store", "why nothing popped is read off values, wherever they are kept"},
	{"adapter/told", "net/http", "why nothing popped is read off values, whoever asks"},
	{"adapter/admin", "salesforce/...", "the pages are told who somebody is and what that person may see"},
	{"adapter/admin", "database/sql", "the rooms above the store see transactions, no SQL"},
	{"adapter/contact", "adapter/trace", "what happened is a value, whoever hears of it"},
	{"adapter/agent", "adapter/trace", "what happened is a value, whoever hears of it"},
	{"adapter/flow", "adapter/trace", "a run is a value, whoever hears of it"},
	{"adapter/heart", "adapter/trace", "facts are facts, whoever hears of them"},
	{"adapter/run", "adapter/trace", "an engine carries out whatever there is to do"},
	{"adapter/effect", "adapter/trace", "what is asked of others is watched from outside"},
	{"adapter/trace", "salesforce/...", "it is handed what was done, and asks nobody"},
	{"adapter/trace", "adapter/socket", "it is handed what was done, and asks nobody"},
	{"adapter/run", "adapter/flow", "an engine carries out whatever there is to do"},
	{"adapter/run", "adapter/socket", "an engine carries out whatever there is to do"},
	{"adapter/run", "salesforce/...", "an engine carries out whatever there is to do"},
	{"adapter/heart", "adapter/socket", "facts are facts, whoever tells them"},
	{"adapter/heart", "salesforce/...", "facts are facts, whoever tells them"},
	{"adapter/socket", "adapter/store", "a socket hands on what it hears"},
	{"adapter/socket", "salesforce/...", "a socket hands on what it hears"},
	{"adapter/calllog", "adapter/store", "who calls it says what happened"},
	{"adapter/heart", "database/sql", "the rooms above the store see transactions, no SQL"},
	{"adapter/run", "database/sql", "the rooms above the store see transactions, no SQL"},
	{"adapter/effect", "database/sql", "the rooms above the store see transactions, no SQL"},
	{"salesforce/...", "adapter/...", "a client does not know its callers"},
	{"amazonconnect/...", "salesforce/...", "one client a platform"},
	{"internal/...", "adapter/...", "a leaf that learns our domain becomes utils"},
	{"internal/...", "sandbox/...", "a leaf that learns our domain becomes utils"},
}

const maxLines = 600

func tree(t *testing.T) []File {
	t.Helper()
	files, err := Tree(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d Go files found: looking in the wrong place?", len(files))
	}
	return files
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	for _, v := range Violations(tree(t), forbidden) {
		t.Error(v)
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, f := range tree(t) {
		if f.Lines > maxLines && !strings.HasSuffix(f.Path, ".gen.go") {
			t.Errorf("%s has %d lines, more than %d", f.Path, f.Lines, maxLines)
		}
	}
}

func TestLinesFitAScreen(t *testing.T) {
	for _, f := range tree(t) {
		if strings.HasSuffix(f.Path, ".gen.go") {
			continue
		}
		for _, n := range f.Wide {
			t.Errorf("%s:%d has more than %d characters", f.Path, n, MaxWidth)
		}
	}
}

func TestEachPackageSaysWhatItIsFor(t *testing.T) {
	comments := map[string]int{}
	for _, f := range tree(t) {
		if !f.Test {
			comments[f.Package] += 0
			if f.DocComment {
				comments[f.Package]++
			}
		}
	}
	for room, n := range comments {
		if n != 1 {
			t.Errorf("%s has %d package comments, want 1", room, n)
		}
	}
}

func TestEachRoomHasAShortREADME(t *testing.T) {
	rooms := map[string]bool{}
	for _, f := range tree(t) {
		if !f.Test {
			rooms[f.Package] = true
		}
	}
	for room := range rooms {
		switch {
		case strings.HasPrefix(room, "internal/"), strings.HasPrefix(room, "test/"), strings.Contains(room, "/wire"):
			continue // leaves say it in their package comment
		}
		body, err := os.ReadFile(filepath.Join(root, room, "README.md"))
		if err != nil {
			t.Errorf("%s: no README", room)
			continue
		}
		if n := strings.Count(string(body), "\n"); n > 20 {
			t.Errorf("%s/README.md has %d lines, more than 20", room, n)
		}
	}
}

// Names that say nothing about what is inside.
func TestNoRoomIsALumberRoom(t *testing.T) {
	dull := []string{"util", "utils", "common", "helpers", "misc", "manager", "managers", "service", "services", "base", "impl"}
	for _, f := range tree(t) {
		for part := range strings.SplitSeq(strings.TrimSuffix(f.Path, ".go"), "/") {
			if slices.Contains(dull, part) {
				t.Errorf("%s: %q says nothing", f.Path, part)
			}
		}
	}
}

func TestDependenciesAreListed(t *testing.T) {
	listed, err := os.ReadFile(filepath.Join(root, "docs/dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{if not (or .Indirect .Main)}}{{.Path}}{{end}}", "all").Output()
	if err != nil {
		t.Fatal(err)
	}
	for module := range strings.FieldsSeq(string(out)) {
		if !strings.Contains(string(listed), "`"+module+"`") {
			t.Errorf("docs/dependencies.md does not say why we use %s", module)
		}
	}
}

// A newcomer is sent to files that are there.
func TestContributingNamesFilesThatAreThere(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`([a-z_]+/[a-z_/]+\\.[a-z]+)`").FindAllStringSubmatch(string(text), -1)
	if len(names) == 0 {
		t.Fatal("no file is named: looking for the wrong thing?")
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(root, name[1])); err != nil {
			t.Errorf("CONTRIBUTING.md: %v", err)
		}
	}
}

// The server's program is built without the sandbox, so that nothing of it can be started there.
func TestLeanProgramHasNoSandbox(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", "lean", "./cmd/patchcord")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for room := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(room, Module+"sandbox") {
			t.Errorf("built with the tag lean, cmd/patchcord holds %s", room)
		}
	}
}

func TestViolations(t *testing.T) {
	files := []File{{Path: "a/x/f.go", Package: "a/x", Imports: []string{"b/y", "fmt"}},
		{Path: "c/f_test.go", Package: "c", Test: true, Imports: []string{"b"}}}
	for _, tc := range []struct {
		name string
		edge Edge
		want int
	}{
		{"an import below a pattern is found", Edge{"a/...", "b/...", "why"}, 1},
		{"an exact pattern does not reach below", Edge{"a/x", "b", "why"}, 0},
		{"tests may import what code may not, but a room of tests only is no room", Edge{"c", "b", "why"}, 1},
		{"a rule about a room that is gone is reported", Edge{"gone", "b", "why"}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Violations(files, []Edge{tc.edge}); len(got) != tc.want {
				t.Errorf("got %q, want %d", got, tc.want)
			}
		})
	}
}
