package steps

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Console is the softphone in a console app's utility bar and the adapter's tab in its menu. The app and the bar are
// read, added to and deployed again, so that what others put there stays.
type Console struct {
	App   string // developer name; "" is the standard Service Console
	Hosts setup.Hosts
	// Presence puts beside it what it needs to know of Omni-Channel, if the org has that.
	Presence bool
}

// Name says what it is.
func (Console) Name() string { return "Service Console" }

const (
	serviceConsole = "standard__LightningService"
	ownConsole     = "Patchcord_Console"
	adapterTab     = "AC_CtiAdapter__c"
	appXML         = `<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <formFactors>Large</formFactors>
    <label>Patchcord Console</label>
    <navType>Console</navType>
    <tabs>standard-home</tabs>
    <tabs>standard-Account</tabs>
    <tabs>standard-Contact</tabs>
    <tabs>standard-Case</tabs>
    <uiType>Lightning</uiType>
    <workspaceConfig>
        <mappings>
            <tab>standard-home</tab>
        </mappings>
        <mappings>
            <tab>standard-Account</tab>
        </mappings>
        <mappings>
            <tab>standard-Contact</tab>
        </mappings>
        <mappings>
            <tab>standard-Case</tab>
        </mappings>
    </workspaceConfig>
</CustomApplication>
`
	consoleWhy = "agents open the softphone there"
)

func appFile(name string) string { return "applications/" + name + ".app" }

// console is what the org has, and, as a plan grows, what it will have.
type console struct {
	app      string // developer name
	own      bool   // the app is ours, because the wanted one cannot be read
	appIsNew bool
	appDoc   org.Document
	bar      string       // name of its utility bar; "" for none
	barDoc   org.Document // "" for none
}

func (s Console) read(ctx context.Context, p setup.Platforms) (console, error) {
	app := s.App
	if app == "" {
		app = serviceConsole
	}
	got := console{app: app}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "CustomApplication", Name: app},
		salesforce.Member{Type: "CustomApplication", Name: ownConsole})
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return got, err
	}
	body, there := files[appFile(app)]
	if !there && s.App != "" && err == nil {
		return got, &config.Error{
			Field:   "setup.app",
			Message: "the org has no app with the developer name " + s.App + ": Setup → App Manager lists them",
		}
	}
	if !there {
		got.app, got.own = ownConsole, true
		if body, there = files[appFile(ownConsole)]; !there {
			got.appIsNew, body = true, []byte(appXML)
		}
	}
	got.appDoc = org.Document(body)
	root, err := got.appDoc.Root()
	if err != nil {
		return got, err
	}
	bars, err := got.appDoc.Below(root, "utilityBar")
	if err != nil || len(bars) == 0 {
		return got, err
	}
	got.bar = got.appDoc.Text(bars[0])
	if files, err = p.CRM.Retrieve(ctx, salesforce.Member{Type: "FlexiPage", Name: got.bar}); err != nil {
		return got, err
	}
	got.barDoc = org.Document(files[fileOf(files, barFile(got.bar))])
	return got, nil
}

// address is how an address of Lightning names the app: one of the org's own has the namespace c, the platform's and
// packages' have theirs in their names.
func (c console) address() string {
	if strings.Contains(c.app, "__") {
		return c.app
	}
	return "c__" + c.app
}

// label is what agents know the app by.
func (c console) label() (string, error) {
	if c.app == serviceConsole {
		return "the Service Console", nil
	}
	label, err := rootText(c.appDoc, "label")
	return cmp.Or(label, c.app), err
}

// deployed is the app as it is by now.
func (c console) deployed() sfdx.Bundle {
	return org.One("CustomApplication", c.app, appFile(c.app), string(c.appDoc))
}

// Plan adds what the app and its utility bar lack.
func (s Console) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	have, err := s.read(ctx, p)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	if have.appIsNew {
		what := "console app Patchcord Console, because " + s.wanted() + " cannot be read"
		changes = append(changes, setup.Change{
			Action: setup.Create, What: what, Why: consoleWhy, Deploy: have.deployed(),
			Made: []setup.Made{{What: what, Entry: component("CustomApplication", ownConsole)}},
		})
	}
	items, err := s.items(ctx, p)
	if err != nil {
		return nil, err
	}
	bar, err := have.planBar(s.Hosts, items)
	if err != nil {
		return nil, err
	}
	tab, err := have.planTab()
	if err != nil {
		return nil, err
	}
	changes = append(append(changes, bar...), tab)
	if !have.own {
		return changes, nil
	}
	shown, err := s.planVisible(ctx, p)
	return append(changes, shown...), err
}

// items are what the bar has to have.
func (s Console) items(ctx context.Context, p setup.Platforms) ([]barItem, error) {
	items := []barItem{softphone}
	if !s.Presence {
		return items, nil
	}
	state, _, err := readOmni(ctx, p)
	if err != nil || state == omniAway {
		return items, err
	}
	hosts, err := s.Hosts.Learn(ctx, p.CRM) // the softphone's page may be a minute old
	return append(items, presenceItems(hosts)...), err
}

func (s Console) wanted() string {
	if s.App == "" {
		return "the standard Service Console"
	}
	return s.App
}

// planTab puts the adapter's tab at the end of the app's menu.
func (c *console) planTab() (setup.Change, error) {
	root, err := c.appDoc.Root()
	if err != nil {
		return setup.Change{}, err
	}
	tabs, err := c.appDoc.Below(root, "tabs")
	if err != nil {
		return setup.Change{}, err
	}
	for _, t := range tabs {
		if c.appDoc.Text(t) == adapterTab {
			return setup.Right("AC CTI Adapters is in the menu of %s", c.app), nil
		}
	}
	if c.appDoc, err = addTab(c.appDoc, adapterTab); err != nil {
		return setup.Change{}, err
	}
	what := "AC CTI Adapters in the menu of " + c.app
	change := setup.Change{
		Action: setup.Create, What: what, Why: "administrators reach the adapter record there", Deploy: c.deployed(),
		Made: []setup.Made{{What: what, Entry: Tab{App: c.app, Name: adapterTab}}},
	}
	if !c.own {
		change.Action, change.What = setup.Update, "menu of "+c.app
		change.Old, change.New = counted.Noun(len(tabs), "item"), "AC CTI Adapters behind them"
	}
	return change, nil
}
