package admin

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

func TestCallsAreFound(t *testing.T) {
	d := newDesk(t)
	d.named(amelia, "Amelia Okafor", "agent")
	d.do(func(tx *store.Tx) error { return tx.Bind(store.Binding{UserID: amelia, Username: "agent", At: nine}) })
	d.call("c-1", amelia, "+12065550142", nine, nil)
	d.call("c-2", amelia, "(206) 555-0143", nine.Add(time.Minute), func(r *store.Run) {
		r.Body.Searches = []store.Search{{Kind: "choice", Total: 2, Object: "Contact"}}
	})
	d.call("c-3", ben, "", nine.Add(2*time.Minute), func(r *store.Run) { r.Body.Searches = nil })
	b := d.signIn(ada)
	for query, want := range map[string]string{
		"": "c-3 c-2 c-1", "number=%2B12065550142": "c-1", "number=206-555-0143": "c-2", "agent=agent": "c-2 c-1", "agent=" + ben: "c-3",
		"agent=unknown": "", "outcome=several": "c-2", "outcome=noMatch": "c-3 c-1", "queue=Support&outcome=several": "c-2", "queue=x": "",
		"from=2026-03-02T09:01:00Z": "c-3 c-2", "to=2026-03-02T09:01:00Z": "c-1", "limit=1": "c-3",
	} {
		var got CallList
		b.get("calls?"+query, http.StatusOK, &got)
		var ids []string
		for _, c := range got.Calls {
			ids = append(ids, c.ContactID)
		}
		if strings.Join(ids, " ") != want {
			t.Errorf("%s: %v, want %s", query, ids, want)
		}
	}
	var got CallList
	b.get("calls?number=2065550142", http.StatusOK, &got)
	if c := got.Calls[0]; c.Agent.Name != "Amelia Okafor" || c.Why.Text == "" || c.Phase != "ended" || c.EndedAt == nil {
		t.Errorf("%+v", c)
	}
	for _, query := range []string{"outcome=x", "from=yesterday", "limit=0", "limit=201", "cursor=x", "number=" + strings.Repeat("1", 300),
		"queue=a&queue=b"} {
		b.get("calls?"+query, http.StatusBadRequest, nil)
	}
}

// Pages of a list leave nothing out and repeat nothing, also among calls of one moment.
func TestAListGoesOn(t *testing.T) {
	d := newDesk(t)
	for i := range 25 {
		d.call(fmt.Sprintf("c-%02d", i), []string{amelia, ben}[i%2], "+12065550142", nine.Add(time.Duration(i/10)*time.Second), nil)
	}
	b, seen, next := d.signIn(ada), map[string]bool{}, ""
	for page := 0; page == 0 || next != ""; page++ {
		var got CallList
		b.get("calls?limit=7&cursor="+url.QueryEscape(next), http.StatusOK, &got)
		for _, c := range got.Calls {
			if seen[c.ContactID] {
				t.Errorf("%s is there twice", c.ContactID)
			}
			seen[c.ContactID] = true
		}
		if next = got.Next; page > 10 {
			t.Fatal("it does not end")
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d calls", len(seen))
	}
}

// The list follows what happens: a run that ends, and one that a person tries again.
func TestTheListFollows(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	var id int64
	d.call("c-1", amelia, "+12065550142", nine, func(r *store.Run) {
		r.Status, r.Waits, r.Ended, r.Body.Searches = store.Waiting, store.SignIn, time.Time{}, nil
	})
	outcome := func() told.Outcome {
		d.clock.Advance(time.Second)
		var got CallList
		b.get("calls", http.StatusOK, &got)
		return got.Calls[0].Outcome
	}
	if got := outcome(); got != told.Waiting {
		t.Errorf("%s", got)
	}
	d.do(func(tx *store.Tx) error {
		legs, _, err := tx.RunsOfLeg(store.Leg{User: amelia, Contact: "c-1"}, 9)
		r := legs[0]
		id = r.ID
		r.Status, r.Waits, r.Body.Searches = store.Completed, "", []store.Search{{Kind: "record", Record: "003", Name: "Maya", Object: "Contact"}}
		if err == nil {
			err = tx.SaveRun(r)
		}
		return err
	})
	d.clock.Advance(time.Hour) // nothing else says that it changed
	if got := outcome(); got != told.Popped {
		t.Errorf("%s", got)
	}
	if id == 0 {
		t.Error("no run")
	}
}

// What pages and callers write is text: it cannot end the script or the element that it stands in.
func TestWhatOthersWriteIsText(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "<img src=x onerror=alert(1)>", nine, func(r *store.Run) { r.Flow = "</script><script>alert(1)</script>" })
	b := d.signIn(ada)
	for _, path := range []string{"calls", "calls/c-1"} {
		w := b.ask(http.MethodGet, path, "", nil)
		if strings.ContainsAny(w.Body.String(), "<>") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
}

// A run of a thousand steps with the largest results makes an answer that a browser can take; the rest is there to be asked for.
func TestALongRunIsBounded(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "+12065550142", nine, func(r *store.Run) {
		var steps []flow.Step
		for i := range flow.MaxSteps {
			s := flow.Step{Action: flow.ActionID(fmt.Sprint(i)), Type: "T", Port: flow.Success, Started: nine,
				Inputs: map[string]any{"x": strings.Repeat("y", 300)}}
			if i < 4 {
				s.Result = strings.Repeat("é<", flow.MaxResult/8)
			}
			steps = append(steps, s)
		}
		r.Body.Steps, _ = json.Marshal(steps)
	})
	b := d.signIn(ada)
	w := b.ask(http.MethodGet, "calls/c-1", "", nil)
	if n := w.Body.Len(); n > 1<<20 {
		t.Errorf("an answer of %d bytes", n)
	}
	var got CallDetail
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	r := got.Legs[0].Runs[0]
	if r.StepsTotal != 1000 || len(r.Steps) != maxSteps || r.Steps[0].ResultCut < 100_000 || len(r.Steps[0].Result) > maxValue {
		t.Errorf("%d of %d steps, the first of %d bytes, cut of %d", len(r.Steps), r.StepsTotal, len(r.Steps[0].Result), r.Steps[0].ResultCut)
	}
	seen := 0
	for from := 1; from != 0; {
		var page StepList
		w := b.ask(http.MethodGet, fmt.Sprintf("runs/%d/steps?from=%d", r.ID, from), "", nil)
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		if w.Body.Len() > 5<<20 || from == 1 && page.Steps[0].ResultCut != 0 {
			t.Errorf("%d bytes, cut %d", w.Body.Len(), page.Steps[0].ResultCut)
		}
		seen, from = seen+len(page.Steps), page.Next
	}
	if seen != 1000 {
		t.Errorf("%d steps", seen)
	}
}

// A damaged row is named, and hides nothing else.
func TestDamagedRowsAreNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	d := newDeskIn(t, file)
	d.call("c-1", amelia, "+12065550142", nine, nil)
	d.call("c-2", amelia, "+12065550142", nine, nil)
	raw, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{`UPDATE state SET sum = sum + 1 WHERE contact = 'c-1'`,
		`UPDATE run SET sum = sum + 1 WHERE contact = 'c-1'`} {
		if _, err := raw.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	b := d.signIn(ada)
	var list CallList
	b.get("calls", http.StatusOK, &list)
	if len(list.Calls) != 2 {
		t.Fatalf("%+v", list.Calls)
	}
	var got CallDetail
	b.get("calls/c-1", http.StatusOK, &got)
	if len(got.Damaged) != 2 || got.Legs[0].Call.Why.Code != told.CodeDamaged || len(got.Legs[0].Facts) != 2 {
		t.Errorf("%+v", got)
	}
	var h Health
	b.get("health", http.StatusOK, &h)
	if len(h.Damage) != 2 || h.Problems[0].Code != told.CodeStoreDamaged || !strings.Contains(h.Store.Problem, file) {
		t.Errorf("%+v", h)
	}
}

// A call of which no fact was kept, since its page spoke for another agent, is there and says so.
func TestARejectedCallIsTold(t *testing.T) {
	d := newDesk(t)
	c := wire.Contact{ContactID: "c-1", Type: "voice", State: "connecting", Inbound: true, PhoneNumber: "+12065550142", QueueName: "Support"}
	f := fact.Fact{User: amelia, Key: "c-1:onConnecting:1", At: nine, Source: fact.Voice, Event: contact.OnConnecting, Contact: &c}
	d.do(func(tx *store.Tx) error {
		return tx.Reject(f, "otherAgent", "The contact centre user ben is used already.", nine)
	})
	b := d.signIn(ada)
	var list CallList
	b.get("calls?number=2065550142", http.StatusOK, &list)
	if len(list.Calls) != 1 || list.Calls[0].Outcome != told.Refused || !strings.Contains(list.Calls[0].Why.Text, "ben is used already") {
		t.Errorf("%+v", list.Calls)
	}
	var got CallDetail
	b.get("calls/c-1", http.StatusOK, &got)
	if got.Legs[0].Call.Queue != "Support" {
		t.Errorf("%+v", got)
	}
}

// What a person should know of a step that did its work is told.
func TestAStepTellsItsWarning(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "+12065550142", nine, func(r *store.Run) {
		r.Body.Steps, _ = json.Marshal([]flow.Step{{Action: "a", Type: "SE_SFSaveLog", Port: flow.Success, Warning: "left out: Region__c"}})
	})
	var got CallDetail
	d.signIn(ada).get("calls/c-1", http.StatusOK, &got)
	if s := got.Legs[0].Runs[0].Steps[0]; s.Warning != "left out: Region__c" || s.Problem != "" {
		t.Errorf("%+v", s)
	}
}
