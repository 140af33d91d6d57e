package metadata

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func globalValueSet() kind {
	return kind{
		name: valueSetKind, folder: "globalValueSets", suffix: ".globalValueSet", fixed: true,
		label: "global value set", section: "Picklist Value Sets", install: (*installer).installValueSet,
	}
}

const valueSetKind = "GlobalValueSet"

type choice struct {
	Name    string `xml:"fullName"`
	Label   string `xml:"label"`
	Default bool   `xml:"default"`
}

func (c choice) value() schema.PicklistValue {
	return schema.PicklistValue{Value: c.Name, Label: c.Label, Default: c.Default}
}

// globalValues are the values of a set; nil if there is none of the name.
func (in *installer) globalValues(ctx context.Context, name string) ([]choice, error) {
	c, ok, err := in.actor.Component(ctx, valueSetKind, name)
	if err != nil || !ok {
		return nil, err
	}
	body, _ := c.File(globalValueSet().suffix)
	e, err := tree(body)
	if err != nil {
		return nil, err
	}
	return choicesOf(e)
}

func choicesOf(e *element) ([]choice, error) {
	var x struct {
		Values []choice `xml:"customValue"`
	}
	err := decode(e, &x)
	return x.Values, err
}

// installValueSet gives fields that use the set its values.
func (in *installer) installValueSet(ctx context.Context, p part, e *element, _ *records.Component) error {
	choices, err := choicesOf(e)
	if err != nil {
		return err
	}
	var values []schema.PicklistValue
	for _, c := range choices {
		values = append(values, c.value())
	}
	for _, o := range in.actor.Objects() {
		changed := false
		fields := slices.Clone(o.Fields)
		for i, f := range fields {
			if f.ValueSet == p.fullName {
				fields[i].Values, changed = values, true
			}
		}
		if !changed {
			continue
		}
		o.Fields = fields
		if err := in.actor.PutObject(ctx, o); err != nil {
			return err
		}
	}
	return nil
}
