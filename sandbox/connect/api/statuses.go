package api

import (
	"slices"

	"github.com/patchcord/patchcord/sandbox/connect"
)

var kinds = map[connect.StatusType]string{connect.Routable: "ROUTABLE", connect.Offline: "OFFLINE", connect.NotRoutable: "CUSTOM"}

// wants says whether a filter lets something through; an empty one lets all through.
func wants(filter []string, what string) bool {
	return len(filter) == 0 || slices.Contains(filter, what)
}

// statuses are the operations about agent statuses.
type statuses struct{ *server }

func (s statuses) status(st connect.State, a connect.Status) entry {
	arn := st.Instance.StatusARN(a.ID)
	out := entry{"AgentStatusId": a.ID, "AgentStatusARN": arn, "Name": a.Name, "Description": a.Description,
		"Type": kinds[a.Type], "State": state(a.Disabled)}
	if a.Order > 0 {
		out["DisplayOrder"] = a.Order
	}
	return tagged(out, st, arn)
}

func (s statuses) listStatuses(c call) (any, error) {
	st := s.cfg.Centre.State()
	wanted := c.r.URL.Query()["AgentStatusTypes"]
	var all []entry
	for _, a := range st.InOrder() {
		if wants(wanted, kinds[a.Type]) {
			all = append(all, entry{"Id": a.ID, "Arn": st.Instance.StatusARN(a.ID), "Name": a.Name, "Type": kinds[a.Type]})
		}
	}
	return listed(c, "AgentStatusSummaryList", all)
}

func (s statuses) describeStatus(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "agent status", "AgentStatus", st.Statuses, func(a connect.Status) string { return string(a.ID) },
		func(a connect.Status) entry { return s.status(st, a) })
}

func (s statuses) searchStatuses(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "AgentStatuses", st.InOrder(), func(a connect.Status) (fields, string, entry) {
		return named(string(a.ID), a.Name, a.Description), st.Instance.StatusARN(a.ID), s.status(st, a)
	})
}

func (s statuses) createStatus(c call) (any, error) {
	in, err := decode[struct {
		Name, Description, State string
		DisplayOrder             int
		Tags                     map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	off, err := enabled(in.State)
	if err != nil {
		return nil, err
	}
	made, err := s.cfg.Centre.CreateStatus(connect.Status{Name: in.Name, Description: in.Description,
		Order: in.DisplayOrder, Disabled: off}, in.Tags)
	return entry{"AgentStatusId": made.ID, "AgentStatusARN": s.cfg.Centre.State().Instance.StatusARN(made.ID)}, err
}

func (s statuses) updateStatus(c call) (any, error) {
	in, err := decode[struct {
		Name, Description, State *string
		DisplayOrder             *int
		ResetOrderNumber         bool
	}](c)
	if err != nil {
		return nil, err
	}
	off := false
	if in.State != nil {
		if off, err = enabled(*in.State); err != nil {
			return nil, err
		}
	}
	return nil, s.cfg.Centre.ChangeStatus(connect.StatusID(c.id()), func(a *connect.Status) {
		set(&a.Name, in.Name)
		set(&a.Description, in.Description)
		set(&a.Order, in.DisplayOrder)
		if in.State != nil {
			a.Disabled = off
		}
		if in.ResetOrderNumber {
			a.Order = 0
		}
	})
}
