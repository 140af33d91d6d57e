package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

func TestWhatWasRecordedIsFoundBackwards(t *testing.T) {
	onBoth(t, recorded)
}

func recorded(t *testing.T, s *Store) {
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	err := s.Do(t.Context(), "", func(tx *Tx) error {
		for i := range 6 {
			f := fact.Fact{User: "u", Key: fmt.Sprint(i), At: nine.Add(time.Duration(i) * time.Minute), Source: fact.Interface,
				Event: []string{"onClickToDial", "onNavigationChange"}[i%2], Payload: []byte(`{"source":"salesforceUi","event":"onX"}`)}
			if _, err := tx.AddFact(f); err != nil {
				return err
			}
			r := Run{User: "u", Kind: "flow", Status: Completed, Created: f.At, Body: Body{Fact: f}}
			if err := tx.AddRun(&r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(tx *Tx) error {
		last, err := tx.Past().LatestFact()
		if err != nil || last != 6 {
			t.Errorf("%d, %v", last, err)
		}
		facts, latest, err := tx.Past().FactsBack(fact.Interface, "onClickToDial", 2, 6)
		if err != nil || len(facts) != 2 || facts[0].Key != "4" || facts[1].ID != 3 || !latest.Equal(nine.Add(4*time.Minute)) {
			t.Errorf("%+v %v, %v", facts, latest, err)
		}
		runs, first, err := tx.Past().LooseRunsBack("flow", fact.Interface, "onNavigationChange", 1, 5)
		if err != nil || len(runs) != 2 || runs[0].ID != 2 || !first.Equal(nine) {
			t.Errorf("%+v %v, %v", runs, first, err)
		}
		at, err := tx.Past().FirstTold(fact.Interface, "onNavigationChange")
		if err != nil || !at.Equal(nine.Add(time.Minute)) {
			t.Errorf("%v, %v", at, err)
		}
		if _, err := tx.Past().FirstTold(fact.Interface, "onX"); !errors.Is(err, ErrNone) {
			t.Errorf("a payload counts as an event: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
