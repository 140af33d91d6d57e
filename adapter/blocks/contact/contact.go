// Package contact is the blocks about the contact whose event runs a flow.
//
// Read first: Blocks.
package contact

import "github.com/patchcord/patchcord/adapter/flow"

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{Attribute, Properties, CustomerPhoneNumber}
