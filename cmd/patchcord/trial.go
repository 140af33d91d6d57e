//go:build !lean

package main

// trial are the commands with which people try the adapter on one machine.
type trial struct {
	Sandbox sandboxCommand `cmd:"" help:"Run a contact centre, a CRM and the adapter on this machine."`
	Call    callCommand    `cmd:"" help:"Call by SIP, or answer, to try things."`
}

const tryIt = "\n\nTry it:\n  patchcord sandbox\n  patchcord call"
