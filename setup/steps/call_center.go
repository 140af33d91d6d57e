package steps

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	row, namespace, err := FindCallCenter(ctx, p, s.InternalName)
	if err != nil {
		return nil, err
	}
	if namespace != "" {
		return s.beside(ctx, p, namespace)
	}
	if row == nil {
		if s.InternalName == config.DefaultCallCenter {
			return []setup.Change{setup.Right("%s comes with the package", s.InternalName)}, nil
		}
		return nil, &config.Error{
			Field: "setup.call_center",
			Message: fmt.Sprintf("the org has no call center with the internal name %s (%s comes with the package)",
				s.InternalName, config.DefaultCallCenter),
		}
	}
	have := itemsOf(row.CustomSettings)
	have["reqAdapterUrl"] = row.AdapterURL
	changes, err := s.differences(ctx, p, have)
	if err != nil {
		return changes, fmt.Errorf("call center %s: %w", s.InternalName, err)
	}
	if changes == nil {
		changes = []setup.Change{setup.Right("%s is %s × %s", s.InternalName, s.Width, s.Height)}
	}
	return changes, nil
}

// beside is the plan where a managed package has a call center of the name, and we have none.
func (s CallCenter) beside(ctx context.Context, p setup.Platforms, namespace string) ([]setup.Change, error) {
	page, err := softphonePage(ctx, p)
	if err != nil {
		return nil, err
	}
	if page == "" {
		return []setup.Change{setup.Right("%s comes with the package, though the package %s has one of this name: "+
			"the org says whether it takes a second", s.InternalName, namespace)}, nil
	}
	return nil, &config.Error{
		Field: "setup.call_center",
		Message: fmt.Sprintf("the call center %s shows the page of the package %s, not ours: import a definition with "+
			"another internal name, whose CTI Adapter URL is %s, and name it here",
			s.InternalName, namespace, setup.SoftphonePage),
	}
}

// differences are the changes of the items that are not as wanted, each one's definition with the earlier ones made.
// An item stands twice in a definition, in a section and in the settings, and no source says which one counts; so both
// are compared, and both are written. record is what the org's record says: it decides only where the org does not
// give its definition, for a record that follows neither would have to be changed for ever.
func (s CallCenter) differences(
	ctx context.Context, p setup.Platforms, record map[string]string,
) ([]setup.Change, error) {
	definition, given, unread := readCallCenter(ctx, p, s.InternalName)
	var changes []setup.Change
	for _, w := range s.settings() {
		var says []string
		var err error
		if unread == nil {
			says, err = valuesOf(definition, w.item)
		}
		if err != nil {
			return changes, err
		}
		if value, known := record[w.item]; known && (!given || len(says) == 0) {
			says = []string{value}
		}
		other := slices.IndexFunc(says, func(value string) bool { return value != w.value })
		if other < 0 && len(says) > 0 {
			continue
		}
		old := ""
		if other >= 0 {
			old = says[other]
		}
		if unread != nil {
			return changes, unread
		}
		if definition, err = setItem(definition, w.item, w.value); err != nil {
			return changes, err
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

// CallCenterItem is a value in a call center's definition: it is put back.
type CallCenterItem struct {
	CallCenter string `json:"call_center"` // internal name
	Item       string `json:"item"`
}

// Kind is its name in the record.
func (CallCenterItem) Kind() string { return "call center item" }

// Key is where it is found.
func (i CallCenterItem) Key() string { return i.CallCenter + " " + i.Item }

// Undo puts the value back into the definition as it is by then, if the value is still ours.
func (i CallCenterItem) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	now, err := i.values(ctx, p)
	switch {
	case err != nil:
		return setup.Change{}, fmt.Errorf("call center %s: %w", i.CallCenter, err)
	case len(now) == 0:
		return m.Gone(), nil
	case slices.ContainsFunc(now, func(value string) bool { return value != m.After }):
		return m.Kept(), nil
	}
	c := m.Remove(func(ctx context.Context) error {
		definition, _, err := readCallCenter(ctx, p, i.CallCenter)
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

// values are what the org says of the item, once or twice; none if the call center, or its item, is gone. The record
// speaks where the org does not give the definition.
func (i CallCenterItem) values(ctx context.Context, p setup.Platforms) ([]string, error) {
	definition, given, err := readCallCenter(ctx, p, i.CallCenter)
	if given {
		return valuesOf(definition, i.Item)
	}
	row, _, missing := FindCallCenter(ctx, p, i.CallCenter)
	if missing != nil || row == nil {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	if i.Item == "reqAdapterUrl" {
		return []string{row.AdapterURL}, nil
	}
	if value, has := itemsOf(row.CustomSettings)[i.Item]; has {
		return []string{value}, nil
	}
	return nil, nil
}

func callCenterFile(name string) string { return "callCenters/" + name + ".callCenter" }

// readCallCenter reads a definition from the org; given is false where it does not give it, and the package's stands in.
func readCallCenter(ctx context.Context, p setup.Platforms, name string) (d org.Document, given bool, err error) {
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "CallCenter", Name: name})
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return "", false, err
	}
	body, given := files[callCenterFile(name)]
	if !given {
		if body, err = sfdx.File(callCenterFile(name)); err != nil {
			return "", false, fmt.Errorf("its definition cannot be read: %w", err)
		}
	}
	return org.Document(body), given, nil
}
