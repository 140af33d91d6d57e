package lightning

import (
	"context"
	"errors"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// flowOut is what a flow's tab tells of it; what its screens would ask is not shown.
type flowOut struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// The sentences are the platform's.
var (
	errNoFlow = edge.Refuse(http.StatusNotFound, "NOT_FOUND",
		"The flow you're looking for isn't available. It may have been deleted or renamed.")
	errFlowOff = edge.Refuse(http.StatusConflict, "FLOW_INACTIVE",
		"You can't run this flow because it isn't active. Contact your Salesforce admin for help.")
	errFlowRights = edge.Refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS",
		"You don't have permission to run flows. Contact your Salesforce admin for help.")
	errFlowSilence = edge.Refuse(http.StatusConflict, "FLOW_WITHOUT_SCREENS",
		"This flow shows no screens. Only screen flows can be opened.")
)

// flow opens a flow for those who could run it.
func (s *server) flow(ctx context.Context, r asked) (flowOut, error) {
	name := r.PathValue("name")
	if !objectName.MatchString(name) {
		return flowOut{}, errNoFlow
	}
	f, err := s.cfg.Org.Flow(ctx, name)
	if refusal, ok := errors.AsType[*schema.Error](err); ok && refusal.Code == "NOT_FOUND" {
		return flowOut{}, errNoFlow
	}
	switch {
	case err != nil:
		return flowOut{}, err
	case !r.Actor.MayRun(f):
		return flowOut{}, errFlowRights
	case !f.Flow.Screens():
		return flowOut{}, errFlowSilence
	case !f.Active():
		return flowOut{}, errFlowOff
	}
	return flowOut{f.Name, f.Flow.Label}, nil
}
