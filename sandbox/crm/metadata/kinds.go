package metadata

import (
	"path"
	"slices"
	"strings"
)

// kind is a type of metadata: where its files are, and when its turn comes: objects before rights, pages before what names them.
type kind struct {
	name, folder, suffix string
	turn                 int
	content              bool // a file with the content beside the description, whose name then ends in -meta.xml
	children             []child
}

// child is a component that stands within another's file.
type child struct{ kind, element string }

// kinds are the types that this org knows. Source: salesforce-surface.md §3.4.
var kinds = []kind{
	{"GlobalValueSet", "globalValueSets", ".globalValueSet", 0, false, nil},
	{"CustomPermission", "customPermissions", ".customPermission", 0, false, nil},
	{"CustomObject", "objects", ".object", 1, false, []child{
		{"CustomField", "fields"}, {"ListView", "listViews"}, {"CompactLayout", "compactLayouts"}, {"ValidationRule", "validationRules"}, {"WebLink", "webLinks"},
		{"FieldSet", "fieldSets"}, {"RecordType", "recordTypes"}, {"BusinessProcess", "businessProcesses"}, {"Index", "indexes"}, {"SharingReason", "sharingReasons"},
	}},
	{"CustomTab", "tabs", ".tab", 2, false, nil},
	{"StaticResource", "staticresources", ".resource", 2, true, nil},
	{"ContentAsset", "contentassets", ".asset", 2, true, nil},
	{"ApexPage", "pages", ".page", 3, true, nil},
	{"Layout", "layouts", ".layout", 3, false, nil},
	{"CallCenter", "callCenters", ".callCenter", 3, false, nil},
	{"FlexiPage", "flexipages", ".flexipage", 3, false, nil},
	{"CspTrustedSite", "cspTrustedSites", ".cspTrustedSite", 3, false, nil},
	{"CorsWhitelistOrigin", "corsWhitelistOrigins", ".corsWhitelistOrigin", 3, false, nil},
	{"RemoteSiteSetting", "remoteSiteSettings", ".remoteSite", 3, false, nil},
	{"IframeWhiteListUrlSettings", "iframeWhiteListUrlSettings", ".iframeWhiteListUrlSettings", 3, false, nil},
	{"ServiceChannel", "serviceChannels", ".serviceChannel", 3, false, nil},
	{"ServicePresenceStatus", "servicePresenceStatuses", ".servicePresenceStatus", 4, false, nil},
	{"Flow", "flows", ".flow", 4, false, nil},
	{"Settings", "settings", ".settings", 3, false, nil},
	{"CustomApplication", "applications", ".app", 4, false, nil},
	{"PermissionSet", "permissionsets", ".permissionset", 5, false, nil},
	{"ExternalClientApplication", "externalClientApps", ".eca", 6, false, nil},
	{"ExtlClntAppOauthSettings", "extlClntAppOauthSettings", ".ecaOauth", 7, false, nil},
	{"ExtlClntAppGlobalOauthSettings", "extlClntAppGlobalOauthSets", ".ecaGlblOauth", 7, false, nil},
	{"ExtlClntAppOauthConfigurablePolicies", "extlClntAppOauthPolicies", ".ecaOauthPlcy", 7, false, nil},
	{"ExtlClntAppConfigurablePolicies", "extlClntAppPolicies", ".ecaPlcy", 7, false, nil},
	{"ConnectedApp", "connectedApps", ".connectedApp", 7, false, nil},
}

func kindNamed(name string) (kind, bool) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return kind{}, false
	}
	return kinds[i], true
}

func kindOfFolder(folder string) (kind, bool) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.folder == folder })
	if i < 0 {
		return kind{}, false
	}
	return kinds[i], true
}

// parentOf is the type within whose files a type stands, and how.
func parentOf(name string) (kind, child, bool) {
	for _, k := range kinds {
		for _, c := range k.children {
			if c.kind == name {
				return k, c, true
			}
		}
	}
	return kind{}, child{}, false
}

// file is where a component is in an archive; that of a child is its parent's.
func (k kind) file(fullName string) string {
	return path.Join(k.folder, fullName+k.suffix)
}

// fileOf is the same for any type, children included; "" for one that is not known.
func fileOf(name, fullName string) string {
	if k, ok := kindNamed(name); ok {
		return k.file(fullName)
	}
	if k, _, ok := parentOf(name); ok {
		object, _, _ := strings.Cut(fullName, ".")
		return k.file(object)
	}
	return ""
}
