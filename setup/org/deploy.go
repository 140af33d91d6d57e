package org

import (
	"context"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// One is a bundle of a single component.
func One(kind, name, file, body string) sfdx.Bundle {
	b := sfdx.Bundle{}
	b.Add(kind, name, file, []byte(body))
	return b
}

// Deploy brings a bundle into the org, whole or not at all.
func Deploy(ctx context.Context, crm *salesforce.Client, b sfdx.Bundle) error {
	archive, err := b.Archive()
	if err != nil {
		return err
	}
	return crm.Deploy(ctx, archive, nil)
}

// Check asks the org whether it would take a bundle; nothing is kept.
func Check(ctx context.Context, crm *salesforce.Client, b sfdx.Bundle) error {
	archive, err := b.Archive()
	if err != nil {
		return err
	}
	return crm.CheckDeploy(ctx, archive, nil)
}

// Delete takes components out of the org, all of them or none.
func Delete(ctx context.Context, crm *salesforce.Client, members ...sfdx.Member) error {
	archive, err := sfdx.Destructive(members)
	if err != nil {
		return err
	}
	return crm.Deploy(ctx, archive, nil)
}
