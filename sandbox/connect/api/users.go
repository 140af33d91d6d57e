package api

import (
	"slices"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/connect"
)

type phoneConfig struct {
	PhoneType, DeskPhoneNumber string
	AutoAccept                 bool
	AfterContactWorkTimeLimit  int // seconds
}

type identityInfo struct{ FirstName, LastName, Email, Mobile string }

// users are the operations about users and security profiles.
type users struct{ *server }

func (s users) user(st connect.State, u connect.User) entry {
	who := entry{"FirstName": u.FirstName, "LastName": u.LastName}
	for name, value := range map[string]string{"Email": u.Email, "Mobile": u.Mobile} {
		if value != "" {
			who[name] = value
		}
	}
	phone := entry{"PhoneType": u.Phone, "AutoAccept": u.AutoAccept, "AfterContactWorkTimeLimit": int(u.AfterCallWork.Seconds())}
	if u.DeskNumber != "" {
		phone["DeskPhoneNumber"] = u.DeskNumber
	}
	out := entry{
		"Id": u.ID, "Arn": st.Instance.AgentARN(u.ID), "Username": u.Username, "IdentityInfo": who, "PhoneConfig": phone,
		"SecurityProfileIds": ids(u.SecurityProfiles), "RoutingProfileId": u.RoutingProfile, "LastModifiedRegion": st.Instance.Region,
	}
	return stamped(tagged(out, st, st.Instance.AgentARN(u.ID)), "LastModifiedTime", u.Changed)
}

func tagged(out entry, st connect.State, arn string) entry {
	tags := st.Tags[arn]
	if tags == nil {
		tags = map[string]string{}
	}
	out["Tags"] = tags
	return out
}

func stamped(out entry, member string, at time.Time) entry {
	if !at.IsZero() {
		out[member] = seconds(at)
	}
	return out
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func (s users) listUsers(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []entry
	for _, u := range st.Users {
		all = append(all, entry{"Id": u.ID, "Arn": st.Instance.AgentARN(u.ID), "Username": u.Username, "LastModifiedRegion": st.Instance.Region})
	}
	return listed(c, "UserSummaryList", all)
}

func (s users) describeUser(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "user", "User", st.Users, func(u connect.User) string { return string(u.ID) },
		func(u connect.User) entry { return s.user(st, u) })
}

func (s users) searchUsers(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "Users", st.Users, func(u connect.User) (fields, string, entry) {
		f := fields{
			"username": {u.Username}, "firstname": {u.FirstName}, "lastname": {u.LastName}, "routingprofileid": {string(u.RoutingProfile)},
			"securityprofileid": ids(u.SecurityProfiles), "resourceid": {string(u.ID)},
		}
		return f, st.Instance.AgentARN(u.ID), s.user(st, u)
	})
}

func (p phoneConfig) apply(u *connect.User) {
	u.Phone, u.DeskNumber, u.AutoAccept = connect.PhoneType(p.PhoneType), p.DeskPhoneNumber, p.AutoAccept
	u.AfterCallWork = time.Duration(min(max(p.AfterContactWorkTimeLimit, -1), 1<<31)) * time.Second
}

func (i identityInfo) apply(u *connect.User) {
	u.FirstName, u.LastName, u.Email, u.Mobile = i.FirstName, i.LastName, i.Email, i.Mobile
}

func (s users) createUser(c call) (any, error) {
	in, err := decode[struct {
		Username, Password, RoutingProfileId string
		SecurityProfileIds                   []string
		PhoneConfig                          *phoneConfig
		IdentityInfo                         identityInfo
		DirectoryUserId, HierarchyGroupId    string
		Tags                                 map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	if in.DirectoryUserId != "" {
		return nil, badParameter("DirectoryUserId is only for instances with a directory.")
	}
	if in.HierarchyGroupId != "" {
		return nil, missing("The hierarchy group")
	}
	u := connect.User{Username: in.Username, RoutingProfile: connect.RoutingProfileID(last(in.RoutingProfileId)),
		SecurityProfiles: idsOf[connect.SecurityProfileID](in.SecurityProfileIds)}
	in.IdentityInfo.apply(&u)
	if in.PhoneConfig != nil {
		in.PhoneConfig.apply(&u)
	}
	made, err := s.cfg.Centre.CreateUser(u, secret.String(in.Password), in.Tags)
	return entry{"UserId": made.ID, "UserArn": s.cfg.Centre.State().Instance.AgentARN(made.ID)}, err
}

func (s users) updateIdentity(c call) (any, error) {
	in, err := decode[struct{ IdentityInfo *identityInfo }](c)
	if err == nil && in.IdentityInfo == nil {
		err = badParameter("IdentityInfo is missing")
	}
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeUser(connect.AgentID(c.id()), in.IdentityInfo.apply)
}

func (s users) updatePhone(c call) (any, error) {
	in, err := decode[struct{ PhoneConfig *phoneConfig }](c)
	if err == nil && in.PhoneConfig == nil {
		err = badParameter("PhoneConfig is missing")
	}
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeUser(connect.AgentID(c.id()), in.PhoneConfig.apply)
}

func (s users) updateUserRouting(c call) (any, error) {
	in, err := decode[struct{ RoutingProfileId string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeUser(connect.AgentID(c.id()),
		func(u *connect.User) { u.RoutingProfile = connect.RoutingProfileID(last(in.RoutingProfileId)) })
}

func (s users) updateUserSecurity(c call) (any, error) {
	in, err := decode[struct{ SecurityProfileIds []string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeUser(connect.AgentID(c.id()),
		func(u *connect.User) { u.SecurityProfiles = idsOf[connect.SecurityProfileID](in.SecurityProfileIds) })
}

func (s users) deleteUser(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteUser(connect.AgentID(c.id()))
}

// putStatus chooses an agent's status; with a contact it comes next, as it does with the service.
func (s users) putStatus(c call) (any, error) {
	in, err := decode[struct{ AgentStatusId string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.SetState(connect.AgentID(c.id()), connect.StatusID(last(in.AgentStatusId)), true)
}

func (s users) dismissContact(c call) (any, error) {
	in, err := decode[struct{ ContactId string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ClearContact(connect.AgentID(c.id()), connect.ContactID(last(in.ContactId)))
}

func (s users) securityProfile(st connect.State, p connect.SecurityProfile) entry {
	arn := st.Instance.SecurityProfileARN(p.ID)
	return tagged(entry{"Id": p.ID, "Arn": arn, "SecurityProfileName": p.Name, "Description": p.Description,
		"OrganizationResourceId": st.Instance.ID}, st, arn)
}

func (s users) listSecurityProfiles(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []entry
	for _, p := range st.SecurityProfiles {
		all = append(all, entry{"Id": p.ID, "Arn": st.Instance.SecurityProfileARN(p.ID), "Name": p.Name})
	}
	return listed(c, "SecurityProfileSummaryList", all)
}

func (s users) describeSecurityProfile(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "security profile", "SecurityProfile", st.SecurityProfiles,
		func(p connect.SecurityProfile) string { return string(p.ID) }, func(p connect.SecurityProfile) entry { return s.securityProfile(st, p) })
}

func (s users) searchSecurityProfiles(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "SecurityProfiles", st.SecurityProfiles, func(p connect.SecurityProfile) (fields, string, entry) {
		return named(string(p.ID), p.Name, p.Description), st.Instance.SecurityProfileARN(p.ID), s.securityProfile(st, p)
	})
}

func (s users) listPermissions(c call) (any, error) {
	st := s.cfg.Centre.State()
	for _, p := range st.SecurityProfiles {
		if string(p.ID) == c.id() {
			return listed(c, "Permissions", p.Permissions)
		}
	}
	return nil, missing("The security profile")
}

func (s users) createSecurityProfile(c call) (any, error) {
	in, err := decode[struct {
		SecurityProfileName, Description string
		Permissions                      []string
		Tags                             map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	p, err := s.cfg.Centre.CreateSecurityProfile(connect.SecurityProfile{Name: in.SecurityProfileName,
		Description: in.Description, Permissions: in.Permissions}, in.Tags)
	return entry{"SecurityProfileId": p.ID, "SecurityProfileArn": s.cfg.Centre.State().Instance.SecurityProfileARN(p.ID)}, err
}

func (s users) updateSecurityProfile(c call) (any, error) {
	in, err := decode[struct {
		Description *string
		Permissions *[]string
	}](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeSecurityProfile(connect.SecurityProfileID(c.id()), func(p *connect.SecurityProfile) {
		set(&p.Description, in.Description)
		if in.Permissions != nil {
			p.Permissions = slices.Compact(slices.Sorted(slices.Values(*in.Permissions)))
		}
	})
}

func (s users) deleteSecurityProfile(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteSecurityProfile(connect.SecurityProfileID(c.id()))
}
