package flow

import (
	"strings"

	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Origin is where a part of a text comes from.
type Origin string

// The origins. Only Literal is what the administrator wrote into the flow; everything else may be anybody's words.
const (
	Literal       Origin = "literal"
	FromPayload   Origin = "payload"   // of the event: what somebody clicked or typed
	FromAttribute Origin = "attribute" // of the contact: what a caller said or typed, or a contact flow set
	FromContact   Origin = "contact"
	FromAgent     Origin = "agent"
	FromRecord    Origin = "record" // a field of the CRM
	FromBlock     Origin = "block"  // another block's result, whatever that was made of
)

// Part is a piece of a text: the administrator's own words, or a value from somewhere else.
type Part struct {
	Value  any    `json:"value"` // of a literal its text
	Origin Origin `json:"origin"`
}

// Text is the part as it stands in the text, as JavaScript writes it.
func (p Part) Text() string { return js.Text(p.Value) }

// Template is a text that still knows what it is made of. Whoever compiles it into another language, such as a query, takes only literal
// parts as that language's words.
type Template []Part

// String is the text.
func (t Template) String() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Text())
	}
	return b.String()
}

// perPart is what JSON spends on a part beside its value, about.
const perPart = 40

func (t Template) measure(m *meter) {
	for _, p := range t {
		m.take(perPart)
		m.add(p.Value)
	}
}

// made is of what an input is made; nothing is the administrator's own words.
type made struct {
	origin  Origin
	parts   Template        // of a text that a block made of parts
	members map[string]made // of a map that the administrator wrote
}

// Template is an input as the parts of which it is made; nil if unset.
func (v Values) Template(name string) Template { return v.made(name).template(v.given[name]) }

// Member is a member of an input that is a map, as the parts of which it is made; nil if it is unset.
func (v Values) Member(name, key string) Template {
	given, ok := v.given[name].(map[string]any)
	if !ok {
		return nil
	}
	m := v.made(name)
	if m.members == nil {
		return made{origin: m.origin}.template(given[key]) // all of it came from there
	}
	return m.members[key].template(given[key])
}

func (v Values) made(name string) made {
	if v.action == nil {
		return made{}
	}
	return madeOf(v.action.Controls[name].node, v.scope)
}

func (m made) template(value any) Template {
	switch {
	case value == nil:
		return nil
	case m.parts != nil:
		return m.parts
	case m.origin == "":
		return Template{{Value: value, Origin: Literal}}
	}
	return Template{{Value: value, Origin: m.origin}}
}

// madeOf says where a node's value comes from; nothing where it is written in the flow as it is.
func madeOf(node any, s *scope) (m made) {
	switch node := node.(type) {
	case path:
		return s.madeBy(node.steps)
	case mapNode:
		m.members = make(map[string]made, len(node))
		for key, inner := range node {
			m.members[key] = madeOf(inner, s)
		}
	case list:
		m.origin = FromBlock // from several places, which nobody tells apart
	}
	return m
}

// madeBy says where a path leads.
func (s *scope) madeBy(steps []string) made {
	if len(steps) == 0 {
		return made{origin: FromBlock}
	}
	switch steps[0] {
	case "payload":
		return made{origin: FromPayload}
	case "agent":
		return made{origin: FromAgent}
	case "contact":
		if len(steps) > 1 && steps[1] == "attributes" {
			return made{origin: FromAttribute}
		}
		return made{origin: FromContact}
	case "actions":
		return s.madeByAction(steps[1:])
	}
	return made{origin: FromBlock}
}

// madeByAction finds the parts of a text that a block made, if the path leads to exactly that.
func (s *scope) madeByAction(steps []string) made {
	if len(steps) == 0 {
		return made{origin: FromBlock}
	}
	i, known := s.program.byID[ActionID(steps[0])]
	if !known || s.latest[i] == 0 {
		return made{origin: FromBlock}
	}
	step := &(*s.steps)[s.latest[i]-1]
	if len(steps) == 3 && steps[1] == "results" && step.Made != nil {
		if result, ok := step.Result.(map[string]any); ok && result[steps[2]] == any(step.Made.String()) {
			return made{origin: FromBlock, parts: step.Made}
		}
	}
	if block := s.program.Actions[i].block; block != nil && block.Place == InCRM {
		return made{origin: FromRecord}
	}
	return made{origin: FromBlock}
}
