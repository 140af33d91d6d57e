package effect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/find"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// org lets a run's blocks read and write records, as the agent.
type org struct{ page *page }

var _ flow.CRM = (*org)(nil)

// Operations are what FlowsConfig.Asked hears of.
var Operations = []string{"create", "update", "retrieve", "query", "find"}

// orgWithin bounds what a block waits for the org: what takes longer is asked again later.
const orgWithin = 10 * time.Second

// ask does something with the agent's client. operation is what is counted.
func (o *org) ask(ctx context.Context, operation string, do func(ctx context.Context, client *salesforce.Client) error) error {
	x, h := o.page.flows, o.page.hand
	return refusal(x.patiently(ctx, h, func(ctx context.Context) error {
		client, err := x.cfg.Client(ctx, h.Run.User)
		if err != nil {
			return err
		}
		if x.cfg.Asked != nil {
			x.cfg.Asked(operation)
		}
		return do(ctx, client)
	}))
}

// patiently has a run ask the org for something: what is slow takes no place from other runs, and what takes longer than orgWithin is asked
// again later.
func (x *Flows) patiently(ctx context.Context, h *run.Hand, do func(ctx context.Context) error) error {
	slow := x.cfg.Clock.AfterFunc(parkAfter, h.Park)
	defer slow.Stop()
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	late := x.cfg.Clock.AfterFunc(orgWithin, cancel)
	defer late.Stop()
	err := do(limited)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case limited.Err() != nil:
		return &calllog.Later{Err: fmt.Errorf("the org has not answered within %d seconds: %v", int(orgWithin.Seconds()), err)}
	}
	return err
}

// Create makes a record once. A Task that names the run's contact as its call is the one that the call log completes.
func (o *org) Create(ctx context.Context, effect flow.Effect, object string, values map[string]any) (saved flow.Saved, err error) {
	r := o.page.hand.Run
	key := "flow|" + r.User + "|" + effectID(r, effect)
	err = o.ask(ctx, "create", func(ctx context.Context, client *salesforce.Client) (err error) {
		var fields salesforce.Values
		if fields, saved.LeftOut, err = o.writeable(ctx, client, object, values, false); err != nil {
			return err
		}
		if object == "Task" && r.Contact != "" && fields["CallObject"] == r.Contact {
			saved.ID, _, err = calllog.CreateTask(ctx, client, key, calllog.TaskKey(r.User, r.Contact), fields)
			return err
		}
		saved.ID, _, err = calllog.Create(ctx, client, key, object, fields)
		return err
	})
	return saved, err
}

// Update changes fields of a record. That it may be done twice does no harm.
func (o *org) Update(ctx context.Context, _ flow.Effect, object, id string, values map[string]any) (saved flow.Saved, err error) {
	if err := recordID(id); err != nil {
		return saved, err
	}
	saved.ID = id
	err = o.ask(ctx, "update", func(ctx context.Context, client *salesforce.Client) (err error) {
		var fields salesforce.Values
		if fields, saved.LeftOut, err = o.writeable(ctx, client, object, values, true); err != nil {
			return err
		}
		return client.Update(ctx, object, id, fields)
	})
	return saved, err
}

// writeable leaves out the fields that nobody may write, or not this agent. *flow.Refused if none is left.
func (o *org) writeable(ctx context.Context, client *salesforce.Client, object string, values map[string]any, change bool) (
	fields salesforce.Values, leftOut []string, err error,
) {
	known, err := o.page.flows.objects.of(ctx, client, object)
	if err != nil {
		return nil, nil, err
	}
	fixed := known.notCreated
	if change {
		fixed = known.notChanged
	}
	fields = salesforce.Values{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if fixed[name] {
			leftOut = append(leftOut, name)
			continue
		}
		fields[name] = values[name]
	}
	if len(fields) == 0 {
		return nil, nil, &flow.Refused{Reason: "none of these fields can be written: " + strings.Join(leftOut, ", ")}
	}
	return fields, leftOut, nil
}

// Retrieve reads fields of a record.
func (o *org) Retrieve(ctx context.Context, object, id string, fields []string) (record map[string]any, err error) {
	if err := recordID(id); err != nil {
		return nil, err
	}
	for _, field := range fields {
		if !isPath(field) {
			return nil, &flow.Refused{Reason: field + " is no name of a field"}
		}
	}
	err = o.ask(ctx, "retrieve", func(ctx context.Context, client *salesforce.Client) error {
		return client.Get(ctx, object, id, fields, &record)
	})
	if err != nil {
		return nil, err
	}
	plainRecord(record)
	record["Id"], record["type"] = id, object
	return record, nil
}

// isPath says whether a text is a field's name, or leads to one by relationships.
func isPath(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '_' && r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

func recordID(id string) error {
	if !contact.IsRecordID(id) {
		return &flow.Refused{Reason: id + " is no id of a record: it has 15 or 18 letters and digits"}
	}
	return nil
}

// Query runs a query. One whose words came from elsewhere is run only where the adapter record allows it: whoever wrote them reads with
// the agent's rights.
func (o *org) Query(ctx context.Context, q flow.Query) (rows flow.Rows, err error) {
	if q.Foreign && (o.page.flows.cfg.ForeignQueries == nil || !o.page.flows.cfg.ForeignQueries(o.page.hand.Run.User)) {
		return rows, &flow.Refused{Reason: "the whole query came with the event, the contact or a record, whose words could ask for " +
			"anything that the agent may see. Write the query in the flow and put only values into it; or tick Allow Queries From Payload " +
			"on the AC CTI Adapter record"}
	}
	err = o.ask(ctx, "query", func(ctx context.Context, client *salesforce.Client) error {
		found, total, err := salesforce.QueryFirst[map[string]any](ctx, client, q.SOQL, flow.MaxRows)
		rows.Total, rows.Records = total, make([]any, len(found))
		for i, record := range found {
			plainRecord(record)
			rows.Records[i] = record
		}
		return err
	})
	return rows, err
}

// plainRecord takes the REST API's own members out of a record and of those in it.
func plainRecord(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "attributes")
		for _, inner := range v {
			plainRecord(inner)
		}
	case []any:
		for _, inner := range v {
			plainRecord(inner)
		}
	}
}

// FindByPhone finds the records whose number is that one, whole.
func (o *org) FindByPhone(ctx context.Context, s flow.PhoneSearch) (ids []string, err error) {
	err = o.ask(ctx, "find", func(ctx context.Context, client *salesforce.Client) error {
		known, err := o.page.flows.objects.of(ctx, client, s.Object)
		if err != nil {
			return err
		}
		object := known.Object
		if s.Field != "" {
			if !slices.Contains(object.Phones, s.Field) {
				return &flow.Refused{Reason: fmt.Sprintf("%s is no phone field of %s, or the agent may not see it", s.Field, s.Object)}
			}
			object.Phones = []string{s.Field}
		}
		found, err := find.ByPhone(s.Number, s.Country, object, func(sosl string) (json.RawMessage, error) { return client.Search(ctx, sosl) })
		for _, one := range found {
			ids = append(ids, one.ID)
		}
		return err
	})
	return ids, err
}

// refusal is the org's no in plain words; every other error stays as it is, and means: not now.
func refusal(err error) error {
	if _, refused := errors.AsType[*flow.Refused](err); refused || calllog.Wait(err) != nil {
		return err
	}
	if known, ok := errors.AsType[*fault.Fault](err); ok {
		return &flow.Refused{Reason: known.Message}
	}
	failed, answered := errors.AsType[*salesforce.Error](err)
	switch {
	case answered:
		return &flow.Refused{Reason: plainly(err, failed)}
	case calllog.NoClaim(err):
		return &flow.Refused{Reason: "the record was made before, and the agent may not see by whom: look for it in the org"}
	}
	return err
}

func plainly(err error, failed *salesforce.Error) string {
	said := strings.Join(strings.Fields(failed.Message), " ")
	switch {
	case salesforce.NoAPI(err):
		return "the agent may not use the API of the org"
	case calllog.NoClaim(err):
		return "the agent may not write AC_Claim__c, by which a record is made only once: run patchcord setup apply, and give the agent one " +
			"of the package's permission sets"
	case salesforce.IsCode(err, "NOT_FOUND", "ENTITY_IS_DELETED"):
		return "there is no such record or object, or the agent may not see it"
	case salesforce.IsCode(err, "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"):
		return "the agent may not do this in the org: " + said
	case salesforce.IsCode(err, "INVALID_TYPE"):
		return "there is no such object, or the agent may not see it: " + said
	case salesforce.IsCode(err, "INVALID_FIELD"):
		return "there is no such field, or the agent may not see it: " + said
	}
	return fmt.Sprintf("the org refused it: %s (%s)", said, failed.Code)
}
