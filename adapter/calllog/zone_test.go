package calllog

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

func TestAZoneIsAskedForOnceADay(t *testing.T) {
	o := open(t)
	o.records["User"] = map[string]fields{ann: {"TimeZoneSidKey": "America/Los_Angeles"}, bob: {"TimeZoneSidKey": "Nowhere/Else"}}
	time0 := clock.NewFake(ended)
	z := &Zones{Clock: time0, Client: func(context.Context, string) (*salesforce.Client, error) { return o.client, nil }}
	of := func(user string, want int) (*time.Location, error) {
		t.Helper()
		zone, err := z.Of(t.Context(), user)
		if n := len(o.requests()); n != want {
			t.Errorf("asked %d times, want %d", n, want)
		}
		return zone, err
	}
	for range 2 {
		if zone, err := of(ann, 1); err != nil || zone.String() != "America/Los_Angeles" {
			t.Errorf("%v %v", zone, err)
		}
	}
	if _, err := of(bob, 2); err == nil {
		t.Error("a zone that is nowhere")
	}
	if _, err := of(bob, 3); err == nil {
		t.Error("an error is remembered")
	}
	time0.Advance(zoneKept)
	if _, err := of(ann, 4); err != nil {
		t.Error(err)
	}
	signedOut := errors.New("signed out")
	z.Client = func(context.Context, string) (*salesforce.Client, error) { return nil, signedOut }
	if _, err := z.Of(t.Context(), bob); !errors.Is(err, signedOut) {
		t.Error(err)
	}
}
