package steps

import (
	"context"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// addTab puts a tab behind the last one, and into the workspace mapping of an app that has one, as the org does.
func addTab(d org.Document, tab string) (org.Document, error) {
	mappings, err := workspaceMappings(d)
	if err != nil {
		return d, err
	}
	if len(mappings) > 0 { // behind the tabs, so it is written first
		d = d.Insert(mappings[len(mappings)-1].End,
			"        <mappings>\n            <tab>"+org.Escape(tab)+"</tab>\n        </mappings>")
	}
	root, err := d.Root()
	if err != nil {
		return d, err
	}
	at := root.From
	for _, after := range []string{"label", "navType", "tabs"} { // elements stand in the order of their names
		found, err := d.Below(root, after)
		if err != nil {
			return d, err
		}
		if len(found) > 0 {
			at = max(at, found[len(found)-1].End)
		}
	}
	return d.Insert(at, "    <tabs>"+org.Escape(tab)+"</tabs>"), nil
}

// cutTab takes a tab out, and out of the workspace mapping: the org refuses a mapping of a tab that the app has not.
func cutTab(tab string) cut {
	return func(d org.Document) (org.Document, bool, error) {
		d, changed, err := cutChild("tabs", tab)(d)
		if err != nil {
			return d, false, err
		}
		mappings, err := workspaceMappings(d)
		if err != nil {
			return d, false, err
		}
		for i := len(mappings) - 1; i >= 0; i-- { // from behind, so that what is before keeps its place
			tabs, err := d.Below(mappings[i], "tab")
			if err != nil {
				return d, false, err
			}
			if len(tabs) == 1 && d.Text(tabs[0]) == tab {
				d, changed = d.Cut(mappings[i]), true
			}
		}
		return d, changed, nil
	}
}

// workspaceMappings say how the tabs of a console app open.
func workspaceMappings(d org.Document) ([]org.Element, error) {
	root, err := d.Root()
	if err != nil {
		return nil, err
	}
	configs, err := d.Below(root, "workspaceConfig")
	if err != nil || len(configs) == 0 {
		return nil, err
	}
	return d.Below(configs[0], "mappings")
}

// Tab is an item of an app's menu: it is taken out.
type Tab struct {
	App  string `json:"app"`
	Name string `json:"name"`
}

// Kind is its name in the record.
func (Tab) Kind() string { return "tab" }

// Key is where it is found.
func (t Tab) Key() string { return t.App + " " + t.Name }

// Undo takes it out of the app as it is by then.
func (t Tab) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	of := sfdx.Member{Type: "CustomApplication", Name: t.App}
	return undoInFile(ctx, p, m, of, appFile(t.App), cutTab(t.Name))
}
