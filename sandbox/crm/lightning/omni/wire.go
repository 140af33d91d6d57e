package omni

import (
	"context"
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// messageOut is what the stream tells: what happened, and all that is true since.
type messageOut struct {
	Events []eventOut `json:"events"`
	State  stateOut   `json:"state"`
}

// eventOut is an application event of the console.
type eventOut struct {
	Name   string         `json:"name"`
	Params map[string]any `json:"params"`
}

// stateOut is a user's Omni-Channel. A later version replaces an earlier one.
type stateOut struct {
	Version    int64       `json:"version"`
	Statuses   []statusOut `json:"statuses"` // that the user may choose
	StatusID   string      `json:"statusId"` // "": logged out
	Since      string      `json:"since"`    // when the user took the status, RFC 3339
	Works      []workOut   `json:"works"`
	Capacity   float64     `json:"configuredCapacity"`
	Workload   float64     `json:"currentWorkload"`
	MayDecline bool        `json:"mayDecline"`
}

// loggedOut is the same for a session that is not the one that is logged in.
func (s stateOut) loggedOut() stateOut {
	s.StatusID, s.Since, s.Works, s.Workload = "", "", []workOut{}, 0
	return s
}

type statusOut struct {
	ID       string       `json:"statusId"`
	Label    string       `json:"statusName"`
	Name     string       `json:"statusApiName"`
	Channels []channelOut `json:"channels"`
}

type channelOut struct {
	ID   string `json:"channelId"`
	Name string `json:"developerName"`
}

type workOut struct {
	Item     string `json:"workItemId"`
	ID       string `json:"workId"`
	Engaged  bool   `json:"isEngaged"` // accepted
	RecordID string `json:"recordId"`  // of the item, 18 characters
	Name     string `json:"name"`
	Subject  string `json:"subject"`
	Since    string `json:"since"` // assigned, or accepted
}

// setStatusIn asks for a status; reason is one of the console's events.
type setStatusIn struct {
	StatusID string `json:"statusId"`
	Reason   string `json:"reason"`
}

type declineIn struct {
	Reason string `json:"reason"`
}

// title is what people call a record.
type title struct{ name, subject string }

// views are what the users of a World see of it.
func (s *Server) views(ctx context.Context, a *crm.Actor, w *omni.World) (map[schema.RecordID]stateOut, error) {
	titles, err := titles(ctx, a, w.Works)
	if err != nil {
		return nil, err
	}
	views := map[schema.RecordID]stateOut{}
	for user, agent := range w.Agents {
		view := stateOut{Statuses: []statusOut{}, Works: []workOut{}, Capacity: agent.Config.Capacity, MayDecline: agent.Config.MayDecline}
		for _, st := range agent.Allowed {
			view.Statuses = append(view.Statuses, statusOf(st))
		}
		if agent.Presence != "" {
			if taken := statusOf(agent.Status); !slices.ContainsFunc(view.Statuses, func(st statusOut) bool { return st.ID == taken.ID }) {
				view.Statuses = append(view.Statuses, taken) // it was the user's once
			}
			view.StatusID, view.Since, view.Workload = omni.Short(agent.Status.ID), wireTime(agent.Since), w.Workload(user)
		}
		for _, k := range w.Works {
			if k.User == user {
				view.Works = append(view.Works, workOf(k, titles[k.Item]))
			}
		}
		views[user] = view
	}
	return views, nil
}

func statusOf(st omni.Status) statusOut {
	out := statusOut{ID: omni.Short(st.ID), Label: st.Label, Name: st.Name, Channels: []channelOut{}}
	for _, c := range st.Channels {
		out.Channels = append(out.Channels, channelOut{omni.Short(c.ID), c.Name})
	}
	return out
}

func workOf(k omni.Work, of title) workOut {
	since := k.Assigned
	if k.State == omni.Opened {
		since = k.Accepted
	}
	return workOut{Item: omni.Short(k.Item), ID: omni.Short(k.ID), Engaged: k.State == omni.Opened, RecordID: string(k.Item),
		Name: of.name, Subject: of.subject, Since: wireTime(since)}
}

func wireTime(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// titles are the names of the records that agents have.
func titles(ctx context.Context, a *crm.Actor, works []omni.Work) (map[schema.RecordID]title, error) {
	byObject := map[string][]schema.RecordID{}
	for _, k := range works {
		if o, ok := a.Schema().ByPrefix(k.Item); ok {
			byObject[o.Name] = append(byObject[o.Name], k.Item)
		}
	}
	titles := map[schema.RecordID]title{}
	for name, items := range byObject {
		o, _ := a.Schema().Object(name)
		fields := o.NameField()
		if _, ok := o.Field("Subject"); ok && fields != "Subject" {
			fields += ", Subject"
		}
		found, err := rows(ctx, a, "SELECT Id, "+fields+" FROM "+o.Name+" WHERE Id IN "+in(items))
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			titles[r.ID()] = title{r.Text(o.NameField()), r.Text("Subject")}
		}
	}
	return titles, nil
}
