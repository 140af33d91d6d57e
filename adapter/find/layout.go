package find

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Layout is the agent's softphone layout: what is searched and what pops, for each type of call. It is asked for anew each time: it
// changes when somebody edits it.
type Layout struct {
	Inbound  CallType `json:"Inbound"`
	Outbound CallType `json:"Outbound"`
	Internal CallType `json:"Internal"`
}

// CallType is a layout's part for one type of call.
type CallType struct {
	Objects []string // API names, in the order in which they are searched
	// What pops by how many records fit. Zero pops nothing; the platform has settings for inbound calls only.
	NoMatch, SingleMatch, MultipleMatches Setting
}

// Setting is what pops: DontPop, PopToEntity, PopToSearch, PopToVisualforce or PopToFlow, with an object, a page or a flow as Data.
type Setting struct {
	Type string `json:"screenPopType"`
	Data string `json:"screenPopData"`
}

// ReadLayout reads what getSoftphoneLayout gives. Source: Open CTI developer guide.
func ReadLayout(body json.RawMessage) (Layout, error) {
	var l Layout
	if err := json.Unmarshal(body, &l); err != nil {
		return Layout{}, fmt.Errorf("softphone layout: %w", err)
	}
	return l, nil
}

// UnmarshalJSON reads the objects in their order, which is that of the search.
func (c *CallType) UnmarshalJSON(body []byte) error {
	var raw struct {
		Objects  json.RawMessage `json:"objects"`
		Settings struct {
			NoMatch         Setting `json:"NoMatch"`
			SingleMatch     Setting `json:"SingleMatch"`
			MultipleMatches Setting `json:"MultipleMatches"`
		} `json:"screenPopSettings"`
	}
	if err := json.Unmarshal(body, &raw); err != nil {
		return err
	}
	c.NoMatch, c.SingleMatch, c.MultipleMatches = raw.Settings.NoMatch, raw.Settings.SingleMatch, raw.Settings.MultipleMatches
	return members(raw.Objects, func(name string, _ json.RawMessage) error {
		c.Objects = append(c.Objects, name)
		return nil
	})
}

// members goes through a JSON object in its order; null and nothing have none.
func members(body json.RawMessage, each func(name string, value json.RawMessage) error) error {
	if body = bytes.TrimSpace(body); len(body) == 0 || bytes.Equal(body, []byte("null")) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	if opening, err := d.Token(); err != nil || opening != json.Delim('{') {
		return fmt.Errorf("no object: %.40s", body)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		text, _ := name.(string)
		if err := each(text, value); err != nil {
			return err
		}
	}
	return nil
}

// of is the part for a type of call; inbound if it is not known.
func (l Layout) of(callType string) CallType {
	switch strings.ToLower(callType) {
	case "outbound":
		return l.Outbound
	case "internal":
		return l.Internal
	}
	return l.Inbound
}

// isInbound is true for every call that is not of another type, as the platform takes it.
func isInbound(callType string) bool {
	return !strings.EqualFold(callType, "outbound") && !strings.EqualFold(callType, "internal")
}

// answer is what a deferred search gave.
type answer struct {
	candidates []Candidate
	pop        *Pop // what the platform would pop; nil for nothing
}

// readAnswer reads what searchAndScreenPop gives: records by their ids, and SCREEN_POP_DATA. Source: Open CTI developer guide.
func readAnswer(body json.RawMessage) (answer, error) {
	var a answer
	err := members(body, func(id string, value json.RawMessage) error {
		if id == popData {
			a.pop = readPop(value)
			return nil
		}
		var fields map[string]any
		if json.Unmarshal(value, &fields) != nil || len(id) < idLength {
			return nil // no record: some versions tell more beside the records
		}
		c := Candidate{ID: id, Object: word(fields["RecordType"]), Name: word(fields["Name"]), fields: fields}
		if c.Object == "" {
			c.Object = word(fields["object"])
		}
		if c.Object == "" {
			c.Object = objectOf(id)
		}
		if c.Name == "" {
			c.Name = id
		}
		if !slices.ContainsFunc(a.candidates, func(o Candidate) bool { return sameID(o.ID, id) }) {
			a.candidates = append(a.candidates, c)
		}
		return nil
	})
	if err != nil {
		return answer{}, fmt.Errorf("answer to a search: %w", err)
	}
	return a, nil
}

const popData = "SCREEN_POP_DATA"

// readPop reads SCREEN_POP_DATA; nil if it is nothing that screenPop takes.
func readPop(body json.RawMessage) *Pop {
	var raw struct {
		Type     string         `json:"type"`
		Params   map[string]any `json:"params"`
		Defaults map[string]any `json:"defaultFieldValues"`
	}
	if json.Unmarshal(body, &raw) != nil || raw.Type == "" || raw.Params == nil {
		return nil
	}
	if _, has := raw.Params[defaultValues]; len(raw.Defaults) > 0 && !has {
		raw.Params[defaultValues] = raw.Defaults
	}
	return &Pop{Type: raw.Type, Params: raw.Params}
}
