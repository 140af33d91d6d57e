package setup

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/metadata"
)

// utility is one item of the bar. Sizes are pixels; 0 when a deployed item says none.
type utility struct {
	Key       string `json:"key"` // its position in the saved bar; "" for one that is new
	Component string `json:"component"`
	Label     string `json:"label"`
	Icon      string `json:"icon"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Eager     bool   `json:"eager"`
	// Properties are the component's own: design attributes of one that is not the platform's.
	Properties map[string]string `json:"properties"`
}

// newBar is a utility bar without items, with the region of background components that the platform gives each one.
func newBar(label string) *metadata.Element {
	return metadata.NewElement("FlexiPage",
		metadata.NewElement("flexiPageRegions", metadata.NewText("name", "utilityItems"), metadata.NewText("type", "Region")),
		metadata.NewElement("flexiPageRegions", metadata.NewText("name", "backgroundComponents"), metadata.NewText("type", "Background")),
		metadata.NewText("masterLabel", label),
		metadata.NewElement("template", metadata.NewText("name", "one:utilityBarTemplateDesktop"),
			metadata.NewElement("properties", metadata.NewText("name", "isLeftAligned"), metadata.NewText("value", "true"))),
		metadata.NewText("type", "UtilityBar"))
}

// region is where the items stand; nil in a bar without one.
func regionOf(bar *metadata.Element) *metadata.Element {
	if bar == nil {
		return nil
	}
	for _, r := range bar.Kids("flexiPageRegions") {
		if r.Text("name") == "utilityItems" {
			return r
		}
	}
	return nil
}

// itemsOf are the items as the region holds them: itemInstances, or componentInstances as older files have them.
func itemsOf(bar *metadata.Element) []*metadata.Element {
	region := regionOf(bar)
	if region == nil {
		return nil
	}
	return slices.Concat(region.Kids("componentInstances"), region.Kids("itemInstances"))
}

// componentOf is the component of an item, in either form.
func componentOf(item *metadata.Element) *metadata.Element {
	if inner := item.Kids("componentInstance"); len(inner) > 0 {
		return inner[0]
	}
	return item
}

const (
	propertyElement = "componentInstanceProperties"
	decorator       = "decorator" // the type of a property that is the item's
	customPrefix    = "c:"        // of a component that is not the platform's
)

// propertyOf is the item's own property of a name, not one of its component.
func propertyOf(c *metadata.Element, name string) (*metadata.Element, bool) {
	isCustom := strings.HasPrefix(c.Text("componentName"), customPrefix)
	for _, p := range c.Kids(propertyElement) {
		if p.Text("name") == name && (!isCustom || p.Text("type") == decorator) {
			return p, true
		}
	}
	return nil, false
}

func utilityOf(key string, item *metadata.Element) utility {
	c := componentOf(item)
	text := func(name string) string {
		p, _ := propertyOf(c, name)
		if p == nil {
			return ""
		}
		return p.Text("value")
	}
	u := utility{Key: key, Component: c.Text("componentName"), Label: text("label"), Icon: text("icon"), Eager: text("eager") == "true",
		Properties: map[string]string{}}
	if strings.HasPrefix(u.Component, customPrefix) {
		for _, p := range c.Kids(propertyElement) {
			if p.Text("type") != decorator {
				u.Properties[p.Text("name")] = p.Text("value")
			}
		}
	}
	u.Width, _ = strconv.Atoi(text("width")) // what is no number is: not asked for
	u.Height, _ = strconv.Atoi(text("height"))
	return u
}

// editBar writes the items in their order. What else a saved item has stays.
func editBar(bar *metadata.Element, utilities []utility) {
	saved := itemsOf(bar)
	items := make([]*metadata.Element, 0, len(utilities))
	for _, u := range utilities {
		if at, err := strconv.Atoi(u.Key); err == nil && at >= 0 && at < len(saved) {
			editItem(saved[at], u)
			items = append(items, saved[at])
			continue
		}
		item := metadata.NewElement("itemInstances", metadata.NewElement("componentInstance",
			metadata.NewText("componentName", u.Component), metadata.NewText("identifier", identifier(u.Component, slices.Concat(items, saved)))))
		editItem(item, u)
		scrollable := metadata.NewElement(propertyElement, metadata.NewText("name", "scrollable"),
			metadata.NewText("type", decorator), metadata.NewText("value", "true"))
		setProperty(componentOf(item), scrollable)
		items = append(items, item)
	}
	if slices.Equal(items, saved) {
		return
	}
	region := regionOf(bar)
	if region == nil {
		region = metadata.NewElement("flexiPageRegions", metadata.NewText("name", "utilityItems"), metadata.NewText("type", "Region"))
		bar.SetKids("flexiPageRegions", append([]*metadata.Element{region}, bar.Kids("flexiPageRegions")...)...)
	}
	region.SetKids("componentInstances")
	for at, item := range items { // one form for all, as a bar has it that was made today
		if len(item.Kids("componentInstance")) == 0 {
			items[at] = metadata.NewElement("itemInstances", metadata.As("componentInstance", item))
		}
	}
	region.SetKids("itemInstances", items...)
}

// identifier names an item within its bar: as its component, with a number when there are several.
func identifier(component string, others []*metadata.Element) string {
	name := strings.NewReplacer(":", "_", "-", "_").Replace(component)
	for n := 1; ; n++ {
		candidate := name
		if n > 1 {
			candidate += strconv.Itoa(n)
		}
		if !slices.ContainsFunc(others, func(o *metadata.Element) bool { return componentOf(o).Text("identifier") == candidate }) {
			return candidate
		}
	}
}

func editItem(item *metadata.Element, u utility) {
	have, c := utilityOf(u.Key, item), componentOf(item)
	set := func(name, value string, isChanged bool) {
		if !isChanged {
			return
		}
		if p, ok := propertyOf(c, name); ok {
			p.SetText("value", value)
			return
		}
		setProperty(c, metadata.NewElement(propertyElement, metadata.NewText("name", name),
			metadata.NewText("type", decorator), metadata.NewText("value", value)))
	}
	set("eager", strconv.FormatBool(u.Eager), have.Eager != u.Eager || u.Key == "")
	set("height", strconv.Itoa(u.Height), have.Height != u.Height)
	set("icon", u.Icon, have.Icon != u.Icon)
	set("label", u.Label, have.Label != u.Label)
	set("width", strconv.Itoa(u.Width), have.Width != u.Width)
	if strings.HasPrefix(u.Component, customPrefix) {
		editProperties(c, u.Properties)
	}
}

// editProperties writes what the component's design lets people set; what is empty is left out.
func editProperties(c *metadata.Element, properties map[string]string) {
	kept := slices.DeleteFunc(c.Kids(propertyElement), func(p *metadata.Element) bool { return p.Text("type") != decorator })
	c.SetKids(propertyElement, kept...)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if properties[name] != "" {
			setProperty(c, metadata.NewElement(propertyElement, metadata.NewText("name", name), metadata.NewText("value", properties[name])))
		}
	}
}

// setProperty adds a property where its name belongs.
func setProperty(c, p *metadata.Element) {
	all := c.Kids(propertyElement)
	at := slices.IndexFunc(all, func(o *metadata.Element) bool { return o.Text("name") > p.Text("name") })
	if at < 0 {
		at = len(all)
	}
	c.SetKids(propertyElement, slices.Insert(all, at, p)...)
}
