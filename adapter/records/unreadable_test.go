package records

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/salesforce/recorded"
)

// Where the org's shape keeps the record from being read, the agent's page says what it is, and not that something went wrong.
func TestOrgsWhoseRecordCannotBeRead(t *testing.T) {
	for _, tc := range []struct {
		org  string
		kind fault.Kind
		says string
	}{
		{"with-namespace", fault.Invalid, "the namespace acme"},
		{"original-alone", fault.Missing, "no object AC_CtiAdapter__c"},
		{"minimum-access", fault.Denied, "API Enabled"},
	} {
		t.Run(tc.org, func(t *testing.T) {
			o, err := recorded.Load(tc.org)
			if err != nil {
				t.Fatal(err)
			}
			client := o.Client()
			crm := func(context.Context, string) (*salesforce.Client, error) { return client, nil }
			clk := clock.NewFake(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
			r := NewReader(crm, defaults, nil, clk, slog.New(slog.DiscardHandler))
			defer r.Close()
			_, err = r.Arrived(t.Context(), "005000000000001AAA")
			if f := fault.Of(err); f.Kind != tc.kind || !strings.Contains(f.Message, tc.says) {
				t.Errorf("%s: %v; want %s: %s", f.Kind, err, tc.kind, tc.says)
			}
		})
	}
}
