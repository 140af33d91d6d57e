package metadata

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// references wants what a component names to be there. Standard fields and objects are taken on trust: this org has not all of them.
func (in *installer) references(ctx context.Context, kind, fullName string, e *element) error {
	switch kind {
	case "Layout":
		return in.layoutReferences(fullName, e)
	case "ListView":
		object, _, _ := strings.Cut(fullName, ".")
		for _, k := range e.kids {
			if k.name == "columns" {
				if err := in.customField(k, object+"."+strings.TrimSpace(k.text)); err != nil {
					return err
				}
			}
		}
	case "CustomTab":
		if e.get("customObject") == "true" {
			if _, ok := in.actor.Object(fullName); !ok {
				return bad(e, "In field: customObject - no CustomObject named %s found", fullName)
			}
		}
		if page := e.get("page"); page != "" {
			return in.component(ctx, e.under("page"), "page", "ApexPage", page)
		}
	case "CustomApplication":
		if bar := e.get("utilityBar"); bar != "" {
			if err := in.component(ctx, e.under("utilityBar"), "utilityBar", "FlexiPage", bar); err != nil {
				return err
			}
		}
		for _, k := range e.kids {
			if k.name != "tabs" || !strings.HasSuffix(strings.TrimSpace(k.text), "__c") {
				continue
			}
			if err := in.component(ctx, k, "tab", "CustomTab", strings.TrimSpace(k.text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// component wants one to be deployed.
func (in *installer) component(ctx context.Context, at *element, field, kind, name string) error {
	_, ok, err := in.actor.Component(ctx, kind, name)
	if err == nil && !ok {
		err = bad(at, "In field: %s - no %s named %s found", field, kind, name)
	}
	return err
}

// customField wants a custom field of an object to be there.
func (in *installer) customField(at *element, name string) error {
	object, field, _ := strings.Cut(name, ".")
	if !strings.HasSuffix(field, "__c") {
		return nil
	}
	o, ok := in.actor.Object(object)
	if _, has := o.Field(field); !ok || !has {
		return bad(at, "In field: field - no CustomField named %s found", name)
	}
	return nil
}

func (in *installer) layoutReferences(fullName string, e *element) error {
	object, _, found := strings.Cut(fullName, "-")
	if _, ok := in.actor.Object(object); !ok || !found {
		return bad(e, "Parent entity failed to deploy or does not exist: %s", object)
	}
	for _, section := range e.kids {
		switch section.name {
		case "layoutSections":
			for _, column := range section.kids {
				for _, item := range column.kids {
					if err := in.customField(item, object+"."+item.get("field")); err != nil {
						return err
					}
				}
			}
		case "relatedLists":
			name := section.get("relatedList")
			if !strings.HasSuffix(name, "__c") {
				continue
			}
			child, field, _ := strings.Cut(name, ".")
			o, _ := in.actor.Object(child)
			f, ok := o.Field(field)
			if !ok || !slices.Contains(f.References, object) {
				return bad(section, "Cannot find related list: %s", name)
			}
			for _, k := range section.kids {
				if k.name == "fields" {
					if err := in.customField(k, fmt.Sprintf("%s.%s", child, strings.TrimSpace(k.text))); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
