package calllog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// Log writes the Tasks of agents, each by the agent's own session. It keeps nothing and is safe for concurrent use.
type Log struct {
	// Client is a user's own; its error is a fault of kind Unsigned for one who is signed out.
	Client func(ctx context.Context, userID string) (*salesforce.Client, error)
	// Zone is where a user is, see Zones.
	Zone func(ctx context.Context, userID string) (*time.Location, error)
}

// Logged is the Task of a call as it is in the CRM.
type Logged struct {
	TaskID string // "" if there is none, or nobody knows it
	Record string // to which it was related; "" for none
	Again  bool   // it was there already
	// Seconds is its duration, if that is the log's own: nil if somebody else wrote it.
	Seconds *int64
	Note    Note
}

// Note is what somebody should know of a Task that is not where it belonged; the zero value is none.
type Note struct {
	Code   string // MovedOn, RecordGone, RecordClosed or NoActivities
	Record string // where it belonged
}

// Codes of notes.
const (
	MovedOn      = "log.movedOn"      // the record was merged or converted: the Task is on what became of it
	RecordGone   = "log.recordGone"   // the record is gone: the Task has no relation
	RecordClosed = "log.recordClosed" // this agent may not relate to the record: the Task has no relation
	NoActivities = "log.noActivities" // the record's object has no activities: the Task has no relation
)

const partTask = "task"

// Task writes the one Task of a call that the agent answered, and of no other. It may be called as often as one likes. A Task that a
// flow made under the same key is completed instead: only its empty fields are filled. A duration that is known better than it was written
// is corrected, unless somebody has changed it since. An error is a *Later, or a *fault.Fault whose
// sentence says why it cannot be written.
func (l Log) Task(ctx context.Context, c Call) (Logged, error) {
	if !c.Answered {
		return Logged{}, nil
	}
	done, err := l.write(ctx, c)
	return done, sorted(err, "The Task of the call")
}

func (l Log) write(ctx context.Context, c Call) (Logged, error) {
	client, err := l.Client(ctx, c.UserID)
	if err != nil {
		return Logged{}, err
	}
	values := task(c)
	zone, err := l.Zone(ctx, c.UserID)
	if Wait(err) != nil {
		return Logged{}, err
	}
	if err != nil { // a date that may be off by one is better than none
		zone = time.UTC
	}
	values["ActivityDate"] = day(c, zone)
	record, note := c.Record, Note{}
	for {
		done, err := once(ctx, client, TaskKey(c.UserID, c.ContactID), related(values, record), c.Written)
		if err == nil && done.Record == record {
			done.Note = note
		}
		if err == nil || record == "" || !aboutRelation(err) {
			return done, err
		}
		if record, note, err = instead(ctx, client, c.Record, record, err); err != nil {
			return Logged{}, err
		}
	}
}

// once makes a call's Task, or completes the one that is there. One whose duration was written is there.
func once(ctx context.Context, client *salesforce.Client, key string, values salesforce.Values, written *int64) (Logged, error) {
	if written == nil {
		id, err := insert(ctx, client, "Task", values, key)
		if !taken(err) {
			return Logged{TaskID: id, Record: relation(values), Seconds: lasted(values)}, err
		}
	}
	return complete(ctx, client, key, values, written)
}

// complete fills what is empty in the Task that the key claims, and corrects the duration that was written. A Task that somebody deleted
// since stays deleted.
func complete(ctx context.Context, client *salesforce.Client, key string, values salesforce.Values, written *int64) (Logged, error) {
	answers, err := client.Composite(ctx, salesforce.Composite{Repeatable: true, Parts: []salesforce.Part{
		askClaim(key), salesforce.Read(partTask, "Task", salesforce.From(partClaim, "records[0].Record_Id__c"), completable...),
	}})
	if err != nil {
		return Logged{}, err
	}
	var found claims
	if err := answers.Into(partClaim, &found); err != nil {
		return Logged{}, fmt.Errorf("claim: %w", err)
	}
	if len(found.Records) == 0 {
		return Logged{}, errUnseen
	}
	done := Logged{TaskID: found.Records[0].Record, Again: true}
	if done.TaskID == "" {
		return done, nil
	}
	var have map[string]any
	if err := answers.Into(partTask, &have); err != nil {
		if gone(err) {
			return done, nil
		}
		return Logged{}, fmt.Errorf("task: %w", err)
	}
	missing := completed(have, values)
	if now := lasted(have); written != nil && now != nil && *now == *written && *lasted(values) != *written {
		missing[duration] = values[duration]
	}
	if now := lasted(have); missing[duration] != nil || now != nil && *now == *lasted(values) {
		done.Seconds = lasted(values) // also of a Task that was made by a request whose answer was lost
	}
	if done.Record = relation(have); done.Record == "" {
		done.Record = relation(missing)
	}
	if len(missing) == 0 {
		return done, nil
	}
	err = client.Update(ctx, "Task", done.TaskID, missing)
	if relation(missing) == "" && gone(err) {
		return done, nil // deleted meanwhile; the relation cannot be what is gone
	}
	return done, err
}

// gone says that there is no such record, or none that this user may see.
func gone(err error) bool {
	return salesforce.IsCode(err, "NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY")
}

// aboutRelation says that a Task was refused for a reason that its relation may be.
func aboutRelation(err error) bool {
	if part, ok := errors.AsType[*salesforce.PartError](err); ok && part.Part != partRecord {
		return false
	}
	return reason(err) != ""
}

// reason is the note's code for a relation that was refused so; "" if it has nothing to do with one.
func reason(err error) string {
	switch {
	case gone(err), salesforce.IsCode(err, "CANNOT_UPDATE_CONVERTED_LEAD"):
		return RecordGone
	case salesforce.IsCode(err, "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"):
		return RecordClosed
	case salesforce.IsCode(err, "FIELD_INTEGRITY_EXCEPTION", "MALFORMED_ID"):
		return NoActivities
	}
	return ""
}
