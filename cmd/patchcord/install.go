//go:build !lean

package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"path/filepath"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sandbox"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

// install brings the sandbox to where an administrator would have brought it, by the platforms' published APIs only.
func install(ctx context.Context, e *env, box *sandbox.Sandbox, at origins, app adapter.App, data string) error {
	if err := apply(ctx, e, box, at, app, data); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	return nil
}

func apply(ctx context.Context, e *env, box *sandbox.Sandbox, at origins, app adapter.App, data string) error {
	instance := box.Instance()
	staff, err := box.People(ctx)
	if err != nil {
		return err
	}
	session, err := salesforce.LoginSOAP(ctx, at.crm, people[0].Username, demoPassword)
	if err != nil {
		return err
	}
	centre, err := amazonconnect.New(ctx, amazonconnect.Config{
		Region: instance.Region, Endpoint: at.connect, AccessKeyID: instance.AccessKeyID,
		SecretAccessKey: secret.String(instance.SecretKey), Unlimited: true,
	})
	if err != nil {
		return err
	}
	site := setup.Site{
		Platforms: setup.Platforms{
			CRM: salesforce.New(salesforce.Config{Session: session, Log: e.log}), Connect: centre,
		}, Number: instance.Number,
		Adapter: setup.Adapter{
			ClientID: app.ClientID, CallbackURL: at.adapter + "/auth/callback", PageOrigins: []string{at.visualforce},
			Certificate: base64.StdEncoding.EncodeToString(app.Certificate),
		},
	}
	if site.Instance, err = centre.InstanceByAlias(ctx, instance.Alias); err != nil {
		return err
	}
	if site.Record, err = setup.OpenRecord(filepath.Join(data, "setup-state.json"), session.OrgID, steps.Kinds); err != nil {
		return err
	}
	wanted := steps.For(demoConfig(instance, at, staff), site)
	wanted.SignIn.Adapter = "" // it serves once this is done
	agents := usernames(staff, "agent")
	all := append(wanted.InOrder(), demo, steps.DemoRecords{
		Records: demoRecords(agents, clock.System{}.Now()),
		Loaded:  func(ctx context.Context) error { return lookAround(ctx, at.crm, agents[0]) },
	})
	return setup.Apply(ctx, site.Platforms, all, site.Record, setup.Hooks{})
}

// demoConfig is what an administrator would write for the demo.
func demoConfig(instance connect.Instance, at origins, staff []sandbox.Person) config.File {
	c := config.File{PublicURL: at.adapter, Salesforce: config.Org{LoginURL: at.crm, Username: people[0].Username}}
	c.Setup.CallCenter, c.Setup.Country = callCenter, "US"
	c.Setup.Softphone = config.Softphone{Height: 570, Width: 330}
	c.Setup.Connect = config.Centre{Region: instance.Region, Alias: instance.Alias}
	c.Setup.People = map[string][]string{
		"AC_Administrator": usernames(staff, "administrator"), "AC_Manager": usernames(staff, "manager"),
		"AC_Agent": usernames(staff, "agent"),
	}
	c.Setup.Presence = config.MirroredPresence()
	return c
}
