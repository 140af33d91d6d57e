package main

import "github.com/patchcord/patchcord/setup/rights"

type setupRightsCommand struct {
	Instance string `default:"arn:aws:connect:*:*:instance/*" placeholder:"ARN" help:"Narrow the policy to one instance."`
	Output   string `short:"o" enum:"text,json" default:"text" help:"text for people, json for programs."`
}

// Run prints the rights.
func (c setupRightsCommand) Run(e *env) error {
	if c.Output == "json" {
		return rights.JSON(e.stdout, c.Instance)
	}
	return rights.Text(e.stdout, c.Instance)
}
