package effect

import (
	"errors"

	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/adapter/find"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// ReasonOf is why something waits; "" for what does not pass by waiting.
func ReasonOf(err error) store.Reason {
	wait := calllog.Wait(err)
	switch {
	case wait == nil:
		return ""
	case wait.SignIn:
		return store.Unsigned
	case salesforce.IsCode(err, "REQUEST_LIMIT_EXCEEDED"):
		return store.APISpent
	}
	return store.OrgAway
}

// searchOf is what a search came to, as the run keeps it.
func searchOf(f find.Found, only bool) store.Search {
	s := store.Search{
		Kind: string(f.Decision.Kind), Reason: f.Reason.Code, Args: f.Reason.Args, Total: f.Total, More: f.More, Record: f.Record, Only: only,
	}
	for i, m := range f.Matches {
		if i == 0 {
			s.Object = m.Object
		}
		if m.Object != s.Object {
			s.Object = ""
		}
		if m.ID == f.Record && f.Record != "" {
			s.Name = m.Name
		}
	}
	if f.Cause == nil {
		return s
	}
	s.Cause = string(ReasonOf(f.Cause))
	if refused := fault.Of(f.Cause); s.Cause == "" && refused.Kind != fault.Internal {
		s.Cause = refused.Message
	}
	if failed, ok := errors.AsType[*salesforce.Error](f.Cause); s.Cause == "" && ok {
		s.Cause = failed.Code + ": " + failed.Message
	}
	return s
}
