package calllog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

const (
	claimObject = "AC_Claim__c"
	maxKey      = 255 // characters of AC_Claim__c.Key__c
)

// TaskKey is the key of the log's Task of a user and a contact, whoever makes it: the log, or a flow.
func TaskKey(userID, contactID string) string { return "log|" + userID + "|" + contactID }

// kept is a key as the field takes it: what is too long, or what the org would not keep as it is, becomes its digest.
func kept(key string) string {
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	if key != "" && len(key) <= maxKey && !strings.ContainsFunc(key, odd) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return "sha256|" + hex.EncodeToString(sum[:])
}

// Names of a creation's parts.
const (
	partClaim  = "claim"
	partCall   = "call"
	partRecord = "record"
)

// claimParts and namedParts are the parts of a claim and of the record's id in it, for each key of a creation.
var (
	claimParts = []string{partClaim, partCall}
	namedParts = []string{"named", "callNamed"}
)

// Create makes a record once for a key: the claim, the record and its id in the claim come together or not at all, so that a second
// one fails on the key and takes nothing with it, however late the first arrives. again says that it was made before: id is what the
// claim has, "" if nobody knows it. Errors are the client's.
func Create(
	ctx context.Context, client *salesforce.Client, key, object string, values salesforce.Values,
) (id string, again bool, err error) {
	id, err = insert(ctx, client, object, values, key)
	if !taken(err) {
		return id, false, err
	}
	id, err = claimed(ctx, client, key)
	return id, err == nil, err
}

// CreateTask is Create of a Task that is to be the one of a call, whose key is that of TaskKey: the log completes it. Where the call has
// one already, it is a Task beside that.
func CreateTask(
	ctx context.Context, client *salesforce.Client, key, call string, values salesforce.Values,
) (id string, again bool, err error) {
	id, err = insert(ctx, client, "Task", values, key, call)
	if isTaken(err, partCall) {
		return Create(ctx, client, key, "Task", values)
	}
	if !taken(err) {
		return id, false, err
	}
	id, err = claimed(ctx, client, key)
	return id, err == nil, err
}

// claimed is the id that a claim has.
func claimed(ctx context.Context, client *salesforce.Client, key string) (string, error) {
	var found claims
	answers, err := client.Composite(ctx, salesforce.Composite{Parts: []salesforce.Part{askClaim(key)}, Repeatable: true})
	if err == nil {
		err = answers.Into(partClaim, &found)
	}
	if err == nil && len(found.Records) == 0 {
		err = errUnseen
	}
	if err != nil {
		return "", fmt.Errorf("claim: %w", err)
	}
	return found.Records[0].Record, nil
}

// errUnseen is a claim that is there, and that this user may not see.
var errUnseen = errors.New("its claim belongs to somebody else")

// insert makes a record with a claim for each key; the second is that of its call.
func insert(ctx context.Context, client *salesforce.Client, object string, values salesforce.Values, keys ...string) (string, error) {
	parts := make([]salesforce.Part, 0, 2*len(keys)+1)
	for i, key := range keys {
		parts = append(parts, salesforce.Insert(claimParts[i], claimObject, salesforce.Values{"Key__c": kept(key)}))
	}
	parts = append(parts, salesforce.Insert(partRecord, object, values))
	for i := range keys {
		parts = append(parts, salesforce.Change(namedParts[i], claimObject, salesforce.From(claimParts[i], "id"), salesforce.Values{
			"Record_Id__c": salesforce.From(partRecord, "id"),
		}))
	}
	answers, err := client.Composite(ctx, salesforce.Composite{AllOrNone: true, Repeatable: true, Parts: parts})
	if err != nil {
		return "", err
	}
	return answers.ID(partRecord)
}

// taken says that a creation failed because its key is there.
func taken(err error) bool { return isTaken(err, partClaim) }

func isTaken(err error, claim string) bool {
	part, ok := errors.AsType[*salesforce.PartError](err)
	return ok && part.Part == claim && salesforce.IsCode(err, "DUPLICATE_VALUE")
}

// NoClaim says that a creation was refused because of its claim, and not of the record.
func NoClaim(err error) bool {
	part, ok := errors.AsType[*salesforce.PartError](err)
	return ok && part.Part != partRecord || errors.Is(err, errUnseen)
}

type claims struct {
	Records []struct {
		Record string `json:"Record_Id__c"`
	} `json:"records"`
}

func askClaim(key string) salesforce.Part {
	return salesforce.Ask(partClaim, "SELECT Record_Id__c FROM "+claimObject+" WHERE Key__c = "+salesforce.Quote(kept(key)))
}

const (
	claimsKept  = 90 * 24 * time.Hour
	keptForEver = "defaults|%" // keys of those who say that a record had its default flows
	sweepMost   = 1000         // claims that are deleted at a time
)

// Sweep deletes claims of effects that are older than 90 days, at most 1,000: more says that there may be others. It is done by the
// integration user, whom all claims let, and not while the org's API allowance is short.
func Sweep(ctx context.Context, client *salesforce.Client, now time.Time) (deleted int, more bool, err error) {
	if client.Usage().Share() >= salesforce.AllowanceShort {
		return 0, true, nil
	}
	old := now.Add(-claimsKept).UTC().Format(time.RFC3339)
	found, err := salesforce.Query[struct{ Id string }](ctx, client,
		fmt.Sprintf("SELECT Id FROM %s WHERE CreatedDate < %s AND (NOT Key__c LIKE '%s') ORDER BY CreatedDate LIMIT %d",
			claimObject, old, keptForEver, sweepMost))
	if err != nil {
		return 0, false, err
	}
	ids := make([]string, len(found))
	for i, one := range found {
		ids[i] = one.Id
	}
	for len(ids) > 0 {
		some := ids[:min(len(ids), salesforce.MaxRows)]
		ids = ids[len(some):]
		rows, err := client.DeleteMany(ctx, some)
		if err != nil {
			return deleted, true, err
		}
		for _, row := range rows {
			if row.Err == nil {
				deleted++
			}
		}
	}
	return deleted, len(found) == sweepMost, nil
}
