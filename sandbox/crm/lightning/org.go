package lightning

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// Org is the CRM's core as the console's data.
func Org(org *crm.Org) Data { return bound{org} }

type bound struct{ org *crm.Org }

// User reads a user together with the internal name of the call centre.
func (b bound) User(ctx context.Context, id string) (User, error) {
	u, err := b.org.User(ctx, crm.RecordID(id))
	if err != nil {
		return User{}, err
	}
	user := User{ID: string(u.ID), Name: u.Name, Username: u.Username, Email: u.Email}
	if u.CallCenterID != "" {
		found, err := b.first(ctx, id, fmt.Sprintf("SELECT Id, InternalName FROM CallCenter WHERE Id = '%s'", u.CallCenterID))
		if err != nil {
			return User{}, err
		}
		user.CallCenter = found.Text("InternalName")
	}
	return user, nil
}

// Organization is the org's id and name.
func (b bound) Organization(ctx context.Context, user string) (string, string, error) {
	found, err := b.first(ctx, user, "SELECT Id, Name FROM Organization")
	return string(b.org.ID()), found.Text("Name"), err
}

// SoftphoneLayout is the layout of the user's profile.
func (b bound) SoftphoneLayout(ctx context.Context, id string) (crm.SoftphoneLayout, error) {
	u, err := b.org.User(ctx, crm.RecordID(id))
	if err != nil {
		return crm.SoftphoneLayout{}, err
	}
	return b.org.SoftphoneLayoutOf(ctx, u.ProfileID)
}

// sources are how the files of each kind are called; a component may bring a second file beside its metadata.
var sources = map[string]string{
	"Layout": ".layout", "CustomTab": ".tab", "CustomApplication": ".app", "FlexiPage": ".flexipage", "CallCenter": ".callCenter",
	"ListView": ".listView",
}

// Component is the metadata file of a component.
func (b bound) Component(ctx context.Context, kind, fullName string) ([]byte, error) {
	c, found, err := b.org.Component(ctx, kind, fullName)
	if err != nil || !found {
		return nil, err
	}
	for name, body := range c.Files {
		if strings.HasSuffix(strings.TrimSuffix(name, "-meta.xml"), sources[kind]) {
			return body, nil
		}
	}
	return nil, nil
}

// TrustedFrames are the org's Trusted URLs for frames; none when they cannot be read.
func (b bound) TrustedFrames(ctx context.Context) []string {
	sites, err := b.org.TrustedFrames(ctx)
	if err != nil {
		return nil
	}
	return sites
}

// Components names what was deployed of a kind.
func (b bound) Components(ctx context.Context, kind string) ([]string, error) {
	all, err := b.org.Components(ctx, kind)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(all))
	for _, c := range all {
		names = append(names, c.FullName)
	}
	return names, nil
}

// Apps lists the apps of the org. In addresses an app's id has the prefix of its definition, 06m.
func (b bound) Apps(ctx context.Context) ([]App, error) {
	all, err := b.org.Components(ctx, "CustomApplication")
	apps := make([]App, 0, len(all))
	for _, c := range all {
		app := App{Name: c.FullName, ID: consoleID}
		app.Source, _ = c.File(sources["CustomApplication"])
		if c.FullName != consoleApp && len(c.ID) < 15 {
			continue // a component that an older version kept has no id to open it by
		}
		if c.FullName != consoleApp {
			app.ID = string(crm.To18("06m" + string(c.ID[3:15])))
		}
		apps = append(apps, app)
	}
	return apps, err
}

// Flow is a deployed flow; NOT_FOUND if there is none.
func (b bound) Flow(ctx context.Context, name string) (crm.FlowDefinition, error) {
	return b.org.Flow(ctx, name)
}

// MayRun says whether a user may open a flow.
func (b bound) MayRun(ctx context.Context, user string, f crm.FlowDefinition) (bool, error) {
	actor, err := b.org.As(ctx, crm.RecordID(user))
	return err == nil && actor.MayRun(f), err
}

func (b bound) first(ctx context.Context, user, soql string) (crm.Record, error) {
	actor, err := b.org.As(ctx, crm.RecordID(user))
	if err != nil {
		return crm.Record{}, err
	}
	result, err := actor.Query(ctx, soql, false)
	if err != nil || len(result.Records) == 0 {
		return crm.Record{}, err
	}
	return result.Records[0], nil
}

// As acts with a user's rights as they are now.
func (b bound) As(ctx context.Context, id string) (Actor, error) {
	actor, err := b.org.As(ctx, crm.RecordID(id))
	if err != nil {
		return nil, err
	}
	return acting{actor}, nil
}

type acting struct{ actor *crm.Actor }

var _ Actor = acting{}

func (a acting) Objects(context.Context) ([]Object, error) {
	all := a.actor.DescribeAll()
	out := make([]Object, 0, len(all))
	for _, d := range all {
		out = append(out, objectOf(d))
	}
	return out, nil
}

func (a acting) Object(_ context.Context, name string) (Object, error) {
	d, err := a.actor.Describe(name)
	if err != nil {
		return Object{}, err
	}
	return objectOf(d), nil
}

func objectOf(d crm.Described) Object {
	o := Object{
		Name: d.Name, Label: d.Label, Plural: d.Plural, KeyPrefix: d.KeyPrefix, Searchable: d.Searchable,
		Createable: d.Createable, Updateable: d.Updateable, Deletable: d.Deletable, Custom: d.Custom && d.Setting == "",
	}
	for _, f := range d.Fields {
		may := d.Editable[f.Name] && f.AutoNumber == ""
		field := Field{
			Name: f.Name, Label: f.Label, Type: f.Type, Length: f.Length, Required: f.Required && f.AutoNumber == "",
			Createable: may && d.Createable, Updateable: may && d.Updateable && !f.CreateOnly, ReferenceTo: f.References, Relationship: f.Relationship, ChildLabel: f.ChildLabel, Help: f.Help,
		}
		field.Checked, _ = f.Default.(bool)
		for _, v := range f.Values {
			field.Picklist = append(field.Picklist, PicklistValue{v.Value, v.Label, v.Default})
		}
		o.Fields = append(o.Fields, field)
	}
	return o
}

func (a acting) Query(ctx context.Context, soql string) ([]Record, error) {
	result, err := a.actor.Query(ctx, soql, false)
	if err != nil {
		return nil, err
	}
	return recordsOf(result.Records)
}

func (a acting) Search(ctx context.Context, sosl string) ([]Record, error) {
	found, err := a.actor.Search(ctx, sosl)
	if err != nil {
		return nil, err
	}
	return recordsOf(found)
}

func (a acting) SearchPhones(ctx context.Context, digits string, objects []string) ([]string, error) {
	found, err := a.actor.FindPhone(ctx, digits, objects, mostFound)
	return idsOf(found), err
}

func (a acting) Viewed(ctx context.Context, object, id string) error {
	return a.actor.Viewed(ctx, object, crm.RecordID(id))
}

func (a acting) Recent(ctx context.Context, object string, limit int) ([]string, error) {
	found, err := a.actor.Recent(ctx, object, limit)
	return idsOf(found), err
}

func idsOf(found []crm.Found) []string {
	ids := make([]string, 0, len(found))
	for _, f := range found {
		ids = append(ids, string(f.ID))
	}
	return ids
}

func recordsOf(found []crm.Record) ([]Record, error) {
	out := make([]Record, 0, len(found))
	for _, r := range found {
		record := Record{Object: r.Object, ID: string(r.ID()), Values: make(map[string]json.RawMessage, len(r.Fields))}
		for _, f := range r.Fields {
			raw, err := json.Marshal(f.Value)
			if err != nil {
				return nil, err
			}
			if !bytes.HasPrefix(raw, []byte("{")) { // addresses and parents are no plain values
				record.Values[f.Name] = raw
			}
		}
		out = append(out, record)
	}
	return out, nil
}

// valuesOf reads plain values; a list or an object is none.
func valuesOf(in map[string]json.RawMessage) (crm.Values, error) {
	out := crm.Values{}
	for name, raw := range in {
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		token, err := decoder.Token()
		if _, nested := token.(json.Delim); err != nil || nested {
			return nil, edge.ErrUnreadable
		}
		out[name] = token
	}
	return out, nil
}

func (a acting) Create(ctx context.Context, object string, values map[string]json.RawMessage) (string, error) {
	in, err := valuesOf(values)
	if err != nil {
		return "", err
	}
	id, err := a.actor.Create(ctx, object, in)
	return string(id), err
}

func (a acting) Update(ctx context.Context, object, id string, values map[string]json.RawMessage, unchangedSince string) error {
	in, err := valuesOf(values)
	if err != nil {
		return err
	}
	return a.actor.Update(ctx, object, crm.To18(id), in, unchangedSince)
}

func (a acting) Delete(ctx context.Context, object, id string) error {
	return a.actor.Delete(ctx, object, crm.To18(id))
}

func (a acting) Undelete(ctx context.Context, object, id string) error {
	return a.actor.Undelete(ctx, object, crm.To18(id))
}

func (a acting) Person(ctx context.Context) (Person, error) {
	user := a.actor.User()
	soql := fmt.Sprintf("SELECT TimeZoneSidKey, LocaleSidKey FROM User WHERE Id = '%s'", user.ID)
	result, err := a.actor.Query(ctx, soql, false)
	if err != nil || len(result.Records) == 0 {
		return Person{}, err
	}
	found := result.Records[0]
	return Person{TimeZone: found.Text("TimeZoneSidKey"), Locale: found.Text("LocaleSidKey"), ViewsSetup: a.actor.Can(crm.ViewSetup)}, nil
}

func (a acting) Kept(ctx context.Context, key string) (string, error) {
	value, err := a.actor.Preference(ctx, key)
	return value, err
}

func (a acting) Keep(ctx context.Context, key, value string) error {
	return a.actor.PutPreference(ctx, key, value)
}

func (a acting) SeesTab(_ context.Context, object string) bool { return a.actor.TabVisible(object) }

func (a acting) SeesApp(_ context.Context, app string) bool { return a.actor.AppVisible(app) }
