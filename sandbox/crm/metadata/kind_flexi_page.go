package metadata

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/aura"
)

const flexiKind = "FlexiPage"

// flexiPage is a page of App Builder; one of the type UtilityBar is the bar of an app.
func flexiPage() kind {
	return kind{name: flexiKind, folder: "flexipages", suffix: ".flexipage", turn: 3, label: "Lightning page",
		section: "Lightning Pages", references: flexiReferences}
}

// custom are the places of a component of the org's own within a page; of all of them if no name is given.
func (e *element) custom(name string) []*element {
	var found []*element
	if component, own := strings.CutPrefix(e.get("componentName"), "c:"); own && (name == "" || component == name) {
		found = append(found, e)
	}
	for _, k := range e.kids {
		found = append(found, k.custom(name)...)
	}
	return found
}

// flexiReferences wants a utility bar's own components to be there, to be made for it, and to have the properties that they get.
func flexiReferences(in *installer, ctx context.Context, _ string, e *element) error {
	if e.get("type") != "UtilityBar" {
		return nil
	}
	for _, region := range e.Kids("flexiPageRegions") {
		if err := utilityReferences(in, ctx, region); err != nil {
			return err
		}
	}
	return nil
}

func utilityReferences(in *installer, ctx context.Context, region *element) error {
	wanted := "flexipage:availableForAllPageTypes"
	background := region.get("type") == "Background"
	if background {
		wanted = "lightning:backgroundUtilityItem"
	}
	for _, at := range region.custom("") {
		name := strings.TrimPrefix(at.get("componentName"), "c:")
		d, there, err := bundleOf(ctx, in.actor, name)
		switch {
		case err != nil:
			return err
		case !there:
			return bad(at, "We couldn't retrieve the design time component information for component c:%s.", name)
		case background && !d.Background, !background && !d.Anywhere:
			return bad(at, "The component c:%s can't be used in this region of a utility bar: it does not implement %s.", name, wanted)
		}
		for _, p := range at.Kids("componentInstanceProperties") {
			property := p.get("name")
			known := slices.ContainsFunc(d.Design, func(a aura.DesignAttribute) bool { return a.Name == property })
			if p.get("type") != "decorator" && !known {
				return bad(p, "The property %s isn't a design attribute of the component c:%s.", property, name)
			}
		}
	}
	return nil
}
