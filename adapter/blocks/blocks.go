// Package blocks is all kinds of action that flows may use, a file each in the room of what they are about.
//
// Read first: All. A block is a value: what an editor shows of it, and what it does with a flow.Call.
package blocks

import (
	"github.com/patchcord/patchcord/adapter/blocks/agent"
	"github.com/patchcord/patchcord/adapter/blocks/console"
	"github.com/patchcord/patchcord/adapter/blocks/contact"
	"github.com/patchcord/patchcord/adapter/blocks/core"
	"github.com/patchcord/patchcord/adapter/blocks/data"
	"github.com/patchcord/patchcord/adapter/blocks/ways"
	"github.com/patchcord/patchcord/adapter/flow"
)

// All are the blocks of this version.
var All = flow.NewBlocks(core.Blocks, console.Blocks, agent.Blocks, contact.Blocks, data.Blocks, ways.Blocks)
