package metadata

import "strings"

// The types whose components mean nothing to the org itself: they are checked, kept and given back.

// keptKinds are those that have files of their own.
func keptKinds() []kind {
	const security = "Security Controls"
	return []kind{
		{name: "CspTrustedSite", folder: "cspTrustedSites", suffix: ".cspTrustedSite", turn: 3, label: "trusted URL", section: security},
		{name: "CorsWhitelistOrigin", folder: "corsWhitelistOrigins", suffix: ".corsWhitelistOrigin", turn: 3,
			label: "CORS allowed origin", section: security},
		{name: "RemoteSiteSetting", folder: "remoteSiteSettings", suffix: ".remoteSite", turn: 3, label: "remote site", section: security},
		{name: "IframeWhiteListUrlSettings", folder: "iframeWhiteListUrlSettings", suffix: ".iframeWhiteListUrlSettings", turn: 3},
	}
}

func customPermission() kind {
	return kind{name: "CustomPermission", folder: "customPermissions", suffix: ".customPermission"}
}

// objectChildren are what stands within an object's file.
func objectChildren() []kind {
	return []kind{
		customField(), listView(), childOfObject("CompactLayout", "compactLayouts"), childOfObject("ValidationRule", "validationRules"),
		childOfObject("WebLink", "webLinks"), childOfObject("FieldSet", "fieldSets"), childOfObject("RecordType", "recordTypes"),
		childOfObject("BusinessProcess", "businessProcesses"), childOfObject("Index", "indexes"),
		childOfObject("SharingReason", "sharingReasons"),
	}
}

func childOfObject(name, element string) kind {
	suffix := "." + strings.ToLower(name[:1]) + name[1:]
	return kind{name: name, suffix: suffix, parent: objectKind, element: element, turn: objectTurn}
}
