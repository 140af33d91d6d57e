package setup

import (
	"context"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// callCenterPages serve the pages of call centers and their users.
type callCenterPages struct{ *server }

type callCenterRow struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	InternalName string `json:"internalName"`
	Version      string `json:"version"`
	CreatedBy    string `json:"createdBy"`
	Created      string `json:"created"`
	ModifiedBy   string `json:"modifiedBy"`
	LastModified string `json:"lastModified"`
}

const centerFields = "SELECT Id, Name, InternalName, Version, AdapterUrl, CreatedById, CreatedDate, LastModifiedById, " +
	"LastModifiedDate FROM CallCenter"

func (s callCenterPages) centerRow(ctx context.Context, c records.Record) callCenterRow {
	return callCenterRow{
		ID: string(c.ID()), Name: c.Text("Name"), InternalName: c.Text("InternalName"), Version: c.Text("Version"),
		CreatedBy: s.userName(ctx, schema.RecordID(c.Text("CreatedById"))), Created: c.Text("CreatedDate"),
		ModifiedBy: s.userName(ctx, schema.RecordID(c.Text("LastModifiedById"))), LastModified: c.Text("LastModifiedDate"),
	}
}

type callCentersOut struct {
	Centers []callCenterRow `json:"centers"`
	Seen    bool            `json:"seen"`
}

func (s callCenterPages) callCenters(ctx context.Context, r asked) (callCentersOut, error) {
	out := callCentersOut{Centers: []callCenterRow{}}
	found, err := s.query(ctx, r, centerFields+" ORDER BY Name")
	if err != nil {
		return out, err
	}
	for _, c := range found {
		out.Centers = append(out.Centers, s.centerRow(ctx, c))
	}
	out.Seen, err = s.cfg.Org.People.Seen(ctx, r.User.ID, "call-center")
	return out, err
}

type itemOut struct {
	Key   string `json:"key"` // section/item
	Label string `json:"label"`
	Value string `json:"value"`
}

type sectionOut struct {
	Label string    `json:"label"`
	Items []itemOut `json:"items"`
}

type countRow struct {
	Profile string `json:"profile"`
	Count   int    `json:"count"`
}

type callCenterOut struct {
	Center   callCenterRow `json:"center"`
	Sections []sectionOut  `json:"sections"`
	Users    []countRow    `json:"users"`
	Total    int           `json:"total"`
}

// center reads a call center's record with its definition.
func (s callCenterPages) center(ctx context.Context, r asked) (records.Record, definition, error) {
	found, err := s.query(ctx, r, centerFields+" WHERE Id = '"+string(r.ID())+"'")
	if err != nil {
		return records.Record{}, definition{}, err
	}
	if len(found) == 0 {
		return records.Record{}, definition{}, errGone
	}
	d, err := s.definition(ctx, found[0])
	return found[0], d, err
}

// definition is what was deployed or imported; a call center that the API created has only what its record says.
func (s callCenterPages) definition(ctx context.Context, c records.Record) (definition, error) {
	kept, ok, err := s.cfg.Org.Component(ctx, "CallCenter", c.Text("InternalName"))
	if err != nil {
		return definition{}, err
	}
	if ok {
		for _, body := range kept.Files {
			var d definition
			if err := xml.Unmarshal(body, &d); err == nil {
				return d, nil
			}
		}
	}
	return definition{DisplayName: c.Text("Name"), DisplayLabel: "Display Name", InternalLabel: "Internal Name",
		Version: c.Text("Version"), AdapterURL: c.Text("AdapterUrl"),
		Sections: []section{{Name: general, Label: "General Information",
			Items: []item{{Name: "reqAdapterUrl", Label: "CTI Adapter URL", Value: c.Text("AdapterUrl")}}}}}, nil
}

func (s callCenterPages) callCenter(ctx context.Context, r asked) (callCenterOut, error) {
	record, d, err := s.center(ctx, r)
	if err != nil {
		return callCenterOut{}, err
	}
	out := callCenterOut{Center: s.centerRow(ctx, record), Users: []countRow{}}
	for _, part := range d.Sections {
		shown := sectionOut{Label: orElse(part.Label, part.Name), Items: []itemOut{}}
		if part.Name == general {
			shown.Items = append(shown.Items, itemOut{general + "/reqInternalName", d.InternalLabel,
				record.Text("InternalName")}, itemOut{general + "/reqDisplayName", d.DisplayLabel, d.DisplayName})
		}
		for _, i := range part.Items {
			shown.Items = append(shown.Items, itemOut{part.Name + "/" + i.Name, orElse(i.Label, i.Name), i.Value})
		}
		out.Sections = append(out.Sections, shown)
	}
	members, err := s.membersOf(ctx, r, record.ID())
	if err != nil {
		return out, err
	}
	for _, m := range members {
		at := slices.IndexFunc(out.Users, func(c countRow) bool { return c.Profile == m.Profile })
		if at < 0 {
			out.Users = append(out.Users, countRow{Profile: m.Profile})
			at = len(out.Users) - 1
		}
		out.Users[at].Count++
	}
	out.Total = len(members)
	return out, nil
}

type saveCenterIn struct {
	Values       map[string]string `json:"values"` // by section/item
	LastModified string            `json:"lastModified"`
}

func (s callCenterPages) saveCallCenter(ctx context.Context, r asked) (idOut, error) {
	in, err := edge.Decode[saveCenterIn](r.Body)
	if err != nil {
		return idOut{}, err
	}
	record, d, err := s.center(ctx, r)
	if err != nil {
		return idOut{}, err
	}
	if in.LastModified != record.Text("LastModifiedDate") {
		return idOut{}, errChanged
	}
	if err := d.fill(in.Values); err != nil {
		return idOut{}, err
	}
	return idOut{string(record.ID())}, s.keepCenter(ctx, r, entryf("changedCallCenter", centerSection,
		"Changed call center %s", d.DisplayName), record.Text("InternalName"), d)
}

func (d *definition) fill(values map[string]string) error {
	for key, value := range values {
		switch {
		case key == general+"/reqDisplayName":
			d.DisplayName = strings.TrimSpace(value)
		case key == general+"/reqInternalName": // only a clone has another one
		case !d.set(key, strings.TrimSpace(value)):
			return edge.Refuse(400, "INVALID_FIELD", "This call center has no such field.", key)
		}
	}
	return d.check()
}

// keepCenter writes a definition as a deployment does, so that every API sees the same.
func (s callCenterPages) keepCenter(ctx context.Context, r asked, done entry, internal string, d definition) error {
	source, err := d.source()
	if err != nil {
		return err
	}
	return s.deploy(ctx, r, done, map[string][]byte{"callCenters/" + internal + ".callCenter": source})
}

// unused refuses an internal name that another call center has.
func (s callCenterPages) unused(ctx context.Context, r asked, internal, field string) error {
	found, err := s.query(ctx, r, "SELECT Id FROM CallCenter WHERE InternalName = '"+internal+"'")
	if err == nil && len(found) > 0 {
		err = edge.Refuse(400, "DUPLICATE_VALUE", "The internal name \""+internal+"\" is already in use. Enter a unique value.", field)
	}
	return err
}

func (s callCenterPages) idOf(ctx context.Context, r asked, internal string) (idOut, error) {
	found, err := s.query(ctx, r, "SELECT Id FROM CallCenter WHERE InternalName = '"+internal+"'")
	if err != nil || len(found) == 0 {
		return idOut{}, err
	}
	return idOut{string(found[0].ID())}, nil
}

type importIn struct {
	Source []byte `json:"source"` // the file, in base64: its encoding is its own
}

func (s callCenterPages) importCallCenter(ctx context.Context, r asked) (idOut, error) {
	in, err := edge.Decode[importIn](r.Body)
	if err != nil {
		return idOut{}, err
	}
	internal, d, err := readImport(in.Source)
	if err == nil {
		err = s.unused(ctx, r, internal, "file")
	}
	if err == nil {
		err = s.keepCenter(ctx, r, entryf("importedCallCenter", centerSection, "Imported call center %s", d.DisplayName), internal, d)
	}
	if err != nil {
		return idOut{}, err
	}
	return s.idOf(ctx, r, internal)
}

func (s callCenterPages) cloneCallCenter(ctx context.Context, r asked) (idOut, error) {
	in, err := edge.Decode[saveCenterIn](r.Body)
	if err != nil {
		return idOut{}, err
	}
	_, d, err := s.center(ctx, r)
	if err != nil {
		return idOut{}, err
	}
	internal := strings.TrimSpace(in.Values[general+"/reqInternalName"])
	if !internalName.MatchString(internal) {
		return idOut{}, edge.Refuse(400, "INVALID_FIELD",
			"Internal Name: must have 1 to 40 alphanumeric characters and begin with a letter", general+"/reqInternalName")
	}
	if err := s.unused(ctx, r, internal, general+"/reqInternalName"); err != nil {
		return idOut{}, err
	}
	if err := d.fill(in.Values); err != nil {
		return idOut{}, err
	}
	if err := s.keepCenter(ctx, r, entryf("createdCallCenter", centerSection, "Created call center %s", d.DisplayName),
		internal, d); err != nil {
		return idOut{}, err
	}
	return s.idOf(ctx, r, internal)
}

func (s callCenterPages) dropCallCenter(ctx context.Context, r asked) (nothing, error) {
	record, _, err := s.center(ctx, r)
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, s.change(ctx, r, entryf("deletedCallCenter", centerSection, "Deleted call center %s",
		record.Text("Name")), func(a *crm.Actor) error {
		return metadata.Remove(ctx, a, metadata.Identified{Type: "CallCenter", FullName: record.Text("InternalName")})
	})
}
