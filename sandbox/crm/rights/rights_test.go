package rights

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// rider may read rides, may edit their gear, and sees the tab that no set hides.
func rider(held ...Permission) Rights {
	g := &Grants{
		objects: map[string]ObjectGrant{"ride__c": {Read: true, Edit: true}},
		fields:  map[string]FieldGrant{"ride__c.gear__c": {Read: true, Edit: true}},
		tabs:    map[string]string{"ride__c": "Visible"},
		system:  map[Permission]bool{},
	}
	for _, p := range held {
		g.system[p] = true
	}
	return Of("005000000000001AAA", g)
}

var ride = schema.Object{Name: "Ride__c", Custom: true, Fields: []schema.Field{
	{Name: "Name", NameField: true}, {Name: "Gear__c", Custom: true}, {Name: "Price__c", Custom: true},
}}

func TestWhatAPermissionSetGives(t *testing.T) {
	r := rider()
	if got, want := r.On(ride), (ObjectGrant{Read: true, Edit: true}); got != want {
		t.Errorf("rides: %+v, want %+v", got, want)
	}
	for field, want := range map[string]FieldGrant{"Name": {true, true}, "Gear__c": {true, true}, "Price__c": {}} {
		f, _ := ride.Field(field)
		if got := r.OnField(ride, f); got != want {
			t.Errorf("%s: %+v, want %+v", field, got, want)
		}
	}
	if !r.TabVisible(ride) || r.TabVisible(schema.Object{Name: "Account"}) {
		t.Error("another tab than that of rides is shown")
	}
	if got := r.On(schema.Object{Name: "Account"}); got != (ObjectGrant{}) {
		t.Errorf("accounts: %+v", got)
	}
}

func TestSystemPermissionsGoBeforeObjects(t *testing.T) {
	if err := rider().Require(ManageUsers); err == nil {
		t.Error("somebody without the permission may manage users")
	}
	if !rider(ModifyAllData).On(schema.Object{Name: "Account"}).ModifyAll {
		t.Error("who may modify all data may not modify all accounts")
	}
	if got := rider(ModifyAllData).OnField(ride, schema.Field{Name: "Price__c", Custom: true}); got.Read {
		t.Error("a field without an entry is read by who may modify all data")
	}
	if got, want := rider(EditTask).On(schema.Object{Name: "Task"}),
		(ObjectGrant{Read: true, Create: true, Edit: true, Remove: true}); got != want {
		t.Errorf("tasks: %+v, want %+v", got, want)
	}
	if r := All("005000000000001AAA"); !r.Can(ManageUsers) || !r.On(ride).Remove || !r.AppVisible("any") || !r.TabVisible(ride) {
		t.Error("rights without limits have one")
	}
}

func TestSharing(t *testing.T) {
	private := ride
	private.Sharing = schema.Private
	leg := schema.Object{Name: "Leg__c", Custom: true, ControlledBy: "Ride__c",
		Fields: []schema.Field{{Name: "Ride__c", References: []string{"Ride__c"}}}}
	s := schema.Schema{}.With(private).With(leg)
	for _, tc := range []struct {
		name   string
		rights Rights
		object schema.Object
		want   string
	}{
		{"what everybody may write is seen", rider(), ride, ""},
		{"a private record is its owner's", rider(), private, `t."OwnerId" = ?`},
		{"a detail is its master's owner's", rider(), leg,
			`EXISTS (SELECT 1 FROM "o_Ride__c" tm0 WHERE tm0."Id" = t."Ride__c" AND tm0."OwnerId" = ?)`},
		{"who may view all data sees it", rider(ViewAllData), private, ""},
		{"rights without limits see it", All("005"), leg, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, _ := tc.rights.Shared(s, tc.object, "t"); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}
