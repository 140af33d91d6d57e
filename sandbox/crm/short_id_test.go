package crm

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// TestIdsOfFifteenCharactersWrite asks for each write with the short id that the platform takes too.
func TestIdsOfFifteenCharactersWrite(t *testing.T) {
	d := newDesk(t)
	system := &Actor{Access: d.admin.Unbound(), user: d.admin.User()}
	id := create(t, system, "Contact", records.Values{"LastName": "Moss", "Phone": "+12065550142"})
	short := id[:15]
	does := func(what string, err error, contacts string) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if got := names(t, system, "SELECT Name FROM Contact WHERE Id = '"+string(id)+"'"); got != contacts {
			t.Errorf("%s: contacts %q, want %q", what, got, contacts)
		}
	}
	does("update", system.Update(t.Context(), "Contact", short, records.Values{"LastName": "Fern", "Phone": "+12065550143"}, ""), "Fern")
	for number, want := range map[string]int{"2065550142": 0, "2065550143": 1} {
		found, err := system.FindPhone(t.Context(), number, []string{"Contact"}, 10)
		if err != nil || len(found) != want || want == 1 && found[0].ID != id {
			t.Errorf("by the number %s: %v %v", number, found, err)
		}
	}
	got, created, err := system.Upsert(t.Context(), "Contact", "Id", string(short), records.Values{"LastName": "Reed"})
	does("upsert", err, "Reed")
	if got != id || created {
		t.Errorf("upsert: %s, created %v", got, created)
	}
	does("delete", system.Delete(t.Context(), "Contact", short), "")
	does("undelete", system.Undelete(t.Context(), "Contact", short), "Reed")
	does("viewed", system.Viewed(t.Context(), "Contact", short), "Reed")
	recent, err := system.Recent(t.Context(), "Contact", 5)
	if err != nil || len(recent) != 1 || recent[0].ID != id {
		t.Errorf("recent: %v %v", recent, err)
	}
	for what, err := range map[string]error{
		"update":   system.Update(t.Context(), "Contact", "nonsense", records.Values{"LastName": "x"}, ""),
		"delete":   system.Delete(t.Context(), "Contact", "nonsense"),
		"undelete": system.Undelete(t.Context(), "Contact", "nonsense"),
		"viewed":   system.Viewed(t.Context(), "Contact", "nonsense"),
	} {
		if !refusedAs(err, "MALFORMED_ID") {
			t.Errorf("%s of nonsense: %v", what, err)
		}
	}
}
