package store

import (
	"errors"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/store/sqlite"
)

func sumOf(body string) string { return strconv.FormatInt(sum([]byte(body)), 10) }

// What an adapter knew before its states were laid out anew, it knows after that, and goes on with.
func TestStatesOutliveTheirNewLayout(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	err := sqlite.AsOf(t.Context(), file, 2,
		`INSERT INTO state (user_id, contact, at, live, body, sum) VALUES
('ann', '', 3, 1, '"of ann"', `+sumOf(`"of ann"`)+`), ('ann', 'c-1', 1, 0, '"over"', `+sumOf(`"over"`)+`),
('ann', 'c-2', 2, 1, '"on"', `+sumOf(`"on"`)+`), ('bob', 'c-2', 4, 1, '"on, too"', 0)`)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, file)
	do(t, s, func(tx *Tx) error {
		var ofAnn, over, on, damaged string
		err := errors.Join(tx.State("ann", "", &ofAnn), tx.State("ann", "c-1", &over), tx.State("ann", "c-2", &on),
			tx.State("bob", "c-2", &damaged))
		if diff := cmp.Diff([]string{"of ann", "over", "on", ""}, []string{ofAnn, over, on, damaged}); diff != "" || err != nil {
			t.Error(diff, err)
		}
		live, err := tx.Live("ann")
		users, err2 := tx.UsersOf("c-2")
		if diff := cmp.Diff([]string{"c-2", "ann", "bob"}, append(live, users...)); diff != "" {
			t.Error(diff)
		}
		return errors.Join(err, err2, tx.PutState("ann", "c-2", morning, false, "over, too"))
	})
	do(t, s, func(tx *Tx) error {
		var over string
		err := tx.State("ann", "c-2", &over)
		if over != "over, too" {
			t.Errorf("put again: %q", over)
		}
		return err
	})
	if diff := cmp.Diff([]string{"the state of the contact c-2 of the user bob"}, s.Damage()); diff != "" {
		t.Error(diff)
	}
}
