package iam

import (
	"strings"
	"testing"
)

const instance = "arn:aws:connect:us-east-1:123456789012:instance/1f2e"

func TestAPolicyAllowsWhatItSays(t *testing.T) {
	for _, tc := range []struct {
		name, statements, action, resource string
		want                               Verdict
	}{
		{"an action by name", `{"Effect":"Allow","Action":"connect:ListUsers","Resource":"*"}`, "connect:ListUsers", instance, Allowed},
		{"another action", `{"Effect":"Allow","Action":"connect:ListUsers","Resource":"*"}`, "connect:ListQueues", instance, NotAllowed},
		{"names of actions do not heed case", `{"Effect":"Allow","Action":"connect:listusers","Resource":"*"}`, "connect:ListUsers", instance, Allowed},
		{"a wildcard in an action", `{"Effect":"Allow","Action":["connect:List*","connect:Describe?ser"],"Resource":"*"}`, "connect:DescribeUser", instance, Allowed},
		{"all actions", `{"Effect":"Allow","Action":"*","Resource":"*"}`, "ds:DescribeDirectories", "*", Allowed},
		{"of the service only", `{"Effect":"Allow","Action":"connect:*","Resource":"*"}`, "ds:DescribeDirectories", "*", NotAllowed},
		{"the resource", `{"Effect":"Allow","Action":"connect:*","Resource":"` + instance + `"}`, "connect:ListUsers", instance, Allowed},
		{"below the resource", `{"Effect":"Allow","Action":"connect:*","Resource":"` + instance + `"}`, "connect:ListAgentStatuses", instance + "/agent-state/*", NotAllowed},
		{"a wildcard in a resource", `{"Effect":"Allow","Action":"connect:*","Resource":"arn:aws:connect:*:*:instance/*"}`, "connect:ListAgentStatuses", instance + "/agent-state/*", Allowed},
		{"an action without a resource wants the wildcard", `{"Effect":"Allow","Action":"connect:*","Resource":"arn:aws:connect:*:*:instance/*"}`, "connect:ListInstances", "*", NotAllowed},
		{"a Deny wins", `[{"Effect":"Deny","Action":"connect:ListUsers","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]`, "connect:ListUsers", instance, Denied},
		{"a Deny elsewhere does not count", `[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::x"}]`, "connect:ListUsers", instance, Allowed},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, err := Parse([]byte(`{"Version":"2012-10-17","Statement":` + tc.statements + `}`))
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Check(tc.action, tc.resource); got != tc.want {
				t.Errorf("%d, want %d", got, tc.want)
			}
		})
	}
}

func TestBadPoliciesAreRefusedWithTheirPlace(t *testing.T) {
	good := `{"Effect":"Allow","Action":"connect:*","Resource":"*"}`
	for _, tc := range []struct{ name, body, want string }{
		{"no JSON", `Version`, "cannot be read"},
		{"two policies", `{"Version":"2012-10-17","Statement":` + good + `}{}`, "more behind"},
		{"an old version", `{"Version":"2008-10-17","Statement":` + good + `}`, "2012-10-17"},
		{"no statement", `{"Version":"2012-10-17","Statement":[]}`, "no Statement"},
		{"an element that is not known", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"connect:*","Resource":"*"}}`, "NotAction"},
		{"a condition", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}}`, "Condition"},
		{"an effect of its own", `{"Version":"2012-10-17","Statement":[` + good + `,{"Effect":"allow","Action":"*","Resource":"*"}]}`, "Statement 2: Effect"},
		{"no action", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}`, "no Action"},
		{"an action without a service", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ListUsers","Resource":"*"}}`, `"ListUsers" is no action`},
		{"no resource", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}`, "no Resource"},
		{"a resource that is none", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"instance/1"}}`, "nor an ARN"},
		{"a number for a name", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":7,"Resource":"*"}}`, "a string or a list"},
		{"too long", `{"Version":"2012-10-17","Statement":[` + strings.Repeat(good+",", 200) + good + `]}`, "6144"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := Parse([]byte(tc.body)); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("a*b?c", "axxbyc")
	f.Add("**", "")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if strings.Count(pattern, "*") > 5 || len(text) > 60 {
			return
		}
		if matches(pattern, text) != slow(pattern, text) {
			t.Errorf("%q %q", pattern, text)
		}
	})
}

// slow is matches as its definition says it.
func slow(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return slow(pattern[1:], text) || text != "" && slow(pattern, text[1:])
	default:
		return text != "" && (pattern[0] == '?' || pattern[0] == text[0]) && slow(pattern[1:], text[1:])
	}
}
