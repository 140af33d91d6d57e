package setup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// The record's copy in the org is a static resource, so that another machine, or this one without its file, can take
// back what was made.
const (
	recordType     = "StaticResource"
	recordName     = "Patchcord_SetUp"
	recordFile     = "staticresources/Patchcord_SetUp.resource"
	recordMetadata = `<?xml version="1.0" encoding="UTF-8"?>
<StaticResource xmlns="http://soap.sforce.com/2006/04/metadata">
    <cacheControl>Private</cacheControl>
    <contentType>application/json</contentType>
    <description>What patchcord setup made in this org. Its destroy command reads it.</description>
</StaticResource>
`
)

// Fetch takes the org's copy where the file knows nothing of this org.
func (r *Record) Fetch(ctx context.Context, crm *salesforce.Client) error {
	if len(r.all[r.org]) > 0 {
		return nil
	}
	files, err := crm.Retrieve(ctx, salesforce.Member{Type: recordType, Name: recordName})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("record of set-up in the org: %w", err)
	}
	body, there := files[recordFile]
	if !there {
		return nil
	}
	made, err := r.kinds.read(body)
	if err != nil {
		return fmt.Errorf("record of set-up in the org: the static resource %s is not ours: %w", recordName, err)
	}
	r.published = string(body)
	if len(made) == 0 {
		return nil
	}
	r.all[r.org] = made
	return r.save()
}

// Publish brings the org's copy up to date; with nothing left to take back it goes.
func (r *Record) Publish(ctx context.Context, crm *salesforce.Client) error {
	made := r.all[r.org]
	if len(made) == 0 {
		return r.withdraw(ctx, crm)
	}
	body, err := json.Marshal(made)
	if err != nil || string(body) == r.published {
		return err
	}
	b := sfdx.Bundle{}
	b.Add(recordType, recordName, recordFile+"-meta.xml", []byte(recordMetadata))
	b.AddFile(recordFile, body)
	if err := org.Deploy(ctx, crm, b); err != nil {
		return fmt.Errorf("record of set-up in the org: %w", err)
	}
	r.published = string(body)
	return nil
}

func (r *Record) withdraw(ctx context.Context, crm *salesforce.Client) error {
	have, err := org.Find(ctx, crm, recordType, org.Unmanaged("", recordName))
	if err != nil || have == "" {
		return err
	}
	if err := org.Delete(ctx, crm, sfdx.Member{Type: recordType, Name: recordName}); err != nil {
		return fmt.Errorf("record of set-up in the org: %w", err)
	}
	r.published = ""
	return nil
}
