package admin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

const popsOne = `{"name":"Pop","actions":[{"id":"s","type":"SE_Start","ports":{"done":"p"}},
	{"id":"p","type":"SE_SFScreenpopObject","controls":{"recordId":"%s"},"ports":{"success":"e","failure":"e"}},{"id":"e","type":"SE_End"}]}`

// popped is a run that popped a record.
func popped(t testing.TB, id string) func(*store.Run) {
	t.Helper()
	steps, err := json.Marshal([]flow.Step{{Action: "s", Type: "SE_Start", Port: flow.Done, Started: nine},
		{Action: "p", Type: "SE_SFScreenpopObject", Port: flow.Success, Inputs: map[string]any{"recordId": id}}, {Action: "e", Type: "SE_End"}})
	if err != nil {
		t.Fatal(err)
	}
	return func(r *store.Run) { r.Body.Steps, r.Body.FlowID = steps, "a0200000000000A" }
}

// draft asks slice by slice.
func (b *browser) draft(ask ShadowAsk, status int) (all Shadow) {
	b.d.t.Helper()
	b.d.Admin.cfg.Event = effect.EventOf
	for i := 0; i == 0 || all.Next != ""; i++ {
		ask.Next, ask.Left = all.Next, all.Left
		body, err := json.Marshal(ask)
		if err != nil || i > 100 {
			b.d.t.Fatal("it does not end: ", err)
		}
		var part Shadow
		b.post("shadow", string(body), status, &part)
		part.Same, part.Differ, part.Unknown = part.Same+all.Same, part.Differ+all.Differ, part.Unknown+all.Unknown
		part.Cases = append(all.Cases, part.Cases...)
		all = part
		if all.Instead != "" {
			ask.Instead = all.Instead
		}
	}
	return all
}

const connecting = "connectVoiceContact.onConnecting"

func TestADraftIsComparedWithWhatWasDone(t *testing.T) {
	d := newDesk(t)
	d.named(amelia, "Amelia Okafor", "agent")
	at := nine.Add(-2 * time.Hour)
	d.call("old", amelia, "+12065550140", nine.Add(-8*24*time.Hour), popped(t, "003000000000001"))
	d.call("c-1", amelia, "+12065550141", at, popped(t, "003000000000001"))
	d.call("c-2", ben, "+12065550142", at.Add(time.Minute), popped(t, "003000000000002"))
	d.call("open", ben, "+12065550143", at.Add(2*time.Minute), func(r *store.Run) {
		popped(t, "003000000000001")(r)
		r.Status, r.Ended = store.Waiting, time.Time{}
	})
	d.call("late", ben, "+12065550144", at.Add(2*time.Minute), func(r *store.Run) {
		r.Body.FlowID, r.Status = "a0200000000000A", store.NotRun
	})
	d.call("none", ben, "+12065550145", at.Add(3*time.Minute), func(r *store.Run) { r.Flow, r.Status = "", store.NotRun })
	b := d.signIn(ada)
	got := b.draft(ShadowAsk{Script: fmt.Sprintf(popsOne, "003000000000001"), Event: connecting, Days: 7}, http.StatusOK)
	if got.Same != 1 || got.Differ != 2 || got.Open != 1 || got.NotRun != 1 || got.Instead != "Pop" || got.OnlyIfWanted {
		t.Fatalf("%+v", got)
	}
	none, other := got.Cases[0], got.Cases[1]
	if none.ContactID != "none" || none.Changes[0].Text != "would pop 003000000000001" || none.Stop == nil || none.Stop.Action != "p" {
		t.Errorf("%+v", none)
	}
	if other.ContactID != "c-2" || other.Number != "+12065550142" || other.Run == 0 ||
		other.Changes[0].Text != "would pop 003000000000001 instead of popping 003000000000002" {
		t.Errorf("%+v", other)
	}
	got = b.draft(ShadowAsk{Script: fmt.Sprintf(popsOne, "003000000000001"), Event: connecting, Days: 30, New: true}, http.StatusOK)
	if got.Differ != 6 || got.Instead != "" {
		t.Errorf("a new flow: %+v", got)
	}
}

// What two flows did at one event is not taken together.
func TestWhichFlowADraftTakesThePlaceOf(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "+12065550141", nine.Add(-time.Hour), popped(t, "003000000000001"))
	d.do(func(tx *store.Tx) error {
		runs, err := tx.RunsOf("c-1", 9)
		r := runs[0]
		popped(t, "003000000000002")(&r)
		r.Flow, r.Body.FlowID = "Second", "a0200000000000B"
		if err == nil {
			err = tx.AddRun(&r)
		}
		return err
	})
	b := d.signIn(ada)
	ask := ShadowAsk{Script: fmt.Sprintf(popsOne, "003000000000002"), Event: connecting, Days: 1}
	if got := b.draft(ask, http.StatusOK); got.Instead != "Pop" || got.Differ != 1 {
		t.Errorf("by its name: %+v", got)
	}
	ask.Instead = "a0200000000000B"
	if got := b.draft(ask, http.StatusOK); got.Same != 1 {
		t.Errorf("by an id: %+v", got)
	}
	ask.Instead, ask.Script = "", strings.Replace(ask.Script, `"Pop"`, `"Draft"`, 1)
	if got := b.draft(ask, http.StatusOK); got.Instead != "Pop" || got.Beside != 1 {
		t.Errorf("the oldest: %+v", got)
	}
}

// ticking moves a little with each look at it.
type ticking struct{ *clock.Fake }

func (c ticking) Now() time.Time {
	c.Advance(7 * time.Millisecond)
	return c.Fake.Now()
}

// A click on a number has no contact; its run is found all the same, however many others there are.
func TestEventsWithoutAContact(t *testing.T) {
	d := newDesk(t)
	const n = 2500
	d.do(func(tx *store.Tx) error {
		for i := range n {
			f := fact.Fact{User: amelia, Key: fmt.Sprint("k", i), At: nine.Add(-time.Hour), Source: fact.Interface, Event: "onClickToDial",
				Payload: []byte(`{"number":"(206) 555-0142"}`)}
			if _, err := tx.AddFact(f); err != nil {
				return err
			}
			r := store.Run{User: amelia, Kind: "flow", Flow: "Click", Status: store.Completed, Created: nine.Add(-time.Hour),
				Body: store.Body{Fact: f, FlowID: "x"}}
			if i != 700 {
				popped(t, "003000000000001")(&r)
			}
			if err := tx.AddRun(&r); err != nil {
				return err
			}
		}
		return nil
	})
	b := d.signIn(ada)
	d.Admin.cfg.Clock = ticking{d.clock} // a slice is soon over
	got := b.draft(ShadowAsk{Script: fmt.Sprintf(popsOne, "003000000000001"), Event: "salesforceUi.onClickToDial", Days: 3}, http.StatusOK)
	if got.Same != n-1 || got.Differ != 1 || got.Instead != "Click" || len(got.Cases) != 1 {
		t.Errorf("%d the same, %d differ: %+v", got.Same, got.Differ, got.Cases)
	}
}

// An event that nobody tells unless a flow wants it says since when it is told.
func TestSinceWhenAnEventIsTold(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	ask := ShadowAsk{Script: fmt.Sprintf(popsOne, "003000000000001"), Event: "salesforceUi.onNavigationChange", Days: 1}
	if got := b.draft(ask, http.StatusOK); !got.OnlyIfWanted || got.FirstTold != nil || got.FirstToldUnknown {
		t.Errorf("%+v", got)
	}
	d.do(func(tx *store.Tx) error {
		_, err := tx.AddFact(fact.Fact{User: amelia, Key: "k", At: nine.Add(-72 * time.Hour), Source: fact.Interface,
			Event: "onNavigationChange"})
		return err
	})
	if got := b.draft(ask, http.StatusOK); got.FirstTold == nil || !got.FirstTold.Equal(nine.Add(-72*time.Hour)) || got.Differ != 0 {
		t.Errorf("%+v", got)
	}
}

// A draft does not find out what stands in a hidden attribute.
func TestADraftDoesNotSeeWhatIsMasked(t *testing.T) {
	d := newDesk(t)
	d.Admin.cfg.Mask = NewMask([]string{"x"})
	d.call("c-1", amelia, "+12065550141", nine.Add(-time.Hour), nil)
	const asks = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"q"}},
		{"id":"q","type":"SE_CoreStartsWith","controls":{"text":"$.contact.attributes.x","values":"<"},"ports":{"true":"p","false":"e"}},
		{"id":"p","type":"SE_SFScreenpopObject","controls":{"recordId":"003000000000001"},"ports":{"success":"e"}},{"id":"e","type":"SE_End"}]}`
	got := d.signIn(ada).draft(ShadowAsk{Script: asks, Event: connecting, Days: 1}, http.StatusOK)
	if got.Unknown != 1 || got.Stops[0].Why != "masked" || got.Stops[0].Action != "q" {
		t.Errorf("%+v", got)
	}
}

// A hidden value that stands in a step's moment too leaves no steps to compare with: that is told, and not that the draft does more.
func TestStepsThatTheMaskMakesUnreadable(t *testing.T) {
	d := newDesk(t)
	d.Admin.cfg.Mask = NewMask([]string{"x"})
	d.call("c-1", amelia, "+12065550141", nine.Add(-time.Hour), func(r *store.Run) {
		popped(t, "003000000000001")(r)
		c := *r.Body.Fact.Contact
		c.Attributes = map[string]string{"x": "T0"}
		r.Body.Fact.Contact = &c
	})
	ask := ShadowAsk{Script: fmt.Sprintf(popsOne, "003000000000001"), Event: connecting, Days: 1}
	if got := d.signIn(ada).draft(ask, http.StatusOK); got.Damaged != 1 || got.Differ+got.Same+got.Unknown != 0 {
		t.Errorf("%+v", got)
	}
}

func TestWhoMayCompareWhat(t *testing.T) {
	d := newDesk(t)
	whole := ShadowAsk{Script: fmt.Sprintf(popsOne, "003"), Event: connecting, Days: 1}
	d.signIn(amelia).draft(whole, http.StatusForbidden)
	b := d.signIn(ada)
	for name, change := range map[string]func(*ShadowAsk){
		"no event": func(a *ShadowAsk) { a.Event = "connectVoiceContact.onX" }, "no source": func(a *ShadowAsk) { a.Event = "onConnecting" },
		"no days": func(a *ShadowAsk) { a.Days = 0 }, "too many": func(a *ShadowAsk) { a.Days = 91 },
		"no flow": func(a *ShadowAsk) { a.Script = "{" }, "a broken one": func(a *ShadowAsk) { a.Script = `{"actions":[]}` },
		"too large": func(a *ShadowAsk) { a.Script = strings.Repeat(" ", 2<<20) },
	} {
		t.Run(name, func(t *testing.T) {
			ask := whole
			change(&ask)
			b.draft(ask, http.StatusBadRequest)
		})
	}
}
