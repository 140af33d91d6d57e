package records

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

var defaults = []DefaultFlow{{Name: "pop", Source: "connectVoiceContact", Event: "onConnecting", Script: goodFlow},
	{Name: "an example", Source: "connectChatContact", Event: "onConnecting", Script: goodFlow, Inactive: true}}

const goodFlow = `{"actions":[{"id":"0","type":"SE_Start","ports":{}}]}`

// org answers queries by the object they ask; what lies in the recycle bin is in queryAll only.
type org map[string][]map[string]any

func (o org) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		o.create(w, r)
		return
	}
	_, rest, _ := strings.Cut(r.URL.Query().Get("q"), " FROM ")
	object, _, _ := strings.Cut(rest, " ")
	rows := []map[string]any{}
	for _, row := range o[object] {
		if row["IsDeleted"] != true || strings.HasSuffix(r.URL.Path, "/queryAll") {
			rows = append(rows, row)
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"done": true, "records": rows})
}

// create takes a composite of records to be made.
func (o org) create(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Parts []struct {
			Method, URL string
			Name        string `json:"referenceId"`
			Body        map[string]any
		} `json:"compositeRequest"`
	}
	_ = json.NewDecoder(r.Body).Decode(&asked)
	var out []map[string]any
	for _, part := range asked.Parts {
		if part.Method != http.MethodPost {
			w.WriteHeader(http.StatusNotFound) // it has no stamps
			return
		}
		object := path.Base(part.URL)
		id := fmt.Sprint(object, len(o[object]))
		part.Body["Id"] = id
		o[object] = append(o[object], part.Body)
		out = append(out, map[string]any{"referenceId": part.Name, "httpStatusCode": http.StatusCreated, "body": map[string]any{"id": id}})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"compositeResponse": out})
}

func reader(t *testing.T, o org) (*Reader, *clock.Fake) {
	t.Helper()
	return readerOf(t, o)
}

func readerOf(t *testing.T, o http.Handler) (*Reader, *clock.Fake) {
	t.Helper()
	server := httptest.NewServer(o)
	t.Cleanup(server.Close)
	clk := clock.NewFake(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	client := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})
	r := NewReader(func(context.Context, string) (*salesforce.Client, error) { return client, nil }, defaults, nil, clk,
		slog.New(slog.DiscardHandler))
	t.Cleanup(r.Close)
	return r, clk
}

func full() org {
	return org{
		"User":             {{"Id": "0051", "CallCenterId": "04v1"}},
		"CallCenter":       {{"Id": "04v1", "InternalName": "ACLightningAdapter"}},
		"AC_CtiAdapter__c": {{"Id": "a001", "Name": "ACLightningAdapter", "Amazon_Connect_Instance_Alias__c": "desk"}},
		"AC_CtiScript__c": {
			{"Id": "a1", "Name": "b", "Source__c": "connectVoiceContact", "Event__c": "onConnecting", "Script__c": goodFlow, "Active__c": true},
			{"Id": "a2", "Name": "a", "Source__c": "connectVoiceContact", "Event__c": "onConnecting", "Script__c": goodFlow, "Active__c": true},
			{"Id": "a3", "Name": "broken", "Source__c": "salesforceUi", "Event__c": "onClickToDial", "Script__c": "{", "Active__c": true},
		},
	}
}

func TestForUser(t *testing.T) {
	o := full()
	r, clk := reader(t, o)
	a, err := r.ForUser(t.Context(), "0051")
	if err != nil {
		t.Fatal(err)
	}
	if flows := a.For("connectVoiceContact", "onConnecting"); len(flows) != 2 || flows[0].Name != "a" {
		t.Errorf("flows %+v, want a before b", flows)
	}
	if len(a.Problems) != 1 || !strings.Contains(a.Problems[0], "broken") || a.DefaultCountry != "US" {
		t.Errorf("adapter %+v", a)
	}
	o["AC_CtiAdapter__c"][0]["Amazon_Connect_Instance_Alias__c"] = "other"
	if again, _ := r.ForUser(t.Context(), "0051"); again.CCPURL != a.CCPURL {
		t.Error("read again while fresh")
	}
	clk.Advance(fresh)
	if again, err := r.Arrived(t.Context(), "0051"); err != nil || again.CCPURL != "https://other.my.connect.aws/ccp-v2/" {
		t.Errorf("a change did not arrive: %+v, %v", again, err)
	}
}

func TestThePanelIsAsTheRecordSays(t *testing.T) {
	o := full()
	for field, value := range map[string]any{
		"Custom_Ringtone__c": " https://sounds.example/ring.mp3 ", "Custom_Chat_Ringtone__c": "javascript:alert(1)",
		"Medialess__c": true, "Early_Gum__c": true,
		"Audio_Device_Settings__c": true, "Phone_Type_Settings__c": true, "Debug_Level__c": "Info",
	} {
		o["AC_CtiAdapter__c"][0][field] = value
	}
	r, _ := reader(t, o)
	a, err := r.ForUser(t.Context(), "0051")
	want := Panel{RingtoneURL: "https://sounds.example/ring.mp3", Medialess: true, EarlyMicrophone: true, AudioDevices: true, PhoneType: true}
	if err != nil || a.Panel != want || a.DebugLevel != "Info" {
		t.Errorf("%+v %q, %v; want %+v", a.Panel, a.DebugLevel, err, want)
	}
	if len(a.Problems) != 2 || !strings.Contains(a.Problems[0],
		"Custom Chat Ringtone of the AC CTI Adapter record ACLightningAdapter (\"javascript:alert(1)\")") {
		t.Errorf("problems %q", a.Problems)
	}
	o["AC_CtiAdapter__c"][0]["Debug_Level__c"] = "Loud"
	r, _ = reader(t, o)
	if a, err := r.ForUser(t.Context(), "0051"); err != nil || a.DebugLevel != "Off" {
		t.Errorf("%q, %v; want Off for a level that nobody knows", a.DebugLevel, err)
	}
}

func TestWebServicesAreAsTheRecordSays(t *testing.T) {
	o := full()
	o["AC_CtiAdapter__c"][0]["HTTP_Allowed_Hosts__c"] = "api.example.com\nhttps://wrong.example/"
	r, _ := reader(t, o)
	a, err := r.ForUser(t.Context(), "0051")
	if err != nil || len(a.WebHosts) != 1 || a.WebHosts[0] != "api.example.com" {
		t.Errorf("%q, %v", a.WebHosts, err)
	}
	want := "HTTP Allowed Hosts of the AC CTI Adapter record ACLightningAdapter: \"https://wrong.example/\" is no host"
	if len(a.Problems) != 2 || !strings.HasPrefix(a.Problems[0], want) {
		t.Errorf("problems %q", a.Problems)
	}
}

// TestAnOrgThatWasSetUpBefore has no list of web services, and works.
func TestAnOrgThatWasSetUpBefore(t *testing.T) {
	o := full()
	r, _ := readerOf(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.Contains(req.URL.Query().Get("q"), "HTTP_Allowed_Hosts__c") {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`[{"errorCode":"INVALID_FIELD","message":"No such column 'HTTP_Allowed_Hosts__c'"}]`))
			return
		}
		o.ServeHTTP(w, req)
	}))
	a, err := r.ForUser(t.Context(), "0051")
	if err != nil || a.CCPURL == "" || len(a.WebHosts) != 0 || len(a.Problems) != 2 || a.Problems[0] != lacksWebHosts {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestAnOrgThatKeepsNoVersions runs what its records say, whichever of object and field it lacks.
func TestAnOrgThatKeepsNoVersions(t *testing.T) {
	for lacks, code := range map[string]string{
		"Activation__c, LastModifiedBy": "INVALID_FIELD", "FROM AC_CtiScriptVersion__c": "INVALID_TYPE",
	} {
		o := full()
		o["AC_CtiScript__c"][0]["Activation__c"] = 1.0
		r, _ := readerOf(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if strings.Contains(req.URL.Query().Get("q"), lacks) {
				w.WriteHeader(http.StatusBadRequest)
				_ = json.NewEncoder(w).Encode([]map[string]string{{"errorCode": code, "message": "there is no such thing"}})
				return
			}
			o.ServeHTTP(w, req)
		}))
		a, err := r.ForUser(t.Context(), "0051")
		if err != nil || len(a.Flows) != 2 || len(a.Problems) != 2 || a.Problems[0] != lacksVersions {
			t.Errorf("%s: %d flows, %q, %v", lacks, len(a.Flows), a.Problems, err)
		}
	}
}

// TestTheMapOfTypesIsTheRecords, and what cannot be used of it is told.
func TestTheMapOfTypesIsTheRecords(t *testing.T) {
	o := full()
	o["AC_CtiAdapter__c"][0]["Flow_Block_Map__c"] = `{"SE_NoSuch": "SE_End", "SE_Other": "SE_NorThis"}`
	o["AC_CtiScript__c"][0]["Script__c"] = `{"actions":[{"id":"0","type":"SE_Start","ports":{"done":"1"}},{"id":"1","type":"SE_NoSuch"}]}`
	r, _ := reader(t, o)
	a, err := r.ForUser(t.Context(), "0051")
	if err != nil || len(a.Flows) != 2 || !strings.Contains(string(a.Flows[1].Script), `"type":"SE_End"`) {
		t.Errorf("%+v, %v", a.Flows, err)
	}
	if want := "Flow Block Map of the AC CTI Adapter record ACLightningAdapter: SE_Other stands for"; !strings.HasPrefix(a.Problems[0], want) {
		t.Errorf("problems %q", a.Problems)
	}
}

func TestACountryThatIsNoneIsTold(t *testing.T) {
	for country, problems := range map[string]int{"": 1, "gb": 1, "DE": 1, "UK": 2, "England": 2} { // one is the broken flow's
		o := full()
		o["AC_CtiAdapter__c"][0]["Default_Country__c"] = country
		r, _ := reader(t, o)
		a, err := r.ForUser(t.Context(), "0051")
		if err != nil || len(a.Problems) != problems {
			t.Errorf("%q: %q, %v", country, a.Problems, err)
		}
		if problems == 2 && !strings.Contains(a.Problems[0], "Default Country of the AC CTI Adapter record ACLightningAdapter") {
			t.Errorf("%q: %q", country, a.Problems)
		}
	}
}

func TestAnEventIsNotHeldUpWhileARecordIsReadAgain(t *testing.T) {
	o := full()
	gate := make(chan struct{})
	var asked atomic.Int32
	r, clk := readerOf(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.Contains(req.URL.Query().Get("q"), "AC_CtiAdapter__c") && asked.Add(1) > 1 {
			<-gate
		}
		o.ServeHTTP(w, req)
	}))
	old, err := r.ForUser(t.Context(), "0051")
	if err != nil {
		t.Fatal(err)
	}
	o["AC_CtiAdapter__c"] = []map[string]any{{"Id": "a001", "Name": "ACLightningAdapter", "Amazon_Connect_Instance_Alias__c": "other"}}
	clk.Advance(fresh)
	if a, err := r.ForUser(t.Context(), "0051"); err != nil || a.CCPURL != old.CCPURL {
		t.Fatalf("%q, %v; want what is known, at once", a.CCPURL, err)
	}
	close(gate)
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		a, err := r.ForUser(t.Context(), "0051")
		if err == nil && a.CCPURL != old.CCPURL {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%q, %v; want the new record", a.CCPURL, err)
		}
	}
	clk.Advance(usable)
	o["AC_CtiAdapter__c"][0]["Amazon_Connect_Instance_Alias__c"] = "third"
	if a, err := r.ForUser(t.Context(), "0051"); err != nil || a.CCPURL != "https://third.my.connect.aws/ccp-v2/" {
		t.Errorf("%q, %v; want what is too old not to be used", a.CCPURL, err)
	}
}

func TestWhatIsInUseIsKeptFresh(t *testing.T) {
	o := full()
	asked := make(chan struct{}, 100)
	r, clk := readerOf(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.Contains(req.URL.Query().Get("q"), "AC_CtiAdapter__c") {
			asked <- struct{}{}
		}
		o.ServeHTTP(w, req)
	}))
	r.Refresh() // nothing is known yet
	if _, err := r.Arrived(t.Context(), "0051"); err != nil {
		t.Fatal(err)
	}
	<-asked
	r.Refresh() // it is fresh
	for range 3 {
		clk.Advance(Every)
		r.Refresh()
		<-asked
		for entry := r.entry("ACLightningAdapter"); ; { // the answer is taken in behind the question
			if _, age, _ := entry.get(clk.Now()); age == 0 && len(entry.turn) == 0 {
				break
			}
			runtime.Gosched()
		}
		if a, err := r.ForUser(t.Context(), "0051"); err != nil || a.Name != "ACLightningAdapter" {
			t.Fatalf("%+v, %v", a, err)
		}
	}
	clk.Advance(inUse)
	r.Refresh() // nobody has asked for a long time
	r.Close()
	if len(asked) != 0 {
		t.Errorf("%d questions too many", len(asked))
	}
}

// Where the integration user is not let in, agents read with rights of their own. That one of them is signed out says nothing of the
// record, which all of them share.
func TestAnAgentWhoIsSignedOutBreaksNobodysRecord(t *testing.T) {
	o := full()
	o["User"] = append(o["User"], map[string]any{"Id": "0052", "CallCenterId": "04v1"})
	r, clk := reader(t, o)
	crm, out := r.crm, atomic.Pointer[fault.Fault]{}
	r.crm = func(ctx context.Context, userID string) (*salesforce.Client, error) {
		if why := out.Load(); why != nil && userID == "0052" {
			return nil, why
		}
		return crm(ctx, userID)
	}
	for _, user := range []string{"0051", "0052"} {
		if _, err := r.ForUser(t.Context(), user); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []fault.Kind{fault.Unsigned, fault.Unavailable} {
		out.Store(fault.New(kind, nil, "Sign in to use the softphone."))
		clk.Advance(2 * usable)
		if a, err := r.ForUser(t.Context(), "0052"); err != nil || len(a.Flows) != 2 {
			t.Errorf("%s: the one who is signed out: %d flows, %v", kind, len(a.Flows), err)
		}
		if a, err, _ := r.Known("0051"); err != nil || len(a.Flows) != 2 {
			t.Errorf("%s: the other: %d flows, %v", kind, len(a.Flows), err)
		}
	}
}

func TestForUserSaysWhatToMend(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(org)
		says   string
	}{
		{"a user in no call centre", func(o org) { o["User"][0]["CallCenterId"] = nil }, "Manage Call Center Users"},
		{"no adapter record", func(o org) { delete(o, "AC_CtiAdapter__c") }, "Call Center Definition Name"},
		{"two adapter records", func(o org) { o["AC_CtiAdapter__c"] = append(o["AC_CtiAdapter__c"], map[string]any{}) }, "2 active"},
		{"no instance", func(o org) { o["AC_CtiAdapter__c"][0]["Amazon_Connect_Instance_Alias__c"] = "default" },
			"Amazon Connect Instance Alias"},
		{"an alias and a Url that differ", func(o org) {
			o["AC_Toolkit__c"] = []map[string]any{{"Url__c": "https://front.awsapps.com", "SetupOwnerId": "00D1"}}
		}, "\"desk\" as Amazon Connect Instance Alias, but the Url of Toolkit for Amazon Connect is https://front.awsapps.com"},
		{"a Url that is none", func(o org) {
			o["AC_Toolkit__c"] = []map[string]any{{"Url__c": "desk", "SetupOwnerId": "00D1"}}
		}, "Url of Toolkit for Amazon Connect (\"desk\") is no address"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := full()
			tc.change(o)
			r, _ := reader(t, o)
			_, err := r.ForUser(t.Context(), "0051")
			if f := fault.Of(err); f.Kind == fault.Internal || !strings.Contains(f.Message, tc.says) {
				t.Errorf("err = %v, want a sentence with %q", err, tc.says)
			}
		})
	}
}

func TestARecordThatNeverHadAFlowGetsTheDefaults(t *testing.T) {
	flow := func(active, deleted bool) map[string]any {
		return map[string]any{"Id": "a1", "Name": "own", "Source__c": "connectVoiceContact", "Event__c": "onConnecting",
			"Script__c": goodFlow, "Active__c": active, "IsDeleted": deleted}
	}
	for _, tc := range []struct {
		name string
		have []map[string]any
		want string
	}{
		{"made by hand", nil, "pop"},
		{"with a flow of its own", []map[string]any{flow(true, false)}, "own"},
		{"whose flow was deactivated", []map[string]any{flow(false, false)}, ""},
		{"whose flow was deleted", []map[string]any{flow(true, true)}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := full()
			o["AC_CtiScript__c"] = tc.have
			r, clk := reader(t, o)
			for range 2 { // the second time they are there already
				a, err := r.ForUser(t.Context(), "0051")
				var names []string
				for _, f := range a.Flows {
					names = append(names, f.Name)
				}
				if got := strings.Join(names, " "); err != nil || got != tc.want {
					t.Errorf("flows %q, %v; want %q", got, err, tc.want)
				}
				clk.Advance(fresh)
			}
			want := len(tc.have)
			if want == 0 {
				want = len(defaults) // the example is kept too, and does not run
			}
			if len(o["AC_CtiScript__c"]) != want {
				t.Errorf("%d flows are kept, want %d", len(o["AC_CtiScript__c"]), want)
			}
			if claimed := len(o["AC_Claim__c"]) == 1; claimed != (len(tc.have) == 0) {
				t.Errorf("claims: %v", o["AC_Claim__c"])
			}
		})
	}
}

func TestAnAliasIsFoundAtTheToolkitsUrl(t *testing.T) {
	for _, tc := range []struct{ name, instance, url, owner, want string }{
		{"the old domain", "desk", "https://desk.awsapps.com", "00D1", "https://desk.awsapps.com/connect/ccp-v2/"},
		{"an address without an alias", "desk", "http://localhost:8083", "00D1", "http://localhost:8083/ccp-v2/"},
		{"one user's value counts for that user's page only", "desk", "https://else.awsapps.com", "0051", "https://desk.my.connect.aws/ccp-v2/"},
		{"a URL in the record wins", "https://desk.my.connect.aws", "https://else.awsapps.com", "00D1", "https://desk.my.connect.aws/ccp-v2/"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := full()
			o["AC_CtiAdapter__c"][0]["Amazon_Connect_Instance_Alias__c"] = tc.instance
			o["AC_Toolkit__c"] = []map[string]any{{"Url__c": tc.url, "SetupOwnerId": tc.owner}}
			r, _ := reader(t, o)
			if a, err := r.ForUser(t.Context(), "0051"); err != nil || a.CCPURL != tc.want {
				t.Errorf("%q, %v; want %q", a.CCPURL, err, tc.want)
			}
		})
	}
}

func TestCCPURL(t *testing.T) {
	for in, want := range map[string]string{
		"desk":                             "https://desk.my.connect.aws/ccp-v2/",
		"https://desk.my.connect.aws/home": "https://desk.my.connect.aws/ccp-v2/",
		"https://desk.awsapps.com":         "https://desk.awsapps.com/connect/ccp-v2/",
		"http://localhost:8083":            "http://localhost:8083/ccp-v2/",
		"http://desk.example":              "", "": "", "default": "", "two words": "", "javascript://x": "", "https://u:p@desk.example": "",
	} {
		got, err := CCPURL(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q = %q, %v; want %q", in, got, err, want)
		}
	}
}
