package sandbox

import (
	"context"
	"log/slog"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
)

func BenchmarkLoadContacts(b *testing.B) {
	org, err := crm.Open(context.Background(), crm.Config{Dir: b.TempDir(), Clock: clock.System{},
		Log: slog.New(slog.DiscardHandler), Users: []crm.SeedUser{
			{Username: "admin@x.example", LastName: "Byrne", Alias: "ada", Password: "secret-1", Administrator: true},
		}})
	if err != nil {
		b.Fatal(err)
	}
	defer org.Close()
	s := &Sandbox{org: org, cfg: Config{People: []Person{{Role: "administrator", Username: "admin@x.example"}}}}
	b.ResetTimer()
	if err := s.LoadContacts(context.Background(), b.N, func(int) {}); err != nil {
		b.Fatal(err)
	}
}
