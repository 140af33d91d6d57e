package aura

import (
	"slices"
	"strings"
)

// Definition is what the console's host needs to run a component.
type Definition struct {
	Name       string            `json:"name"`
	Label      string            `json:"label"` // of the design file; the name if it has none
	Attributes []Attribute       `json:"attributes"`
	Handlers   []Handler         `json:"handlers"`
	Body       []*Node           `json:"body"`
	Scripts    []string          `json:"scripts"` // controller, helper, renderer: those that there are
	Styled     bool              `json:"styled"`
	Design     []DesignAttribute `json:"design"`
	// Anywhere says whether App Builder offers the component for a utility bar.
	Anywhere bool `json:"anywhere"`
	// Background says whether it may run without being shown.
	Background bool `json:"background"`
}

// Attribute is an attribute of a component.
type Attribute struct {
	Name       string `json:"name"`
	Type       string `json:"type"`
	Default    string `json:"default"`
	HasDefault bool   `json:"hasDefault"`
}

// Handler is what a component does at an event: one of its own life, or an application event.
type Handler struct {
	Name   string `json:"name"`
	Event  string `json:"event"`
	Action string `json:"action"`
	Value  string `json:"value"`
}

// DesignAttribute is an attribute that App Builder lets people set.
type DesignAttribute struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	Type     string `json:"type"`
	Default  string `json:"default"`
	Required bool   `json:"required"`
}

// Define reads a bundle that Check has found good.
func Define(b Bundle) (Definition, error) {
	source, _ := b.file(markup)
	root, err := parse(b.Name+markup, source)
	if err != nil {
		return Definition{}, err
	}
	d := Definition{Name: b.Name, Attributes: []Attribute{}, Handlers: []Handler{}, Body: []*Node{}, Scripts: []string{},
		Anywhere: implements(root, anywhere), Background: implements(root, background)}
	known := map[string]bool{"body": true}
	for _, name := range implemented(root) {
		for _, given := range interfaces[name] {
			known[given] = true
			d.Attributes = append(d.Attributes, Attribute{Name: given, Type: "String"})
		}
	}
	for _, n := range root.Children {
		switch n.Name {
		case "aura:attribute":
			value, has := n.Attributes["default"]
			name := n.Attributes["name"]
			known[name] = true
			d.Attributes = slices.DeleteFunc(d.Attributes, func(a Attribute) bool { return a.Name == name }) // an interface's
			d.Attributes = append(d.Attributes, Attribute{name, n.Attributes["type"], value, has})
		case "aura:handler":
			d.Handlers = append(d.Handlers, Handler{n.Attributes["name"], n.Attributes["event"], n.Attributes["action"], n.Attributes["value"]})
		default:
			d.Body = append(d.Body, n)
		}
	}
	for _, which := range []string{"controller", "helper", "renderer"} {
		if _, ok := b.Script(which); ok {
			d.Scripts = append(d.Scripts, which)
		}
	}
	_, d.Styled = b.file(style)
	designed, err := readDesign(b, known)
	d.Label, d.Design = designed.label, designed.attributes
	for i, a := range d.Design {
		j := slices.IndexFunc(d.Attributes, func(own Attribute) bool { return own.Name == a.Name })
		if j >= 0 {
			d.Design[i].Type = d.Attributes[j].Type
		}
		if j >= 0 && a.Default == "" {
			d.Design[i].Default = d.Attributes[j].Default
		}
	}
	return d, err
}

type designed struct {
	label      string
	attributes []DesignAttribute
}

// readDesign reads the design file, which may be missing; known are the component's attributes.
func readDesign(b Bundle, known map[string]bool) (designed, error) {
	out := designed{label: b.Name, attributes: []DesignAttribute{}}
	source, ok := b.file(design)
	if !ok {
		return out, nil
	}
	file := b.Name + design
	root, err := parse(file, source)
	if err != nil {
		return out, err
	}
	if root.Name != "design:component" {
		return out, at(file, root, "The root of a design file must be <design:component>, not <%s>: Source", root.Name)
	}
	if label := root.Attributes["label"]; label != "" {
		out.label = label
	}
	for _, n := range root.Children {
		name := n.Attributes["name"]
		switch {
		case !strings.HasPrefix(n.Name, "design:") && !strings.HasPrefix(n.Name, "sfdc:"):
			return out, at(file, n, "No COMPONENT named markup://%s found : [markup://c:%s]", n.Name, b.Name)
		case n.Name != "design:attribute":
			continue
		case !known[name]:
			return out, at(file, n, "The attribute %q was not found on the COMPONENT markup://c:%s: Source", name, b.Name)
		}
		label := n.Attributes["label"]
		if label == "" {
			label = name
		}
		out.attributes = append(out.attributes, DesignAttribute{Name: name, Label: label, Default: n.Attributes["default"],
			Required: n.Attributes["required"] == "true"})
	}
	return out, nil
}
