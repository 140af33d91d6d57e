package flow

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Blocks are the kinds of action that flows may use. They are made once and never changed.
type Blocks struct{ byType map[string]*Block }

// NewBlocks registers blocks, Start and End with them. A type that is there twice is a mistake of the program: it panics.
func NewBlocks(lists ...[]Block) Blocks {
	all := Blocks{byType: map[string]*Block{Start.Type: &Start, End.Type: &End}}
	for _, list := range lists {
		for _, b := range list {
			if all.Has(b.Type) {
				panic(fmt.Sprintf("two blocks are %s", b.Type))
			}
			all.byType[b.Type] = &b
		}
	}
	return all
}

// Has says whether there is a block of a type.
func (b Blocks) Has(blockType string) bool { return b.byType[blockType] != nil }

// Of is the block of a type; nil if there is none. It must not be changed.
func (b Blocks) Of(blockType string) *Block { return b.byType[blockType] }

// All lists the blocks by the order of their types.
func (b Blocks) All() []Block {
	all := make([]Block, 0, len(b.byType))
	for _, name := range slices.Sorted(maps.Keys(b.byType)) {
		all = append(all, *b.byType[name])
	}
	return all
}

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
