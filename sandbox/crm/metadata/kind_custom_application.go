package metadata

import (
	"context"
	"fmt"
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

func (in *installer) removeApplication(ctx context.Context, name string, _ manifest) error {
	if strings.HasPrefix(name, standardApp) {
		return &problem{fmt.Sprintf("Cannot delete standard app: %s", name), 1, 1}
	}
	return in.clear(ctx, "SetupEntityAccess", "SetupEntityId", name)
}
