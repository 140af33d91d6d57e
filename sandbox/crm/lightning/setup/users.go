package setup

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

type userRowOut struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Alias     string `json:"alias"`
	Username  string `json:"username"`
	LastLogin string `json:"lastLogin"`
	Active    bool   `json:"active"`
	Profile   string `json:"profile"`
	ProfileID string `json:"profileId"`
}

type usersOut struct {
	Users []userRowOut `json:"users"`
	More  bool         `json:"more"`
}

// users lists all, active ones or inactive ones, as the views of the platform do.
func (s *server) users(ctx context.Context, r asked) (usersOut, error) {
	out := usersOut{Users: []userRowOut{}}
	where := map[string]string{"active": " WHERE IsActive = true", "inactive": " WHERE IsActive = false"}[r.URL.Query().Get("view")]
	err := s.system(ctx, r, func(a *crm.Actor) error {
		found, err := a.Query(ctx, fmt.Sprintf("SELECT Id, Name, Alias, Username, LastLoginDate, IsActive, ProfileId, "+
			"Profile.Name FROM User%s ORDER BY LastName, FirstName, Id LIMIT %d", where, mostPicked+1), false)
		for _, u := range found.Records {
			out.Users = append(out.Users, userRowOut{string(u.ID()), u.Text("Name"), u.Text("Alias"), u.Text("Username"),
				u.Text("LastLoginDate"), on(u, "IsActive"), parentText(u, "Profile", "Name"), u.Text("ProfileId")})
		}
		return err
	})
	if len(out.Users) > mostPicked {
		out.Users, out.More = out.Users[:mostPicked], true
	}
	return out, err
}

// optionOut is one choice of a pick list.
type optionOut struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

type userChoicesOut struct {
	Profiles    []optionOut `json:"profiles"`
	CallCenters []optionOut `json:"callCenters"`
	TimeZones   []optionOut `json:"timeZones"`
	Locales     []optionOut `json:"locales"`
	Languages   []optionOut `json:"languages"`
}

func (s *server) userChoices(ctx context.Context, r asked) (userChoicesOut, error) {
	out := userChoicesOut{TimeZones: timeZones, Locales: locales, Languages: languages}
	err := s.system(ctx, r, func(a *crm.Actor) (err error) {
		if out.Profiles, err = options(ctx, a, "Profile"); err != nil {
			return err
		}
		out.CallCenters, err = options(ctx, a, "CallCenter")
		return err
	})
	return out, err
}

func options(ctx context.Context, a *crm.Actor, object string) ([]optionOut, error) {
	out := []optionOut{}
	found, err := a.Query(ctx, "SELECT Id, Name FROM "+object+" ORDER BY Name", false)
	for _, r := range found.Records {
		out = append(out, optionOut{string(r.ID()), r.Text("Name")})
	}
	return out, err
}

// userValues are what Setup edits of a user.
type userValues struct {
	FirstName         string `json:"FirstName"`
	LastName          string `json:"LastName"`
	Alias             string `json:"Alias"`
	Email             string `json:"Email"`
	Username          string `json:"Username"`
	CommunityNickname string `json:"CommunityNickname"`
	Title             string `json:"Title"`
	Department        string `json:"Department"`
	Phone             string `json:"Phone"`
	MobilePhone       string `json:"MobilePhone"`
	Extension         string `json:"Extension"`
	ProfileID         string `json:"ProfileId"`
	CallCenterID      string `json:"CallCenterId"`
	TimeZone          string `json:"TimeZoneSidKey"`
	Locale            string `json:"LocaleSidKey"`
	Language          string `json:"LanguageLocaleKey"`
	Federation        string `json:"FederationIdentifier"`
	Active            bool   `json:"IsActive"`
	ServiceCloud      bool   `json:"UserPermissionsSupportUser"`
}

// text are the fields of a user that are text, with their labels in the audit trail.
func (v *userValues) text() []struct {
	name, label string
	value       *string
} {
	return []struct {
		name, label string
		value       *string
	}{
		{"FirstName", "First Name", &v.FirstName}, {"LastName", "Last Name", &v.LastName}, {"Alias", "Alias", &v.Alias},
		{"Email", "Email", &v.Email},
		{"Username", "Username", &v.Username}, {"CommunityNickname", "Nickname", &v.CommunityNickname},
		{"Title", "Title", &v.Title}, {"Department", "Department", &v.Department},
		{"Phone", "Phone", &v.Phone}, {"MobilePhone", "Mobile", &v.MobilePhone}, {"Extension", "Extension", &v.Extension},
		{"ProfileId", "Profile", &v.ProfileID},
		{"CallCenterId", "Call Center", &v.CallCenterID}, {"TimeZoneSidKey", "Time Zone", &v.TimeZone}, {"LocaleSidKey", "Locale", &v.Locale},
		{"LanguageLocaleKey", "Language", &v.Language}, {"FederationIdentifier", "Federation ID", &v.Federation},
	}
}

func (v *userValues) values() records.Values {
	out := records.Values{"IsActive": v.Active, "UserPermissionsSupportUser": v.ServiceCloud}
	for _, f := range v.text() {
		out[f.name] = strings.TrimSpace(*f.value)
	}
	return out
}

func userValuesOf(r records.Record) userValues {
	v := userValues{Active: on(r, "IsActive"), ServiceCloud: on(r, "UserPermissionsSupportUser")}
	for _, f := range v.text() {
		*f.value = r.Text(f.name)
	}
	return v
}

func (v *userValues) check(ctx context.Context, a *crm.Actor, own string) error {
	var w wrong
	for _, f := range v.text() {
		if slices.Contains([]string{"LastName", "Alias", "Email", "Username", "CommunityNickname", "ProfileId",
			"TimeZoneSidKey", "LocaleSidKey", "LanguageLocaleKey"}, f.name) {
			w.required(f.name, *f.value)
		}
	}
	o, _ := a.Object("User")
	for _, f := range v.text() {
		if field, ok := o.Field(f.name); ok && field.Length > 0 && field.Type != "reference" {
			checkLength(&w, f.name, f.label, strings.TrimSpace(*f.value), field.Length)
		}
	}
	name, host, _ := strings.Cut(v.Username, "@")
	if v.Username != "" && (name == "" || !strings.Contains(strings.Trim(host, "."), ".") || strings.ContainsAny(v.Username, " \t,;")) {
		w.field("Username", "The username must be in the form of an email address (for example, john@acme.com).")
	}
	for _, c := range []struct {
		field, value string
		of           []optionOut
	}{{"TimeZoneSidKey", v.TimeZone, timeZones}, {"LocaleSidKey", v.Locale, locales}, {"LanguageLocaleKey", v.Language, languages}} {
		if c.value != "" && !slices.ContainsFunc(c.of, func(o optionOut) bool { return o.Value == c.value }) {
			w.field(c.field, "bad value for restricted picklist field: %.40s", c.value)
		}
	}
	if err := w.err(); err != nil {
		return err
	}
	for _, unique := range []struct{ field, value, text string }{
		{"Username", v.Username, "Duplicate Username. The username already exists in this or another Salesforce " +
			"organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username " +
			"(it doesn't need to match the user's email address)."},
		{"CommunityNickname", v.CommunityNickname, "Duplicate Nickname. Another user has already selected this nickname. Please select another."},
	} {
		found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM User WHERE %s = %s AND Id != %s", unique.field,
			soql.Quote(unique.value), soql.Quote(own)), false)
		if err != nil {
			return err
		}
		if found.TotalSize > 0 {
			w.field(unique.field, "%s", unique.text)
		}
	}
	return w.err()
}

type userPageOut struct {
	ID           string             `json:"id"`
	Name         string             `json:"name"`
	Values       userValues         `json:"values"`
	Profile      string             `json:"profile"`
	CallCenter   string             `json:"callCenter"`
	Frozen       bool               `json:"frozen"`
	Locked       bool               `json:"locked"`
	LastLogin    string             `json:"lastLogin"`
	Created      string             `json:"created"`
	CreatedBy    string             `json:"createdBy"`
	LastModified string             `json:"lastModified"`
	ModifiedBy   string             `json:"modifiedBy"`
	Sets         []permissionSetOut `json:"sets"`
}

func (s *server) userPage(ctx context.Context, r asked) (userPageOut, error) {
	var out userPageOut
	err := s.system(ctx, r, func(a *crm.Actor) error {
		user, err := userNamed(ctx, a, r)
		if err != nil {
			return err
		}
		id := string(user.ID())
		out = userPageOut{ID: id, Name: user.Text("Name"), Values: userValuesOf(user),
			LastLogin: user.Text("LastLoginDate"), Created: user.Text("CreatedDate"),
			LastModified: user.Text("LastModifiedDate"), Sets: []permissionSetOut{}}
		if out.Frozen, err = people.Frozen(ctx, a.Access, user.ID()); err != nil {
			return err
		}
		if out.Profile, err = nameOf(ctx, a, "Profile", user.Text("ProfileId")); err != nil {
			return err
		}
		if out.CallCenter, err = nameOf(ctx, a, "CallCenter", user.Text("CallCenterId")); err != nil {
			return err
		}
		if out.CreatedBy, err = nameOf(ctx, a, "User", user.Text("CreatedById")); err != nil {
			return err
		}
		if out.ModifiedBy, err = nameOf(ctx, a, "User", user.Text("LastModifiedById")); err != nil {
			return err
		}
		found, err := a.Query(ctx, permissionSetFields+" AND Id IN (SELECT PermissionSetId FROM PermissionSetAssignment "+
			"WHERE AssigneeId = "+soql.Quote(id)+") ORDER BY Label", false)
		for _, set := range found.Records {
			out.Sets = append(out.Sets, permissionSetOf(set))
		}
		return err
	})
	return out, err
}

// userNamed reads the user that the address names.
func userNamed(ctx context.Context, a *crm.Actor, r asked) (records.Record, error) {
	return userWith(ctx, a, r.PathValue("id"))
}

func userWith(ctx context.Context, a *crm.Actor, id string) (records.Record, error) {
	user, err := a.Get(ctx, "User", schema.RecordID(id))
	if refused, ok := errors.AsType[*schema.Error](err); ok && refused.Status < 500 {
		return user, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The user isn't available.")
	}
	return user, err
}

// nameOf is a record's name; "" when there is none.
func nameOf(ctx context.Context, a *crm.Actor, object, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Name FROM %s WHERE Id = %s", object, soql.Quote(id)), false)
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].Text("Name"), nil
}

type userIn struct {
	userValues
	LastModified string `json:"lastModified"`
}

type newUserIn struct {
	userValues
	Notify bool `json:"notify"` // generate a password and mail the user at once; else there is none until it is reset
}

func createUser(ctx context.Context, a *crm.Actor, _ asked, in newUserIn) (idOut, error) {
	if err := in.check(ctx, a, ""); err != nil {
		return idOut{}, err
	}
	id, err := a.Create(ctx, "User", in.values())
	if err != nil {
		return idOut{}, err
	}
	if in.Notify && in.Active {
		if err := people.WelcomeUser(ctx, a.Access, id); err != nil {
			return idOut{}, err
		}
	}
	return idOut{string(id)}, a.Audit(ctx, "createduser", manageUsers, "Created new user %s", strings.TrimSpace(in.FirstName+" "+in.LastName))
}

func editUser(ctx context.Context, a *crm.Actor, r asked, in userIn) (idOut, error) {
	user, err := userNamed(ctx, a, r)
	if err != nil {
		return idOut{}, err
	}
	id := string(user.ID())
	if err := in.check(ctx, a, id); err != nil {
		return idOut{}, err
	}
	if id == string(r.User.ID) && !in.Active {
		return idOut{}, edge.Refuse(http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION", "You cannot deactivate yourself.", "IsActive")
	}
	if err := a.Update(ctx, "User", user.ID(), in.values(), in.LastModified); err != nil {
		return idOut{}, err
	}
	return idOut{id}, auditUser(ctx, a, user, in.userValues)
}

// auditUser writes one entry for each field that changed.
func auditUser(ctx context.Context, a *crm.Actor, user records.Record, now userValues) error {
	name := user.Text("Name")
	before := userValuesOf(user)
	if before.Active != now.Active {
		action, verb := "activateduser", "Activated"
		if !now.Active {
			action, verb = "deactivateduser", "Deactivated"
		}
		if err := a.Audit(ctx, action, manageUsers, "%s user %s", verb, name); err != nil {
			return err
		}
	}
	if before.ServiceCloud != now.ServiceCloud {
		if err := a.Audit(ctx, "changedUserPermission", manageUsers,
			"For user %s, the Service Cloud User feature license was changed to %t", name, now.ServiceCloud); err != nil {
			return err
		}
	}
	was := before.text()
	for i, f := range now.text() {
		from, to := *was[i].value, strings.TrimSpace(*f.value)
		if from == to {
			continue
		}
		for _, object := range []string{"Profile", "CallCenter"} {
			if f.name != object+"Id" {
				continue
			}
			var err error
			if from, err = nameOf(ctx, a, object, from); err != nil {
				return err
			}
			if to, err = nameOf(ctx, a, object, to); err != nil {
				return err
			}
		}
		if err := a.Audit(ctx, "changedUser"+f.name, manageUsers, "For user %s, changed %s from %s to %s", name, f.label,
			orNone(from), orNone(to)); err != nil {
			return err
		}
	}
	return nil
}

func orNone(text string) string {
	if text == "" {
		return "(nothing)"
	}
	return text
}
