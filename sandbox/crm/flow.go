package crm

import (
	"context"
	"slices"
	"strings"
	"time"
)

// FlowDefinition is a deployed flow with its one version.
type FlowDefinition struct {
	Name                  string
	Flow                  FlowFile
	ID, Version           RecordID // of the definition and of its version
	Created, Modified     time.Time
	CreatedBy, ModifiedBy RecordID
}

// Active says whether people can open the flow.
func (f FlowDefinition) Active() bool { return f.Flow.Status == activeFlow }

// Pops says whether the flow can be opened for an agent: an active one that shows screens.
func (f FlowDefinition) Pops() bool { return f.Active() && f.Flow.Screens() }

// flowType and flowFile are how the Metadata API keeps a flow.
const (
	flowType = "Flow"
	flowFile = ".flow"
)

// MayRun says whether the user may run a flow: who manages flows, those to whom a permission set gives it, and, unless the flow is
// restricted to them, whoever may run flows.
func (a *Actor) MayRun(f FlowDefinition) bool {
	return a.Can(ManageFlow) || a.grants.pages[f.ID] || !f.Flow.Restricted && a.Can(RunFlow)
}

// Flows lists all flows by label.
func (o *Org) Flows(ctx context.Context) ([]FlowDefinition, error) {
	return definitions(o.Components(ctx, flowType))
}

// Flow finds one; NOT_FOUND if there is none.
func (o *Org) Flow(ctx context.Context, name string) (FlowDefinition, error) {
	return definition(o.Component(ctx, flowType, name))
}

// Flow finds one as the actor's transaction has it; NOT_FOUND if there is none.
func (a *Actor) Flow(ctx context.Context, name string) (FlowDefinition, error) {
	return definition(a.Component(ctx, flowType, name))
}

func definitions(found []Component, err error) ([]FlowDefinition, error) {
	if err != nil {
		return nil, err
	}
	var all []FlowDefinition
	for _, c := range found {
		f, err := definition(c, true, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(x, y FlowDefinition) int {
		return strings.Compare(strings.ToLower(x.Flow.Label), strings.ToLower(y.Flow.Label))
	})
	return all, nil
}

func definition(c Component, found bool, err error) (FlowDefinition, error) {
	if err != nil {
		return FlowDefinition{}, err
	}
	if !found {
		return FlowDefinition{}, errNotFound()
	}
	source, _ := c.File(flowFile)
	flow, err := ReadFlow(source)
	return FlowDefinition{
		Name: c.FullName, Flow: flow, ID: c.ID, Version: flowVersion(c.ID),
		Created: c.Created, Modified: c.Modified, CreatedBy: c.CreatedBy, ModifiedBy: c.ModifiedBy,
	}, err
}

// flowVersion is the id of a definition's one version.
func flowVersion(id RecordID) RecordID {
	if len(id) < 15 {
		return ""
	}
	return To18("301" + string(id[3:15]))
}

// checkFlow wants a screen pop's flow to be one that can be opened.
func (t *tx) checkFlow(ctx context.Context, field, label, name string) error {
	found, err := t.org.components(ctx, t.db, componentRow+`c.type = ? AND c.name = ?`, flowType, name)
	if err != nil {
		return err
	}
	all, err := definitions(found, nil)
	if err != nil {
		return err
	}
	if len(all) == 0 || !all[0].Pops() {
		return failFields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{field}, "%s: there is no active screen flow %.80q", label, name)
	}
	return nil
}
