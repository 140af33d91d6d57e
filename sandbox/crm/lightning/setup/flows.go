package setup

import (
	"context"
	"errors"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// ManageFlow is the right to switch flows on and off and to delete them.

func (s *server) flowRoutes() []route {
	return []route{
		{"GET /flows", crm.ViewSetup, read(s.flows)},
		{"GET /flows/{name}", crm.ViewSetup, read(s.flow)},
		{"POST /flows/{name}/activate", crm.ManageFlow, write(s, activateFlow)},
		{"POST /flows/{name}/deactivate", crm.ManageFlow, write(s, deactivateFlow)},
		{"DELETE /flows/{name}", crm.ManageFlow, write(s, deleteFlow)},
	}
}

const flowSection = "Flows"

type flowRowOut struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Label        string `json:"label"`
	Description  string `json:"description"`
	ProcessType  string `json:"processType"` // as the Metadata API names it
	Type         string `json:"type"`        // as people read it
	Screens      bool   `json:"screens"`
	Active       bool   `json:"active"`
	LastModified string `json:"lastModified"` // as the REST API writes a moment
	ModifiedBy   string `json:"modifiedBy"`
}

type flowsOut struct {
	Flows []flowRowOut `json:"flows"`
}

// processTypes are the words of the list; a type that is not here is called by its API name.
var processTypes = map[string]string{
	"Flow": "Screen Flow", "AutoLaunchedFlow": "Autolaunched Flow", "Workflow": "Process Builder", "InvocableProcess": "Invocable Process", "CustomEvent": "Platform Event—Triggered Process",
	"ContactRequestFlow": "Contact Request Flow", "FieldServiceMobile": "Field Service Mobile Flow", "RoutingFlow": "Omni-Channel Flow", "Survey": "Survey",
}

func (s *server) flowRow(ctx context.Context, f crm.FlowDefinition) flowRowOut {
	by := ""
	if u, err := s.cfg.Org.User(ctx, f.ModifiedBy); err == nil {
		by = u.Name
	}
	shown := processTypes[f.Flow.ProcessType]
	if shown == "" {
		shown = f.Flow.ProcessType
	}
	return flowRowOut{string(f.ID), f.Name, f.Flow.Label, f.Flow.Description, f.Flow.ProcessType, shown, f.Flow.Screens(), f.Active(), f.Modified.UTC().Format(crm.DateTime), by}
}

func (s *server) flows(ctx context.Context, _ asked) (flowsOut, error) {
	all, err := s.cfg.Org.Flows(ctx)
	out := flowsOut{Flows: []flowRowOut{}}
	for _, f := range all {
		out.Flows = append(out.Flows, s.flowRow(ctx, f))
	}
	return out, err
}

type flowElementOut struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Kind  string `json:"kind"`
	Says  string `json:"says"`
}

type flowInputOut struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

type flowOut struct {
	flowRowOut
	Version   int              `json:"version"`
	Status    string           `json:"status"`
	API       float64          `json:"apiVersion"`
	Created   string           `json:"created"`
	CreatedBy string           `json:"createdBy"`
	Inputs    []flowInputOut   `json:"inputs"`
	Elements  []flowElementOut `json:"elements"`
}

func errNoFlow() error {
	return edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The flow isn't available; it may have been deleted.")
}

func flowNamed(f crm.FlowDefinition, err error) (crm.FlowDefinition, error) {
	if e, ok := errors.AsType[*crm.Error](err); ok && e.Code == "NOT_FOUND" {
		return f, errNoFlow()
	}
	return f, err
}

func (s *server) flow(ctx context.Context, r asked) (flowOut, error) {
	f, err := flowNamed(s.cfg.Org.Flow(ctx, r.PathValue("name")))
	if err != nil {
		return flowOut{}, err
	}
	out := flowOut{flowRowOut: s.flowRow(ctx, f), Version: 1, Status: f.Flow.Status, API: f.Flow.APIVersion, Created: f.Created.UTC().Format(crm.DateTime), Inputs: []flowInputOut{}, Elements: []flowElementOut{}}
	if u, err := s.cfg.Org.User(ctx, f.CreatedBy); err == nil {
		out.CreatedBy = u.Name
	}
	for _, v := range f.Flow.Inputs() {
		out.Inputs = append(out.Inputs, flowInputOut{v.Name, v.Type})
	}
	for _, e := range f.Flow.Describe() {
		out.Elements = append(out.Elements, flowElementOut(e))
	}
	return out, nil
}

func activateFlow(ctx context.Context, a *crm.Actor, r asked, _ nothing) (nothing, error) {
	f, err := flowNamed(a.Flow(ctx, r.PathValue("name")))
	if err != nil || f.Active() {
		return nothing{}, err
	}
	if wrong := f.Flow.Check(crm.FlowSchema(a.Schema())); wrong != nil {
		return nothing{}, edge.Refuse(http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION", "The flow can't be activated. "+wrong.Text)
	}
	if err := a.SetFlowStatus(ctx, f, "Active"); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "activatedInteractionDefVersion", flowSection, "Activated flow version #1 %q for flow with Unique Name %q", f.Flow.Label, f.Name)
}

func deactivateFlow(ctx context.Context, a *crm.Actor, r asked, _ nothing) (nothing, error) {
	f, err := flowNamed(a.Flow(ctx, r.PathValue("name")))
	if err != nil || !f.Active() {
		return nothing{}, err
	}
	if err := a.SetFlowStatus(ctx, f, "Obsolete"); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "deactivatedInteractionDefVersion", flowSection, "Deactivated flow version #1 %q for flow with Unique Name %q", f.Flow.Label, f.Name)
}

func deleteFlow(ctx context.Context, a *crm.Actor, r asked, _ nothing) (nothing, error) {
	f, err := flowNamed(a.Flow(ctx, r.PathValue("name")))
	if err != nil {
		return nothing{}, err
	}
	if err := a.DropFlow(ctx, f); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "deletedInteractionDefVersion", flowSection, "Deleted flow version #1 %q for flow with Unique Name %q", f.Flow.Label, f.Name)
}
