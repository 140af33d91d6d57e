package adapter

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/leak"
)

func TestACallPopsOnceAndIsLoggedOnce(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	server := start(t, o)
	session := signIn(t, server)
	page := open(t, server, session)

	page.tell(connecting("c-1"))
	search := page.command("search")
	if got := search.Body.Search; got == nil || got.SearchParams != "2065550142" || !got.Deferred {
		t.Fatalf("command %+v", search)
	}
	page.does(search, mayaOnly)
	pop := page.command("screenPop")
	if pop.Body.ScreenPop.Type != "sobject" || !strings.Contains(string(pop.Body.ScreenPop.Params), maya) {
		t.Fatalf("popped %+v", pop.Body.ScreenPop)
	}
	page.does(pop, `{}`)

	_ = page.conn.CloseNow() // a refresh, which may take the answer with it: the snapshot is replayed under the same keys
	page = open(t, server, session)
	again := connecting("c-1")
	again.Replay = true
	page.tell(again)
	page.tell(connected("c-1"))
	for range 2 {
		page.tell(ended("c-1"))
	}
	for { // unanswered, the pop comes again under its id: the page has done it and says so
		c := *page.until(func(m wire.ToPage) bool { return m.Command != nil }).Command
		page.does(c, `{}`)
		if c.Body.Type == "refresh" {
			if c.Body.Refresh.RecordID != maya {
				t.Errorf("refreshed %+v", c.Body.Refresh)
			}
			break
		}
		if c.ID != pop.ID {
			t.Errorf("after the refresh the page got %+v", c)
		}
	}
	o.await(t, "no row of the contact was written", func() bool { return len(o.channels) > 0 })
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.tasks) != 1 {
		t.Fatalf("%d tasks, want 1", len(o.tasks))
	}
	for key, want := range map[string]any{"WhoId": maya, "CallObject": "c-1", "CallType": "Inbound", "CallDurationInSeconds": 61.0,
		"Subject": "Call from (206) 555-0142"} {
		if o.tasks[0][key] != want {
			t.Errorf("task %s = %v, want %v", key, o.tasks[0][key], want)
		}
	}
	for key, want := range map[string]any{"Contact__c": maya, "Task_Id__c": o.tasks[0]["Id"], "CustomerNumber__c": callerNumber,
		"Agent__c": agentID, "InteractionDuration__c": 61.0} {
		if o.channels["c-1"][key] != want {
			t.Errorf("channel %s = %v, want %v", key, o.channels["c-1"][key], want)
		}
	}
}

// A stranger, a missed call and a click that was dialled leave their records too.
func TestEachContactLeavesItsRecords(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	go func() { // nobody is found
		for {
			m, err := page.read(context.Background())
			if err != nil {
				return
			}
			if c := m.Command; c != nil {
				page.does(*c, `{}`)
			}
		}
	}()
	for _, e := range []wire.Event{connecting("stranger"), connected("stranger"), ended("stranger"), connecting("missed")} {
		page.tell(e)
	}
	for _, e := range missed("missed") {
		page.tell(e)
	}
	page.tell(wire.Event{Source: "salesforceUi", Event: "onClickToDial", Key: "click", Payload: json.RawMessage(
		`{"number":"(206) 555-0100 x9","recordId":"500000000000001AAA"}`)})
	o.await(t, "two contacts, and not two rows", func() bool { return len(o.channels) == 2 })
	out := func(event, state string, since int64) wire.Event {
		c := call("out")
		c.Inbound, c.PhoneNumber, c.State, c.Since = false, "+12065550100", state, since
		return wire.Event{Source: "connectVoiceContact", Event: event, Key: fmt.Sprintf("out:%s:%d", event, since), Contact: c}
	}
	page.tell(out("onConnecting", "connecting", 5000))
	page.tell(out("onConnected", "connected", 6000))
	page.tell(out("onEnded", "ended", 9000))
	o.await(t, "no third row", func() bool { return len(o.channels) == 3 })
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.tasks) != 2 {
		t.Fatalf("%d tasks, want one of the stranger and one of the call that was dialled", len(o.tasks))
	}
	for _, task := range o.tasks {
		want := record{"stranger": nil, "out": "500000000000001AAA"}[task["CallObject"].(string)]
		if task["WhatId"] != want || task["WhoId"] != nil {
			t.Errorf("task %v", task)
		}
	}
	if row := o.channels["missed"]; row["Task_Id__c"] != nil || row["ConnectedAt__c"] != nil {
		t.Errorf("the missed contact's row: %v", row)
	}
}

// A customer who was on hold is so in the contact's row, also if that is told after the end.
func TestARowSaysHowLongTheCustomerWasOnHold(t *testing.T) {
	bubble(t, func(m *middle) {
		hold := func(event string, on bool, since int64) wire.Event {
			e := connected("c-1")
			e.Event, e.Key = event, fmt.Sprintf("c-1:%s:%d", event, since)
			e.Contact.Hold = &wire.Hold{On: on, Since: since}
			return e
		}
		for _, e := range []wire.Event{connecting("c-1"), connected("c-1"), hold("onHold", true, 5000), hold("onResume", false, 25_000)} {
			m.tell(e)
		}
		rest(time.Second)
		m.tell(ended("c-1"))
		rest(time.Minute)
		if row := m.org.channelOf("c-1"); row["HoldDuration__c"] != 20.0 || row["InteractionDuration__c"] != 41.0 {
			m.t.Errorf("the row: %v", row)
		}
		m.tell(hold("onHold", true, 30_000))
		m.tell(hold("onResume", false, 40_000))
		rest(time.Minute)
		if row := m.org.channelOf("c-1"); row["HoldDuration__c"] != 30.0 || row["InteractionDuration__c"] != 31.0 {
			m.t.Errorf("told late, the row: %v", row)
		}
		if tasks := m.org.tasksOf("c-1"); len(tasks) != 1 || tasks[0]["CallDurationInSeconds"] != 61.0 || m.open() != 0 {
			m.t.Errorf("tasks %v, %d open", tasks, m.open())
		}
	})
}

// A click that comes to nothing says why; what the page itself refuses, the page tells.
func TestAClickThatCannotBeDialledSaysWhy(t *testing.T) {
	leak.Check(t)
	server := start(t, newOrg(t))
	page := open(t, server, signIn(t, server))
	for _, number := range []string{"555-0708", "020 7946 0803", "206-555-0706 / 206-555-0707", "911", "hello"} {
		payload, err := json.Marshal(map[string]string{"number": number})
		if err != nil {
			t.Fatal(err)
		}
		page.tell(wire.Event{Source: "salesforceUi", Event: "onClickToDial", Key: "click " + number, Payload: payload})
		told := page.until(func(m wire.ToPage) bool { return m.Notice != nil || m.Command != nil })
		if told.Notice == nil || !strings.Contains(told.Notice.Text, number[:3]) {
			t.Errorf("%s: told %+v", number, told.Notice)
		}
	}
}

// What a page held back while the adapter was away arrives in one go: it is too late for a pop, and never for the log.
func TestACallThatIsToldLateIsLogged(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	for _, e := range []wire.Event{connecting("c-1"), connected("c-1"), ended("c-1")} {
		e.Age = 6 * time.Minute.Milliseconds()
		page.tell(e)
	}
	o.await(t, "it was not logged", func() bool { return len(o.tasks) == 1 && len(o.channels) == 1 })
}

// An org that does what it is asked, and then does not say so, is asked again: one Task all the same.
func TestAnOrgThatFailsAfterItsWorkGetsOneTask(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	o.broken = 2
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	for _, e := range []wire.Event{connecting("c-1"), connected("c-1"), ended("c-1")} {
		e.Age = 6 * time.Minute.Milliseconds()
		page.tell(e)
	}
	o.await(t, "it was not logged", func() bool { return len(o.channels) == 1 })
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.tasks) != 1 {
		t.Errorf("%d tasks", len(o.tasks))
	}
}

// Another agent cannot choose for a contact that is not theirs.
func TestAChoiceCountsForOnesOwnContact(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	other := openAs(t, server, signInAs(t, server, "other"), "005000000000002AAA", "q")
	choice := func(record string) wire.Event {
		return wire.Event{Source: "patchcord", Event: "onChosen", Key: "chosen " + record,
			Payload: json.RawMessage(`{"contactId":"c-1","recordId":"` + record + `"}`)}
	}
	old := func(e wire.Event) wire.Event {
		e.Age = 6 * time.Minute.Milliseconds() // nothing pops
		return e
	}
	page.tell(old(connecting("c-1")))
	page.tell(old(connected("c-1")))
	page.tell(choice(maya))
	page.until(func(m wire.ToPage) bool { return m.Ack != nil && m.Ack.Key == "chosen "+maya })
	other.tell(choice("003000000000666AAA"))
	other.until(func(m wire.ToPage) bool { return m.Ack != nil })
	page.tell(old(ended("c-1")))
	o.await(t, "it was not logged", func() bool { return len(o.tasks) == 1 })
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.tasks[0]["WhoId"] != maya {
		t.Errorf("task %v", o.tasks[0])
	}
}

// Whatever a page has heard when the adapter ends, the call pops and is logged once.
func TestAnAdapterThatEndsAtAnyMomentLosesNothing(t *testing.T) {
	for cut := range 9 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			leak.Check(t)
			o := newOrg(t)
			cfg := testConfig(t, o.url, t.TempDir())
			n := begin(t, cfg)
			session := signIn(t, n.server)
			outbox := []wire.Event{connecting("c-1"), connected("c-1")}
			done := map[string]string{} // what the agent's page remembers of what it did
			over := false
			popped := 0
			heard := 0
			carryOut := func(page *softphone, c wire.Command) {
				value, known := done[c.ID]
				switch {
				case !known && c.IfRemembered:
					page.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: c.ID, Outcome: wire.OutcomeUnable}})
					return
				case !known && c.Body.Type == "screenPop":
					popped++
				}
				if !known {
					value = popsMaya(c)
					done[c.ID] = value
				}
				page.does(c, value)
			}
			var page *softphone
			for {
				page = open(t, n.server, session)
				for _, e := range outbox {
					page.tell(e)
				}
				restart := false
				for !restart && (len(outbox) > 0 || popped == 0 || !over) {
					if popped > 0 && !over {
						over = true // while a contact is on, it pops
						outbox = append(outbox, ended("c-1"))
						page.tell(ended("c-1"))
					}
					m := page.until(func(wire.ToPage) bool { return true })
					if heard++; heard == cut {
						restart = true // before the page deals with it
						break
					}
					if m.Ack != nil {
						outbox = without(outbox, m.Ack.Key)
					}
					if m.Command != nil {
						carryOut(page, *m.Command)
					}
				}
				if !restart {
					break
				}
				n.end()
				_ = page.conn.CloseNow()
				n = begin(t, cfg)
			}
			var there sync.WaitGroup // the page is there to the end
			there.Go(func() {
				for {
					m, err := page.read(t.Context())
					if err != nil {
						return
					}
					if m.Command != nil {
						carryOut(page, *m.Command)
					}
				}
			})
			o.await(t, "it was not logged", func() bool { return len(o.channels) == 1 })
			n.end()
			_ = page.conn.CloseNow()
			there.Wait()
			o.mu.Lock()
			defer o.mu.Unlock()
			if len(o.tasks) != 1 || o.tasks[0]["WhoId"] != maya || popped != 1 {
				t.Errorf("popped %d times, tasks %v", popped, o.tasks)
			}
		})
	}
}

func without(all []wire.Event, key string) (left []wire.Event) {
	for _, e := range all {
		if e.Key != key {
			left = append(left, e)
		}
	}
	return left
}

// BenchmarkEventToCommand measures the adapter's own share: a fact in, kept, its flow run, the command out.
func BenchmarkEventToCommand(b *testing.B) {
	server := start(b, newOrg(b))
	page := open(b, server, signIn(b, server))
	n := 0
	for b.Loop() {
		n++
		page.tell(connecting(fmt.Sprint("c-", n)))
		c := page.command("search")
		page.does(c, `{}`)
	}
}

// A call that was over before the adapter came back pops nothing, however soon that was.
func TestACallThatIsOverPopsNothing(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	for i, e := range []wire.Event{connecting("c-1"), connected("c-1"), ended("c-1")} {
		e.Age = int64(1300 - 300*i)
		page.tell(e)
	}
	asked := make(chan string, 10)
	go func() {
		for {
			m, err := page.read(context.Background())
			if err != nil {
				close(asked)
				return
			}
			if m.Command != nil {
				asked <- m.Command.Body.Type
				page.does(*m.Command, popsMaya(*m.Command))
			}
		}
	}()
	o.await(t, "it was not logged", func() bool { return len(o.tasks) == 1 && len(o.channels) == 1 })
	_ = page.conn.CloseNow()
	for kind := range asked {
		t.Errorf("the page was asked for %s", kind)
	}
}
