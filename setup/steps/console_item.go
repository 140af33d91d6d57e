package steps

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// barItem is an item of a utility bar as set-up puts it there.
type barItem struct {
	component     string
	is            string // to people
	label, icon   string
	height, width int
	identifier    string
	// origin is the value of the component's own property pageOrigin; "" for a component without.
	origin string
	// why it is needed, and why it starts with the console.
	why, startWhy string
}

const (
	softphoneItem = "opencti:softPhone"
	omniItem      = "runtime_service_omnichannel:omniWidget" // source: FlexiPages of utility bars with Omni-Channel
	deskItem      = "c:AC_Desk"
	pageOrigin    = "pageOrigin"
)

// What two items of the bar are called in plans.
const (
	OmniName = "Omni-Channel"
	DeskName = "AC Desk"
)

var softphone = barItem{
	component: softphoneItem, is: "Open CTI Softphone", label: "Phone", icon: "call", height: 570, width: 330,
	identifier: "opencti_softPhone", why: consoleWhy, startWhy: "a call that rings before an agent opens it is missed unseen",
}

// presenceItems are what the softphone needs beside it to know of Omni-Channel. That is the last one: its name says the status, and
// what stood behind it would move with each.
func presenceItems(hosts setup.Hosts) []barItem {
	return []barItem{
		{
			component: deskItem, is: DeskName, label: "Softphone link", icon: "link", height: 120, width: 320,
			identifier: "c_AC_Desk", origin: hosts.Visualforce, why: "the softphone reaches Omni-Channel through it",
			startWhy: "until it has started the softphone does not reach Omni-Channel",
		},
		{
			component: omniItem, is: OmniName, label: "Omni-Channel", icon: "omni_channel", height: 480, width: 340,
			identifier: "runtime_service_omnichannel_omniWidget", why: "agents have a status in Omni-Channel only with it in the bar",
			startWhy: "Omni-Channel can be asked and told only once it has started",
		},
	}
}

// xml is the item as a bar has it.
func (b barItem) xml() string {
	var text strings.Builder
	text.WriteString("        <itemInstances>\n            <componentInstance>\n")
	for _, d := range [][2]string{
		{"label", b.label}, {"icon", b.icon}, {"height", strconv.Itoa(b.height)}, {"width", strconv.Itoa(b.width)}, {eager, "true"},
	} {
		text.WriteString(property(d[0], "decorator", d[1]) + "\n")
	}
	if b.origin != "" {
		text.WriteString(property(pageOrigin, "", b.origin) + "\n")
	}
	fmt.Fprintf(&text, "                <componentName>%s</componentName>\n", b.component)
	fmt.Fprintf(&text, "                <identifier>%s</identifier>\n", b.identifier)
	text.WriteString("            </componentInstance>\n        </itemInstances>")
	return text.String()
}

// property is a property of an item: a decorator is the bar's own, one without a type the component's.
func property(name, kind, value string) string {
	if kind != "" {
		kind = "<type>" + kind + "</type>"
	}
	return "                <componentInstanceProperties><name>" + name + "</name>" + kind + "<value>" + org.Escape(value) +
		"</value></componentInstanceProperties>"
}

// utilityItems finds those of a component in a utility bar, and the region that items stand in.
func utilityItems(d org.Document, component string) (items []org.Element, region org.Element, err error) {
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
			if len(names) == 1 && d.Text(names[0]) == component {
				items = append(items, item)
			}
		}
	}
	return items, region, nil
}

// addItem puts an item behind the last one.
func addItem(d org.Document, item barItem) (org.Document, error) {
	_, region, err := utilityItems(d, item.component)
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
	return d.Insert(at, item.xml()), nil
}

// cutItem takes the last item of a component out of a bar.
func cutItem(component string) cut {
	return func(d org.Document) (org.Document, bool, error) {
		items, _, err := utilityItems(d, cmp.Or(component, softphoneItem))
		if err != nil || len(items) == 0 {
			return d, false, err
		}
		return d.Cut(items[len(items)-1]), true, nil
	}
}
