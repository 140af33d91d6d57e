package packaging

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	page        = `<apex:page>Hello</apex:page>`
	description = `<ApexPage xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><label>Greeting</label></ApexPage>`
	object      = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Thing</label>
<pluralLabel>Things</pluralLabel><nameField><label>Thing Name</label><type>Text</type></nameField>
<deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>
<fields><fullName>Size__c</fullName><label>Size</label><type>Text</type><length>20</length></fields></CustomObject>`
	manifest = `<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Thing__c</members>` +
		`<name>CustomObject</name></types><types><members>Greeting</members><name>ApexPage</name></types><version>67.0</version></Package>`
)

func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shop is a store with one listing in a new org, with an administrator and an agent.
type shop struct {
	*Store
	org          *crm.Org
	admin, agent schema.RecordID
	listing      Listing
}

func open(t *testing.T, markup string) shop {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: log, Users: []crm.SeedUser{
		{Username: "admin@x.example", FirstName: "Ada", LastName: "B", Alias: "a", Password: "p", Administrator: true},
		{Username: "agent@x.example", FirstName: "Amelia", LastName: "O", Alias: "b", Password: "p"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	deploys := metadata.New(metadata.Config{Org: org, Clock: clock.System{}, Log: log})
	archive := pack(t, map[string]string{"package.xml": manifest, "objects/Thing__c.object": object,
		"pages/Greeting.page": markup, "pages/Greeting.page-meta.xml": description})
	l := Listing{Title: "Things for Everybody", Publisher: "Thingmakers", PackageName: "Things", VersionName: "Spring",
		Version: "1.2", Archive: func() ([]byte, error) { return archive, nil }}
	s := shop{Store: New(Config{Org: org, Listings: []Listing{l}, Deploys: deploys, Clock: clock.System{}, Log: log}), org: org, listing: l}
	t.Cleanup(func() { s.Close(); deploys.Close(); _ = org.Close() })
	for name, into := range map[string]*schema.RecordID{"admin@x.example": &s.admin, "agent@x.example": &s.agent} {
		u, err := org.People.UserByName(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		*into = u.ID
	}
	return s
}

// installed asks for the installation and waits until it has ended.
func (s shop) installed(t *testing.T) Request {
	t.Helper()
	r, err := s.Install(t.Context(), s.admin, s.listing.VersionID(), AllUsers, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.work.Wait()
	if r, err = s.Request(r.ID); err != nil {
		t.Fatal(err)
	}
	return r
}

func (s shop) mail(t *testing.T) string {
	t.Helper()
	all, err := s.org.People.Mailbox(t.Context(), s.admin)
	if err != nil || len(all) == 0 {
		t.Fatalf("mailbox: %v, %v", all, err)
	}
	return all[0].Subject
}

func TestInstallAndUninstall(t *testing.T) {
	s := open(t, page)
	if r := s.installed(t); r.Status != Success || r.Total == 0 || r.Deployed != r.Total {
		t.Fatalf("request %+v", r)
	}
	if got := s.mail(t); got != "Package Things Install Successful" {
		t.Errorf("mail %q", got)
	}
	all, err := s.Installed(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "Things" || all[0].Version != "1.2" || all[0].Objects != 1 {
		t.Fatalf("installed %+v, %v", all, err)
	}
	admin, err := s.org.As(t.Context(), s.admin)
	if err != nil {
		t.Fatal(err)
	}
	id, err := admin.Create(t.Context(), "Thing__c", records.Values{"Name": "One", "Size__c": "big"})
	if err != nil || id == "" {
		t.Fatalf("an administrator has no rights to the package's field: %v", err)
	}
	if _, err := s.Install(t.Context(), s.admin, s.listing.VersionID(), AdminsOnly, nil); !isCode(err, "ALREADY_INSTALLED") {
		t.Errorf("installed twice: %v", err)
	}
	losses, err := s.Losses(t.Context(), all[0])
	if err != nil || len(losses) != 1 || losses[0].Records != 1 {
		t.Errorf("losses %+v, %v", losses, err)
	}
	if err := s.Uninstall(t.Context(), s.agent, all[0].ID); !isCode(err, "INSUFFICIENT_ACCESS") {
		t.Errorf("an agent uninstalled: %v", err)
	}
	if err := s.Uninstall(t.Context(), s.admin, all[0].ID); err != nil {
		t.Fatal(err)
	}
	s.empty(t)
	if r := s.installed(t); r.Status != Success {
		t.Errorf("installed again: %+v", r)
	}
}

// empty wants nothing of the package to be left.
func (s shop) empty(t *testing.T) {
	t.Helper()
	if all, err := s.Installed(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("installed %+v, %v", all, err)
	}
	if _, ok := s.org.Schema().Object("Thing__c"); ok {
		t.Error("the object is still there")
	}
	for _, kind := range []string{"CustomObject", "ApexPage"} {
		kept, err := s.org.Components(t.Context(), kind)
		if err != nil || len(kept) != 0 {
			t.Errorf("%s components: %d, %v", kind, len(kept), err)
		}
	}
	err := s.org.Transact(t.Context(), func(a *crm.Actor) error {
		found, err := a.Query(context.WithoutCancel(t.Context()), "SELECT Id FROM ApexPage", false)
		if err == nil && found.TotalSize != 0 {
			t.Error("the page is still there")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAFailedInstallationLeavesNothingAndNamesTheComponent(t *testing.T) {
	s := open(t, "no page at all")
	r := s.installed(t)
	if r.Status != Failed || len(r.Errors) != 1 || !strings.HasPrefix(r.Errors[0], "ApexPage Greeting: ") {
		t.Errorf("request %+v", r)
	}
	if got := s.mail(t); got != "Package Things Install Failed" {
		t.Errorf("mail %q", got)
	}
	s.empty(t)
}

func TestWhoMayInstallWhat(t *testing.T) {
	s := open(t, page)
	for _, tc := range []struct {
		name    string
		by      schema.RecordID
		version string
		code    string
	}{
		{"an agent may not", s.agent, s.listing.VersionID(), "INSUFFICIENT_ACCESS"},
		{"a version that nobody offers", s.admin, "04t000000000001AAA", "INVALID_ID_FIELD"},
		{"what is no id", s.admin, "../x", "INVALID_ID_FIELD"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := s.Install(t.Context(), tc.by, tc.version, AdminsOnly, nil); !isCode(err, tc.code) {
				t.Errorf("got %v, want %s", err, tc.code)
			}
		})
	}
}

func TestSearch(t *testing.T) {
	s := open(t, page)
	for _, tc := range []struct {
		query string
		found int
	}{{"", 1}, {"thing", 1}, {"THINGS every", 1}, {"maker", 0}, {"telephone", 0}} {
		t.Run(tc.query, func(t *testing.T) {
			if got := s.Search(tc.query); len(got) != tc.found {
				t.Errorf("found %d, want %d", len(got), tc.found)
			}
		})
	}
}

func isCode(err error, code string) bool {
	e, ok := errors.AsType[*schema.Error](err)
	return ok && e.Code == code
}
