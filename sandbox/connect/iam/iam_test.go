package iam

import (
	"strings"
	"testing"
)

const instance = "arn:aws:connect:us-east-1:123456789012:instance/1f2e"

func allow(action, resource string) string {
	return `{"Effect":"Allow","Action":"` + action + `","Resource":"` + resource + `"}`
}

func deny(action, resource string) string {
	return strings.Replace(allow(action, resource), "Allow", "Deny", 1)
}

func TestAPolicyAllowsWhatItSays(t *testing.T) {
	const (
		status = instance + "/agent-state/*"
		all    = "arn:aws:connect:*:*:instance/*"
	)
	for _, tc := range []struct {
		name, statements, action, resource string
		want                               Verdict
	}{
		{"an action by name", allow("connect:ListUsers", "*"), "connect:ListUsers", instance, Allowed},
		{"another action", allow("connect:ListUsers", "*"), "connect:ListQueues", instance, NotAllowed},
		{"actions do not heed case", allow("connect:listusers", "*"), "connect:ListUsers", instance, Allowed},
		{"a wildcard in an action", allow("connect:Describe?se*", "*"), "connect:DescribeUser", instance, Allowed},
		{"all actions", allow("*", "*"), "ds:DescribeDirectories", "*", Allowed},
		{"of the service only", allow("connect:*", "*"), "ds:DescribeDirectories", "*", NotAllowed},
		{"the resource", allow("connect:*", instance), "connect:ListUsers", instance, Allowed},
		{"below the resource", allow("connect:*", instance), "connect:ListAgentStatuses", status, NotAllowed},
		{"a wildcard in a resource", allow("connect:*", all), "connect:ListAgentStatuses", status, Allowed},
		{"an action that has no resource", allow("connect:*", all), "connect:ListInstances", "*", NotAllowed},
		{
			"lists of both", `{"Sid":"S","Effect":"Allow","Action":["ds:*","connect:List*"],"Resource":["arn:aws:s3:::x","*"]}`,
			"connect:ListUsers", instance, Allowed,
		},
		{
			"a Deny wins", `[` + deny("connect:ListUsers", "*") + `,` + allow("*", "*") + `]`,
			"connect:ListUsers", instance, Denied,
		},
		{
			"a Deny elsewhere does not count", `[` + allow("*", "*") + `,` + deny("*", "arn:aws:s3:::x") + `]`,
			"connect:ListUsers", instance, Allowed,
		},
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
	good := allow("connect:*", "*")
	policy := func(statement string) string { return `{"Version":"2012-10-17","Statement":` + statement + `}` }
	for _, tc := range []struct{ name, body, want string }{
		{"no JSON", `Version`, "cannot be read"},
		{"two policies", policy(good) + `{}`, "more behind"},
		{"an old version", `{"Version":"2008-10-17","Statement":` + good + `}`, "2012-10-17"},
		{"no statement", policy(`[]`), "no Statement"},
		{"an element that is not known", policy(`{"Effect":"Allow","NotAction":"connect:*","Resource":"*"}`), "NotAction"},
		{"a condition", policy(`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}`), "Condition"},
		{
			"an effect of its own", policy(`[` + good + `,{"Effect":"allow","Action":"*","Resource":"*"}]`),
			"in Statement 2: the Effect",
		},
		{"no action", policy(`{"Effect":"Allow","Resource":"*"}`), "no Action"},
		{"an action without a service", policy(allow("ListUsers", "*")), `"ListUsers" is no action`},
		{"no resource", policy(`{"Effect":"Allow","Action":"*"}`), "no Resource"},
		{"a resource that is none", policy(allow("*", "instance/1")), "nor an ARN"},
		{"a number for a name", policy(`{"Effect":"Allow","Action":7,"Resource":"*"}`), "a string or a list"},
		{"too long", policy(`[` + strings.Repeat(good+",", 200) + good + `]`), "6144"},
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
