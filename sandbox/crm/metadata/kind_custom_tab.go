package metadata

import "context"

func customTab() kind {
	return kind{
		name: tabKind, folder: "tabs", suffix: ".tab", turn: 3, label: "custom tab", section: "Custom Tabs",
		references: (*installer).tabReferences, remove: (*installer).removeTab,
	}
}

const tabKind = "CustomTab"

func (in *installer) tabReferences(ctx context.Context, fullName string, e *element) error {
	if e.get("customObject") == "true" {
		if _, ok := in.actor.Object(fullName); !ok {
			return bad(e, "In field: customObject - no CustomObject named %s found", fullName)
		}
	}
	if page := e.get("page"); page != "" {
		return in.component(ctx, e.under("page"), "page", pageKind, page)
	}
	return nil
}

func (in *installer) removeTab(ctx context.Context, name string, _ manifest) error {
	return in.clear(ctx, "PermissionSetTabSetting", "Name", name)
}
