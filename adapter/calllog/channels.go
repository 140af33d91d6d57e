package calllog

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

const channelObject = "AC_ContactChannels__c"

// Channels writes one row a contact, by the integration user's session. It keeps nothing and is safe for concurrent use.
type Channels struct {
	// Client is the integration user's.
	Client func(ctx context.Context) (*salesforce.Client, error)
}

// Written is what became of a contact's row.
type Written struct {
	ContactID string
	ID        string   // of the row
	LeftOut   []string // fields whose records the row may not name
	Err       error    // nil if it was written; else a *Later or a *fault.Fault with a sentence
}

// shortFor is how long rows wait while the org's API allowance is short: it is counted over 24 hours.
const shortFor = 15 * time.Minute

// Write writes the rows of contacts, up to 200 by one request. rows are all that is known of these contacts, of every agent whom they
// were offered to: see Row. Each contact has one Written, in the order in which the contacts come first; an error is of all that are
// not among them. While the API allowance is short, nothing is written: what is left is for Tasks.
func (ch Channels) Write(ctx context.Context, rows []Row) ([]Written, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	client, err := ch.Client(ctx)
	if err != nil {
		return nil, integration(sorted(err, "The contact's row"))
	}
	if client.Usage().Share() >= salesforce.AllowanceShort {
		return nil, &Later{After: shortFor, Err: errShort}
	}
	var all []Written
	for some := range slices.Chunk(merge(rows), salesforce.MaxRows) {
		done, err := write(ctx, client, some)
		if err != nil {
			return all, integration(sorted(err, "The contact's row"))
		}
		all = append(all, done...)
	}
	return all, nil
}

var errShort = errors.New("the org's API allowance is nearly used up")

// integration is an error of the integration user's: nobody signs in for it, so it waits for time.
func integration(err error) error {
	if later, ok := errors.AsType[*Later](err); ok && later.SignIn {
		return &Later{After: later.After, Err: later.Err}
	}
	return err
}

// write writes at most MaxRows rows. Those that are refused for a record that they name are written once more without it, then without
// any: a row that names nobody is better than none.
func write(ctx context.Context, client *salesforce.Client, rows []Row) ([]Written, error) {
	done := make([]Written, len(rows))
	values := make([]salesforce.Values, len(rows))
	var open []int // rows that are still to write
	for i, row := range rows {
		done[i].ContactID, values[i] = row.ContactID, row.values()
		open = append(open, i)
	}
	for try := 0; len(open) > 0; try++ {
		var batch []salesforce.Values
		for _, i := range open {
			batch = append(batch, values[i])
		}
		answers, err := client.UpsertMany(ctx, channelObject, keyField, batch)
		if err != nil && try == 0 {
			return nil, err
		}
		var again []int
		for n, i := range open {
			if err != nil { // what was refused before is tried anew by whoever asks again
				done[i].Err = integration(sorted(err, "The contact's row"))
				continue
			}
			done[i].ID, done[i].Err = answers[n].ID, nil
			if answers[n].Err == nil {
				continue
			}
			leave := culprits(values[i], answers[n].Err, try)
			if len(leave) == 0 {
				done[i].Err = refused(answers[n].Err)
				continue
			}
			for _, field := range leave {
				delete(values[i], field)
			}
			done[i].LeftOut = append(done[i].LeftOut, leave...)
			again = append(again, i)
		}
		open = again
	}
	return done, nil
}

// culprits are the fields of a row that an error may be about: those it names, or all that name a record. nil if it is about something
// else, or if nothing is left to leave out.
func culprits(values salesforce.Values, err *salesforce.Error, try int) []string {
	if err.Passing() || reason(err) == "" && !aboutOwner(err) {
		return nil
	}
	has := func(field string) bool { _, ok := values[field]; return ok }
	var named, all []string
	for _, field := range lookups {
		switch {
		case !has(field):
			continue
		case slices.Contains(err.Fields, field), field == ownerField && aboutOwner(err):
			named = append(named, field)
		}
		all = append(all, field)
	}
	if try == 0 && len(named) > 0 {
		return named
	}
	return all
}

// aboutOwner says that a row may not belong to its agent: one who left, or who may not read such rows.
func aboutOwner(err error) bool {
	return salesforce.IsCode(err, "TRANSFER_REQUIRES_READ", "INACTIVE_OWNER_OR_USER", "OP_WITH_INVALID_USER_TYPE_EXCEPTION")
}

// refused is the error of one row.
func refused(err *salesforce.Error) error {
	if salesforce.IsCode(err, "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "INVALID_TYPE", "INVALID_FIELD") {
		return fault.New(fault.Denied, err, "The contact's row could not be written: the integration user may not (%s). "+
			"Run patchcord setup apply.", err.Code)
	}
	return integration(sorted(err, "The contact's row"))
}
