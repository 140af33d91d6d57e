// Package calllog is what is written to the CRM about a contact: the Task of each agent who answered, and one row a contact.
//
// Read first: Call, Log, Channels, Create. It knows neither pages, flows nor the store: who calls it says what happened.
package calllog

import "time"

// Call is one contact as one agent had it.
type Call struct {
	UserID           string // CRM user, 18 characters
	AgentUsername    string // at the contact centre
	ContactID        string
	InitialContactID string
	Type             string // voice, queue_callback, chat, task
	Inbound          bool
	Number           string // of the customer's end; "" when withheld
	Dialled          string // what was dialled, extension included; "" if nobody dialled
	QueueName        string
	InitiationMethod string // as the contact centre says it; "" if it did not
	// Record popped, was chosen among several or was dialled from, for this agent; "" for none.
	Record     string
	OfferedAt  time.Time
	AnsweredAt time.Time     // zero if this agent did not answer
	EndedAt    time.Time     // for this agent
	Duration   time.Duration // connected, with Hold
	Hold       time.Duration
	// Written is the duration that the log wrote into the Task, in seconds; nil if it wrote none, or does not know.
	Written  *int64
	Answered bool
	Missed   bool
	Rejected bool
}

// call says whether somebody spoke.
func (c Call) call() bool { return c.Type == "voice" || c.Type == "queue_callback" || c.Type == "" }

// seconds rounds to what the CRM keeps: whole seconds that are never negative and fit its numbers.
func seconds(d time.Duration) int64 {
	const most = 1<<31 - 1
	return min(max(int64(d.Round(time.Second)/time.Second), 0), most)
}

// shortened cuts a text to what a field of the CRM takes, in characters.
func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
