package adapter

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/salesforce"
)

// links write on the records of adapters and their CTI flows where their calls are told, so that whoever configures them finds it. Each
// record is looked at once while the program runs, and written only if it says something else.
type links struct {
	client  func(context.Context) (*salesforce.Client, error) // the integration user's
	share   func() float64                                    // of the org's API allowance that is used
	usable  func() []records.Adapter
	address string // of the calls
	log     *slog.Logger
	seen    map[string]bool // ids of records that were looked at; write's own
}

const (
	linksWithin = 20 * time.Second
	maxLinks    = 10_000 // records that are remembered
)

// write looks at the records that have come since, and does nothing while there are none or the org's allowance runs out.
func (l *links) write(ctx context.Context) {
	if l.share() >= salesforce.AllowanceAlarm {
		return
	}
	var adapters, flows []string
	for _, a := range l.usable() {
		adapters = append(adapters, a.ID)
		for _, f := range a.Flows {
			flows = append(flows, f.ID)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, linksWithin)
	defer cancel()
	for _, of := range []struct {
		object string
		ids    []string
	}{{"AC_CtiAdapter__c", adapters}, {"AC_CtiScript__c", flows}} {
		if err := l.writeTo(ctx, of.object, l.fresh(of.ids)); err != nil {
			l.log.DebugContext(ctx, "links to the calls not written", "object", of.object, "err", err)
		}
	}
}

// fresh are those that were not looked at yet, as many as one request takes.
func (l *links) fresh(ids []string) (fresh []string) {
	for _, id := range ids {
		if len(fresh) < salesforce.MaxRows && !l.seen[id] && !strings.Contains(id, " ") { // a default that could not be written has no id
			fresh = append(fresh, id)
		}
	}
	return fresh
}

// writeTo has records of an object say where the calls are. In an org that was set up before there was the field nothing is written.
func (l *links) writeTo(ctx context.Context, object string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	client, err := l.client(ctx)
	if err != nil {
		return err
	}
	var quoted []string
	for _, id := range ids {
		quoted = append(quoted, salesforce.Quote(id))
	}
	others, err := salesforce.Query[struct{ Id string }](ctx, client, "SELECT Id FROM "+object+" WHERE Calls__c != "+
		salesforce.Quote(l.address)+" AND Id IN ("+strings.Join(quoted, ", ")+")")
	if err != nil && !salesforce.IsCode(err, "INVALID_FIELD") {
		return err
	}
	var rows []salesforce.Values
	for _, r := range others {
		rows = append(rows, salesforce.Values{"Id": r.Id, "Calls__c": l.address})
	}
	answers, err := client.UpsertMany(ctx, object, "Id", rows)
	if err != nil {
		return err
	}
	for _, answer := range answers {
		if answer.Err != nil {
			l.log.WarnContext(ctx, "link to the calls not written", "object", object, "err", answer.Err)
		}
	}
	if len(l.seen) >= maxLinks {
		clear(l.seen)
	}
	for _, id := range ids { // what is refused once is not asked for again every minute
		l.seen[id] = true
	}
	return nil
}
