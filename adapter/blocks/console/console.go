// Package console is the blocks that act in the console around the softphone: what pops, the panel, tabs.
//
// Read first: Blocks.
package console

import "github.com/patchcord/patchcord/adapter/flow"

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{ScreenpopObject, SearchAndScreenpop}
