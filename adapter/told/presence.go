package told

import "time"

// The codes of changes of agents' statuses, and of how they stand.
const (
	CodeBySomebody    = "presence.bySomebody"
	CodeBySystem      = "presence.bySystem"
	CodeByRule        = "presence.byRule"
	CodeByFlow        = "presence.byFlow"
	CodeBySession     = "presence.bySession"
	CodeFoundSo       = "presence.found"
	CodeNotChanged    = "presence.notChanged"
	CodeNotGivenBack  = "presence.notGivenBack"
	CodeSyncStops     = "presence.stops"
	CodeAgentStopped  = "presence.agentStopped"
	CodeAgentNoDesk   = "presence.agentNoDesk"
	CodeAgentApart    = "presence.agentApart"
	CodeAgentOnCall   = "presence.agentOnCall"
	CodeAgentUnderWay = "presence.agentUnderWay"
	CodeAgentsStopped = "presence.agentsStopped"
	CodeAgentRefused  = "presence.agentRefused"
)

// ofPresence is what /admin and the command line say of agents' statuses.
var ofPresence = map[string]string{
	CodeBySomebody:   "The agent or somebody else chose it, or {side} set it.",
	CodeBySystem:     "Amazon Connect set it, as a contact went.",
	CodeByRule:       "The rule {rule} set it.",
	CodeByFlow:       "The CTI flow {flow} set it.",
	CodeBySession:    "The end of the agent's session set it.",
	CodeFoundSo:      "It was so when the agent's page came back.",
	CodeNotChanged:   "It should have become {status} by the rule {rule}, and did not. {problem}",
	CodeNotGivenBack: "It should have become {status} again, as somebody had chosen, and did not. {problem}",
	CodeSyncStops:    "The statuses changed ten times within five seconds, so the sync of this agent was stopped.",
	CodeAgentStopped: "The sync of this agent was stopped at {stoppedAt}, since the statuses changed too often. Look at the history for " +
		"rules that work against each other, mend them, then start it again.",
	CodeAgentNoDesk: "The component AC_Desk does not answer in this agent's console, so Omni-Channel is out of reach: add it to the " +
		"utility items of the Lightning app.",
	CodeAgentApart:    "{side} should be {status} by the rule {rule}, and is {is}.",
	CodeAgentRefused:  "{side} did not become {status}, as the rule {rule} says. {problem}",
	CodeAgentOnCall:   "{side} becomes {status} by the rule {rule} when the contact is over.",
	CodeAgentUnderWay: "{side} is being set to {status} by the rule {rule}.",
	CodeAgentsStopped: "The presence sync is stopped for {agents}: their statuses changed too often. See Presence, Agents.",
}

// StatusChange is a change of one of an agent's two statuses, or one that was to be and is not.
type StatusChange struct {
	Side  string // in words
	To    string // as people read it
	Cause string // as the store has it
	By    string // name of the rule or flow
	Why   string // a sentence
}

// OfStatusChange says who made a change, or why it was not made.
func OfStatusChange(c StatusChange) Sentence {
	switch c.Cause {
	case "somebody":
		return say(CodeBySomebody, "side", c.Side)
	case "system":
		return say(CodeBySystem)
	case "rule":
		return say(CodeByRule, "rule", c.By)
	case "flow":
		return say(CodeByFlow, "flow", c.By)
	case "session":
		return say(CodeBySession)
	case "found":
		return say(CodeFoundSo)
	case "failed":
		if c.By == "" {
			return say(CodeNotGivenBack, "status", c.To, "problem", c.Why)
		}
		return say(CodeNotChanged, "status", c.To, "rule", c.By, "problem", c.Why)
	case "stopped":
		return say(CodeSyncStops)
	}
	return say(CodeNote, "problem", c.Cause)
}

// OfRefusal says why one of an agent's statuses is not what a rule says.
func OfRefusal(side, status, rule, why string) Sentence {
	return say(CodeAgentRefused, "side", side, "status", status, "rule", rule, "problem", why)
}

// OfStopped says since when the sync of an agent is stopped.
func OfStopped(at time.Time) Sentence { return say(CodeAgentStopped, "stoppedAt", stamp(at)) }
