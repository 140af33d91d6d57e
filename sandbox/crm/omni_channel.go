package crm

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// OmniChannelOn says whether the org has enabled Omni-Channel.
func (a *Actor) OmniChannelOn() bool {
	o, ok := a.Object(schema.PresenceStatus)
	return ok && !o.Off
}

// SetOmniChannel enables Omni-Channel or disables it: its objects come and go, their records stay.
func (a *Actor) SetOmniChannel(ctx context.Context, on bool) error {
	if on == a.OmniChannelOn() {
		return nil
	}
	return a.Writing(ctx, func(t *records.Tx) error {
		for _, o := range schema.OmniChannel() {
			have, ok := a.Object(o.Name)
			if !ok {
				have = o
			}
			have.Off = !on
			if err := a.PutObject(ctx, have); err != nil {
				return err
			}
		}
		t.Changed(records.Change{Object: schema.PresenceStatus}) // who is logged in hears of it
		return nil
	})
}
