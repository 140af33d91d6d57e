package connect

import (
	_ "embed"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect/contactflow"
)

// FlowType is what a flow is for.
type FlowType string

// The types of flow that are named here; contactflow.Types are all.
const (
	ContactFlow   FlowType = "CONTACT_FLOW"
	AgentTransfer FlowType = "AGENT_TRANSFER"
	QueueTransfer FlowType = "QUEUE_TRANSFER"
)

// Flow is a contact flow with its content in the flow language.
type Flow struct {
	ID          FlowID
	Name        string
	Description string
	Type        FlowType
	Content     string // as it was published
	Saved       string // as it was saved last
	Published   bool
	Archived    bool
	Delivered   bool // the instance came with it
	Changed     time.Time
}

func (f Flow) key() string   { return string(f.ID) }
func (f Flow) title() string { return f.Name }

const (
	maxFlows       = 100
	maxFlowContent = 256_000
)

func (f Flow) check() error {
	return first(named("Name", f.Name, 127), described(f.Description, 500))
}

// CheckFlow holds a flow's content against the flow language.
func CheckFlow(kind FlowType, content string) error {
	if len(content) > maxFlowContent {
		return &Refusal{Why: ErrInvalidFlow, Field: "Content", Message: "The flow is too large.", Problems: []string{"The flow is too large."}}
	}
	if problems := contactflow.Check(string(kind), content); len(problems) > 0 {
		return &Refusal{Why: ErrInvalidFlow, Field: "Content", Message: "The flow is not valid.", Problems: problems}
	}
	return nil
}

// CreateFlow adds one. One that is not published is kept as it is, as long as it is JSON.
func (c *Centre) CreateFlow(f Flow, tags map[string]string) (Flow, error) {
	f.ID, f.Saved, f.Delivered, f.Changed = FlowID(c.cfg.IDs()), f.Content, false, c.cfg.Clock.Now()
	if !contactflow.Known(string(f.Type)) {
		return f, invalid("Type", "There is no flow type %.40q.", f.Type)
	}
	if err := first(f.check(), CheckFlow(f.Type, f.Content)); err != nil {
		return f, err
	}
	if !f.Published {
		f.Content = ""
	}
	return f, c.change(func(s *State) error {
		return first(s.refers(f.Saved), add(&s.Flows, f, "contact flow", maxFlows), s.tag(s.Instance.FlowARN(f.ID), tags))
	})
}

// WriteFlow gives a flow other content and publishes it, or only saves it.
func (c *Centre) WriteFlow(id FlowID, content string, publish bool) error {
	return c.change(func(s *State) error {
		return alter(s.Flows, string(id), "contact flow", func(f *Flow) error {
			if err := first(CheckFlow(f.Type, content), s.refers(content)); err != nil {
				return err
			}
			f.Saved, f.Changed = content, c.cfg.Clock.Now()
			if publish {
				f.Content, f.Published = content, true
			}
			return nil
		})
	})
}

// ChangeFlow alters a flow's name, description and whether it is archived.
func (c *Centre) ChangeFlow(id FlowID, f func(*Flow)) error {
	return c.change(func(s *State) error {
		return alter(s.Flows, string(id), "contact flow", func(fl *Flow) error {
			before := *fl
			f(fl)
			name, description, archived := fl.Name, fl.Description, fl.Archived
			*fl = before
			fl.Name, fl.Description, fl.Archived, fl.Changed = name, description, archived, c.cfg.Clock.Now()
			return fl.check()
		})
	})
}

// DeleteFlow takes one away that nothing uses; those that the instance came with stay.
func (c *Centre) DeleteFlow(id FlowID) error {
	return c.change(func(s *State) error {
		if i := at(s.Flows, string(id)); i >= 0 && s.Flows[i].Delivered {
			return &Refusal{Why: ErrDenied, Message: "A default flow cannot be deleted."}
		}
		for _, n := range s.Numbers {
			if n.Flow == id {
				return inUse("contact flow", "the phone number "+n.E164)
			}
		}
		for _, q := range s.QuickConnects {
			if q.Flow == id {
				return inUse("contact flow", "the quick connect "+q.Name)
			}
		}
		for _, q := range s.Queues {
			if q.WhisperFlow == id {
				return inUse("contact flow", "the queue "+q.Name)
			}
		}
		return drop(s, &s.Flows, string(id), "contact flow", s.Instance.FlowARN(id))
	})
}

// flowOf says what is wrong with a flow that is to be used as one of a type.
func (s *State) flowOf(id FlowID, kind FlowType) error {
	f, err := known(s.Flows, string(id), "contact flow")
	switch {
	case err != nil:
		return err
	case f.Type != kind:
		return invalid("ContactFlowId", "The flow %q is of the type %s; %s is needed.", f.Name, f.Type, kind)
	case !f.Published || f.Archived:
		return invalid("ContactFlowId", "The flow %q is not published.", f.Name)
	}
	return nil
}

// refers checks that the queues and hours that a flow names are there.
func (s *State) refers(content string) error {
	var problems []string
	for _, r := range contactflow.References(content) {
		id := last(r.ID)
		gone := r.Kind == contactflow.Queue && at(s.Queues, id) < 0 || r.Kind == contactflow.Hours && at(s.Hours, id) < 0 ||
			r.Kind == contactflow.Flow && at(s.Flows, id) < 0
		if gone {
			problems = append(problems, r.Where+": there is no "+string(r.Kind)+" "+id)
		}
	}
	if len(problems) > 0 {
		return &Refusal{Why: ErrInvalidFlow, Field: "Content", Message: "The flow is not valid.", Problems: problems}
	}
	return nil
}

// last is the last part of an id, which may be an ARN.
func last(id string) string { return id[strings.LastIndex(id, "/")+1:] }

// defaultInbound is the flow that answers the instance's number from the start.
//
//go:embed default_inbound.json
var defaultInbound string

//go:embed default_transfer.json
var defaultTransfer string

func defaultFlows(i Instance, q QueueID) []Flow {
	inbound := strings.ReplaceAll(defaultInbound, "${BasicQueue}", i.QueueARN(q))
	flows := []Flow{
		{
			ID:          i.DefaultFlow("inbound"),
			Name:        "Sample inbound flow",
			Type:        ContactFlow,
			Description: "Greets the caller and sends the call to BasicQueue",
			Saved:       inbound,
		},
		{
			ID:          i.DefaultFlow("agent transfer"),
			Name:        "Default agent transfer",
			Type:        AgentTransfer,
			Description: "Default flow used to transfer to an agent",
			Saved:       defaultTransfer,
		},
		{
			ID:          i.DefaultFlow("queue transfer"),
			Name:        "Default queue transfer",
			Type:        QueueTransfer,
			Description: "Default flow used to transfer to a queue",
			Saved:       defaultTransfer,
		},
	}
	for n := range flows {
		flows[n].Content, flows[n].Published, flows[n].Delivered, flows[n].Changed = flows[n].Saved, true, true, i.Created
	}
	return flows
}
