package steps

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

const (
	ownBar        = "Patchcord_UtilityBar"
	softphoneItem = "opencti:softPhone"
	itemXML       = `        <itemInstances>
            <componentInstance>
                <componentInstanceProperties><name>label</name><type>decorator</type><value>Phone</value></componentInstanceProperties>
                <componentInstanceProperties><name>icon</name><type>decorator</type><value>call</value></componentInstanceProperties>
                <componentInstanceProperties><name>height</name><type>decorator</type><value>570</value></componentInstanceProperties>
                <componentInstanceProperties><name>width</name><type>decorator</type><value>330</value></componentInstanceProperties>
                <componentInstanceProperties><name>eager</name><type>decorator</type><value>true</value></componentInstanceProperties>
                <componentName>opencti:softPhone</componentName>
                <identifier>opencti_softPhone</identifier>
            </componentInstance>
        </itemInstances>`
	barXML = `<?xml version="1.0" encoding="UTF-8"?>
<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
    <flexiPageRegions>
` + itemXML + `
        <name>utilityItems</name>
        <type>Region</type>
    </flexiPageRegions>
    <masterLabel>Patchcord Utility Bar</masterLabel>
    <template>
        <name>one:utilityBarTemplateDesktop</name>
    </template>
    <type>UtilityBar</type>
</FlexiPage>
`
)

func barFile(name string) string { return "flexipages/" + name + ".flexipage" }

// planBar puts the softphone into the bar that the app has, or gives the app a bar. A bar that cannot be read, as a
// package's, stays in its place: what else is in it would be lost to the agents.
func (c *console) planBar(hosts setup.Hosts) (setup.Change, error) {
	if c.bar == "" || c.bar == ownBar && c.barDoc == "" {
		return c.giveBar()
	}
	if c.barDoc == "" {
		return setup.Change{
			Action: setup.Person, Why: consoleWhy, Link: hosts.Lightning + "/lightning/setup/NavigationMenus/home",
			What: "Add Open CTI Softphone to the utility bar " + c.bar + " of " + c.app +
				" by hand, if it is not there: the org does not let the bar be read.",
		}, nil
	}
	items, _, err := softphoneItems(c.barDoc)
	if err != nil {
		return setup.Change{}, err
	}
	if len(items) > 0 {
		return c.planStart(items)
	}
	edited, err := addItem(c.barDoc)
	if err != nil {
		return setup.Change{}, err
	}
	return setup.Change{
		Action: setup.Update, What: "utility bar " + c.bar,
		Old: "without softphone", New: "with Open CTI Softphone as its last item",
		Why: consoleWhy, Deploy: org.One("FlexiPage", c.bar, barFile(c.bar), string(edited)),
		Made: []setup.Made{{
			What:  "Open CTI Softphone in the utility bar " + c.bar,
			Entry: UtilityItem{Bar: c.bar, Name: softphoneItem},
		}},
	}, nil
}

// giveBar plans our bar, and its name in the app.
func (c *console) giveBar() (change setup.Change, err error) {
	if c.appDoc, err = c.appDoc.SetChild("utilityBar", ownBar, "uiType", "tabs", "label"); err != nil {
		return setup.Change{}, err
	}
	change = setup.Change{
		Action: setup.Create, What: "Open CTI Softphone in the utility bar of " + c.app, Why: consoleWhy,
		Deploy: c.deployed(),
		Made: []setup.Made{
			{What: "utility bar " + ownBar, Entry: component("FlexiPage", ownBar)},
			{What: "utility bar of " + c.app, Entry: UtilityBar{App: c.app, Bar: ownBar}},
		},
	}
	change.Deploy.Add("FlexiPage", ownBar, barFile(ownBar), []byte(barXML))
	if !c.own { // the app is somebody else's, or the platform's
		change.Action, change.What = setup.Update, "utility bar of "+c.app
		change.Old, change.New = "none", ownBar+" with Open CTI Softphone"
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

// UtilityItem is the softphone in somebody else's bar: it is taken out.
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
	return undoInFile(ctx, p, m, sfdx.Member{Type: "FlexiPage", Name: u.Bar}, barFile(u.Bar), cutItem)
}

// cutItem takes the softphone out of a bar.
func cutItem(d org.Document) (org.Document, bool, error) {
	items, _, err := softphoneItems(d)
	if err != nil || len(items) == 0 {
		return d, false, err
	}
	return d.Cut(items[len(items)-1]), true, nil
}

// softphoneItems finds the softphone in a utility bar, and the region that items stand in.
func softphoneItems(d org.Document) (items []org.Element, region org.Element, err error) {
	root, err := d.Root()
	if err != nil {
		return nil, org.Element{}, err
	}
	regions, err := d.Below(root, "flexiPageRegions")
	if err != nil {
		return nil, org.Element{}, err
	}
	found := false
	for _, r := range regions {
		names, err := d.Below(r, "name")
		if err != nil {
			return nil, org.Element{}, err
		}
		if len(names) == 1 && d.Text(names[0]) == "utilityItems" {
			region, found = r, true
		}
	}
	if !found {
		return nil, org.Element{}, errors.New("the utility bar has no region utilityItems")
	}
	all, err := d.Below(region, "itemInstances")
	if err != nil {
		return nil, org.Element{}, err
	}
	for _, item := range all {
		instances, err := d.Below(item, "componentInstance")
		if err != nil {
			return nil, org.Element{}, err
		}
		for _, instance := range instances {
			names, err := d.Below(instance, "componentName")
			if err != nil {
				return nil, org.Element{}, err
			}
			if len(names) == 1 && d.Text(names[0]) == softphoneItem {
				items = append(items, item)
			}
		}
	}
	return items, region, nil
}

// addItem puts the softphone behind the last item.
func addItem(d org.Document) (org.Document, error) {
	_, region, err := softphoneItems(d)
	if err != nil {
		return d, err
	}
	items, err := d.Below(region, "itemInstances")
	if err != nil {
		return d, err
	}
	at := region.From
	if len(items) > 0 {
		at = items[len(items)-1].End
	}
	return d.Insert(at, itemXML), nil
}
