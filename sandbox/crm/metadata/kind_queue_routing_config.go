package metadata

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// queueRoutingConfig says how the work of the queues that have it is routed.
func queueRoutingConfig() kind {
	return kind{
		name: schema.RoutingConfig, folder: "queueRoutingConfigs", suffix: ".queueRoutingConfig", turn: 3, label: "routing configuration",
		install: installRouting, remove: removeRouting,
	}
}

type routingXML struct {
	Label      string   `xml:"label"`
	Model      string   `xml:"routingModel"`
	Priority   int      `xml:"routingPriority"`
	Weight     *float64 `xml:"capacityWeight"`
	Percentage *float64 `xml:"capacityPercentage"`
	Timeout    *int     `xml:"pushTimeout"` // seconds
	Skills     bool     `xml:"isAttributeBased"`
	ToQueue    string   `xml:"queueOverflowAssignee"`
	ToUser     string   `xml:"userOverflowAssignee"`
}

// routingModels are the metadata's words and the records'.
var routingModels = map[string]string{
	"LEAST_ACTIVE": "LeastActive", "MOST_AVAILABLE": "MostAvailable", "EXTERNAL_ROUTING": "ExternalRouting",
}

func installRouting(in *installer, ctx context.Context, p part, e *element, c *records.Component) error {
	var x routingXML
	if err := decode(e, &x); err != nil {
		return err
	}
	if err := x.check(p, e); err != nil {
		return err
	}
	values := master(p, x.Label)
	values["RoutingModel"], values["RoutingPriority"], values["IsAttributeBased"] = routingModels[x.Model], x.Priority, x.Skills
	values["CapacityWeight"], values["CapacityPercentage"] = optional(x.Weight), optional(x.Percentage)
	values["PushTimeout"] = optional(x.Timeout)
	to, err := overflow(in, ctx, e, x)
	if err != nil {
		return err
	}
	values["OverflowAssigneeId"] = to
	c.ID, err = in.put(ctx, p.kind.name, p.fullName, values)
	return err
}

// check wants what the form in Setup wants; the sentences are ours, but for that of the model.
func (x routingXML) check(p part, e *element) error {
	switch {
	case routingModels[x.Model] == "":
		return bad(e, "'%s' is not a valid value for the enum 'RoutingModel'", x.Model)
	case (x.Weight == nil) == (x.Percentage == nil):
		return bad(e, "Specify either capacityWeight or capacityPercentage.")
	case x.Weight != nil && *x.Weight < 0, x.Percentage != nil && (*x.Percentage < 0 || *x.Percentage > 100):
		return bad(e, "capacityWeight must not be negative, and capacityPercentage must be between 0 and 100.")
	case x.Priority < 0, x.Timeout != nil && *x.Timeout < 0:
		return bad(e, "routingPriority and pushTimeout must not be negative.")
	}
	return checkMasterName(e, p.fullName)
}

// optional is a value, or nil if it was not said.
func optional[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

// overflow is whom work goes to that nobody takes: a queue or a user. A queue that comes later in the deployment may name this
// configuration in turn, so it is noted when either is deployed again.
func overflow(in *installer, ctx context.Context, e *element, x routingXML) (any, error) {
	if x.ToUser != "" {
		id, err := recordNamed(in, ctx, e, "userOverflowAssignee", "User", "Username", x.ToUser)
		return string(id), err
	}
	if x.ToQueue == "" {
		return nil, nil
	}
	id, err := queueID(in, ctx, x.ToQueue)
	if err != nil {
		return nil, err
	}
	if id != "" {
		return string(id), nil
	}
	for _, p := range in.parts {
		if p.kind.name == queueKind && strings.EqualFold(p.fullName, x.ToQueue) {
			return nil, nil
		}
	}
	return nil, bad(e, "In field: queueOverflowAssignee - no Queue named %s found", x.ToQueue)
}

func removeRouting(in *installer, ctx context.Context, name string, _ manifest) error {
	id, err := in.id(ctx, schema.RoutingConfig, name)
	if err != nil || id == "" {
		return err
	}
	if err := checkUnused(in, ctx, "routing configuration",
		usedBy{"Queue", "SELECT Name FROM Group WHERE QueueRoutingConfigId = " + inQuotes(id)}); err != nil {
		return err
	}
	return in.actor.Delete(ctx, schema.RoutingConfig, id)
}
