package find

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Kind is what happens after a search.
type Kind string

// The kinds.
const (
	Nothing   Kind = "nothing"
	Record    Kind = "record"
	NewRecord Kind = "newRecord"
	List      Kind = "search" // the console's search page
	Page      Kind = "page"   // a Visualforce page, or another address
	Flow      Kind = "flow"   // a flow of the CRM
	Choice    Kind = "choice" // nothing pops: the agent chooses
)

// Pop is Open CTI's screenPop: its type, by the constant's name or by its value, and its parameters.
type Pop struct {
	Type   string         `json:"type"`
	Params map[string]any `json:"params"`
}

// Decision is what happens after a search. Pop is set but for Nothing and Choice.
type Decision struct {
	Kind Kind
	Pop  *Pop
}

// With is what was searched with.
type With struct {
	Text     string
	Query    string            // passed on to a Visualforce page
	Defaults map[string]string // values of a new record's form
}

const defaultValues = "defaultFieldValues"

// shortest is how many characters the console's search page wants.
const shortest = 3

// Decide says what happens when these records fit, by the layout. Several of which none pops are to be chosen from, whatever the layout
// says. Source: Open CTI developer guide.
func Decide(l Layout, callType string, found []Candidate, with With) Decision {
	part := l.of(callType)
	setting := part.MultipleMatches
	switch len(found) {
	case 0:
		setting = part.NoMatch
	case 1:
		setting = part.SingleMatch
	}
	pop := popBy(setting, found, with)
	if pop == nil {
		return nothing(found)
	}
	return Decision{Kind: kindOf(*pop), Pop: pop}
}

// nothing pops: several records are to be chosen from.
func nothing(found []Candidate) Decision {
	if len(found) > 1 {
		return Decision{Kind: Choice}
	}
	return Decision{Kind: Nothing}
}

func popBy(s Setting, found []Candidate, with With) *Pop {
	switch s.Type {
	case "PopToEntity":
		return popEntity(s.Data, found, with)
	case "PopToSearch":
		if utf8.RuneCountInString(strings.TrimSpace(with.Text)) >= shortest {
			return &Pop{"SEARCH", map[string]any{"searchString": with.Text}}
		}
	case "PopToVisualforce":
		if s.Data != "" {
			return &Pop{"URL", map[string]any{"url": pageAddress(s.Data, with)}}
		}
	case "PopToFlow":
		if s.Data != "" {
			return &Pop{"FLOW", map[string]any{"flowDevName": s.Data, "flowArgs": []any{}}}
		}
	}
	return nil
}

// popEntity is the record if it is one, and the form of a new one if there is none.
func popEntity(object string, found []Candidate, with With) *Pop {
	switch {
	case len(found) == 1:
		return &Pop{"SOBJECT", map[string]any{"recordId": found[0].ID}}
	case len(found) > 1 || object == "":
		return nil
	}
	params := map[string]any{"entityName": object}
	if len(with.Defaults) > 0 {
		values := map[string]any{}
		for name, value := range with.Defaults {
			values[name] = value
		}
		params[defaultValues] = values
	}
	return &Pop{"NEW_RECORD_MODAL", params}
}

// pageAddress is a Visualforce page with what was searched and the flow's own parameters, which cannot leave the query.
func pageAddress(page string, with With) string {
	query, err := url.ParseQuery(with.Query)
	if err != nil {
		query = url.Values{}
	}
	if !query.Has("searchParams") {
		query.Set("searchParams", with.Text)
	}
	return "/apex/" + url.PathEscape(page) + "?" + query.Encode()
}

// kindOf tells a pop's kind: by its type's constant (NEW_RECORD_MODAL) or by the constant's value (newRecordModal).
func kindOf(p Pop) Kind {
	switch strings.ToLower(strings.ReplaceAll(p.Type, "_", "")) {
	case "sobject":
		return Record
	case "newrecordmodal":
		return NewRecord
	case "search":
		return List
	case "flow":
		return Flow
	}
	return Page
}

// record is the id of the record that pops; "" if none does.
func (d Decision) record() string {
	if d.Kind != Record {
		return ""
	}
	return word(d.Pop.Params["recordId"])
}
