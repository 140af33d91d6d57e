package flow

import (
	"context"
	"fmt"
	"maps"
	"slices"
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

// Input is one control of a block.
type Input struct {
	Name     string
	Kind     Kind
	Required bool // an unset one makes the block fail before it runs
}

// Outcome is how a block ended: the port it leaves by, and its result for later blocks.
type Outcome struct {
	Port   Port
	Result any // JSON-like: maps, lists, text, numbers, booleans
}

// Block is one kind of action. Values and Host are all it may use.
type Block struct {
	Type   string
	Inputs []Input
	Ports  []Port
	// Run does the work. A refusal of a platform is an Outcome at Failure with its reason; an error means that we could not ask.
	Run func(ctx context.Context, in Values, host Host) (Outcome, error)
}

// Host is what blocks ask of the softphone page and of the contact that fired the event.
type Host interface {
	// Do carries out a command in the page: SearchPop, Pop, Dial or LogLine. Its answer is what the platform gave.
	// *Refused if the platform said no.
	Do(ctx context.Context, command any) (any, error)
	// Contact is the contact whose event this is; false if the event has none.
	Contact() (Contact, bool)
}

// SearchPop searches the objects of the softphone layout and pops by its rules.
type SearchPop struct {
	Search, Query, CallType string
	Defaults                map[string]string
	Deferred                bool
}

// Pop opens a record.
type Pop struct{ RecordID string }

// Dial calls a number, or adds it to the live call.
type Dial struct{ PhoneNumber, QueueARN string }

// LogLine goes to the browser's console.
type LogLine struct{ Level, Message string }

// Refused is a platform's no.
type Refused struct{ Reason string }

// Error is the reason.
func (e *Refused) Error() string { return e.Reason }

// Values are a block's inputs after evaluation.
type Values struct {
	given map[string]any
}

// Text is an input as text; "" if unset.
func (v Values) Text(name string) string { return text(v.given[name]) }

// Bool is an input as a boolean; text "true" counts, everything else unset or different does not.
func (v Values) Bool(name string) bool { return v.given[name] == true || v.given[name] == "true" }

// Get is an input as it is; nil if unset.
func (v Values) Get(name string) any { return v.given[name] }

// TextMap is an input as a map of texts.
func (v Values) TextMap(name string) map[string]string {
	out := map[string]string{}
	if m, ok := v.given[name].(map[string]any); ok {
		for key, value := range m {
			out[key] = text(value)
		}
	}
	return out
}

// Blocks are all blocks there are, by type.
func Blocks() map[string]Block {
	all := map[string]Block{}
	for _, b := range []Block{
		Start, End, DialNumber, SearchAndScreenpop, ScreenpopObject, Log, Truthy, FormatPhoneNumber, FormatPhoneNumberE164,
		ContactProperties, CustomerPhoneNumber, ContactAttribute, ExtractValue,
	} {
		all[b.Type] = b
	}
	return all
}

// Types lists the blocks there are, in order.
func Types() []string { return slices.Sorted(maps.Keys(Blocks())) }

// evaluate resolves an action's controls once, at its start. *Refused if a required one is unset.
func (b Block) evaluate(a Action, data map[string]any) (Values, error) {
	in := Values{given: map[string]any{}}
	for name, value := range a.Controls {
		if resolved, found := value.resolve(data); found {
			in.given[name] = resolved
		}
	}
	for _, input := range b.Inputs {
		if input.Required && text(in.given[input.Name]) == "" {
			return in, &Refused{Reason: fmt.Sprintf("%s is empty", input.Name)}
		}
	}
	return in, nil
}

// Start is where a run begins; each flow has exactly one.
var Start = Block{Type: "SE_Start", Ports: []Port{Done}, Run: func(context.Context, Values, Host) (Outcome, error) {
	return Outcome{Port: Done}, nil
}}

// End completes a run.
var End = Block{Type: "SE_End", Run: func(context.Context, Values, Host) (Outcome, error) { return Outcome{}, nil }}
