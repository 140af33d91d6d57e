package connect

import (
	"maps"
	"math/rand/v2"
	"testing"
	"time"
)

// TestARandomWalkKeepsTheRules does 200 events in any order, many times over. The seed is printed with a failure.
func TestARandomWalkKeepsTheRules(t *testing.T) {
	for seed := range uint64(200) {
		walk(t, seed)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func walk(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	d := newFloor(t, func(s *State) {
		s.Users[0].AfterCallWork, s.Users[1].AutoAccept = 30*time.Second, true
		if seed%2 == 1 {
			s.Users[1].Phone, s.Users[1].DeskNumber = DeskPhone, handset
		}
	})
	var calls []ContactID
	names := []string{"Available", "Break", "Offline"}
	for range 200 {
		who := []AgentID{amelia, omar}[r.IntN(2)]
		switch kind := r.IntN(10); {
		case kind == 0:
			calls = append(calls, d.call(""))
		case kind == 1:
			d.clock.Advance(time.Duration(r.IntN(25)) * time.Second)
		case kind < 4:
			_ = d.SetState(who, d.status(names[r.IntN(len(names))]), r.IntN(2) == 0) // refusals are part of the walk
		case kind == 4:
			if id, err := d.CreateOutboundContact(who, "+12065550177", ""); err == nil {
				calls = append(calls, id)
			}
		case kind == 5 && len(d.now(who).Contacts) > 0: // nothing at a softphone
			k := d.now(who).Contacts[0]
			if r.IntN(3) == 0 {
				d.DeskPhoneDisconnected(k.ID, k.AgentConnection.ID)
			} else {
				d.DeskPhoneAnswered(k.ID, k.AgentConnection.ID)
			}
		case len(calls) > 0:
			p := &placed{floor: d, id: calls[r.IntN(len(calls))]}
			if cs := d.now(amelia).Contacts; len(cs) > 0 {
				k := cs[r.IntN(len(cs))]
				p.id, p.own, p.customer = k.ID, k.AgentConnection.ID, k.CustomerConnection.ID
			}
			_ = contactEvents[r.IntN(len(contactEvents))].do(p)
		}
		check(t, d.Centre)
	}
	for id := range maps.Clone(d.contacts) {
		d.CustomerDisconnected(id, Cleared)
	}
	d.clock.Advance(time.Hour)
	for _, who := range []AgentID{amelia, omar} {
		d.SignedOut(who)
		d.stands(who, "Offline")
	}
	if len(d.contacts) != 0 || len(d.waiting) != 0 {
		t.Errorf("%d contacts are left, %d wait", len(d.contacts), len(d.waiting))
	}
}
