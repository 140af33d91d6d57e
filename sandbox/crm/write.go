package crm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Create inserts a record.
func (a *Actor) Create(ctx context.Context, object string, values Values) (RecordID, error) {
	o, ok := a.schema().Object(object)
	if !ok || !a.can(o).read {
		return "", errNotFound()
	}
	if !a.can(o).create {
		return "", errNoAccess()
	}
	var id RecordID
	err := a.writing(ctx, func(t *tx) error {
		var err error
		id, err = t.create(ctx, a, o, values)
		return err
	})
	return id, err
}

func (t *tx) create(ctx context.Context, a *Actor, o Object, values Values) (RecordID, error) {
	id := t.org.newID(o.KeyPrefix)
	if given, ok := values["Id"].(string); ok && a.system { // seeding keeps the ids it was told
		id = RecordID(given)
	}
	row, err := t.fresh(ctx, a, o, id, values, t.org.cfg.Clock.Now().UTC().Format(stored))
	if err != nil {
		return "", err
	}
	names, marks, args := []string{}, []string{}, []any{}
	for _, f := range o.Fields {
		if value, ok := row[f.Name]; ok {
			names, marks, args = append(names, column(f.Name)), append(marks, "?"), append(args, value)
		}
	}
	if _, err := t.db.ExecContext(ctx, `INSERT INTO `+table(o.Name)+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, args...); err != nil {
		return "", fmt.Errorf("create %s: %w", o.Name, err)
	}
	t.changes = append(t.changes, Change{o.Name, id})
	return id, t.index(ctx, o, id, row)
}

// fresh is the stored row of a new record: its values checked, whose it is, what the platform derives.
func (t *tx) fresh(ctx context.Context, a *Actor, o Object, id RecordID, values Values, now string) (map[string]any, error) {
	row, err := t.checked(ctx, a, o, values, "")
	if err != nil {
		return nil, err
	}
	if err := missing(o, row); err != nil {
		return nil, err
	}
	row["Id"], row["IsDeleted"] = string(id), int64(0)
	row["CreatedDate"], row["LastModifiedDate"], row["SystemModstamp"] = now, now, now
	row["CreatedById"], row["LastModifiedById"] = string(a.user.ID), string(a.user.ID)
	if f, ok := o.Field("OwnerId"); ok && row[f.Name] == nil {
		row[f.Name] = string(a.user.ID)
	}
	return row, t.derive(ctx, o, row, now)
}

// missing names required fields without a value.
func missing(o Object, row map[string]any) error {
	var names []string
	for _, f := range o.Fields {
		if f.Required && !f.ReadOnly && row[f.Name] == nil {
			names = append(names, f.Name)
		}
	}
	if len(names) > 0 {
		return errRequired(names)
	}
	return nil
}

// Update changes fields of a record. If unchangedSince is given (as the REST API writes LastModifiedDate), a record that was changed
// after it is refused with CONFLICT.
func (a *Actor) Update(ctx context.Context, object string, id RecordID, values Values, unchangedSince string) error {
	o, ok := a.schema().Object(object)
	if !ok || !a.can(o).read {
		return errNotFound()
	}
	if !a.can(o).edit {
		return errNoAccess()
	}
	return a.writing(ctx, func(t *tx) error {
		have, err := t.row(ctx, o, id)
		if err == nil {
			err = t.mayChange(ctx, a, o, have, false)
		}
		if err != nil {
			return err
		}
		if unchangedSince != "" && asDateTime(have["LastModifiedDate"]) != unchangedSince {
			return ErrChangedBy("another user")
		}
		row, err := t.checked(ctx, a, o, values, id)
		if err != nil {
			return err
		}
		for _, f := range o.Fields {
			if value, given := row[f.Name]; given && value == nil && f.Required {
				return errRequired([]string{f.Name})
			}
		}
		return t.update(ctx, a, o, id, have, row)
	})
}

func (t *tx) update(ctx context.Context, a *Actor, o Object, id RecordID, have, row map[string]any) error {
	now := t.org.cfg.Clock.Now().UTC().Format(stored)
	row["LastModifiedDate"], row["SystemModstamp"], row["LastModifiedById"] = now, now, string(a.user.ID)
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
			sets, args = append(sets, column(f.Name)+" = ?"), append(args, value)
		}
	}
	if len(sets) == 0 {
		return nil
	}
	if _, err := t.db.ExecContext(ctx, `UPDATE `+table(o.Name)+` SET `+strings.Join(sets, ", ")+` WHERE "Id" = ?`, append(args, string(id))...); err != nil {
		return fmt.Errorf("update %s: %w", o.Name, err)
	}
	t.changes = append(t.changes, Change{o.Name, id})
	if name := recorded[o.Name]; name != "" && full[name] != have[name] {
		if err := t.renameComponent(ctx, o.Name, have[name], full[name]); err != nil {
			return err
		}
	}
	return t.index(ctx, o, id, full)
}

// Delete puts a record, and what depends on it, into the recycle bin.
func (a *Actor) Delete(ctx context.Context, object string, id RecordID) error {
	o, ok := a.schema().Object(object)
	if !ok || !a.can(o).read {
		return errNotFound()
	}
	if !a.can(o).remove {
		return errNoAccess()
	}
	return a.writing(ctx, func(t *tx) error {
		have, err := t.row(ctx, o, id)
		if err == nil {
			err = t.mayChange(ctx, a, o, have, true)
		}
		if err != nil {
			return err
		}
		return t.remove(ctx, o, id, t.org.cfg.Clock.Now().UTC().Format(stored), 0)
	})
}

const maxCascade = 10

// remove stamps a record and what goes with it with the same moment, so that undelete brings them back together.
func (t *tx) remove(ctx context.Context, o Object, id RecordID, now string, depth int) error {
	if depth > maxCascade {
		return nil
	}
	for _, child := range t.schema.Children(o.Name) {
		if !child.Cascade {
			continue
		}
		below, _ := t.schema.Object(child.Object)
		ids, err := t.ids(ctx, `SELECT "Id" FROM `+table(child.Object)+` WHERE `+column(child.Field)+` = ? AND "IsDeleted" = 0`, string(id))
		if err != nil {
			return err
		}
		for _, one := range ids {
			if err := t.remove(ctx, below, one, now, depth+1); err != nil {
				return err
			}
		}
	}
	if _, err := t.db.ExecContext(ctx, `UPDATE `+table(o.Name)+` SET "IsDeleted" = 1, "SystemModstamp" = ? WHERE "Id" = ?`, now, string(id)); err != nil {
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

func (t *tx) ids(ctx context.Context, query string, args ...any) ([]RecordID, error) {
	rows, err := t.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []RecordID
	for rows.Next() {
		var id RecordID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// row reads a record's stored values; the platform's error if there is none or it was deleted.
func (t *tx) row(ctx context.Context, o Object, id RecordID) (map[string]any, error) {
	names := make([]string, len(o.Fields))
	values, into := make([]any, len(o.Fields)), make([]any, len(o.Fields))
	for i, f := range o.Fields {
		names[i], into[i] = column(f.Name), &values[i]
	}
	err := t.db.QueryRowContext(ctx, `SELECT `+strings.Join(names, ", ")+` FROM `+table(o.Name)+` WHERE "Id" = ?`, string(To18(string(id)))).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotFound()
	}
	if err != nil {
		return nil, err
	}
	row := map[string]any{}
	for i, f := range o.Fields {
		row[f.Name] = values[i]
	}
	if row["IsDeleted"] == int64(1) {
		return nil, fail(404, "ENTITY_IS_DELETED", "entity is deleted")
	}
	return row, nil
}

// Upsert creates a record, or updates the one whose external id field has this value.
func (a *Actor) Upsert(ctx context.Context, object, field, value string, values Values) (id RecordID, created bool, err error) {
	o, err := a.object(object)
	if err != nil {
		return "", false, errNotFound()
	}
	f, ok := a.visible(o, field)
	if !ok || !f.ExternalID && f.Type != "id" {
		return "", false, fail(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: %s", field)
	}
	var ids []RecordID
	err = a.writing(ctx, func(t *tx) error {
		ids, err = t.ids(ctx, `SELECT "Id" FROM `+table(o.Name)+` WHERE `+column(f.Name)+` = ? AND "IsDeleted" = 0 LIMIT 2`, value)
		return err
	})
	switch {
	case err != nil:
		return "", false, err
	case len(ids) > 1:
		return "", false, fail(300, "MULTIPLE_CHOICES", "more than one record has this value")
	case len(ids) == 1:
		return ids[0], false, a.Update(ctx, object, ids[0], values, "")
	case f.Type == "id":
		return "", false, errNotFound()
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
func (t *tx) derive(ctx context.Context, o Object, row map[string]any, now string) error {
	text := func(name string) string { s, _ := row[name].(string); return s }
	if slices.Contains(personal, o.Name) {
		row["Name"] = strings.TrimSpace(strings.Join(strings.Fields(text("FirstName")+" "+text("LastName")), " "))
	}
	switch o.Name {
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
func (t *tx) autoNumber(ctx context.Context, o Object, f Field) (string, error) {
	before, rest, _ := strings.Cut(f.AutoNumber, "{")
	digits, after, _ := strings.Cut(rest, "}")
	var n int64
	if err := t.db.QueryRowContext(ctx, `SELECT count(*) FROM `+table(o.Name)).Scan(&n); err != nil {
		return "", err
	}
	first := int64(0)
	_, _ = fmt.Sscanf(strings.TrimLeft(digits, "0"), "%d", &first)
	return fmt.Sprintf("%s%0*d%s", before, len(digits), first+n, after), nil
}
