package screenflow

import (
	"regexp"
	"strings"
)

// reference is a value that an element names; sets says that it is written.
type reference struct {
	path string
	sets bool
	// condition says that the platform's own sentence for conditions applies.
	condition bool
	// formula says the same of a text with merge fields.
	formula bool
}

// operand is a value in a flow's file: a constant, a text with merge fields, or another value's name.
type operand struct {
	given bool
	name  string // of another value
	value Value
}

var mergeField = regexp.MustCompile(`\{!([^{}]*)\}`)

// references are the names in an operand.
func (o operand) references() []reference {
	if o.name != "" {
		return []reference{{path: o.name}}
	}
	if o.value.Kind == Text {
		return merges(o.value.Text)
	}
	return nil
}

// merges are the names in a text.
func merges(text string) []reference {
	var all []reference
	for _, found := range mergeField.FindAllStringSubmatch(text, -1) {
		all = append(all, reference{path: strings.TrimSpace(found[1]), formula: true})
	}
	return all
}

// words is an operand as a person reads it.
func (o operand) words() string {
	switch {
	case o.name != "":
		return "{!" + o.name + "}"
	case !o.given || o.value.Kind == Null:
		return "nothing"
	case o.value.Kind == Text:
		return `"` + o.value.Text + `"`
	}
	return o.value.String()
}

// of is what the operand is worth now.
func (t *turn) of(o operand) (Value, error) {
	if o.name != "" {
		return t.get(o.name)
	}
	if o.value.Kind == Text && strings.Contains(o.value.Text, "{!") {
		text, err := t.merge(o.value.Text)
		return TextOf(text), err
	}
	return o.value, nil
}

// longest bounds a text that merging makes, in bytes.
const longest = 100_000

// merge puts values into a text.
func (t *turn) merge(text string) (string, error) {
	var failed error
	out := mergeField.ReplaceAllStringFunc(text, func(found string) string {
		if failed != nil {
			return ""
		}
		v, err := t.get(strings.TrimSpace(found[2 : len(found)-1]))
		if err != nil {
			failed = err
		}
		return v.String()
	})
	if len(out) > longest {
		return "", faultf("The text is too long.")
	}
	return out, failed
}

// get is the value of a path such as caller.LastName.
func (t *turn) get(path string) (Value, error) {
	if t.read++; t.read > mostReads {
		return Value{}, faultf("The flow reads too many values at once.")
	}
	root, rest, deeper := strings.Cut(path, ".")
	if strings.HasPrefix(root, "$") {
		return t.global(root, rest)
	}
	v, err := t.named(root)
	for deeper && err == nil && v.Kind != Null {
		if v.Kind != Single {
			return Value{}, faultf("The flow failed to access the value for %s because it isn't a record.", path)
		}
		var name string
		name, rest, deeper = strings.Cut(rest, ".")
		v = v.Record.Get(name)
	}
	return v, err
}

// named is a resource's own value.
func (t *turn) named(root string) (Value, error) {
	f := t.i.flow
	if v, set := t.i.values[root]; set {
		return v, nil
	}
	if v, ok := f.constants[root]; ok {
		return v, nil
	}
	if c, ok := f.choices[root]; ok {
		return t.of(c.Value)
	}
	if t.deep > mostNested {
		return Value{}, faultf("The flow failed to access the value for %s because it refers to itself.", root)
	}
	if text, ok := f.texts[root]; ok {
		t.deep++
		defer func() { t.deep-- }()
		merged, err := t.merge(text)
		return TextOf(merged), err
	}
	if expression, ok := f.formulas[root]; ok {
		whole := mergeField.FindStringSubmatch(strings.TrimSpace(expression))
		if whole == nil || whole[0] != strings.TrimSpace(expression) {
			return Value{}, faultf("The formula %s can't be evaluated in this org: formulas other than one merge field aren't supported.", root)
		}
		t.deep++
		defer func() { t.deep-- }()
		return t.get(strings.TrimSpace(whole[1]))
	}
	if kind, ok := f.others[root]; ok {
		return Value{}, faultf("%s %s can't be used in this org.", kind, root)
	}
	return Value{}, nil // a variable, a field or an element's output that was not set yet
}

// mostNested bounds templates within templates, mostReads what is read on the way to one screen.
const (
	mostNested = 20
	mostReads  = 100_000
)

// global is a value of the interview or of who runs it.
func (t *turn) global(root, name string) (Value, error) {
	switch {
	case root == "$Flow" && name == "FaultMessage":
		return TextOf(t.i.fault), nil
	case root == "$Flow" && name == "InterviewGuid":
		return TextOf(t.i.id), nil
	case root == "$Flow" && name == "CurrentDate":
		return Value{Kind: Date, Text: t.now.Format("2006-01-02")}, nil
	case root == "$Flow" && name == "CurrentDateTime":
		return Value{Kind: DateTime, Text: t.now.Format("2006-01-02T15:04:05Z07:00")}, nil
	case root == "$User":
		return t.i.user.Get(name), nil
	}
	return Value{}, faultf("%s.%s can't be used in this org.", root, name)
}

// holds says whether a value is of a variable's shape: records, one record, or anything else. Nothing fits all.
func (v Variable) holds(value Value) bool {
	switch value.Kind {
	case Null:
		return true
	case List:
		return v.Collection
	case Single:
		return v.Type == "SObject" && !v.Collection
	}
	return v.Type != "SObject" && !v.Collection
}

// set gives a variable, or a field of a record variable, a value.
func (t *turn) set(path string, v Value) error {
	root, name, deeper := strings.Cut(path, ".")
	declared, ok := t.i.flow.variables[root]
	if !ok {
		return faultf("The flow has no variable %s.", root)
	}
	if !deeper {
		if !declared.holds(v) {
			return faultf("The flow failed to set the variable %s: the value is of another type.", root)
		}
		fits, ok := v.as(declared.Type)
		if !ok {
			return faultf("The flow failed to set the variable %s: %q is no %s.", root, v.String(), declared.Type)
		}
		t.i.values[root] = fits
		return nil
	}
	if declared.Type != "SObject" || strings.Contains(name, ".") {
		return faultf("The flow failed to set %s.", path)
	}
	record := t.i.values[root].Record
	record.Object = declared.Object
	t.i.values[root] = Value{Kind: Single, Record: record.with(name, v)}
	return nil
}
