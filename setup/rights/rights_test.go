package rights

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const doc = "../../docs/real-org.md"

// TestTheDocumentationHasTheTable holds the generated block against the list; UPDATE=1 writes it.
func TestTheDocumentationHasTheTable(t *testing.T) {
	const from, to = "<!-- rights: made by setup/rights -->\n", "<!-- end of rights -->\n"
	body, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(body), from)
	have, after, ended := strings.Cut(rest, to)
	if !begun || !ended {
		t.Fatalf("%s has no block between %q and %q", doc, from, to)
	}
	if have == Table() {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatalf("%s is behind; run UPDATE=1 go test ./setup/rights\n%s", doc, Table())
	}
	if err := os.WriteFile(doc, []byte(before+from+Table()+to+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestThePolicyIsNarrowedToAnInstance(t *testing.T) {
	const instance = "arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/1f2e-3a"
	d, err := Policy(instance)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"Version":"2012-10-17"`, `["connect:ListInstances","ds:DescribeDirectories"],"Resource":["*"]`,
		`"Resource":["` + instance + `","` + instance + `/*","arn:aws-us-gov:connect:us-gov-west-1:123456789012:phone-number/*"]`,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	for _, bad := range []string{"", "desk", "1f2e-3a", instance + "/agent/1", "arn:aws:s3:::x"} {
		if _, err := Policy(bad); err == nil {
			t.Errorf("%q is taken for an instance", bad)
		}
	}
}

func TestARefusalNamesWhatIsLacking(t *testing.T) {
	const said = "User: arn:aws:iam::1:user/x is not authorized to perform: ds:DescribeDirectories on resource: *"
	if a, ours := Lacking("ListInstances", said); !ours || a.Name != "ds:DescribeDirectories" {
		t.Errorf("by the sentence: %+v", a)
	}
	if a, ours := Lacking("ListUsers", "no"); !ours || a.Name != "connect:ListUsers" {
		t.Errorf("by the operation: %+v", a)
	}
	if a, ours := Lacking("DeleteUser", "no"); ours || a.Name != "connect:DeleteUser" {
		t.Errorf("one that set-up does not need: %+v, %t", a, ours)
	}
	if got := LackingOrg("permission sets", Insufficient); got != "Assign Permission Sets" {
		t.Errorf("of a step: %s", got)
	}
	if got := LackingOrg("ringtones", Insufficient); !strings.Contains(got, "Customize Application, ") &&
		!strings.HasSuffix(got, "Customize Application") {
		t.Errorf("of what is not known to need any: %s", got)
	}
}
