package interviews

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
)

// desk is an org with the administrator Ada and the agents Amelia and Otto at its flows.
type desk struct {
	t     *testing.T
	h     http.Handler
	org   *crm.Org
	clock *clock.Fake
	ids   map[string]crm.RecordID
	who   string
	csrf  string
}

// intake looks the caller up, asks, and makes a case or, for a reason of its own, an account that nobody may make.
const intake = `<Flow><label>Caller Intake</label><processType>Flow</processType><status>Active</status><start><connector><targetReference>Find</targetReference></connector></start>
<recordLookups><name>Find</name><label>Find</label><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Ask</targetReference></connector><filterLogic>1 AND (2 OR 3)</filterLogic>
<filters><field>Phone</field><operator>EqualTo</operator><value><elementReference>phone</elementReference></value></filters>
<filters><field>LastName</field><operator>StartsWith</operator><value><stringValue>O'</stringValue></value></filters><filters><field>DoNotCall</field><operator>EqualTo</operator><value><booleanValue>true</booleanValue></value></filters>
<getFirstRecordOnly>true</getFirstRecordOnly><object>Contact</object><storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>
<screens><name>Ask</name><label>Ask</label><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Note</targetReference></connector><helpText>Ask &lt;b&gt;kindly&lt;/b&gt;</helpText>
<fields><name>subject</name><dataType>String</dataType><defaultValue><stringValue>Call of {!Find.Name} for {!$User.FirstName} {!$Flow.CurrentDate}</stringValue></defaultValue><fieldText>Subject</fieldText><fieldType>InputField</fieldType><isRequired>true</isRequired></fields></screens>
<recordUpdates><name>Note</name><label>Note</label><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Make</targetReference></connector><object>Contact</object>
<filters><field>Phone</field><operator>EqualTo</operator><value><elementReference>phone</elementReference></value></filters><inputAssignments><field>Description</field><value><elementReference>subject</elementReference></value></inputAssignments></recordUpdates>
<recordCreates><name>Make</name><label>Make</label><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Done</targetReference></connector><object>Case</object>
<inputAssignments><field>Subject</field><value><elementReference>subject</elementReference></value></inputAssignments>
<inputAssignments><field>ParentId</field><value><elementReference>parent</elementReference></value></inputAssignments></recordCreates>
<screens><name>Done</name><label>Done</label><locationX>0</locationX><locationY>0</locationY><fields><name>bye</name><fieldText>Bye</fieldText><fieldType>DisplayText</fieldType></fields></screens>
<variables><name>phone</name><dataType>String</dataType><isInput>true</isInput></variables><variables><name>parent</name><dataType>String</dataType><isInput>true</isInput></variables></Flow>`

func open(t *testing.T) *desk {
	t.Helper()
	clk := clock.NewFake(time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC))
	d := &desk{t: t, clock: clk, ids: map[string]crm.RecordID{}, who: "amelia"}
	var users []crm.SeedUser
	for _, name := range []string{"ada", "amelia", "otto"} {
		users = append(users, crm.SeedUser{Username: name + "@x.example", FirstName: strings.ToUpper(name[:1]) + name[1:], LastName: "X", Alias: name, Password: "p", Administrator: name == "ada"})
	}
	var err error
	if d.org, err = crm.Open(t.Context(), crm.Config{Dir: t.TempDir(), Clock: clk, Log: slog.New(slog.DiscardHandler), Origin: "http://localhost:8080", Users: users}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.org.Close() })
	for _, u := range users {
		found, err := d.org.UserByName(t.Context(), u.Username)
		if err != nil {
			t.Fatal(err)
		}
		d.ids[u.Alias] = found.ID
	}
	d.put("Caller_Intake", intake)
	d.put("Sleeping", strings.Replace(intake, "Active", "Draft", 1))
	d.put("Silent", strings.Replace(intake, "<processType>Flow", "<processType>AutoLaunchedFlow", 1))
	if err := d.org.Transact(t.Context(), func(a *crm.Actor) error {
		_, err := a.Create(t.Context(), "Contact", crm.Values{"FirstName": "Maya", "LastName": "O'Neil", "Phone": "+1206", "OwnerId": string(d.ids["amelia"])})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("console write\x00s"))
	d.csrf = hex.EncodeToString(sum[:])
	d.h = Handler(Config{Org: d.org, Authenticate: func(*http.Request) (crm.RecordID, error) { return d.ids[d.who], nil }, Origin: "http://localhost:8080", Clock: clk, Log: slog.New(slog.DiscardHandler)})
	return d
}

func (d *desk) put(name, source string) {
	d.t.Helper()
	if err := d.org.Transact(d.t.Context(), func(a *crm.Actor) error {
		return a.PutComponent(d.t.Context(), crm.Component{Type: "Flow", FullName: name, Files: map[string][]byte{"flows/" + name + ".flow": []byte(source)}})
	}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) send(method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, strings.TrimSuffix(Pattern, "/")+path, strings.NewReader(body))
	r.AddCookie(&http.Cookie{Name: "sid", Value: "s"})
	r.Header.Set("X-CSRF-Token", d.csrf)
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w
}

func (d *desk) ask(method, path, body string) out {
	d.t.Helper()
	w := d.send(method, path, body)
	var o out
	if err := json.Unmarshal(w.Body.Bytes(), &o); err != nil || w.Code != http.StatusOK {
		d.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return o
}

func (d *desk) cases() int {
	d.t.Helper()
	n := 0
	if err := d.org.Transact(d.t.Context(), func(a *crm.Actor) error {
		found, err := a.Query(d.t.Context(), "SELECT COUNT() FROM Case", false)
		n = found.TotalSize
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return n
}

func TestAnAgentRunsAFlow(t *testing.T) {
	d := open(t)
	o := d.ask("POST", "/start/caller_intake", `{"args":[{"name":"phone","type":"String","value":"+1206"}]}`)
	if o.Flow != "Caller_Intake" || o.Label != "Caller Intake" || o.Screen == nil || o.Screen.Fields[0].Value != "Call of Maya O'Neil for Amelia 2026-03-01" || !o.Screen.Help[0].Runs[1].Bold {
		t.Fatalf("first screen %+v", o)
	}
	at := "/interviews/" + o.Interview
	if again := d.ask("GET", at, ""); again.Screen == nil || again.Number != o.Number {
		t.Errorf("read again: %+v", again)
	}
	if o = d.ask("POST", at, `{"number":0,"action":"NEXT","values":{"subject":""}}`); o.Number != 0 || o.Screen.Fields[0].Error != "Complete this field." {
		t.Errorf("an empty subject: %+v", o)
	}
	o = d.ask("POST", at, `{"number":0,"action":"NEXT","values":{"subject":"Chairs"}}`)
	if o.Number != 1 || o.Screen == nil || o.Screen.Name != "Done" || o.Screen.NextLabel != "Finish" || d.cases() != 1 {
		t.Fatalf("after Next: %+v, %d cases", o, d.cases())
	}
	if o = d.ask("POST", at, `{"number":0,"action":"NEXT","values":{"subject":"Chairs"}}`); o.Screen.Name != "Done" || d.cases() != 1 {
		t.Errorf("the same screen sent twice: %+v, %d cases", o, d.cases())
	}
	if o = d.ask("POST", at, `{"number":1,"action":"BACK","values":{}}`); o.Screen.Name != "Ask" || o.Screen.Fields[0].Value != "Chairs" {
		t.Errorf("after Previous: %+v", o)
	}
	o = d.ask("POST", at, `{"number":2,"action":"NEXT","values":{}}`)
	if o = d.ask("POST", at, `{"number":3,"action":"NEXT","values":{}}`); o.Screen != nil || o.Fault != nil {
		t.Errorf("the end: %+v", o)
	}
	if o = d.ask("GET", at, ""); o.Screen != nil || o.Fault != nil {
		t.Errorf("the end again: %+v", o)
	}
}

func TestAFaultUndoesTheStep(t *testing.T) {
	d := open(t)
	for _, tc := range []struct{ who, detail string }{
		{"amelia", ""},
		{"ada", "Error element Make (FlowRecordCreate). This error occurred when the flow tried to create records: MALFORMED_ID: "},
	} {
		d.who = tc.who
		o := d.ask("POST", "/start/Caller_Intake", `{"args":[{"name":"phone","value":"+1206"},{"name":"parent","value":"nobody"}]}`)
		o = d.ask("POST", "/interviews/"+o.Interview, `{"number":0,"action":"NEXT","values":{"subject":"Lost"}}`)
		if o.Fault == nil || o.Screen != nil || o.Fault.Title != "An unhandled fault has occurred in this flow" || !strings.HasPrefix(o.Fault.Detail, tc.detail) || tc.detail == "" && o.Fault.Detail != "" {
			t.Fatalf("%s: %+v", tc.who, o.Fault)
		}
		if again := d.ask("GET", "/interviews/"+o.Interview, ""); again.Fault == nil {
			t.Errorf("a fault is gone when it is read again: %+v", again)
		}
	}
	if err := d.org.Transact(t.Context(), func(a *crm.Actor) error {
		found, err := a.Query(t.Context(), "SELECT Id FROM Contact WHERE LastName LIKE 'O%' AND Phone = '+1206'", false)
		if err != nil || found.TotalSize != 1 {
			return fmt.Errorf("%d contacts: %w", found.TotalSize, err)
		}
		r, err := a.Get(t.Context(), "Contact", found.Records[0].ID(), "Description")
		if r.Text("Description") != "" {
			t.Errorf("the update before the fault stayed: %q", r.Text("Description"))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if d.cases() != 0 {
		t.Error("there is a case")
	}
}

func TestWhoMayNotGetsNothing(t *testing.T) {
	d := open(t)
	o := d.ask("POST", "/start/Caller_Intake", `{}`)
	at := "/interviews/" + o.Interview
	refused := func(name, method, path, body string, status int, code string) {
		t.Helper()
		if w := d.send(method, path, body); w.Code != status || !strings.Contains(w.Body.String(), `"code":"`+code+`"`) {
			t.Errorf("%s: %d %s, want %d %s", name, w.Code, w.Body, status, code)
		}
	}
	refused("a flow that is not there", "POST", "/start/Nope", `{}`, 404, "NOT_FOUND")
	refused("a name that is none", "POST", "/start/a-b", `{}`, 404, "NOT_FOUND")
	refused("a flow that is not active", "POST", "/start/Sleeping", `{}`, 409, "FLOW_INACTIVE")
	refused("a flow without screens", "POST", "/start/Silent", `{}`, 409, "FLOW_WITHOUT_SCREENS")
	refused("a body that is none", "POST", "/start/Caller_Intake", `{"args":7}`, 400, "BAD_REQUEST")
	refused("an argument that is a list", "POST", "/start/Caller_Intake", `{"args":[{"name":"phone","value":[]}]}`, 400, "INVALID_ARGUMENT")
	refused("an action that is none", "POST", at, `{"number":0,"action":"JUMP","values":{}}`, 400, "BAD_REQUEST")
	refused("an address that is none", "GET", "/nothing", ``, 404, "NOT_FOUND")
	d.who = "otto"
	refused("somebody else's interview", "GET", at, ``, 410, "INTERVIEW_GONE")
	refused("a step of somebody else's", "POST", at, `{"number":0,"action":"NEXT","values":{}}`, 410, "INTERVIEW_GONE")
	d.who = "ada"
	if o := d.ask("POST", "/start/Sleeping", `{}`); o.Screen == nil {
		t.Errorf("who manages flows runs one that is not active: %+v", o)
	}
	d.who = "amelia"
	csrf := d.csrf
	d.csrf = "forged"
	refused("without a token", "POST", at, `{"number":0,"action":"NEXT","values":{}}`, 403, "CSRF")
	d.csrf = csrf
	d.clock.Advance(life)
	refused("after its time", "GET", at, ``, 410, "INTERVIEW_GONE")
	under := d.ask("POST", "/start/Caller_Intake", `{}`).Interview
	if err := d.org.Transact(t.Context(), func(a *crm.Actor) error {
		u, err := d.org.User(t.Context(), d.ids["amelia"])
		if err != nil {
			return err
		}
		return a.Update(t.Context(), "Profile", u.ProfileID, crm.Values{"PermissionsRunFlow": false}, "")
	}); err != nil {
		t.Fatal(err)
	}
	refused("without the right to run flows", "POST", "/start/Caller_Intake", `{}`, 403, "INSUFFICIENT_ACCESS")
	refused("a step after the right is gone", "POST", "/interviews/"+under, `{"number":0,"action":"NEXT","values":{}}`, 403, "INSUFFICIENT_ACCESS")
}

func TestARestrictedFlowIsForThoseWhoAreGivenIt(t *testing.T) {
	d := open(t)
	d.put("Special", strings.Replace(intake, "<label>Caller Intake</label>", "<label>Special</label><isAdditionalPermissionRequiredToRun>true</isAdditionalPermissionRequiredToRun>", 1))
	if w := d.send("POST", "/start/Special", `{}`); w.Code != http.StatusForbidden {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	f, err := d.org.Flow(t.Context(), "Special")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.org.Transact(t.Context(), func(a *crm.Actor) error {
		set, err := a.Create(t.Context(), "PermissionSet", crm.Values{"Name": "S", "Label": "S"})
		if err == nil {
			_, err = a.Create(t.Context(), "SetupEntityAccess", crm.Values{"ParentId": string(set), "SetupEntityId": string(f.ID), "SetupEntityType": "FlowDefinition"})
		}
		if err == nil {
			_, err = a.Create(t.Context(), "PermissionSetAssignment", crm.Values{"PermissionSetId": string(set), "AssigneeId": string(d.ids["amelia"])})
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if o := d.ask("POST", "/start/Special", `{}`); o.Screen == nil {
		t.Errorf("%+v", o)
	}
}

func TestTwoStepsAtOnceAreOne(t *testing.T) {
	d := open(t)
	o := d.ask("POST", "/start/Caller_Intake", `{}`)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			w := d.send("POST", "/interviews/"+o.Interview, `{"number":0,"action":"NEXT","values":{"subject":"Once"}}`)
			if w.Code != http.StatusOK && w.Code != http.StatusConflict {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
	wait.Wait()
	if n := d.cases(); n != 1 {
		t.Errorf("%d cases, want 1", n)
	}
}

func TestInterviewsAreBounded(t *testing.T) {
	d := open(t)
	first := d.ask("POST", "/start/Caller_Intake", `{}`)
	for range mostOwn {
		d.clock.Advance(time.Second)
		d.ask("POST", "/start/Caller_Intake", `{}`)
	}
	if w := d.send("GET", "/interviews/"+first.Interview, ""); w.Code != http.StatusGone {
		t.Errorf("the oldest of %d is still there: %d", mostOwn+1, w.Code)
	}
	var k kept
	for n := range mostKept + 5 {
		k.put(&entry{id: fmt.Sprint(n), user: crm.RecordID(fmt.Sprint(n))}, d.clock.Now())
	}
	if len(k.by) != mostKept {
		t.Errorf("%d are kept, want %d", len(k.by), mostKept)
	}
}

func TestTheFlowsOwnAddressLeadsToTheConsole(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc(OwnPattern, Redirect)
	for path, want := range map[string]string{"/flow/Caller_Intake?phone=%2B1": "/lightning/flow/Caller_Intake?phone=%2B1", "/flow/a.b": ""} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
}
