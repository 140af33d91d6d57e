package adapter

import (
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/journal"
	"github.com/patchcord/patchcord/adapter/wire"
)

// An org may have millions of Tasks, and no index on the field that says which call one is of.
func TestTheTaskOfACallIsAskedForByAnIndexedField(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	r := journal.Record{Event: wire.Event{At: at.UnixMilli(), Contact: &wire.Contact{ContactID: "c-1'"}}}
	const want = `SELECT Id FROM Task WHERE CreatedDate >= 2026-03-01T09:00:00Z AND CallObject = 'c-1\'' LIMIT 1`
	if got := logged(r); got != want {
		t.Errorf("asks %s, want %s", got, want)
	}
}
