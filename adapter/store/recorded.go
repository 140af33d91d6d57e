package store

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

// happened is how the body of a fact, and of a run that one made, names what happened: rows of other events are not read.
func happened(source, event string) []byte {
	body, _ := json.Marshal(struct { // texts are always JSON
		Source string `json:"source"`
		Event  string `json:"event"`
	}{source, event})
	return body[1 : len(body)-1]
}

// Past is what was recorded of events, as a transaction sees it.
type Past struct{ tx *Tx }

// Past is what was recorded of events.
func (t *Tx) Past() Past { return Past{t} }

// LatestFact is the id of the latest fact; 0 if there is none.
func (p Past) LatestFact() (id int64, err error) {
	err = p.tx.one(`SELECT coalesce(max(id), 0) FROM fact`, nil, &id)
	return id, err
}

// Numbered is a fact with its id.
type Numbered struct {
	ID int64
	fact.Fact
}

// FactsBack lists the facts of an event whose ids are from one up to another, without that, the latest first. latest is when the latest
// fact among them all was, zero if there is none. One that is damaged is left out.
func (p Past) FactsBack(source, event string, from, before int64) (found []Numbered, latest time.Time, err error) {
	var ms int64
	if err := p.tx.one(`SELECT coalesce(max(at), 0) FROM fact WHERE id >= ? AND id < ?`, []any{from, before}, &ms); err != nil {
		return nil, latest, err
	}
	err = p.tx.each(`SELECT id, body, sum FROM fact WHERE id >= ? AND id < ? AND instr(body, ?) > 0 ORDER BY id DESC`,
		[]any{from, before, happened(source, event)}, func(scan func(...any) error) error {
			var f Numbered
			var body []byte
			var want int64
			if err := scan(&f.ID, &body, &want); err != nil {
				return err
			}
			if sum(body) == want && json.Unmarshal(body, &f.Fact) == nil && f.Source == source && f.Event == event {
				found = append(found, f)
			}
			return nil
		})
	return found, moment(ms), err
}

// errFound ends a search that has found what it looks for.
var errFound = errors.New("found")

// FirstTold is when the first fact of an event was that is kept; ErrNone if there is none.
func (p Past) FirstTold(source, event string) (at time.Time, err error) {
	err = p.tx.each(`SELECT body FROM fact WHERE instr(body, ?) > 0 ORDER BY id`, []any{happened(source, event)},
		func(scan func(...any) error) error {
			var body []byte
			if err := scan(&body); err != nil {
				return err
			}
			var f fact.Fact
			if json.Unmarshal(body, &f) != nil || f.Source != source || f.Event != event {
				return nil
			}
			at = f.At
			return errFound
		})
	switch {
	case errors.Is(err, errFound):
		return at, nil
	case err == nil:
		err = ErrNone
	}
	return at, err
}

// LooseRunsBack lists the runs of a kind that an event without a contact made, whose ids are from one up to another, without that. first is
// when the first run among them all was made, zero if there is none. One that is damaged is left out.
func (p Past) LooseRunsBack(kind, source, event string, from, before int64) (found []Run, first time.Time, err error) {
	var ms int64
	if err := p.tx.one(`SELECT coalesce(min(created), 0) FROM run WHERE id >= ? AND id < ?`, []any{from, before}, &ms); err != nil {
		return nil, first, err
	}
	err = p.tx.each(runColumns+`WHERE id >= ? AND id < ? AND contact = '' AND kind = ? AND instr(body, ?) > 0 ORDER BY id`,
		[]any{from, before, kind, happened(source, event)}, func(scan func(...any) error) error {
			r, err := p.tx.scanRun(scan)
			if err == nil {
				found = append(found, r)
			}
			if errors.Is(err, ErrDamaged) {
				return nil
			}
			return err
		})
	return found, moment(ms), err
}
