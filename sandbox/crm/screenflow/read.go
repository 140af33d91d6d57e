package screenflow

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Bounds of a flow's file.
const (
	mostBytes    = 1 << 20
	mostElements = 2000 // of one flow
)

// file is a flow's metadata, as far as it is run or told. Unknown elements are skipped.
type file struct {
	XMLName        xml.Name        `xml:"Flow"`
	APIVersion     float64         `xml:"apiVersion"`
	Label          string          `xml:"label"`
	Description    string          `xml:"description"`
	InterviewLabel string          `xml:"interviewLabel"`
	Restricted     bool            `xml:"isAdditionalPermissionRequiredToRun"`
	ProcessType    string          `xml:"processType"`
	Status         string          `xml:"status"`
	First          string          `xml:"startElementReference"`
	Start          startXML        `xml:"start"`
	Variables      []variableXML   `xml:"variables"`
	Choices        []choiceXML     `xml:"choices"`
	Constants      []constantXML   `xml:"constants"`
	Texts          []textXML       `xml:"textTemplates"`
	Formulas       []formulaXML    `xml:"formulas"`
	ChoiceSets     []nodeXML       `xml:"dynamicChoiceSets"`
	Stages         []nodeXML       `xml:"stages"`
	Screens        []screenXML     `xml:"screens"`
	Assignments    []assignmentXML `xml:"assignments"`
	Decisions      []decisionXML   `xml:"decisions"`
	Lookups        []lookupXML     `xml:"recordLookups"`
	Creates        []createXML     `xml:"recordCreates"`
	Updates        []updateXML     `xml:"recordUpdates"`
	Deletes        []keptXML       `xml:"recordDeletes"`
	Rollbacks      []keptXML       `xml:"recordRollbacks"`
	Loops          []keptXML       `xml:"loops"`
	Subflows       []keptXML       `xml:"subflows"`
	Actions        []keptXML       `xml:"actionCalls"`
	Plugins        []keptXML       `xml:"apexPluginCalls"`
	Waits          []keptXML       `xml:"waits"`
	Processors     []keptXML       `xml:"collectionProcessors"`
	Transforms     []keptXML       `xml:"transforms"`
	CustomErrors   []keptXML       `xml:"customErrors"`
	Steps          []keptXML       `xml:"steps"`
}

type nodeXML struct {
	Name  string  `xml:"name"`
	Label string  `xml:"label"`
	X     *string `xml:"locationX"`
	Y     *string `xml:"locationY"`
}

type connectorXML struct {
	Target string `xml:"targetReference"`
}

type startXML struct {
	Connector connectorXML `xml:"connector"`
}

type valueXML struct {
	Text      *string `xml:"stringValue"`
	Number    *string `xml:"numberValue"`
	Boolean   *string `xml:"booleanValue"`
	Date      *string `xml:"dateValue"`
	DateTime  *string `xml:"dateTimeValue"`
	Reference string  `xml:"elementReference"`
}

type variableXML struct {
	Name       string   `xml:"name"`
	Type       string   `xml:"dataType"`
	Object     string   `xml:"objectType"`
	Collection bool     `xml:"isCollection"`
	Input      bool     `xml:"isInput"`
	Output     bool     `xml:"isOutput"`
	Value      valueXML `xml:"value"`
}

type choiceXML struct {
	Name  string   `xml:"name"`
	Text  string   `xml:"choiceText"`
	Value valueXML `xml:"value"`
}

type constantXML struct {
	Name  string   `xml:"name"`
	Value valueXML `xml:"value"`
}

type textXML struct {
	Name string `xml:"name"`
	Text string `xml:"text"`
}

type formulaXML struct {
	Name       string `xml:"name"`
	Expression string `xml:"expression"`
}

// keptXML is an element that is kept and not run.
type keptXML struct {
	nodeXML
	Action     string         `xml:"actionName"`
	Flow       string         `xml:"flowName"`
	Connector  connectorXML   `xml:"connector"`
	Fault      connectorXML   `xml:"faultConnector"`
	Default    connectorXML   `xml:"defaultConnector"`
	Next       connectorXML   `xml:"nextValueConnector"`
	NoMore     connectorXML   `xml:"noMoreValuesConnector"`
	WaitEvents []waitEventXML `xml:"waitEvents"`
}

type waitEventXML struct {
	Connector connectorXML `xml:"connector"`
}

// Read parses a flow's file; an error says that it is none. What the platform would have against it is told by Check.
func Read(source []byte) (*Flow, error) {
	if len(source) > mostBytes {
		return nil, fmt.Errorf("a flow may have %d bytes at most", mostBytes)
	}
	var x file
	if err := xml.Unmarshal(source, &x); err != nil {
		return nil, fmt.Errorf("read flow: %w", err)
	}
	f := &Flow{
		Label: strings.TrimSpace(x.Label), Description: strings.TrimSpace(x.Description), InterviewLabel: strings.TrimSpace(x.InterviewLabel), ProcessType: strings.TrimSpace(x.ProcessType),
		Status: strings.TrimSpace(x.Status), APIVersion: x.APIVersion, Restricted: x.Restricted, Start: x.Start.Connector.target(),
		variables: map[string]Variable{}, choices: map[string]Choice{}, constants: map[string]Value{}, texts: map[string]string{}, formulas: map[string]string{}, others: map[string]string{},
		byName: map[string]element{}, fields: map[string]field{},
	}
	if f.Start == "" {
		f.Start = strings.TrimSpace(x.First)
	}
	if f.ProcessType == "" {
		f.ProcessType = "AutoLaunchedFlow"
	}
	if f.Status == "" {
		f.Status = "Draft"
	}
	f.resources(&x)
	f.steps(&x)
	f.elements = sorted(f.byName)
	if n := len(f.elements) + len(f.fields) + len(f.variables); n > mostElements {
		return nil, fmt.Errorf("a flow may have %d elements at most", mostElements)
	}
	return f, nil
}

func (c connectorXML) target() string { return strings.TrimSpace(c.Target) }

// problem notes what is wrong with the file.
func (f *Flow) problem(element, format string, args ...any) {
	f.missing = append(f.missing, Problem{element, fmt.Sprintf(format, args...)})
}

// free wants a name to be there and to be its own.
func (f *Flow) free(name string) bool {
	if name == "" {
		f.problem("", "Required field is missing: name")
		return false
	}
	_, variable := f.variables[name]
	_, choice := f.choices[name]
	_, constant := f.constants[name]
	_, text := f.texts[name]
	_, formula := f.formulas[name]
	_, other := f.others[name]
	_, element := f.byName[name]
	_, field := f.fields[name]
	if variable || choice || constant || text || formula || other || element || field {
		f.problem(name, "duplicate developer name: %s", name)
		return false
	}
	return true
}

func (f *Flow) resources(x *file) {
	for _, v := range x.Variables {
		if name := strings.TrimSpace(v.Name); f.free(name) {
			kind := strings.TrimSpace(v.Type)
			if kind == "" {
				f.problem(name, "Required field is missing: dataType")
			}
			f.variables[name] = Variable{name, kind, strings.TrimSpace(v.Object), v.Collection, v.Input, v.Output, f.operand(name, v.Value)}
		}
	}
	for _, c := range x.Choices {
		if name := strings.TrimSpace(c.Name); f.free(name) {
			f.choices[name] = Choice{name, c.Text, f.operand(name, c.Value)}
		}
	}
	for _, c := range x.Constants {
		if name := strings.TrimSpace(c.Name); f.free(name) {
			f.constants[name] = f.operand(name, c.Value).value
		}
	}
	for _, t := range x.Texts {
		if name := strings.TrimSpace(t.Name); f.free(name) {
			f.texts[name] = t.Text
		}
	}
	for _, t := range x.Formulas {
		if name := strings.TrimSpace(t.Name); f.free(name) {
			f.formulas[name] = t.Expression
		}
	}
	for kind, list := range map[string][]nodeXML{"The choice set": x.ChoiceSets, "The stage": x.Stages} {
		for _, n := range list {
			if name := strings.TrimSpace(n.Name); f.free(name) {
				f.others[name] = kind
			}
		}
	}
}

func (f *Flow) steps(x *file) {
	for _, s := range x.Screens {
		f.add(s.nodeXML, "FlowScreen", func(n node) element { return f.screen(n, s) })
	}
	for _, a := range x.Assignments {
		f.add(a.nodeXML, "FlowAssignment", func(n node) element { return f.assignment(n, a) })
	}
	for _, d := range x.Decisions {
		f.add(d.nodeXML, "FlowDecision", func(n node) element { return f.decision(n, d) })
	}
	for _, r := range x.Lookups {
		f.add(r.nodeXML, "FlowRecordLookup", func(n node) element { return f.lookup(n, r) })
	}
	for _, r := range x.Creates {
		f.add(r.nodeXML, "FlowRecordCreate", func(n node) element { return f.create(n, r) })
	}
	for _, r := range x.Updates {
		f.add(r.nodeXML, "FlowRecordUpdate", func(n node) element { return f.update(n, r) })
	}
	kept := map[string][]keptXML{
		"FlowRecordDelete": x.Deletes, "FlowRecordRollback": x.Rollbacks, "FlowLoop": x.Loops, "FlowSubflow": x.Subflows, "FlowActionCall": x.Actions, "FlowApexPluginCall": x.Plugins,
		"FlowWait": x.Waits, "FlowCollectionProcessor": x.Processors, "FlowTransform": x.Transforms, "FlowCustomError": x.CustomErrors, "FlowStep": x.Steps,
	}
	for _, kind := range slices.Sorted(maps.Keys(kept)) {
		for _, k := range kept[kind] {
			f.add(k.nodeXML, kind, func(n node) element { return keptOf(n, k) })
		}
	}
}

// add keeps an element under its name.
func (f *Flow) add(x nodeXML, kind string, make func(node) element) {
	n := node{strings.TrimSpace(x.Name), strings.TrimSpace(x.Label), kind}
	switch {
	case !f.free(n.name):
		return
	case n.label == "":
		f.problem(n.name, "Required field is missing: label")
	case x.X == nil:
		f.problem(n.name, "Required field is missing: locationX")
	case x.Y == nil:
		f.problem(n.name, "Required field is missing: locationY")
	}
	f.byName[n.name] = make(n)
}

// operand reads a value; a constant that is none of its type is a problem of the element.
func (f *Flow) operand(of string, x valueXML) operand {
	typed := func(text *string, kind string) operand {
		v, ok := TextOf(*text).as(kind)
		if !ok {
			f.problem(of, "'%.40s' is not a valid value for the type xsd:%s", *text, strings.ToLower(kind))
		}
		return operand{given: true, value: v}
	}
	switch {
	case strings.TrimSpace(x.Reference) != "":
		return operand{given: true, name: strings.TrimSpace(x.Reference)}
	case x.Text != nil:
		return operand{given: true, value: TextOf(*x.Text)}
	case x.Number != nil:
		return typed(x.Number, "Number")
	case x.Boolean != nil:
		return typed(x.Boolean, "Boolean")
	case x.Date != nil:
		return typed(x.Date, "Date")
	case x.DateTime != nil:
		return typed(x.DateTime, "DateTime")
	}
	return operand{}
}
