package lightning

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// listView is a list view: what it is called, which records it holds, which columns it shows.
type listView struct {
	Name, Label string
	shape
}

// shape is what people change of a list view, each for themselves.
type shape struct {
	Scope   string      `json:"scope"` // Everything or Mine
	Filters []filterOut `json:"filters"`
	Columns []string    `json:"columns"` // none: those of the object's layout
}

const mostColumns = 15

// shapesKey is under which a user's own shapes of an object's list views are kept.
func shapesKey(object string) string { return "shapes:" + object }

var errNoView = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "This list view isn't available. It may have been deleted.")

// views are the list views of an object, as delivered or deployed, each in the shape that the user gave it.
func (s *server) views(ctx context.Context, r asked, o object) ([]listView, error) {
	all := deliveredViews(o)
	deployed, err := s.deployedViews(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, v := range deployed {
		if at := slices.IndexFunc(all, func(have listView) bool { return have.Name == v.Name }); at >= 0 {
			all[at] = v
			continue
		}
		all = append(all, v)
	}
	own, err := ownShapes(ctx, r, o)
	if err != nil {
		return nil, err
	}
	for at, v := range all {
		if mine, ok := own[v.Name]; ok {
			all[at].shape = mine
		}
	}
	slices.SortStableFunc(all, func(a, b listView) int { return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)) })
	return all, nil
}

// viewNamed is the list view that the address or a query names.
func viewNamed(all []listView, name string) (listView, error) {
	at := slices.IndexFunc(all, func(v listView) bool { return v.Name == name })
	if at < 0 {
		return listView{}, errNoView
	}
	return all[at], nil
}

// deliveredViews are those of an org as delivered.
func deliveredViews(o object) []listView {
	all := listView{Name: "All", Label: "All " + o.Plural, shape: shape{Scope: "Everything"}}
	if o.isCustom() {
		all.Label = "All"
		return []listView{all}
	}
	mine := listView{Name: "My" + o.Plural, Label: "My " + o.Plural, shape: shape{Scope: "Mine"}}
	open := []filterOut{{"IsClosed", "equals", "false"}}
	switch o.Name {
	case "Account", "Contact":
		return []listView{all, mine, {
			Name: "NewThisWeek", Label: "New This Week", shape: shape{Filters: []filterOut{{"CreatedDate", "equals", "THIS WEEK"}}},
		}}
	case "Lead":
		return []listView{all, mine, {
			Name: "TodaysLeads", Label: "Today's Leads", shape: shape{Filters: []filterOut{{"CreatedDate", "equals", "TODAY"}}},
		}}
	case "Case":
		return []listView{
			all, mine,
			{Name: "AllOpenCases", Label: "All Open Cases", shape: shape{Filters: open}},
			{Name: "MyOpenCases", Label: "My Open Cases", shape: shape{Scope: "Mine", Filters: open}},
		}
	case "Task":
		return []listView{
			all,
			{Name: "OpenTasks", Label: "Open Tasks", shape: shape{Scope: "Mine", Filters: open}},
			{Name: "TodayTasks", Label: "Today's Tasks", shape: shape{Scope: "Mine", Filters: []filterOut{{"ActivityDate", "equals", "TODAY"}}}},
			{
				Name: "CompletedTasks", Label: "Recently Completed Tasks",
				shape: shape{Scope: "Mine", Filters: []filterOut{{"CompletedDateTime", "greaterOrEqual", "LAST 30 DAYS"}}},
			},
		}
	}
	return []listView{all}
}

// deployedViews are those that came with a deploy; one that cannot be read is logged and left out.
func (s *server) deployedViews(ctx context.Context, o object) ([]listView, error) {
	names, err := s.deployed(ctx, "ListView")
	if err != nil {
		return nil, err
	}
	var found []listView
	for _, full := range names {
		object, name, _ := strings.Cut(full, ".")
		if !strings.EqualFold(object, o.Name) {
			continue
		}
		source, err := s.source(ctx, "ListView", full)
		if err != nil || source == nil {
			return nil, err
		}
		parsed, err := parse[listViewXML](source)
		if err != nil {
			s.cfg.Log.WarnContext(ctx, "deployed list view not readable", "view", full, "err", err)
			continue
		}
		v := listView{Name: name, Label: parsed.Label, shape: shape{Scope: parsed.Scope}}
		if v.Label == "" {
			v.Label = name
		}
		for _, column := range parsed.Columns {
			v.Columns = append(v.Columns, columnName(column))
		}
		for _, f := range parsed.Filters {
			v.Filters = append(v.Filters, filterOut{columnName(f.Field), f.Operation, f.Value})
		}
		found = append(found, v)
	}
	return found, nil
}

func ownShapes(ctx context.Context, r asked, o object) (map[string]shape, error) {
	own := map[string]shape{}
	text, err := people.Preference(ctx, r.Actor.Access, shapesKey(o.Name))
	if err != nil || text == "" {
		return own, err
	}
	if err := json.Unmarshal([]byte(text), &own); err != nil {
		return nil, fmt.Errorf("read list views of %s: %w", o.Name, err)
	}
	return own, nil
}

// check says what is wrong with a shape, and in which field.
func (in shape) check(o object) error {
	blame := func(field, text string) error {
		return edge.Refuse(http.StatusBadRequest, "INVALID_INPUT", text, field)
	}
	switch {
	case in.Scope != "Everything" && in.Scope != "Mine":
		return blame("scope", "Choose whose records the list shows.")
	case len(in.Filters) > mostFilters:
		return blame("filters", "A list view can have up to 10 filters.")
	case len(in.Columns) > mostColumns:
		return blame("columns", "A list view can show up to 15 fields.")
	}
	for _, name := range in.Columns {
		if _, ok := o.field(name); !ok {
			return blame("columns", "There is no field "+name+".")
		}
	}
	return nil
}

// changeView keeps the user's own shape of a list view. Its filters are run once, so that one that cannot be shown is not kept.
func (s *server) changeView(ctx context.Context, r asked) (savedViewOut, error) {
	o, err := addressed(r)
	if err != nil {
		return savedViewOut{}, err
	}
	in, err := edge.Decode[shape](r.Body)
	if err != nil {
		return savedViewOut{}, err
	}
	all, err := s.views(ctx, r, o)
	if err != nil {
		return savedViewOut{}, err
	}
	v, err := viewNamed(all, r.PathValue("view"))
	if err != nil {
		return savedViewOut{}, err
	}
	if err := in.check(o); err != nil {
		return savedViewOut{}, err
	}
	where, err := in.where(o, r.User)
	if err != nil {
		return savedViewOut{}, err
	}
	_, err = query(ctx, r, fmt.Sprintf("SELECT Id FROM %s%s LIMIT 1", o.Name, where))
	if refusal, ok := errors.AsType[*schema.Error](err); ok {
		return savedViewOut{}, edge.Refuse(http.StatusBadRequest, "INVALID_FILTER", refusal.Message, "filters")
	}
	if err != nil {
		return savedViewOut{}, err
	}
	own, err := ownShapes(ctx, r, o)
	if err != nil {
		return savedViewOut{}, err
	}
	own[v.Name] = in
	text, err := json.Marshal(own)
	if err != nil {
		return savedViewOut{}, err
	}
	return savedViewOut{v.Name}, people.PutPreference(ctx, r.Actor.Access, shapesKey(o.Name), string(text))
}
