package metadata

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/screenflow"
)

// developerName is the form of an API name: single underscores between letters and digits.
var developerName = regexp.MustCompile(`^[A-Za-z](?:_?[A-Za-z0-9]){0,79}$`)

// flow checks a flow as the platform does before it keeps it; a flow without screens is kept and not run.
func (in *installer) installFlow(_ context.Context, p part, e *element, _ *crm.Component) error {
	f, err := screenflow.Read(p.described)
	if err != nil {
		return bad(e, "Error parsing file: %s", err)
	}
	if !developerName.MatchString(p.fullName) {
		return bad(e, "The flow's API name %.80q is invalid: it may hold letters, digits and single underscores, "+
			"and begins with a letter", p.fullName)
	}
	if wrong := f.Check(crm.FlowSchema(in.actor.Schema())); wrong != nil {
		return bad(e.holding(wrong.Element), "%s", wrong.Text)
	}
	return nil
}

// holding is the child whose name is given; the element itself if there is none.
func (e *element) holding(name string) *element {
	for _, k := range e.kids {
		if name != "" && k.get("name") == name {
			return k
		}
	}
	return e
}

// removeFlow refuses to delete a flow that people can run, as the platform does.
func (in *installer) removeFlow(ctx context.Context, name string, _ manifest) error {
	f, err := in.actor.Flow(ctx, name)
	if refused, ok := errors.AsType[*crm.Error](err); ok && refused.Code == "NOT_FOUND" {
		return nil
	}
	if err == nil && f.Active() {
		return &problem{"insufficient access rights on cross-reference id: " + strings.TrimSpace(string(f.Version)), 1, 1}
	}
	return err
}
