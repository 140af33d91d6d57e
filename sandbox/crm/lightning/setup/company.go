package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

func (s *server) companyRoutes() []route {
	return []route{
		{"GET /company", crm.ViewSetup, read(s.company)},
		{"PUT /company", crm.CustomizeApplication, write(s, putCompany)},
		{"GET /profiles", crm.ViewSetup, read(s.profiles)},
		{"GET /profiles/{id}", crm.ViewSetup, read(s.profile)},
	}
}

type companyOut struct {
	Name         string      `json:"name"`
	Phone        string      `json:"phone"`
	Contact      string      `json:"contact"`
	Country      string      `json:"country"`
	Locale       string      `json:"locale"`
	Language     string      `json:"language"`
	TimeZone     string      `json:"timeZone"`
	ID           string      `json:"id"`
	Edition      string      `json:"edition"`
	Instance     string      `json:"instance"`
	LastModified string      `json:"lastModified"`
	Locales      []optionOut `json:"locales"`
	Languages    []optionOut `json:"languages"`
	TimeZones    []optionOut `json:"timeZones"`
}

func (s *server) company(ctx context.Context, r asked) (companyOut, error) {
	out := companyOut{Locales: locales, Languages: languages, TimeZones: timeZones}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		o, err := a.Get(ctx, "Organization", a.OrgID())
		out.Name, out.Phone, out.Contact, out.Country = o.Text("Name"), o.Text("Phone"), o.Text("PrimaryContact"), o.Text("Country")
		out.Locale, out.Language, out.TimeZone = o.Text("DefaultLocaleSidKey"), o.Text("LanguageLocaleKey"), o.Text("TimeZoneSidKey")
		out.ID, out.Edition, out.Instance, out.LastModified = o.Text("Id"), o.Text("OrganizationType"), o.Text("InstanceName"), o.Text("LastModifiedDate")
		return err
	})
	return out, err
}

type companyIn struct {
	Name         string `json:"name"`
	Phone        string `json:"phone"`
	Contact      string `json:"contact"`
	Country      string `json:"country"`
	Locale       string `json:"locale"`
	Language     string `json:"language"`
	TimeZone     string `json:"timeZone"`
	LastModified string `json:"lastModified"`
}

func putCompany(ctx context.Context, a *crm.Actor, _ asked, in companyIn) (none, error) {
	var w wrong
	w.required("name", in.Name)
	checkLength(&w, "name", "Organization Name", in.Name, 80)
	checkLength(&w, "phone", "Phone", in.Phone, 40)
	checkLength(&w, "contact", "Primary Contact", in.Contact, 80)
	checkLength(&w, "country", "Country", in.Country, 80)
	changes := []struct {
		field, form, label, value string
		of                        []optionOut
	}{
		{"Name", "name", "name", in.Name, nil}, {"Phone", "phone", "phone", in.Phone, nil}, {"PrimaryContact", "contact", "primary contact", in.Contact, nil}, {"Country", "country", "country", in.Country, nil},
		{"DefaultLocaleSidKey", "locale", "default locale", in.Locale, locales}, {"LanguageLocaleKey", "language", "default language", in.Language, languages}, {"TimeZoneSidKey", "timeZone", "default time zone", in.TimeZone, timeZones},
	}
	values := crm.Values{}
	for _, c := range changes {
		if c.of != nil && !slices.ContainsFunc(c.of, func(o optionOut) bool { return o.Value == c.value }) {
			w.field(c.form, "bad value for restricted picklist field: %.40s", c.value)
		}
		values[c.field] = strings.TrimSpace(c.value)
	}
	if err := w.err(); err != nil {
		return none{}, err
	}
	before, err := a.Get(ctx, "Organization", a.OrgID())
	if err != nil {
		return none{}, err
	}
	if err := a.Update(ctx, "Organization", a.OrgID(), values, in.LastModified); err != nil {
		return none{}, err
	}
	for _, c := range changes {
		if from, to := before.Text(c.field), strings.TrimSpace(c.value); from != to {
			if err := a.Audit(ctx, "changedorg"+c.field, "Company Information", "Changed the organization's %s from %s to %s", c.label, orNone(from), orNone(to)); err != nil {
				return none{}, err
			}
		}
	}
	return none{}, nil
}

type profileOut struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	UserType    string `json:"userType"`
	Description string `json:"description"`
	Custom      bool   `json:"custom"`
	Users       int    `json:"users"`
}

type profilesOut struct {
	Profiles []profileOut `json:"profiles"`
}

// profilePageOut is a profile with all that it gives.
type profilePageOut struct {
	profileOut
	System   []accessOut   `json:"system"`
	Objects  []objectRight `json:"objects"`
	Apps     []accessOut   `json:"apps"`
	Pages    []accessOut   `json:"pages"`
	Settings []accessOut   `json:"settings"`
}

func (s *server) profiles(ctx context.Context, r asked) (profilesOut, error) {
	out := profilesOut{Profiles: []profileOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		found, err := a.Query(ctx, "SELECT Id, Name, UserType, Description FROM Profile ORDER BY Name", false)
		for _, p := range found.Records {
			out.Profiles = append(out.Profiles, profileOut{ID: string(p.ID()), Name: p.Text("Name"), UserType: p.Text("UserType"), Description: p.Text("Description")})
		}
		return err
	})
	return out, err
}

func (s *server) profile(ctx context.Context, r asked) (profilePageOut, error) {
	out := profilePageOut{System: []accessOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		p, err := a.Get(ctx, "Profile", crm.RecordID(r.PathValue("id")))
		if err != nil {
			return err
		}
		out.ID, out.Name, out.UserType, out.Description = string(p.ID()), p.Text("Name"), p.Text("UserType"), p.Text("Description")
		for _, right := range crm.SystemPermissions() {
			out.System = append(out.System, accessOut{right.Name, right.Label, on(p, "Permissions"+right.Name)})
		}
		found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM User WHERE ProfileId = %s AND IsActive = true", soql.Quote(out.ID)), false)
		out.Users = found.TotalSize
		if err != nil {
			return err
		}
		return out.own(ctx, a)
	})
	return out, err
}

// own reads the rights that the profile's own permission set holds.
func (out *profilePageOut) own(ctx context.Context, a *crm.Actor) error {
	found, err := a.Query(ctx, "SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = "+soql.Quote(out.ID), false)
	if err != nil {
		return err
	}
	var set setOut
	if len(found.Records) > 0 {
		set.ID = string(found.Records[0].ID())
	}
	for _, part := range []func(context.Context, *crm.Actor, *setOut) error{objectRights, entities, apps} {
		if err := part(ctx, a, &set); err != nil {
			return err
		}
	}
	out.Objects, out.Apps, out.Pages, out.Settings = set.Objects, set.Apps, set.Pages, set.Settings
	return nil
}
