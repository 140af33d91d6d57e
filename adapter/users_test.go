package adapter

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// instanceOf is a contact centre with one user.
type instanceOf struct {
	user  string
	err   error
	asked int
}

func (i *instanceOf) UserExists(_ context.Context, username string) (bool, error) {
	i.asked++
	return username == i.user, i.err
}

func (*instanceOf) UserID(context.Context, string) (string, error) { return "", nil }

func (*instanceOf) StatusOf(context.Context, string) (string, error) { return "", nil }

func (*instanceOf) SetStatus(context.Context, string, string) error { return nil }

func (*instanceOf) UpdateAttributes(context.Context, string, map[string]string) error { return nil }

func TestAUserOfTheContactCentreIsAskedAboutOnceADay(t *testing.T) {
	clk := clock.NewFake(time.Unix(0, 0))
	centre := &instanceOf{user: "amelia"}
	u := users{centre: centre, clock: clk}
	for range 3 {
		if err := u.check(t.Context(), agentID, "amelia"); err != nil || !u.known(agentID, "amelia") {
			t.Errorf("err %v, known %v", err, u.known(agentID, "amelia"))
		}
	}
	if centre.asked != 1 {
		t.Errorf("asked %d times", centre.asked)
	}
	clk.Advance(25 * time.Hour)
	if u.known(agentID, "amelia") {
		t.Error("known for ever")
	}
	err := u.check(t.Context(), agentID, "mallory")
	if fault.Of(err).Kind != fault.Conflict || !strings.Contains(fault.Of(err).Message, "mallory") {
		t.Errorf("a user who is not there: %v", err)
	}
}

func TestAContactCentreThatDoesNotAnswerRefusesNobody(t *testing.T) {
	u := users{centre: &instanceOf{err: errors.New("away")}, clock: clock.System{}}
	if err := u.check(t.Context(), agentID, "amelia"); err != nil || u.known(agentID, "amelia") {
		t.Errorf("err %v, known %v", err, u.known(agentID, "amelia"))
	}
	none := users{}
	if err := none.check(t.Context(), agentID, "amelia"); err != nil || !none.known(agentID, "amelia") {
		t.Errorf("without one: %v", err)
	}
}

// What an agent tells before the contact centre has said who that is does not put off that the agent is bound, and opens no gap for
// another.
func TestAnAgentIsBoundAsSoonAsTheContactCentreAnswers(t *testing.T) {
	o := newOrg(t)
	cfg := testConfig(t, o.url, t.TempDir())
	cfg.Centre = &instanceOf{user: "amelia"}
	n := begin(t, cfg)
	defer n.end()
	page := open(t, n.server, signIn(t, n.server))
	early := connecting("c-0")
	early.Agent = &amelia
	page.tell(early)
	page.until(func(m wire.ToPage) bool { return m.Ack != nil })
	page.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{Agent: amelia, Contacts: []wire.Contact{*early.Contact}}})
	late := connecting("c-1")
	late.Agent = &amelia
	page.tell(late)
	page.until(func(m wire.ToPage) bool { return m.Ack != nil && m.Ack.Key == late.Key })
	other := openAs(t, n.server, signInAs(t, n.server, "other"), otherAgent, "q")
	foreign := connecting("c-2")
	foreign.Agent = &amelia
	other.tell(foreign)
	got := other.until(func(m wire.ToPage) bool { return m.Ack != nil || m.Refusal != nil })
	if got.Refusal == nil || got.Refusal.Reason != "otherAgent" {
		t.Errorf("another user speaks for the agent: %+v", got)
	}
}

func TestAnAgentsNameIsThatOfTheCRMUser(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, record{r.URL.Query().Get("fields"): "Amelia@x.example"})
	}))
	defer server.Close()
	for _, field := range []string{"Email", "FederationIdentifier"} {
		u := users{field: field, clock: clock.System{}, crm: func(context.Context) (*salesforce.Client, error) {
			return salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}}), nil
		}}
		if err := u.check(t.Context(), agentID, "amelia@x.example"); err != nil || !u.known(agentID, "amelia@x.example") {
			t.Errorf("%s: err %v, known %v", field, err, u.known(agentID, "amelia@x.example"))
		}
		err := u.check(t.Context(), agentID, "bob@x.example")
		if fault.Of(err).Kind != fault.Conflict || !strings.Contains(fault.Of(err).Message, "Amelia@x.example") {
			t.Errorf("%s of another user: %v", field, err)
		}
	}
}

// deafCentre is a contact centre that does not answer in time who its users are.
type deafCentre struct{ instanceOf }

func (*deafCentre) UserExists(ctx context.Context, _ string) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}

// Who a page speaks for may be hard to find out, as when thousands of pages come back and the contact centre is asked twice a second: what
// the page tells meanwhile does not wait for that.
func TestFactsDoNotWaitForWhoTheAgentIs(t *testing.T) {
	o := newOrg(t)
	cfg := testConfig(t, o.url, t.TempDir())
	cfg.Centre = &deafCentre{}
	n := begin(t, cfg)
	defer n.end()
	page := open(t, n.server, signIn(t, n.server))
	e := connecting("c-0")
	page.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{Agent: amelia, Contacts: []wire.Contact{*e.Contact}}})
	began := time.Now()
	page.tell(e)
	page.until(func(m wire.ToPage) bool { return m.Ack != nil })
	if took := time.Since(began); took > asksAbout/2 {
		t.Errorf("the fact was acknowledged after %v", took)
	}
}
