// Package flow is the flow language: what happens on an event of the contact centre or of the console, without code.
//
// Read first: Document, Compile, Run, Block. It is pure: it knows no HTTP, no SQL and no browser; what a block asks of the world goes
// through Host.
package flow

// Port is the name of a way out of a block.
type Port string

// The ports there are.
const (
	Done    Port = "done"
	Success Port = "success"
	Failure Port = "failure"
	Unknown Port = "unknown" // begun and interrupted: whether it happened is not known
	True    Port = "true"
	False   Port = "false"
	Each    Port = "each"  // ours: a loop goes round once more
	Error   Port = "error" // ours: what cannot fail leaves by it if it did all the same
)

// ActionID names an action within its flow; opaque text.
type ActionID string

// Program is a flow that can run: a directed graph of actions. It is made by Compile and never changed. Source: flows that the original
// adapter exported.
type Program struct {
	Name    string   // shown in logs; may be empty
	Actions []Action // in the order of the file, which means nothing
	start   ActionID
	calls   []string // names of flows, each once
	byID    map[ActionID]int
}

// Action is one block of a flow with its inputs and its ways on.
type Action struct {
	ID       ActionID
	Type     string
	Title    string            // given by a person; may be empty
	Controls map[string]Value  // inputs by name, unset ones left out
	Ports    map[Port]ActionID // one target each; a port that is not wired is absent
	block    *Block            // nil if this version has none of the type
}

// Unmapped says whether the action's type is no block that is known here. Such a flow may be kept, and not be activated.
func (a Action) Unmapped() bool { return a.block == nil }

// Block is the action's kind; nil if it is unmapped. It must not be changed.
func (a Action) Block() *Block { return a.block }

// Calls names the flow that the action calls; "" if it calls none, or none that is named as it is.
func (a Action) Calls() string {
	if a.block == nil || a.block.Calls == "" {
		return ""
	}
	name, _ := a.Controls[a.block.Calls].Plain().(string)
	if IsExpression(name) {
		return ""
	}
	return name
}

// PortNames are the ports by which the action can leave: its block's, and those that its own controls name.
func (a Action) PortNames() []string {
	if a.block == nil {
		return nil
	}
	names := a.block.PortNames()
	if more, ok := a.Controls[a.block.PortsFrom].Plain().(map[string]any); ok && a.block.PortsFrom != "" {
		names = append(names, SortedKeys(more)...)
	}
	return names
}

// Label is what people call the action: its title, else its block's label, else its type.
func (a Action) Label() string {
	switch {
	case a.Title != "":
		return a.Title
	case a.block != nil:
		return a.block.Label
	}
	return a.Type
}

// At is an action by its id; nil if there is none.
func (p Program) At(id ActionID) *Action {
	if i, known := p.byID[id]; known {
		return &p.Actions[i]
	}
	return nil
}

// Start is the id of the action where runs begin; "" if the program is broken.
func (p Program) Start() ActionID { return p.start }

// Calls are the flows that the program may call, as it names them: by name or id. It must not be changed.
func (p Program) Calls() []string { return p.calls }

// ContactPaths are what expressions can read of the contact: the names after $.contact, and those after parsedNumber.
func ContactPaths() (names, ofNumber []string) {
	tree := Contact{}.tree("")
	return append(SortedKeys(tree), "parsedNumber"), SortedKeys(parsedNumber)
}
