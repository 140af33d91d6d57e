package checks

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// fieldsVisible compares what configures the adapter with the package's: an upgrade may leave fields or values behind.
func fieldsVisible(ctx context.Context, on On) ([]setup.Finding, error) {
	all, err := sfdx.Package()
	if err != nil {
		return nil, err
	}
	wanted, err := fieldsIn(all)
	if err != nil {
		return nil, err
	}
	have := map[string]map[string][]string{}
	var missing []string
	for _, f := range wanted {
		if have[f.object] == nil {
			if have[f.object], err = fieldsOf(ctx, on, f.object); err != nil {
				return nil, err
			}
		}
		values, there := have[f.object][f.name]
		switch {
		case len(have[f.object]) == 0 && !slices.Contains(missing, f.object):
			missing = append(missing, f.object)
		case !there && len(have[f.object]) > 0:
			missing = append(missing, f.object+"."+f.name)
		}
		if !there {
			continue
		}
		for _, value := range f.values {
			if !slices.Contains(values, value) {
				missing = append(missing, fmt.Sprintf("%s.%s: %s", f.object, f.name, value))
			}
		}
	}
	if len(missing) > 0 {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "missing or not visible: " + strings.Join(missing, ", "),
			Why:  "the platform does not bring new fields and values to an org that upgrades",
			Mend: applyAgain,
		}}, nil
	}
	return []setup.Finding{passed("every field of the package is there, with its values")}, nil
}

// wantedField is a field of the package; values are those of a picklist.
type wantedField struct {
	object, name string
	values       []string
}

// fieldsIn are the fields of the objects that configure the adapter.
func fieldsIn(all sfdx.Bundle) (wanted []wantedField, err error) {
	for _, m := range all.Members() {
		object, name, isField := strings.Cut(m.Name, ".")
		if m.Type != "CustomField" || !isField || !strings.HasPrefix(object, "AC_Cti") && object != "AC_Toolkit__c" {
			continue
		}
		values, err := valuesIn(all, object, name)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, wantedField{object, name, values})
	}
	return wanted, nil
}

// valuesIn are the values of a picklist; none for another field.
func valuesIn(all sfdx.Bundle, object, name string) ([]string, error) {
	var file struct {
		Fields []struct {
			Name   string   `xml:"fullName"`
			Global string   `xml:"valueSet>valueSetName"`
			Values []string `xml:"valueSet>valueSetDefinition>value>fullName"`
		} `xml:"fields"`
	}
	if err := xml.Unmarshal(all.File("objects/"+object+".object"), &file); err != nil {
		return nil, fmt.Errorf("%s: %w", object, err)
	}
	for _, f := range file.Fields {
		switch {
		case f.Name != name:
			continue
		case f.Global == "":
			return f.Values, nil
		}
		var set struct {
			Values []string `xml:"customValue>fullName"`
		}
		err := xml.Unmarshal(all.File("globalValueSets/"+f.Global+".globalValueSet"), &set)
		return set.Values, err
	}
	return nil, nil
}

// fieldsOf are the fields of an object that the signed-in user sees, with the values of picklists; an object that is not there has none,
// and the map is never nil.
func fieldsOf(ctx context.Context, on On, object string) (map[string][]string, error) {
	var described struct {
		Fields []struct {
			Name   string `json:"name"`
			Values []struct {
				Value  string `json:"value"`
				Active bool   `json:"active"`
			} `json:"picklistValues"`
		} `json:"fields"`
	}
	if err := on.Site.CRM.Describe(ctx, object, &described); err != nil && !salesforce.IsCode(err, "NOT_FOUND") {
		return nil, err
	}
	fields := map[string][]string{}
	for _, f := range described.Fields {
		values := []string{}
		for _, v := range f.Values {
			if v.Active {
				values = append(values, v.Value)
			}
		}
		fields[f.Name] = values
	}
	return fields, nil
}
