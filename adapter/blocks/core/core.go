// Package core is the blocks that compute, decide and remember: they ask nobody.
//
// Read first: Blocks.
package core

import "github.com/patchcord/patchcord/adapter/flow"

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{FormatPhoneNumber, FormatPhoneNumberE164, Truthy, Log, ExtractValue}
