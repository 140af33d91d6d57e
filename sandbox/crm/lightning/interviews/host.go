package interviews

import (
	"context"
	"errors"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/screenflow"
)

// host reads and writes records as the person who runs the flow.
type host struct{ actor *crm.Actor }

var _ screenflow.Host = host{}

// refusal hands what the platform refuses to the flow; other errors end the request.
func refusal(err error) error {
	if e, ok := errors.AsType[*crm.Error](err); ok {
		return &screenflow.Refused{Reason: e.Error()}
	}
	return err
}

// Find runs a lookup.
func (h host) Find(ctx context.Context, q screenflow.Query) ([]screenflow.Record, error) {
	d, err := h.actor.Describe(q.Object)
	if err != nil {
		return nil, &screenflow.Refused{Reason: "INVALID_TYPE: sObject type '" + q.Object + "' is not supported."}
	}
	text, err := soqlOf(d.Object, q)
	if err != nil {
		return nil, err
	}
	found, err := h.actor.Query(ctx, text, false)
	if err != nil {
		return nil, refusal(err)
	}
	var all []screenflow.Record
	for _, r := range found.Records {
		one := screenflow.Record{Object: d.Name, Fields: map[string]screenflow.Value{}}
		for _, f := range r.Fields {
			described, _ := d.Field(f.Name)
			one.Fields[f.Name] = inward(described.Type, f.Value)
		}
		all = append(all, one)
	}
	return all, nil
}

// inward turns a field's value into a flow's.
func inward(kind string, value any) screenflow.Value {
	switch v := value.(type) {
	case bool:
		return screenflow.FlagOf(v)
	case int64:
		return screenflow.NumberOf(float64(v))
	case float64:
		return screenflow.NumberOf(v)
	case string:
		out := screenflow.TextOf(v)
		switch kind {
		case "date":
			out.Kind = screenflow.Date
		case "datetime":
			out.Kind = screenflow.DateTime
		}
		return out
	}
	return screenflow.Value{}
}

// outward turns a flow's value into a field's.
func outward(v screenflow.Value) any {
	switch v.Kind {
	case screenflow.Null:
		return nil
	case screenflow.Number:
		return v.Number
	case screenflow.Boolean:
		return v.Flag
	}
	return v.String()
}

// Create makes a record; what a refusal has begun is undone.
func (h host) Create(ctx context.Context, r screenflow.Record) (string, error) {
	values := crm.Values{}
	for name, v := range r.Fields {
		if !strings.EqualFold(name, "Id") {
			values[name] = outward(v)
		}
	}
	var id crm.RecordID
	err := h.actor.Try(ctx, func() (err error) {
		id, err = h.actor.Create(ctx, r.Object, values)
		return err
	})
	return string(id), refusal(err)
}

// Update changes a record; fields that the platform keeps are left to it.
func (h host) Update(ctx context.Context, r screenflow.Record) error {
	id := crm.To18(r.Get("Id").String())
	if id == "" {
		return &screenflow.Refused{Reason: "MISSING_ARGUMENT: Id not specified in an update call"}
	}
	o, _ := h.actor.Object(r.Object)
	values := crm.Values{}
	for name, v := range r.Fields {
		if f, ok := o.Field(name); ok && (f.ReadOnly || f.Type == "id") {
			continue
		}
		values[name] = outward(v)
	}
	return refusal(h.actor.Try(ctx, func() error { return h.actor.Update(ctx, r.Object, id, values, "") }))
}

// userOf are the fields that {!$User} shows.
func userOf(ctx context.Context, a *crm.Actor) (screenflow.Record, error) {
	found, err := host{a}.Find(ctx, screenflow.Query{
		Object: "User", Fields: []string{"Id", "Username", "FirstName", "LastName", "Name", "Email", "Alias", "Title", "Department", "Phone", "MobilePhone", "Extension", "ProfileId", "IsActive"},
		Where: []screenflow.Where{{Field: "Id", Operator: "EqualTo", Value: screenflow.TextOf(string(a.User().ID))}}, Limit: 1,
	})
	if err != nil || len(found) == 0 {
		return screenflow.Record{}, err
	}
	return found[0], nil
}
