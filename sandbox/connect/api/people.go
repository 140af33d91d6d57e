package api

import (
	"errors"
	"net/http"
	"slices"

	"github.com/patchcord/patchcord/sandbox/connect"
)

var kinds = map[connect.StatusType]string{connect.Routable: "ROUTABLE", connect.Offline: "OFFLINE", connect.NotRoutable: "CUSTOM"}

// wants says whether a filter lets something through; an empty one lets all through.
func wants(filter []string, what string) bool {
	return len(filter) == 0 || slices.Contains(filter, what)
}

func (s *server) listStatuses(c call) (any, error) {
	st := s.cfg.Centre.State()
	wanted := c.r.URL.Query()["AgentStatusTypes"]
	var all []map[string]any
	for _, status := range st.Statuses {
		if wants(wanted, kinds[status.Type]) {
			all = append(all, map[string]any{"Id": status.ID, "Arn": st.Instance.StatusARN(status.ID), "Name": status.Name, "Type": kinds[status.Type]})
		}
	}
	list, next, err := page(c, all)
	return listing("AgentStatusSummaryList", list, next), err
}

func (s *server) createStatus(c call) (any, error) {
	in, err := decode[struct{ Name, Description, State string }](c)
	if err != nil {
		return nil, err
	}
	if in.State != "ENABLED" && in.State != "DISABLED" {
		return nil, failure(http.StatusBadRequest, "InvalidParameterException", "State must be ENABLED or DISABLED")
	}
	made, err := s.cfg.Centre.CreateStatus(in.Name, in.Description, in.State == "DISABLED")
	switch {
	case errors.Is(err, connect.ErrExists):
		return nil, failure(http.StatusConflict, "DuplicateResourceException", "an agent status of this name exists")
	case errors.Is(err, connect.ErrTooMany):
		return nil, failure(http.StatusTooManyRequests, "LimitExceededException", "there are as many agent statuses as there may be")
	case errors.Is(err, connect.ErrOutOfTurn):
		return nil, failure(http.StatusBadRequest, "InvalidParameterException", "Name must have 1 to 127 characters")
	}
	return map[string]any{"AgentStatusId": made.ID, "AgentStatusARN": s.cfg.Centre.State().Instance.StatusARN(made.ID)}, err
}

func (s *server) describeStatus(c call) (any, error) {
	st := s.cfg.Centre.State()
	return found(c, "the agent status", "AgentStatus", st.Statuses, func(a connect.Status) string { return string(a.ID) }, func(a connect.Status) map[string]any {
		state := "ENABLED"
		if a.Disabled {
			state = "DISABLED"
		}
		return map[string]any{"AgentStatusId": a.ID, "AgentStatusARN": st.Instance.StatusARN(a.ID), "Name": a.Name, "Description": a.Description, "Type": kinds[a.Type], "DisplayOrder": a.Order, "State": state}
	})
}

func (s *server) listUsers(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []map[string]any
	for _, u := range st.Users {
		all = append(all, map[string]any{"Id": u.ID, "Arn": st.Instance.AgentARN(u.ID), "Username": u.Username})
	}
	list, next, err := page(c, all)
	return listing("UserSummaryList", list, next), err
}

func (s *server) describeUser(c call) (any, error) {
	st := s.cfg.Centre.State()
	return found(c, "the user", "User", st.Users, func(u connect.User) string { return string(u.ID) }, func(u connect.User) map[string]any {
		return map[string]any{
			"Id": u.ID, "Arn": st.Instance.AgentARN(u.ID), "Username": u.Username, "IdentityInfo": map[string]string{"FirstName": u.FirstName, "LastName": u.LastName},
			"PhoneConfig":        map[string]any{"PhoneType": "SOFT_PHONE", "AutoAccept": u.AutoAccept, "AfterContactWorkTimeLimit": int(u.AfterCallWork.Seconds())},
			"SecurityProfileIds": []string{st.Instance.Resource("security-profile/" + u.Profile)}, "RoutingProfileId": st.Instance.Resource("routing-profile"),
		}
	})
}

// profile is a security profile that every instance has.
type profile struct{ name, description string }

var profiles = []profile{
	{"Admin", "Has permissions for all"}, {"Agent", "Has permissions for the Contact Control Panel"},
	{"CallCenterManager", "Has permissions for users, routing and metrics"}, {"QualityAnalyst", "Has permissions for metrics"},
}

func (s *server) listSecurityProfiles(c call) (any, error) {
	i := s.cfg.Centre.State().Instance
	var all []map[string]any
	for _, p := range profiles {
		id := i.Resource("security-profile/" + p.name)
		all = append(all, map[string]any{"Id": id, "Arn": i.ARN() + "/security-profile/" + id, "Name": p.name})
	}
	list, next, err := page(c, all)
	return listing("SecurityProfileSummaryList", list, next), err
}

func (s *server) describeSecurityProfile(c call) (any, error) {
	i := s.cfg.Centre.State().Instance
	id := func(p profile) string { return i.Resource("security-profile/" + p.name) }
	return found(c, "the security profile", "SecurityProfile", profiles, id, func(p profile) map[string]any {
		return map[string]any{"Id": id(p), "Arn": i.ARN() + "/security-profile/" + id(p), "SecurityProfileName": p.name, "Description": p.description, "OrganizationResourceId": i.ID}
	})
}
