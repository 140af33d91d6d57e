package calllog

import (
	"strings"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// Row is what is known of a contact from one agent whom it was offered to.
type Row struct {
	Call
	TaskID string // of the agent's Task of the log; "" for none
}

// Lengths of the fields of AC_ContactChannels__c.
const (
	maxText  = 255
	maxPhone = 40
)

// merge makes one row a contact. It is whose agent answered, the first to do so: nobody takes an answered contact over by being offered
// it later. If nobody answered, it is whose agent was offered it last.
func merge(rows []Row) []Row {
	var all []Row
	at := map[string]int{}
	for _, row := range rows {
		i, known := at[row.ContactID]
		switch {
		case !known:
			at[row.ContactID] = len(all)
			all = append(all, row)
		case takesOver(all[i], row):
			all[i] = row
		}
	}
	return all
}

// takesOver says whether the later of two rows of a contact is the one that counts.
func takesOver(have, next Row) bool {
	switch {
	case have.UserID == next.UserID && have.Answered == next.Answered:
		return !next.EndedAt.Before(have.EndedAt)
	case have.Answered != next.Answered:
		return next.Answered
	case have.Answered:
		return next.AnsweredAt.Before(have.AnsweredAt)
	}
	return next.OfferedAt.After(have.OfferedAt)
}

const (
	keyField   = "ContactId__c"
	ownerField = "OwnerId"
)

// lookups are the fields that name a record which may be gone, closed to the integration user or of a kind that it may not name.
var lookups = []string{ownerField, "Agent__c", "Contact__c", "Lead__c", "Case__c"}

// values are a row as the CRM keeps it. A relation is written whole, so that a contact that was taken over has one only, or not at
// all: what people put there stays.
func (r Row) values() salesforce.Values {
	interaction := r.Duration - r.Hold
	v := salesforce.Values{
		keyField: r.ContactID, "Channel__c": channel(r.Type), "InitiationMethod__c": initiation(r.Call),
		"CustomerNumber__c": text(r.Number, maxPhone), "DialedNumber__c": text(r.Dialled, maxPhone),
		"QueueName__c": text(r.QueueName, maxText), "AgentUsername__c": text(r.AgentUsername, maxText),
		"ConnectedAt__c": moment(r.AnsweredAt), "EndedAt__c": moment(r.EndedAt),
		"InteractionDuration__c": seconds(interaction), "HoldDuration__c": seconds(r.Hold),
		"Agent__c": r.UserID, ownerField: r.UserID,
	}
	if !r.Answered {
		v["ConnectedAt__c"], v["InteractionDuration__c"], v["HoldDuration__c"] = nil, 0, 0
	}
	if r.TaskID != "" {
		v["Task_Id__c"] = r.TaskID
	}
	if field := lookup(r.Record); field != "" {
		v["Contact__c"], v["Lead__c"], v["Case__c"] = nil, nil, nil
		v[field] = r.Record
	}
	return v
}

// lookup is the field that may name a record; "" for none.
func lookup(record string) string {
	switch {
	case strings.HasPrefix(record, contacts):
		return "Contact__c"
	case strings.HasPrefix(record, leads):
		return "Lead__c"
	case strings.HasPrefix(record, cases):
		return "Case__c"
	}
	return ""
}

func channel(contactType string) string {
	switch contactType {
	case "chat":
		return "CHAT"
	case "task":
		return "TASK"
	case "email":
		return "EMAIL"
	}
	return "VOICE"
}

// initiation is how a contact began, in the contact centre's capitals. Source: Amazon Connect, InitiationMethod.
func initiation(c Call) string {
	switch {
	case c.InitiationMethod != "":
		return shortened(strings.ToUpper(c.InitiationMethod), maxText)
	case c.Type == "queue_callback":
		return "CALLBACK"
	case c.Inbound:
		return "INBOUND"
	}
	return "OUTBOUND"
}

// text is a text as its field takes it; nil for none.
func text(value string, most int) any {
	if value == "" {
		return nil
	}
	return shortened(value, most)
}

// moment is a time as the CRM takes it; nil for none.
func moment(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}
