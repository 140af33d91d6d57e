package metadata

import (
	"context"
	"slices"
	"strings"
)

func layout() kind {
	return kind{
		name: "Layout", folder: "layouts", suffix: ".layout", turn: 3, label: "page layout", section: "Page Layouts",
		references: (*installer).layoutReferences,
	}
}

func (in *installer) layoutReferences(_ context.Context, fullName string, e *element) error {
	object, _, found := strings.Cut(fullName, "-")
	if _, ok := in.actor.Object(object); !ok || !found {
		return bad(e, "Parent entity failed to deploy or does not exist: %s", object)
	}
	for _, k := range e.kids {
		var err error
		switch k.name {
		case "layoutSections":
			err = in.sectionFields(object, k)
		case "relatedLists":
			err = in.relatedList(object, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (in *installer) sectionFields(object string, section *element) error {
	for _, column := range section.kids {
		for _, item := range column.kids {
			if err := in.customField(item, object+"."+item.get("field")); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *installer) relatedList(object string, list *element) error {
	name := list.get("relatedList")
	if !strings.HasSuffix(name, "__c") {
		return nil
	}
	child, field, _ := strings.Cut(name, ".")
	o, _ := in.actor.Object(child)
	f, ok := o.Field(field)
	if !ok || !slices.Contains(f.References, object) {
		return bad(list, "Cannot find related list: %s", name)
	}
	for _, k := range list.Kids("fields") {
		if err := in.customField(k, child+"."+strings.TrimSpace(k.text)); err != nil {
			return err
		}
	}
	return nil
}
