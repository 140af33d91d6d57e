package effect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/find"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

func TestReasonOf(t *testing.T) {
	for name, tc := range map[string]struct {
		err  error
		want store.Reason
	}{
		"nothing":       {nil, ""},
		"signed out":    {fault.New(fault.Unsigned, nil, "Sign in."), store.Unsigned},
		"expired":       {fmt.Errorf("renew: %w", salesforce.ErrExpired), store.Unsigned},
		"refused anew":  {&salesforce.Error{Status: http.StatusUnauthorized}, store.OrgAway},
		"spent":         {&salesforce.Error{Status: http.StatusForbidden, Code: "REQUEST_LIMIT_EXCEEDED"}, store.APISpent},
		"busy":          {&salesforce.Error{Status: http.StatusServiceUnavailable}, store.OrgAway},
		"no connection": {fmt.Errorf("get: %w", salesforce.ErrUnreachable), store.OrgAway},
		"no right":      {&salesforce.Error{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS"}, ""},
		"too long":      {fmt.Errorf("renew: %w", context.DeadlineExceeded), store.OrgAway},
		"our own":       {context.Canceled, ""},
	} {
		if got := ReasonOf(tc.err); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// What a search came to is kept in few words: of whom there are many, the object if it is one.
func TestSearchOf(t *testing.T) {
	maya, amy := find.Candidate{ID: "003a", Object: "Contact", Name: "Maya"}, find.Candidate{ID: "003b", Object: "Contact", Name: "Amy"}
	acme := find.Candidate{ID: "001a", Object: "Account", Name: "Acme"}
	for name, tc := range map[string]struct {
		found find.Found
		want  store.Search
	}{
		"one popped": {find.Found{Record: "003b", Matches: []find.Candidate{maya, amy}, Total: 2, Decision: find.Decision{Kind: find.Record}},
			store.Search{Kind: "record", Total: 2, Object: "Contact", Record: "003b", Name: "Amy"}},
		"of two objects": {find.Found{Matches: []find.Candidate{maya, acme}, Total: 25, Decision: find.Decision{Kind: find.Choice}},
			store.Search{Kind: "choice", Total: 25}},
		"refused": {find.Found{Reason: find.Reason{Code: find.Unfiltered}, Cause: &salesforce.Error{Code: "INVALID_FIELD", Message: "No such"}},
			store.Search{Reason: find.Unfiltered, Cause: "INVALID_FIELD: No such"}},
		"not answered": {find.Found{Reason: find.Reason{Code: find.Unsearched}, Cause: salesforce.ErrUnreachable},
			store.Search{Reason: find.Unsearched, Cause: "orgAway"}},
		"unknown": {find.Found{Cause: errors.New("dial tcp")}, store.Search{}},
	} {
		if diff := cmp.Diff(tc.want, searchOf(tc.found, false)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
