package steps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
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

// setting is an item of the definition, and the value that is wanted.
type setting struct{ item, label, value string }

func (s CallCenter) settings() []setting {
	all := []setting{
		{"reqSoftphoneHeight", "Softphone Height", s.Height}, {"reqSoftphoneWidth", "Softphone Width", s.Width},
	}
	if s.AdapterURL != "" {
		all = append(all, setting{"reqAdapterUrl", "CTI Adapter URL", s.AdapterURL})
	}
	return all
}

// Plan compares the definition. Its record is readable by the data API, but is written by metadata only.
func (s CallCenter) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	soql := "SELECT AdapterUrl, CustomSettings FROM CallCenter WHERE " + org.Equals("InternalName", s.InternalName)
	rows, err := org.Query[struct{ AdapterUrl, CustomSettings string }](ctx, p.CRM, soql)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		if s.InternalName == config.DefaultCallCenter {
			return []setup.Change{setup.Right("%s comes with the package", s.InternalName)}, nil
		}
		return nil, &config.Error{
			Field: "setup.call_center",
			Message: fmt.Sprintf("the org has no call center with the internal name %s (%s comes with the package)",
				s.InternalName, config.DefaultCallCenter),
		}
	}
	have := itemsOf(rows[0].CustomSettings)
	have["reqAdapterUrl"] = rows[0].AdapterUrl
	changes, err := s.differences(ctx, p, have)
	if changes == nil && err == nil {
		changes = []setup.Change{setup.Right("%s is %s × %s", s.InternalName, s.Width, s.Height)}
	}
	return changes, err
}

// differences are the changes of the items that are not as wanted, each one's definition with the earlier ones made.
func (s CallCenter) differences(
	ctx context.Context, p setup.Platforms, have map[string]string,
) ([]setup.Change, error) {
	var changes []setup.Change
	var definition org.Document
	for _, w := range s.settings() {
		old := have[w.item]
		if old == w.value {
			continue
		}
		var err error
		if definition == "" {
			definition, err = readCallCenter(ctx, p, s.InternalName)
		}
		if err == nil {
			definition, err = setItem(definition, w.item, w.value)
		}
		if err != nil {
			return changes, fmt.Errorf("call center %s: %w", s.InternalName, err)
		}
		what := w.label + " of " + s.InternalName
		changes = append(changes, setup.Change{
			Action: setup.Update, What: what, Old: old, New: w.value, Why: "the panel is drawn by it",
			Deploy: org.One("CallCenter", s.InternalName, callCenterFile(s.InternalName), string(definition)),
			Made: []setup.Made{{
				What: what, Before: old, After: w.value,
				Entry: CallCenterItem{CallCenter: s.InternalName, Item: w.item},
			}},
		})
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

// CallCenterItem is a value in a call center's definition: it is put back.
type CallCenterItem struct {
	CallCenter string `json:"call_center"` // internal name
	Item       string `json:"item"`
}

// Kind is its name in the record.
func (CallCenterItem) Kind() string { return "call center item" }

// Key is where it is found.
func (i CallCenterItem) Key() string { return i.CallCenter + " " + i.Item }

// Undo puts the value back into the definition as it is by then.
func (i CallCenterItem) Undo(_ context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	c := m.Remove(func(ctx context.Context) error {
		definition, err := readCallCenter(ctx, p, i.CallCenter)
		if err == nil {
			definition, err = setItem(definition, i.Item, m.Before)
		}
		if err != nil {
			return fmt.Errorf("call center %s: %w", i.CallCenter, err)
		}
		return org.Deploy(ctx, p.CRM, org.One("CallCenter", i.CallCenter, callCenterFile(i.CallCenter), string(definition)))
	})
	c.What += " back to " + m.Before
	return c, nil
}

func callCenterFile(name string) string { return "callCenters/" + name + ".callCenter" }

// readCallCenter reads a definition from the org, or the package's where the org does not give it.
func readCallCenter(ctx context.Context, p setup.Platforms, name string) (org.Document, error) {
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "CallCenter", Name: name})
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return "", err
	}
	body, there := files[callCenterFile(name)]
	if !there {
		if body, err = sfdx.File(callCenterFile(name)); err != nil {
			return "", fmt.Errorf("its definition cannot be read: %w", err)
		}
	}
	return org.Document(body), nil
}

// setItem gives an item of a definition another value; the short form beside the sections follows.
func setItem(d org.Document, item, value string) (org.Document, error) {
	root, err := d.Root()
	if err != nil {
		return d, err
	}
	sections, err := d.Below(root, "sections")
	if err != nil {
		return d, err
	}
	for _, section := range sections {
		items, err := d.Below(section, "items")
		if err != nil {
			return d, err
		}
		for _, one := range items {
			names, err := d.Below(one, "name")
			if err != nil {
				return d, err
			}
			if len(names) == 1 && d.Text(names[0]) == item {
				return setItemAt(d, one, item, value)
			}
		}
	}
	return d, fmt.Errorf("the definition has no item %s", item)
}

func setItemAt(d org.Document, at org.Element, item, value string) (org.Document, error) {
	values, err := d.Below(at, "value")
	if err != nil {
		return d, err
	}
	if len(values) != 1 {
		return d, fmt.Errorf("the item %s has no value", item)
	}
	d = d.Replace(values[0], value)
	if item == "reqAdapterUrl" {
		return d.SetChild("adapterUrl", value)
	}
	return d, nil
}
