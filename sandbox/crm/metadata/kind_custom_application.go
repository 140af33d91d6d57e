package metadata

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

func customApplication() kind {
	return kind{
		name: "CustomApplication", folder: "applications", suffix: ".app", turn: 4, label: "custom app", section: "Application",
		references: (*installer).applicationReferences, remove: (*installer).removeApplication,
	}
}

// standardApp begins the names of the apps that come with the org.
const standardApp = "standard__"

func (in *installer) applicationReferences(ctx context.Context, _ string, e *element) error {
	if err := mappedTabs(e); err != nil {
		return err
	}
	if bar := e.get("utilityBar"); bar != "" {
		if err := in.component(ctx, e.under("utilityBar"), "utilityBar", "FlexiPage", bar); err != nil {
			return err
		}
	}
	for _, k := range e.Kids("tabs") {
		tab := strings.TrimSpace(k.text)
		if !strings.HasSuffix(tab, "__c") {
			continue
		}
		if err := in.component(ctx, k, "tab", tabKind, tab); err != nil {
			return err
		}
	}
	return nil
}

// mappedTabs wants each tab of the workspace mapping in the app's menu. Source: the platform's sentence, as people
// report it.
func mappedTabs(e *element) error {
	for _, config := range e.Kids("workspaceConfig") {
		for _, mapping := range config.Kids("mappings") {
			if tab := mapping.get("tab"); !slices.Contains(e.all("tabs"), tab) {
				return bad(mapping, "The %s tab in the workspace mapping is not defined. "+
					"Include the %s tab or remove the extra workspace mapping.", tab, tab)
			}
		}
	}
	return nil
}

func (in *installer) removeApplication(ctx context.Context, name string, _ manifest) error {
	if strings.HasPrefix(name, standardApp) {
		return &problem{fmt.Sprintf("Cannot delete standard app: %s", name), 1, 1}
	}
	return in.clear(ctx, "SetupEntityAccess", "SetupEntityId", name)
}
