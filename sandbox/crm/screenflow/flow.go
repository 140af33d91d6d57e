// Package screenflow reads screen flows and runs them: pure rules, whose records come from a Host.
//
// Read first: Flow, Interview, Host. It knows no rights, no database and no page. Source: Metadata API, type Flow; Salesforce Help, flow
// elements and operators.
package screenflow

// ProcessScreen is the process type of flows that show screens; others are kept and not run.
const ProcessScreen = "Flow"

// Active is the status of a flow that people can run.
const Active = "Active"

// Flow is a flow as it was deployed. It is not changed after Read.
type Flow struct {
	Label, Description, InterviewLabel string
	ProcessType                        string // Flow for one with screens, AutoLaunchedFlow, …
	Status                             string // Active, Draft, Obsolete, InvalidDraft
	APIVersion                         float64
	Restricted                         bool   // only for those to whom a permission set gives the flow
	Start                              string // element that runs first; "" for none

	variables map[string]Variable
	choices   map[string]Choice
	constants map[string]Value
	texts     map[string]string // text templates
	formulas  map[string]string // expressions
	others    map[string]string // resources that are kept only, by kind
	elements  []element         // in the order of their names
	fields    map[string]field  // of all screens
	byName    map[string]element
	missing   []Problem // found while reading
}

// Screens says whether the flow is one that shows screens.
func (f *Flow) Screens() bool { return f.ProcessType == ProcessScreen }

// Variable is a place for a value.
type Variable struct {
	Name, Type, Object string // String, Number, Currency, Boolean, Date, DateTime, Picklist, SObject
	Collection         bool
	Input, Output      bool
	Default            operand
}

// Choice is one of the answers that a radio button or a drop-down list offers.
type Choice struct {
	Name, Text string
	Value      operand
}

// Problem is what the platform has against a flow, and at which element; "" for the whole.
type Problem struct{ Element, Text string }

// Error is the sentence that administrators read.
func (p *Problem) Error() string { return p.Text }

// node is what all elements have.
type node struct{ name, label, kind string }

func (n node) self() node { return n }

// element is a step of a flow.
type element interface {
	self() node
	// connectors are the elements that may follow, "" for the end.
	connectors() []string
	// references are the values that it reads or sets.
	references() []reference
	// run does it and names the element that follows, "" for the end.
	run(*turn) (next string, err error)
	// says tells in words what it does.
	says() string
}

// Inputs are the variables that may be set when the flow starts, by name.
func (f *Flow) Inputs() []Variable {
	var all []Variable
	for _, v := range sorted(f.variables) {
		if v.Input {
			all = append(all, v)
		}
	}
	return all
}

// Words is an element as a person reads it.
type Words struct{ Name, Label, Kind, Says string }

// Describe tells of the elements in the order in which they are reached, then of those that are not.
func (f *Flow) Describe() []Words {
	var all []Words
	seen := map[string]bool{"": true}
	add := func(e element) {
		n := e.self()
		all = append(all, Words{n.name, n.label, n.kind, e.says()})
	}
	for queue := []string{f.Start}; len(queue) > 0; queue = queue[1:] {
		e, ok := f.byName[queue[0]]
		if !ok || seen[queue[0]] {
			continue
		}
		seen[queue[0]] = true
		add(e)
		queue = append(queue, e.connectors()...)
	}
	for _, e := range f.elements {
		if !seen[e.self().name] {
			add(e)
		}
	}
	return all
}
