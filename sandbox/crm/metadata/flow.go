package metadata

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// developerName is the form of an API name: single underscores between letters and digits.
var developerName = regexp.MustCompile(`^[A-Za-z](?:_?[A-Za-z0-9]){0,79}$`)

// installFlow checks a flow's head as the platform does before it keeps it; its elements are kept as they came.
func (in *installer) installFlow(_ context.Context, p part, e *element, _ *records.Component) error {
	f, err := crm.ReadFlow(p.described)
	if err != nil {
		return bad(e, "Error parsing file: %s", err)
	}
	if !developerName.MatchString(p.fullName) {
		return bad(e, "The flow's API name %.80q is invalid: it may hold letters, digits and single underscores, "+
			"and begins with a letter", p.fullName)
	}
	if wrong := f.Wrong(); wrong != "" {
		return bad(e, "%s", wrong)
	}
	return nil
}

// removeFlow refuses to delete a flow that people can open, as the platform does.
func (in *installer) removeFlow(ctx context.Context, name string, _ manifest) error {
	f, err := in.actor.Flow(ctx, name)
	if refused, ok := errors.AsType[*schema.Error](err); ok && refused.Code == "NOT_FOUND" {
		return nil
	}
	if err == nil && f.Active() {
		return &problem{"insufficient access rights on cross-reference id: " + strings.TrimSpace(string(f.Version)), 1, 1}
	}
	return err
}
