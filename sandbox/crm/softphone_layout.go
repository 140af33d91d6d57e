package crm

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// SoftphoneLayout says what a softphone searches and shows, and which page pops, for each type of call. Only Setup writes it: the
// platform has no metadata type and no record for it. Source: Metadata API developer guide, Salesforce Help.
type SoftphoneLayout struct {
	ID                        schema.RecordID   `json:"-"`
	Name                      string            `json:"name"`
	Default                   bool              `json:"default"`
	Inbound                   SoftphoneCallType `json:"inbound"`
	Outbound                  SoftphoneCallType `json:"outbound"`
	Internal                  SoftphoneCallType `json:"internal"`
	CreatedBy, LastModifiedBy schema.RecordID   `json:"-"`
	CreatedDate, LastModified time.Time         `json:"-"`
}

// SoftphoneCallType is one type of call's part of a layout. Objects are searched in their order; screen pops count for inbound calls only.
type SoftphoneCallType struct {
	CallFields      []string          `json:"callFields"` // ANI, DNIS, SEGMENT, QUEUE
	Objects         []SoftphoneObject `json:"objects"`
	OpenWithin      string            `json:"openWithin"` // ExistingWindow or NewWindow
	NoMatch         ScreenPop         `json:"noMatch"`
	SingleMatch     ScreenPop         `json:"singleMatch"`
	MultipleMatches ScreenPop         `json:"multipleMatches"`
}

// SoftphoneObject is an object to search, with the fields that are shown of a single match.
type SoftphoneObject struct {
	Object string   `json:"object"`
	Fields []string `json:"fields"`
}

// ScreenPop is one setting: DontPop, PopToEntity, PopToSearch, PopToVisualforce, PopToFlow. Data is an object, a page or a flow, by type.
type ScreenPop struct {
	Type string `json:"type"`
	Data string `json:"data,omitzero"`
}

// CallFields are the call-related fields that a layout may show, with their labels.
var CallFields = []schema.PicklistValue{
	{Value: "ANI", Label: "Caller ID (ANI)"}, {Value: "DNIS", Label: "Dialed Number (DNIS)"},
	{Value: "SEGMENT", Label: "Segment"}, {Value: "QUEUE", Label: "Queue"},
}

// ImplicitSoftphoneLayout is what counts while an org has no layout of its own: accounts, contacts and leads are searched; one match
// pops its page, none or several pop nothing.
func ImplicitSoftphoneLayout() SoftphoneLayout {
	block := func() SoftphoneCallType {
		t := SoftphoneCallType{CallFields: []string{"ANI", "DNIS"}, OpenWithin: "ExistingWindow"}
		for _, object := range []string{"Account", "Contact", "Lead"} {
			t.Objects = append(t.Objects, SoftphoneObject{object, []string{"Name"}})
		}
		return t
	}
	l := SoftphoneLayout{Inbound: block(), Outbound: block(), Internal: block()}
	l.Inbound.NoMatch, l.Inbound.SingleMatch, l.Inbound.MultipleMatches = ScreenPop{Type: "DontPop"},
		ScreenPop{Type: "PopToEntity"}, ScreenPop{Type: "DontPop"}
	return l
}

// phoneTables keep what Setup keeps for softphones.
const phoneTables = `
CREATE TABLE IF NOT EXISTS softphone_layout (id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, standard INTEGER NOT NULL,
    definition TEXT NOT NULL,
  created_by TEXT NOT NULL, created TEXT NOT NULL, modified_by TEXT NOT NULL, modified TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS softphone_assignment (profile TEXT PRIMARY KEY, layout TEXT NOT NULL) WITHOUT ROWID;
`

const layoutRow = `SELECT id, name, standard, definition, created_by, created, modified_by, modified FROM softphone_layout `

// SoftphoneLayouts lists the org's own layouts by name.
func (o *Org) SoftphoneLayouts(ctx context.Context) ([]SoftphoneLayout, error) {
	return softphoneLayouts(ctx, o.DB(), layoutRow+`ORDER BY name`)
}

// SoftphoneLayout finds one; NOT_FOUND if there is none.
func (o *Org) SoftphoneLayout(ctx context.Context, id schema.RecordID) (SoftphoneLayout, error) {
	found, err := softphoneLayouts(ctx, o.DB(), layoutRow+`WHERE id = ?`, string(id))
	if err != nil {
		return SoftphoneLayout{}, err
	}
	if len(found) == 0 {
		return SoftphoneLayout{}, schema.NotFound()
	}
	return found[0], nil
}

// SoftphoneLayoutOf is the layout that counts for a profile: the one assigned to it, else the org's default, else the implicit one.
func (o *Org) SoftphoneLayoutOf(ctx context.Context, profile schema.RecordID) (SoftphoneLayout, error) {
	found, err := softphoneLayouts(ctx, o.DB(), layoutRow+`WHERE id = (SELECT layout FROM softphone_assignment
WHERE profile = ?) OR standard = 1
ORDER BY id = (SELECT layout FROM softphone_assignment WHERE profile = ?) DESC, standard DESC LIMIT 1`, string(profile), string(profile))
	if err != nil || len(found) == 0 {
		return ImplicitSoftphoneLayout(), err
	}
	return found[0], nil
}

// SoftphoneAssignments maps profiles to the layouts assigned to them; profiles that are missing have the default.
func (o *Org) SoftphoneAssignments(ctx context.Context) (map[schema.RecordID]schema.RecordID, error) {
	rows, err := o.DB().QueryContext(ctx, `SELECT profile, layout FROM softphone_assignment`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[schema.RecordID]schema.RecordID{}
	for rows.Next() {
		var profile, layout schema.RecordID
		if err := rows.Scan(&profile, &layout); err != nil {
			return nil, err
		}
		all[profile] = layout
	}
	return all, rows.Err()
}

func softphoneLayouts(ctx context.Context, db records.Querier, query string, args ...any) ([]SoftphoneLayout, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []SoftphoneLayout
	for rows.Next() {
		l, err := scanLayout(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}

func scanLayout(rows *sql.Rows) (SoftphoneLayout, error) {
	var l SoftphoneLayout
	var definition string
	var id, by, last schema.RecordID
	var created, modified string
	if err := rows.Scan(&id, &l.Name, &l.Default, &definition, &by, &created, &last, &modified); err != nil {
		return l, err
	}
	name, standard := l.Name, l.Default
	if err := json.Unmarshal([]byte(definition), &l); err != nil {
		return l, err
	}
	l.ID, l.Name, l.Default, l.CreatedBy, l.LastModifiedBy = id, name, standard, by, last
	var err1, err2 error
	l.CreatedDate, err1 = time.Parse(records.Stored, created)
	l.LastModified, err2 = time.Parse(records.Stored, modified)
	return l, errors.Join(err1, err2)
}

// PutSoftphoneLayout keeps a new layout, or the one with its ID. A new default takes the old one's place. unchangedSince is when the
// form read the layout; zero overwrites.
func (a *Actor) PutSoftphoneLayout(ctx context.Context, l SoftphoneLayout, unchangedSince time.Time) (schema.RecordID, error) {
	err := a.Writing(ctx, func(t *records.Tx) error {
		if err := checkLayout(ctx, t, l); err != nil {
			return err
		}
		var same int
		if err := t.DB.QueryRowContext(ctx, `SELECT count(*) FROM softphone_layout WHERE name = ? AND id <> ?`, l.Name,
			string(l.ID)).Scan(&same); err != nil {
			return err
		}
		if same > 0 {
			return schema.FailFields("DUPLICATE_VALUE", []string{"Name"}, "This softphone layout name already exists. Please enter a unique name.")
		}
		if l.Default {
			if _, err := t.DB.ExecContext(ctx, `UPDATE softphone_layout SET standard = 0`); err != nil {
				return err
			}
		}
		definition, err := json.Marshal(l)
		if err != nil {
			return err
		}
		now, by := t.Store.Now().UTC().Format(records.Stored), string(a.Who())
		if l.ID == "" {
			l.ID = t.Store.NewID("04s")
			_, err = t.DB.ExecContext(ctx, `INSERT INTO softphone_layout (id, name, standard, definition, created_by, created, `+
				`modified_by, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				string(l.ID), l.Name, l.Default, string(definition), by, now, by, now)
			return err
		}
		return replaceLayout(ctx, t, l, string(definition), by, now, unchangedSince)
	})
	return l.ID, err
}

func replaceLayout(ctx context.Context, t *records.Tx, l SoftphoneLayout, definition, by, now string, unchangedSince time.Time) error {
	have, err := softphoneLayouts(ctx, t.DB, layoutRow+`WHERE id = ?`, string(l.ID))
	switch {
	case err != nil:
		return err
	case len(have) == 0:
		return schema.Fail(404, "ENTITY_IS_DELETED", "The softphone layout that you are editing has been deleted.")
	case !unchangedSince.IsZero() && have[0].LastModified.After(unchangedSince):
		return schema.ChangedBy("another user")
	}
	_, err = t.DB.ExecContext(ctx, `UPDATE softphone_layout SET name = ?, standard = ?, definition = ?, modified_by = ?, `+
		`modified = ? WHERE id = ?`, l.Name, l.Default, definition, by, now, string(l.ID))
	return err
}

// DropSoftphoneLayout deletes a layout; its profiles have the default again.
func (a *Actor) DropSoftphoneLayout(ctx context.Context, id schema.RecordID) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		gone, err := t.DB.ExecContext(ctx, `DELETE FROM softphone_layout WHERE id = ?`, string(id))
		if err != nil {
			return err
		}
		if n, err := gone.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, schema.NotFound())
		}
		_, err = t.DB.ExecContext(ctx, `DELETE FROM softphone_assignment WHERE layout = ?`, string(id))
		return err
	})
}

// AssignSoftphoneLayouts says which profile has which layout; "" is the default.
func (a *Actor) AssignSoftphoneLayouts(ctx context.Context, layouts map[schema.RecordID]schema.RecordID) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		for profile, layout := range layouts {
			var err error
			if layout == "" {
				_, err = t.DB.ExecContext(ctx, `DELETE FROM softphone_assignment WHERE profile = ?`, string(profile))
			} else {
				var known int
				if err = t.DB.QueryRowContext(ctx, `SELECT count(*) FROM softphone_layout l, `+
					`"o_Profile" p WHERE l.id = ? AND p."Id" = ?`, string(layout), string(profile)).Scan(&known); err == nil && known == 0 {
					return schema.NotFound()
				}
				if err == nil {
					_, err = t.DB.ExecContext(ctx, `INSERT INTO softphone_assignment (profile, layout) VALUES (?, `+
						`?) ON CONFLICT (profile) DO UPDATE SET layout = excluded.layout`, string(profile), string(layout))
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

const mostLayoutFields = 50 // shown of one object

// checkLayout refuses what the form would not offer.
func checkLayout(ctx context.Context, t *records.Tx, l SoftphoneLayout) error {
	switch {
	case strings.TrimSpace(l.Name) == "":
		return schema.FailFields("REQUIRED_FIELD_MISSING", []string{"Name"}, "You must enter a value")
	case len(l.Name) > 80:
		return schema.FailFields("STRING_TOO_LONG", []string{"Name"}, "Name: data value too large: %.80s… (max length=80)", l.Name)
	}
	for name, c := range map[string]SoftphoneCallType{"Inbound": l.Inbound, "Outbound": l.Outbound, "Internal": l.Internal} {
		seen := map[string]bool{}
		for _, f := range c.CallFields {
			if !slices.ContainsFunc(CallFields, func(v schema.PicklistValue) bool { return v.Value == f }) || seen[f] {
				return schema.FailFields("INVALID_FIELD", []string{name}, "%.80q is no call-related field", f)
			}
			seen[f] = true
		}
		if err := checkObjects(t, name, c.Objects); err != nil {
			return err
		}
	}
	return checkPops(ctx, t, l.Inbound)
}

func checkObjects(t *records.Tx, callType string, objects []SoftphoneObject) error {
	seen := map[string]bool{}
	for _, chosen := range objects {
		o, ok := t.Schema().Object(chosen.Object)
		if !ok || !o.Searchable || o.Setup || o.Setting != "" || seen[o.Name] {
			return schema.FailFields("INVALID_TYPE", []string{callType}, "%.80q is no object that a softphone can search", chosen.Object)
		}
		seen[o.Name] = true
		if len(chosen.Fields) == 0 || len(chosen.Fields) > mostLayoutFields {
			return schema.FailFields("REQUIRED_FIELD_MISSING", []string{callType}, "Select at least one field to display for %s", o.Label)
		}
		for _, name := range chosen.Fields {
			if _, ok := o.Field(name); !ok {
				return schema.FailFields("INVALID_FIELD", []string{callType}, "%.80q is no field of %s", name, o.Label)
			}
		}
	}
	return nil
}

func checkPops(ctx context.Context, t *records.Tx, in SoftphoneCallType) error {
	if in.OpenWithin != "ExistingWindow" && in.OpenWithin != "NewWindow" {
		return schema.FailFields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{"OpenWithin"},
			"Screen pops open within: bad value for restricted picklist field: %.40s", in.OpenWithin)
	}
	for _, p := range []struct {
		field, label string
		pop          ScreenPop
		may          []string
	}{
		{"NoMatch", "No matching records", in.NoMatch, []string{"DontPop", "PopToEntity", "PopToVisualforce", "PopToFlow"}},
		{"SingleMatch", "Single-matching record", in.SingleMatch, []string{"DontPop", "PopToEntity", "PopToVisualforce", "PopToFlow"}},
		{"MultipleMatches", "Multiple-matching records", in.MultipleMatches, []string{"DontPop", "PopToSearch", "PopToVisualforce", "PopToFlow"}},
	} {
		if !slices.Contains(p.may, p.pop.Type) {
			return schema.FailFields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{p.field},
				"%s: bad value for restricted picklist field: %.40s", p.label, p.pop.Type)
		}
		needs := p.pop.Type == "PopToVisualforce" || p.pop.Type == "PopToFlow" || p.pop.Type == "PopToEntity" && p.field == "NoMatch"
		if needs && p.pop.Data == "" {
			return schema.FailFields("REQUIRED_FIELD_MISSING", []string{p.field}, "%s: You must enter a value", p.label)
		}
		if p.pop.Type == "PopToFlow" {
			if err := checkFlow(ctx, t, p.field, p.label, p.pop.Data); err != nil {
				return err
			}
		}
		if p.pop.Type == "PopToVisualforce" {
			var pages int
			if err := t.DB.QueryRowContext(ctx, `SELECT count(*) FROM "o_ApexPage" WHERE "Name" = ? AND "IsDeleted" = 0`,
				p.pop.Data).Scan(&pages); err != nil {
				return err
			}
			if pages == 0 {
				return schema.FailFields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{p.field},
					"%s: there is no Visualforce page %.80q", p.label, p.pop.Data)
			}
		}
		if o, ok := t.Schema().Object(p.pop.Data); p.field == "NoMatch" && p.pop.Type == "PopToEntity" && (!ok || !o.Searchable || o.Setup) {
			return schema.FailFields("INVALID_TYPE", []string{p.field}, "%s: there is no object %.80q", p.label, p.pop.Data)
		}
	}
	return nil
}
