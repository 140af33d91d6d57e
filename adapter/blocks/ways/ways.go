// Package ways is the blocks that the original adapter lacks: more ways for a flow to go. A flow with one cannot go back there.
//
// Read first: Blocks.
package ways

import "github.com/patchcord/patchcord/adapter/flow"

// Blocks are the room's.
var Blocks = []flow.Block{Switch, ForEach, CallFlow, Return}
