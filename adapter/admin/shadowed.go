package admin

import (
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/store"
)

// kindFlow is the kind of a CTI flow's run.
const kindFlow = "flow"

// recorded is the run that the draft is compared with: of the flow that it takes the place of, else one of no flow, without steps. nil is
// for an event that does not count.
func (s *shadowing) recorded(tx *store.Tx, f store.Numbered) (*store.Run, error) {
	runs, damaged, err := s.runsOf(tx, f)
	if err != nil {
		return nil, err
	}
	if damaged && len(runs) == 0 {
		s.out.Damaged++
		return nil, nil
	}
	s.choose(runs)
	if len(runs) > 0 {
		s.country = runs[0].Body.Country
	}
	nothing := &store.Run{User: f.User, Contact: f.ContactID(), Body: store.Body{Fact: f.Fact, Country: s.country}}
	if s.ask.New {
		return nothing, nil
	}
	for i := len(runs) - 1; i >= 0; i-- {
		r := &runs[i]
		switch {
		case !s.isInstead(*r):
		case r.Status.Open():
			s.out.Open++
			return nil, nil
		case r.Status == store.NotRun:
			s.out.NotRun++ // the draft would not have run either
			return nil, nil
		default:
			return r, nil
		}
	}
	if len(runs) == 0 {
		fired, err := s.fired(tx, f)
		if err != nil || !fired {
			return nil, err
		}
	}
	return nothing, nil
}

// runsOf are the runs of flows that an event made, and whether some of its contact cannot be read.
func (s *shadowing) runsOf(tx *store.Tx, f store.Numbered) (mine []store.Run, damaged bool, err error) {
	var all []store.Run
	if f.Contact == nil {
		all, err = s.loose.of(tx, s.source, s.event, f)
	} else {
		var places []string
		all, places, err = tx.RunsOfLeg(store.Leg{User: f.User, Contact: f.ContactID()}, maxRuns)
		damaged = len(places) > 0
	}
	for _, r := range all {
		if r.Kind == kindFlow && r.Body.Fact.Key == f.Key {
			mine = append(mine, r)
		}
	}
	return mine, damaged, err
}

// isInstead says whether a run is of the flow that the draft takes the place of.
func (s *shadowing) isInstead(r store.Run) bool {
	return s.out.Instead != "" && (r.Body.FlowID == s.out.Instead || r.Flow == s.out.Instead)
}

// choose finds out which flow the draft takes the place of, at the first event that fired one: the one of its name, else the oldest one.
// Ids of a CRM's records rise with time.
func (s *shadowing) choose(runs []store.Run) {
	if s.ask.New || s.out.Instead != "" {
		return
	}
	oldest := ""
	for _, r := range runs {
		switch {
		case r.Flow == "":
		case r.Flow == s.draft.Name():
			s.out.Instead, s.out.Beside = r.Flow, 0
			return
		default:
			s.out.Beside++
			if oldest == "" || r.Body.FlowID < oldest {
				oldest, s.out.Instead = r.Body.FlowID, r.Flow
			}
		}
	}
	s.out.Beside = max(0, s.out.Beside-1)
}

// fired says whether an event that made no run would have fired a flow, had there been one: what is told again, or had been derived
// before, fires none.
func (s *shadowing) fired(tx *store.Tx, f store.Numbered) (bool, error) {
	if f.Contact == nil {
		return true, nil
	}
	leg := store.Leg{User: f.User, Contact: f.ContactID()}
	facts, _, err := tx.FactsOfLeg(leg, maxFacts)
	if err != nil {
		return false, err
	}
	state := contact.New(leg.User, leg.Contact)
	for _, one := range facts {
		var news contact.News
		if state, news = contact.Fold(state, one); one.Key == f.Key {
			return news.Fresh, nil
		}
	}
	return true, nil
}

// looseRuns are the runs of events that are about no contact, by user and key, read from the latest back as far as they are needed.
type looseRuns struct {
	by     map[string][]store.Run
	before int64     // the run's id before which nothing was read
	first  time.Time // no run that was not read was made after it
}

// of are those of a fact. A run is made when its fact is told, or later.
func (l *looseRuns) of(tx *store.Tx, source, event string, f store.Numbered) ([]store.Run, error) {
	if l.by == nil {
		last, err := tx.LatestRun()
		if err != nil {
			return nil, err
		}
		l.by, l.before = map[string][]store.Run{}, last+1
	}
	for l.before > 1 && (l.first.IsZero() || !l.first.Before(f.At)) {
		from := max(1, l.before-shadowAtOnce)
		found, first, err := tx.Past().LooseRunsBack(kindFlow, source, event, from, l.before)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			key := fmt.Sprint(r.User, " ", r.Body.Fact.Key)
			l.by[key] = append(l.by[key], r)
		}
		l.before = from
		if !first.IsZero() {
			l.first = first
		}
	}
	key := fmt.Sprint(f.User, " ", f.Key)
	mine := l.by[key]
	delete(l.by, key) // each is asked for once
	return mine, nil
}
