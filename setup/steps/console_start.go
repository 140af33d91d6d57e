package steps

import (
	"cmp"
	"context"
	"strings"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// eager is the property of a utility item that the app builder calls Start automatically. Source: metadata of utility bars, FlexiPage.
const eager = "eager"

// planStart has an item start with the console. A softphone that starts when it is opened hears nothing of a call until then.
func (c *console) planStart(item barItem, have []org.Element) (setup.Change, error) {
	what := item.is + " in the utility bar " + c.bar
	for _, e := range have {
		how, err := propertyOf(c.barDoc, e, eager)
		if err != nil {
			return setup.Change{}, err
		}
		if how.says == "true" {
			return setup.Right("%s is in the utility bar %s and starts with the console", item.is, c.bar), nil
		}
	}
	how, err := propertyOf(c.barDoc, have[0], eager)
	if err != nil {
		return setup.Change{}, err
	}
	c.barDoc = how.set("true", "decorator")
	return setup.Change{
		Action: setup.Update, What: what, Old: "started when it is opened", New: "started with the console (Start automatically)",
		Why: item.startWhy, Deploy: c.deployedBar(),
		Made: []setup.Made{{
			What: "start of " + what, Before: how.says, After: "true", Entry: UtilityStart{Bar: c.bar, Component: other(item.component)},
		}},
	}, nil
}

// other is a component that is not the softphone.
func other(component string) string {
	if component == softphoneItem {
		return ""
	}
	return component
}

// planOrigin has our component hear the softphone's page: it knows its frame by the origin.
func (c *console) planOrigin(item barItem) ([]setup.Change, error) {
	have, _, err := utilityItems(c.barDoc, item.component)
	if err != nil || len(have) == 0 {
		return nil, err
	}
	how, err := propertyOf(c.barDoc, have[0], pageOrigin)
	if err != nil || how.says == item.origin {
		return nil, err
	}
	c.barDoc = how.set(item.origin, "")
	what := "Origin of Visualforce pages of " + item.is + " in the utility bar " + c.bar
	return []setup.Change{{
		Action: setup.Update, What: what, Old: how.says, New: item.origin, Why: item.why, Deploy: c.deployedBar(),
		Made: []setup.Made{{
			What: what, Before: how.says, After: item.origin, Entry: UtilityOrigin{Bar: c.bar, Component: item.component},
		}},
	}}, nil
}

// said is what an item of a bar says of a property.
type said struct {
	bar      org.Document
	name     string
	says     string // "" if the item does not say
	property org.Element
	value    org.Element // in the property
	inside   int         // where a property of the item may stand
}

func propertyOf(d org.Document, item org.Element, name string) (said, error) {
	found := said{bar: d, name: name, inside: item.From}
	instances, err := d.Below(item, "componentInstance")
	if err != nil {
		return found, err
	}
	for _, instance := range instances {
		found.inside = instance.From
		properties, err := d.Below(instance, "componentInstanceProperties")
		if err != nil {
			return found, err
		}
		for _, p := range properties {
			names, err := d.Below(p, "name")
			if err != nil {
				return found, err
			}
			values, err := d.Below(p, "value")
			if err != nil {
				return found, err
			}
			if len(names) == 1 && len(values) == 1 && d.Text(names[0]) == name {
				found.property, found.value, found.says = p, values[0], d.Text(values[0])
			}
		}
	}
	return found, nil
}

// set is the bar with another value; "" says nothing of it. kind is that of a property that was not there.
func (s said) set(value, kind string) org.Document {
	switch {
	case s.property == org.Element{}:
		return s.bar.Insert(s.inside, property(s.name, kind, value))
	case value == "":
		return s.bar.Cut(s.property)
	}
	return s.bar.Replace(s.value, value)
}

// UtilityStart is how an item in somebody's bar starts: it starts as before again.
type UtilityStart struct {
	Bar       string `json:"bar"`
	Component string `json:"component,omitzero"` // "" for the softphone
}

// Kind is its name in the record.
func (UtilityStart) Kind() string { return "utility start" }

// Key is where it is found.
func (u UtilityStart) Key() string { return strings.TrimSpace(u.Bar + " " + u.Component) }

// Undo sets it back in the bar as it is by then.
func (u UtilityStart) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	return undoProperty(ctx, p, m, u.Bar, cmp.Or(u.Component, softphoneItem), eager)
}

// UtilityOrigin is whom our component in a bar hears: it hears whom it heard before again.
type UtilityOrigin struct {
	Bar       string `json:"bar"`
	Component string `json:"component"`
}

// Kind is its name in the record.
func (UtilityOrigin) Kind() string { return "utility origin" }

// Key is where it is found.
func (u UtilityOrigin) Key() string { return u.Bar + " " + u.Component }

// Undo sets it back in the bar as it is by then.
func (u UtilityOrigin) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	return undoProperty(ctx, p, m, u.Bar, u.Component, pageOrigin)
}

// undoProperty gives the property of an item the value that it had, if it still says what apply had it say.
func undoProperty(ctx context.Context, p setup.Platforms, m setup.Made, bar, component, name string) (setup.Change, error) {
	back := func(d org.Document) (org.Document, bool, error) {
		items, _, err := utilityItems(d, component)
		if err != nil {
			return d, false, err
		}
		for _, item := range items {
			how, err := propertyOf(d, item, name)
			if err != nil {
				return d, false, err
			}
			if how.says == m.After && how.says != "" {
				return how.set(m.Before, ""), true, nil
			}
		}
		return d, false, nil
	}
	return undoInFile(ctx, p, m, sfdx.Member{Type: "FlexiPage", Name: bar}, barFile(bar), back)
}
