package steps

import (
	"context"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// eager is the property of a utility item that the app builder calls Start automatically. Source: metadata of utility bars, FlexiPage.
const (
	eager    = "eager"
	eagerXML = "                <componentInstanceProperties><name>" + eager +
		"</name><type>decorator</type><value>true</value></componentInstanceProperties>"
)

// planStart has the softphone start with the console. One that starts when it is opened hears nothing of a call until then.
func (c *console) planStart(items []org.Element) (setup.Change, error) {
	for _, item := range items {
		how, err := startOf(c.barDoc, item)
		if err != nil {
			return setup.Change{}, err
		}
		if how.says == "true" {
			return setup.Right("Open CTI Softphone is in the utility bar %s and starts with the console", c.bar), nil
		}
	}
	how, err := startOf(c.barDoc, items[0])
	if err != nil {
		return setup.Change{}, err
	}
	what := "Open CTI Softphone in the utility bar " + c.bar
	return setup.Change{
		Action: setup.Update, What: what, Old: "started when it is opened", New: "started with the console (Start automatically)",
		Why:    "a call that rings before an agent opens it is missed unseen",
		Deploy: org.One("FlexiPage", c.bar, barFile(c.bar), string(how.set("true"))),
		Made:   []setup.Made{{What: "start of " + what, Before: how.says, After: "true", Entry: UtilityStart{Bar: c.bar}}},
	}, nil
}

// start is how an item of a bar starts.
type start struct {
	bar      org.Document
	says     string // true or false; "" if the item does not say, which is false
	property org.Element
	value    org.Element // in the property
	inside   int         // where a property of the item may stand
}

func startOf(d org.Document, item org.Element) (start, error) {
	found := start{bar: d, inside: item.From}
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
			if len(names) == 1 && len(values) == 1 && d.Text(names[0]) == eager {
				found.property, found.value, found.says = p, values[0], d.Text(values[0])
			}
		}
	}
	return found, nil
}

// set is the bar with another way to start; "" says nothing of it.
func (s start) set(says string) org.Document {
	switch {
	case s.says == "":
		return s.bar.Insert(s.inside, eagerXML)
	case says == "":
		return s.bar.Cut(s.property)
	}
	return s.bar.Replace(s.value, says)
}

// UtilityStart is how the softphone in somebody's bar starts: it starts as before again.
type UtilityStart struct {
	Bar string `json:"bar"`
}

// Kind is its name in the record.
func (UtilityStart) Kind() string { return "utility start" }

// Key is where it is found.
func (u UtilityStart) Key() string { return u.Bar }

// Undo sets it back in the bar as it is by then.
func (u UtilityStart) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	back := func(d org.Document) (org.Document, bool, error) {
		items, _, err := softphoneItems(d)
		if err != nil {
			return d, false, err
		}
		for _, item := range items {
			how, err := startOf(d, item)
			if err != nil {
				return d, false, err
			}
			if how.says == m.After && how.says != "" {
				return how.set(m.Before), true, nil
			}
		}
		return d, false, nil
	}
	return undoInFile(ctx, p, m, sfdx.Member{Type: "FlexiPage", Name: u.Bar}, barFile(u.Bar), back)
}
