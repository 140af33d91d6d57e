// Package contactflow is the contact centre's flow language, version 2019-10-30: parse, check, follow.
//
// Read first: Check, Route, References. It knows no agents, no calls and no HTTP. Source: Amazon Connect API reference.
package contactflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	version       = "2019-10-30"
	maxActions    = 250
	maxIdentifier = 50
	maxProblems   = 20
)

// Types are the kinds of flow.
var Types = []string{
	"CONTACT_FLOW", "CUSTOMER_QUEUE", "CUSTOMER_HOLD", "CUSTOMER_WHISPER", "AGENT_HOLD", "AGENT_WHISPER",
	"OUTBOUND_WHISPER", "AGENT_TRANSFER", "QUEUE_TRANSFER", "CAMPAIGN",
}

// Known says whether there is a kind of flow.
func Known(kind string) bool { return slices.Contains(Types, kind) }

type flow struct {
	Version     string
	StartAction string
	Actions     []action
}

type action struct {
	Identifier  string
	Type        string
	Parameters  map[string]json.RawMessage
	Transitions transitions
}

type transitions struct {
	NextAction string
	Conditions []condition
	Errors     []failure
}

type condition struct {
	NextAction string
	Condition  struct {
		Operator string
		Operands []string
	}
}

type failure struct{ ErrorType, NextAction string }

// rule is what a type of action needs.
type rule struct {
	oneOf  []string // parameters of which one must be there
	all    []string // parameters that must be there
	errors []string // that must have a branch
	ends   bool     // nothing follows
	equals []string // values of conditions that must be there
	looped bool     // nothing need follow: it goes round
}

var says = []string{"Text", "SSML", "PromptId", "Media"}

// rules are the actions that the language has here. Source: §7, table.
var rules = map[string]rule{
	"MessageParticipant":            {oneOf: says, errors: []string{"NoMatchingError"}},
	"MessageParticipantIteratively": {all: []string{"Messages"}, errors: []string{"NoMatchingError"}, looped: true},
	"GetParticipantInput":           {oneOf: says, errors: []string{"NoMatchingError"}},
	"ConnectParticipantWithLexBot": {oneOf: []string{"LexV2Bot", "LexBot"},
		errors: []string{"NoMatchingCondition", "NoMatchingError"}},
	"DisconnectParticipant":    {ends: true},
	"EndFlowExecution":         {ends: true},
	"EndFlowModuleExecution":   {ends: true},
	"UpdateContactTargetQueue": {oneOf: []string{"QueueId", "AgentId"}, errors: []string{"NoMatchingError"}},
	"TransferContactToQueue":   {errors: []string{"QueueAtCapacity", "NoMatchingError"}, looped: true},
	"DequeueContactAndTransferToQueue": {oneOf: []string{"QueueId", "AgentId"},
		errors: []string{"QueueAtCapacity", "NoMatchingError"}},
	"TransferContactToAgent": {ends: true},
	"TransferToFlow":         {all: []string{"ContactFlowId"}, errors: []string{"NoMatchingError"}, looped: true},
	"InvokeFlowModule":       {all: []string{"FlowModuleId"}, errors: []string{"NoMatchingError"}},
	"TransferParticipantToThirdParty": {all: []string{"ThirdPartyPhoneNumber"},
		errors: []string{"CallFailed", "ConnectionTimeLimitExceeded", "NoMatchingError"}},
	"CompleteOutboundCall":    {},
	"UpdateContactAttributes": {all: []string{"Attributes"}, errors: []string{"NoMatchingError"}},
	"UpdateFlowAttributes":    {all: []string{"FlowAttributes"}, errors: []string{"NoMatchingError"}},
	"UpdateContactData":       {errors: []string{"NoMatchingError"}},
	"Compare":                 {all: []string{"ComparisonValue"}, errors: []string{"NoMatchingCondition"}, looped: true},
	"CheckHoursOfOperation":   {errors: []string{"NoMatchingError"}, equals: []string{"True", "False"}, looped: true},
	"CheckMetricData": {all: []string{"MetricType"},
		errors: []string{"NoMatchingCondition", "NoMatchingError"}, looped: true},
	"GetMetricData":          {errors: []string{"NoMatchingError"}},
	"DistributeByPercentage": {errors: []string{"NoMatchingCondition"}, looped: true},
	"Loop": {all: []string{"LoopCount"},
		equals: []string{"ContinueLooping", "DoneLooping"}, looped: true},
	"Wait": {oneOf: []string{"TimeLimitSeconds", "TimeLimit"},
		errors: []string{"NoMatchingError"}, looped: true},
	"InvokeLambdaFunction":                       {all: []string{"LambdaFunctionARN"}, errors: []string{"NoMatchingError"}},
	"UpdateContactRecordingBehavior":             {all: []string{"RecordingBehavior"}},
	"UpdateContactRecordingAndAnalyticsBehavior": {errors: []string{"ChannelMismatch", "NoMatchingError"}},
	"UpdateContactEventHooks":                    {all: []string{"EventHooks"}, errors: []string{"NoMatchingError"}},
	"UpdateContactRoutingBehavior":               {oneOf: []string{"QueuePriority", "QueueTimeAdjustmentSeconds"}},
	"UpdateRoutingCriteria":                      {errors: []string{"NoMatchingError"}},
	"UpdateContactCallbackNumber": {all: []string{"CallbackNumber"},
		errors: []string{"InvalidCallbackNumber", "CallbackNumberNotDialable"}},
	"CreateCallbackContact":                 {errors: []string{"NoMatchingError"}},
	"UpdatePreviousContactParticipantState": {errors: []string{"NoMatchingError"}},
	"UpdateContactTextToSpeechVoice":        {all: []string{"TextToSpeechVoice"}},
	"UpdateFlowLoggingBehavior":             {all: []string{"FlowLoggingBehavior"}},
	"UpdateContactMediaStreamingBehavior":   {errors: []string{"NoMatchingError"}},
	"CreateTask":                            {errors: []string{"NoMatchingError"}},
	"TagContact":                            {all: []string{"Tags"}, errors: []string{"NoMatchingError"}},
	"UntagContact":                          {all: []string{"TagKeys"}, errors: []string{"NoMatchingError"}},
	"CheckOutboundCallStatus":               {errors: []string{"NoMatchingCondition", "NoMatchingError"}, looped: true},
}

var operators = []string{"Equals", "NumberGreaterThan", "NumberGreaterOrEqualTo", "NumberLessThan",
	"NumberLessOrEqualTo", "TextStartsWith", "TextEndsWith", "TextContains"}

// Check says what is wrong with a flow's content; each sentence begins with the place. A flow without problems gives none.
func Check(kind, content string) []string {
	f, err := parse(content)
	if err != nil {
		return []string{err.Error()}
	}
	c := checker{content: content, ids: map[string]int{}}
	if !Known(kind) {
		c.add("", "there is no flow type %q", kind)
	}
	if f.Version != version {
		c.add("Version", "must be %q", version)
	}
	switch {
	case len(f.Actions) == 0:
		c.add("Actions", "a flow has at least one action")
	case len(f.Actions) > maxActions:
		c.add("Actions", "a flow has at most %d actions", maxActions)
		return c.problems
	}
	for i, a := range f.Actions {
		where := fmt.Sprintf("Actions[%d].Identifier", i)
		switch _, twice := c.ids[a.Identifier]; {
		case a.Identifier == "":
			c.add(where, "is missing")
		case utf8.RuneCountInString(a.Identifier) > maxIdentifier:
			c.add(where, "has more than %d characters", maxIdentifier)
		case twice:
			c.add(where, "%q is there twice", a.Identifier)
		}
		c.ids[a.Identifier] = i
	}
	c.checkTransition("StartAction", f.StartAction)
	for i, a := range f.Actions {
		c.action(i, a)
	}
	return c.problems
}

// parse reads the JSON; an error names line and column.
func parse(content string) (flow, error) {
	var f flow
	d := json.NewDecoder(strings.NewReader(content))
	err := d.Decode(&f)
	if err == nil && strings.TrimSpace(content[d.InputOffset():]) != "" {
		return f, fmt.Errorf("line %d: there is text after the flow", line(content, d.InputOffset()))
	}
	if err == nil {
		return f, nil
	}
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return f, fmt.Errorf("line %d: not JSON: %w", line(content, e.Offset), e)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return f, fmt.Errorf("line %d, %s: must not be a %s", line(content, e.Offset), e.Field, e.Value)
	}
	return f, fmt.Errorf("line %d: not JSON: it ends too early", line(content, int64(len(content))))
}

func line(content string, offset int64) int {
	return 1 + strings.Count(content[:min(int(offset), len(content))], "\n")
}

type checker struct {
	content  string
	ids      map[string]int
	problems []string
	current  string // the identifier of the action that is being checked
}

func (c *checker) add(where, format string, args ...any) {
	if len(c.problems) >= maxProblems {
		return
	}
	text := fmt.Sprintf(format, args...)
	if where != "" {
		text = where + " " + text
	}
	c.problems = append(c.problems, fmt.Sprintf("line %d: %s", c.lineOf(), text))
}

// lineOf is where the action that is being checked stands.
func (c *checker) lineOf() int {
	if c.current == "" {
		return 1
	}
	quoted, err := json.Marshal(c.current)
	if err != nil {
		return 1
	}
	rest, from := c.content, 0
	for {
		i := strings.Index(rest, string(quoted))
		if i < 0 {
			return 1
		}
		before := strings.TrimRight(c.content[:from+i], " \t\r\n")
		if strings.HasSuffix(strings.TrimRight(strings.TrimSuffix(before, ":"), " \t\r\n"), `"Identifier"`) {
			return line(c.content, int64(from+i))
		}
		from += i + len(quoted)
		rest = c.content[from:]
	}
}

func (c *checker) checkTransition(where, to string) {
	if to == "" {
		c.add(where, "is missing")
	} else if _, ok := c.ids[to]; !ok {
		c.add(where, "leads to %q, which is no action of this flow", to)
	}
}

func (c *checker) action(i int, a action) {
	c.current = a.Identifier
	path := fmt.Sprintf("Actions[%d]", i)
	r, known := rules[a.Type]
	if !known {
		c.add(path+".Type", "%.60q is no action of the flow language", a.Type)
		return
	}
	for _, name := range r.all {
		if _, ok := a.Parameters[name]; !ok {
			c.add(path+".Parameters."+name, "is missing")
		}
	}
	if len(r.oneOf) > 0 && !slices.ContainsFunc(r.oneOf, func(name string) bool { _, ok := a.Parameters[name]; return ok }) {
		c.add(path+".Parameters", "needs one of %s", strings.Join(r.oneOf, ", "))
	}
	for _, name := range slices.Sorted(keys(a.Parameters)) {
		if raw := strings.TrimSpace(string(a.Parameters[name])); raw != "" && strings.ContainsRune("-0123456789tfn", rune(raw[0])) {
			c.add(path+".Parameters."+name, "must be text: %.20s is to be written in quotation marks", raw)
		}
	}
	t := a.Transitions
	if r.ends {
		if t.NextAction != "" || len(t.Conditions) > 0 || len(t.Errors) > 0 {
			c.add(path+".Transitions", "must be empty: nothing follows %s", a.Type)
		}
		return
	}
	if t.NextAction != "" || !r.looped {
		c.checkTransition(path+".Transitions.NextAction", t.NextAction)
	}
	var equals, failures []string
	for n, k := range t.Conditions {
		where := fmt.Sprintf("%s.Transitions.Conditions[%d]", path, n)
		c.checkTransition(where+".NextAction", k.NextAction)
		if !slices.Contains(operators, k.Condition.Operator) {
			c.add(where+".Condition.Operator", "%.40q is no operator", k.Condition.Operator)
		}
		if len(k.Condition.Operands) != 1 {
			c.add(where+".Condition.Operands", "must hold one value")
			continue
		}
		equals = append(equals, k.Condition.Operands[0])
	}
	for n, e := range t.Errors {
		c.checkTransition(fmt.Sprintf("%s.Transitions.Errors[%d].NextAction", path, n), e.NextAction)
		failures = append(failures, e.ErrorType)
	}
	for _, want := range r.errors {
		if !slices.Contains(failures, want) {
			c.add(path+".Transitions.Errors", "%s is missing", want)
		}
	}
	for _, want := range r.equals {
		if !slices.Contains(equals, want) {
			c.add(path+".Transitions.Conditions", "Equals %s is missing", want)
		}
	}
}
