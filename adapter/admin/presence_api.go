package admin

import (
	"time"

	"github.com/patchcord/patchcord/adapter/presence"
)

// What is asked of the agents' two presences, the one at the contact centre and the one in Omni-Channel. A side is centre or org.
//
//	GET  /admin/api/presence                      PresenceRules; query: record
//	POST /admin/api/presence/try                  PresenceTried; body PresenceTry
//	GET  /admin/api/presence/agents               PresenceAgents; query: find, cursor, limit
//	GET  /admin/api/presence/agents/{user}        PresenceHistory; query: cursor, limit
//	POST /admin/api/presence/agents/{user}/start  Done
//
// A user is a CRM user's id; of a history it may be the user name of the contact centre. An agent may ask for the own history only.

// PresenceRules are the rules of an adapter record in use.
type PresenceRules struct {
	Records []PresenceRecord `json:"records"` // all in use, by name
	// Record is the one whose rules these are; left out while none is in use.
	Record *PresenceRecord `json:"record,omitempty"`
	Rules  []PresenceRule  `json:"rules"` // in the order in which they are tried
	// Loops are ways that come back to where they were, Undone those that take back what somebody chose, if each change was followed.
	Loops    []PresenceWay    `json:"loops"`
	Undone   []PresenceWay    `json:"undone"`
	Statuses PresenceStatuses `json:"statuses"`
	Words    PresenceWords    `json:"words"`
	NoOmni   bool             `json:"noOmni"` // Omni-Channel is not enabled in the org
	NewURL   string           `json:"newUrl"` // of the org's form for a rule; "" if it is not known where the org is
}

// PresenceRecord is an adapter record in use.
type PresenceRecord struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	CallCenter string `json:"callCenter"`
	URL        string `json:"url"`
	On         bool   `json:"on"` // Presence Sync Enabled
}

// PresenceRule is a rule as people read it.
type PresenceRule struct {
	ID          string   `json:"id"` // of its record; "" for a draft
	Name        string   `json:"name"`
	Source      string   `json:"source"`
	When        string   `json:"when"`        // its criteria in words
	Any         bool     `json:"any"`         // one of them is enough
	Criteria    int      `json:"criteria"`    // how many there are
	Destination string   `json:"destination"` // a side; "" if it is missing
	Value       string   `json:"value"`
	Label       string   `json:"label"` // of a status of Omni-Channel; "" where Value is what people read
	Order       float64  `json:"order"`
	Active      bool     `json:"active"`
	Problems    []string `json:"problems"` // sentences; a rule with any does nothing
	URL         string   `json:"url"`
}

// PresenceWay is a way that rules take from a change to a change.
type PresenceWay struct {
	Steps []PresenceStep `json:"steps"`
	// Back is the step to which the last one comes back, in a circle; -1 if it ends.
	Back int `json:"back"`
}

// PresenceStep is one status on the way.
type PresenceStep struct {
	Side  string `json:"side"`
	Value string `json:"value"`
	Label string `json:"label"`
	Rule  string `json:"rule,omitempty"` // that leads here; left out for the beginning
}

// PresenceStatuses are what rules can name.
type PresenceStatuses struct {
	Org    []PresenceStatus `json:"org"`    // of Omni-Channel, Offline among them
	Centre []string         `json:"centre"` // that rules name or agents had; those that the contact centre alone gives come last
}

// PresenceStatus is a status of Omni-Channel.
type PresenceStatus struct {
	Name  string `json:"name"` // developer name
	Label string `json:"label"`
}

// PresenceWords are what a rule's fields can be.
type PresenceWords struct {
	Sources     []presence.Source     `json:"sources"`
	Operands    []presence.Operand    `json:"operands"`
	Comparators []presence.Comparator `json:"comparators"`
	System      []string              `json:"system"` // states that the contact centre alone gives
}

// PresenceTry is something that might happen to an agent.
type PresenceTry struct {
	Record string          `json:"record"` // id; "" is the only one in use
	Source presence.Source `json:"source"`
	// Standing is how the agent stands once it has happened.
	Standing presence.Standing `json:"standing"`
	// Draft is a rule that is tried among the others though nobody has saved it; left out for none. Its id counts for nothing.
	Draft *presence.Rule `json:"draft,omitempty"`
}

// PresenceTried is what would come of it.
type PresenceTried struct {
	Problems []string          `json:"problems"` // of the draft, which then is left out
	Rules    []PresenceOutcome `json:"rules"`    // of that source, in their order
	Sets     []PresenceSet     `json:"sets"`
	Way      PresenceWay       `json:"way"` // if each change was followed
	Loops    []PresenceWay     `json:"loops"`
	Undone   []PresenceWay     `json:"undone"`
}

// PresenceOutcome is what came of one rule.
type PresenceOutcome struct {
	Rule    PresenceRule `json:"rule"`
	Applies bool         `json:"applies"`
	First   bool         `json:"first"`  // it is the one that counts for its side
	Before  string       `json:"before"` // the rule that counts instead of this one, which applies too; "" for none
}

// PresenceSet is a status that would be set.
type PresenceSet struct {
	PresenceStep
	Already bool `json:"already"` // the side is so already: nothing is set
}

// PresenceAgents is a page of agents: those who need somebody first, then by name.
type PresenceAgents struct {
	Agents  []PresenceAgent `json:"agents"`
	Next    string          `json:"next,omitempty"` // cursor of the following page; "" if there is none
	Total   int             `json:"total"`          // of those who were asked for
	Needing int             `json:"needing"`        // of them, those with a trouble
}

// PresenceAgent is how an agent's two presences stand.
type PresenceAgent struct {
	Agent  Agent         `json:"agent"`
	Pages  int           `json:"pages"` // connected softphone pages
	Centre PresenceStand `json:"centre"`
	Org    PresenceStand `json:"org"`
	// Troubles are what somebody should know: the sync is stopped, a side is not what a rule wants, or cannot be reached.
	Troubles []Sentence `json:"troubles"`
	// Stopped is when the sync of the agent was stopped; left out while it goes.
	Stopped *time.Time `json:"stopped,omitempty"`
}

// PresenceStand is one of the two.
type PresenceStand struct {
	Value string     `json:"value"` // "" if nothing is known
	Label string     `json:"label"`
	Since *time.Time `json:"since,omitempty"`
	By    *Sentence  `json:"by,omitempty"` // who made it so; left out if that is not kept any more
}

// PresenceHistory are the changes of one agent's statuses, the latest first.
type PresenceHistory struct {
	Agent   PresenceAgent    `json:"agent"`
	Changes []PresenceChange `json:"changes"`
	Next    string           `json:"next,omitempty"` // cursor of the following page; "" if there is none
}

// PresenceChange is one of them, or a status that was to be and is not.
type PresenceChange struct {
	ID        int64     `json:"id"`
	At        time.Time `json:"at"`
	Side      string    `json:"side"`
	From      string    `json:"from"`
	FromLabel string    `json:"fromLabel"`
	To        string    `json:"to"`
	ToLabel   string    `json:"toLabel"`
	Cause     string    `json:"cause"` // somebody, system, rule, flow, session, found, failed or stopped
	By        Sentence  `json:"by"`
}
