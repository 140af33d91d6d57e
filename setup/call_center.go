package setup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// CallCenter is the softphone's size and address in the call center definition.
type CallCenter struct {
	InternalName  string
	Height, Width string // pixels
	AdapterURL    string // "" leaves what is there
}

// Name says what it is.
func (CallCenter) Name() string { return "call center" }

// settings are the values that are wanted, by item.
func (s CallCenter) settings() []struct{ item, label, value string } {
	all := []struct{ item, label, value string }{{"reqSoftphoneHeight", "Softphone Height", s.Height}, {"reqSoftphoneWidth", "Softphone Width", s.Width}}
	if s.AdapterURL != "" {
		all = append(all, struct{ item, label, value string }{"reqAdapterUrl", "CTI Adapter URL", s.AdapterURL})
	}
	return all
}

// Plan compares the definition. Its record is readable by the data API, but is written by metadata only.
func (s CallCenter) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	rows, err := query[struct{ AdapterUrl, CustomSettings string }](ctx, p.CRM, "SELECT AdapterUrl, CustomSettings FROM CallCenter WHERE "+equals("InternalName", s.InternalName))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		if s.InternalName == "ACLightningAdapter" {
			return []Change{{Action: Nothing, What: "ACLightningAdapter comes with the package"}}, nil
		}
		return nil, &ConfigError{Field: "setup.call_center", Message: fmt.Sprintf("the org has no call center with the internal name %s (ACLightningAdapter comes with the package)", s.InternalName)}
	}
	have := itemsOf(rows[0].CustomSettings)
	have["reqAdapterUrl"] = rows[0].AdapterUrl
	var changes []Change
	for _, w := range s.settings() {
		old := have[w.item]
		if old == w.value {
			continue
		}
		what := w.label + " of " + s.InternalName
		changes = append(changes, Change{Action: Update, What: what, Old: old, New: w.value, Why: "the panel is drawn by it",
			made: []Made{{Kind: Setting, What: what, Object: "CallCenter", Name: s.InternalName, Entry: w.item, Before: old, After: w.value}},
			do:   func(ctx context.Context) error { return setItem(ctx, p, s.InternalName, w.item, w.value) }})
	}
	if changes == nil {
		changes = []Change{right("%s is %s × %s", s.InternalName, s.Width, s.Height)}
	}
	return changes, nil
}

// itemsOf reads the settings of a call center's record; keys may be paths.
func itemsOf(settings string) map[string]string {
	var raw map[string]any
	items := map[string]string{}
	if json.Unmarshal([]byte(settings), &raw) != nil {
		return items
	}
	for key, value := range raw {
		items[key[strings.LastIndex(key, "/")+1:]] = fmt.Sprint(value)
	}
	return items
}

// setItem changes one item of the definition and deploys it.
func setItem(ctx context.Context, p Platforms, name, item, value string) error {
	file := "callCenters/" + name + ".callCenter"
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "CallCenter", Name: name})
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return err
	}
	body, there := files[file]
	if !there {
		if body, err = sfdx.File(file); err != nil {
			return fmt.Errorf("call center %s: its definition cannot be read: %w", name, err)
		}
	}
	edited, err := document(body).setItem(item, value)
	if err != nil {
		return fmt.Errorf("call center %s: %w", name, err)
	}
	return deployOne(ctx, p, "CallCenter", name, file, string(edited))
}

// setItem gives an item of a definition another value; the short form beside the sections follows.
func (d document) setItem(item, value string) (document, error) {
	root, err := d.root()
	if err != nil {
		return d, err
	}
	sections, err := d.below(root, "sections")
	if err != nil {
		return d, err
	}
	for _, section := range sections {
		items, err := d.below(section, "items")
		if err != nil {
			return d, err
		}
		for _, one := range items {
			names, err := d.below(one, "name")
			if err != nil {
				return d, err
			}
			if len(names) != 1 || d.text(names[0]) != item {
				continue
			}
			values, err := d.below(one, "value")
			if err != nil {
				return d, err
			}
			if len(values) != 1 {
				return d, fmt.Errorf("the item %s has no value", item)
			}
			d = d.replace(values[0], value)
			if item == "reqAdapterUrl" {
				return d.setChild("adapterUrl", value)
			}
			return d, nil
		}
	}
	return d, fmt.Errorf("the definition has no item %s", item)
}
