package crm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	administrators = schema.RecordID("00ePc0000000001")
	standardUsers  = schema.RecordID("00ePc0000000002")
	minimumAccess  = schema.RecordID("00ePc0000000003")
)

// deliver makes the org as it comes: standard objects, profiles, users, no package.
func (o *Org) deliver(ctx context.Context) error {
	return o.Write(ctx, func(t *records.Tx) error {
		if err := t.Found(ctx, schema.Standard(rights.Fields())); err != nil {
			return err
		}
		a := o.system(t)
		if err := a.deliverRows(ctx); err != nil {
			return err
		}
		if err := a.PutComponent(ctx, serviceConsole); err != nil {
			return err
		}
		return a.deliverUsers(ctx, o.cfg.Users)
	})
}

func (a *Actor) deliverRows(ctx context.Context) error {
	for _, row := range []struct {
		object string
		values records.Values
	}{
		{"Organization", records.Values{"Id": string(a.OrgID()), "Name": "Patchcord Sandbox", "InstanceName": "PC1",
			"IsSandbox": false, "OrganizationType": "Developer Edition",
			"LanguageLocaleKey": "en_US", "DefaultLocaleSidKey": "en_US", "TimeZoneSidKey": "America/Los_Angeles",
			"Country": "US", "IsReadOnly": false}},
		{"Profile", everyPermission(records.Values{"Id": string(profile(administrators)), "Name": "System Administrator",
			"UserType": "Standard"})},
		{"Profile", records.Values{"Id": string(profile(standardUsers)), "Name": "Standard User", "UserType": "Standard",
			"PermissionsApiEnabled": true, "PermissionsLightningExperienceUser": true, "PermissionsEditTask": true, "PermissionsRunFlow": true}},
	} {
		if _, err := a.Create(ctx, row.object, row.values); err != nil {
			return fmt.Errorf("deliver %s: %w", row.object, err)
		}
	}
	return a.deliverProfiles(ctx)
}

func everyPermission(values records.Values) records.Values {
	for _, f := range rights.Fields() {
		values[f.Name] = true
	}
	return values
}

// upgrade gives an org that an older version made what a new one has: fields of standard objects, rights of profiles.
func (o *Org) upgrade(ctx context.Context) error {
	var behind []schema.Object
	for _, object := range schema.Standard(rights.Fields()) {
		have, ok := o.Schema().Object(object.Name)
		if !ok || slices.ContainsFunc(object.Fields, func(f schema.Field) bool {
			had,
				has := have.Field(f.Name)
			return !has || had.Cascade != f.Cascade || !slices.Equal(had.References, f.References)
		}) {
			behind = append(behind, object)
		}
	}
	if len(behind) == 0 {
		return nil
	}
	profiles, _ := o.Schema().Object("Profile")
	_, rated := profiles.Field(rights.EditTask.Field()) // before it came, all profiles had the rights of standard objects
	return o.Transact(ctx, func(a *Actor) error {
		if _, there, err := a.Component(ctx, serviceConsole.Type, serviceConsole.FullName); err != nil || !there {
			if err := errors.Join(err, a.PutComponent(ctx, serviceConsole)); err != nil {
				return err
			}
		}
		added := map[string][]schema.Field{}
		for _, object := range behind {
			if have, ok := a.Object(object.Name); ok {
				added[object.Name] = slices.DeleteFunc(slices.Clone(object.Fields),
					func(f schema.Field) bool { _, had := have.Field(f.Name); return had })
				object = caughtUp(have, object)
			}
			if err := a.PutObject(ctx, object); err != nil {
				return err
			}
		}
		if slices.ContainsFunc(added["Profile"], func(f schema.Field) bool { return f.Name == rights.RunFlow.Field() }) {
			if err := a.Update(ctx, "Profile", profile(standardUsers), records.Values{rights.RunFlow.Field(): true}, ""); err != nil {
				return err
			}
		}
		if err := a.Update(ctx, "Profile", profile(administrators), everyPermission(records.Values{}), ""); err != nil {
			return err
		}
		if err := a.recordApps(ctx); err != nil {
			return err
		}
		if !rated {
			return a.deliverProfiles(ctx)
		}
		return a.deliverNew(ctx, added)
	})
}

// recordApps keeps the client apps again, whose records came later than they did.
func (a *Actor) recordApps(ctx context.Context) error {
	apps, err := a.Components(ctx, schema.ClientApp)
	for _, c := range apps {
		if err == nil {
			err = a.PutComponent(ctx, c)
		}
	}
	return err
}

// caughtUp is an object as it is, with what its definition has now.
func caughtUp(have, object schema.Object) schema.Object {
	have.Fields = slices.Clone(have.Fields)
	for i, f := range have.Fields {
		if now, ok := object.Field(f.Name); ok {
			have.Fields[i].Cascade, have.Fields[i].References = now.Cascade, now.References
		}
	}
	for _, f := range object.Fields {
		if _, has := have.Field(f.Name); !has {
			have.Fields = append(have.Fields, f)
		}
	}
	return have
}

// profile completes a profile's id.
func profile(short schema.RecordID) schema.RecordID { return schema.To18(string(short)) }

// deliverMinimum makes the profile of those who get all their rights by permission sets, unless it is there. It comes
// with its first user: nobody else looks for it. Source: Help, "Standard Profiles", Minimum Access - Salesforce.
func (a *Actor) deliverMinimum(ctx context.Context) error {
	id := profile(minimumAccess)
	if _, err := a.Get(ctx, "Profile", id); err == nil {
		return nil
	}
	_, err := a.Create(ctx, "Profile", records.Values{
		"Id": string(id), "Name": "Minimum Access - Salesforce", "UserType": "Standard",
	})
	return err
}

func (a *Actor) deliverUsers(ctx context.Context, users []SeedUser) error {
	hashes := map[secret.String]string{}
	for _, u := range users {
		in := profile(standardUsers)
		switch {
		case u.Administrator:
			in = profile(administrators)
		case u.MinimumAccess:
			in = profile(minimumAccess)
			if err := a.deliverMinimum(ctx); err != nil {
				return err
			}
		}
		id, err := a.Create(ctx, "User", records.Values{
			"Username": u.Username, "FirstName": u.FirstName, "LastName": u.LastName, "Alias": u.Alias, "Email": u.Username, "ProfileId": string(in),
			"CommunityNickname": strings.ToLower(u.FirstName), "UserPermissionsSupportUser": true,
		})
		if err != nil {
			return fmt.Errorf("deliver user %s: %w", u.Username, err)
		}
		if hashes[u.Password] == "" { // hashing is slow on purpose; the demo's users share one password
			hash, err := bcrypt.GenerateFromPassword([]byte(u.Password.Expose()), bcrypt.DefaultCost)
			if err != nil {
				return err
			}
			hashes[u.Password] = string(hash)
		}
		if err := a.Writing(ctx, func(t *records.Tx) error { return people.SetHash(ctx, t, id, hashes[u.Password]) }); err != nil {
			return err
		}
	}
	return nil
}

// serviceConsole is the app that every org comes with; deployments may change it, as on the platform.
var serviceConsole = records.Component{Type: "CustomApplication", FullName: "standard__LightningService", Files: map[string][]byte{
	"applications/standard__LightningService.app": []byte(`<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>(Lightning Experience) Lets support agents work with multiple records across customer service channels` +
		` on one screen</description>
    <formFactors>Large</formFactors>
    <isNavAutoTempTabsDisabled>false</isNavAutoTempTabsDisabled>
    <isNavPersonalizationDisabled>false</isNavPersonalizationDisabled>
    <label>Service Console</label>
    <navType>Console</navType>
    <tabs>standard-home</tabs>
    <tabs>standard-Account</tabs>
    <tabs>standard-Contact</tabs>
    <tabs>standard-Case</tabs>
    <tabs>standard-Lead</tabs>
    <tabs>standard-Task</tabs>
    <uiType>Lightning</uiType>
    <workspaceConfig>
        <mappings>
            <tab>standard-home</tab>
        </mappings>
        <mappings>
            <tab>standard-Account</tab>
        </mappings>
        <mappings>
            <tab>standard-Contact</tab>
        </mappings>
        <mappings>
            <tab>standard-Case</tab>
        </mappings>
        <mappings>
            <tab>standard-Lead</tab>
        </mappings>
        <mappings>
            <tab>standard-Task</tab>
        </mappings>
    </workspaceConfig>
</CustomApplication>
`),
}}
