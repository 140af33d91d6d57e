package steps

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

const ownBar = "Patchcord_UtilityBar"

// barXML is a bar of these items.
func barXML(items []barItem) string {
	var all strings.Builder
	for _, item := range items {
		all.WriteString(item.xml() + "\n")
	}
	return `<?xml version="1.0" encoding="UTF-8"?>
<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
    <flexiPageRegions>
` + all.String() + `        <name>utilityItems</name>
        <type>Region</type>
    </flexiPageRegions>
    <masterLabel>Patchcord Utility Bar</masterLabel>
    <template>
        <name>one:utilityBarTemplateDesktop</name>
    </template>
    <type>UtilityBar</type>
</FlexiPage>
`
}

// inWords are the names of items.
func inWords(items []barItem) string {
	var names []string
	for _, item := range items {
		names = append(names, item.is)
	}
	return strings.Join(names, ", ")
}

func barFile(name string) string { return "flexipages/" + name + ".flexipage" }

// planBar puts the softphone, and what it needs beside it, into the bar that the app has, or gives the app a bar. A bar that
// cannot be read, as a package's, stays in its place: what else is in it would be lost to the agents.
func (c *console) planBar(hosts setup.Hosts, items []barItem) ([]setup.Change, error) {
	if c.bar == "" || c.bar == ownBar && c.barDoc == "" {
		change, err := c.giveBar(items)
		return []setup.Change{change}, err
	}
	if c.barDoc == "" {
		return []setup.Change{{
			Action: setup.Person, Why: consoleWhy, Link: hosts.Lightning + "/lightning/setup/NavigationMenus/home",
			What: "Add " + inWords(items) + " to the utility bar " + c.bar + " of " + c.app +
				" by hand, if it is not there: the org does not let the bar be read.",
		}}, nil
	}
	var changes []setup.Change
	for _, item := range items {
		of, err := c.planItem(item)
		if err != nil {
			return changes, err
		}
		changes = append(changes, of...)
	}
	return changes, nil
}

// planItem puts one item into the bar that can be read, or sees to how it starts and whom it hears.
func (c *console) planItem(item barItem) ([]setup.Change, error) {
	have, _, err := utilityItems(c.barDoc, item.component)
	if err != nil {
		return nil, err
	}
	if len(have) > 0 {
		started, err := c.planStart(item, have)
		if err != nil || item.origin == "" {
			return []setup.Change{started}, err
		}
		heard, err := c.planOrigin(item)
		return append([]setup.Change{started}, heard...), err
	}
	if c.barDoc, err = addItem(c.barDoc, item); err != nil {
		return nil, err
	}
	return []setup.Change{{
		Action: setup.Update, What: "utility bar " + c.bar,
		Old: "without " + item.without(), New: "with " + item.is + " as its last item",
		Why: item.why, Deploy: c.deployedBar(),
		Made: []setup.Made{{
			What:  item.is + " in the utility bar " + c.bar,
			Entry: UtilityItem{Bar: c.bar, Name: item.component},
		}},
	}}, nil
}

func (b barItem) without() string {
	if b.component == softphoneItem {
		return "softphone"
	}
	return b.is
}

// deployedBar is the bar as it is by now.
func (c *console) deployedBar() sfdx.Bundle {
	return org.One("FlexiPage", c.bar, barFile(c.bar), string(c.barDoc))
}

// giveBar plans our bar, and its name in the app.
func (c *console) giveBar(items []barItem) (change setup.Change, err error) {
	if c.appDoc, err = c.appDoc.SetChild("utilityBar", ownBar, "uiType", "tabs", "label"); err != nil {
		return setup.Change{}, err
	}
	change = setup.Change{
		Action: setup.Create, What: inWords(items) + " in the utility bar of " + c.app, Why: consoleWhy,
		Deploy: c.deployed(),
		Made: []setup.Made{
			{What: "utility bar " + ownBar, Entry: component("FlexiPage", ownBar)},
			{What: "utility bar of " + c.app, Entry: UtilityBar{App: c.app, Bar: ownBar}},
		},
	}
	change.Deploy.Add("FlexiPage", ownBar, barFile(ownBar), []byte(barXML(items)))
	if !c.own { // the app is somebody else's, or the platform's
		change.Action, change.What = setup.Update, "utility bar of "+c.app
		change.Old, change.New = "none", ownBar+" with "+inWords(items)
	}
	return change, nil
}

// UtilityBar is the bar that an app got from us: the app has none again.
type UtilityBar struct {
	App string `json:"app"`
	Bar string `json:"bar"`
}

// Kind is its name in the record.
func (UtilityBar) Kind() string { return "utility bar" }

// Key is where it is found.
func (u UtilityBar) Key() string { return u.App + " " + u.Bar }

// Undo takes the bar's name out of the app as it is by then.
func (u UtilityBar) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	of := sfdx.Member{Type: "CustomApplication", Name: u.App}
	return undoInFile(ctx, p, m, of, appFile(u.App), cutChild("utilityBar", u.Bar))
}

// UtilityItem is an item of ours in a bar that was there: it is taken out.
type UtilityItem struct {
	Bar  string `json:"bar"`
	Name string `json:"name"` // of the component
}

// Kind is its name in the record.
func (UtilityItem) Kind() string { return "utility item" }

// Key is where it is found.
func (u UtilityItem) Key() string { return u.Bar + " " + u.Name }

// Undo takes it out of the bar as it is by then.
func (u UtilityItem) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	return undoInFile(ctx, p, m, sfdx.Member{Type: "FlexiPage", Name: u.Bar}, barFile(u.Bar), cutItem(u.Name))
}
