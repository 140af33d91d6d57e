package contact

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// Record is the CRM record on which the contact's Task belongs: the one that the agent chose, else the one from which it was dialled,
// else the one that popped last while the contact was on; "" for none. What pops for the end, such as a page for the wrap-up, is not it,
// nor is a Task, to which no Task belongs.
func (s State) Record() string {
	if s.Chosen != "" {
		return s.Chosen
	}
	if s.DialledFrom != "" {
		return s.DialledFrom
	}
	for _, p := range slices.Backward(s.Popped) {
		if s.wasOn(p.At) && !strings.HasPrefix(p.Record, tasks) {
			return p.Record
		}
	}
	return ""
}

// tasks is the key prefix of Task. Source: Salesforce Help, Standard Field Record ID Prefix Decoder.
const tasks = "00T"

// wasOn says whether the contact was on at a time; before anything is known of it, it was not over.
func (s State) wasOn(at time.Time) bool {
	began := false
	for _, r := range s.rings() {
		for _, m := range r {
			began = began || !m.At.After(at)
		}
		if r.isOn(at, s.Seen) {
			return true
		}
	}
	return !began
}

// Pop notes that a record popped, for something that happened at a time by the adapter's clock: the At of the fact that fired the flow.
func (s State) Pop(record string, factAt time.Time) State {
	s.Popped = append(slices.Clone(s.Popped), Popped{record, plain(factAt)})
	for len(s.Popped) > maxPopped {
		late := slices.IndexFunc(s.Popped, func(p Popped) bool { return !s.wasOn(p.At) })
		s.Popped = slices.Delete(s.Popped, max(0, late), max(0, late)+1)
	}
	return s
}

// Choose notes that the agent chose a record among several: the caller is known then.
func (s State) Choose(record string) State {
	s.Chosen = record
	if s.Caller == nil {
		return s
	}
	for _, m := range s.Caller.Matches {
		if m.RecordID == record {
			known := *s.Caller
			known.Kind, known.Record, known.Matches = wire.CallerKnown, &m, nil
			s.Caller = &known
		}
	}
	return s
}

// Dial notes that the contact came of a dial: the number as dialled, in E.164, and the record on which it was clicked, "" for none.
func (s State) Dial(number, record string) State {
	s.Dialled, s.DialledFrom = number, record
	return s
}

// Choice reads the fact of a choice among several records; false if it is none, or names no record. Such a fact is about a contact and
// does not carry one.
func Choice(f fact.Fact) (contactID, recordID string, ok bool) {
	var p struct{ ContactID, RecordID string }
	if f.Source != fact.Patchcord || f.Event != "onChosen" || json.Unmarshal(f.Payload, &p) != nil {
		return "", "", false
	}
	return p.ContactID, p.RecordID, p.ContactID != "" && IsRecordID(p.RecordID)
}

// IsRecordID is true for 15 or 18 letters and digits. Source: Salesforce Object Reference, field type ID.
func IsRecordID(text string) bool {
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	return len(text) == 15 || len(text) == 18
}
