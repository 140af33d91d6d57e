package main

import "github.com/patchcord/patchcord/setup/rights"

type setupRightsCommand struct {
	Instance string `name:"instance" default:"arn:aws:connect:*:*:instance/*" placeholder:"ARN" help:"Narrow the IAM policy to one instance, arn:aws:connect:REGION:ACCOUNT:instance/ID."`
	Output   string `short:"o" enum:"text,json" default:"text" help:"text for people, json for programs."`
}

// Run prints the rights.
func (c setupRightsCommand) Run(e *env) error {
	if c.Output == "json" {
		return rights.JSON(e.stdout, c.Instance)
	}
	return rights.Text(e.stdout, c.Instance)
}
