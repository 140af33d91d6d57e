package metadata

import (
	_ "embed" // the table of elements
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed elements.txt
var elementTable string

// member is what the table says of one element.
type member struct {
	kind           string // "" for text
	required, many bool
}

// schema is the table, read once: type to its members.
var objects = sync.OnceValue(func() map[string]map[string]member {
	types := map[string]map[string]member{}
	for line := range strings.Lines(elementTable) {
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "- "))
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		members := map[string]member{}
		for _, w := range words[1:] {
			name, kind, _ := strings.Cut(w, ":")
			plain := strings.TrimRight(name, "!*")
			members[plain] = member{kind: kind, required: strings.HasSuffix(name, "!"), many: strings.HasSuffix(name, "*")}
		}
		types[words[0]] = members
	}
	return types
})

// checkElement compares a component with what its type may hold. Types that the table does not know are taken as they are.
func checkElement(e *element, kind string) error {
	members, known := objects()[kind]
	if !known {
		return nil
	}
	seen := map[string]bool{}
	for _, k := range e.kids {
		m, ok := members[k.name]
		switch {
		case k.name == "fullName":
			continue
		case !ok:
			return &problem{fmt.Sprintf("Error parsing file: Element {%s}%s invalid at this location in type %s", namespace,
				k.name, kind), k.line, k.column}
		case seen[k.name] && !m.many:
			return &problem{fmt.Sprintf("Error parsing file: Element %s is duplicated at this location in type %s", k.name, kind), k.line, k.column}
		}
		seen[k.name] = true
		if err := checkText(k, m); err != nil {
			return err
		}
		if err := checkElement(k, m.kind); err != nil {
			return err
		}
	}
	for name, m := range members {
		// The platform takes a missing right for none.
		if m.required && !seen[name] && m.kind != "boolean" && name != "content" {
			return &problem{"Required field is missing: " + name, e.line, e.column}
		}
	}
	return nil
}

func checkText(e *element, m member) error {
	text := strings.TrimSpace(e.text)
	switch m.kind {
	case "boolean":
		if text != "true" && text != "false" && text != "1" && text != "0" {
			return &problem{fmt.Sprintf("Error parsing file: '%.40s' is not a valid value for the type xsd:boolean", text), e.line, e.column}
		}
	case "number":
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return &problem{fmt.Sprintf("Error parsing file: '%.40s' is not a valid value for the type xsd:double", text), e.line, e.column}
		}
	case "":
		if len(e.kids) > 0 {
			return &problem{fmt.Sprintf("Error parsing file: Element %s must hold text", e.name), e.kids[0].line, e.kids[0].column}
		}
	}
	return nil
}
