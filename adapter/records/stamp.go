package records

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// wholeEvery is how often an adapter is read whole although nothing seems to have changed: rights to fields leave no stamp on records.
const wholeEvery = time.Hour

// stampLasts is how long a stamp may stay although something changes: it tells seconds.
const stampLasts = 2 * time.Second

// Share has one of all who read the same org ask it, and gives what was answered and how long ago: no longer than age.
type Share func(ctx context.Context, name string, age time.Duration, ask func(context.Context) ([]byte, error)) (
	body []byte, ago time.Duration, err error)

const (
	// sharedEvery is how often Refresh must be called by one of many: each looks often, and the org is asked no more often than by one alone.
	sharedEvery = 5 * time.Second
	// resting is how old an answer may be when no event and no page has asked for it. Together they are less than usable.
	resting = Every
	// anew is the age of an answer that is asked for now.
	anew = -time.Nanosecond
)

// Tick is how often Refresh must be called for events never to wait.
func (r *Reader) Tick() time.Duration {
	if r.share == nil {
		return Every
	}
	return sharedEvery
}

// stamp names the state of the records that matter at a moment; "" if the org does not tell it, which is no reason not to read them.
type stamp struct {
	name string
	at   time.Time
}

// unchanged gives what was read, if a stamp says that it was still so then, and counts it as read then. due says that it is so, but that
// it has to be read whole again all the same.
func (e *entry) unchanged(s stamp, now time.Time) (adapter Adapter, same, due bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	same = s.name != "" && s.name == e.stamp.name && e.err == nil && e.whole.Sub(e.stamp.at) >= stampLasts
	if !same {
		return Adapter{}, false, false
	}
	if now.Sub(e.whole) >= wholeEvery {
		return e.adapter, false, true
	}
	if e.read.Before(s.at) {
		e.read = s.at
	}
	return e.adapter, true, false
}

// untold says that no stamp can spare a reading of what was read not long ago.
func (e *entry) untold(now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return (e.err != nil || e.stamp.name == "") && now.Sub(e.read) < resting-sharedEvery
}

// readDue reads an adapter whole, of which nothing seems to have changed for long, or lets another one do so: if that one read what is
// known here, it counts as read. read says that it was read here.
func (r *Reader) readDue(ctx context.Context, userID, name string, e *entry, known Adapter) (adapter Adapter, read bool, err error) {
	crm, err := r.crm(ctx, userID)
	if err != nil || r.share == nil {
		adapter, err = r.read(ctx, userID, name)
		return adapter, true, err
	}
	digest, ago, failed := r.share(ctx, "adapter "+name+" of "+crm.Session().UserID, wholeEvery, func(ctx context.Context) ([]byte, error) {
		read = true
		if adapter, err = r.read(ctx, userID, name); err != nil {
			return nil, err
		}
		return digestOf(adapter), nil
	})
	if read {
		return adapter, true, err
	}
	if failed != nil || len(digest) == 0 || !bytes.Equal(digest, digestOf(known)) {
		adapter, err = r.read(ctx, userID, name)
		return adapter, true, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.whole = r.clock.Now().Add(-ago)
	if e.read.Before(e.whole) {
		e.read = e.whole
	}
	return known, false, nil
}

// digestOf tells what was read of an adapter apart.
func digestOf(a Adapter) []byte {
	flows := a.Flows
	a.Flows = nil
	sum := sha256.New()
	in := json.NewEncoder(sum)
	if err := in.Encode(a); err != nil {
		return nil
	}
	for _, f := range flows {
		_ = in.Encode([]any{f.ID, f.Name, f.Source, f.Event, f.Number, f.Version}) // which says what is in its script
	}
	return hex.AppendEncode(nil, sum.Sum(nil))
}

// Beside gives what else to ask in a request that a client makes all day long, and who hears the answers; none for nothing. An org counts
// requests.
type Beside func(ctx context.Context, crm *salesforce.Client) (parts []salesforce.Part, hear func(context.Context, salesforce.Answers))

// AskBeside has the requests for stamps ask something else too. It is to be called before anything is read.
func (r *Reader) AskBeside(beside Beside) { r.beside = beside }

// stamps asks when which of the records that matter changed: one request, whatever there is. A composite may have five queries in all, and
// two are left for what is asked beside them: so what there is little of comes with the adapter records. Of a hundred and more
// rules that one was deleted may show only when all is read again. Source: REST API developer guide, Composite.
var stamps = []salesforce.Part{
	salesforce.Ask("adapters", "SELECT Id, SystemModstamp, (SELECT Id, SystemModstamp FROM Features__r "+latest+"), "+
		"(SELECT Id, SystemModstamp FROM Presence_Sync_Rules__r "+latest+") FROM AC_CtiAdapter__c ORDER BY Id LIMIT 200"),
	salesforce.Ask("flows", "SELECT Id, SystemModstamp FROM AC_CtiScript__c ORDER BY Id LIMIT 2000"),
	salesforce.Ask("toolkit", "SELECT Id, SystemModstamp FROM AC_Toolkit__c ORDER BY Id LIMIT 200"),
}

// latest are as many records as come along in one piece.
const latest = "ORDER BY SystemModstamp DESC, Id LIMIT 100"

// stamped is a record with the moment of its latest change, and those that are kept with it.
type stamped struct {
	ID             string   `json:"Id"`
	SystemModstamp string   `json:"SystemModstamp"`
	Features       *related `json:"Features__r,omitempty"`
	Rules          *related `json:"Presence_Sync_Rules__r,omitempty"`
}

type related struct {
	Records []stamped `json:"records"`
}

// stamp tells the state of the records that matter, no longer ago than age.
func (r *Reader) stamp(ctx context.Context, userID string, age time.Duration) stamp {
	crm, err := r.crm(ctx, userID)
	if err != nil {
		return stamp{}
	}
	asked := false
	ask := func(ctx context.Context) ([]byte, error) {
		asked = true
		return r.askStamp(ctx, crm)
	}
	var name []byte
	var ago time.Duration
	if r.share != nil { // what somebody may read differs from user to user
		name, ago, err = r.share(ctx, "stamp of "+crm.Session().UserID, age, ask)
	}
	if r.share == nil || err != nil && !asked {
		name, err = ask(ctx)
	}
	if err != nil {
		return stamp{}
	}
	return stamp{string(name), r.clock.Now().Add(-ago)}
}

func (r *Reader) askStamp(ctx context.Context, crm *salesforce.Client) ([]byte, error) {
	asked := salesforce.Composite{Repeatable: true, Parts: stamps}
	var hear func(context.Context, salesforce.Answers)
	if r.beside != nil {
		var more []salesforce.Part
		more, hear = r.beside(ctx, crm)
		asked.Parts = slices.Concat(stamps, more)
	}
	answers, err := crm.Composite(ctx, asked)
	if err != nil {
		return nil, err
	}
	if hear != nil {
		hear(ctx, answers)
	}
	sum := sha256.New()
	for _, part := range stamps {
		var found related
		if err := answers.Into(part.Name, &found); err != nil {
			return nil, err
		}
		if err := json.NewEncoder(sum).Encode(found.Records); err != nil {
			return nil, err
		}
	}
	return hex.AppendEncode(nil, sum.Sum(nil)), nil
}
