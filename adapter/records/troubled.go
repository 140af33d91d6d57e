package records

import (
	"slices"
	"strings"

	"github.com/patchcord/patchcord/internal/fault"
)

// Trouble is what is wrong with the adapter record of a call centre.
type Trouble struct {
	CallCenter string   // internal name
	ID, Name   string   // of the record; "" if it could not be read
	Problems   []string // sentences for people
}

// Troubled lists the records that were read and have problems, by call centre.
func (r *Reader) Troubled() []Trouble {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []Trouble
	for name, e := range r.adapters {
		e.mu.Lock()
		t := Trouble{CallCenter: name, ID: e.adapter.ID, Name: e.adapter.Name, Problems: slices.Clone(e.adapter.Problems)}
		if e.err != nil {
			t.Problems = []string{fault.Of(e.err).Message}
		}
		read := !e.read.IsZero()
		e.mu.Unlock()
		if read && len(t.Problems) > 0 {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(x, y Trouble) int { return strings.Compare(x.CallCenter, y.CallCenter) })
	return all
}
