package schema

import (
	"slices"
	"testing"
)

func TestIDs(t *testing.T) {
	for in, want := range map[string]RecordID{
		"00DF00000000001": "00DF00000000001MAA", "00df00000000001maa": "00DF00000000001MAA", "short": "", "00DF0000000000!": "",
	} {
		if got := To18(in); got != want {
			t.Errorf("To18(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := NewID("001", "Pc", 62), To18("001Pc0000000010"); got != want {
		t.Errorf("the 62nd id is %q, want %q", got, want)
	}
}

func TestStandardObjectsHangTogether(t *testing.T) {
	all := Schema{}
	for _, o := range Standard(nil) {
		if at, taken := all.ByPrefix(RecordID(o.KeyPrefix)); taken {
			t.Errorf("%s and %s share the key prefix %s", o.Name, at.Name, o.KeyPrefix)
		}
		all = all.With(o)
	}
	for _, o := range all.Objects() {
		for _, f := range WithSystemFields(o) {
			for _, to := range f.References {
				if _, ok := all.Object(to); !ok {
					t.Errorf("%s.%s refers to %s, which is no object", o.Name, f.Name, to)
				}
			}
		}
	}
	if !slices.ContainsFunc(all.Children("account"), func(c Child) bool { return c.Object == "Contact" && c.Name == "Contacts" }) {
		t.Error("an account has no list of contacts")
	}
}

func TestASchemaIsNeverChangedInPlace(t *testing.T) {
	one := Schema{}.With(Object{Name: "Ride__c"})
	two := one.With(Object{Name: "Gear__c"})
	if _, ok := one.Object("gear__c"); ok {
		t.Error("the older schema has the new object")
	}
	if _, ok := two.Without("RIDE__C").Object("Ride__c"); ok {
		t.Error("the object is still there")
	}
	if _, ok := two.Object("ride__c"); !ok {
		t.Error("an object is not found whatever the case of its name")
	}
}
