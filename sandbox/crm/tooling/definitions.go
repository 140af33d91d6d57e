package tooling

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// definitions are the objects that tell of objects and fields.
func (a *API) definitions() []table {
	return []table{
		{"EntityDefinition", "Entity Definition", rights.ViewSetup, true, []string{
			"Id", "DurableId", "QualifiedApiName", "DeveloperName", "Label", "PluralLabel", "MasterLabel", "KeyPrefix",
			"NamespacePrefix", "IsCustomizable", "IsCustomSetting", "IsQueryable",
			"IsSearchable", "IsTriggerable", "InternalSharingModel",
		}, entities},
		{"FieldDefinition", "Field Definition", rights.ViewSetup, true, []string{
			"Id", "DurableId", "QualifiedApiName", "DeveloperName", "Label", "MasterLabel", "DataType", "Length", "Precision",
			"Scale", "IsNillable", "IsIndexed", "EntityDefinitionId", "NamespacePrefix", "RelationshipName",
			"EntityDefinition.QualifiedApiName", "EntityDefinition.DeveloperName", "EntityDefinition.DurableId", "EntityDefinition.Label",
		}, fieldsOf},
		{"CustomObject", "Custom Object", rights.ViewSetup, false, []string{"Id", "DeveloperName", "NamespacePrefix",
			"ManageableState", "SharingModel"}, a.customObjects},
		{"CustomField", "Custom Field", rights.ViewSetup, false, []string{"Id", "DeveloperName", "TableEnumOrId",
			"EntityDefinitionId", "NamespacePrefix", "ManageableState", "EntityDefinition.QualifiedApiName",
			"EntityDefinition.DeveloperName"}, a.customFields},
	}
}

// plain is a name without the suffix of custom things.
func plain(name string) string {
	return strings.TrimSuffix(name, "__c")
}

func entities(_ context.Context, actor *crm.Actor) ([]row, error) {
	var rows []row
	for _, o := range actor.DescribeAll() {
		sharing := o.Sharing
		if sharing == "" {
			sharing = schema.ReadWrite
		}
		rows = append(rows, row{
			"id": nil, "durableid": o.Name, "qualifiedapiname": o.Name, "developername": plain(o.Name), "label": o.Label,
			"masterlabel": o.Label, "plurallabel": o.Plural, "keyprefix": o.KeyPrefix,
			"namespaceprefix": nil, "iscustomizable": !o.Setup, "iscustomsetting": o.Setting != "", "isqueryable": true,
			"issearchable": o.Searchable, "istriggerable": !o.Setup, "internalsharingmodel": sharing,
		})
	}
	return rows, nil
}

// dataTypes are the words that people see for types of fields.
var dataTypes = map[string]string{
	"string": "Text", "textarea": "Long Text Area", "boolean": "Checkbox", "double": "Number", "currency": "Currency",
	"percent": "Percent", "int": "Number", "picklist": "Picklist", "multipicklist": "Picklist (Multi-Select)",
	"reference": "Lookup", "date": "Date", "datetime": "Date/Time", "phone": "Phone", "email": "Email", "url": "URL", "id": "ID",
}

func fieldsOf(_ context.Context, actor *crm.Actor) ([]row, error) {
	var rows []row
	for _, o := range actor.DescribeAll() {
		for _, f := range o.Fields {
			kind := dataTypes[f.Type]
			if f.Cascade && f.CreateOnly {
				kind = "Master-Detail"
			}
			if len(f.References) > 0 {
				kind += "(" + strings.Join(f.References, ",") + ")"
			}
			var relationship any
			if f.Relationship != "" {
				relationship = f.Relationship
			}
			rows = append(rows, row{
				"id": nil, "durableid": o.Name + "." + f.Name, "qualifiedapiname": f.Name, "developername": plain(f.Name),
				"label": f.Label, "masterlabel": f.Label, "datatype": kind, "length": int64(f.Length),
				"precision": int64(f.Precision), "scale": int64(f.Scale), "isnillable": !f.Required, "isindexed": f.ExternalID ||
					f.Unique || f.NameField || len(f.References) > 0, "entitydefinitionid": o.Name, "namespaceprefix": nil,
				"relationshipname": relationship, "entitydefinition.qualifiedapiname": o.Name,
				"entitydefinition.developername": plain(o.Name), "entitydefinition.durableid": o.Name, "entitydefinition.label": o.Label,
			})
		}
	}
	return rows, nil
}

func (a *API) customObjects(ctx context.Context, _ *crm.Actor) ([]row, error) {
	found, err := a.cfg.Org.Components(ctx, "CustomObject")
	var rows []row
	for _, c := range found {
		o, ok := a.cfg.Org.Schema().Object(c.FullName)
		if ok && o.Custom {
			rows = append(rows, row{"id": string(c.ID), "developername": plain(c.FullName), "namespaceprefix": nil,
				"manageablestate": "unmanaged", "sharingmodel": o.Sharing})
		}
	}
	return rows, err
}

func (a *API) customFields(ctx context.Context, _ *crm.Actor) ([]row, error) {
	found, err := a.cfg.Org.Components(ctx, "CustomField")
	if err != nil {
		return nil, err
	}
	objects, err := a.cfg.Org.Components(ctx, "CustomObject")
	ids := map[string]string{}
	for _, o := range objects {
		ids[o.FullName] = string(o.ID)
	}
	var rows []row
	for _, c := range found {
		object, field, _ := strings.Cut(c.FullName, ".")
		entity := object // of a standard object, its name
		if id := ids[object]; id != "" && strings.HasSuffix(object, "__c") {
			entity = id
		}
		rows = append(rows, row{"id": string(c.ID), "developername": plain(field), "tableenumorid": entity,
			"entitydefinitionid": entity, "namespaceprefix": nil, "manageablestate": "unmanaged",
			"entitydefinition.qualifiedapiname": object, "entitydefinition.developername": plain(object)})
	}
	return rows, err
}
