package setup

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

type flowRowOut struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Label        string `json:"label"`
	Type         string `json:"type"` // as people read it
	Active       bool   `json:"active"`
	LastModified string `json:"lastModified"` // as the REST API writes a moment
	ModifiedBy   string `json:"modifiedBy"`
}

type flowsOut struct {
	Flows []flowRowOut `json:"flows"`
}

// processTypes are the words of the list; a type that is not here is called by its API name.
var processTypes = map[string]string{
	"Flow": "Screen Flow", "AutoLaunchedFlow": "Autolaunched Flow", "Workflow": "Process Builder",
	"InvocableProcess": "Invocable Process", "CustomEvent": "Platform Event—Triggered Process",
	"ContactRequestFlow": "Contact Request Flow", "FieldServiceMobile": "Field Service Mobile Flow",
	"RoutingFlow": "Omni-Channel Flow", "Survey": "Survey",
}

func (s *server) flowRow(ctx context.Context, f crm.FlowDefinition) flowRowOut {
	by := ""
	if u, err := s.cfg.Org.People.User(ctx, f.ModifiedBy); err == nil {
		by = u.Name
	}
	shown := processTypes[f.Flow.ProcessType]
	if shown == "" {
		shown = f.Flow.ProcessType
	}
	return flowRowOut{string(f.ID), f.Name, f.Flow.Label, shown, f.Active(), f.Modified.UTC().Format(records.DateTime), by}
}

func (s *server) flows(ctx context.Context, _ asked) (flowsOut, error) {
	all, err := s.cfg.Org.Flows(ctx)
	out := flowsOut{Flows: []flowRowOut{}}
	for _, f := range all {
		out.Flows = append(out.Flows, s.flowRow(ctx, f))
	}
	return out, err
}
