package crm

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

func TestRefreshTokensOfAnOlderBuildStayGood(t *testing.T) {
	clk := clock.NewFake(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	cfg := Config{Dir: t.TempDir(), Clock: clk, Log: slog.New(slog.DiscardHandler)}
	org, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte("old"))
	if err := org.Write(t.Context(), func(tx *records.Tx) error {
		_, err := tx.DB.ExecContext(t.Context(), `DROP TABLE refresh; CREATE TABLE refresh (hash TEXT PRIMARY KEY,
user TEXT NOT NULL, client TEXT NOT NULL, scope TEXT NOT NULL);
INSERT INTO refresh VALUES (?, '005', 'key', 'api')`, hex.EncodeToString(hash[:]))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := org.Close(); err != nil {
		t.Fatal(err)
	}
	clk.Advance(time.Hour)
	for range 2 { // the second time nothing is to be done
		if org, err = Open(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
		g, err := org.People.Refresh(t.Context(), "old", "key")
		if err != nil || g.User != "005" || !g.Issued.Equal(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v %v", g, err)
		}
		if _, err := org.People.Refresh(t.Context(), "old", "other"); !errors.Is(err, people.ErrNoSession) {
			t.Errorf("another client's: %v", err)
		}
		if err := org.Close(); err != nil {
			t.Fatal(err)
		}
		clk.Advance(time.Hour)
	}
}
