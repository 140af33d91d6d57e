package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nyaruka/phonenumbers"

	"github.com/patchcord/patchcord/adapter/journal"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// callLog writes a Task for each call on the record that popped, or from which it was dialled.
type callLog struct {
	store  *store.Store
	client func(ctx context.Context, userID string) (*salesforce.Client, error)

	mu      sync.Mutex               // guards what follows
	dialed  map[string]dialled       // by user: the last click on a number
	settled map[string]chan struct{} // by mark: closed once the flows of a call are done
}

// dialled is a click-to-dial that may become a contact.
type dialled struct {
	number, record string
	at             int64 // epoch milliseconds
}

// dialledFor is how long a click and the call that it starts may be apart.
const dialledFor = 60 * time.Second

// note relates an outbound contact to the record on which its number was clicked.
func (l *callLog) note(ctx context.Context, r journal.Record) error {
	if r.Event.Source == "salesforceUi" && r.Event.Event == "onClickToDial" {
		var p struct {
			Number   json.RawMessage `json:"number"`
			RecordID string          `json:"recordId"`
		}
		if json.Unmarshal(r.Event.Payload, &p) == nil && p.RecordID != "" {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.dialed == nil {
				l.dialed = map[string]dialled{}
			}
			l.dialed[r.UserID] = dialled{digits(string(p.Number)), p.RecordID, r.Event.At}
		}
		return nil
	}
	c := r.Event.Contact
	if c == nil || c.Inbound || r.Event.Event != "onConnecting" {
		return nil
	}
	l.mu.Lock()
	last, ok := l.dialed[r.UserID]
	delete(l.dialed, r.UserID)
	l.mu.Unlock()
	same := ok && last.number != "" && strings.HasSuffix(digits(c.PhoneNumber), last.number[max(0, len(last.number)-9):])
	if !same || r.Event.At-last.at > dialledFor.Milliseconds() {
		return nil
	}
	return l.store.PutPopped(ctx, c.ContactID, last.record)
}

func digits(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}

// flowsAtMost is how long a call's log waits for the call's flows, which say on which record it belongs.
const flowsAtMost = 40 * time.Second

// ended says that a call has ended that somebody answered.
func ended(r journal.Record) bool {
	c := r.Event.Contact
	return c != nil && r.Event.Event == "onEnded" && (c.Type == "voice" || c.Type == "queue_callback") && c.ConnectedAt != 0
}

func settledMark(r journal.Record) string { return "flows|" + r.UserID + "|" + r.Event.Key }

// settle notes that the flows of an ended call are done.
func (l *callLog) settle(ctx context.Context, r journal.Record) error {
	mark := settledMark(r)
	if err := l.store.MarkDone(ctx, mark); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if waiting, ok := l.settled[mark]; ok {
		close(waiting)
		delete(l.settled, mark)
	}
	return nil
}

// await waits until the flows of an ended call are done, or it has been long enough.
func (l *callLog) await(ctx context.Context, r journal.Record) error {
	mark := settledMark(r)
	l.mu.Lock()
	waiting, ok := l.settled[mark]
	if !ok {
		waiting = make(chan struct{})
		l.settled[mark] = waiting
	}
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.settled[mark] == waiting {
			delete(l.settled, mark)
		}
	}()
	if done, err := l.store.Done(ctx, mark); err != nil || done {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, flowsAtMost)
	defer cancel()
	select {
	case <-waiting:
	case <-limited.Done():
	}
	return ctx.Err()
}

// handle writes the Task when a call has ended. Without a record there is nothing to log on. While a call rings, it makes sure
// that the agent's session with the CRM is good: an agent who has to sign in again is told before the call is over.
func (l *callLog) handle(ctx context.Context, r journal.Record) error {
	c := r.Event.Contact
	if c != nil && r.Event.Event == "onConnecting" && !r.Event.Replay {
		return l.greet(ctx, r)
	}
	if !ended(r) {
		return nil
	}
	if err := l.await(ctx, r); err != nil {
		return err
	}
	record, err := l.store.Popped(ctx, c.ContactID)
	if errors.Is(err, store.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	client, err := l.client(ctx, r.UserID)
	if err != nil {
		return orLater(c, err)
	}
	done, err := salesforce.Query[struct{ Id string }](ctx, client, logged(r))
	if err != nil || len(done) > 0 {
		return orLater(c, err)
	}
	values := task(*c, record)
	if day, err := l.today(ctx, client, r); err == nil {
		values["ActivityDate"] = day
	}
	if _, err := client.Create(ctx, "Task", values); err != nil {
		return orLater(c, err)
	}
	return nil
}

// logSince is how long before its event a call's Task cannot have been written, clocks that differ included.
const logSince = 24 * time.Hour

// logged asks for the Task of a call. CallObject has no index on the platform, the time of creation has: without it an org would look at
// every Task that it ever had. Source: Salesforce Help, Working with Very Large SOQL Queries.
func logged(r journal.Record) string {
	since := time.UnixMilli(r.Event.At).Add(-logSince).UTC().Format(time.RFC3339)
	call := salesforce.Quote(r.Event.Contact.ContactID)
	return "SELECT Id FROM Task WHERE CreatedDate >= " + since + " AND CallObject = " + call + " LIMIT 1"
}

// orLater lets a record wait for the agent to sign in again, or for a CRM that does not answer; any other error stays what it is.
func orLater(c *wire.Contact, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("log call %s: %w", c.ContactID, err)
	failed, answered := errors.AsType[*salesforce.Error](err)
	if fault.Of(err).Kind == fault.Unsigned || errors.Is(err, salesforce.ErrUnreachable) || answered && failed.Passing() {
		return &journal.Later{Err: err}
	}
	return err
}

// greet uses the agent's session once. That it is over is told to the agent's pages on the way; what else goes wrong here is no matter.
func (l *callLog) greet(ctx context.Context, r journal.Record) error {
	client, err := l.client(ctx, r.UserID)
	if err == nil {
		var user struct{ TimeZoneSidKey string }
		err = client.Get(ctx, "User", r.UserID, []string{"TimeZoneSidKey"}, &user)
	}
	if err != nil && ctx.Err() != nil {
		return err
	}
	return nil
}

// today is the date of the event where the agent is.
func (l *callLog) today(ctx context.Context, client *salesforce.Client, r journal.Record) (string, error) {
	var user struct{ TimeZoneSidKey string }
	if err := client.Get(ctx, "User", r.UserID, []string{"TimeZoneSidKey"}, &user); err != nil {
		return "", err
	}
	zone, err := time.LoadLocation(user.TimeZoneSidKey)
	if err != nil {
		return "", err
	}
	return time.UnixMilli(r.Event.At).In(zone).Format(time.DateOnly), nil
}

// task is the Task of a call. Contacts and leads are whom it was with, everything else what it was about.
func task(c wire.Contact, record string) salesforce.Values {
	direction, preposition := "Outbound", "to"
	if c.Inbound {
		direction, preposition = "Inbound", "from"
	}
	values := salesforce.Values{
		"Subject": strings.TrimSpace("Call " + preposition + " " + readable(c.PhoneNumber)), "Status": "Completed", "Priority": "Normal",
		"TaskSubtype": "Call", "CallType": direction, "CallObject": c.ContactID, "CallDurationInSeconds": (c.Duration + 500) / 1000,
	}
	if strings.HasPrefix(record, "003") || strings.HasPrefix(record, "00Q") {
		values["WhoId"] = record
	} else {
		values["WhatId"] = record
	}
	return values
}

// readable writes a number as people in its country do.
func readable(number string) string {
	n, err := phonenumbers.Parse(number, "US")
	switch {
	case number == "":
		return "a withheld number"
	case err != nil:
		return number
	case n.GetCountryCode() == 1:
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}
