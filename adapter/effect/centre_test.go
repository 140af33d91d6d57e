package effect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// centreAPI is the contact centre's API; ask says what it does.
type centreAPI func(ctx context.Context, id string, attributes map[string]string) error

func (s centreAPI) UpdateAttributes(ctx context.Context, id string, attributes map[string]string) error {
	return s(ctx, id, attributes)
}

func TestAttributesGoToTheFirstContact(t *testing.T) {
	for _, tc := range []struct {
		of   flow.Contact
		want string
	}{{flow.Contact{ID: "c", InitialID: "b"}, "b"}, {flow.Contact{ID: "c"}, "c"}} {
		c := centre{api: centreAPI(func(_ context.Context, id string, attributes map[string]string) error {
			if id != tc.want || attributes["a"] != "b" {
				t.Errorf("%s gets %v, want %s", id, attributes, tc.want)
			}
			return nil
		}), clock: clock.System{}, park: func() {}}
		if err := c.UpdateAttributes(t.Context(), flow.Effect{}, tc.of, map[string]string{"a": "b"}); err != nil {
			t.Error(err)
		}
	}
}

func TestTheContactCentreRefusesAttributes(t *testing.T) {
	clk := clock.NewFake(time.Unix(0, 0))
	refused := centre{api: centreAPI(func(context.Context, string, map[string]string) error { return errors.New("AccessDenied") }),
		clock: clk, park: func() { t.Error("a quick answer has its run parked") }}
	err := refused.UpdateAttributes(t.Context(), flow.Effect{}, flow.Contact{ID: "c"}, nil)
	if no, ok := errors.AsType[*flow.Refused](err); !ok || !strings.Contains(no.Reason, "AccessDenied") {
		t.Errorf("err = %v", err)
	}
	parked := false
	slow := centre{api: centreAPI(func(ctx context.Context, _ string, _ map[string]string) error {
		clk.Advance(centreWithin)
		<-ctx.Done()
		return ctx.Err()
	}), clock: clk, park: func() { parked = true }}
	err = slow.UpdateAttributes(t.Context(), flow.Effect{}, flow.Contact{ID: "c"}, nil)
	if no, ok := errors.AsType[*flow.Refused](err); !ok || !strings.Contains(no.Reason, "took too long") || !parked {
		t.Errorf("err = %v, parked: %t", err, parked)
	}
	ending, end := context.WithCancel(t.Context())
	end()
	if err := slow.UpdateAttributes(ending, flow.Effect{}, flow.Contact{ID: "c"}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that ends hears %v", err)
	}
}

func TestWithoutCredentialsThereIsNoCentre(t *testing.T) {
	if got := NewFlows(FlowsConfig{Clock: clock.System{}}).centre(nil); got != nil {
		t.Errorf("%v", got)
	}
}

func TestTimesOf(t *testing.T) {
	began := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	at := func(second int) time.Time { return began.Add(time.Duration(second) * time.Second) }
	fold := func(steps ...any) contact.State {
		s := contact.New("005", "c")
		for i := 0; i < len(steps); i += 3 {
			event, state, second := steps[i].(string), steps[i+1].(string), steps[i+2].(int) //nolint:forcetypeassert // written below
			c := wire.Contact{ContactID: "c", Type: "voice", State: state, Inbound: true, Since: at(second).UnixMilli()}
			s, _ = contact.Fold(s, fact.Fact{User: "005", Key: fmt.Sprintf("c:%s:%d", event, c.Since), At: at(second), Source: fact.Voice,
				Event: event, Contact: &c})
		}
		return s
	}
	for name, tc := range map[string]struct {
		s    contact.State
		want flow.Times
	}{
		"nothing known": {fold(), flow.Times{}},
		"answered": {fold("onConnecting", "connecting", 0, "onAccepted", "connecting", 3, "onConnected", "connected", 5, "onEnded", "ended", 25),
			flow.Times{Offered: at(0), Accepted: at(3), Connected: at(5), Ended: at(25), Talked: 20 * time.Second}},
		"missed": {fold("onConnecting", "connecting", 0, "onMissed", "missed", 20, "onEnded", "ended", 22),
			flow.Times{Offered: at(0), Ended: at(20)}},
		"rings again": {fold("onConnecting", "connecting", 0, "onMissed", "missed", 20, "onEnded", "ended", 20, "onConnecting", "connecting", 60),
			flow.Times{Offered: at(60)}},
	} {
		if diff := cmp.Diff(tc.want, timesOf(tc.s, at(30))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
