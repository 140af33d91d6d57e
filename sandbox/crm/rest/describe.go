package rest

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// global is one object in the list of all. Source: REST API developer guide.
func global(v string, d records.Described) map[string]any {
	at := base + "/" + v + "/sobjects/" + d.Name
	return map[string]any{
		"name": d.Name, "label": d.Label, "labelPlural": d.Plural, "keyPrefix": d.KeyPrefix, "custom": d.Custom, "customSetting": d.Setting != "",
		"createable": d.Createable, "updateable": d.Updateable, "deletable": d.Deletable, "undeletable": d.Deletable,
		"mergeable": false, "queryable": true,
		"retrieveable": true, "searchable": d.Searchable, "replicateable": true, "triggerable": !d.Setup,
		"layoutable": !d.Setup, "mruEnabled": !d.Setup,
		"activateable": false, "deprecatedAndHidden": false, "feedEnabled": false, "hasSubtypes": false, "isInterface": false, "isSubtype": false,
		"urls": map[string]string{"sobject": at, "describe": at + "/describe", "rowTemplate": at + "/{ID}"},
	}
}

func (s *server) describeAll(c call) (answer, error) {
	list := []map[string]any{}
	for _, d := range c.Actor.DescribeAll() {
		list = append(list, global(c.PathValue("v"), d))
	}
	return edge.OK(map[string]any{"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": list}), nil
}

func (s *server) basic(c call) (answer, error) {
	d, err := c.Actor.Describe(c.PathValue("object"))
	if err != nil {
		return answer{}, err
	}
	return edge.OK(map[string]any{"objectDescribe": global(c.PathValue("v"), d), "recentItems": []any{}}), nil
}

func (s *server) describe(c call) (answer, error) {
	d, err := c.Actor.Describe(c.PathValue("object"))
	if err != nil {
		return answer{}, err
	}
	out := global(c.PathValue("v"), d)
	list := []map[string]any{}
	for _, f := range d.Fields {
		list = append(list, describeField(d, f))
	}
	children := []map[string]any{}
	for _, child := range c.Actor.Children(d.Name) {
		var name any
		if child.Name != "" {
			name = child.Name
		}
		children = append(children, map[string]any{"childSObject": child.Object, "field": child.Field,
			"relationshipName": name, "cascadeDelete": child.Cascade,
			"restrictedDelete": false, "deprecatedAndHidden": false, "junctionIdListNames": []any{}, "junctionReferenceTo": []any{}})
	}
	out["fields"], out["childRelationships"] = list, children
	out["recordTypeInfos"] = []map[string]any{{"name": "Master", "developerName": "Master",
		"recordTypeId": "012000000000000AAA", "active": true, "available": true, "defaultRecordTypeMapping": true,
		"master": true, "urls": map[string]string{}}}
	for _, empty := range []string{"actionOverrides", "namedLayoutInfos", "supportedScopes"} {
		out[empty] = []any{}
	}
	return edge.OK(out), nil
}

// soapTypes are the XML types of field types.
var soapTypes = map[string]string{
	"id": "tns:ID", "reference": "tns:ID", "boolean": "xsd:boolean", "int": "xsd:int", "double": "xsd:double",
	"currency": "xsd:double", "percent": "xsd:double",
	"date": "xsd:date", "datetime": "xsd:dateTime",
}

func describeField(d records.Described, f schema.Field) map[string]any {
	soap := soapTypes[f.Type]
	if soap == "" {
		soap = "xsd:string"
	}
	values := []map[string]any{}
	for _, v := range f.Values {
		values = append(values, map[string]any{"active": true, "defaultValue": v.Default, "label": v.Label,
			"validFor": validFor(d, f, v), "value": v.Value})
	}
	references := f.References
	if references == nil {
		references = []string{}
	}
	var relationship any
	if f.Relationship != "" {
		relationship = f.Relationship
		if f.Custom {
			relationship = strings.TrimSuffix(f.Name, "__c") + "__r"
		}
	}
	var defaultValue any
	if f.Type == "boolean" || f.Default != nil {
		defaultValue = f.Default
	}
	editable := d.Editable[f.Name]
	return map[string]any{
		"name": f.Name, "label": f.Label, "type": f.Type, "soapType": soap, "length": f.Length, "byteLength": f.Length * 3,
		"precision": f.Precision, "scale": f.Scale,
		"digits": 0, "custom": f.Custom, "nameField": f.NameField, "nillable": !f.Required && f.Type != "boolean" &&
			f.Type != "id", "createable": editable && d.Createable,
		"updateable": editable && d.Updateable && !f.CreateOnly, "defaultedOnCreate": f.Default != nil ||
			f.Name == "OwnerId", "defaultValue": defaultValue,
		"unique": f.Unique, "externalId": f.ExternalID, "idLookup": f.ExternalID || f.Type == "id",
		"autoNumber": f.AutoNumber != "", "calculated": false,
		"filterable": f.Type != "textarea" || f.Length <= 255, "sortable": f.Type != "textarea",
		"groupable": f.Type != "textarea" && f.Type != "datetime", "aggregatable": f.Type != "boolean",
		"picklistValues": values, "restrictedPicklist": f.Restricted, "dependentPicklist": f.Controller != "",
		"controllerName": nullable(f.Controller), "referenceTo": references,
		"relationshipName": relationship, "relationshipOrder": nil, "cascadeDelete": f.Cascade, "restrictedDelete": false,
		"polymorphicForeignKey": len(f.References) > 1,
		"namePointing":          len(f.References) > 1, "inlineHelpText": nullable(f.Help), "caseSensitive": f.CaseSensitive,
		"deprecatedAndHidden": false, "encrypted": false,
		"permissionable": rights.OfField(d.Object, f), "htmlFormatted": false, "writeRequiresMasterRead": false,
	}
}

// validFor is a map of bits in base64: the first bit is set if the controlling picklist's first value allows this one.
func validFor(d records.Described, f schema.Field, v schema.PicklistValue) any {
	controller, ok := d.Field(f.Controller)
	if !ok {
		return nil
	}
	bits := make([]byte, (len(controller.Values)+7)/8)
	for i, c := range controller.Values {
		if slices.Contains(v.ValidFor, c.Value) {
			bits[i/8] |= 0x80 >> (i % 8)
		}
	}
	return base64.StdEncoding.EncodeToString(bits)
}

func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// columns describes the columns of a query, for the command line's tables.
func (s *server) columns(c call, text string) (answer, error) {
	if _, err := c.Actor.Query(c.Context(), text, false); err != nil {
		return answer{}, err
	}
	out, err := edge.RecordColumns(c.Actor, text)
	return edge.OK(out), err
}
