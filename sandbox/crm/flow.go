package crm

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// FlowDefinition is a deployed flow with its one version.
type FlowDefinition struct {
	Name                  string
	Flow                  FlowFile
	ID, Version           schema.RecordID // of the definition and of its version
	Created, Modified     time.Time
	CreatedBy, ModifiedBy schema.RecordID
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
	return a.Can(rights.ManageFlow) || a.Given(f.ID) || !f.Flow.Restricted && a.Can(rights.RunFlow)
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

func definitions(found []records.Component, err error) ([]FlowDefinition, error) {
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

func definition(c records.Component, found bool, err error) (FlowDefinition, error) {
	if err != nil {
		return FlowDefinition{}, err
	}
	if !found {
		return FlowDefinition{}, schema.NotFound()
	}
	source, _ := c.File(flowFile)
	flow, err := ReadFlow(source)
	return FlowDefinition{
		Name: c.FullName, Flow: flow, ID: c.ID, Version: flowVersion(c.ID),
		Created: c.Created, Modified: c.Modified, CreatedBy: c.CreatedBy, ModifiedBy: c.ModifiedBy,
	}, err
}

// flowVersion is the id of a definition's one version.
func flowVersion(id schema.RecordID) schema.RecordID {
	if len(id) < 15 {
		return ""
	}
	return schema.To18("301" + string(id[3:15]))
}

// checkFlow wants a screen pop's flow to be one that can be opened.
func checkFlow(ctx context.Context, t *records.Tx, field, label, name string) error {
	c, found, err := t.As(rights.All(t.Store.SystemUser())).Component(ctx, flowType, name)
	if err != nil {
		return err
	}
	flow, err := definition(c, found && c.FullName == name, nil)
	if _, gone := errors.AsType[*schema.Error](err); err != nil && !gone {
		return err
	}
	if err != nil || !flow.Pops() {
		return schema.FailFields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{field},
			"%s: there is no active screen flow %.80q", label, name)
	}
	return nil
}
