package setup

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// Console is the softphone in a console app's utility bar and the adapter's tab in its menu. The app and the bar are read, added to and
// deployed again, so that what others put there stays.
type Console struct {
	App   string // developer name; "" is the standard Service Console
	Hosts Hosts
}

// Name says what it is.
func (Console) Name() string { return "Service Console" }

const (
	serviceConsole = "standard__LightningService"
	ownConsole     = "Patchcord_Console"
	ownBar         = "Patchcord_UtilityBar"
	softphoneItem  = "opencti:softPhone"
	adapterTab     = "AC_CtiAdapter__c"
	itemXML        = `        <itemInstances>
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
	appXML = `<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <formFactors>Large</formFactors>
    <label>Patchcord Console</label>
    <navType>Console</navType>
    <tabs>standard-home</tabs>
    <tabs>standard-Account</tabs>
    <tabs>standard-Contact</tabs>
    <tabs>standard-Case</tabs>
    <uiType>Lightning</uiType>
</CustomApplication>
`
	consoleWhy = "agents open the softphone there"
)

func appFile(name string) string { return "applications/" + name + ".app" }
func barFile(name string) string { return "flexipages/" + name + ".flexipage" }

// consoleState is what the org has.
type consoleState struct {
	app      string
	own      bool // the app is ours, because the wanted one cannot be read
	appDoc   document
	bar      string // name of its utility bar; "" for none
	barDoc   document
	appIsNew bool
}

func (s Console) read(ctx context.Context, p Platforms) (consoleState, error) {
	app := s.App
	if app == "" {
		app = serviceConsole
	}
	got := consoleState{app: app}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "CustomApplication", Name: app}, salesforce.Member{Type: "CustomApplication", Name: ownConsole})
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return got, err
	}
	body, there := files[appFile(app)]
	if !there {
		got.app, got.own = ownConsole, true
		if body, there = files[appFile(ownConsole)]; !there {
			got.appIsNew, body = true, []byte(appXML)
		}
	}
	got.appDoc = document(body)
	root, err := got.appDoc.root()
	if err != nil {
		return got, err
	}
	bars, err := got.appDoc.below(root, "utilityBar")
	if err != nil || len(bars) == 0 {
		return got, err
	}
	got.bar = got.appDoc.text(bars[0])
	if files, err = p.CRM.Retrieve(ctx, salesforce.Member{Type: "FlexiPage", Name: got.bar}); err != nil {
		return got, err
	}
	got.barDoc = document(files[barFile(got.bar)])
	return got, nil
}

// Plan adds what the app and its utility bar lack.
func (s Console) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	have, err := s.read(ctx, p)
	if err != nil {
		return nil, err
	}
	var changes []Change
	if have.appIsNew {
		what := "console app Patchcord Console, because " + s.wanted() + " cannot be read"
		changes = append(changes, Change{Action: Create, What: what, Why: consoleWhy, made: []Made{{Kind: Component, What: what, Object: "CustomApplication", Name: ownConsole, Members: []Member{{"CustomApplication", ownConsole}}}},
			do: func(ctx context.Context) error {
				return deployOne(ctx, p, "CustomApplication", ownConsole, appFile(ownConsole), appXML)
			}})
	}
	bar, err := s.planBar(p, have)
	if err != nil {
		return nil, err
	}
	tab, err := s.planTab(p, have)
	if err != nil {
		return nil, err
	}
	changes = append(changes, bar, tab)
	if have.own {
		changes = append(changes, Change{Action: Person, What: "Show the app: App Manager → Patchcord Console → Edit → User Profiles, add the agents' profiles, Save.", Link: s.Hosts.Lightning + "/lightning/setup/NavigationMenus/home"})
	}
	return changes, nil
}

func (s Console) wanted() string {
	if s.App == "" {
		return "the standard Service Console"
	}
	return s.App
}

// planBar puts the softphone into the bar that the app has, or gives the app a bar.
func (s Console) planBar(p Platforms, have consoleState) (Change, error) {
	what := "Open CTI Softphone in the utility bar of " + have.app
	if have.bar == "" || have.barDoc == "" {
		made := []Made{
			{Kind: Component, What: "utility bar " + ownBar, Object: "FlexiPage", Name: ownBar, Members: []Member{{"FlexiPage", ownBar}}},
			{Kind: Entry, What: "utility bar of " + have.app, Object: "CustomApplication", Name: have.app, Entry: "utilityBar:" + ownBar},
		}
		c := Change{Action: Create, What: what, Why: consoleWhy, made: made, do: func(ctx context.Context) error { return s.giveBar(ctx, p) }}
		if !have.own { // the app is somebody else's, or the platform's
			c.Action, c.What, c.Old, c.New = Update, "utility bar of "+have.app, "none", ownBar+" with Open CTI Softphone"
		}
		return c, nil
	}
	items, _, err := softphoneItems(have.barDoc)
	if err != nil {
		return Change{}, err
	}
	if len(items) > 0 {
		return right("Open CTI Softphone is in the utility bar %s", have.bar), nil
	}
	made := []Made{{Kind: Entry, What: "Open CTI Softphone in the utility bar " + have.bar, Object: "FlexiPage", Name: have.bar, Entry: "item:" + softphoneItem}}
	return Change{Action: Update, What: "utility bar " + have.bar, Old: "without softphone", New: "with Open CTI Softphone as its last item", Why: consoleWhy, made: made, do: func(ctx context.Context) error {
		edited, err := addItem(have.barDoc)
		if err != nil {
			return err
		}
		return deployOne(ctx, p, "FlexiPage", have.bar, barFile(have.bar), string(edited))
	}}, nil
}

// giveBar deploys our bar and names it in the app, as the app is by now.
func (s Console) giveBar(ctx context.Context, p Platforms) error {
	have, err := s.read(ctx, p)
	if err != nil {
		return err
	}
	edited, err := have.appDoc.setChild("utilityBar", ownBar, "uiType", "tabs", "label")
	if err != nil {
		return err
	}
	b := sfdx.Bundle{}
	b.Add("FlexiPage", ownBar, barFile(ownBar), []byte(barXML))
	b.Add("CustomApplication", have.app, appFile(have.app), []byte(edited))
	archive, err := b.Archive()
	if err != nil {
		return err
	}
	return p.CRM.Deploy(ctx, archive, nil)
}

// planTab puts the adapter's tab at the end of the app's menu.
func (s Console) planTab(p Platforms, have consoleState) (Change, error) {
	root, err := have.appDoc.root()
	if err != nil {
		return Change{}, err
	}
	tabs, err := have.appDoc.below(root, "tabs")
	if err != nil {
		return Change{}, err
	}
	for _, t := range tabs {
		if have.appDoc.text(t) == adapterTab {
			return right("AC CTI Adapters is in the menu of %s", have.app), nil
		}
	}
	made := []Made{{Kind: Entry, What: "AC CTI Adapters in the menu of " + have.app, Object: "CustomApplication", Name: have.app, Entry: "tabs:" + adapterTab}}
	c := Change{Action: Create, What: "AC CTI Adapters in the menu of " + have.app, Why: "administrators reach the adapter record there", made: made}
	if !have.own {
		c.Action, c.What, c.Old, c.New = Update, "menu of "+have.app, counted.Noun(len(tabs), "item"), "AC CTI Adapters behind them"
	}
	c.do = func(ctx context.Context) error {
		now, err := s.read(ctx, p)
		if err != nil {
			return err
		}
		edited, err := now.appDoc.addTab(adapterTab)
		if err != nil {
			return err
		}
		return deployOne(ctx, p, "CustomApplication", now.app, appFile(now.app), string(edited))
	}
	return c, nil
}

// softphoneItems finds the softphone in a utility bar, and the region that items stand in.
func softphoneItems(d document) (items []element, region element, err error) {
	root, err := d.root()
	if err != nil {
		return nil, element{}, err
	}
	regions, err := d.below(root, "flexiPageRegions")
	if err != nil {
		return nil, element{}, err
	}
	found := false
	for _, r := range regions {
		names, err := d.below(r, "name")
		if err != nil {
			return nil, element{}, err
		}
		if len(names) == 1 && d.text(names[0]) == "utilityItems" {
			region, found = r, true
		}
	}
	if !found {
		return nil, element{}, errors.New("the utility bar has no region utilityItems")
	}
	all, err := d.below(region, "itemInstances")
	if err != nil {
		return nil, element{}, err
	}
	for _, item := range all {
		instances, err := d.below(item, "componentInstance")
		if err != nil {
			return nil, element{}, err
		}
		for _, instance := range instances {
			names, err := d.below(instance, "componentName")
			if err != nil {
				return nil, element{}, err
			}
			if len(names) == 1 && d.text(names[0]) == softphoneItem {
				items = append(items, item)
			}
		}
	}
	return items, region, nil
}

// addItem puts the softphone behind the last item.
func addItem(d document) (document, error) {
	_, region, err := softphoneItems(d)
	if err != nil {
		return d, err
	}
	items, err := d.below(region, "itemInstances")
	if err != nil {
		return d, err
	}
	at := region.from
	if len(items) > 0 {
		at = items[len(items)-1].end
	}
	return d.insert(at, itemXML), nil
}

// addTab puts a tab behind the last one.
func (d document) addTab(tab string) (document, error) {
	root, err := d.root()
	if err != nil {
		return d, err
	}
	at := root.from
	for _, after := range []string{"label", "navType", "tabs"} { // elements stand in the order of their names
		found, err := d.below(root, after)
		if err != nil {
			return d, err
		}
		if len(found) > 0 {
			at = max(at, found[len(found)-1].end)
		}
	}
	return d.insert(at, "    <tabs>"+escape(tab)+"</tabs>"), nil
}

// setChild gives the root a child with this text, replacing one of that name; a new one stands behind the first of the names that is there.
func (d document) setChild(name, text string, behind ...string) (document, error) {
	root, err := d.root()
	if err != nil {
		return d, err
	}
	have, err := d.below(root, name)
	if err != nil {
		return d, err
	}
	if len(have) > 0 {
		return d.replace(have[0], text), nil
	}
	for _, other := range behind {
		found, err := d.below(root, other)
		if err != nil {
			return d, err
		}
		if len(found) > 0 {
			return d.insert(found[len(found)-1].end, fmt.Sprintf("    <%s>%s</%s>", name, escape(text), name)), nil
		}
	}
	return d.insert(root.from, fmt.Sprintf("    <%s>%s</%s>", name, escape(text), name)), nil
}
