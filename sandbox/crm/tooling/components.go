package tooling

import (
	"context"
	"encoding/xml"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
)

// described are the elements of deployed metadata that queries ask for. Unknown elements are skipped.
type described struct {
	Label       string `xml:"label"`
	MasterLabel string `xml:"masterLabel"`
	Description string `xml:"description"`
	Type        string `xml:"type"`
	Object      string `xml:"sobjectType"`
	NavType     string `xml:"navType"`
	UIType      string `xml:"uiType"`
	UtilityBar  string `xml:"utilityBar"`
	Endpoint    string `xml:"endpointUrl"`
	Context     string `xml:"context"`
	Active      bool   `xml:"isActive"`
	URLPattern  string `xml:"urlPattern"`
	Motif       string `xml:"motif"`
}

// components are the objects that tell of deployed metadata.
func (a *API) components() []table {
	common := []string{"Id", "DeveloperName", "MasterLabel", "NamespacePrefix", "ManageableState", "CreatedDate",
		"LastModifiedDate", "CreatedById", "LastModifiedById"}
	of := func(kind string, more func(row, string, described)) func(context.Context, *crm.Actor) ([]row, error) {
		return func(ctx context.Context, _ *crm.Actor) ([]row, error) { return a.deployed(ctx, kind, more) }
	}
	return []table{
		{"FlexiPage", "Lightning Page", rights.ViewSetup, false, append(common, "Type", "EntityDefinitionId",
			"Description"), of("FlexiPage", func(r row, _ string, d described) {
			r["type"], r["entitydefinitionid"], r["description"] = d.Type, text(d.Object), text(d.Description)
		})},
		{"Layout", "Page Layout", rights.ViewSetup, false, append(common, "Name", "TableEnumOrId", "EntityDefinitionId"),
			of("Layout", func(r row, name string, _ described) {
				object, short, _ := strings.Cut(name, "-")
				r["name"], r["tableenumorid"], r["entitydefinitionid"] = short, object, object
			})},
		{"CustomTab", "Custom Tab", rights.ViewSetup, false, append(common, "Type", "Motif"),
			of("CustomTab", func(r row, _ string, d described) { r["type"], r["motif"] = "customObject", text(d.Motif) })},
		{"CustomApplication", "Custom Application", rights.ViewSetup, false,
			append(common, "Label", "NavType", "UiType", "Description"), of("CustomApplication", application)},
		{"AppDefinition", "App Definition", "", true, append(common, "DurableId", "Label", "NavType", "UiType",
			"UtilityBar", "Description"), of("CustomApplication", application)},
		{"CspTrustedSite", "CSP Trusted Site", rights.ViewSetup, true,
			append(common, "EndpointUrl", "Context", "IsActive", "Description"), of("CspTrustedSite", func(r row, _ string, d described) {
				r["endpointurl"], r["context"], r["isactive"], r["description"] = d.Endpoint, text(d.Context), d.Active, text(d.Description)
			})},
		{"CorsWhitelistEntry", "CORS Allowed Origin", rights.ViewSetup, true, append(common, "UrlPattern"),
			of("CorsWhitelistOrigin", func(r row, _ string, d described) { r["urlpattern"] = d.URLPattern })},
		{"GlobalValueSet", "Global Value Set", rights.ViewSetup, false, append(common, "Description"),
			of("GlobalValueSet", func(r row, _ string, d described) { r["description"] = text(d.Description) })},
	}
}

// application tells of a console; the standard one's file says standard__ before its name.
func application(r row, name string, d described) {
	short := strings.TrimPrefix(name, "standard__")
	r["developername"], r["durableid"], r["label"], r["navtype"], r["uitype"], r["utilitybar"], r["description"] = short,
		r["id"], text(d.Label), text(d.NavType), text(d.UIType), text(d.UtilityBar), text(d.Description)
}

func text(value string) any {
	if value == "" {
		return nil
	}
	return value
}

func (a *API) deployed(ctx context.Context, kind string, more func(row, string, described)) ([]row, error) {
	found, err := a.cfg.Org.Components(ctx, kind)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, c := range found {
		var d described
		for name, body := range c.Files {
			if strings.HasSuffix(name, "-meta.xml") || len(c.Files) == 1 {
				if err := xml.Unmarshal(body, &d); err != nil {
					return nil, err
				}
			}
		}
		label := d.MasterLabel
		if label == "" {
			label = d.Label
		}
		if label == "" {
			label = c.FullName
		}
		r := row{"id": string(c.ID), "developername": c.FullName, "masterlabel": label, "namespaceprefix": nil, "manageablestate": "unmanaged",
			"createddate": c.Created.Format(records.DateTime), "lastmodifieddate": c.Modified.Format(records.DateTime),
			"createdbyid": text(string(c.CreatedBy)), "lastmodifiedbyid": text(string(c.ModifiedBy))}
		more(r, c.FullName, d)
		rows = append(rows, r)
	}
	return rows, nil
}
