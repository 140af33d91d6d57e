package metadata

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const riders = `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <applicationVisibilities>
        <application>standard__LightningService</application>
        <visible>true</visible>
    </applicationVisibilities>
    <classAccesses>
        <apexClass>Bell</apexClass>
        <enabled>true</enabled>
    </classAccesses>
    <description>Who ride</description>
    <fieldPermissions>
        <editable>false</editable>
        <field>Ride__c.Gear__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <hasActivationRequired>true</hasActivationRequired>
    <label>Riders</label>
    <license>Salesforce</license>
    <objectPermissions>
        <allowCreate>false</allowCreate>
        <allowDelete>false</allowDelete>
        <allowEdit>false</allowEdit>
        <allowRead>true</allowRead>
        <modifyAllRecords>false</modifyAllRecords>
        <object>Ride__c</object>
        <viewAllFields>true</viewAllFields>
        <viewAllRecords>false</viewAllRecords>
    </objectPermissions>
    <pageAccesses>
        <apexPage>Shed</apexPage>
        <enabled>true</enabled>
    </pageAccesses>
    <tabSettings>
        <tab>Ride__c</tab>
        <visibility>None</visibility>
    </tabSettings>
    <userPermissions>
        <enabled>true</enabled>
        <name>ApiEnabled</name>
    </userPermissions>
    <userPermissions>
        <enabled>true</enabled>
        <name>ViewRoles</name>
    </userPermissions>
</PermissionSet>
`

// shed is a site with an object, a page and a set on them.
func shed(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	d := s.deploy(pack(t, map[string]string{
		"package.xml": manifestOf("PermissionSet", "Riders"), "objects/Ride__c.object": ride, "permissionsets/Riders.permissionset": riders,
		"pages/Shed.page": `<apex:page>x</apex:page>`,
		"pages/Shed.page-meta.xml": `<ApexPage xmlns="http://soap.sforce.com/2006/04/metadata">` +
			`<apiVersion>67.0</apiVersion><label>Shed</label></ApexPage>`,
	}))
	if d.Result.Status != "Succeeded" {
		t.Fatalf("%+v", d)
	}
	return s
}

// set is the file that a retrieval gives of a permission set; "" if it gives none.
func (s *site) set(name string) string {
	s.t.Helper()
	r, err := s.api.retrieve(s.t.Context(), manifest{types: []members{{kind: "PermissionSet", names: []string{name}}}}, "67.0", true)
	if err != nil {
		s.t.Fatal(err)
	}
	files, err := unpack(r.zip)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(files["permissionsets/"+name+".permissionset"])
}

// records runs a change of records, as Setup and the REST API make them.
func (s *site) records(f func(*crm.Actor) error) {
	s.t.Helper()
	if err := s.org.Transact(s.t.Context(), f); err != nil {
		s.t.Fatal(err)
	}
}

// rights are a set's entries as text, sorted.
func (s *site) rights(name string) []string {
	s.t.Helper()
	var all []string
	s.records(func(a *crm.Actor) error {
		for _, q := range []string{
			"SELECT SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, " +
				"PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE ",
			"SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ",
			"SELECT SetupEntityId, SetupEntityType FROM SetupEntityAccess WHERE ",
			"SELECT Name, Visibility FROM PermissionSetTabSetting WHERE Visibility != 'None' AND ",
		} {
			if err := each(s.t.Context(), a, q+"Parent.Name = "+soql.Quote(name),
				func(r records.Record) { all = append(all, lineOf(r)) }); err != nil {
				return err
			}
		}
		return each(s.t.Context(), a, "SELECT Label, PermissionsApiEnabled, PermissionsViewSetup FROM PermissionSet WHERE "+
			"Name = "+soql.Quote(name), func(r records.Record) { all = append(all, lineOf(r)) })
	})
	slices.Sort(all)
	return all
}

func lineOf(r records.Record) string {
	var line []string
	for _, f := range r.Fields {
		if yes, isFlag := f.Value.(bool); isFlag {
			sign := "-"
			if yes {
				sign = "+"
			}
			line = append(line, f.Name+sign)
		} else {
			line = append(line, r.Text(f.Name))
		}
	}
	return strings.Join(line, " ")
}

// change does to the set what somebody would in Setup.
func (s *site) change() {
	s.t.Helper()
	ctx := s.t.Context()
	s.records(func(a *crm.Actor) error {
		found, err := a.Query(ctx, "SELECT Id FROM PermissionSet WHERE Name = 'Riders'", false)
		if err != nil {
			return err
		}
		set := found.Records[0].ID()
		if err := a.Update(ctx, "PermissionSet", set, records.Values{"Label": "Fast & Riders", "PermissionsViewSetup": true,
			"PermissionsApiEnabled": false}, ""); err != nil {
			return err
		}
		found, err = a.Query(ctx, "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Ride__c'", false)
		if err != nil {
			return err
		}
		if err := a.Update(ctx, "ObjectPermissions", found.Records[0].ID(), records.Values{"PermissionsEdit": true}, ""); err != nil {
			return err
		}
		for object, values := range map[string]records.Values{
			"ObjectPermissions":       {"SobjectType": "Account", "PermissionsRead": true},
			"PermissionSetTabSetting": {"Name": "Ride__c", "Visibility": "Visible"},
		} {
			values["ParentId"] = string(set)
			if _, err := a.Create(ctx, object, values); err != nil {
				return err
			}
		}
		found, err = a.Query(ctx, "SELECT Id FROM SetupEntityAccess WHERE SetupEntityType = 'ApexPage'", false)
		if err != nil {
			return err
		}
		return a.Delete(ctx, "SetupEntityAccess", found.Records[0].ID())
	})
}

func TestPermissionSetIsItsRecords(t *testing.T) {
	s := shed(t)
	if got := s.set("Riders"); got != riders {
		t.Fatalf("not as it was deployed:\n%s", got)
	}
	s.change()
	got, before := s.set("Riders"), s.rights("Riders")
	for _, want := range []string{
		"<label>Fast &amp; Riders</label>", "<name>ViewSetup</name>", "<object>Account</object>",
		"<allowEdit>true</allowEdit>", "<visibility>Visible</visibility>",
		// what no record stands for stays
		"<apexClass>Bell</apexClass>", "<hasActivationRequired>true</hasActivationRequired>",
		"<license>Salesforce</license>", "<name>ViewRoles</name>", "<viewAllFields>true</viewAllFields>", "<description>Who ride</description>",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%s stands there %d times:\n%s", want, strings.Count(got, want), got)
		}
	}
	for _, gone := range []string{"ApiEnabled", "Shed", "<label>Riders</label>"} {
		if strings.Contains(got, gone) {
			t.Errorf("%s stayed:\n%s", gone, got)
		}
	}
	if account, ride := strings.Index(got, "<object>Account"), strings.Index(got, "<object>Ride__c"); account > ride {
		t.Errorf("not sorted:\n%s", got)
	}
	read := s.want(`<readMetadata><type>PermissionSet</type><fullNames>Riders</fullNames></readMetadata>`,
		`<records xsi:type="PermissionSet">(.*)</records>`)
	if !strings.Contains(read, "<object>Account</object>") || strings.Contains(read, "Shed") {
		t.Errorf("readMetadata gives %s", read)
	}

	t.Run("deleted and deployed from what was retrieved, it gives the same rights", func(t *testing.T) {
		s.want(`<deleteMetadata><type>PermissionSet</type><fullNames>Riders</fullNames></deleteMetadata>`, `<success>true</success>`)
		if left := s.rights("Riders"); len(left) > 0 || s.set("Riders") != "" {
			t.Fatalf("after the deletion: %q\n%s", left, s.set("Riders"))
		}
		if d := s.deploy(pack(t, map[string]string{"package.xml": manifestOf("PermissionSet", "Riders"),
			"permissionsets/Riders.permissionset": got})); d.Result.Status != "Succeeded" {
			t.Fatalf("%+v", d)
		}
		if after := s.rights("Riders"); !slices.Equal(before, after) {
			t.Errorf("rights\n%q\nwere\n%q", after, before)
		}
		if again := s.set("Riders"); again != got {
			t.Errorf("retrieved\n%s\nwas\n%s", again, got)
		}
	})
	t.Run("deployed again, the set is as the file has it and is told as changed", func(t *testing.T) {
		d := s.deploy(pack(t, map[string]string{"package.xml": manifestOf("PermissionSet", "Riders"),
			"permissionsets/Riders.permissionset": riders}))
		if i := slices.IndexFunc(d.Result.Details.Successes,
			func(m message) bool { return m.FullName == "Riders" }); i < 0 || !d.Result.Details.Successes[i].Changed {
			t.Errorf("%+v", d.Result.Details)
		}
		if got := s.set("Riders"); got != riders {
			t.Errorf("retrieved\n%s", got)
		}
	})
}

func TestPermissionSetMadeInSetup(t *testing.T) {
	s := shed(t)
	s.records(func(a *crm.Actor) error {
		_, err := a.Create(t.Context(), "PermissionSet", records.Values{"Name": "Walkers", "Label": "Walkers"})
		return err
	})
	const list = `<listMetadata><queries><type>PermissionSet</type></queries></listMetadata>`
	s.want(list, `<fullName>Riders</fullName>.*<fullName>Walkers</fullName>`)
	if want := "<hasActivationRequired>false</hasActivationRequired>\n    <label>Walkers</label>\n"; !strings.Contains(s.set("Walkers"),
		want) {
		t.Errorf("file %s", s.set("Walkers"))
	}
	s.want(`<updateMetadata><metadata xsi:type="PermissionSet"><fullName>Walkers</fullName><label>Slow</label>`+
		`</metadata></updateMetadata>`, `<success>true</success>`)
	s.want(`<renameMetadata><type>PermissionSet</type><oldFullName>Walkers</oldFullName>`+
		`<newFullName>Hikers</newFullName></renameMetadata>`, `<success>true</success>`)
	if !strings.Contains(s.set("Hikers"), "<label>Slow</label>") || s.set("Walkers") != "" {
		t.Errorf("renamed: %q %q", s.set("Hikers"), s.set("Walkers"))
	}

	t.Run("renamed by its record, a deployed set keeps what no record stands for", func(t *testing.T) {
		s.records(func(a *crm.Actor) error {
			found, err := a.Query(t.Context(), "SELECT Id FROM PermissionSet WHERE Name = 'Riders'", false)
			if err != nil {
				return err
			}
			return a.Update(t.Context(), "PermissionSet", found.Records[0].ID(), records.Values{"Name": "Racers"}, "")
		})
		if got := s.set("Racers"); got != riders || s.set("Riders") != "" {
			t.Errorf("retrieved %s", got)
		}
	})
	t.Run("deleted by its record, the set and its entries are gone", func(t *testing.T) {
		s.records(func(a *crm.Actor) error {
			found, err := a.Query(t.Context(), "SELECT Id FROM PermissionSet WHERE Name = 'Racers'", false)
			if err != nil {
				return err
			}
			return a.Delete(t.Context(), "PermissionSet", found.Records[0].ID())
		})
		if left := s.rights("Racers"); len(left) > 0 || s.set("Racers") != "" {
			t.Errorf("left %q", left)
		}
		if c, there, err := s.org.Component(t.Context(), "PermissionSet", "Racers"); there || err != nil {
			t.Errorf("component %+v %v", c, err)
		}
	})
}
