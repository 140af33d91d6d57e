package config

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExamplesLoad(t *testing.T) {
	for _, name := range []string{"sandbox", "real-org"} {
		t.Run(name, func(t *testing.T) {
			f, err := Load("../../examples/" + name + ".yaml")
			if err = errors.Join(err, f.CheckSetup()); err != nil {
				t.Fatal(err)
			}
			if got := f.StateFile(); got != "../../examples/"+name+".setup-state.json" {
				t.Errorf("state in %s", got)
			}
			if len(f.Users()) == 0 {
				t.Error("nobody gets a permission set")
			}
		})
	}
}

// api is the section connect with some more of it, before the section setup.
func api(more string) string {
	return "connect: {region: us-east-1, instance_id: 12345678-90ab-cdef-1234-567890abcdef, " + more + "}\nsetup:"
}

func TestTheContactCentresAPIIsOptional(t *testing.T) {
	example, err := os.ReadFile("../../examples/sandbox.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if f, err := Parse(example); err != nil || f.Connect.Given() {
		t.Errorf("without the section: %+v, %v", f.Connect, err)
	}
	more := "access_key_id: AKIA, secret_access_key: s, endpoint: 'http://localhost:8083', requests_per_second: 0.5, burst: 2"
	f, err := Parse([]byte(strings.Replace(string(example), "setup:", api(more), 1)))
	if c := f.Connect; err != nil || !c.Given() || c.RequestsPerSecond != 0.5 || c.Burst != 2 || c.SecretAccessKey.Expose() != "s" {
		t.Errorf("%+v, %v", c, err)
	}
}

// traces is the section traces, before the section setup.
func traces(text string) string { return "traces: {" + text + "}\nsetup:" }

func TestTracesAreOptional(t *testing.T) {
	example, err := os.ReadFile("../../examples/sandbox.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if f, err := Parse(example); err != nil || f.Traces.Given() || f.Traces.Share != 1 {
		t.Errorf("without the section: %+v, %v", f.Traces, err)
	}
	for text, share := range map[string]float64{
		"endpoint: 'https://otlp.example.com/base', headers: {authorization: Basic s}":          1,
		"endpoint: 'http://127.0.0.1:4318', headers: {authorization: Basic s}, share: 0.25":     0.25,
		"endpoint: 'http://localhost:4318', headers: {authorization: Basic s}, share: 1":        1,
		"endpoint: 'http://[::1]:4318/v1/traces', headers: {authorization: Basic s}, share: .5": 0.5,
	} {
		f, err := Parse([]byte(strings.Replace(string(example), "setup:", traces(text), 1)))
		if tr := f.Traces; err != nil || !tr.Given() || tr.Share != share || tr.Headers["authorization"].Expose() != "Basic s" {
			t.Errorf("%s: %+v, %v", text, tr, err)
		}
	}
}

// presence is the section presence in the section setup.
func presence(text string) string { return "setup:\n  presence: {" + text + "}" }

func TestPresenceIsOptional(t *testing.T) {
	example, err := os.ReadFile("../../examples/sandbox.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if f, err := Parse(example); err != nil || f.Setup.Presence.Given() {
		t.Errorf("without the section: %+v, %v", f.Setup.Presence, err)
	}
	for text, want := range map[string]Presence{
		"sync: true": MirroredPresence(),
		"statuses: [{connect: In a meeting}], rules: none": {Rules: NoRules, Statuses: []StatusPair{
			{Connect: "In a meeting", Omni: "In_a_meeting", Label: "In a meeting"},
		}},
		"sync: true, statuses: [{connect: Available, omni: Online, label: Online, online: true, channels: [Leads]}]": {
			Sync: true, Rules: MirrorRules, Statuses: []StatusPair{
				{Connect: "Available", Omni: "Online", Label: "Online", Online: true, Channels: []string{"Leads"}},
			},
		},
	} {
		f, err := Parse([]byte(strings.Replace(string(example), "setup:", presence(text), 1)))
		if err = errors.Join(err, f.CheckSetup()); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if d := cmp.Diff(want, f.Setup.Presence); d != "" {
			t.Errorf("%s: -want +got\n%s", text, d)
		}
	}
}

func TestWrongConfigurationNamesItsField(t *testing.T) {
	example, err := os.ReadFile("../../examples/sandbox.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, from, to, says string }{
		{"the adapter's address has a path", "public_url: http://localhost:8082", "public_url: http://localhost:8082/x", "public_url"},
		{"a page has a path", "setup:", "page_origins: [http://localhost:8081/apex]\nsetup:", "page_origins: \"http"},
		{"the org's address is none", "login_url: http://localhost:8080", "login_url: my-org", "salesforce.login_url"},
		{"no integration user", "  username: admin@patchcord.example     #", "  username: '' #", "salesforce.username"},
		{"a field that is none", "setup:", "agent_username: name\nsetup:", "agent_username: \"name\""},
		{"no alias", "alias: patchcord-demo", "alias: ''", "setup.amazon_connect.alias"},
		{"a region that is none", "region: us-east-1", "region: Virginia", "setup.amazon_connect.region"},
		{"an unknown permission set", "AC_Agent:", "Agents:", "setup.people"},
		{
			"a misspelt permission set", "AC_Agent:", "AC_Agnt:",
			`setup.people: "AC_Agnt" is not one of the package's permission sets: AC_Administrator, AC_Manager, AC_Agent; did you mean AC_Agent?`,
		},
		{"a permission set in small letters", "AC_Agent:", "AC_agent:", "setup.people"},
		{"an empty user name", "AC_Agent: [agent@patchcord.example]", "AC_Agent: ['']", "setup.people.AC_Agent"},
		{"a status that logs nobody out", "logout_status: Logout", "logout_status: Bye", "setup.logout_status"},
		{"two ways to sign in", "    password: Patchcord-2026", "    password: Patchcord-2026\n    sf: my-org", "setup.salesforce"},
		{"no way to sign in", "    password: Patchcord-2026", "", "setup.salesforce"},
		{"a misspelt key", "logout_status:", "logoutstatus:", "setup.logoutstatus: there is no such key (line 28)"},
		{"a misspelt key of the adapter", "public_url:", "publicurl: x\npublic_url:", "publicurl: there is no such key (line 8)"},
		{"a text for a number", "setup:", "setup:\n  softphone: {height: tall}", "setup.softphone.height: write a whole number (line 15)"},
		{"a list for a text", "logout_status: Logout", "logout_status: [Logout]", "setup.logout_status: write a text"},
		{"a text for a list", "[agent@patchcord.example]", "agent@patchcord.example", "setup.people.AC_Agent: write a list"},
		{"a text for a section", "  call:\n", "  call: sip\n  x:\n", "setup.call: write keys with values below it"},
		{
			"a key twice", "logout_status: Logout", "logout_status: Logout\n  logout_status: Bye",
			`line 29 is not YAML: mapping key "logout_status" already defined`,
		},
		{"no YAML", "public_url: http", "public_url: [http", "line "},
		{"an API that is nowhere", "setup:", "connect: {instance_id: 12345678-90ab-cdef-1234-567890abcdef}\nsetup:", "connect.region: \"\""},
		{"an API of no instance", "setup:", "connect: {region: us-east-1, instance_id: desk}\nsetup:", "connect.instance_id: \"desk\""},
		{"half a key", "setup:", api("access_key_id: AKIA"), "connect.secret_access_key: missing"},
		{"the other half", "setup:", api("secret_access_key: s"), "connect.access_key_id: missing"},
		{"a key and a profile", "setup:", api("access_key_id: AKIA, secret_access_key: s, profile: p"), "connect.profile: choose one"},
		{"an endpoint with a path", "setup:", api("endpoint: http://x/y"), "connect.endpoint: \"http://x/y\""},
		{"a rate below nothing", "setup:", api("requests_per_second: -1"), "connect.requests_per_second"},
		{"a rate that is no number", "setup:", api("requests_per_second: fast"), "connect.requests_per_second: write a number (line"},
		{"a rate beyond numbers", "setup:", api("requests_per_second: .nan"), "connect.requests_per_second"},
		{"traces to nowhere", "setup:", traces("share: 0.5"), "traces.endpoint: missing"},
		{"traces to a name", "setup:", traces("endpoint: collector"), "traces.endpoint: it is no address"},
		{"a password in an address", "setup:", traces("endpoint: 'https://u:Patchcord-2026@x'"), "traces.endpoint: it holds a name"},
		{"a secret in the clear", "setup:", traces("endpoint: http://x, headers: {key: Patchcord-2026}"), "traces.endpoint: with headers"},
		{"a header of two lines", "setup:", traces(`endpoint: https://x, headers: {key: "a\nPatchcord-2026"}`), "traces.headers.key: its"},
		{"a header that is none", "setup:", traces("endpoint: https://x, headers: {a b: c}"), `traces.headers: "a b" is no name`},
		{"no share of the calls", "setup:", traces("endpoint: https://x, share: 0"), "traces.share: write a number above 0"},
		{"more than all calls", "setup:", traces("endpoint: https://x, share: 10"), "traces.share: write a number above 0"},
		{"a misspelt key of traces", "setup:", traces("endpiont: https://x"), "traces.endpiont: there is no such key"},
		{"rules that are none", "setup:", presence("rules: mirrored"), `setup.presence.rules: "mirrored" is neither`},
		{"a pair of nobody", "setup:", presence("statuses: [{omni: Lunch}]"), "setup.presence.statuses[0].connect: name the status"},
		{"no developer name", "setup:", presence("statuses: [{connect: A, omni: on lunch}]"), `omni: "on lunch" is no developer name`},
		{
			"two for one", "setup:", presence("statuses: [{connect: Lunch}, {connect: Meal, omni: lunch}]"),
			"setup.presence.statuses[1]: Meal and lunch: one of them belongs to a status already",
		},
		{"logged out as a status", "setup:", presence("statuses: [{connect: Offline}]"), "Offline is an agent who is logged out"},
		{"the status of a call", "setup:", presence("statuses: [{connect: On a call}]"), "On_a_call is the status of agents who have"},
		{"work for the busy", "setup:", presence("statuses: [{connect: A, channels: [Cases]}]"), "channels: work comes by service channels"},
		{"a misspelt key of presence", "setup:", presence("snyc: true"), "setup.presence.snyc: there is no such key"},
		{"a burst beyond sense", "setup:", api("burst: 5000"), "connect.burst"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Replace(string(example), tc.from, tc.to, 1)
			if text == string(example) {
				t.Fatalf("the example has no %q", tc.from)
			}
			f, err := Parse([]byte(text))
			if err == nil {
				err = f.CheckSetup()
			}
			if err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Fatalf("err = %v, want one that names %s", err, tc.says)
			}
			if strings.Contains(err.Error(), "Patchcord-2026") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v is more than a line, or shows a secret", err)
			}
		})
	}
}

func TestTheAdapterRunsWithoutTheSectionSetup(t *testing.T) {
	f, err := Parse([]byte("public_url: https://a.example\nsalesforce: {login_url: https://x.my.salesforce.com}\n"))
	if err != nil || f.Listen != "127.0.0.1:8082" {
		t.Errorf("listens on %q, %v", f.Listen, err)
	}
	if err := f.CheckSetup(); err == nil {
		t.Error("set-up would run without it")
	}
}

func TestAMissingFileSaysWhatToCopy(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "patchcord.yaml"))
	if err == nil || !strings.Contains(err.Error(), "copy examples/") || strings.Contains(err.Error(), "\n") {
		t.Errorf("err = %v", err)
	}
}

func TestACertificateNeedsItsKeyAndHTTPS(t *testing.T) {
	for _, tc := range []struct{ tls, origin, want string }{
		{"{cert: a.pem, key: b.pem}", "https://a.example", ""},
		{"{cert: a.pem}", "https://a.example", "tls.key: missing"},
		{"{key: b.pem}", "https://a.example", "tls.cert: missing"},
		{"{cert: a.pem, key: b.pem, ca: c}", "https://a.example", "tls.ca: there is no such key"},
		{"{cert: a.pem, key: b.pem}", "http://a.example", "public_url: begins with http"},
		{"{}", "http://a.example", ""},
	} {
		_, err := Parse([]byte("tls: " + tc.tls + "\npublic_url: " + tc.origin + "\nsalesforce: {login_url: https://x.my.salesforce.com}\n"))
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s at %s: %v, want %q", tc.tls, tc.origin, err, tc.want)
		}
	}
}

func TestNearestIsWhatSomebodyMayHaveMeant(t *testing.T) {
	for written, want := range map[string]string{
		"AC_Agnt": "AC_Agent", "ac_agent": "AC_Agent", "AC_Mangaer": "AC_Manager", "AC_Administator": "AC_Administrator", "Agents": "", "": "",
		"Sales_Desk_Users": "",
	} {
		if got := nearest(written, Sets); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
}

func TestEncodingsOfEditors(t *testing.T) {
	const text = "public_url: https://adapter.example\nsalesforce:\n  login_url: https://x.example\n"
	wide := "\xff\xfe" + strings.Join(strings.Split(text, ""), "\x00") + "\x00"
	for name, body := range map[string]string{"a byte-order mark": "\ufeff" + text, "UTF-16": wide} {
		f, err := Parse([]byte(body))
		if f.PublicURL != "https://adapter.example" {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
	if _, err := Parse([]byte("data: M\xfcller\n")); err == nil || !strings.Contains(err.Error(), "save it as UTF-8") {
		t.Errorf("Latin-1: %v", err)
	}
}

// The node of the example names a database, its key, and no password.
func TestExampleOfManyNodes(t *testing.T) {
	f, err := Load("../../examples/many-nodes/patchcord.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := url.Parse(f.Postgres.Expose())
	if err != nil {
		t.Fatal(err)
	}
	if _, secret := dsn.User.Password(); secret || f.KeyFile == "" || f.Data == "" {
		t.Errorf("%+v", f)
	}
}

// What a node is called is written beside other things, shown to people and kept by the database.
func TestNamesOfNodes(t *testing.T) {
	const rest = "\npublic_url: https://a.example\nsalesforce: {login_url: https://b.example, key_file: k}\n"
	for node, want := range map[string]string{
		`1`: "", `"node 1"`: "", strings.Repeat("ü", maxNode): "", `"a:8082"`: "",
		`"a#1"`: "node: write a name", `"a\0"`: "node: write a name", `"a\rb"`: "node: write a name",
		strings.Repeat("x", maxNode+1): "of at most 100",
	} {
		f, err := Parse([]byte("postgres: postgres://db/p\nnode: " + node + rest))
		switch {
		case want == "" && (err != nil || f.Node != strings.Trim(node, `"`)):
			t.Errorf("%s: %q, %v", node, f.Node, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v", node, err)
		}
	}
	if _, err := Parse([]byte("node: a" + rest)); err == nil || !strings.Contains(err.Error(), "only beside postgres") {
		t.Errorf("alone: %v", err)
	}
}
