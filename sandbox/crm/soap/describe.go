package soap

import (
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func (s *server) describeGlobal(c call) error {
	c.out.open("result", func() {
		c.out.put("encoding", "UTF-8")
		c.out.put("maxBatchSize", maxRecords)
		for _, d := range c.actor.DescribeAll() {
			c.out.open("sobjects", func() { c.out.head(d) })
		}
	})
	return nil
}

// head is what is told of each object.
func (o *reply) head(d records.Described) {
	o.put("createable", d.Createable)
	o.put("custom", d.Custom)
	o.put("customSetting", d.Setting != "")
	o.put("deletable", d.Deletable)
	o.put("keyPrefix", d.KeyPrefix)
	o.put("label", d.Label)
	o.put("labelPlural", d.Plural)
	o.put("layoutable", !d.Setup)
	o.put("name", d.Name)
	o.put("queryable", true)
	o.put("retrieveable", true)
	o.put("searchable", d.Searchable)
	o.put("updateable", d.Updateable)
}

func (s *server) describeOne(c call) error {
	return s.describeNames(c, c.in.texts("sObjectType"))
}

const maxDescribed = 100

func (s *server) describeMany(c call) error {
	return s.describeNames(c, c.in.texts("sObjectType"))
}

func (s *server) describeNames(c call, names []string) error {
	if len(names) > maxDescribed {
		return tooMany()
	}
	for _, name := range names {
		d, err := c.actor.Describe(name)
		if err != nil {
			return &schema.Error{Code: "INVALID_TYPE", Message: "sObject type '" + name + "' is not supported."}
		}
		c.out.open("result", func() {
			for _, f := range d.Fields {
				c.out.open("fields", func() { c.out.describeField(d, f) })
			}
			c.out.head(d)
		})
	}
	return nil
}

func (o *reply) describeField(d records.Described, f schema.Field) {
	editable := d.Editable[f.Name]
	o.put("createable", editable && d.Createable)
	o.put("custom", f.Custom)
	o.put("externalId", f.ExternalID)
	o.put("label", f.Label)
	o.put("length", f.Length)
	o.put("name", f.Name)
	o.put("nameField", f.NameField)
	o.put("nillable", !f.Required && f.Type != "boolean" && f.Type != "id")
	for _, v := range f.Values {
		o.open("picklistValues", func() {
			o.put("active", true)
			o.put("defaultValue", v.Default)
			o.put("label", v.Label)
			o.put("value", v.Value)
		})
	}
	o.put("precision", f.Precision)
	for _, to := range f.References {
		o.put("referenceTo", to)
	}
	if f.Relationship != "" {
		name := f.Relationship
		if f.Custom {
			name = strings.TrimSuffix(f.Name, "__c") + "__r"
		}
		o.put("relationshipName", name)
	}
	o.put("scale", f.Scale)
	o.put("type", f.Type)
	o.put("unique", f.Unique)
	o.put("updateable", editable && d.Updateable && !f.CreateOnly)
}

// softphone is describeSoftphoneLayout: the layout that counts for the user's profile. Source: SOAP API developer guide.
func (s *server) softphone(c call) error {
	l, err := s.cfg.Org.SoftphoneLayoutOf(c.ctx, c.actor.User().ProfileID)
	if err != nil {
		return err
	}
	c.out.open("result", func() {
		for _, t := range []struct {
			name string
			of   crm.SoftphoneCallType
			pops bool
		}{{"Internal", l.Internal, false}, {"Inbound", l.Inbound, true}, {"Outbound", l.Outbound, false}} {
			c.out.open("callTypes", func() { c.out.callType(t.name, t.of, t.pops) })
		}
		if l.ID == "" {
			c.out.WriteString(`<id xsi:nil="true"/>`)
		} else {
			c.out.put("id", l.ID)
		}
		c.out.put("name", l.Name)
	})
	return nil
}

func (o *reply) callType(name string, t crm.SoftphoneCallType, pops bool) {
	for _, f := range t.CallFields {
		o.open("infoFields", func() { o.put("name", f) })
	}
	o.put("name", name)
	if pops {
		for _, p := range []struct {
			match string
			pop   crm.ScreenPop
		}{{"NoMatch", t.NoMatch}, {"SingleMatch", t.SingleMatch}, {"MultipleMatches", t.MultipleMatches}} {
			o.open("screenPopOptions", func() {
				o.put("matchType", p.match)
				if p.pop.Data != "" {
					o.put("screenPopData", p.pop.Data)
				}
				o.put("screenPopType", p.pop.Type)
			})
		}
		o.put("screenPopsOpenWithin", t.OpenWithin)
	}
	for _, object := range t.Objects {
		o.open("sections", func() {
			o.put("entityApiName", object.Object)
			for _, f := range object.Fields {
				o.open("items", func() { o.put("itemApiName", f) })
			}
		})
	}
}
