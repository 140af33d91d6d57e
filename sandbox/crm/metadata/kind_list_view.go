package metadata

import (
	"context"
	"strings"
)

func listView() kind {
	k := childOfObject("ListView", "listViews")
	k.label, k.section, k.references = "list view", "Custom Objects", (*installer).listViewReferences
	return k
}

func (in *installer) listViewReferences(_ context.Context, fullName string, e *element) error {
	object, _, _ := strings.Cut(fullName, ".")
	for _, k := range e.Kids("columns") {
		if err := in.customField(k, object+"."+strings.TrimSpace(k.text)); err != nil {
			return err
		}
	}
	return nil
}
