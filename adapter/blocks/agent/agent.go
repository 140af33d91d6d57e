// Package agent is the blocks about the agent at the contact centre: their state, their phone, calls that they make.
//
// Read first: Blocks.
package agent

import "github.com/patchcord/patchcord/adapter/flow"

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{DialNumber}
