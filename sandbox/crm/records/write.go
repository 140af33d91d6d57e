package records

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// whole is an id as records are kept by, of 18 characters, from one of 15 or 18; MALFORMED_ID for anything else.
func whole(id schema.RecordID) (schema.RecordID, error) {
	full := schema.To18(string(id))
	if full == "" {
		return "", schema.Fail(400, "MALFORMED_ID", "bad id %.40s", id)
	}
	return full, nil
}

// Create inserts a record.
func (a *Access) Create(ctx context.Context, object string, values Values) (schema.RecordID, error) {
	o, ok := a.Schema().Object(object)
	if !ok || !a.On(o).Read {
		return "", schema.NotFound()
	}
	if !a.On(o).Create {
		return "", schema.NoAccess()
	}
	var id schema.RecordID
	err := a.Writing(ctx, func(t *Tx) error {
		var err error
		id, err = t.create(ctx, a, o, values)
		return err
	})
	return id, err
}

func (t *Tx) create(ctx context.Context, a *Access, o schema.Object, values Values) (schema.RecordID, error) {
	id := t.Store.NewID(o.KeyPrefix)
	if given, ok := values["Id"].(string); ok && a.Unlimited() { // seeding keeps the ids it was told
		id = schema.RecordID(given)
	}
	row, err := t.fresh(ctx, a, o, id, values, t.Store.Now().UTC().Format(Stored))
	if err != nil {
		return "", err
	}
	names, marks, args := []string{}, []string{}, []any{}
	for _, f := range o.Fields {
		if value, ok := row[f.Name]; ok {
			names, marks, args = append(names, schema.Column(f.Name)), append(marks, "?"), append(args, value)
		}
	}
	if _, err := t.DB.ExecContext(ctx, `INSERT INTO `+schema.Table(o.Name)+` (`+strings.Join(names,
		", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, args...); err != nil {
		return "", fmt.Errorf("create %s: %w", o.Name, err)
	}
	t.changes = append(t.changes, Change{o.Name, id})
	if err := t.addUserLogin(ctx, a, o, id); err != nil {
		return "", err
	}
	return id, cmp.Or(t.endSessions(ctx, o, row), t.index(ctx, o, id, row))
}

// fresh is the stored row of a new record: its values checked, whose it is, what the platform derives.
func (t *Tx) fresh(ctx context.Context, a *Access, o schema.Object, id schema.RecordID, values Values, now string) (map[string]any, error) {
	row, err := t.checked(ctx, a, o, values, "")
	if err != nil {
		return nil, err
	}
	if err := missing(o, row); err != nil {
		return nil, err
	}
	row["Id"], row["IsDeleted"] = string(id), int64(0)
	row["CreatedDate"], row["LastModifiedDate"], row["SystemModstamp"] = now, now, now
	row["CreatedById"], row["LastModifiedById"] = string(a.Who()), string(a.Who())
	if f, ok := o.Field("OwnerId"); ok && row[f.Name] == nil {
		row[f.Name] = string(a.Who())
	}
	return row, t.derive(ctx, o, row, now)
}

// missing names required fields without a value.
func missing(o schema.Object, row map[string]any) error {
	var names []string
	for _, f := range o.Fields {
		if f.Required && !f.ReadOnly && row[f.Name] == nil {
			names = append(names, f.Name)
		}
	}
	if len(names) > 0 {
		return schema.RequiredMissing(names)
	}
	return nil
}

// Update changes fields of a record. If unchangedSince is given (as the REST API writes LastModifiedDate), a record that was changed
// after it is refused with CONFLICT.
func (a *Access) Update(ctx context.Context, object string, id schema.RecordID, values Values, unchangedSince string) error {
	o, ok := a.Schema().Object(object)
	if !ok || !a.On(o).Read {
		return schema.NotFound()
	}
	if !a.On(o).Edit {
		return schema.NoAccess()
	}
	id, err := whole(id)
	if err != nil {
		return err
	}
	return a.Writing(ctx, func(t *Tx) error {
		have, err := t.row(ctx, o, id)
		if err == nil {
			err = t.mayChange(ctx, a, o, have, false)
		}
		if err != nil {
			return err
		}
		if unchangedSince != "" && asDateTime(have["LastModifiedDate"]) != unchangedSince {
			return schema.ChangedBy("another user")
		}
		row, err := t.checked(ctx, a, o, values, id)
		if err != nil {
			return err
		}
		for _, f := range o.Fields {
			if value, given := row[f.Name]; given && value == nil && f.Required {
				return schema.RequiredMissing([]string{f.Name})
			}
		}
		return t.update(ctx, a, o, id, have, row)
	})
}

func (t *Tx) update(ctx context.Context, a *Access, o schema.Object, id schema.RecordID, have, row map[string]any) error {
	now := t.Store.Now().UTC().Format(Stored)
	row["LastModifiedDate"], row["SystemModstamp"], row["LastModifiedById"] = now, now, string(a.Who())
	full := map[string]any{}
	for name, value := range have {
		full[name] = value
	}
	for name, value := range row {
		full[name] = value
	}
	if err := t.derive(ctx, o, full, now); err != nil {
		return err
	}
	sets, args := []string{}, []any{}
	for _, f := range o.Fields {
		if value, ok := full[f.Name]; ok && value != have[f.Name] {
			sets, args = append(sets, schema.Column(f.Name)+" = ?"), append(args, value)
		}
	}
	if len(sets) == 0 {
		return nil
	}
	if _, err := t.DB.ExecContext(ctx, `UPDATE `+schema.Table(o.Name)+` SET `+strings.Join(sets, ", ")+` WHERE "Id" = ?`,
		append(args, string(id))...); err != nil {
		return fmt.Errorf("update %s: %w", o.Name, err)
	}
	t.changes = append(t.changes, Change{o.Name, id})
	if err := t.endSessions(ctx, o, full); err != nil {
		return err
	}
	if name := recorded[o.Name]; name != "" && full[name] != have[name] {
		if err := t.renameComponent(ctx, o.Name, have[name], full[name]); err != nil {
			return err
		}
	}
	return t.index(ctx, o, id, full)
}

// Delete puts a record, and what depends on it, into the recycle bin.
func (a *Access) Delete(ctx context.Context, object string, id schema.RecordID) error {
	o, ok := a.Schema().Object(object)
	if !ok || !a.On(o).Read {
		return schema.NotFound()
	}
	if !a.On(o).Remove {
		return schema.NoAccess()
	}
	id, err := whole(id)
	if err != nil {
		return err
	}
	return a.Writing(ctx, func(t *Tx) error {
		have, err := t.row(ctx, o, id)
		if err == nil {
			err = t.mayChange(ctx, a, o, have, true)
		}
		if err != nil {
			return err
		}
		return t.remove(ctx, o, id, t.Store.Now().UTC().Format(Stored), 0)
	})
}

const maxCascade = 10

// remove stamps a record and what goes with it with the same moment, so that undelete brings them back together.
func (t *Tx) remove(ctx context.Context, o schema.Object, id schema.RecordID, now string, depth int) error {
	if depth > maxCascade {
		return nil
	}
	for _, child := range t.schema.Children(o.Name) {
		if !child.Cascade {
			continue
		}
		below, _ := t.schema.Object(child.Object)
		ids, err := t.ids(ctx, `SELECT "Id" FROM `+schema.Table(child.Object)+` WHERE `+schema.Column(child.Field)+` = ? AND "IsDeleted" = 0`,
			string(id))
		if err != nil {
			return err
		}
		for _, one := range ids {
			if err := t.remove(ctx, below, one, now, depth+1); err != nil {
				return err
			}
		}
	}
	if _, err := t.DB.ExecContext(ctx, `UPDATE `+schema.Table(o.Name)+` SET "IsDeleted" = 1, `+
		`"SystemModstamp" = ? WHERE "Id" = ?`, now, string(id)); err != nil {
		return err
	}
	if name := recorded[o.Name]; name != "" {
		if err := t.dropComponentOf(ctx, o, name, id); err != nil {
			return err
		}
	}
	t.changes = append(t.changes, Change{o.Name, id})
	return t.unindex(ctx, id)
}

func (t *Tx) ids(ctx context.Context, query string, args ...any) ([]schema.RecordID, error) {
	rows, err := t.DB.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []schema.RecordID
	for rows.Next() {
		var id schema.RecordID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// row reads a record's stored values; the platform's error if there is none or it was deleted.
func (t *Tx) row(ctx context.Context, o schema.Object, id schema.RecordID) (map[string]any, error) {
	row, err := t.stored(ctx, o, id)
	if err != nil {
		return nil, err
	}
	if row["IsDeleted"] == int64(1) {
		return nil, schema.Fail(404, "ENTITY_IS_DELETED", "entity is deleted")
	}
	return row, nil
}

// stored is the same for a record that may lie in the recycle bin.
func (t *Tx) stored(ctx context.Context, o schema.Object, id schema.RecordID) (map[string]any, error) {
	names := make([]string, len(o.Fields))
	values, into := make([]any, len(o.Fields)), make([]any, len(o.Fields))
	for i, f := range o.Fields {
		names[i], into[i] = schema.Column(f.Name), &values[i]
	}
	err := t.DB.QueryRowContext(ctx, `SELECT `+strings.Join(names, ", ")+` FROM `+schema.Table(o.Name)+` WHERE "Id" = ?`,
		string(schema.To18(string(id)))).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, schema.NotFound()
	}
	if err != nil {
		return nil, err
	}
	row := map[string]any{}
	for i, f := range o.Fields {
		row[f.Name] = values[i]
	}
	return row, nil
}

// Upsert creates a record, or updates the one whose external id field has this value.
func (a *Access) Upsert(ctx context.Context, object, field, value string, values Values) (id schema.RecordID, created bool, err error) {
	o, err := a.object(object)
	if err != nil {
		return "", false, schema.NotFound()
	}
	f, ok := a.visible(o, field)
	if !ok || !f.ExternalID && f.Type != "id" {
		return "", false, schema.Fail(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: %s", field)
	}
	if f.Type == "id" {
		id, err := whole(schema.RecordID(value))
		if err != nil {
			return "", false, err
		}
		value = string(id)
	}
	var ids []schema.RecordID
	err = a.Writing(ctx, func(t *Tx) error {
		ids, err = t.ids(ctx, `SELECT "Id" FROM `+schema.Table(o.Name)+` WHERE `+schema.Column(f.Name)+` = ? AND "IsDeleted" = 0 LIMIT 2`, value)
		return err
	})
	switch {
	case err != nil:
		return "", false, err
	case len(ids) > 1:
		return "", false, schema.Fail(300, "MULTIPLE_CHOICES", "more than one record has this value")
	case len(ids) == 1:
		return ids[0], false, a.Update(ctx, object, ids[0], values, "")
	case f.Type == "id":
		return "", false, schema.NotFound()
	}
	next := Values{f.Name: value}
	for k, v := range values {
		next[k] = v
	}
	id, err = a.Create(ctx, object, next)
	return id, true, err
}

// personal are the objects whose Name is put together.
var personal = []string{"Contact", "Lead", "User"}

// derive fills fields that the platform computes.
func (t *Tx) derive(ctx context.Context, o schema.Object, row map[string]any, now string) error {
	text := func(name string) string { s, _ := row[name].(string); return s }
	if slices.Contains(personal, o.Name) {
		row["Name"] = strings.TrimSpace(strings.Join(strings.Fields(text("FirstName")+" "+text("LastName")), " "))
	}
	switch o.Name {
	case schema.SetupAccess:
		if row["SetupEntityType"] == nil { // the platform sees it by the id
			of, _ := t.schema.ByPrefix(schema.RecordID(text("SetupEntityId")))
			row["SetupEntityType"] = of.Name
		}
	case "Task", "Case":
		closed := text("Status") == "Completed" || text("Status") == "Closed"
		done := map[string]string{"Task": "CompletedDateTime", "Case": "ClosedDate"}[o.Name]
		row["IsClosed"] = asInt(closed)
		switch {
		case closed && row[done] == nil:
			row[done] = now
		case !closed:
			row[done] = nil
		}
		if o.Name == "Task" {
			row["IsHighPriority"] = asInt(text("Priority") == "High")
		}
	}
	for _, f := range o.Fields {
		if f.AutoNumber != "" && row[f.Name] == nil {
			number, err := t.autoNumber(ctx, o, f)
			if err != nil {
				return err
			}
			row[f.Name] = number
		}
		if f.NameField && f.Custom && row[f.Name] == nil {
			row[f.Name] = row["Id"]
		}
	}
	return nil
}

func asInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// autoNumber is the next number in a format such as {00001000}, whose digits give the width and the first number.
func (t *Tx) autoNumber(ctx context.Context, o schema.Object, f schema.Field) (string, error) {
	before, rest, _ := strings.Cut(f.AutoNumber, "{")
	digits, after, _ := strings.Cut(rest, "}")
	var n int64
	if err := t.DB.QueryRowContext(ctx, `SELECT count(*) FROM `+schema.Table(o.Name)).Scan(&n); err != nil {
		return "", err
	}
	first := int64(0)
	_, _ = fmt.Sscanf(strings.TrimLeft(digits, "0"), "%d", &first)
	return fmt.Sprintf("%s%0*d%s", before, len(digits), first+n, after), nil
}
