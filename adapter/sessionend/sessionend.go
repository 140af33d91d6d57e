// Package sessionend says which status an agent gets at the contact centre when the last softphone page has gone, and when one is there
// again.
//
// Read first: Rule, Rule.OnEnd, Rule.OnStart. It is pure.
package sessionend

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/presence"
)

// Feature is the name of the AC Feature record that has the rule. Source: the original adapter's manual.
const Feature = "SetAgentStatusOnSessionEnd"

// The status that means that nobody is there, and the one that signs out.
const (
	Offline = presence.Offline
	Logout  = "Logout"
)

const (
	// DefaultTimer is how long a page has to come back that said goodbye. Source: the original adapter's manual.
	DefaultTimer = 5 * time.Second
	longestTimer = 10 * time.Minute
)

// Rule is what an administrator has set. Its names are those of statuses and routing profiles at the contact centre, as written there.
type Rule struct {
	Status   string        // what the agent gets; Logout, or a name with that in it, is Offline and signs out
	Profiles []string      // parts of names of routing profiles, of which one must be in the agent's; none is all
	States   []string      // statuses from which it is done; none is all
	Timer    time.Duration // that a page has to come back after it said goodbye
	Initial  string        // the status when a page is there again
}

// Keys are the keys of the feature, as written.
var Keys = []string{"Status", "IfProfileNameIncludes", "IfCurrentAgentState", "SessionEndTimer", "InitialAgentState"}

// Of reads the rule from the feature's keys; problems say what is wrong with their values.
func Of(keys map[string]string) (r Rule, problems []string) {
	r = Rule{Status: cmp.Or(keys["Status"], Offline), Profiles: list(keys["IfProfileNameIncludes"]),
		States: list(keys["IfCurrentAgentState"]), Timer: DefaultTimer, Initial: cmp.Or(keys["InitialAgentState"], "Available")}
	if text := keys["SessionEndTimer"]; text != "" {
		seconds, err := strconv.Atoi(text)
		if timer := time.Duration(seconds) * time.Second; err == nil && seconds >= 0 && timer <= longestTimer {
			r.Timer = timer
		} else {
			problems = append(problems, fmt.Sprintf("SessionEndTimer (%q) is no number of seconds from 0 to %d: it is %d.", text,
				int(longestTimer.Seconds()), int(DefaultTimer.Seconds())))
		}
	}
	for key, status := range map[string]string{"Status": r.Status, "InitialAgentState": r.Initial} {
		if presence.IsSystem(status) {
			problems = append(problems, fmt.Sprintf("%s (%q) is a state that nobody can be set to.", key, status))
		}
	}
	slices.Sort(problems)
	return r, problems
}

func list(text string) (out []string) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// SignsOut says that the agent is signed out of the contact centre too.
func (r Rule) SignsOut() bool { return strings.Contains(r.Status, Logout) }

// Target is the status that is set at the end of a session.
func (r Rule) Target() string {
	if r.SignsOut() {
		return Offline
	}
	return r.Status
}

// Agent is how somebody stands at the contact centre.
type Agent struct {
	Status  string // "" if the contact centre does not know: nobody is signed in
	Profile string // routing profile
}

// Verdict is what a rule says: a status to set, or why none is.
type Verdict struct {
	Set     string // "" changes nothing
	Why     string // a sentence for administrators
	Already bool   // the status is what it would be set to
}

// OnEnd is what the end of a session does.
func (r Rule) OnEnd(a Agent) Verdict {
	target := r.Target()
	switch {
	case !r.applies(a):
		return Verdict{Why: fmt.Sprintf("The rule is not for agents of the routing profile %s.", a.Profile)}
	case presence.IsSystem(target):
		return Verdict{Why: fmt.Sprintf("The rule names the status %s, which nobody can be set to.", target)}
	case a.Status == target || a.Status == "" && target == Offline:
		return Verdict{Why: fmt.Sprintf("The status was %s already.", target), Already: true}
	case len(r.States) > 0 && !slices.Contains(r.States, a.Status):
		return Verdict{Why: fmt.Sprintf("The rule is not for agents whose status is %s.", cmp.Or(a.Status, Offline))}
	}
	return Verdict{Set: target, Why: fmt.Sprintf("The last softphone page has gone: the status was %s and is set to %s.",
		cmp.Or(a.Status, Offline), target)}
}

// OnStart is what the first page after a session that was ended does. set is the status that the end has set; "" if it set none. A status
// that somebody has chosen since stays.
func (r Rule) OnStart(a Agent, set string) Verdict {
	switch {
	case set == "":
		return Verdict{Why: "The end of the session before had set no status."}
	case !r.applies(a):
		return Verdict{Why: fmt.Sprintf("The rule is not for agents of the routing profile %s.", a.Profile)}
	case presence.IsSystem(r.Initial):
		return Verdict{Why: fmt.Sprintf("The rule names the status %s, which nobody can be set to.", r.Initial)}
	case a.Status == r.Initial:
		return Verdict{Why: fmt.Sprintf("The status was %s already.", r.Initial)}
	case cmp.Or(a.Status, Offline) != set:
		return Verdict{Why: fmt.Sprintf("The status was changed to %s meanwhile.", a.Status)}
	}
	return Verdict{Set: r.Initial, Why: fmt.Sprintf("A softphone page is there again: the status was %s and is set to %s.", set, r.Initial)}
}

func (r Rule) applies(a Agent) bool {
	return len(r.Profiles) == 0 || slices.ContainsFunc(r.Profiles, func(part string) bool { return strings.Contains(a.Profile, part) })
}
