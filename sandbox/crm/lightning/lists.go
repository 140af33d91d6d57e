package lightning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	recentLimit = 50  // records in Recently Viewed
	mostRows    = 500 // of one list page
)

// list is one list view. Recent and All are there for every object; a deploy may add others.
func (s *server) list(ctx context.Context, r asked) (listOut, error) {
	o, err := r.object(ctx)
	if err != nil {
		return listOut{}, err
	}
	l, err := s.shownAs(ctx, o)
	if err != nil {
		return listOut{}, err
	}
	view := r.URL.Query().Get("view")
	out := listOut{
		Object: o.Name, View: view, Columns: o.columns(l.columns),
		Views: []viewOut{{"Recent", "Recently Viewed"}, {"All", s.allLabel(ctx, o)}},
	}
	if !slices.ContainsFunc(out.Views, func(v viewOut) bool { return v.Name == view }) {
		return listOut{}, &Refusal{Status: 404, Code: "NOT_FOUND", Message: "This list view isn't available."}
	}
	limit := atMost(r.URL.Query().Get("limit"), mostRows)
	records, err := s.listed(ctx, r, o, view, limit, out.Columns)
	if err != nil {
		return listOut{}, err
	}
	if len(records) > limit {
		records, out.More = records[:limit], true
	}
	out.Rows, err = s.rows(ctx, r, o, records)
	return out, err
}

// allLabel is "All Contacts", or what the deployed view calls itself.
func (s *server) allLabel(ctx context.Context, o Object) string {
	if source, err := s.cfg.Data.Component(ctx, "ListView", o.Name+".All"); err == nil && source != nil {
		if view, err := parse[listViewXML](source); err == nil && view.Label != "" {
			return view.Label
		}
	}
	return "All " + o.Plural
}

func (s *server) listed(ctx context.Context, r asked, o Object, view string, limit int, columns []columnOut) ([]Record, error) {
	names := make([]string, 0, len(columns))
	for _, c := range columns {
		names = append(names, c.Name)
	}
	where, order := "", orderBy(r, o, names)
	if view == "Recent" {
		ids, err := r.actor.Recent(ctx, o.Name, min(limit, recentLimit))
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		where = " WHERE Id IN ('" + strings.Join(ids, "', '") + "')"
		soql := fmt.Sprintf("SELECT %s FROM %s%s%s LIMIT %d", selectList(o, names), o.Name, where, order, limit+1)
		records, err := r.actor.Query(ctx, soql)
		if r.URL.Query().Get("sort") == "" {
			slices.SortStableFunc(records, func(a, b Record) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
		}
		return records, err
	}
	return r.actor.Query(ctx, fmt.Sprintf("SELECT %s FROM %s%s LIMIT %d", selectList(o, names), o.Name, order, limit+1))
}

// orderBy sorts by the column that the page names, when it is one, else by name.
func orderBy(r asked, o Object, columns []string) string {
	by := r.URL.Query().Get("sort")
	f, known := o.field(by)
	if !known || !slices.Contains(columns, by) || f.Type == "textarea" {
		by = nameField(o.Name)
	}
	if _, ok := o.field(by); !ok {
		return ""
	}
	if r.URL.Query().Get("descending") == "true" {
		return " ORDER BY " + by + " DESC NULLS LAST"
	}
	return " ORDER BY " + by
}

// atMost reads a number from 1 to most; anything else is most.
func atMost(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return most
	}
	return n
}
