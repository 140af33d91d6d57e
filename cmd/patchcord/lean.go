//go:build lean

package main

import (
	"errors"

	"github.com/patchcord/patchcord/setup/checks"
)

// trial names the commands that a server's program lacks, so that who asks for one is told and not left with a list.
type trial struct {
	Sandbox absentCommand `cmd:"" hidden:"" passthrough:""`
	Call    absentCommand `cmd:"" hidden:"" passthrough:""`
}

const tryIt = ""

// placeCall is nothing: setup verify --call says that a person must call.
var placeCall checks.Place

type absentCommand struct {
	Args []string `arg:"" optional:""`
}

// Run says where the command is.
func (absentCommand) Run() error {
	return errors.New("this is the server's program, without sandbox and telephone: bin/patchcord of make build has both")
}
