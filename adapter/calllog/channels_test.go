package calllog

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

func (o *org) channels() Channels {
	return Channels{Client: func(context.Context) (*salesforce.Client, error) { return o.client, nil }}
}

const ann, bob = "005000000000001AAA", "005000000000002AAA"

// offered is a contact as an agent had it, offered and answered so many minutes after three.
func offered(user string, minute, answered int) Row {
	r := Row{Call: Call{UserID: user, ContactID: "c-1", Type: "voice", OfferedAt: ended.Add(time.Duration(minute) * time.Minute)}}
	r.EndedAt = r.OfferedAt.Add(time.Minute)
	if answered != 0 {
		r.Answered, r.AnsweredAt = true, ended.Add(time.Duration(answered)*time.Minute)
	}
	return r
}

func TestWhoseAContactIs(t *testing.T) {
	for _, tc := range []struct {
		name string
		rows []Row
		want string
	}{
		{"offered once", []Row{offered(ann, 0, 0)}, ann},
		{"missed, then offered to another", []Row{offered(ann, 0, 0), offered(bob, 2, 0)}, bob},
		{"missed, then offered to another, told the other way round", []Row{offered(bob, 2, 0), offered(ann, 0, 0)}, bob},
		{"missed, then answered", []Row{offered(ann, 0, 0), offered(bob, 2, 3)}, bob},
		{"answered, then offered to another", []Row{offered(ann, 0, 1), offered(bob, 2, 0)}, ann},
		{"answered, then answered by another", []Row{offered(bob, 2, 3), offered(ann, 0, 1)}, ann},
		{"missed by one who answers later", []Row{offered(ann, 0, 0), offered(bob, 1, 0), offered(ann, 2, 3)}, ann},
	} {
		if got := merge(tc.rows); len(got) != 1 || got[0].UserID != tc.want {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
	early, late := offered(ann, 0, 1), offered(ann, 0, 1)
	late.EndedAt, late.TaskID = late.EndedAt.Add(time.Minute), "00T"
	if got := merge([]Row{late, early}); got[0].TaskID != "00T" {
		t.Error("what was known earlier counts")
	}
	other := offered(bob, 0, 0)
	other.ContactID = "c-2"
	if got := merge([]Row{early, other, early}); len(got) != 2 || got[1].ContactID != "c-2" {
		t.Errorf("%+v", got)
	}
}

func TestTheRowOfAContact(t *testing.T) {
	o := open(t)
	r := Row{Call: aCall(), TaskID: "00T1"}
	r.AgentUsername, r.QueueName, r.Hold, r.Dialled = "ann", strings.Repeat("ü", 300), 20*time.Second, ""
	stranger := Row{Call: Call{UserID: bob, ContactID: "c-2", Type: "chat", Hold: time.Minute, Duration: time.Second, Rejected: true}}
	callback := Row{Call: Call{UserID: bob, ContactID: "c-3", Type: "queue_callback", Answered: true, Hold: time.Minute, Duration: time.Second,
		Record: "500000000000001AAA", InitiationMethod: "queue_transfer"}}
	done, err := o.channels().Write(t.Context(), []Row{r, stranger, callback})
	if err != nil || len(done) != 3 || done[0].ID != "row-c-1" || done[1].Err != nil {
		t.Fatalf("%+v %v", done, err)
	}
	rows := o.records[channelObject]
	wants(t, rows["c-1"], fields{
		"Channel__c": "VOICE", "InitiationMethod__c": "INBOUND", "CustomerNumber__c": "+12065550952", "DialedNumber__c": nil,
		"QueueName__c": strings.Repeat("ü", 255), "AgentUsername__c": "ann", "Agent__c": ann, "OwnerId": ann, "Task_Id__c": "00T1",
		"ConnectedAt__c": "2026-03-01T02:59:00.000Z", "EndedAt__c": "2026-03-01T03:00:00.000Z", "InteractionDuration__c": 42.0,
		"HoldDuration__c": 20.0, "Contact__c": "003000000000001AAA", "Lead__c": nil, "Case__c": nil,
	})
	wants(t, rows["c-2"], fields{"Channel__c": "CHAT", "InitiationMethod__c": "OUTBOUND", "ConnectedAt__c": nil,
		"InteractionDuration__c": 0.0, "HoldDuration__c": 0.0, "OwnerId": bob})
	if _, written := rows["c-2"]["Contact__c"]; written {
		t.Error("what people related would be lost")
	}
	wants(t, rows["c-3"], fields{"InteractionDuration__c": 0.0, "Case__c": "500000000000001AAA", "InitiationMethod__c": "QUEUE_TRANSFER"})
	if asked := o.requests(); len(asked) != 1 {
		t.Errorf("asked %d times", len(asked))
	}
}

// A row that the org refuses keeps no other from being written, and one that names what it may not is written without.
func TestRowsThatAreRefused(t *testing.T) {
	o := open(t)
	codes := map[string]func(fields) string{
		"c-7":  func(fields) string { return "FIELD_CUSTOM_VALIDATION_EXCEPTION" },
		"c-8":  func(fields) string { return "UNABLE_TO_LOCK_ROW" },
		"c-9":  func(v fields) string { return when(v, "Contact__c", "INVALID_CROSS_REFERENCE_KEY Contact__c") },
		"c-10": func(v fields) string { return when(v, "OwnerId", "TRANSFER_REQUIRES_READ") },
		"c-11": func(v fields) string { return when(v, "Contact__c", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY") },
		"c-12": func(v fields) string { return when(v, "Agent__c", "INVALID_CROSS_REFERENCE_KEY OwnerId") },
		"c-13": func(fields) string { return "INSUFFICIENT_ACCESS_OR_READONLY" },
		"c-14": func(v fields) string { // says one after the other
			for _, field := range lookups {
				if v[field] != nil {
					return "INVALID_CROSS_REFERENCE_KEY " + field
				}
			}
			return ""
		},
		"c-299": func(fields) string { return "STRING_TOO_LONG QueueName__c" },
	}
	o.refuse = func(_ string, v fields) string {
		key, _ := v[keyField].(string)
		if f := codes[key]; f != nil {
			return f(v)
		}
		return ""
	}
	var rows []Row
	for i := range 300 {
		r := offered(ann, 0, 0)
		r.ContactID, r.Record = fmt.Sprintf("c-%d", i), "003000000000001AAA"
		rows = append(rows, r)
	}
	done, err := o.channels().Write(t.Context(), rows)
	if err != nil || len(done) != 300 {
		t.Fatal(len(done), err)
	}
	for _, w := range done {
		var left []string
		kind := fault.Kind("")
		switch w.ContactID {
		case "c-7", "c-299":
			kind = fault.Invalid
		case "c-8":
			if Wait(w.Err) == nil {
				t.Errorf("%+v", w)
			}
			continue
		case "c-9":
			left = []string{"Contact__c"}
		case "c-10":
			left = []string{"OwnerId"}
		case "c-11":
			left = []string{"OwnerId", "Agent__c", "Contact__c", "Lead__c", "Case__c"}
		case "c-12", "c-14":
			left = []string{"OwnerId", "Agent__c", "Contact__c", "Lead__c", "Case__c"}
		case "c-13":
			if f := fault.Of(w.Err); f.Kind != fault.Denied || !strings.Contains(f.Message, "patchcord setup apply") {
				t.Errorf("%+v", w)
			}
			continue
		}
		if kind != "" && fault.Of(w.Err).Kind != kind || kind == "" && w.Err != nil || !slices.Equal(w.LeftOut, left) {
			t.Errorf("%+v, want %v without %v", w, kind, left)
		}
	}
	if n, asked := len(o.records[channelObject]), len(o.requests()); n != 296 || asked != 4 {
		t.Errorf("%d rows, asked %d times", n, asked)
	}
}

func when(v fields, field, code string) string {
	if v[field] == nil {
		return ""
	}
	return code
}

func TestWhatIsLeftOfTheAllowanceIsForTasks(t *testing.T) {
	o := open(t)
	o.usage = "api-usage=950/1000"
	if _, err := o.log().Task(t.Context(), aCall()); err != nil {
		t.Fatal(err)
	}
	before := len(o.requests())
	_, err := o.channels().Write(t.Context(), []Row{offered(ann, 0, 0)})
	later, ok := errors.AsType[*Later](err)
	if !ok || later.SignIn || later.After == 0 {
		t.Errorf("%v", err)
	}
	if _, more, err := Sweep(t.Context(), o.client, ended); !more || err != nil || len(o.requests()) != before {
		t.Errorf("%v %v %v", more, err, o.requests())
	}
	if _, err := o.log().Task(t.Context(), aCall()); err != nil {
		t.Error(err)
	}
}

// Nobody signs in for the integration user.
func TestRowsWaitForTime(t *testing.T) {
	for _, tc := range []error{salesforce.ErrExpired, salesforce.ErrUnreachable} {
		ch := Channels{Client: func(context.Context) (*salesforce.Client, error) { return nil, tc }}
		_, err := ch.Write(t.Context(), []Row{offered(ann, 0, 0)})
		if later, ok := errors.AsType[*Later](err); !ok || later.SignIn {
			t.Errorf("%v: %v", tc, err)
		}
	}
	if done, err := (Channels{}).Write(t.Context(), nil); done != nil || err != nil {
		t.Error(done, err)
	}
}

func TestOldClaimsAreForgotten(t *testing.T) {
	o := open(t)
	var old []string
	for i := range 250 {
		old = append(old, fmt.Sprintf(`{"Id":"a0C%d"}`, i))
	}
	o.answers["CreatedDate < 2025-12-01T03:00:00Z"] = strings.Join(old, ",")
	deleted, more, err := Sweep(t.Context(), o.client, ended)
	if deleted != 250 || more || err != nil || len(o.requests()) != 3 {
		t.Errorf("%d %v %v, asked %d times", deleted, more, err, len(o.requests()))
	}
	o.answers["CreatedDate <"] = strings.Repeat(`{"Id":"a"},`, sweepMost-1) + `{"Id":"a"}`
	delete(o.answers, "CreatedDate < 2025-12-01T03:00:00Z")
	if deleted, more, err = Sweep(t.Context(), o.client, ended); deleted != sweepMost || !more || err != nil {
		t.Errorf("%d %v %v", deleted, more, err)
	}
}

// A token endpoint that hangs answers one after another: who stood in line for too long was refused nothing.
func TestRowsThatStoodInLineForASessionWait(t *testing.T) {
	const lines = 4
	org := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	defer org.Close()
	client := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: org.URL}, HTTP: org.Client(),
		Renew: func(ctx context.Context) (salesforce.Session, error) {
			<-ctx.Done()
			return salesforce.Session{}, salesforce.ErrUnreachable
		}})
	channels := Channels{Client: func(context.Context) (*salesforce.Client, error) { return client, nil }}
	var all sync.WaitGroup
	for range lines {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			if _, err := channels.Write(ctx, []Row{{Call: aCall()}}); Wait(err) == nil {
				t.Errorf("given up: %v", err)
			}
		})
	}
	all.Wait()
}
