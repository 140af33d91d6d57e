package flow

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Kind is what an input takes.
type Kind uint8

// The kinds of input.
const (
	Text Kind = iota
	Bool
	Map
	Any
)

// Place is where a block acts.
type Place string

// The places.
const (
	Anywhere  Place = "anywhere" // it only computes
	InAdapter Place = "adapter"  // it reads what the adapter knows
	InPage    Place = "page"
	InCRM     Place = "CRM"
	InCentre  Place = "contact centre"
	OnWeb     Place = "web service"
)

// Outside says whether what is done there can be seen outside of the adapter.
func (p Place) Outside() bool { return p != Anywhere && p != InAdapter }

// Input is one control of a block.
type Input struct {
	Name     string
	Label    string
	Kind     Kind
	Required bool // an unset one makes the block fail before it runs
	Help     string
	// Secret says of which members of a map journals keep that they were there, and not their values; nil for none.
	Secret func(key string) bool
}

// Block is one kind of action: what the editor shows of it, and what it does.
type Block struct {
	Type     string // as flows name it
	Label    string
	Help     string
	Category string
	Inputs   []Input
	Ports    []Port
	// PortsFrom names the control, a map, whose keys are further ports; "" for none.
	PortsFrom string
	Result    string // what later blocks can read, for people; "" is nothing
	Place     Place
	// Repeatable blocks may act twice without harm. What is not is recorded before it acts.
	Repeatable bool
	// Waits is for what a block waits that cannot act yet, for people, as in “transfers of the sandbox”; "" for one that works.
	Waits string
	// Loop is a block that is reached again and again: Call.Round says how often it went round, and it leaves by Each for another time.
	Loop bool
	// Calls is the input that names a flow which the block has run (Outcome.Enter); "" for none. It stands there as it is.
	Calls string
	Ours  bool // the original adapter has no such block: a flow with it cannot go there
	// Run does the work. *Refused, ErrUnknown or an error that means: not now.
	Run func(ctx context.Context, c Call) (Outcome, error)
}

// Call is all that a block may use.
type Call struct {
	In      Values
	Host    Host
	Effect  Effect
	Contact *Contact // the contact whose event this is; nil if the event has none
	Payload map[string]any
	Country string // ISO 3166 code with which numbers without a country code are read; "" is number.DefaultCountry
	Now     time.Time
	// Due is the moment until which an earlier attempt of this step wanted to wait, by *Later; zero if there was none.
	Due time.Time
	// Round is how often a loop went round since it began; 0 at first.
	Round int
}

// Ask has the page carry out a command of its table, and gives its answer.
func (c *Call) Ask(ctx context.Context, command string, args map[string]any) (any, error) {
	return c.Host.Page.Do(ctx, c.Effect, Command{Name: command, Args: args})
}

// Outcome is how a block ended: the port it leaves by, and its result for later blocks.
type Outcome struct {
	Port   Port
	Result any // JSON-like: maps, lists, text, numbers, booleans; it must not be changed afterwards
	// Problem is what went wrong, for a person, where the block leaves by its error port with a result all the same; "" for nothing.
	Problem string
	Warning string   // what a person should know of a block that did its work; "" for nothing
	Made    Template // of what a text in Result is made; nil if that does not matter
	// Soft says that Port is Failure because something is not there, and nothing went wrong: where Failure leads nowhere, the run goes on
	// by Success, and in either case the block counts as one that did its work.
	Soft bool
	// Enter is a flow that is to run now: nothing else of the outcome counts, and how that ends is how the block does.
	Enter *Enter
	// Attributes are the contact's that were set: the rest of the run sees them.
	Attributes map[string]string
}

// Values are a block's inputs after evaluation. They must not be changed.
type Values struct {
	given  map[string]any
	action *Action // whose controls were evaluated, in scope: of what they are made is found out when it is asked for
	scope  *scope
}

// Text is an input as text; "" if unset. Numbers are as JavaScript writes them, lists and objects JSON.
func (v Values) Text(name string) string { return text(v.given[name]) }

// Bool is an input as a boolean; text "true" counts, everything else unset or different does not.
func (v Values) Bool(name string) bool { return v.given[name] == true || v.given[name] == "true" }

// Get is an input as it is; nil if unset.
func (v Values) Get(name string) any { return v.given[name] }

// TextMap is an input as a map of texts; nil if unset or no map.
func (v Values) TextMap(name string) map[string]string {
	given, ok := v.given[name].(map[string]any)
	if !ok {
		return nil
	}
	out := make(map[string]string, len(given))
	for key, value := range given {
		out[key] = text(value)
	}
	return out
}

// Given are inputs as a journal kept them. Of what they are made nobody knows any more: they count as the administrator's own words.
func Given(kept map[string]any) Values { return Values{given: kept} }

// Kept is what a journal keeps of inputs: what is long is cut, what is secret left out.
func (b *Block) Kept(in Values) map[string]any {
	kept := make(map[string]any, len(in.given))
	for i := range b.Inputs {
		input := &b.Inputs[i]
		if value, set := in.given[input.Name]; set {
			kept[input.Name], _ = recorded(input.hidden(value))
		}
	}
	return kept
}

// Lacks is the first input that must be set and is not; "" if none.
func (b *Block) Lacks(in Values) string {
	for i := range b.Inputs {
		if input := &b.Inputs[i]; input.Required && isEmpty(in.given[input.Name]) {
			return input.Name
		}
	}
	return ""
}

// inputs are an action's controls after evaluation.
type inputs struct {
	values Values
	kept   map[string]any // what the journal keeps of them
	size   int            // bytes of kept, about
	used   int            // bytes that were evaluated, about
}

// evaluate resolves an action's controls once, at its start. *Refused if a required one is unset, or if they are too large.
func (b *Block) evaluate(a *Action, s *scope) (in inputs, err error) {
	m := meter{left: MaxResult}
	in.values.action, in.values.scope = a, s
	for i := range b.Inputs {
		input := &b.Inputs[i]
		value, set := a.Controls[input.Name]
		if !set {
			continue
		}
		resolved, found := value.resolve(s, &m)
		in.used = MaxResult - m.left
		if m.over() {
			return in, &Refused{Reason: fmt.Sprintf("its inputs are larger than %d kB, with %s", MaxResult>>10, input.Name)}
		}
		if !found {
			continue
		}
		short, n := recorded(input.hidden(resolved))
		if in.kept == nil {
			in.values.given, in.kept = map[string]any{}, map[string]any{}
		}
		in.values.given[input.Name], in.kept[input.Name] = resolved, short
		in.size += n
	}
	if name := b.Lacks(in.values); name != "" {
		return in, &Refused{Reason: name + " is empty"}
	}
	return in, nil
}

// Input is one of the block's by its name; nil if it has none.
func (b *Block) Input(name string) *Input {
	for i := range b.Inputs {
		if b.Inputs[i].Name == name {
			return &b.Inputs[i]
		}
	}
	return nil
}

// InputNames are the block's inputs by name.
func (b *Block) InputNames() []string {
	names := make([]string, len(b.Inputs))
	for i := range b.Inputs {
		names[i] = b.Inputs[i].Name
	}
	return names
}

// HasPort says whether the block can leave by a port.
func (b *Block) HasPort(port Port) bool {
	return slices.Contains(b.Ports, port) || port == Error && b.onError() == Done && len(b.Ports) > 0
}

// PortNames are the block's ports by name.
func (b *Block) PortNames() []string {
	names := make([]string, len(b.Ports))
	for i, port := range b.Ports {
		names[i] = string(port)
	}
	return names
}

// SortedKeys are a map's keys in order, so that what is said of them is said in the same order each time.
func SortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// hiddenMark stands in journals for what they do not keep.
const hiddenMark = "••••"

// hidden is what journals may know of an input's value.
func (in *Input) hidden(value any) any {
	given, ok := value.(map[string]any)
	if in.Secret == nil || !ok {
		return value
	}
	out := make(map[string]any, len(given))
	for key, v := range given {
		if out[key] = v; in.Secret(key) {
			out[key] = hiddenMark
		}
	}
	return out
}

func isEmpty(v any) bool { return v == nil || v == "" }

// onError is the port by which the action leaves if its block could not do its work. What cannot fail goes on by done, unless the flow has
// wired an error port for it.
func (a *Action) onError() Port {
	port := a.block.onError()
	if _, wired := a.Ports[Error]; wired && port == Done {
		return Error
	}
	return port
}

// onError is the port by which a block leaves that could not do its work: failure where it has one, false for a decision, else done.
// A nil block is one that this version does not have.
func (b *Block) onError() Port {
	switch {
	case b == nil || slices.Contains(b.Ports, Failure):
		return Failure
	case slices.Contains(b.Ports, False):
		return False
	}
	return Done
}
