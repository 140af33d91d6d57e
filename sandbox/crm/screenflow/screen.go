package screenflow

import (
	"slices"
	"strings"
)

type fieldXML struct {
	Name          string     `xml:"name"`
	Kind          string     `xml:"fieldType"`
	Type          string     `xml:"dataType"`
	Text          string     `xml:"fieldText"`
	Help          string     `xml:"helpText"`
	Required      bool       `xml:"isRequired"`
	Default       valueXML   `xml:"defaultValue"`
	DefaultChoice string     `xml:"defaultSelectedChoiceReference"`
	Choices       []string   `xml:"choiceReferences"`
	Component     string     `xml:"extensionName"`
	Fields        []fieldXML `xml:"fields"`
	Validation    *struct{}  `xml:"validationRule"`
	Visibility    *struct {
		Conditions []conditionXML `xml:"conditions"`
	} `xml:"visibilityRule"`
}

type screenXML struct {
	nodeXML
	Back       *bool        `xml:"allowBack"`
	Finish     *bool        `xml:"allowFinish"`
	BackLabel  string       `xml:"backButtonLabel"`
	NextLabel  string       `xml:"nextOrFinishButtonLabel"`
	Help       string       `xml:"helpText"`
	ShowHeader *bool        `xml:"showHeader"`
	Connector  connectorXML `xml:"connector"`
	Fields     []fieldXML   `xml:"fields"`
	Rules      []struct{}   `xml:"rules"`
}

// screen is what a person fills in.
type screen struct {
	node
	back, finish, header       bool
	backLabel, nextLabel, help string
	next                       string
	fields                     []field // sections laid flat
	unfit                      string  // why the screen can't be shown; "" if it can
}

// field is a component of a screen.
type field struct {
	name, kind, dataType string
	text, help           string // templates
	required             bool
	first                operand // the default value
	firstChoice          string
	choices              []string
}

func (f field) asks() bool { return f.kind != "DisplayText" }

func (f field) chooses() bool { return f.kind == "RadioButtons" || f.kind == "DropdownBox" }

func (f *Flow) screen(n node, x screenXML) element {
	s := screen{node: n, back: x.Back == nil || *x.Back, finish: x.Finish == nil || *x.Finish, header: x.ShowHeader == nil || *x.ShowHeader,
		backLabel: strings.TrimSpace(x.BackLabel), nextLabel: strings.TrimSpace(x.NextLabel), help: x.Help, next: x.Connector.target()}
	if len(x.Rules) > 0 {
		s.unfit = "screen rules"
	}
	f.flat(&s, x.Fields, 0)
	return s
}

const deepestSection = 10

// flat takes the fields of sections and their columns out.
func (f *Flow) flat(s *screen, fields []fieldXML, depth int) {
	if depth > deepestSection {
		f.problem(s.name, "The sections of a screen are nested too deeply")
		return
	}
	for _, x := range fields {
		kind := strings.TrimSpace(x.Kind)
		name := strings.TrimSpace(x.Name)
		if x.Visibility != nil && len(x.Visibility.Conditions) > 0 {
			s.unfit = "component visibility (" + name + ")"
		}
		if x.Validation != nil {
			s.unfit = "input validation formulas (" + name + ")"
		}
		if kind == "RegionContainer" || kind == "Region" {
			f.flat(s, x.Fields, depth+1)
			continue
		}
		if !f.free(name) {
			continue
		}
		one := field{name: name, kind: kind, dataType: strings.TrimSpace(x.Type), text: x.Text, help: x.Help, required: x.Required, first: f.operand(s.name, x.Default), firstChoice: strings.TrimSpace(x.DefaultChoice)}
		for _, c := range x.Choices {
			one.choices = append(one.choices, strings.TrimSpace(c))
		}
		if !one.shown() {
			s.unfit = strings.TrimSpace("components like " + name + " (" + strings.TrimSpace(kind+" "+x.Component) + ")")
		}
		f.fields[name] = one
		s.fields = append(s.fields, one)
	}
}

var shownTypes = []string{"String", "Number", "Currency", "Boolean", "Date", "DateTime"}

// shown says whether a field is of a kind that this org shows.
func (f field) shown() bool {
	switch f.kind {
	case "DisplayText", "LargeTextArea", "TextArea":
		return true
	case "InputField", "RadioButtons", "DropdownBox":
		return slices.Contains(shownTypes, f.dataType) || f.chooses() && f.dataType == ""
	}
	return false
}

func (s screen) connectors() []string { return []string{s.next} }

func (s screen) references() []reference {
	all := merges(s.help)
	for _, f := range s.fields {
		all = append(append(append(all, merges(f.text)...), merges(f.help)...), f.first.references()...)
		for _, c := range append(slices.Clone(f.choices), f.firstChoice) {
			if c != "" {
				all = append(all, reference{path: c})
			}
		}
	}
	return all
}

func (s screen) run(*turn) (string, error) { return s.next, nil }

func (s screen) says() string {
	var asked []string
	for _, f := range s.fields {
		if f.asks() {
			asked = append(asked, f.name)
		}
	}
	if len(asked) == 0 {
		return "Show a screen"
	}
	return "Ask for " + strings.Join(asked, ", ")
}

// Screen is a screen as it is to be shown.
type Screen struct {
	Name, Label          string
	Header               bool
	Help                 []Block
	Fields               []Field
	Back, Last           bool // Previous is offered; Finish instead of Next
	BackLabel, NextLabel string
}

// Field is a component as it is to be shown.
type Field struct {
	Name, Kind, Type, Label string
	Help                    string
	Required                bool
	Value                   string // of a choice its name
	Choices                 []Option
	Blocks                  []Block // of a display text
	Error                   string
}

// Option is a choice as it is to be shown.
type Option struct{ Name, Label string }

// show works out a screen; errors are told beside the fields that they are about, and what was typed stands in them.
func (t *turn) show(s screen, typed, errors map[string]string) (Step, error) {
	if s.unfit != "" {
		return Step{}, faultf("Screens with %s aren't shown in this org.", s.unfit)
	}
	out := Screen{Name: s.name, Label: s.label, Header: s.header, Back: s.back && len(t.i.before) > 0, Last: s.next == "", BackLabel: s.backLabel, NextLabel: s.nextLabel}
	if !s.finish && out.Last {
		return Step{}, faultf("The screen %s has no way to go on.", s.name)
	}
	if out.BackLabel == "" {
		out.BackLabel = "Previous"
	}
	if out.NextLabel == "" {
		out.NextLabel = map[bool]string{true: "Finish", false: "Next"}[out.Last]
	}
	var err error
	if out.Help, err = t.rich(s.help); err != nil {
		return Step{}, err
	}
	for _, f := range s.fields {
		shown, err := t.showField(f)
		if err != nil {
			return Step{}, err
		}
		if text, ok := typed[f.name]; ok && f.asks() {
			shown.Value = text
		}
		shown.Error = errors[f.name]
		out.Fields = append(out.Fields, shown)
	}
	return Step{Screen: &out}, nil
}

func (t *turn) showField(f field) (Field, error) {
	out := Field{Name: f.name, Kind: f.kind, Type: f.dataType, Required: f.required}
	label, err := t.rich(f.text)
	if err != nil {
		return out, err
	}
	if !f.asks() {
		out.Blocks = label
		return out, nil
	}
	out.Label = plainText(label)
	help, err := t.rich(f.help)
	if err != nil {
		return out, err
	}
	out.Help = plainText(help)
	for _, name := range f.choices {
		c, ok := t.i.flow.choices[name]
		if !ok {
			_, err := t.named(name) // a set of choices, say
			return out, err
		}
		text, err := t.merge(c.Text)
		if err != nil {
			return out, err
		}
		out.Choices = append(out.Choices, Option{name, text})
	}
	out.Value, err = t.shownValue(f)
	return out, err
}

// shownValue is what stands in a field: what was entered before, else its default.
func (t *turn) shownValue(f field) (string, error) {
	if f.chooses() {
		if chosen, ok := t.i.chosen[f.name]; ok {
			return chosen, nil
		}
		if f.firstChoice != "" {
			return f.firstChoice, nil
		}
	} else if v, ok := t.i.values[f.name]; ok {
		return v.String(), nil
	}
	v, err := t.of(f.first)
	if err != nil || !f.chooses() {
		return v.String(), err
	}
	for _, name := range f.choices { // a default value may name a choice by its value
		if worth, err := t.named(name); err != nil {
			return "", err
		} else if !v.empty() && equal(worth, v) {
			return name, nil
		}
	}
	return "", nil
}

// enter takes what was typed into a screen; texts that are wrong are told by field.
func (t *turn) enter(s screen, typed map[string]string) (map[string]string, error) {
	wrong := map[string]string{}
	for _, f := range s.fields {
		if !f.asks() {
			continue
		}
		text, given := typed[f.name]
		if !given {
			var err error
			if text, err = t.shownValue(f); err != nil {
				return nil, err
			}
		}
		if len(text) > longest {
			wrong[f.name] = "Your entry is too long."
			continue
		}
		v, ok := TextOf(text).as(f.dataType)
		switch {
		case strings.TrimSpace(text) == "" && f.required && f.dataType != "Boolean":
			wrong[f.name] = "Complete this field."
		case f.chooses() && text == "":
			delete(t.i.chosen, f.name)
			t.i.values[f.name] = Value{}
		case f.chooses() && !slices.Contains(f.choices, text):
			wrong[f.name] = "Select a choice of the list."
		case f.chooses():
			worth, err := t.named(text)
			if err != nil {
				return nil, err
			}
			t.i.chosen[f.name], t.i.values[f.name] = text, worth
		case !ok:
			wrong[f.name] = map[string]string{"Date": "Your entry does not match the allowed format.", "DateTime": "Your entry does not match the allowed format."}[f.dataType]
			if wrong[f.name] == "" {
				wrong[f.name] = "Enter a valid value."
			}
		default:
			t.i.values[f.name] = v
		}
	}
	return wrong, nil
}
