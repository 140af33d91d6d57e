package steps

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/setup/org"
)

// itemsOf reads the settings of a call center, from its record or from its definition; keys may be paths.
func itemsOf(settings string) map[string]string {
	var raw map[string]any
	items := map[string]string{}
	if json.Unmarshal([]byte(settings), &raw) != nil {
		return items
	}
	for key, value := range raw {
		items[itemName(key)] = fmt.Sprint(value)
	}
	return items
}

func itemName(key string) string { return key[strings.LastIndex(key, "/")+1:] }

// valuesOf are the values that a definition gives an item: in its sections, in its settings, or in both.
func valuesOf(d org.Document, item string) ([]string, error) {
	var all []string
	values, err := itemValues(d, item)
	for _, e := range values {
		all = append(all, d.Text(e))
	}
	if err != nil {
		return all, err
	}
	settings, err := customSettings(d)
	if err != nil || settings == nil {
		return all, err
	}
	if value, has := itemsOf(d.Text(*settings))[item]; has {
		all = append(all, value)
	}
	return all, nil
}

// setItem gives an item another value wherever the definition has it; the short form of an address follows.
func setItem(d org.Document, item, value string) (org.Document, error) {
	values, err := itemValues(d, item)
	if err != nil {
		return d, err
	}
	found := len(values) > 0
	for i := len(values) - 1; i >= 0; i-- { // from behind, so that what is before keeps its place
		d = d.Replace(values[i], value)
	}
	settings, err := customSettings(d)
	if err != nil {
		return d, err
	}
	if settings != nil {
		edited, has, err := setSetting(d.Text(*settings), item, value)
		if err != nil {
			return d, err
		}
		if has {
			d, found = d.Replace(*settings, edited), true
		}
	}
	if !found {
		return d, fmt.Errorf("the definition has no item %s", item)
	}
	if item == "reqAdapterUrl" {
		return d.SetChild("adapterUrl", value)
	}
	return d, nil
}

// setSetting gives an item of the settings another value; false if they do not have it.
func setSetting(settings, item, value string) (string, bool, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal([]byte(settings), &raw); err != nil {
		return "", false, nil // settings that nobody can read are left alone
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "", false, err
	}
	has := false
	for key := range raw {
		if itemName(key) == item {
			raw[key], has = text, true
		}
	}
	body, err := json.Marshal(raw)
	return string(body), has, err
}

// customSettings is the definition's element for its settings; nil if it has none.
func customSettings(d org.Document) (*org.Element, error) {
	root, err := d.Root()
	if err != nil {
		return nil, err
	}
	found, err := d.Below(root, "customSettings")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// itemValues are where the sections hold the value of an item, in the order of the file.
func itemValues(d org.Document, item string) ([]org.Element, error) {
	root, err := d.Root()
	if err != nil {
		return nil, err
	}
	sections, err := d.Below(root, "sections")
	if err != nil {
		return nil, err
	}
	var all []org.Element
	for _, section := range sections {
		items, err := d.Below(section, "items")
		if err != nil {
			return nil, err
		}
		for _, one := range items {
			names, err := d.Below(one, "name")
			if err != nil {
				return nil, err
			}
			if len(names) != 1 || d.Text(names[0]) != item {
				continue
			}
			values, err := d.Below(one, "value")
			if err != nil {
				return nil, err
			}
			if len(values) != 1 {
				return nil, fmt.Errorf("the item %s has no value", item)
			}
			all = append(all, values[0])
		}
	}
	return all, nil
}
