package rest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Bounds of a request for trees. Source: REST API developer guide, sObject Tree.
const (
	treeRows  = 200
	treeDepth = 5
	treeTypes = 5
)

// sprout is a record to make below another one.
type sprout struct {
	reference, object string
	values            records.Values
	parent            *sprout // nil: none
	link              string  // the field that names it
	id                schema.RecordID
}

// grown is what became of one.
type grown struct {
	Reference string          `json:"referenceId"`
	ID        schema.RecordID `json:"id,omitempty"`
	Errors    []rowFault      `json:"errors,omitempty"`
}

type treeOut struct {
	HasErrors bool    `json:"hasErrors"`
	Results   []grown `json:"results"`
}

// tree makes records with those below them: all of them, level by level, or none.
func (s *server) tree(c call) (answer, error) {
	body, err := object(c.Body)
	if err != nil {
		return answer{}, err
	}
	all, err := sprouts(c.Actor, c.PathValue("object"), body)
	if err != nil {
		return answer{}, err
	}
	out := treeOut{Results: []grown{}}
	err = c.Together(s.cfg.Org, func(a *crm.Actor) error {
		for _, one := range all {
			if one.parent != nil {
				one.values[one.link] = string(one.parent.id)
			}
			if one.id, err = a.Create(c.Context(), one.object, one.values); err != nil {
				out = treeOut{true, []grown{{Reference: one.reference, Errors: []rowFault{s.fault(c, err)}}}}
				return err
			}
			out.Results = append(out.Results, grown{Reference: one.reference, ID: one.id})
		}
		return nil
	})
	switch {
	case out.HasErrors:
		return answer{Status: http.StatusBadRequest, Body: out}, nil
	case err != nil:
		return answer{}, err
	}
	return answer{Status: http.StatusCreated, Body: out}, nil
}

// sprouts reads the trees of a body, roots first.
func sprouts(a *crm.Actor, object string, body records.Values) ([]*sprout, error) {
	level, err := rows(body["records"], object, nil, "")
	if err != nil {
		return nil, err
	}
	var all []*sprout
	seen, types := map[string]bool{}, map[string]bool{}
	for depth := 1; len(level) > 0; depth++ {
		if depth > treeDepth {
			return nil, badTree("INVALID_INPUT", "The request has more than %d levels.", treeDepth)
		}
		all = append(all, level...)
		if len(all) > treeRows {
			return nil, badTree("INVALID_INPUT", "The request has more than %d records.", treeRows)
		}
		var next []*sprout
		for _, one := range level {
			if seen[one.reference] {
				return nil, badTree("INVALID_INPUT", "Duplicate ReferenceId provided in the request: %.100s", one.reference)
			}
			seen[one.reference], types[one.object] = true, true
			below, err := children(a, one)
			if err != nil {
				return nil, err
			}
			next = append(next, below...)
		}
		if len(types) > treeTypes {
			return nil, badTree("INVALID_INPUT", "The request has records of more than %d types.", treeTypes)
		}
		level = next
	}
	if len(all) == 0 {
		return nil, badTree("INVALID_INPUT", "The request has no records.")
	}
	return all, nil
}

// children takes the records below one out of its values.
func children(a *crm.Actor, parent *sprout) ([]*sprout, error) {
	var all []*sprout
	for _, name := range slices.Sorted(maps.Keys(parent.values)) {
		nested, is := parent.values[name].(map[string]any)
		if !is || nested["records"] == nil {
			continue
		}
		kinds := a.Children(parent.object)
		i := slices.IndexFunc(kinds, func(k schema.Child) bool { return strings.EqualFold(k.Name, name) })
		if i < 0 {
			return nil, badTree("INVALID_FIELD", "No such column '%.100s' on sobject of type %s", name, parent.object)
		}
		below, err := rows(nested["records"], kinds[i].Object, parent, kinds[i].Field)
		if err != nil {
			return nil, err
		}
		delete(parent.values, name)
		all = append(all, below...)
	}
	return all, nil
}

func rows(list any, object string, parent *sprout, link string) ([]*sprout, error) {
	given, is := list.([]any)
	if !is {
		return nil, badTree("INVALID_INPUT", "The request has no records.")
	}
	var all []*sprout
	for _, item := range given {
		values, is := item.(map[string]any)
		attributes, has := values["attributes"].(map[string]any)
		reference, named := attributes["referenceId"].(string)
		if !is || !has || !named || reference == "" {
			return nil, badTree("INVALID_INPUT", "Include a reference ID for each record in the request.")
		}
		if kind, _ := attributes["type"].(string); parent == nil && kind != object {
			return nil, badTree("INVALID_INPUT", "The type %.100s of the record %.100s is not the type %s of the request.", kind, reference, object)
		}
		all = append(all, &sprout{reference: reference, object: object, values: values, parent: parent, link: link})
	}
	return all, nil
}

func badTree(code, format string, args ...any) error {
	return edge.Refuse(http.StatusBadRequest, code, fmt.Sprintf(format, args...))
}
