package sandbox

import (
	"context"
	"log/slog"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
)

func BenchmarkLoadContacts(b *testing.B) {
	org, err := crm.Open(context.Background(), crm.Config{Dir: b.TempDir(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	defer org.Close()
	s := &Sandbox{org: org}
	b.ResetTimer()
	if err := s.LoadContacts(context.Background(), b.N, func(int) {}); err != nil {
		b.Fatal(err)
	}
}
