package setup

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const customSettingsSection = "Custom Settings"

type settingOut struct {
	Name        string `json:"name"`
	Label       string `json:"label"`
	Visibility  string `json:"visibility"`
	Type        string `json:"type"` // Hierarchy or List
	Namespace   string `json:"namespace"`
	Description string `json:"description"`
	RecordSize  int    `json:"recordSize"` // bytes
	Records     int    `json:"records"`
}

type settingsOut struct {
	Settings []settingOut `json:"settings"`
}

// recordSize is what one record counts against the platform's limit: a fixed part, and the room of each field.
func recordSize(o schema.Object) int {
	size := 100
	for _, f := range o.Fields {
		if f.Custom {
			size += max(f.Length, 10)
		}
	}
	return size
}

func settingOf(ctx context.Context, a *crm.Actor, o schema.Object) (settingOut, error) {
	found, err := a.Query(ctx, "SELECT Id FROM "+o.Name, false)
	return settingOut{o.Name, o.Label, "Public", o.Setting, "", o.Description, recordSize(o), found.TotalSize}, err
}

func (s *server) customSettings(ctx context.Context, r asked) (settingsOut, error) {
	out := settingsOut{Settings: []settingOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		for _, o := range a.Schema().Objects() {
			if o.Setting == "" {
				continue
			}
			one, err := settingOf(ctx, a, o)
			if err != nil {
				return err
			}
			out.Settings = append(out.Settings, one)
		}
		return nil
	})
	return out, err
}

type settingFieldOut struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	Type     string `json:"type"`
	Length   int    `json:"length"`
	Required bool   `json:"required"`
	Help     string `json:"help"`
	Default  any    `json:"default"` // a plain value
}

type settingRowOut struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"` // of a List's row
	Owner        string         `json:"owner"`
	OwnerName    string         `json:"ownerName"`
	OwnerType    string         `json:"ownerType"` // Organization, Profile, User
	Values       map[string]any `json:"values"`    // plain values
	LastModified string         `json:"lastModified"`
}

type settingPageOut struct {
	settingOut
	Fields  []settingFieldOut `json:"fields"`
	Default *settingRowOut    `json:"defaultRow"` // of the organization; null when there is none
	Rows    []settingRowOut   `json:"rows"`
}

// settingNamed is the definition that the address names.
func settingNamed(a *crm.Actor, r asked) (schema.Object, error) {
	o, ok := a.Object(r.PathValue("object"))
	if !ok || o.Setting == "" {
		return o, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The custom setting isn't available; it may have been deleted.")
	}
	return o, nil
}

// settingFields are those that people fill in.
func settingFields(o schema.Object) []schema.Field {
	var fields []schema.Field
	for _, f := range o.Fields {
		if f.Custom {
			fields = append(fields, f)
		}
	}
	return fields
}

func (s *server) customSetting(ctx context.Context, r asked) (settingPageOut, error) {
	out := settingPageOut{Fields: []settingFieldOut{}, Rows: []settingRowOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		o, err := settingNamed(a, r)
		if err != nil {
			return err
		}
		if out.settingOut, err = settingOf(ctx, a, o); err != nil {
			return err
		}
		names := []string{"Id", "Name", "SetupOwnerId", "LastModifiedDate"}
		for _, f := range settingFields(o) {
			out.Fields = append(out.Fields, settingFieldOut{f.Name, f.Label, f.Type, f.Length, f.Required, f.Help, f.Default})
			names = append(names, f.Name)
		}
		found, err := a.Query(ctx, fmt.Sprintf("SELECT %s FROM %s ORDER BY Name, Id LIMIT 1000", strings.Join(names, ", "), o.Name), false)
		if err != nil {
			return err
		}
		for _, record := range found.Records {
			row := settingRowOut{ID: string(record.ID()), Name: record.Text("Name"), Owner: record.Text("SetupOwnerId"),
				Values: map[string]any{}, LastModified: record.Text("LastModifiedDate")}
			for _, f := range out.Fields {
				row.Values[f.Name] = record.Get(f.Name)
			}
			if row.OwnerType, row.OwnerName, err = owner(ctx, a, row.Owner); err != nil {
				return err
			}
			if row.OwnerType == "Organization" && o.Setting == "Hierarchy" {
				out.Default = &row
				continue
			}
			out.Rows = append(out.Rows, row)
		}
		return nil
	})
	return out, err
}

// owner says whose a row is.
func owner(ctx context.Context, a *crm.Actor, id string) (kind, name string, err error) {
	if id == "" {
		return "", "", nil
	}
	o, ok := a.Schema().ByPrefix(schema.RecordID(id))
	if !ok {
		return "", "", nil
	}
	name, err = nameOf(ctx, a, o.Name, id)
	return o.Name, name, err
}

type settingIn struct {
	Owner        string                     `json:"owner"` // a profile or user; "" is the organization
	Name         string                     `json:"name"`  // of a List's row
	Values       map[string]json.RawMessage `json:"values"`
	LastModified string                     `json:"lastModified"`
}

// read checks the values against the definition.
func (in settingIn) read(o schema.Object) (records.Values, error) {
	var w wrong
	out := records.Values{}
	fields := settingFields(o)
	for name, raw := range in.Values {
		at := slices.IndexFunc(fields, func(f schema.Field) bool { return f.Name == name })
		if at < 0 {
			return nil, edge.Refuse(http.StatusBadRequest, "INVALID_FIELD",
				fmt.Sprintf("No such column '%.80s' on sobject of type %s", name, o.Name))
		}
		var value any
		decoder := json.NewDecoder(strings.NewReader(string(raw)))
		decoder.UseNumber()
		if err := decoder.Decode(&value); err != nil {
			return nil, edge.ErrUnreadable
		}
		out[name] = value
	}
	for _, f := range fields {
		text, isText := out[f.Name].(string)
		if f.Required && (out[f.Name] == nil || isText && strings.TrimSpace(text) == "") {
			w.required(f.Name, "")
		}
	}
	if o.Setting == "List" {
		w.required("Name", in.Name)
		out["Name"] = strings.TrimSpace(in.Name)
	}
	return out, w.err()
}

func createSetting(ctx context.Context, a *crm.Actor, r asked, in settingIn) (idOut, error) {
	o, err := settingNamed(a, r)
	if err != nil {
		return idOut{}, err
	}
	values, err := in.read(o)
	if err != nil {
		return idOut{}, err
	}
	location := ""
	if o.Setting == "Hierarchy" {
		id := in.Owner
		if id == "" {
			id = string(a.OrgID())
		}
		kind, name, err := owner(ctx, a, id)
		if err != nil {
			return idOut{}, err
		}
		if name == "" || !slices.Contains([]string{"Organization", "Profile", "User"}, kind) {
			return idOut{}, edge.Refuse(http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION", "No matches found.", "owner")
		}
		found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE SetupOwnerId = %s", o.Name, soql.Quote(id)), false)
		if err != nil {
			return idOut{}, err
		}
		if found.TotalSize > 0 {
			return idOut{}, edge.Refuse(http.StatusBadRequest, "DUPLICATE_VALUE",
				fmt.Sprintf("duplicate value found: SetupOwnerId duplicates value on record with id: %.15s", found.Records[0].ID()), "owner")
		}
		values["SetupOwnerId"], location = id, kind+" "+name
	} else {
		if err := freeName(ctx, a, o, in.Name, ""); err != nil {
			return idOut{}, err
		}
		location = in.Name
	}
	id, err := a.Create(ctx, o.Name, values)
	if err != nil {
		return idOut{}, err
	}
	return idOut{string(id)}, a.Audit(ctx, "createdCustomSettingData", customSettingsSection,
		"Created %s custom setting data for %s", o.Label, location)
}

// freeName wants a List row's name to be its own.
func freeName(ctx context.Context, a *crm.Actor, o schema.Object, name, own string) error {
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE Name = %s AND Id != %s", o.Name,
		soql.Quote(strings.TrimSpace(name)), soql.Quote(own)), false)
	if err == nil && found.TotalSize > 0 {
		return edge.Refuse(http.StatusBadRequest, "DUPLICATE_VALUE",
			fmt.Sprintf("duplicate value found: Name duplicates value on record with id: %.15s", found.Records[0].ID()), "Name")
	}
	return err
}

// settingRow finds the row that the address names, and whose it is.
func settingRow(ctx context.Context, a *crm.Actor, o schema.Object, r asked) (row records.Record, location string, err error) {
	row, err = a.Get(ctx, o.Name, schema.RecordID(r.PathValue("id")), "Id", "Name", "SetupOwnerId")
	if err != nil {
		return row, "", err
	}
	kind, name, err := owner(ctx, a, row.Text("SetupOwnerId"))
	if location = kind + " " + name; o.Setting == "List" {
		location = row.Text("Name")
	}
	return row, location, err
}

func editSetting(ctx context.Context, a *crm.Actor, r asked, in settingIn) (idOut, error) {
	o, err := settingNamed(a, r)
	if err != nil {
		return idOut{}, err
	}
	row, location, err := settingRow(ctx, a, o, r)
	if err != nil {
		return idOut{}, err
	}
	values, err := in.read(o)
	if err != nil {
		return idOut{}, err
	}
	if o.Setting == "List" {
		if err := freeName(ctx, a, o, in.Name, string(row.ID())); err != nil {
			return idOut{}, err
		}
	}
	if err := a.Update(ctx, o.Name, row.ID(), values, in.LastModified); err != nil {
		return idOut{}, err
	}
	return idOut{string(row.ID())}, a.Audit(ctx, "changedCustomSettingData", customSettingsSection,
		"Changed %s custom setting data for %s", o.Label, location)
}

func deleteSetting(ctx context.Context, a *crm.Actor, r asked, _ nothing) (nothing, error) {
	o, err := settingNamed(a, r)
	if err != nil {
		return nothing{}, err
	}
	row, location, err := settingRow(ctx, a, o, r)
	if err != nil {
		return nothing{}, err
	}
	if err := a.Delete(ctx, o.Name, row.ID()); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "deletedCustomSettingData", customSettingsSection,
		"Deleted %s custom setting data for %s", o.Label, location)
}

type lookupOut struct {
	Options []optionOut `json:"options"`
}

// lookup finds profiles or active users by name, for lookup fields.
func (s *server) lookup(ctx context.Context, r asked) (lookupOut, error) {
	out := lookupOut{Options: []optionOut{}}
	object, q := r.URL.Query().Get("object"), r.URL.Query().Get("q")
	where := map[string]string{"User": " AND IsActive = true", "Profile": "", "CallCenter": ""}
	more, ok := where[object]
	if !ok {
		return out, edge.Refuse(http.StatusBadRequest, "INVALID_TYPE", "There is no such lookup.")
	}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		found, err := a.Query(ctx, fmt.Sprintf("SELECT Id, Name FROM %s WHERE Name LIKE %s%s ORDER BY Name LIMIT 20",
			object, like(q[:min(len(q), 80)]), more), false)
		for _, row := range found.Records {
			out.Options = append(out.Options, optionOut{string(row.ID()), row.Text("Name")})
		}
		return err
	})
	return out, err
}
