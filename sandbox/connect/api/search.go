package api

import (
	"net/http"
	"slices"
	"strings"
)

// criteria is a tree of conditions of a search.
type criteria struct {
	OrConditions    []criteria
	AndConditions   []criteria
	StringCondition *struct{ FieldName, Value, ComparisonType string }
	ListCondition   *struct {
		TargetListType string
		Conditions     []criteria
	}
	QueueTypeCondition, QuickConnectTypeCondition, TypeCondition, StateCondition, StatusCondition string
}

type tagCriteria struct {
	OrConditions  [][]tagCondition
	AndConditions []tagCondition
	TagCondition  *tagCondition
}

type tagCondition struct{ TagKey, TagValue string }

type search struct {
	paging
	SearchCriteria criteria
	SearchFilter   struct {
		TagFilter       *tagCriteria
		AttributeFilter *struct{}
	}
}

const (
	maxFound = 100
	deepest  = 5
)

// fields of a resource that a search may name, in lower case.
type fields map[string][]string

func (k criteria) fits(f fields, depth int) (bool, error) {
	if depth > deepest || len(k.OrConditions)+len(k.AndConditions) > maxFound {
		return false, failure(http.StatusBadRequest, "InvalidRequestException", "The search criteria are too deep.")
	}
	for _, exact := range []struct{ field, want string }{
		{"queuetype", k.QueueTypeCondition}, {"quickconnecttype", k.QuickConnectTypeCondition}, {"type", k.TypeCondition},
		{"state", k.StateCondition}, {"status", k.StatusCondition},
	} {
		if exact.want != "" && !slices.Contains(f[exact.field], exact.want) {
			return false, nil
		}
	}
	if s := k.StringCondition; s != nil {
		values, known := f[strings.ToLower(s.FieldName)]
		if !known {
			return false, badParameter("A search cannot name the field " + s.FieldName[:min(len(s.FieldName), 60)] + ".")
		}
		want := strings.ToLower(s.Value)
		ok := slices.ContainsFunc(values, func(v string) bool {
			v = strings.ToLower(v)
			switch s.ComparisonType {
			case "STARTS_WITH":
				return strings.HasPrefix(v, want)
			case "CONTAINS":
				return strings.Contains(v, want)
			}
			return v == want
		})
		if !ok {
			return false, nil
		}
	}
	all := k.AndConditions
	if k.ListCondition != nil {
		all = append(slices.Clone(all), k.ListCondition.Conditions...)
	}
	for _, each := range all {
		if ok, err := each.fits(f, depth+1); !ok || err != nil {
			return false, err
		}
	}
	if len(k.OrConditions) == 0 {
		return true, nil
	}
	for _, each := range k.OrConditions {
		if ok, err := each.fits(f, depth+1); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

func (t *tagCriteria) fits(tags map[string]string) bool {
	if t == nil {
		return true
	}
	one := func(k tagCondition) bool {
		value, ok := tags[k.TagKey]
		return ok && (k.TagValue == "" || k.TagValue == value)
	}
	every := func(all []tagCondition) bool {
		return !slices.ContainsFunc(all, func(k tagCondition) bool { return !one(k) })
	}
	return (t.TagCondition == nil || one(*t.TagCondition)) && every(t.AndConditions) &&
		(len(t.OrConditions) == 0 || slices.ContainsFunc(t.OrConditions, every))
}

// searched answers a search in a list; each gives a resource's fields, its ARN and its description.
func searched[T any](s *server, c call, member string, all []T, each func(T) (f fields, arn string, out entry)) (any, error) {
	in, err := decode[search](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.InstanceId); err != nil {
		return nil, err
	}
	tags := s.cfg.Centre.State().Tags
	found := []entry{}
	for _, r := range all {
		f, arn, out := each(r)
		ok, err := in.SearchCriteria.fits(f, 0)
		if err != nil {
			return nil, err
		}
		if ok && in.SearchFilter.TagFilter.fits(tags[arn]) {
			found = append(found, out)
		}
	}
	list, next, err := cut(found, in.MaxResults.String(), in.NextToken, maxFound)
	out := listing(member, list, next)
	out["ApproximateTotalCount"] = len(found)
	return out, err
}

// named are the fields that every resource has.
func named(id, name, description string) fields {
	return fields{"name": {name}, "description": {description}, "resourceid": {id}}
}
