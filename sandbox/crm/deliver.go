package crm

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
)

// systemUser is who does what nobody asked for.
func (o *Org) systemUser() RecordID { return newID("005", o.pod, 1) }

const (
	administrators = RecordID("00ePc0000000001")
	standardUsers  = RecordID("00ePc0000000002")
)

// deliver makes the org as it comes: standard objects, profiles, users, no package.
func (o *Org) deliver(ctx context.Context) error {
	n, err := rand.Int(rand.Reader, big.NewInt(1<<40))
	if err != nil {
		return err
	}
	o.id = newID("00D", o.pod, n.Int64()) // a new org has a new id, so that clients' old logins do not fit it
	o.next.Store(100)
	return o.inTx(ctx, func(t *tx) error {
		if _, err := t.db.ExecContext(ctx, `INSERT INTO org (id, next, prefix) VALUES (?, ?, 0)`, string(o.id), o.next.Load()); err != nil {
			return err
		}
		for _, object := range standardObjects() {
			if err := t.putObject(ctx, object); err != nil {
				return err
			}
		}
		a := &Actor{org: o, tx: t, system: true, user: User{ID: o.systemUser()}}
		if err := a.deliverRows(ctx); err != nil {
			return err
		}
		return a.deliverUsers(ctx, o.cfg.Users)
	})
}

func (a *Actor) deliverRows(ctx context.Context) error {
	all := Values{"Id": string(profile(administrators)), "Name": "System Administrator", "UserType": "Standard"}
	for _, f := range systemPermissions() {
		all[f.Name] = true
	}
	for _, row := range []struct {
		object string
		values Values
	}{
		{"Organization", Values{"Id": string(a.org.id), "Name": "Patchcord Sandbox", "InstanceName": "PC1", "IsSandbox": false, "OrganizationType": "Developer Edition",
			"LanguageLocaleKey": "en_US", "DefaultLocaleSidKey": "en_US", "TimeZoneSidKey": "America/Los_Angeles", "Country": "US", "IsReadOnly": false}},
		{"Profile", all},
		{"Profile", Values{"Id": string(profile(standardUsers)), "Name": "Standard User", "UserType": "Standard", "PermissionsApiEnabled": true, "PermissionsLightningExperienceUser": true}},
	} {
		if _, err := a.Create(ctx, row.object, row.values); err != nil {
			return fmt.Errorf("deliver %s: %w", row.object, err)
		}
	}
	return nil
}

// profile completes a profile's id.
func profile(short RecordID) RecordID { return To18(string(short)) }

func (a *Actor) deliverUsers(ctx context.Context, users []SeedUser) error {
	hashes := map[secret.String]string{}
	for _, u := range users {
		in := profile(standardUsers)
		if u.Administrator {
			in = profile(administrators)
		}
		id, err := a.Create(ctx, "User", Values{
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
		if err := a.tx.setHash(ctx, id, hashes[u.Password]); err != nil {
			return err
		}
	}
	return nil
}
