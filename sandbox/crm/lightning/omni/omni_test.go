package omni

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const loginTold = "LoginSuccess, StatusChanged Available OmniLoginStatusChange"

func TestTabsShareOnePresence(t *testing.T) {
	f := open(t)
	one, two := f.opens("amelia"), f.opens("amelia")
	if one.now.StatusID != "" || len(one.now.Statuses) != 2 || one.now.Statuses[0].Label != "At Lunch" || one.now.Capacity != 5 {
		t.Errorf("at first %+v", one.now)
	}
	state := f.sets("amelia", f.available)
	if state.StatusID != omni.Short(f.available) {
		t.Errorf("set to %+v", state)
	}
	for _, c := range []*console{one, two} {
		c.hear(loginTold)
		if c.now.StatusID != state.StatusID || c.now.Version != state.Version {
			t.Errorf("a tab has %+v", c.now)
		}
	}
	f.clock.Advance(time.Minute)
	f.sets("amelia", f.lunch)
	for _, c := range []*console{one, two} {
		c.hear("StatusChanged Lunch OmniManualStatusChange")
	}
	if _, refused := f.asks("amelia", "DELETE", "/presence", ""); refused != "" {
		t.Error(refused)
	}
	for _, c := range []*console{one, two} {
		c.hear("Logout")
	}
	const history = "SELECT IsCurrentState, StatusEndDate FROM UserServicePresence ORDER BY StatusStartDate"
	if got := f.finds(history, "StatusEndDate"); got != "2026-11-28T09:01:00.000+0000, 2026-11-28T09:01:00.000+0000" {
		t.Errorf("presence ended at %s", got)
	}
}

func TestAStatusThatIsNotGranted(t *testing.T) {
	f := open(t)
	for _, status := range []string{string(f.private), "0N5000000000000AAA", "x"} {
		_, refused := f.asks("amelia", "PUT", "/presence", `{"statusId":"`+status+`","reason":"OmniToolkitStatusChange"}`)
		if refused != omni.ErrStatus.Message {
			t.Errorf("%s is refused with %q", status, refused)
		}
	}
	for _, body := range []string{`{"statusId":"` + string(f.lunch) + `","reason":"OmniDeclineWork"}`, `{"status":"x"}`, ``} {
		if _, refused := f.asks("amelia", "PUT", "/presence", body); refused == "" {
			t.Errorf("%s is taken", body)
		}
	}
	if got := f.finds("SELECT Id FROM UserServicePresence", "Id"); got != "" {
		t.Errorf("rows %s", got)
	}
}

func TestWhoMayAsk(t *testing.T) {
	f := open(t)
	if _, refused := f.asks("a stranger", "GET", "/state", ""); refused != "Session expired or invalid" {
		t.Errorf("a stranger is told %q", refused)
	}
	r, err := http.NewRequestWithContext(t.Context(), "DELETE", f.http.URL+Pattern+"presence", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", "sid=amelia")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("without the page's token: %d", res.StatusCode)
	}
	header := http.Header{"Origin": {"http://elsewhere.example"}, "Cookie": {"sid=amelia"}}
	stream := "ws" + strings.TrimPrefix(f.http.URL, "http") + Pattern + "stream"
	_, res, err = websocket.Dial(t.Context(), stream, &websocket.DialOptions{HTTPHeader: header})
	if err == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("another site opens the stream: %v", err)
	}
}

func TestAnotherDevice(t *testing.T) {
	f := open(t)
	desk, home := f.opens("amelia"), f.opens("amelia elsewhere")
	f.sets("amelia", f.available)
	desk.hear(loginTold)
	if home.hears() != "" || home.now.StatusID != "" {
		t.Errorf("another device has %+v", home.now)
	}
	f.sets("amelia elsewhere", f.lunch)
	desk.hear("Logout DuplicateLogin")
	home.hear("LoginSuccess, StatusChanged Lunch OmniLoginStatusChange")
	if desk.now.StatusID != "" || home.now.StatusID != omni.Short(f.lunch) {
		t.Errorf("the desk has %q, the other device %q", desk.now.StatusID, home.now.StatusID)
	}
	if _, refused := f.asks("amelia", "DELETE", "/presence", ""); refused != "" {
		t.Error(refused)
	}
	if got := f.finds("SELECT Id FROM UserServicePresence WHERE IsCurrentState = true", "Id"); got == "" {
		t.Error("who is not logged in has logged out another device")
	}
}

func TestPresenceOutlivesAReloadAndNotTheLastTab(t *testing.T) {
	f := open(t)
	f.opens("omar") // hears when it is over
	tab := f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	tab.closes()
	f.gone(f.amelia)
	f.clock.Advance(grace - time.Second)
	tab = f.opens("amelia")
	if tab.now.StatusID != omni.Short(f.available) {
		t.Errorf("after a reload: %+v", tab.now)
	}
	f.clock.Advance(time.Hour)
	tab.closes()
	f.gone(f.amelia)
	f.clock.Advance(grace)
	f.until(func() bool {
		return f.finds("SELECT Id FROM UserServicePresence WHERE IsCurrentState = true", "Id") == ""
	})
}

func TestARestartKeepsPresenceAndWork(t *testing.T) {
	f := open(t)
	tab := f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	f.newCase("Printer")
	tab.hear("WorkAssigned, WorkloadChanged")
	work := tab.now.Works[0].ID
	if _, refused := f.asks("amelia", "POST", "/works/"+work+"/accept", ""); refused != "" {
		t.Fatal(refused)
	}
	f.clock.Advance(time.Second)
	f.restart()
	again := f.opens("amelia")
	if again.now.StatusID != omni.Short(f.available) || len(again.now.Works) != 1 || !again.now.Works[0].Engaged || again.now.Workload != 2 {
		t.Errorf("after a restart: %+v", again.now)
	}
	if again.now.Version <= tab.now.Version {
		t.Errorf("version %d after %d", again.now.Version, tab.now.Version)
	}
	again.closes()
	f.gone(f.amelia)
	f.clock.Advance(grace)
	f.until(func() bool { return f.finds("SELECT Status FROM AgentWork", "Status") == "Closed" })
}

func TestACasesWay(t *testing.T) {
	f := open(t)
	tab, two := f.opens("amelia"), f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	two.hear(loginTold)
	made := f.newCase("The printer eats paper")
	tab.hear("WorkAssigned, WorkloadChanged")
	two.hear("WorkAssigned, WorkloadChanged")
	k := tab.now.Works[0]
	if k.Subject != "The printer eats paper" || k.Name != "00001000" || k.RecordID != string(made) || k.Engaged || tab.now.Workload != 2 {
		t.Errorf("offered %+v", k)
	}
	path := "/works/" + k.ID
	if _, refused := f.asks("omar", "POST", path+"/accept", ""); refused != omni.ErrNoWork.Message {
		t.Errorf("another user's work is accepted: %q", refused)
	}
	if _, refused := f.asks("amelia elsewhere", "POST", path+"/accept", ""); refused != omni.ErrNoWork.Message {
		t.Errorf("another device's work is accepted: %q", refused)
	}
	if _, refused := f.asks("amelia", "POST", path+"/accept", ""); refused != "" {
		t.Fatal(refused)
	}
	tab.hear("WorkAccepted")
	if got := f.finds("SELECT OwnerId FROM Case", "OwnerId"); got != string(f.amelia) {
		t.Errorf("owner %s, want %s", got, f.amelia)
	}
	f.clock.Advance(time.Minute)
	if _, refused := f.asks("amelia", "POST", path+"/close", ""); refused != "" {
		t.Fatal(refused)
	}
	tab.hear("WorkClosed, WorkloadChanged")
	if got := f.finds("SELECT CloseDateTime FROM AgentWork WHERE Status = 'Closed' AND HandleTime = 60", "CloseDateTime"); got == "" {
		t.Error("the row does not say how long it took")
	}
	if got := f.finds("SELECT Id FROM PendingServiceRouting", "Id"); got != "" {
		t.Errorf("%s still waits", got)
	}
}

func TestDeclinedAndUnanswered(t *testing.T) {
	f := open(t)
	amelia, omar := f.opens("amelia"), f.opens("omar")
	f.sets("amelia", f.available)
	amelia.hear(loginTold)
	f.newCase("Printer")
	amelia.hear("WorkAssigned, WorkloadChanged")
	path := "/works/" + amelia.now.Works[0].ID
	if _, refused := f.asks("amelia", "POST", path+"/decline", `{"reason":"Lunch is near"}`); refused != "" {
		t.Fatal(refused)
	}
	amelia.hear("WorkDeclined, WorkloadChanged")
	if got := f.finds("SELECT DeclineReason FROM AgentWork WHERE Status = 'Declined'", "DeclineReason"); got != "Lunch is near" {
		t.Errorf("declined for %q", got)
	}
	f.sets("omar", f.available)
	omar.hear(loginTold + ", WorkAssigned, WorkloadChanged")
	f.clock.Advance(30 * time.Second)
	omar.hear("WorkDeclined, WorkloadChanged")
	if got := f.finds("SELECT Status FROM AgentWork ORDER BY Name", "Status"); got != "Declined, DeclinedOnPushTimeout" {
		t.Errorf("work is %s", got)
	}
	if got := f.finds("SELECT GroupId FROM PendingServiceRouting", "GroupId"); got != string(f.queue) {
		t.Errorf("what nobody took waits in %q", got)
	}
}

func TestARecordThatLeavesItsQueue(t *testing.T) {
	f := open(t)
	tab := f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	made := f.newCase("Printer")
	tab.hear("WorkAssigned, WorkloadChanged")
	if err := f.org.Transact(t.Context(), func(a *crm.Actor) error { return a.Delete(t.Context(), "Case", made) }); err != nil {
		t.Fatal(err)
	}
	tab.hear("WorkClosed, WorkloadChanged")
}

func TestPresenceThatSomebodyDeletes(t *testing.T) {
	f := open(t)
	tab := f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	if err := f.org.Transact(t.Context(), func(a *crm.Actor) error {
		found, err := rows(t.Context(), a, "SELECT Id FROM UserServicePresence")
		if err != nil {
			return err
		}
		return a.Delete(t.Context(), schema.UserPresence, found[0].ID())
	}); err != nil {
		t.Fatal(err)
	}
	tab.hear("Logout OmniSupervisorLogout")
}

func TestWorkThatSomebodyDeletes(t *testing.T) {
	f := open(t)
	tab := f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	f.newCase("Printer")
	tab.hear("WorkAssigned, WorkloadChanged")
	if err := f.org.Transact(t.Context(), func(a *crm.Actor) error {
		return a.Delete(t.Context(), schema.AgentWork, schema.To18(tab.now.Works[0].ID))
	}); err != nil {
		t.Fatal(err)
	}
	for len(tab.now.Works) > 0 {
		tab.hears()
	}
	if tab.now.Workload != 0 {
		t.Errorf("workload %v", tab.now.Workload)
	}
}

func TestTheStreamEndsWithTheSession(t *testing.T) {
	f := open(t)
	tab := f.opens("amelia")
	f.sessions.Delete("amelia")
	ended := make(chan error, 1)
	go func() {
		for {
			if _, _, err := tab.conn.Read(t.Context()); err != nil {
				ended <- err
				return
			}
		}
	}()
	f.until(func() bool {
		f.clock.Advance(lookEvery)
		select {
		case err := <-ended:
			return websocket.CloseStatus(err) == sessionEnded
		default:
			return false
		}
	})
}

func TestOmniChannelIsDisabled(t *testing.T) {
	f := open(t)
	tab := f.opens("amelia")
	f.sets("amelia", f.available)
	tab.hear(loginTold)
	if err := f.org.Transact(t.Context(), func(a *crm.Actor) error { return a.SetOmniChannel(t.Context(), false) }); err != nil {
		t.Fatal(err)
	}
	tab.hear("Logout OmniSupervisorLogout")
	if len(tab.now.Statuses) != 0 {
		t.Errorf("statuses %+v", tab.now.Statuses)
	}
	if again := f.opens("amelia"); len(again.now.Statuses) != 0 || again.now.StatusID != "" {
		t.Errorf("a new tab has %+v", again.now)
	}
	body := `{"statusId":"` + string(f.available) + `","reason":"OmniManualStatusChange"}`
	if _, refused := f.asks("amelia", "PUT", "/presence", body); refused == "" {
		t.Error("somebody logged in")
	}
}
