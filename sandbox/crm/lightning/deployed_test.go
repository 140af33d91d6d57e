package lightning

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUtilities(t *testing.T) {
	const page = `<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
  <flexiPageRegions><itemInstances><componentInstance>
    <componentInstanceProperties><name>eager</name><value>true</value></componentInstanceProperties>
    <componentInstanceProperties><name>height</name><value>570</value></componentInstanceProperties>
    <componentInstanceProperties><name>width</name><value>-3</value></componentInstanceProperties>
    <componentInstanceProperties><name>label</name><value>%</value></componentInstanceProperties>
    <componentName>opencti:softPhone</componentName>
  </componentInstance></itemInstances><name>utilityItems</name></flexiPageRegions>
  <flexiPageRegions><componentInstances><componentName>forceChatter:x</componentName></componentInstances></flexiPageRegions>
  <flexiPageRegions><itemInstances><componentInstance><componentName>c:Watch</componentName></componentInstance></itemInstances>
    <name>backgroundComponents</name><type>Background</type></flexiPageRegions>
</FlexiPage>`
	own := componentXML{Name: "c:Desk"}
	for _, property := range [][3]string{{"label", "decorator", "Link"}, {"label", "", "own"}, {"eager", "decorator", "true"}} {
		own.Properties = append(own.Properties, struct {
			Name  string `xml:"name"`
			Type  string `xml:"type"`
			Value string `xml:"value"`
		}{property[0], property[1], property[2]})
	}
	wantOwn := utilityOut{Component: "c:Desk", Label: "Link", Eager: true, Attributes: map[string]string{"label": "own"}}
	if diff := cmp.Diff(wantOwn, own.utility()); diff != "" {
		t.Errorf("what is no decorator is the component's: %s", diff)
	}
	for _, tc := range []struct{ name, label, want string }{
		{"an item is called as the bar says", "AC Phone", "AC Phone"},
		{"a softphone without a label is Phone", "", "Phone"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			parsed, err := parse[flexiPageXML]([]byte(strings.Replace(page, "%", tc.label, 1)))
			if err != nil {
				t.Fatal(err)
			}
			want := []utilityOut{
				{Component: softphone, Label: tc.want, Icon: "call", Height: 570, Eager: true},
				{Component: "forceChatter:x"},
				{Component: "c:Watch", Background: true, Attributes: map[string]string{}},
			}
			if diff := cmp.Diff(want, parsed.utilities()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCallCenterSettings(t *testing.T) {
	parsed, err := parse[callCenterXML]([]byte(`<CallCenter><adapterUrl>/apex/A</adapterUrl><displayName>Adapter</displayName>
<sections><items><label>Height</label><name>reqSoftphoneHeight</name><value>570</value></items><name>reqGeneralInfo</name></sections>
<sections><items><name>reqOutsidePrefix</name><value>9</value></items><name>reqDialingOptions</name></sections></CallCenter>`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"/reqGeneralInfo/reqInternalName":     "A1",
		"/reqGeneralInfo/reqDisplayName":      "Adapter",
		"/reqGeneralInfo/reqAdapterUrl":       "/apex/A",
		"/reqGeneralInfo/reqSoftphoneHeight":  "570",
		"/reqDialingOptions/reqOutsidePrefix": "9",
		"/internalNameLabel":                  "Internal Name",
		"/displayNameLabel":                   "Display Name",
	}
	if diff := cmp.Diff(want, parsed.settings("A1")); diff != "" {
		t.Error(diff)
	}
}

// The definition's own settings count before its sections, which do not say for which interface it is.
func TestCallCenterSettingsOfItsOwn(t *testing.T) {
	parsed, err := parse[callCenterXML]([]byte(`<CallCenter><customSettings>{"reqSoftphoneHeight":"600"}</customSettings>
<sections><items><name>reqSoftphoneHeight</name><value>570</value></items>
<items><name>reqSoftphoneWidth</name><value>330</value></items>
<items><name>reqSalesforceCompatibilityMode</name><value>Lightning</value></items>
<name>reqGeneralInfo</name></sections></CallCenter>`))
	if err != nil {
		t.Fatal(err)
	}
	got := parsed.settings("A1")
	for item, want := range map[string]string{
		"reqSoftphoneHeight": "600", "reqSoftphoneWidth": "330", "reqSalesforceCompatibilityMode": "",
	} {
		if got[general+item] != want {
			t.Errorf("%s = %q, want %q", item, got[general+item], want)
		}
	}
}

func TestLayoutOf(t *testing.T) {
	l, err := layoutOf([]byte(`<Layout><layoutSections><label>Details</label>
<layoutColumns><layoutItems><field>Name</field></layoutItems><layoutItems><emptySpace>true</emptySpace></layoutItems></layoutColumns>
<layoutColumns/></layoutSections><relatedLists><fields>NAME</fields><fields>Active__c</fields>
<relatedList>S__c.A__c</relatedList></relatedLists>
<relatedLists><relatedList>RelatedNoteList</relatedList></relatedLists></Layout>`))
	if err != nil {
		t.Fatal(err)
	}
	want := layout{
		sections: []section{{"Details", [][]string{{"Name"}, {}}}},
		related:  []relatedList{{"S__c", "A__c", "S__c", []string{"Name", "Active__c"}}},
	}
	if diff := cmp.Diff(want, l, cmp.AllowUnexported(layout{}, relatedList{})); diff != "" {
		t.Error(diff)
	}
}

func TestParseRefusesDepth(t *testing.T) {
	deep := strings.Repeat("<a>", deepest+1) + strings.Repeat("</a>", deepest+1)
	if _, err := parse[layoutXML]([]byte(deep)); err == nil {
		t.Error("a layout of 65 nested elements was read")
	}
}

func TestTabIcon(t *testing.T) {
	for motif, want := range map[string]string{"Custom57: Headset": "custom:custom57", "": "standard:record", "x": "standard:record"} {
		if got := (tabXML{Motif: motif}).icon(); got != want {
			t.Errorf("icon of %q = %q, want %q", motif, got, want)
		}
	}
}

func FuzzDeployed(f *testing.F) {
	f.Add([]byte(`<Layout><layoutSections><label>A</label><layoutColumns/></layoutSections></Layout>`))
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY x "y">]><Layout>&x;</Layout>`))
	f.Fuzz(func(t *testing.T, source []byte) {
		if l, err := layoutOf(source); err == nil {
			for _, part := range l.sections {
				for _, column := range part.Columns {
					if column == nil {
						t.Error("a column is nil and would be written as null")
					}
				}
			}
		}
		if page, err := parse[flexiPageXML](source); err == nil && page.utilities() == nil {
			t.Error("no utilities are written as null")
		}
	})
}
