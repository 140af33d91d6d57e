package admin

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// stuck adds a run that waits or was given up.
func (d *desk) stuck(user string, status store.Status, waits, problem string) (id int64) {
	d.t.Helper()
	d.do(func(tx *store.Tx) error {
		r := store.Run{User: user, Contact: "c", Kind: "task", Status: status, Waits: waits, Problem: problem, Created: nine, Wake: nine,
			Body: store.Body{Tries: 8}}
		if !status.Open() {
			r.Ended = nine
		}
		err := tx.AddRun(&r)
		id = r.ID
		return err
	})
	return id
}

func TestWhatWaitsIsGroupedAndPaged(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		d.stuck(amelia, store.Waiting, store.SignIn, "")
	}
	d.stuck(ben, store.GivenUp, "", "The org refused it.")
	d.stuck(ben, store.Completed, "", "")
	d.clock.Advance(time.Minute)
	b := d.signIn(ada)
	var got WaitingList
	b.get("waiting?limit=3", http.StatusOK, &got)
	if len(got.Groups) != 2 || got.Groups[0].Count != 3 || got.Groups[0].Agent.UserID != amelia || got.Groups[1].Status != RunGivenUp {
		t.Errorf("groups %+v", got.Groups)
	}
	if len(got.Runs) != 3 || got.Next == "" || !got.Runs[0].CanRetry {
		t.Errorf("runs %+v", got)
	}
	var rest WaitingList
	b.get("waiting?limit=3&cursor="+got.Next, http.StatusOK, &rest)
	if len(rest.Runs) != 1 || rest.Next != "" || rest.Runs[0].Why == nil {
		t.Errorf("rest %+v", rest.Runs)
	}
	b.get("waiting?status=givenUp", http.StatusOK, &rest)
	if len(rest.Runs) != 1 {
		t.Errorf("given up %+v", rest.Runs)
	}
	b.get("waiting?status=x", http.StatusBadRequest, nil)
}

func TestRetryAndDrop(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	given, waits, ended := d.stuck(amelia, store.GivenUp, "", "x"), d.stuck(amelia, store.Waiting, store.SignIn, ""),
		d.stuck(amelia, store.Completed, "", "")
	at := func(id int64, do string) string { return fmt.Sprintf("runs/%d/%s", id, do) }
	b.post(at(given, "retry"), "", http.StatusOK, new(Done))
	b.post(at(waits, "retry"), "", http.StatusOK, new(Done))
	b.post(at(ended, "retry"), "", http.StatusConflict, nil)
	b.post(at(99, "retry"), "", http.StatusNotFound, nil)
	if !slices.Equal(d.started, []int64{given}) || len(d.again) != 1 {
		t.Errorf("started %v, again %v", d.started, d.again)
	}
	run := func(id int64) (r store.Run) {
		d.do(func(tx *store.Tx) (err error) { r, err = tx.Run(id); return err })
		return r
	}
	if r := run(given); r.Status != store.Waiting || r.Body.Tries != 0 || r.Problem != "" || r.Fence != 2 {
		t.Errorf("%+v", r)
	}
	b.post(at(given, "drop"), "", http.StatusOK, new(Done))
	b.post(at(ended, "drop"), "", http.StatusConflict, nil)
	if r := run(given); r.Status != store.NotRun || !strings.Contains(r.Problem, "dropped by N") {
		t.Errorf("%+v", r)
	}
}

func TestHealth(t *testing.T) {
	d := newDesk(t)
	d.named(amelia, "Amelia", "agent")
	d.do(func(tx *store.Tx) error { return tx.Bind(store.Binding{UserID: ben, Username: "ben", At: nine}) })
	b := d.signIn(ada)
	var h Health
	b.get("health", http.StatusOK, &h)
	if h.Open != 3 || h.Waiting != 1 || h.Store.Size == 0 || h.Store.Free <= 0 || !h.Store.Writable || h.API.Used != 90 {
		t.Errorf("%+v", h)
	}
	if len(h.Agents) != 2 || h.Agents[0].Agent.Username != "ben" || h.Agents[0].Bound == nil || h.Agents[1].Pages != 2 {
		t.Errorf("%+v", h.Agents)
	}
	if len(h.Records) != 1 || h.Records[0].URL != "http://crm.example/a01" || len(h.Problems) != 2 {
		t.Errorf("%+v %+v", h.Records, h.Problems)
	}
	b.post("bindings/ben/release", "", http.StatusOK, new(Done))
	b.get("health", http.StatusOK, &h)
	if len(h.Agents) != 1 {
		t.Errorf("still there: %+v", h.Agents)
	}
}

// Forgetting a number erases its calls, what they told, what was done for them, and clicks on it; others stay.
func TestForget(t *testing.T) {
	d := newDesk(t)
	const gone, stays = "+12065550142", "+12065550199"
	d.call("c-1", amelia, gone, nine, nil)
	d.call("c-1", ben, "(206) 555-0142", nine, nil)
	d.call("c-2", amelia, stays, nine, nil)
	click := func(key, number string) fact.Fact {
		return fact.Fact{User: amelia, Key: key, At: nine, Source: fact.Interface, Event: "onClickToDial",
			Payload: []byte(`{"number":"` + number + `"}`)}
	}
	live := fact.Fact{User: amelia, Key: "c-3:onConnecting:1", At: nine, Source: fact.Voice, Event: contact.OnConnecting,
		Contact: &wire.Contact{ContactID: "c-3", Type: "voice", State: "connecting", Inbound: true, PhoneNumber: gone, Since: 1}}
	d.do(func(tx *store.Tx) error {
		for _, f := range []fact.Fact{click("k1", "(206) 555-0142"), click("k2", "(206) 555-0199")} {
			if _, err := tx.AddFact(f); err != nil {
				return err
			}
			if err := tx.AddRun(&store.Run{User: amelia, Kind: "flow", Status: store.Completed, Created: nine,
				Body: store.Body{Fact: f}}); err != nil {
				return err
			}
		}
		a := agent.New(amelia).Dialled(agent.Dial{Effect: "1", Number: gone, At: nine}).Dialled(agent.Dial{Effect: "2", Number: stays, At: nine})
		s, _ := contact.Fold(contact.New(amelia, "c-3"), live)
		if err := tx.PutState(amelia, "c-3", nine, true, s); err != nil {
			return err
		}
		return tx.PutState(amelia, "", nine, true, a)
	})
	b := d.signIn(ada)
	b.post("forget", `{"number":"0142"}`, http.StatusBadRequest, nil)
	b.post("forget", `x`, http.StatusBadRequest, nil)
	b.post("forget", `{"number":"`+strings.Repeat("1", 20_000)+`"}`, http.StatusBadRequest, nil)
	b.post("forget", `{"number":"(206) 555-0142"}`, http.StatusBadRequest, nil) // whose country's is it?
	var got Forgotten
	b.post("forget", `{"number":"+1 (206) 555-0142"}`, http.StatusOK, &got)
	if got.Contacts != 0 || got.Live != 3 {
		t.Errorf("while panels may list them: %+v", got)
	}
	d.clock.Advance(3 * time.Hour)
	first := got
	got = Forgotten{}
	b.post("forget", `{"number":"+1 (206) 555-0142"}`, http.StatusOK, &got)
	got.Facts, got.Runs = got.Facts+first.Facts, got.Runs+first.Runs
	if got.Contacts != 1 || got.Facts != 5 || got.Runs != 3 || got.Live != 1 || got.Stays == "" {
		t.Errorf("%+v", got)
	}
	var list CallList
	b.get("calls", http.StatusOK, &list)
	if len(list.Calls) != 2 {
		t.Errorf("%+v", list.Calls)
	}
	b.get("calls/c-1", http.StatusNotFound, nil)
	d.do(func(tx *store.Tx) error {
		_, facts, _, err := tx.FactsAfter(0, 100)
		if len(facts) != 3 {
			t.Errorf("%d facts are left", len(facts))
		}
		a := agent.New(amelia)
		if err := tx.State(amelia, "", &a); err != nil || len(a.Dials) != 1 || a.Dials[0].Number != stays {
			t.Errorf("%+v, %v", a.Dials, err)
		}
		return err
	})
}

// On the socket of the data folder nobody signs in.
func TestLocalAsksForNoSignIn(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "+12065550142", nine, nil)
	w := httptest.NewRecorder()
	d.Local().ServeHTTP(w, httptest.NewRequest(http.MethodGet, apiPath+"calls", nil))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "c-1") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
