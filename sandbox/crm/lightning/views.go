package lightning

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// listView is a list view: what it is called, which records it holds, which columns it shows.
type listView struct {
	Name    string      `json:"name"`
	Label   string      `json:"label"`
	Scope   string      `json:"scope"` // Everything or Mine
	Filters []filterOut `json:"filters"`
	Columns []string    `json:"columns"` // none: those of the object's layout
	shared  bool        // everybody sees it
	made    bool        // by people in the console, who may also delete it
}

const (
	mostViews   = 200 // of one user and object
	mostColumns = 15
)

func viewsKey(object string) string { return "views:" + object }

const pinsKey = "pins"

var errNoView = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "This list view isn't available. It may have been deleted, or it isn't shared with you.")

// views are all list views that the user sees of an object: as delivered, as deployed, shared, and the user's own.
func (s *server) views(ctx context.Context, r asked, o Object) ([]listView, error) {
	all := deliveredViews(o)
	deployed, err := s.deployedViews(ctx, o)
	if err != nil {
		return nil, err
	}
	shared, err := keptViews(ctx, r.actor.KeptForAll, o.Name)
	if err != nil {
		return nil, err
	}
	own, err := keptViews(ctx, r.actor.Kept, o.Name)
	if err != nil {
		return nil, err
	}
	for _, v := range deployed {
		all = replaced(all, v, true, false)
	}
	for _, v := range shared {
		all = replaced(all, v, true, !slices.ContainsFunc(all, func(have listView) bool { return have.Name == v.Name }))
	}
	for _, v := range own {
		all = replaced(all, v, false, true)
	}
	slices.SortStableFunc(all, func(a, b listView) int { return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)) })
	return all, nil
}

func replaced(all []listView, v listView, shared, made bool) []listView {
	v.shared, v.made = shared, made
	if at := slices.IndexFunc(all, func(have listView) bool { return have.Name == v.Name }); at >= 0 {
		all[at] = v
		return all
	}
	return append(all, v)
}

// deliveredViews are those of an org as delivered.
func deliveredViews(o Object) []listView {
	all := listView{Name: "All", Label: "All " + o.Plural, Scope: "Everything", shared: true}
	if o.Custom {
		all.Label = "All"
		return []listView{all}
	}
	mine := listView{Name: "My" + o.Plural, Label: "My " + o.Plural, Scope: "Mine", shared: true}
	open := []filterOut{{"IsClosed", "equals", "false"}}
	switch o.Name {
	case "Account", "Contact":
		return []listView{all, mine, {Name: "NewThisWeek", Label: "New This Week", Filters: []filterOut{{"CreatedDate", "equals", "THIS WEEK"}}, shared: true}}
	case "Lead":
		return []listView{all, mine, {Name: "TodaysLeads", Label: "Today's Leads", Filters: []filterOut{{"CreatedDate", "equals", "TODAY"}}, shared: true}}
	case "Case":
		return []listView{
			all, mine,
			{Name: "AllOpenCases", Label: "All Open Cases", Filters: open, shared: true},
			{Name: "MyOpenCases", Label: "My Open Cases", Scope: "Mine", Filters: open, shared: true},
		}
	case "Task":
		return []listView{
			all,
			{Name: "OpenTasks", Label: "Open Tasks", Scope: "Mine", Filters: open, shared: true},
			{Name: "TodayTasks", Label: "Today's Tasks", Scope: "Mine", Filters: []filterOut{{"ActivityDate", "equals", "TODAY"}}, shared: true},
			{Name: "CompletedTasks", Label: "Recently Completed Tasks", Scope: "Mine", Filters: []filterOut{{"CompletedDateTime", "greaterOrEqual", "LAST 30 DAYS"}}, shared: true},
		}
	}
	return []listView{all}
}

// deployedViews are those that came with a deploy; one that cannot be read is logged and left out.
func (s *server) deployedViews(ctx context.Context, o Object) ([]listView, error) {
	names, err := s.cfg.Data.Components(ctx, "ListView")
	if err != nil {
		return nil, err
	}
	var found []listView
	for _, full := range names {
		object, name, _ := strings.Cut(full, ".")
		if !strings.EqualFold(object, o.Name) {
			continue
		}
		source, err := s.cfg.Data.Component(ctx, "ListView", full)
		if err != nil || source == nil {
			return nil, err
		}
		parsed, err := parse[listViewXML](source)
		if err != nil {
			s.cfg.Log.WarnContext(ctx, "deployed list view not readable", "view", full, "err", err)
			continue
		}
		v := listView{Name: name, Label: parsed.Label, Scope: parsed.Scope}
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

func keptViews(ctx context.Context, read func(context.Context, string) (string, error), object string) ([]listView, error) {
	text, err := read(ctx, viewsKey(object))
	if err != nil || text == "" {
		return nil, err
	}
	var kept []listView
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, fmt.Errorf("read list views of %s: %w", object, err)
	}
	return kept, nil
}

func keepViews(ctx context.Context, keep func(context.Context, string, string) error, object string, views []listView) error {
	if len(views) == 0 {
		return keep(ctx, viewsKey(object), "")
	}
	text, err := json.Marshal(views)
	if err != nil {
		return err
	}
	return keep(ctx, viewsKey(object), string(text))
}

// checked is the list view that a form describes; what is wrong names its field.
func checked(o Object, in viewIn, person Person) (listView, error) {
	label := strings.TrimSpace(in.Label)
	blame := func(field, text string) error {
		return edge.Refuse(http.StatusBadRequest, "INVALID_INPUT", text, field)
	}
	switch {
	case label == "":
		return listView{}, blame("label", "Complete this field.")
	case len([]rune(label)) > 40:
		return listView{}, blame("label", "The list name can have at most 40 characters.")
	case in.Scope != "Everything" && in.Scope != "Mine":
		return listView{}, blame("scope", "Choose whose records the list shows.")
	case len(in.Filters) > mostFilters:
		return listView{}, blame("filters", "A list view can have up to 10 filters.")
	case len(in.Columns) > mostColumns:
		return listView{}, blame("columns", "A list view can show up to 15 fields.")
	case in.Shared && !person.SharesViews:
		return listView{}, blame("shared", "You don't have the permission Manage Public List Views.")
	}
	for _, name := range in.Columns {
		if _, ok := o.field(name); !ok {
			return listView{}, blame("columns", "There is no field "+name+".")
		}
	}
	return listView{Label: label, Scope: in.Scope, Filters: in.Filters, Columns: in.Columns, shared: in.Shared, made: true}, nil
}

var notInNames = regexp.MustCompile(`[^A-Za-z0-9]+`)

// nameFor makes an API name of a label that no other list view has.
func nameFor(label string, taken []listView) string {
	base := strings.Trim(notInNames.ReplaceAllString(label, "_"), "_")
	if base == "" || base[0] >= '0' && base[0] <= '9' {
		base = "List_" + base
	}
	for n, name := 1, base; ; n++ {
		if name != "Recent" && !slices.ContainsFunc(taken, func(v listView) bool { return strings.EqualFold(v.Name, name) }) {
			return name
		}
		name = fmt.Sprintf("%s%d", base, n)
	}
}

// validated runs the filters once, so that a list view that cannot be shown is not kept.
func (s *server) validated(ctx context.Context, r asked, o Object, in viewIn) (listView, Person, error) {
	person, err := r.actor.Person(ctx)
	if err != nil {
		return listView{}, person, err
	}
	v, err := checked(o, in, person)
	if err != nil {
		return listView{}, person, err
	}
	where, err := v.where(o, r.user.ID, zoneOf(person))
	if err != nil {
		return listView{}, person, err
	}
	_, err = r.actor.Query(ctx, fmt.Sprintf("SELECT Id FROM %s%s LIMIT 1", o.Name, where))
	if refusal, ok := errors.AsType[*crm.Error](err); ok {
		return listView{}, person, edge.Refuse(http.StatusBadRequest, "INVALID_FILTER", refusal.Message, "filters")
	}
	return v, person, err
}

func (s *server) createView(ctx context.Context, r asked) (savedViewOut, error) {
	o, err := r.object(ctx)
	if err != nil {
		return savedViewOut{}, err
	}
	in, err := edge.Decode[viewIn](r.Body)
	if err != nil {
		return savedViewOut{}, err
	}
	v, _, err := s.validated(ctx, r, o, in)
	if err != nil {
		return savedViewOut{}, err
	}
	all, err := s.views(ctx, r, o)
	if err != nil {
		return savedViewOut{}, err
	}
	v.Name = nameFor(v.Label, all)
	return savedViewOut{v.Name}, s.putView(ctx, r, o, v)
}

// putView keeps a view where it belongs, and nowhere else.
func (s *server) putView(ctx context.Context, r asked, o Object, v listView) error {
	shared, err := keptViews(ctx, r.actor.KeptForAll, o.Name)
	if err != nil {
		return err
	}
	own, err := keptViews(ctx, r.actor.Kept, o.Name)
	if err != nil {
		return err
	}
	same := func(have listView) bool { return have.Name == v.Name }
	wasShared := slices.ContainsFunc(shared, same)
	if v.shared {
		own, shared = slices.DeleteFunc(own, same), append(slices.DeleteFunc(shared, same), v)
	} else {
		own, shared = append(slices.DeleteFunc(own, same), v), slices.DeleteFunc(shared, same)
	}
	if len(own) > mostViews || len(shared) > mostViews {
		return edge.Refuse(http.StatusBadRequest, "LIMIT_EXCEEDED", "There are too many list views. Delete one first.")
	}
	if v.shared || wasShared {
		if err := keepViews(ctx, r.actor.KeepForAll, o.Name, shared); err != nil {
			return err
		}
	}
	return keepViews(ctx, r.actor.Keep, o.Name, own)
}

// editable finds a view that the user may change: an own one, or a shared one with the right to share.
func (s *server) editable(ctx context.Context, r asked, o Object) (listView, Person, error) {
	person, err := r.actor.Person(ctx)
	if err != nil {
		return listView{}, person, err
	}
	all, err := s.views(ctx, r, o)
	if err != nil {
		return listView{}, person, err
	}
	at := slices.IndexFunc(all, func(v listView) bool { return v.Name == r.PathValue("view") })
	if at < 0 {
		return listView{}, person, errNoView
	}
	if all[at].shared && !person.SharesViews {
		return listView{}, person, edge.Refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS", "You don't have permission to change this list view. Clone it to make your own.")
	}
	return all[at], person, nil
}

func (s *server) changeView(ctx context.Context, r asked) (savedViewOut, error) {
	o, err := r.object(ctx)
	if err != nil {
		return savedViewOut{}, err
	}
	in, err := edge.Decode[viewIn](r.Body)
	if err != nil {
		return savedViewOut{}, err
	}
	before, _, err := s.editable(ctx, r, o)
	if err != nil {
		return savedViewOut{}, err
	}
	v, _, err := s.validated(ctx, r, o, in)
	if err != nil {
		return savedViewOut{}, err
	}
	if v.Name = before.Name; !before.made {
		v.shared = true // what came with the org or a package stays everybody's
	}
	return savedViewOut{v.Name}, s.putView(ctx, r, o, v)
}

func (s *server) removeView(ctx context.Context, r asked) (savedViewOut, error) {
	o, err := r.object(ctx)
	if err != nil {
		return savedViewOut{}, err
	}
	v, _, err := s.editable(ctx, r, o)
	if err != nil {
		return savedViewOut{}, err
	}
	if !v.made {
		return savedViewOut{}, edge.Refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS", "You can't delete a standard list view.")
	}
	read, keep := r.actor.Kept, r.actor.Keep
	if v.shared {
		read, keep = r.actor.KeptForAll, r.actor.KeepForAll
	}
	kept, err := keptViews(ctx, read, o.Name)
	if err != nil {
		return savedViewOut{}, err
	}
	kept = slices.DeleteFunc(kept, func(have listView) bool { return have.Name == v.Name })
	return savedViewOut{v.Name}, keepViews(ctx, keep, o.Name, kept)
}

// pins are the list views that open first, object by object.
func pins(ctx context.Context, r asked) (map[string]string, error) {
	pinned := map[string]string{}
	text, err := r.actor.Kept(ctx, pinsKey)
	if err != nil || text == "" {
		return pinned, err
	}
	if err := json.Unmarshal([]byte(text), &pinned); err != nil {
		return nil, fmt.Errorf("read pinned list views: %w", err)
	}
	return pinned, nil
}

// pin makes a list view the one that opens first; Recent is where nothing is pinned.
func (s *server) pin(ctx context.Context, r asked) (savedViewOut, error) {
	o, err := r.object(ctx)
	if err != nil {
		return savedViewOut{}, err
	}
	in, err := edge.Decode[pinIn](r.Body)
	if err != nil {
		return savedViewOut{}, err
	}
	all, err := s.views(ctx, r, o)
	if err != nil {
		return savedViewOut{}, err
	}
	if in.View != recentView && !slices.ContainsFunc(all, func(v listView) bool { return v.Name == in.View }) {
		return savedViewOut{}, errNoView
	}
	pinned, err := pins(ctx, r)
	if err != nil {
		return savedViewOut{}, err
	}
	pinned[o.Name] = in.View
	text, err := json.Marshal(pinned)
	if err != nil {
		return savedViewOut{}, err
	}
	return savedViewOut{in.View}, r.actor.Keep(ctx, pinsKey, string(text))
}
