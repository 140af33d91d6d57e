package flow

import (
	"context"
	"maps"
	"slices"
)

// registry is all blocks there are, by type; it is made once and never changed.
var registry = register(
	Start, End, DialNumber, SearchAndScreenpop, ScreenpopObject, Log, Truthy, FormatPhoneNumber, FormatPhoneNumberE164,
	ContactProperties, CustomerPhoneNumber, ContactAttribute, ExtractValue,
)

func register(blocks ...Block) map[string]*Block {
	all := make(map[string]*Block, len(blocks))
	for _, b := range blocks {
		all[b.Type] = &b
	}
	return all
}

// Blocks lists the blocks there are, by their types' order.
func Blocks() []Block {
	all := make([]Block, 0, len(registry))
	for _, name := range slices.Sorted(maps.Keys(registry)) {
		all = append(all, *registry[name])
	}
	return all
}

// HasBlock says whether there is a block of a type.
func HasBlock(blockType string) bool { return registry[blockType] != nil }

// Start is where a run begins; each flow has exactly one.
var Start = Block{
	Type: "SE_Start", Label: "Start", Category: "Flow", Help: "Where the flow begins.",
	Ports: []Port{Done}, Place: Anywhere, Repeatable: true,
	Run: func(context.Context, Call) (Outcome, error) { return Outcome{Port: Done}, nil },
}

// End completes a run.
var End = Block{
	Type: "SE_End", Label: "End", Category: "Flow", Help: "Where the flow ends.", Place: Anywhere, Repeatable: true,
	Run: func(context.Context, Call) (Outcome, error) { return Outcome{}, nil },
}
