package crm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// MessageChannel is a channel of Lightning Message Service.
type MessageChannel struct {
	Name  string // as scripts write it: AC_Desk__c
	Token string // what a Visualforce page gets for $MessageChannel.AC_Desk__c; only sforce.one knows what it means
}

// MessageChannels are the org's channels by name.
func (o *Org) MessageChannels(ctx context.Context) ([]MessageChannel, error) {
	deployed, err := o.Components(ctx, "LightningMessageChannel")
	channels := make([]MessageChannel, 0, len(deployed))
	for _, c := range deployed {
		name := c.FullName + "__c"
		sum := sha256.Sum256([]byte(string(o.ID()) + " " + name))
		channels = append(channels, MessageChannel{Name: name, Token: "0Mc" + hex.EncodeToString(sum[:8])})
	}
	return channels, err
}
