package records

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// checked turns values as a client wrote them into stored ones, and refuses what the platform would. id is "" for a create.
func (t *Tx) checked(ctx context.Context, a *Access, o schema.Object, values Values, id schema.RecordID) (map[string]any, error) {
	row := map[string]any{}
	for name, value := range values {
		if strings.EqualFold(name, "attributes") || a.Unlimited() && name == "Id" {
			continue
		}
		f, ok := a.visible(o, name)
		switch {
		case ok && f.Type == "id":
			return nil, schema.FailFields("INVALID_FIELD_FOR_INSERT_UPDATE", nil, "The Id field should not be specified in the sobject data.")
		case !ok:
			return nil, schema.NoFieldOn(name, o.Name)
		case (f.ReadOnly || !a.OnField(o, f).Edit) && !a.Unlimited(), f.CreateOnly && id != "" && !a.Unlimited():
			return nil, schema.ReadOnlyField(f.Name)
		}
		checked, err := t.checkValue(ctx, f, value)
		if err != nil {
			return nil, err
		}
		row[f.Name] = checked
		if err := t.checkQueue(ctx, o, f, checked); err != nil {
			return nil, err
		}
		if err := t.checkUnique(ctx, o, f, checked, id); err != nil {
			return nil, err
		}
	}
	if id == "" {
		for _, f := range o.Fields {
			if _, given := row[f.Name]; !given && f.Default != nil {
				row[f.Name] = storedDefault(f)
			}
		}
	}
	return row, t.checkAssignment(ctx, o, row, id)
}

func storedDefault(f schema.Field) any {
	switch d := f.Default.(type) {
	case bool:
		return asInt(d)
	default:
		return d
	}
}

// checkAssignment refuses to assign a permission set twice.
func (t *Tx) checkAssignment(ctx context.Context, o schema.Object, row map[string]any, id schema.RecordID) error {
	if o.Name != "PermissionSetAssignment" || id != "" {
		return nil
	}
	ids, err := t.ids(ctx, `SELECT "Id" FROM "o_PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = `+
		`? AND "IsDeleted" = 0`, row["AssigneeId"], row["PermissionSetId"])
	if err == nil && len(ids) > 0 {
		return schema.Fail(400, "DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>")
	}
	return err
}

// checkQueue wants a group that is to own a record to be a queue for records of its object.
func (t *Tx) checkQueue(ctx context.Context, o schema.Object, f schema.Field, value any) error {
	owner, _ := value.(string)
	if of, ok := t.schema.ByPrefix(schema.RecordID(owner)); f.Name != "OwnerId" || !ok || of.Name != schema.Group {
		return nil
	}
	queues, err := t.ids(ctx, `SELECT s."Id" FROM "o_QueueSobject" s JOIN "o_Group" g ON g."Id" = s."QueueId" WHERE s."QueueId" = ? `+
		`AND s."SobjectType" = ? AND s."IsDeleted" = 0 AND g."Type" = 'Queue'`, owner, o.Name)
	if err == nil && len(queues) == 0 {
		return schema.FailFields("INVALID_OPERATION", []string{f.Name}, "Queue not associated with this SObject type")
	}
	return err
}

func (t *Tx) checkUnique(ctx context.Context, o schema.Object, f schema.Field, value any, id schema.RecordID) error {
	if !f.Unique || value == nil {
		return nil
	}
	ids, err := t.ids(ctx, `SELECT "Id" FROM `+schema.Table(o.Name)+` WHERE `+schema.Column(f.Name)+` = ? AND "IsDeleted" = 0 AND "Id" <> ?`,
		value, string(id))
	if err == nil && len(ids) > 0 {
		return schema.FailFields("DUPLICATE_VALUE", []string{f.Name},
			"duplicate value found: %s duplicates value on record with id: %s", f.Name, ids[0][:15])
	}
	return err
}

func wrongType(f schema.Field, value any) error {
	return schema.FailFields("INVALID_TYPE_ON_FIELD_IN_RECORD", []string{f.Name}, "%s: value not of required type: %.80v", f.Label, value)
}

// checkValue turns one value into its stored form.
func (t *Tx) checkValue(ctx context.Context, f schema.Field, value any) (any, error) {
	if value == nil || value == "" {
		if f.Type == "boolean" {
			return nil, wrongType(f, value)
		}
		return nil, nil
	}
	switch f.Type {
	case "boolean":
		return checkBool(f, value)
	case "int", "double", "currency", "percent":
		return checkNumber(f, value)
	case "date", "datetime":
		return checkTime(f, value)
	case "reference":
		return t.checkReference(ctx, f, value)
	}
	s, ok := value.(string)
	if !ok {
		if n, isNumber := value.(json.Number); isNumber {
			s = n.String()
		} else if n, isFloat := value.(float64); isFloat {
			s = strconv.FormatFloat(n, 'f', -1, 64)
		} else {
			return nil, wrongType(f, value)
		}
	}
	if s = trimmed(s); s == "" {
		return nil, nil
	}
	if f.Length > 0 && len([]rune(s)) > f.Length {
		return nil, schema.FailFields("STRING_TOO_LONG", []string{f.Name},
			"%s: data value too large: %.40s (max length=%d)", f.Label, s, f.Length)
	}
	switch {
	case f.Type == "email" && !isEmail(s):
		return nil, schema.FailFields("INVALID_EMAIL_ADDRESS", []string{f.Name}, "%s: invalid email address: %.80s", f.Label, s)
	case f.Type == "picklist" && f.Restricted && !slices.ContainsFunc(f.Values, func(v schema.PicklistValue) bool { return v.Value == s }):
		return nil, schema.FailFields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{f.Name},
			"%s: bad value for restricted picklist field: %.80s", f.Label, s)
	}
	return s, nil
}

// trimmed is text as the platform keeps it: without the white space at its ends. Text of white space only is none.
// Source: Object Reference, Primitive Data Types; the characters are those that Java's trim takes (a guess).
func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
}

func isEmail(s string) bool {
	parsed, err := mail.ParseAddress(s)
	return err == nil && parsed.Address == s
}

func checkBool(f schema.Field, value any) (any, error) {
	switch v := value.(type) {
	case bool:
		return asInt(v), nil
	case string:
		if b, err := strconv.ParseBool(strings.ToLower(v)); err == nil {
			return asInt(b), nil
		}
	}
	return nil, wrongType(f, value)
}

func checkNumber(f schema.Field, value any) (any, error) {
	var n float64
	var err error
	switch v := value.(type) {
	case float64:
		n = v
	case int:
		n = float64(v)
	case int64:
		n = float64(v)
	case json.Number:
		n, err = v.Float64()
	case string:
		n, err = strconv.ParseFloat(v, 64)
	default:
		return nil, wrongType(f, value)
	}
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return nil, wrongType(f, value)
	}
	if f.Type != "int" {
		return n, nil
	}
	if n != math.Trunc(n) || math.Abs(n) > math.MaxInt32 {
		return nil, wrongType(f, value)
	}
	return int64(n), nil
}

// times are the forms a moment may be written in.
var times = []string{time.RFC3339Nano, "2006-01-02T15:04:05.000-0700", "2006-01-02T15:04:05-0700", Stored}

func checkTime(f schema.Field, value any) (any, error) {
	s, ok := value.(string)
	if !ok {
		return nil, wrongType(f, value)
	}
	if f.Type == "date" {
		day, err := time.Parse(time.DateOnly, s[:min(len(s), 10)])
		if err != nil {
			return nil, wrongType(f, value)
		}
		return day.Format(time.DateOnly), nil
	}
	for _, form := range times {
		if at, err := time.Parse(form, s); err == nil {
			return at.UTC().Format(Stored), nil
		}
	}
	return nil, wrongType(f, value)
}

// checkReference wants an id of one of the field's objects, of a record that is there.
func (t *Tx) checkReference(ctx context.Context, f schema.Field, value any) (any, error) {
	s, _ := value.(string)
	id := schema.To18(s)
	if id == "" {
		return nil, schema.FailFields("MALFORMED_ID", []string{f.Name}, "%s: id value of incorrect type: %.40v", f.Label, value)
	}
	o, ok := t.schema.ByPrefix(id)
	if !ok || !slices.Contains(f.References, o.Name) {
		return nil, schema.FailFields("FIELD_INTEGRITY_EXCEPTION", []string{f.Name}, "%s: id value of incorrect type: %s", f.Label, s)
	}
	if t.references[id] {
		return string(id), nil
	}
	ids, err := t.ids(ctx, `SELECT "Id" FROM `+schema.Table(o.Name)+` WHERE "Id" = ? AND "IsDeleted" = 0`, string(id))
	if err == nil && len(ids) == 0 {
		return nil, schema.FailFields("INVALID_CROSS_REFERENCE_KEY", []string{f.Name}, "invalid cross reference id")
	}
	if err == nil && t.references != nil {
		t.references[id] = true
	}
	return string(id), err
}

// asDateTime writes a stored moment as the REST API does.
func asDateTime(value any) string {
	s, _ := value.(string)
	at, err := time.Parse(Stored, s)
	if err != nil {
		return s
	}
	return at.Format(DateTime)
}

// outward turns a stored value into what a client reads.
func outward(f schema.Field, value any) any {
	switch v := value.(type) {
	case nil:
		if f.Type == "boolean" {
			return false
		}
		return nil
	case []byte:
		return outward(f, string(v))
	case int64:
		switch f.Type {
		case "boolean":
			return v != 0
		case "double", "currency", "percent":
			return float64(v)
		}
		return v
	case string:
		if f.Type == "datetime" {
			return asDateTime(v)
		}
		return v
	case time.Time:
		return v.UTC().Format(DateTime)
	case float64:
		return v
	}
	return fmt.Sprint(value)
}
