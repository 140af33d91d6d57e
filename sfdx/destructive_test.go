package sfdx

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

// An object goes with its parts and an app with its own; naming them too may keep all of it.
func TestDestructiveNamesWhatDoesNotGoByItself(t *testing.T) {
	all, err := Package()
	if err != nil {
		t.Fatal(err)
	}
	members := append(all.Members(), Member{"CustomField", "Account.AC_Tier__c"})
	for _, part := range AppParts() {
		members = append(members, Member{part.Type, part.Name})
	}
	archive, err := Destructive(members)
	if err != nil {
		t.Fatal(err)
	}
	var doc packageXML
	if err := xml.Unmarshal([]byte(unzip(t, archive)["destructiveChanges.xml"]), &doc); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, kind := range doc.Types {
		kinds = append(kinds, kind.Name)
		if kind.Name == "CustomField" && !slices.Equal(kind.Members, []string{"Account.AC_Tier__c"}) {
			t.Errorf("fields %v, want only the one of an object that stays", kind.Members)
		}
	}
	for _, part := range []string{
		"ListView", "Layout", AppGlobal.Type, AppSettings.Type, AppPolicies.Type,
	} {
		if slices.Contains(kinds, part) {
			t.Errorf("%s is named", part)
		}
	}
	want := []string{
		"PermissionSet", "ExternalClientApplication", "CallCenter", "CustomTab", "CustomObject", "GlobalValueSet",
	}
	have := slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return !slices.Contains(want, kind) })
	if !slices.Equal(have, want) {
		t.Errorf("in the order %s, want %s", strings.Join(have, ", "), strings.Join(want, ", "))
	}
}
