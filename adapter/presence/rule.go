// Package presence is how the agent's two statuses follow each other, the one at the contact centre and the one in Omni-Channel: an
// administrator's rules, and what keeps them from running in circles.
//
// Read first: Rule, Decide, Sync. It is pure: it knows no clock, no store and no socket.
package presence

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Side is one of the agent's two presences.
type Side string

// The sides.
const (
	Centre Side = "centre" // Amazon Connect
	Org    Side = "org"    // Salesforce Omni-Channel
)

// Other is the side across.
func (s Side) Other() Side {
	if s == Centre {
		return Org
	}
	return Centre
}

// Name is the side in words.
func (s Side) Name() string {
	if s == Centre {
		return "Amazon Connect"
	}
	return "Omni-Channel"
}

// Offline is the status of an agent who is logged out, on either side. Source: the original adapter's manual.
const Offline = "Offline"

// System are states of an agent that the contact centre alone gives: rules read them, nobody sets them. Source: Amazon Connect
// administrator guide, agent status.
var System = []string{"Busy", "Pending", "PendingBusy", "CallingCustomer", "AfterCallWork", "MissedCallAgent", "FailedConnectAgent",
	"Error"}

// IsSystem says that nobody can choose a state of the contact centre.
func IsSystem(state string) bool { return slices.Contains(System, state) }

// Source is an event that rules are for, as the picklist of the record has it.
type Source string

// The sources. Source of the names: the original adapter's manual.
const (
	CentreChanged   Source = "Connect Agent State Change"
	OrgChanged      Source = "Salesforce Agent State Change"
	OrgLoggedOut    Source = "Salesforce Agent Logout"
	WorkAccepted    Source = "Salesforce Work Accepted"
	WorkloadChanged Source = "Salesforce Workload Changed"
)

// Sources are all of them, in the picklist's order.
var Sources = []Source{CentreChanged, OrgChanged, OrgLoggedOut, WorkAccepted, WorkloadChanged}

// Operand is what a criterion compares, as the picklist of the record has it.
type Operand string

// The operands.
const (
	CentreNew   Operand = "Connect Agent New State"
	CentreOld   Operand = "Connect Agent Old State"
	OrgNew      Operand = "Salesforce Agent New State"
	Channel     Operand = "Salesforce Service Channel"
	OldWorkload Operand = "Salesforce Previous Workload"
	OldPercent  Operand = "Salesforce Previous Workload Pct"
	NewWorkload Operand = "Salesforce New Workload"
	NewPercent  Operand = "Salesforce New Workload Pct"
	Capacity    Operand = "Salesforce Configured Capacity"
	Static      Operand = "Static Value"
)

// Operands are all of them, in the picklist's order.
var Operands = []Operand{CentreNew, CentreOld, OrgNew, Channel, OldWorkload, OldPercent, NewWorkload, NewPercent, Capacity, Static}

// Comparator is how a criterion compares, as the picklist of the record has it.
type Comparator string

// The comparators. Those of order are for numbers: what is none is never greater nor less.
const (
	Equal          Comparator = "Equal to"
	NotEqual       Comparator = "Not equal to"
	Greater        Comparator = "Greater than"
	GreaterOrEqual Comparator = "Greater than or equal to"
	Less           Comparator = "Less than"
	LessOrEqual    Comparator = "Less than or equal to"
)

// Comparators are all of them, in the picklist's order.
var Comparators = []Comparator{Equal, NotEqual, Greater, GreaterOrEqual, Less, LessOrEqual}

// Term is one end of a comparison.
type Term struct {
	Operand Operand `json:"operand"`
	Value   string  `json:"value,omitempty"` // of Static
}

// Criterion is one comparison.
type Criterion struct {
	A          Term       `json:"a"`
	Comparator Comparator `json:"comparator"`
	B          Term       `json:"b"`
}

// Rule is one record of an administrator.
type Rule struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Source      Source      `json:"source"`
	Criteria    []Criterion `json:"criteria"` // at least one
	Any         bool        `json:"any"`      // one is enough; else all
	Destination Side        `json:"destination"`
	Value       string      `json:"value"` // of Omni-Channel the developer name of a status, of the contact centre its name
	Order       float64     `json:"order"` // the lowest first; then by name
}

// Sort brings rules into the order in which they are tried.
func Sort(rules []Rule) {
	slices.SortStableFunc(rules, Rule.Compare)
}

// Compare says which of two rules is tried first.
func (r Rule) Compare(s Rule) int {
	return cmp.Or(cmp.Compare(r.Order, s.Order), strings.Compare(r.Name, s.Name), strings.Compare(r.ID, s.ID))
}

// Standing is all that a rule may ask about. Texts are "" where nothing is known.
type Standing struct {
	Centre    string `json:"centre"` // name of the state
	CentreWas string `json:"centreWas"`
	Org       string `json:"org"`               // developer name of the status
	Channel   string `json:"channel,omitempty"` // developer name of the service channel of the work that was accepted
	Work      *Load  `json:"work,omitempty"`    // nil while nobody has told it
}

// Load is how much work of Omni-Channel an agent has, in units of capacity.
type Load struct {
	Capacity float64 `json:"capacity"`
	Was      float64 `json:"was"`
	Now      float64 `json:"now"`
}

// value is what a term stands for. Source of the percentages: Salesforce help, Omni-Channel capacity: work of the capacity in hundredths.
func (s Standing) value(t Term) string {
	switch t.Operand {
	case CentreNew:
		return s.Centre
	case CentreOld:
		return s.CentreWas
	case OrgNew:
		return s.Org
	case Channel:
		return s.Channel
	case Static:
		return strings.TrimSpace(t.Value)
	}
	if s.Work == nil {
		return ""
	}
	switch t.Operand {
	case OldWorkload:
		return number(s.Work.Was)
	case OldPercent:
		return s.percent(s.Work.Was)
	case NewWorkload:
		return number(s.Work.Now)
	case NewPercent:
		return s.percent(s.Work.Now)
	case Capacity:
		return number(s.Work.Capacity)
	}
	return ""
}

func (s Standing) percent(work float64) string {
	if s.Work.Capacity <= 0 {
		return ""
	}
	return number(100 * work / s.Work.Capacity)
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Matches says whether a rule applies to how an agent stands.
func (r Rule) Matches(s Standing) bool {
	holds := func(c Criterion) bool { return compare(s.value(c.A), c.Comparator, s.value(c.B)) }
	if r.Any {
		return slices.ContainsFunc(r.Criteria, holds)
	}
	return len(r.Criteria) > 0 && !slices.ContainsFunc(r.Criteria, func(c Criterion) bool { return !holds(c) })
}

// figure reads a number. Most texts are names of statuses: that they are none is seen at once, and "Infinity" is a name too.
func figure(text string) (n float64, ok bool) {
	if text == "" || !strings.Contains("+-.0123456789", text[:1]) {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsInf(n, 0)
}

func compare(a string, by Comparator, b string) bool {
	x, isX := figure(a)
	y, isY := figure(b)
	numbers := isX && isY
	switch by {
	case Equal:
		return a == b || numbers && x == y
	case NotEqual:
		return a != b && (!numbers || x != y)
	case Greater:
		return numbers && x > y
	case GreaterOrEqual:
		return numbers && x >= y
	case Less:
		return numbers && x < y
	case LessOrEqual:
		return numbers && x <= y
	}
	return false
}

// Want is what the rules say of a side.
type Want struct {
	Side  Side
	Value string
	Rule  string // name
}

// Decide says what follows of an event: of each side the first rule that applies, of rules in their order.
func Decide(rules []Rule, e Source, s Standing) (wants []Want) {
	for _, t := range Try(rules, e, s) {
		if t.First {
			wants = append(wants, Want{t.Rule.Destination, t.Rule.Value, t.Rule.Name})
		}
	}
	return wants
}

// Tried is what came of one rule of an event's source.
type Tried struct {
	Rule    Rule
	Applies bool
	First   bool   // it is the one that counts for its side
	Before  string // the rule that counts instead of this one, which applies too; "" for none
}

// Try says of each rule of an event's source what came of it, in their order.
func Try(rules []Rule, e Source, s Standing) (tried []Tried) {
	counts := map[Side]string{}
	for _, r := range rules {
		if r.Source != e {
			continue
		}
		t := Tried{Rule: r, Applies: r.Matches(s)}
		if t.Applies {
			t.Before = counts[r.Destination]
			if t.First = t.Before == ""; t.First {
				counts[r.Destination] = r.Name
			}
		}
		tried = append(tried, t)
	}
	return tried
}

// Check says what is wrong with a rule, in sentences for administrators. A rule of which something is wrong does nothing.
func (r Rule) Check() (problems []string) {
	tell := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if !slices.Contains(Sources, r.Source) {
		tell("its Source %q is none that there is.", r.Source)
	}
	switch {
	case r.Destination != Centre && r.Destination != Org:
		tell("its Destination is missing, or none that there is.")
	case r.Value == "":
		tell("its Value is empty: it has to name a status.")
	case r.Destination == Centre && IsSystem(r.Value):
		tell("its Value %q is a state that the contact centre alone gives: nobody can be set to it.", r.Value)
	}
	if len(r.Criteria) == 0 {
		tell("it has no criterion.")
	}
	for _, c := range r.Criteria {
		problems = append(problems, c.check()...)
	}
	return problems
}

func (c Criterion) check() (problems []string) {
	ordered := slices.Contains([]Comparator{Greater, GreaterOrEqual, Less, LessOrEqual}, c.Comparator)
	if !slices.Contains(Comparators, c.Comparator) {
		problems = append(problems, fmt.Sprintf("its Comparator %q is none that there is.", c.Comparator))
	}
	for _, t := range []Term{c.A, c.B} {
		_, isNumber := figure(strings.TrimSpace(t.Value))
		switch {
		case !slices.Contains(Operands, t.Operand):
			problems = append(problems, fmt.Sprintf("its operand %q is none that there is.", t.Operand))
		case t.Operand == Static && strings.TrimSpace(t.Value) == "":
			problems = append(problems, "an operand is a Static Value, and that value is empty.")
		case t.Operand == Static && ordered && !isNumber:
			problems = append(problems, fmt.Sprintf("it compares by size, and %q is no number.", t.Value))
		}
	}
	return problems
}
