package lightning

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

var errGone = edge.Refuse(http.StatusNotFound, "NOT_FOUND",
	"This record isn't available. It may have been deleted, or you don't have access to it.")

// changedBy names who saved a record while it was being edited.
func (s *server) changedBy(ctx context.Context, r asked, o object, id schema.RecordID) error {
	who := "another user"
	found, err := query(ctx, r, fmt.Sprintf("SELECT Id, LastModifiedById FROM %s WHERE Id = '%s'", o.Name, id))
	if err == nil && len(found) == 1 {
		by := found[0].Text("LastModifiedById")
		if users, err := query(ctx, r, fmt.Sprintf("SELECT Id, Name FROM User WHERE Id = '%s'", by)); err == nil && len(users) == 1 {
			who = users[0].Text("Name")
		}
	}
	return schema.ChangedBy(who)
}

// record is a record's page; reading it puts the record among those recently viewed.
func (s *server) record(ctx context.Context, r asked) (recordOut, error) {
	o, id, err := addressedRecord(r)
	if err != nil {
		return recordOut{}, err
	}
	l, err := s.shownAs(ctx, o)
	if err != nil {
		return recordOut{}, err
	}
	found, err := query(ctx, r, fmt.Sprintf("SELECT %s FROM %s WHERE Id = '%s'", selectList(o, shownFields(o, l)), o.Name, id))
	if err != nil {
		return recordOut{}, err
	}
	if len(found) == 0 {
		return recordOut{}, errGone
	}
	rows, err := s.rows(ctx, r, o, found[:1])
	if err != nil {
		return recordOut{}, err
	}
	if err := r.Actor.Viewed(ctx, o.Name, found[0].ID()); err != nil {
		s.cfg.Log.WarnContext(ctx, "recently viewed not remembered", "record", id, "err", err)
	}
	return recordOut{Info: describeOut(o, l), Record: rows[0], LastModified: found[0].Text("LastModifiedDate")}, nil
}

// shownFields are all that a page or its form needs; a person's name is written in parts.
func shownFields(o object, l layout) []string {
	names := append([]string{"Salutation", "FirstName", "LastName", "OwnerId", "CreatedDate", "LastModifiedDate"}, l.highlights...)
	for _, part := range l.sections {
		for _, column := range part.Columns {
			names = append(names, column...)
		}
	}
	return o.visible(names)
}

func (s *server) create(ctx context.Context, r asked) (savedOut, error) {
	o, err := addressed(r)
	if err != nil {
		return savedOut{}, err
	}
	in, err := edge.Decode[saveIn](r.Body)
	if err != nil {
		return savedOut{}, err
	}
	values, err := spelled(o, in.Values)
	if err != nil {
		return savedOut{}, err
	}
	id, err := r.Actor.Create(ctx, o.Name, values)
	if err != nil {
		return savedOut{}, err
	}
	return s.saved(ctx, r, o, id)
}

// update refuses to overwrite what somebody else saved since the form was opened.
func (s *server) update(ctx context.Context, r asked) (savedOut, error) {
	o, id, err := addressedRecord(r)
	if err != nil {
		return savedOut{}, err
	}
	in, err := edge.Decode[saveIn](r.Body)
	if err != nil {
		return savedOut{}, err
	}
	if len(in.Values) > 0 {
		values, err := spelled(o, in.Values)
		if err != nil {
			return savedOut{}, err
		}
		err = r.Actor.Update(ctx, o.Name, id, values, in.LastModified)
		if refusal, ok := errors.AsType[*schema.Error](err); ok && refusal.Code == "CONFLICT" {
			return savedOut{}, s.changedBy(ctx, r, o, id)
		}
		if err != nil {
			return savedOut{}, err
		}
	}
	return s.saved(ctx, r, o, id)
}

// spelled writes field names as the object does: a softphone may write them in any case. A list or an object is no value of a field.
func spelled(o object, values map[string]any) (records.Values, error) {
	out := records.Values{}
	for name, value := range values {
		switch value.(type) {
		case map[string]any, []any:
			return nil, edge.ErrUnreadable
		}
		if f, ok := o.Field(name); ok {
			name = f.Name
		}
		out[name] = value
	}
	return out, nil
}

func (s *server) saved(ctx context.Context, r asked, o object, id schema.RecordID) (savedOut, error) {
	name := nameField(o.Name)
	found, err := query(ctx, r, fmt.Sprintf("SELECT Id, %s FROM %s WHERE Id = '%s'", name, o.Name, id))
	if err != nil || len(found) == 0 {
		return savedOut{ID: string(id), Object: o.Name, Name: o.Label}, err
	}
	return savedOut{ID: string(id), Object: o.Name, Name: found[0].Text(name)}, nil
}

func (s *server) remove(ctx context.Context, r asked) (savedOut, error) {
	o, id, err := addressedRecord(r)
	if err != nil {
		return savedOut{}, err
	}
	return savedOut{ID: string(id), Object: o.Name, Name: ""}, r.Actor.Delete(ctx, o.Name, id)
}

// undelete brings a record back, as the Undo of the message about its deletion does.
func (s *server) undelete(ctx context.Context, r asked) (savedOut, error) {
	o, id, err := addressedRecord(r)
	if err != nil {
		return savedOut{}, err
	}
	if err := r.Actor.Undelete(ctx, o.Name, id); err != nil {
		return savedOut{}, err
	}
	return s.saved(ctx, r, o, id)
}

const (
	relatedLimit = 10  // rows of one related list on a record's page
	mostRelated  = 500 // when all of it is asked for
)

// related lists the records that point to one record; lists of objects that the user may not see are left out.
func (s *server) related(ctx context.Context, r asked) (relatedOut, error) {
	o, id, err := addressedRecord(r)
	if err != nil {
		return relatedOut{}, err
	}
	l, err := s.shownAs(ctx, o)
	if err != nil {
		return relatedOut{}, err
	}
	out := relatedOut{Lists: []relatedListOut{}}
	limit := relatedLimit
	only := r.URL.Query().Get("list") // Object.Field: this list, and all of it
	if only != "" {
		limit = mostRelated
	}
	for _, list := range l.related {
		if only != "" && only != list.object+"."+list.field {
			continue
		}
		shown, ok, err := s.relatedList(ctx, r, list, id, limit)
		if err != nil {
			return relatedOut{}, err
		}
		if ok {
			out.Lists = append(out.Lists, shown)
		}
	}
	return out, nil
}

func (s *server) relatedList(ctx context.Context, r asked, list relatedList, id schema.RecordID, limit int) (relatedListOut, bool, error) {
	o, err := described(r, list.object)
	if err != nil {
		return relatedListOut{}, false, nil // not visible to this user
	}
	pointing, ok := o.field(list.field)
	if !ok {
		return relatedListOut{}, false, nil
	}
	order := "CreatedDate DESC"
	soql := fmt.Sprintf("SELECT %s FROM %s WHERE %s = '%s' ORDER BY %s LIMIT %d",
		selectList(o, list.columns), o.Name, list.field, id, order, limit+1)
	records, err := query(ctx, r, soql)
	if err != nil {
		return relatedListOut{}, false, err
	}
	more := len(records) > limit
	if more {
		records = records[:limit]
	}
	rows, err := s.rows(ctx, r, o, records)
	label := list.label
	if label == o.Name {
		label = cmp.Or(pointing.ChildLabel, o.Plural)
	}
	return relatedListOut{
		Object: o.Name, Field: list.field, Label: label, Icon: s.iconOf(ctx, o.Name), Createable: o.Createable,
		Columns: o.columns(list.columns), Rows: rows, More: more,
	}, true, err
}
