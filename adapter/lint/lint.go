// Package lint says what is worth saying of a flow beside what keeps it from running: ways that lead nowhere, values that are never
// there, blocks that do harm where they stand.
//
// Read first: Flow, About. It is pure: what it says are flow.Finding, whose sentences stand with the language.
package lint

import (
	"cmp"
	"slices"

	"github.com/patchcord/patchcord/adapter/flow"
)

// About is what a flow's file does not say of it.
type About struct {
	Event    string          // what fires it, such as onRefresh; "" if that is not known
	Set      map[string]bool // properties that other flows set
	Original bool            // it is to run in the original adapter too
	// Flows are those that may be called, by their names, each with what it calls; nil if that is not known.
	Flows map[string][]string
}

// Flow compiles a flow and looks at it as a whole. The findings are in the order of the file's actions, those of the flow first.
func Flow(d flow.Document, blocks flow.Blocks, about About) (flow.Program, []flow.Finding) {
	program, findings := flow.Compile(d, blocks)
	if flow.Broken(findings) != nil {
		return program, findings
	}
	l := linter{program: program, about: about, graph: graphOf(program, nil), findings: findings}
	l.ways()
	for i := range program.Actions {
		a := &program.Actions[i]
		l.values(a)
		if b := a.Block(); b != nil {
			l.inputs(a, b)
			l.kind(a, b)
			l.calls(a, b)
			l.loop(a, b)
			l.original(a, b)
		}
	}
	order := map[flow.ActionID]int{}
	for i, a := range program.Actions {
		order[a.ID] = i + 1
	}
	slices.SortStableFunc(l.findings, func(x, y flow.Finding) int { return cmp.Compare(order[x.Action], order[y.Action]) })
	return program, l.findings
}

type linter struct {
	program  flow.Program
	about    About
	graph    graph
	findings []flow.Finding
}

func (l *linter) find(severity flow.Severity, code flow.Code, a *flow.Action, control string, pairs ...string) {
	f := flow.Finding{Severity: severity, Code: code, Control: control}
	if a != nil {
		f.Action = a.ID
	}
	if len(pairs) > 0 {
		f.Args = flow.Args(pairs...)
	}
	l.findings = append(l.findings, f)
}

// inputs looks at what a block is given.
func (l *linter) inputs(a *flow.Action, b *flow.Block) {
	for i := range b.Inputs {
		input := &b.Inputs[i]
		value, set := a.Controls[input.Name]
		switch {
		case !set && input.Required:
			l.find(flow.SeverityWarning, flow.CodeRequired, a, input.Name, "label", b.Label)
		case !set && i == 0 && isDecision(b):
			l.find(flow.SeverityWarning, flow.CodeEmptyDecision, a, input.Name)
		case set:
			l.fits(a, input, value.Plain())
		}
	}
}

func isDecision(b *flow.Block) bool { return b.HasPort(flow.True) && b.HasPort(flow.False) }

// fits looks whether a value that stands there as it is can be what the input takes.
func (l *linter) fits(a *flow.Action, input *flow.Input, value any) {
	text, isText := value.(string)
	if isText && flow.IsExpression(text) {
		return
	}
	switch _, isMap := value.(map[string]any); {
	case input.Kind == flow.Map && !isMap:
		l.find(flow.SeverityWarning, flow.CodeKind, a, input.Name, "holds", "a single value", "wants", "a list of names and values")
	case input.Kind == flow.Bool && value != true && value != false && text != "true" && text != "false":
		l.find(flow.SeverityWarning, flow.CodeKind, a, input.Name, "holds", "something else", "wants", "true or false")
	case input.Kind == flow.Text && isMap:
		l.find(flow.SeverityWarning, flow.CodeKind, a, input.Name, "holds", "names and values", "wants", "text")
	}
}

// What is known of single blocks, by their types.
const (
	getProperty = "SE_GetProperty"
	setProperty = "SE_SetProperty"
	getCounter  = "SE_GetCounter"
	addCounter  = "SE_UpdateCounter"
	saveRecord  = "SE_SFSaveLog"
	createTask  = "SE_SFCreateTask"
	taskContact = "SE_AgentCreateTask"
	dialNumber  = "SE_AgentDialNumber"
	jQuery      = "SE_CoreJquery"
	runApex     = "SE_SFRunApex"
)

// oftenFired are events that come many times for one contact.
var oftenFired = map[string]bool{
	"onRefresh": true, "onViewContact": true, "onMessageReceived": true, "onMessageSent": true, "onNavigationChange": true,
	"onWorkloadChanged": true,
}

// kind looks at what single blocks are known for.
func (l *linter) kind(a *flow.Action, b *flow.Block) {
	switch a.Type {
	case jQuery:
		l.find(flow.SeverityError, flow.CodeJQuery, a, "", "label", b.Label)
	case runApex:
		l.find(flow.SeverityWarning, flow.CodeRunApex, a, "")
	case getProperty, getCounter:
		l.property(a)
	case saveRecord, createTask, taskContact, dialNumber:
		id, _ := a.Controls["recordId"].Plain().(string)
		if oftenFired[l.about.Event] && !(a.Type == saveRecord && id != "" && id != "null") {
			l.find(flow.SeverityWarning, flow.CodeCreatesOften, a, "", "label", b.Label, "event", l.about.Event)
		}
	}
}

// property looks whether somebody sets what is read.
func (l *linter) property(a *flow.Action) {
	key, isText := a.Controls["key"].Plain().(string)
	if !isText || flow.IsExpression(key) || flow.BuiltIn(key) || l.about.Set[key] || slices.Contains(Sets(l.program), key) {
		return
	}
	l.find(flow.SeverityHint, flow.CodePropertyUnset, a, "key", "name", key)
}

// Sets are the properties that a flow sets, as far as they are written in it.
func Sets(p flow.Program) (keys []string) {
	for _, a := range p.Actions {
		if a.Type != setProperty && a.Type != addCounter {
			continue
		}
		if key, ok := a.Controls["key"].Plain().(string); ok && !flow.IsExpression(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// original looks for what only Patchcord has.
func (l *linter) original(a *flow.Action, b *flow.Block) {
	if !l.about.Original {
		return
	}
	if b.Ours {
		l.find(flow.SeverityError, flow.CodeOriginalType, a, "", "label", b.Label)
		return
	}
	for port := range a.Ports {
		if port == flow.Unknown || port == flow.Error {
			l.findings = append(l.findings, flow.Finding{Severity: flow.SeverityError, Code: flow.CodeOriginalPort, Action: a.ID, Port: port})
		}
	}
}
