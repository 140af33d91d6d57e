package adapter

import (
	"testing"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/leak"
)

// Who calls is told to all pages once the search has ended, and again to a page that is loaded before the contact is closed.
func TestWhoCallsIsToldAndToldAgain(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	server := start(t, o)
	session := signIn(t, server)
	behind, page := openAs(t, server, session, agentID, "behind"), open(t, server, session)
	called := func(p *softphone) wire.Caller {
		return *p.until(func(m wire.ToPage) bool { return m.Caller != nil }).Caller
	}

	page.tell(connecting("c-1"))
	page.does(page.command("search"), mayaOnly)
	page.does(page.command("screenPop"), `{}`)
	for _, p := range []*softphone{page, behind} {
		if c := called(p); c.ContactID != "c-1" || c.Kind != wire.CallerKnown || c.Record == nil || c.Record.Name != "Maya" {
			t.Errorf("told %+v", c)
		}
	}
	page.tell(connected("c-1"))
	page.tell(ended("c-1"))
	o.await(t, "no row of the contact was written", func() bool { return len(o.channels) > 0 })
	again := openAs(t, server, session, agentID, "again")
	again.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{Agent: amelia, Contacts: []wire.Contact{*ended("c-1").Contact}}})
	if c := called(again); c.Record == nil || c.Record.Name != "Maya" {
		t.Errorf("told again %+v", c)
	}
}
