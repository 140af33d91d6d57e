package connect

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// floor is a centre at work: agents amelia and omar, a clock that moves when told, and a note of what was asked of
// audio.
type floor struct {
	*testing.T
	*Centre
	clock *clock.Fake
	audio []string
	kept  []State
}

const (
	amelia AgentID = "amelia"
	omar   AgentID = "omar"
)

func newFloor(t *testing.T, change ...func(*State)) *floor {
	t.Helper()
	n := 0
	ids := func() string { n++; return fmt.Sprintf("id-%d", n) }
	s := NewInstance(Instance{ID: "instance", Number: "+12065550100"}, []User{{Username: "amelia"}, {Username: "omar"}}, ids, []byte("key"))
	s.Users[0].ID, s.Users[1].ID = amelia, omar
	for _, f := range change {
		f(&s)
	}
	d := &floor{T: t, clock: clock.NewFake(time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC))}
	d.Centre = New(Config{Clock: d.clock, IDs: ids, Log: slog.New(slog.DiscardHandler), State: s, Keep: func(s State) error {
		d.kept = append(d.kept, s)
		return nil
	}})
	d.SetMedia(d)
	return d
}

func (d *floor) note(text string)                 { d.audio = append(d.audio, text) }
func (d *floor) Connect(ContactID)                { d.note("connect") }
func (d *floor) Hold(_ ContactID, who Party)      { d.note("hold " + string(who)) }
func (d *floor) Dial(_ ContactID, n, from string) { d.note("dial " + n + " as " + from) }
func (d *floor) DialDeskPhone(_ ContactID, connection ConnectionID, n, from string) {
	d.note("ring " + n + " as " + from)
}
func (d *floor) DropAgent(ContactID)             { d.note("drop agent") }
func (d *floor) End(ContactID)                   { d.note("end") }
func (d *floor) Digits(_ ContactID, keys string) { d.note("digits " + keys) }

var _ Media = (*floor)(nil)

func (d *floor) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *floor) status(name string) StatusID {
	d.Helper()
	for _, s := range d.State().Statuses {
		if s.Name == name {
			return s.ID
		}
	}
	d.Fatalf("no status %s", name)
	return ""
}

func (d *floor) available(who AgentID) {
	d.Helper()
	d.must(d.SetState(who, d.status("Available"), false))
}

func (d *floor) call(from string) ContactID {
	id := d.Arrived(from, "+12065550100")
	d.Ready()
	return id
}

func (d *floor) now(who AgentID) Snapshot {
	d.Helper()
	s, err := d.Snapshot(who)
	d.must(err)
	return s
}

// stand is what an agent's panel shows, in a line.
func (d *floor) stand(who AgentID) string {
	s := d.now(who)
	text := s.State.Name
	if s.Next != nil {
		text += ">" + s.Next.Name
	}
	for _, k := range s.Contacts {
		text += fmt.Sprintf(" [%s %s/%s]", k.State, k.AgentConnection.State, k.CustomerConnection.State)
	}
	return text
}

func (d *floor) stands(who AgentID, want string) {
	d.Helper()
	if got := d.stand(who); got != want {
		d.Errorf("%s: %s, want %s", who, got, want)
	}
}

// placed is one state of a contact of amelia's; its events are done to it.
type placed struct {
	*floor
	id            ContactID
	own, customer ConnectionID
}

func (d *floor) placed(id ContactID) *placed {
	p := &placed{floor: d, id: id}
	if cs := d.now(amelia).Contacts; len(cs) > 0 {
		p.own, p.customer = cs[len(cs)-1].AgentConnection.ID, cs[len(cs)-1].CustomerConnection.ID
	}
	d.audio = nil
	return p
}

// contactStates are all there are, and how to get there.
var contactStates = []struct {
	name  string
	reach func(*floor) ContactID
}{
	{"queued", func(d *floor) ContactID { return d.call("+12065550142") }},
	{"ringing", ringing},
	{"ringing with audio", func(d *floor) ContactID {
		id := ringing(d)
		d.AgentAudio(id)
		return id
	}},
	{"talking", talking},
	{"talking without audio", func(d *floor) ContactID {
		id := talking(d)
		d.AgentAudioLost(id)
		return id
	}},
	{"customer on hold", func(d *floor) ContactID {
		id := talking(d)
		d.must(d.HoldConnection(amelia, id, d.now(amelia).Contacts[0].CustomerConnection.ID))
		return id
	}},
	{"agent on hold", func(d *floor) ContactID {
		id := talking(d)
		d.must(d.HoldConnection(amelia, id, d.now(amelia).Contacts[0].AgentConnection.ID))
		return id
	}},
	{"after-call work", func(d *floor) ContactID {
		id := talking(d)
		d.CustomerDisconnected(id, Cleared)
		return id
	}},
	{"missed", func(d *floor) ContactID {
		id := ringing(d)
		d.clock.Advance(ringFor)
		return id
	}},
	{"calling out", dialled},
	{"ringing out", func(d *floor) ContactID {
		id := dialled(d)
		d.AgentAudio(id)
		return id
	}},
	{"talking out", func(d *floor) ContactID {
		id := dialled(d)
		d.AgentAudio(id)
		d.CustomerAnswered(id)
		return id
	}},
	{"busy out", func(d *floor) ContactID {
		id := dialled(d)
		d.AgentAudio(id)
		d.CustomerDisconnected(id, IsBusy)
		return id
	}},
	{"failed out", func(d *floor) ContactID {
		id := dialled(d)
		d.clock.Advance(ringFor)
		return id
	}},
}

func ringing(d *floor) ContactID { d.available(amelia); return d.call("+12065550142") }

func talking(d *floor) ContactID {
	id := ringing(d)
	d.AgentAudio(id)
	d.must(d.AcceptContact(amelia, id))
	return id
}

func dialled(d *floor) ContactID {
	d.available(amelia)
	id, err := d.CreateOutboundContact(amelia, "+12065550177", "")
	d.must(err)
	return id
}

// contactEvents are all that can happen to a contact.
var contactEvents = []struct {
	name string
	do   func(*placed) error
}{
	{"accept", func(p *placed) error { return p.AcceptContact(amelia, p.id) }},
	{"reject", func(p *placed) error { return p.RejectContact(amelia, p.id) }},
	{"clear", func(p *placed) error { return p.ClearContact(amelia, p.id) }},
	{"hang up own", func(p *placed) error { return p.DestroyConnection(amelia, p.id, p.own) }},
	{"hang up customer", func(p *placed) error { return p.DestroyConnection(amelia, p.id, p.customer) }},
	{"hold customer", func(p *placed) error { return p.HoldConnection(amelia, p.id, p.customer) }},
	{"hold own", func(p *placed) error { return p.HoldConnection(amelia, p.id, p.own) }},
	{"resume customer", func(p *placed) error { return p.ResumeConnection(amelia, p.id, p.customer) }},
	{"resume own", func(p *placed) error { return p.ResumeConnection(amelia, p.id, p.own) }},
	{"digits", func(p *placed) error { return p.SendDigits(amelia, p.id, p.customer, "5#") }},
	{"audio comes", func(p *placed) error { p.AgentAudio(p.id); return nil }},
	{"audio goes", func(p *placed) error { p.AgentAudioLost(p.id); return nil }},
	{"customer hangs up", func(p *placed) error { p.CustomerDisconnected(p.id, Cleared); return nil }},
	{"customer answers", func(p *placed) error { p.CustomerAnswered(p.id); return nil }},
	{"20 s pass", func(p *placed) error { p.clock.Advance(20 * time.Second); return nil }},
	{"choose Break", func(p *placed) error { return p.SetState(amelia, p.status("Break"), false) }},
	{"choose Break next", func(p *placed) error { return p.SetState(amelia, p.status("Break"), true) }},
	{"dial", func(p *placed) error { _, err := p.CreateOutboundContact(amelia, "+12065550188", ""); return err }},
	{"sign out", func(p *placed) error { p.SignedOut(amelia); return nil }},
	{"sign in", func(p *placed) error { p.SignedIn(amelia); return nil }},
}

// TestEachContactStateTakesEachEvent walks all states and events; rules.txt has a line for each pair: what the agent's panel shows
// afterwards, and what is asked of audio.
func TestEachContactStateTakesEachEvent(t *testing.T) {
	rules := readRules(t)
	for _, state := range contactStates {
		for _, event := range contactEvents {
			name := state.name + " + " + event.name
			t.Run(name, func(t *testing.T) {
				d := newFloor(t)
				p := d.placed(state.reach(d))
				before := d.stand(amelia)
				err := event.do(p)
				got := d.stand(amelia)
				if got == before && len(d.audio) == 0 {
					got = "="
				}
				if err != nil {
					got += " (" + err.Error() + ")"
				}
				if len(d.audio) > 0 {
					got += " ! " + strings.Join(d.audio, ", ")
				}
				want, known := rules[name]
				if !known || got != want {
					t.Errorf("no rule or another one:\n%s -> %s\nwant %s", name, got, want)
				}
				delete(rules, name)
				check(t, d.Centre)
			})
		}
	}
	for name := range rules {
		t.Errorf("a rule for nothing: %s", name)
	}
}

// check holds what must be true at every moment.
func check(t *testing.T, c *Centre) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	holders := map[*contact][]AgentID{}
	for id, a := range c.agents {
		live := 0
		for _, k := range a.contacts {
			if k.live() {
				live++
				holders[k] = append(holders[k], id)
				if k.agent != a || c.contacts[k.ID] != k {
					t.Errorf("%s shows a live contact that is not theirs", id)
				}
			} else if k.timer != nil && k.State != Ended {
				t.Errorf("%s: a timer outlives a contact that is %s", id, k.State)
			}
		}
		if live > 1 {
			t.Errorf("%s is in %d calls", id, live)
		}
		if live > 0 && a.state.Type == Routable && a.contacts[len(a.contacts)-1].State == Connected {
			t.Errorf("%s talks and is %s", id, a.state.Name)
		}
	}
	for id, k := range c.contacts {
		if n := len(holders[k]); n > 1 {
			t.Errorf("%s has %d agents", id, n)
		}
		waits := slices.Contains(c.waiting, id)
		if waits != (k.agent == nil && !k.calling) {
			t.Errorf("%s waits: %t, has an agent: %t", id, waits, k.agent != nil)
		}
		if waits && k.timer != nil {
			t.Errorf("%s waits with a timer", id)
		}
	}
	for _, id := range c.waiting {
		if c.contacts[id] == nil {
			t.Errorf("%s waits and is gone", id)
		}
	}
}
