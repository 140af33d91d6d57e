package flow

import (
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tailscale/hujson"
)

// MaxScript is how many characters (UTF-16 units) the CRM's field of a flow holds.
const MaxScript = 131_072

// Compile makes a program of a flow and says what is wrong with it. With a finding that is an error the program must not run. A type
// that is in no table is no error: it compiles as unmapped, and fails when it is reached.
func Compile(d Document, blocks Blocks) (Program, []Finding) {
	if d.root == nil { // a document that nobody read
		return Program{}, []Finding{{Severity: SeverityError, Code: CodeNoActions}}
	}
	c := compiler{blocks: blocks, program: Program{byID: map[ActionID]int{}}}
	c.whole(d)
	list, ok := actionsOf(d)
	switch {
	case !ok:
		c.find(Finding{Severity: SeverityError, Code: CodeNoActions})
		return Program{}, c.findings
	case len(list) > MaxActions:
		c.find(Finding{Severity: SeverityError, Code: CodeManyActions,
			Args: Args("n", strconv.Itoa(len(list)), "most", strconv.Itoa(MaxActions))})
		return Program{}, c.findings
	}
	for i := range list {
		c.action(i, &list[i])
	}
	if c.program.start == "" {
		c.find(Finding{Severity: SeverityError, Code: CodeNoStart})
	}
	for _, a := range c.program.Actions {
		c.check(a)
	}
	if Broken(c.findings) != nil {
		c.program.start = ""
	}
	return c.program, c.findings
}

// actionsOf is a file's list of actions; false if it has none.
func actionsOf(d Document) ([]hujson.Value, bool) {
	v := member(d.root, "actions")
	if v == nil {
		return nil, false
	}
	list, ok := v.Value.(*hujson.Array)
	if !ok {
		return nil, false
	}
	return list.Elements, true
}

type compiler struct {
	blocks   Blocks
	program  Program
	findings []Finding
}

func (c *compiler) find(f Finding) { c.findings = append(c.findings, f) }

// whole looks at the file as a whole.
func (c *compiler) whole(d Document) {
	c.program.Name, _ = textOf(member(d.root, "name"))
	if !utf8.Valid(d.text) {
		c.find(Finding{Severity: SeverityWarning, Code: CodeTextDamaged})
	}
	if n := len(utf16.Encode([]rune(string(d.text)))); n > MaxScript {
		c.find(Finding{Severity: SeverityWarning, Code: CodeLong, Args: Args("n", strconv.Itoa(n), "most", strconv.Itoa(MaxScript))})
	}
	if key, twice := repeated(&hujson.Value{Value: d.root}); twice {
		c.find(Finding{Severity: SeverityWarning, Code: CodeKeyTwice, Args: Args("key", key)})
	}
}

// action adds one action as far as it is one.
func (c *compiler) action(i int, v *hujson.Value) {
	n := Args("n", strconv.Itoa(i+1))
	object, ok := v.Value.(*hujson.Object)
	if !ok {
		c.find(Finding{Severity: SeverityError, Code: CodeActionShape, Args: n})
		return
	}
	text, ok := textOf(member(object, "id"))
	if !ok || text == "" {
		c.find(Finding{Severity: SeverityError, Code: CodeNoID, Args: n})
		return
	}
	a := Action{ID: ActionID(text), Controls: map[string]Value{}, Ports: map[Port]ActionID{}}
	if _, twice := c.program.byID[a.ID]; twice {
		c.find(Finding{Severity: SeverityError, Code: CodeIDTwice, Action: a.ID})
		return
	}
	if a.Type, ok = textOf(member(object, "type")); !ok || a.Type == "" {
		c.find(Finding{Severity: SeverityError, Code: CodeNoType, Action: a.ID})
	}
	a.block = c.blocks.Of(a.Type)
	a.Title = c.title(a.ID, object)
	c.controls(a, member(object, "controls"))
	c.ports(a, member(object, "ports"))
	if a.Type == Start.Type {
		if c.program.start != "" {
			c.find(Finding{Severity: SeverityError, Code: CodeStartTwice, Action: a.ID, Args: Args("first", string(c.program.start))})
		} else {
			c.program.start = a.ID
		}
	}
	if name := a.Calls(); name != "" && !slices.Contains(c.program.calls, name) {
		c.program.calls = append(c.program.calls, name)
	}
	c.program.byID[a.ID] = len(c.program.Actions)
	c.program.Actions = append(c.program.Actions, a)
}

// title reads what only the editor wants; nothing of it keeps a flow from running.
func (c *compiler) title(id ActionID, object *hujson.Object) string {
	meta, isObject := objectOf(member(object, "meta"))
	given := member(meta, "title")
	title, isText := textOf(given)
	if !isObject || given != nil && !isText && !isNull(given) || !isPosition(member(object, "position")) {
		c.find(Finding{Severity: SeverityWarning, Code: CodeMetaShape, Action: id})
	}
	return title
}

func isPosition(v *hujson.Value) bool {
	if v == nil || isNull(v) {
		return true
	}
	pair, ok := v.Value.(*hujson.Array)
	if !ok || len(pair.Elements) != 2 {
		return false
	}
	for _, e := range pair.Elements {
		if n, ok := e.Value.(hujson.Literal); !ok || n.Kind() != '0' {
			return false
		}
	}
	return true
}

func (c *compiler) controls(a Action, v *hujson.Value) {
	object, ok := objectOf(v)
	if !ok {
		c.find(Finding{Severity: SeverityError, Code: CodeControlsShape, Action: a.ID})
		return
	}
	members(object, func(name string, v *hujson.Value) {
		plain, fits := plainOf(v)
		if !fits {
			c.find(Finding{Severity: SeverityError, Code: CodeNumberLarge, Action: a.ID, Control: name})
			return
		}
		if value := valueOf(plain); !value.unset() {
			a.Controls[name] = value
		}
	})
}

func (c *compiler) ports(a Action, v *hujson.Value) {
	object, ok := objectOf(v)
	if !ok {
		c.find(Finding{Severity: SeverityError, Code: CodePortsShape, Action: a.ID})
		return
	}
	members(object, func(name string, v *hujson.Value) {
		target, isText := textOf(v)
		switch {
		case !isText && !isNull(v):
			c.find(Finding{Severity: SeverityError, Code: CodeTargetShape, Action: a.ID, Port: Port(name)})
		case target != "":
			a.Ports[Port(name)] = ActionID(target)
		}
	})
}

// check looks at an action among the others: where its ports lead, and whether its block has what it names.
func (c *compiler) check(a Action) {
	for _, port := range SortedKeys(a.Ports) {
		if c.program.At(a.Ports[port]) == nil {
			c.find(Finding{Severity: SeverityError, Code: CodeTargetUnknown, Action: a.ID, Port: port, Args: Args("target", string(a.Ports[port]))})
		}
	}
	if a.block == nil {
		c.find(Finding{Severity: SeverityWarning, Code: CodeUnmapped, Action: a.ID, Args: Args("type", a.Type)})
		return
	}
	if a.block.Waits != "" {
		c.find(Finding{Severity: SeverityWarning, Code: CodeWaits, Action: a.ID, Args: Args("label", a.block.Label, "what", a.block.Waits)})
	}
	for _, name := range SortedKeys(a.Controls) {
		if a.block.Input(name) == nil {
			c.find(Finding{Severity: SeverityWarning, Code: CodeControlUnknown, Action: a.ID, Control: name,
				Args: Args("label", a.block.Label, "suggestion", Nearest(name, a.block.InputNames()))})
		}
	}
	for _, port := range SortedKeys(a.Ports) {
		if !a.block.HasPort(port) && !slices.Contains(a.PortNames(), string(port)) {
			c.find(Finding{Severity: SeverityWarning, Code: CodePortUnknown, Action: a.ID, Port: port,
				Args: Args("label", a.block.Label, "suggestion", Nearest(string(port), a.PortNames()))})
		}
	}
}
