package crm

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func TestACustomFieldIsWhatItsTypeAsksFor(t *testing.T) {
	objects := schema.Schema{}.With(schema.Object{Name: "Bike__c"})
	two := 2
	text := schema.CustomField{Name: "Gear__c", Label: "Gear", Type: "Text", Length: 20}
	with := func(change func(*schema.CustomField)) schema.CustomField {
		d := text
		change(&d)
		return d
	}
	typed := func(name string, change func(*schema.CustomField)) schema.CustomField {
		return with(func(d *schema.CustomField) { d.Type, d.Length = name, 0; change(d) })
	}
	nothing := func(*schema.CustomField) {}
	for _, tc := range []struct {
		name string
		of   schema.CustomField
		want string // part of the refusal; "" for none
	}{
		{"a text", text, ""},
		{"a name without __c", with(func(d *schema.CustomField) { d.Name = "Gear" }), "Ride__c.Gear: the name of a custom field must end in __c"},
		{"no name", with(func(d *schema.CustomField) { d.Name = "__c" }), "The Field Name can only contain"},
		{"a name that begins with a digit", with(func(d *schema.CustomField) { d.Name = "1st__c" }), "begin with a letter"},
		{"a name with a hyphen", with(func(d *schema.CustomField) { d.Name = "a-b__c" }), "The Field Name can only contain"},
		{"a name of 41", with(func(d *schema.CustomField) { d.Name = strings.Repeat("x", 41) + "__c" }), "The Field Name can only contain"},
		{"no label", with(func(d *schema.CustomField) { d.Label = "" }), "Required field is missing: label"},
		{"a label of 41", with(func(d *schema.CustomField) { d.Label = strings.Repeat("ü", 41) }), "(max length=40)"},
		{"an unknown type", typed("Nope", nothing), "Could not resolve field type: Nope"},
		{"a text without a length", with(func(d *schema.CustomField) { d.Length = 0 }), "Text Length must be between 1 and 255"},
		{"a default that is a text", with(func(d *schema.CustomField) { d.Default = `"low"` }), ""},
		{"a default that is a formula", with(func(d *schema.CustomField) { d.Default = "TODAY()" }), "a formula is not supported here"},
		{"a long text of 255", typed("LongTextArea", func(d *schema.CustomField) { d.Length = 255 }), "between 256 and 131072"},
		{"a number without a scale", typed("Number", func(d *schema.CustomField) { d.Precision = &two }), "'precision' or 'scale' of null"},
		{"a number", typed("Number", func(d *schema.CustomField) { d.Precision, d.Scale = &two, &two }), ""},
		{"a checkbox without a default", typed("Checkbox", nothing), "Must specify a defaultValue"},
		{"a required checkbox", typed("Checkbox", func(d *schema.CustomField) { d.Default, d.Required = "true", true }),
			"Can not specify 'required'"},
		{"a required master", typed("MasterDetail", func(d *schema.CustomField) { d.Required, d.Relationship = true, "x" }),
			"Can not specify 'required'"},
		{"a lookup without its list's name", typed("Lookup", func(d *schema.CustomField) { d.ReferenceTo = "Bike__c" }), "'relationshipName'"},
		{"a lookup to nothing", typed("Lookup", func(d *schema.CustomField) { d.Relationship = "Rides" }),
			"does not resolve to a valid sObject type"},
		{"an auto-number without a format", typed("AutoNumber", nothing), "'displayFormat'"},
		{"a picklist without values", typed("Picklist", nothing), "Must specify a valueSet"},
		{"a value twice", typed("Picklist", func(d *schema.CustomField) {
			d.Values = []schema.PicklistValue{{Value: "a"}, {Value: "A"}}
		}), "Duplicate label: A"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tc.of.Field(objects, "Ride__c")
			switch {
			case tc.want == "" && err != nil:
				t.Error(err)
			case tc.want != "" && (!hasCode(err, "FIELD_INTEGRITY_EXCEPTION") || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
	t.Run("a master is required, and its end is the detail's", func(t *testing.T) {
		f, err := typed("MasterDetail", func(d *schema.CustomField) {
			d.ReferenceTo, d.Relationship = "Bike__c",
				"Rides"
		}).Field(objects, "Ride__c")
		if err != nil || !f.Required || !f.Cascade || !f.CreateOnly || f.Relationship != "Gear__r" || f.ChildRelationship != "Rides" {
			t.Errorf("%+v, %v", f, err)
		}
	})
}
