package lightning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

const (
	recentView  = "Recent"
	recentLimit = 50   // records in Recently Viewed
	mostRows    = 2000 // of one list page
	longestSeek = 200  // bytes to search a list for
)

// list is one list view with its rows.
func (s *server) list(ctx context.Context, r asked) (listOut, error) {
	o, err := addressed(r)
	if err != nil {
		return listOut{}, err
	}
	l, err := s.shownAs(ctx, o)
	if err != nil {
		return listOut{}, err
	}
	all, err := s.views(ctx, r, o)
	if err != nil {
		return listOut{}, err
	}
	view := listView{Name: recentView, Label: "Recently Viewed"}
	out := listOut{Object: o.Name, View: r.URL.Query().Get("view"), Views: []viewOut{{recentView, view.Label}}}
	for _, v := range all {
		out.Views = append(out.Views, viewOut{v.Name, v.Label})
	}
	if out.View != recentView {
		if view, err = viewNamed(all, out.View); err != nil {
			return listOut{}, err
		}
	}
	if len(o.visible(view.Columns)) == 0 {
		view.Columns = l.columns
	}
	out.Columns = o.columns(view.Columns)
	out.Definition = defined(view, out.Columns)
	limit := atMost(r.URL.Query().Get("limit"), mostRows)
	out.Sort = sortOf(r, o, view, out.Columns)
	records, err := s.listed(ctx, r, o, view, limit, out)
	if err != nil {
		return listOut{}, err
	}
	if len(records) > limit {
		records, out.More = records[:limit], true
	}
	out.Rows, err = s.rows(ctx, r, o, records)
	return out, err
}

func defined(v listView, columns []columnOut) definitionOut {
	out := definitionOut{Label: v.Label, Scope: v.Scope, Filters: v.Filters, Columns: []string{}}
	if out.Scope != "Mine" {
		out.Scope = "Everything"
	}
	if out.Filters == nil {
		out.Filters = []filterOut{}
	}
	for _, c := range columns {
		out.Columns = append(out.Columns, c.Name)
	}
	return out
}

func (s *server) listed(ctx context.Context, r asked, o object, view listView, limit int, out listOut) ([]records.Record, error) {
	names := []string{"LastModifiedDate"}
	for _, c := range out.Columns {
		names = append(names, c.Name)
	}
	where, err := view.where(o, r.User)
	if err != nil {
		return nil, err
	}
	var ids []string // as they were viewed
	if view.Name == recentView {
		recent, err := r.Actor.Recent(ctx, o.Name, min(limit, recentLimit))
		if err != nil || len(recent) == 0 {
			return nil, err
		}
		ids = idsOf(recent)
		where = " WHERE Id IN ('" + strings.Join(ids, "', '") + "')"
	}
	if seek := r.URL.Query().Get("search"); strings.TrimSpace(seek) != "" {
		part := searchedIn(o, append([]string{nameField(o.Name)}, names...), seek)
		if len(seek) > longestSeek || part == "" {
			return nil, nil
		}
		if where == "" {
			where = " WHERE " + part
		} else {
			where += " AND " + part
		}
	}
	soql := fmt.Sprintf("SELECT %s FROM %s%s%s LIMIT %d", selectList(o, names), o.Name, where, orderBy(o, out.Sort), limit+1)
	records, err := query(ctx, r, soql)
	if view.Name == recentView && out.Sort.Field == "" {
		sortAs(records, ids)
	}
	return records, err
}

// sortOf is the order that the page asks for, else by name; Recently Viewed comes as it was viewed.
func sortOf(r asked, o object, view listView, columns []columnOut) sortOut {
	by := r.URL.Query().Get("sort")
	f, known := o.field(by)
	if known && slices.ContainsFunc(columns, func(c columnOut) bool { return c.Name == by }) && f.Type != "textarea" {
		return sortOut{by, r.URL.Query().Get("descending") == "true"}
	}
	if view.Name == recentView {
		return sortOut{}
	}
	if _, ok := o.field(nameField(o.Name)); !ok {
		return sortOut{}
	}
	return sortOut{Field: nameField(o.Name)}
}

// orderBy sorts a field that points to a record by that record's name.
func orderBy(o object, by sortOut) string {
	if by.Field == "" {
		return ""
	}
	path := by.Field
	if f, _ := o.field(by.Field); f.Type == "reference" && filterable(f) {
		path = f.Relationship + "." + nameField(f.References[0])
	}
	if by.Descending {
		return " ORDER BY " + path + " DESC NULLS LAST"
	}
	return " ORDER BY " + path
}

// atMost reads a number from 1 to most; anything else is most.
func atMost(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return most
	}
	return n
}
