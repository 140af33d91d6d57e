package find

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/number"
)

// Object is an object of the CRM as far as a search must know it.
type Object struct {
	Name      string   // API name
	NameField string   // API name of the field that names a record; "" is Name
	Phones    []string // API names of its fields of type Phone
}

// Forms are the ways in which a number may stand in a record: international, national and as it is dialled at home, in digits
// and as people write it. None for what is no whole number: what lacks its area code could be anybody's.
func Forms(text, country string) []string {
	n, ok := number.Parse(text, country)
	if !ok {
		return nil
	}
	n = n.Bare()
	var forms []string
	for _, form := range []string{n.E164(), n.WrittenAbroad(), n.National(), n.Home(), n.Written()} {
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

const (
	mostFound   = 200 // rows of a search
	mostObjects = 20
	mostPhones  = 10 // fields of an object
)

var apiName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)

// SOSL searches the objects' phone fields for a number in all of its forms; "" if it is no whole number, or if no object has a field to
// look in. A form that ends in * finds a number with an extension behind it.
func SOSL(text, country string, objects []Object) string {
	forms := Forms(text, country)
	if len(forms) == 0 {
		return ""
	}
	var terms []string
	for _, form := range forms {
		groups := strings.FieldsFunc(form, func(r rune) bool { return r < '0' || r > '9' })
		if len(groups) > 1 {
			terms = append(terms, "("+strings.Join(groups, " ")+"*)")
			continue
		}
		terms = append(terms, escape(form), groups[0]+"*")
	}
	var returning []string
	for _, o := range objects {
		if fields := o.fields(); len(fields) > 0 && len(returning) < mostObjects {
			returning = append(returning, fmt.Sprintf("%s(%s)", o.Name, strings.Join(fields, ", ")))
		}
	}
	if len(returning) == 0 {
		return ""
	}
	return fmt.Sprintf("FIND {%s} IN PHONE FIELDS RETURNING %s LIMIT %d",
		strings.Join(terms, " OR "), strings.Join(returning, ", "), mostFound)
}

// fields are those that a search returns; none for an object without telephone numbers, or with a name that is none.
func (o Object) fields() []string {
	fields := []string{"Id", o.nameField()}
	for _, f := range o.Phones {
		if len(fields) < mostPhones+2 && apiName.MatchString(f) && !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	if len(fields) == 2 || !apiName.MatchString(o.Name) || !apiName.MatchString(o.nameField()) {
		return nil
	}
	return fields
}

func (o Object) nameField() string {
	if o.NameField == "" {
		return "Name"
	}
	return o.NameField
}

// escape takes their meaning from the characters that mean something in a search. Source: SOSL reference, reserved characters.
func escape(term string) string {
	var b strings.Builder
	for _, r := range term {
		if strings.ContainsRune(`?&|!{}[]()^~*:\"'+-`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// readSearch reads the REST API's answer to a search. Source: REST API guide, Search: searchRecords, each with attributes.type.
func readSearch(body json.RawMessage, objects []Object) ([]Candidate, error) {
	var answer struct {
		Records []map[string]any `json:"searchRecords"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("answer to a search: %w", err)
	}
	var all []Candidate
	for _, record := range answer.Records {
		attributes, _ := record["attributes"].(map[string]any)
		c := Candidate{ID: word(record["Id"]), Object: word(attributes["type"]), fields: record}
		i := slices.IndexFunc(objects, func(o Object) bool { return o.Name == c.Object })
		if i < 0 || c.ID == "" {
			continue
		}
		c.Name = word(record[objects[i].nameField()])
		for _, f := range objects[i].Phones {
			if phone := word(record[f]); phone != "" {
				c.Phones = append(c.Phones, phone)
			}
		}
		all = append(all, c)
	}
	return all, nil
}

func word(v any) string {
	s, _ := v.(string)
	return s
}
