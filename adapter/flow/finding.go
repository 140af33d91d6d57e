package flow

import "strings"

// Severity is how bad a finding is.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"   // the flow cannot run
	SeverityWarning Severity = "warning" // it runs, and hardly does what its author wants
	SeverityHint    Severity = "hint"    // it is worth a look
)

// Finding is something to say about a flow.
type Finding struct {
	Severity Severity          `json:"severity"`
	Code     Code              `json:"code"`
	Action   ActionID          `json:"action,omitempty"` // "" for the flow as a whole
	Control  string            `json:"control,omitempty"`
	Port     Port              `json:"port,omitempty"`
	Args     map[string]string `json:"args,omitempty"` // what the sentence names besides
}

// MayActivate says why a flow must not be made active: it cannot run, or has a block that nobody knows. *Invalid; nil if it may. Such a
// flow may be kept all the same.
func MayActivate(findings []Finding) error {
	if err := Broken(findings); err != nil {
		return err
	}
	for _, f := range findings {
		if f.Code == CodeUnmapped {
			return &Invalid{Action: f.Action, Reason: f.Message()}
		}
	}
	return nil
}

// Code says which finding it is, for machines and for translations.
type Code string

// Message is the finding as a sentence without its end, for people: what, why, what to do.
func (f Finding) Message() string {
	pairs := []string{"{control}", f.Control, "{port}", string(f.Port)}
	for name, value := range f.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	text := strings.NewReplacer(pairs...).Replace(Sentences[f.Code])
	if better := f.Args["suggestion"]; better != "" {
		text += ": did you mean " + better + "?"
	}
	return text
}

// Args makes arguments of names and values by turns.
func Args(pairs ...string) map[string]string {
	of := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		of[pairs[i]] = pairs[i+1]
	}
	return of
}

// Nearest is the name that somebody most likely meant; "" if none is near.
func Nearest(name string, names []string) string {
	best, least := "", max(2, len(name)/3)+1
	if len(name) < 4 {
		least = 2
	}
	for _, candidate := range names {
		if far := Distance(strings.ToLower(name), strings.ToLower(candidate)); far < least {
			best, least = candidate, far
		}
	}
	return best
}

// Distance is how many letters are to be changed, added or left out to make one word of another.
func Distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			before, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, before+cost)
		}
	}
	return row[len(b)]
}
