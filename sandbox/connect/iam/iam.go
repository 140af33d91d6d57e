// Package iam is a policy of an access key: which actions it allows on which resources.
//
// Read first: Policy, Parse, Check. It knows no requests and no service; names of actions and resources are given to it.
// Source: IAM user guide, JSON policy elements and policy evaluation logic for requests within one account.
package iam

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

// Policy is an identity-based policy. The zero value allows nothing.
type Policy struct{ statements []statement }

// The bounds of a policy: what IAM takes for a managed one, in characters without white space; ours for statements and
// for files.
const (
	maxSize       = 6144
	maxStatements = 100
	maxFile       = 64 << 10
)

type statement struct {
	deny      bool
	actions   []string // patterns, lower case; NotAction is not known here
	resources []string // patterns
}

// list is a JSON string, or an array of them.
type list []string

// UnmarshalJSON takes either form.
func (l *list) UnmarshalJSON(body []byte) error {
	var one string
	if json.Unmarshal(body, &one) == nil {
		*l = list{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(body, &many); err != nil {
		return errors.New("a string or a list of strings is expected")
	}
	*l = many
	return nil
}

// written is a statement as a file has it. Elements that are not here are refused: ignoring one would allow too much.
type written struct {
	Sid      string
	Effect   string
	Action   list
	Resource list
}

// statements are one statement, or an array of them.
type statements []written

// UnmarshalJSON takes either form.
func (s *statements) UnmarshalJSON(body []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		body = append(append([]byte("["), body...), ']')
	}
	return strict(body, (*[]written)(s))
}

func strict(body []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more behind the policy")
	}
	return nil
}

var (
	actionForm   = regexp.MustCompile(`^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$`)
	resourceForm = regexp.MustCompile(`^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+)$`)
)

// Load is Parse of a file; its errors name the file.
func Load(name string) (Policy, error) {
	file, err := os.Open(name)
	if err != nil {
		return Policy{}, err
	}
	defer file.Close()
	body, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(body) > maxFile {
		err = fmt.Errorf("it has more than %d bytes", maxFile)
	}
	if err != nil {
		return Policy{}, fmt.Errorf("IAM policy %s: %w", name, err)
	}
	p, err := Parse(body)
	if err != nil {
		return Policy{}, fmt.Errorf("IAM policy %s: %w", name, err)
	}
	return p, nil
}

// Parse reads a policy; an error says which statement is wrong, and how.
func Parse(body []byte) (Policy, error) {
	if n := len(strings.Join(strings.Fields(string(body)), "")); n > maxSize {
		return Policy{}, fmt.Errorf("a policy has %d characters at most, this one %d", maxSize, n)
	}
	var file struct {
		Version   string
		ID        string `json:"Id"`
		Statement statements
	}
	if err := strict(body, &file); err != nil {
		return Policy{}, fmt.Errorf("the policy cannot be read: %w", err)
	}
	switch {
	case file.Version != "2012-10-17":
		return Policy{}, fmt.Errorf("its Version is %q; only 2012-10-17 is known", file.Version)
	case len(file.Statement) == 0:
		return Policy{}, errors.New("the policy has no Statement")
	case len(file.Statement) > maxStatements:
		return Policy{}, fmt.Errorf("a policy has %d statements at most, this one %d", maxStatements, len(file.Statement))
	}
	var p Policy
	for i, w := range file.Statement {
		s, err := w.read()
		if err != nil {
			return Policy{}, fmt.Errorf("in Statement %d: %w", i+1, err)
		}
		p.statements = append(p.statements, s)
	}
	return p, nil
}

func (w written) read() (statement, error) {
	s := statement{deny: w.Effect == "Deny", resources: w.Resource}
	switch {
	case w.Effect != "Allow" && w.Effect != "Deny":
		return s, fmt.Errorf("the Effect is %q, neither Allow nor Deny", w.Effect)
	case len(w.Action) == 0:
		return s, errors.New("it has no Action")
	case len(w.Resource) == 0:
		return s, errors.New("it has no Resource")
	}
	for _, a := range w.Action {
		if !actionForm.MatchString(a) {
			return s, fmt.Errorf("%q is no action such as connect:ListUsers", a)
		}
		s.actions = append(s.actions, strings.ToLower(a)) // names of actions do not heed case
	}
	for _, r := range w.Resource {
		if !resourceForm.MatchString(r) {
			return s, fmt.Errorf("%q is neither * nor an ARN", r)
		}
	}
	return s, nil
}

// Verdict is how a policy answers.
type Verdict int

// The verdicts; a Deny wins over every Allow.
const (
	NotAllowed Verdict = iota // nothing allows it
	Denied                    // a statement denies it
	Allowed
)

// Check asks for an action, such as connect:ListUsers, on a resource: an ARN, or * for an action that has none.
func (p Policy) Check(action, resource string) Verdict {
	v := NotAllowed
	for _, s := range p.statements {
		if !anyMatches(s.actions, strings.ToLower(action)) || !anyMatches(s.resources, resource) {
			continue
		}
		if s.deny {
			return Denied
		}
		v = Allowed
	}
	return v
}

func anyMatches(patterns []string, text string) bool {
	for _, p := range patterns {
		if matches(p, text) {
			return true
		}
	}
	return false
}

// matches compares with a pattern in which * is any text and ? any one character. It takes no longer than the product
// of both lengths: the last * is the only place to go back to.
func matches(pattern, text string) bool {
	p, t, star, from := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
