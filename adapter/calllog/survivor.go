package calllog

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
)

// instead is where a Task belongs whose relation was refused: on what became of the record, and without relation where the org does
// not say, or where that was refused too. first is where it belonged, last what was refused with err.
func instead(ctx context.Context, client *salesforce.Client, first, last string, err error) (string, Note, error) {
	note := Note{reason(err), first}
	if first != last || note.Code != RecordGone {
		return "", note, nil
	}
	next, err := survivor(ctx, client, first)
	if err != nil {
		return "", Note{}, err
	}
	if next != "" {
		note.Code = MovedOn
	}
	return next, note, nil
}

// fate is what an org says of a record that is gone.
type fate struct {
	IsDeleted          bool
	MasterRecordId     string
	ConvertedContactId string
	ConvertedAccountId string
}

// next is what became of it; "" for nothing. A lead becomes a contact, or with none an account.
func (f fate) next() string {
	switch {
	case f.MasterRecordId != "":
		return f.MasterRecordId
	case f.ConvertedContactId != "":
		return f.ConvertedContactId
	}
	return f.ConvertedAccountId
}

// maxFates is how often a record may have been merged or converted on the way.
const maxFates = 5

// survivor follows merges and conversions from a record that is gone to one that is there; "" where the org does not say, to this
// user. Source: Object Reference, MasterRecordId of Account, Contact and Lead, ConvertedContactId of Lead.
func survivor(ctx context.Context, client *salesforce.Client, record string) (string, error) {
	for hop := range maxFates {
		f, found, err := fateOf(ctx, client, record)
		if err != nil || !found {
			return "", err
		}
		next := f.next()
		switch {
		case next == "" && !f.IsDeleted && hop > 0:
			return record, nil
		case next == "":
			return "", nil
		}
		record = next
	}
	return "", nil
}

func fateOf(ctx context.Context, client *salesforce.Client, record string) (f fate, found bool, err error) {
	from := ""
	switch {
	case strings.HasPrefix(record, accounts):
		from = "MasterRecordId FROM Account"
	case strings.HasPrefix(record, contacts):
		from = "MasterRecordId FROM Contact"
	case strings.HasPrefix(record, leads):
		from = "MasterRecordId, ConvertedContactId, ConvertedAccountId FROM Lead"
	default:
		return fate{}, false, nil
	}
	rows, err := salesforce.QueryAll[fate](ctx, client, "SELECT IsDeleted, "+from+" WHERE Id = "+salesforce.Quote(record))
	if err != nil {
		if Wait(err) != nil {
			return fate{}, false, err
		}
		return fate{}, false, nil // an org that does not say, or not to this user
	}
	if len(rows) == 0 {
		return fate{}, false, nil
	}
	return rows[0], true, nil
}
