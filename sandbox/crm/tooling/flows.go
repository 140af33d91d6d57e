package tooling

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
)

// flows are the objects that tell of flows. Of each there is one version. Source: Object reference, FlowDefinitionView and FlowVersionView;
// Tooling API, Flow and FlowDefinition.
func (a *API) flows() []table {
	return []table{
		{"FlowDefinitionView", "Flow Definition View", rights.ViewSetup, true, []string{
			"Id", "DurableId", "ApiName", "Label", "Description", "ProcessType", "TriggerType", "NamespacePrefix",
			"ActiveVersionId", "LatestVersionId", "VersionNumber", "IsActive", "IsOutOfDate", "IsTemplate",
			"IsSwingFlow", "Builder", "ManageableState", "InstalledPackageName", "ApiVersion", "LastModifiedBy", "LastModifiedDate",
		}, a.each(flowDefinition)},
		{"FlowVersionView", "Flow Version View", rights.ViewSetup, true, []string{
			"Id", "DurableId", "FlowDefinitionViewId", "Label", "Description", "ProcessType", "Status", "VersionNumber",
			"ApiVersion", "ApiVersionRuntime", "RunInMode", "IsTemplate", "IsSwingFlow",
			"FlowDefinitionView.ApiName", "FlowDefinitionView.Label", "FlowDefinitionView.DurableId",
		}, a.each(flowVersion)},
		{"FlowDefinition", "Flow Definition", rights.ViewSetup, false, []string{
			"Id", "DeveloperName", "MasterLabel", "Description", "NamespacePrefix", "ManageableState", "ActiveVersionId",
			"LatestVersionId", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById",
			"ActiveVersion.VersionNumber", "LatestVersion.VersionNumber",
		}, a.each(flowDefinition)},
		{"Flow", "Flow", rights.ViewSetup, false, []string{
			"Id", "FullName", "DefinitionId", "MasterLabel", "Description", "ProcessType", "Status", "VersionNumber",
			"ApiVersion", "IsTemplate", "ManageableState", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById",
			"Definition.DeveloperName", "Definition.ActiveVersionId", "Definition.LatestVersionId",
		}, a.each(flowVersion)},
	}
}

// each makes a row of every flow.
func (a *API) each(of func(crm.FlowDefinition, string) row) func(context.Context, *crm.Actor) ([]row, error) {
	return func(ctx context.Context, _ *crm.Actor) ([]row, error) {
		all, err := a.cfg.Org.Flows(ctx)
		if err != nil {
			return nil, err
		}
		var rows []row
		for _, f := range all {
			by := ""
			if u, err := a.cfg.Org.People.User(ctx, f.ModifiedBy); err == nil {
				by = u.Name
			}
			rows = append(rows, of(f, by))
		}
		return rows, nil
	}
}

func flowDefinition(f crm.FlowDefinition, by string) row {
	var active any
	if f.Active() {
		active = string(f.Version)
	}
	var number any
	if f.Active() {
		number = int64(1)
	}
	return row{
		"id": string(f.ID), "durableid": string(f.ID), "apiname": f.Name, "developername": f.Name, "label": f.Flow.Label,
		"masterlabel": f.Flow.Label, "description": text(f.Flow.Description),
		"processtype": f.Flow.ProcessType, "triggertype": nil, "namespaceprefix": nil, "activeversionid": active,
		"latestversionid": string(f.Version), "versionnumber": int64(1), "isactive": f.Active(),
		"isoutofdate": false, "istemplate": false, "isswingflow": false, "builder": "Flow Builder",
		"manageablestate": "unmanaged", "installedpackagename": nil, "apiversion": int64(f.Flow.APIVersion),
		"lastmodifiedby": text(by), "lastmodifieddate": f.Modified.UTC().Format(records.DateTime),
		"createddate": f.Created.UTC().Format(records.DateTime), "createdbyid": text(string(f.CreatedBy)),
		"lastmodifiedbyid":            text(string(f.ModifiedBy)),
		"activeversion.versionnumber": number, "latestversion.versionnumber": int64(1),
	}
}

func flowVersion(f crm.FlowDefinition, by string) row {
	d := flowDefinition(f, by)
	return row{
		"id": string(f.Version), "durableid": string(f.Version), "flowdefinitionviewid": string(f.ID),
		"definitionid": string(f.ID), "fullname": f.Name, "label": f.Flow.Label, "masterlabel": f.Flow.Label,
		"description": text(f.Flow.Description), "processtype": f.Flow.ProcessType, "status": f.Flow.Status,
		"versionnumber": int64(1), "apiversion": int64(f.Flow.APIVersion), "apiversionruntime": int64(f.Flow.APIVersion),
		"runinmode": nil, "istemplate": false, "isswingflow": false, "manageablestate": "unmanaged",
		"createddate": d["createddate"], "createdbyid": d["createdbyid"], "lastmodifieddate": d["lastmodifieddate"],
		"lastmodifiedbyid": d["lastmodifiedbyid"], "flowdefinitionview.apiname": f.Name,
		"flowdefinitionview.label": f.Flow.Label, "flowdefinitionview.durableid": string(f.ID),
		"definition.developername": f.Name, "definition.activeversionid": d["activeversionid"], "definition.latestversionid": string(f.Version),
	}
}
