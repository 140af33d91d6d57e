package metadata

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// kit has a component of each type that leaves more behind than its file.
var kit = map[string]string{
	"objects/Ride__c.object": ride,
	"tabs/Ride__c.tab":       `<CustomTab><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>`,
	"layouts/Ride__c-Rides.layout": `<Layout><layoutSections><layoutColumns><layoutItems><field>Gear__c</field></layoutItems>` +
		`</layoutColumns><style>OneColumn</style></layoutSections></Layout>`,
	"pages/Shed.page":            `<apex:page>Shed</apex:page>`,
	"pages/Shed.page-meta.xml":   `<ApexPage><apiVersion>67.0</apiVersion><label>Shed</label></ApexPage>`,
	"staticresources/R.resource": `x`,
	"staticresources/R.resource-meta.xml": `<StaticResource><cacheControl>Public</cacheControl>` +
		`<contentType>text/plain</contentType></StaticResource>`,
	"callCenters/Desk.callCenter": `<CallCenter><displayName>Desk</displayName><displayNameLabel>Display Name</displayNameLabel>` +
		`<internalNameLabel>Internal Name</internalNameLabel></CallCenter>`,
	"applications/Rides.app": `<CustomApplication><label>Rides</label><uiType>Lightning</uiType><tabs>Ride__c</tabs></CustomApplication>`,
	"permissionsets/Riders.permissionset": `<PermissionSet><label>Riders</label>` +
		`<applicationVisibilities><application>Rides</application><visible>true</visible></applicationVisibilities>` +
		`<fieldPermissions><field>Ride__c.Gear__c</field><readable>true</readable></fieldPermissions>` +
		`<objectPermissions><object>Ride__c</object><allowRead>true</allowRead></objectPermissions>` +
		`<pageAccesses><apexPage>Shed</apexPage><enabled>true</enabled></pageAccesses>` +
		`<tabSettings><tab>Ride__c</tab><visibility>Visible</visibility></tabSettings></PermissionSet>`,
}

// kitTypes are its types with the names of what they hold.
var kitTypes = map[string]string{
	objectKind: "Ride__c", customFieldKind: "Ride__c.Gear__c", tabKind: "Ride__c", "Layout": "Ride__c-Rides", pageKind: "Shed",
	"StaticResource": "R", callCenterKind: "Desk", "CustomApplication": "Rides", "PermissionSet": "Riders",
}

// rows counts the records that components may leave behind, and the components.
func (s *site) rows() string {
	s.t.Helper()
	var found []string
	err := s.org.Transact(s.t.Context(), func(a *crm.Actor) error {
		for _, from := range []string{
			"ObjectPermissions", "FieldPermissions", "PermissionSetTabSetting", "SetupEntityAccess", "PermissionSet", "PermissionSetAssignment",
			pageKind, "StaticResource", callCenterKind, "User WHERE CallCenterId != null",
		} {
			counted, err := a.Query(s.t.Context(), "SELECT COUNT() FROM "+from, false)
			if err != nil {
				return err
			}
			found = append(found, fmt.Sprintf("%s: %d", from, counted.TotalSize))
		}
		kept, err := a.Components(s.t.Context(), "")
		for _, c := range kept {
			found = append(found, c.Type+" "+c.FullName)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Join(found, "\n")
}

// TestRemovingLeavesNothing deploys the kit, has people use it, and removes it by each way there is.
func TestRemovingLeavesNothing(t *testing.T) {
	var list []Identified
	var types strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(kitTypes)) {
		list = append(list, Identified{kind, kitTypes[kind]})
		fmt.Fprintf(&types, "<types><members>%s</members><name>%s</name></types>", kitTypes[kind], kind)
	}
	for _, way := range []struct {
		name   string
		remove func(*site) error
	}{
		{"by a list of deletions", func(s *site) error {
			d := s.deploy(pack(t, map[string]string{
				"package.xml": "<Package/>", "destructiveChanges.xml": "<Package>" + types.String() + "</Package>",
			}))
			if d.Result.Status != "Succeeded" {
				return fmt.Errorf("%+v", d.Result)
			}
			return nil
		}},
		{"by uninstalling a package", func(s *site) error {
			return s.org.Transact(t.Context(), func(a *crm.Actor) error { return Remove(t.Context(), a, list...) })
		}},
	} {
		t.Run(way.name, func(t *testing.T) {
			s := newSite(t)
			before := s.rows()
			files := maps.Clone(kit)
			files["package.xml"] = "<Package/>"
			if d := s.deploy(pack(t, files)); d.Result.Status != "Succeeded" {
				t.Fatalf("%+v", d.Result)
			}
			s.use()
			if err := way.remove(s); err != nil {
				t.Fatal(err)
			}
			if after := s.rows(); after != before {
				t.Errorf("before\n%s\nafter\n%s", before, after)
			}
		})
	}
}

// use gives an agent the kit's permission set and call centre.
func (s *site) use() {
	s.t.Helper()
	ctx := s.t.Context()
	agent, err := s.org.People.UserByName(ctx, "agent@x.example")
	if err != nil {
		s.t.Fatal(err)
	}
	err = s.org.Transact(ctx, func(a *crm.Actor) error {
		in := installerFor(a)
		set, err := in.id(ctx, "PermissionSet", "Riders")
		if err != nil {
			return err
		}
		center, err := in.id(ctx, callCenterKind, "Desk")
		if err != nil {
			return err
		}
		assigned := records.Values{"PermissionSetId": string(set), "AssigneeId": string(agent.ID)}
		if _, err := a.Create(ctx, "PermissionSetAssignment", assigned); err != nil {
			return err
		}
		return a.Update(ctx, "User", agent.ID, records.Values{"CallCenterId": string(center)}, "")
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestWhatSomethingElseUsesIsNotRemoved(t *testing.T) {
	s := newSite(t)
	files := maps.Clone(kit)
	files["package.xml"] = "<Package/>"
	files["tabs/Shed.tab"] = `<CustomTab><label>Shed</label><motif>Custom1: Heart</motif><page>Shed</page></CustomTab>`
	if d := s.deploy(pack(t, files)); d.Result.Status != "Succeeded" {
		t.Fatalf("%+v", d.Result)
	}
	err := s.org.Transact(t.Context(), func(a *crm.Actor) error { return Remove(t.Context(), a, Identified{pageKind, "Shed"}) })
	if err == nil || !strings.Contains(err.Error(), "referenced elsewhere in salesforce.com") {
		t.Errorf("the page of a tab: %v", err)
	}
	err = s.org.Transact(t.Context(), func(a *crm.Actor) error { return Remove(t.Context(), a, Identified{objectKind, "Contact"}) })
	if err == nil || !strings.Contains(err.Error(), "Cannot delete standard object: Contact") {
		t.Errorf("a standard object: %v", err)
	}
}

func TestKindsAreToldApart(t *testing.T) {
	names, folders := map[string]bool{}, map[string]bool{}
	for _, k := range kinds() {
		if names[k.name] || k.suffix == "" {
			t.Errorf("%s: twice, or without a suffix", k.name)
		}
		names[k.name] = true
		switch {
		case k.parent == "" && (k.folder == "" || folders[k.folder]):
			t.Errorf("%s: folder %q is none, or another type's", k.name, k.folder)
		case k.parent != "" && (k.element == "" || k.folder != "" || !names[k.parent]):
			t.Errorf("%s stands in %s as %q", k.name, k.parent, k.element)
		}
		folders[k.folder] = true
		if records.NamedBy(k.name) != "" && (k.install == nil || k.remove == nil) {
			t.Errorf("%s: a record stands for it that is not made or not removed", k.name)
		}
	}
}
