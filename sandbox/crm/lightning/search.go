package lightning

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	shortestTerm = 2
	longestTerm  = 200
	mostFound    = 50 // rows an object
)

// searched are the standard objects of the console's search, in the order of their results; those with tabs of their own follow.
var searched = []string{"Contact", "Account", "Case", "Lead", "Task"}

// search finds records by words or by a telephone number.
func (s *server) search(ctx context.Context, r asked) (groupsOut, error) {
	objects := objectsOf(r)
	names := slices.Clone(searched)
	for _, o := range objects {
		if o.isCustom() && o.Searchable && r.Actor.TabVisible(o.Name) {
			names = append(names, o.Name)
		}
	}
	return s.find(ctx, r, names, r.URL.Query().Get("q"), "ALL", atMost(r.URL.Query().Get("limit"), mostFound))
}

// lookup finds records of one object by their name, for a field that points to one.
func (s *server) lookup(ctx context.Context, r asked) (groupsOut, error) {
	object := r.URL.Query().Get("object")
	if !objectName.MatchString(object) {
		return groupsOut{}, edge.ErrUnreadable
	}
	if term := strings.TrimSpace(r.URL.Query().Get("q")); len(term) >= shortestTerm {
		return s.find(ctx, r, []string{object}, term, "NAME", 8)
	}
	return s.lookedAt(ctx, r, object)
}

// lookedAt are the records of an object that the user looked at last: what a lookup offers before anything is typed.
func (s *server) lookedAt(ctx context.Context, r asked, object string) (groupsOut, error) {
	out := groupsOut{Groups: []groupOut{}}
	o, err := described(r, object)
	if err != nil {
		return out, err
	}
	recent, err := r.Actor.Recent(ctx, o.Name, 5)
	if err != nil {
		return out, err
	}
	ids := idsOf(recent)
	if o.Name == schema.Group {
		if ids, err = queues(ctx, r); err != nil {
			return out, err
		}
	}
	group := groupOut{Object: o.Name, Label: o.Plural, Icon: s.iconOf(ctx, o.Name), Columns: []columnOut{}, Rows: []rowOut{}}
	if len(ids) > 0 {
		records, err := query(ctx, r, fmt.Sprintf("SELECT %s FROM %s WHERE Id IN ('%s')", selectList(o, nil), o.Name, strings.Join(ids, "', '")))
		if err != nil {
			return out, err
		}
		sortAs(records, ids)
		if group.Rows, err = s.rows(ctx, r, o, records); err != nil {
			return out, err
		}
	}
	out.Groups = append(out.Groups, group)
	return out, nil
}

// queues are the first queues: nobody looks at a queue's page, and of all groups they alone own records.
func queues(ctx context.Context, r asked) ([]string, error) {
	found, err := query(ctx, r, "SELECT Id FROM Group WHERE Type = 'Queue' ORDER BY Name LIMIT 8")
	var ids []string
	for _, q := range found {
		ids = append(ids, string(q.ID()))
	}
	return ids, err
}

func (s *server) find(ctx context.Context, r asked, objects []string, term, where string, limit int) (groupsOut, error) {
	out := groupsOut{Groups: []groupOut{}}
	term = strings.TrimSpace(term)
	if len(term) < shortestTerm || len(term) > longestTerm {
		return out, nil
	}
	for _, name := range objects {
		o, err := described(r, name)
		if err != nil {
			continue // not visible to this user
		}
		l, err := s.shownAs(ctx, o)
		if err != nil {
			return groupsOut{}, err
		}
		records, err := s.findIn(ctx, r, o, l, term, where, limit)
		if err != nil {
			return groupsOut{}, err
		}
		rows, err := s.rows(ctx, r, o, records)
		if err != nil {
			return groupsOut{}, err
		}
		out.Groups = append(out.Groups, groupOut{
			Object: o.Name, Label: o.Plural, Icon: l.icon, Columns: o.columns(l.columns), Rows: rows,
		})
	}
	return out, nil
}

// findIn searches one object; a term that looks like a telephone number is looked up by its digits as well.
func (s *server) findIn(ctx context.Context, r asked, o object, l layout, term, where string, limit int) ([]records.Record, error) {
	columns := selectList(o, l.columns)
	found, err := r.Actor.Search(ctx, fmt.Sprintf(
		"FIND {%s} IN %s FIELDS RETURNING %s(%s LIMIT %d)", beginnings(term), where, o.Name, columns, limit))
	if refusal, ok := errors.AsType[*schema.Error](err); ok && refusal.Status == http.StatusBadRequest {
		found, err = nil, nil // nothing but punctuation
	}
	if err != nil {
		return nil, err
	}
	if digits := phoneDigits(term); digits != "" && where == "ALL" {
		if strings.HasPrefix(term, "+") {
			digits = "+" + digits
		}
		called, err := searchPhones(ctx, r, digits, []string{o.Name})
		if err != nil {
			return nil, err
		}
		more, err := unread(ctx, r, o, columns, found, called)
		if err != nil {
			return nil, err
		}
		found = append(more, found...)
	}
	return found[:min(len(found), limit)], nil
}

// unread reads the records that were found by number and not by words.
func unread(ctx context.Context, r asked, o object, columns string, have []records.Record,
	called []records.Found) ([]records.Record, error) {
	known := map[schema.RecordID]bool{}
	for _, record := range have {
		known[record.ID()] = true
	}
	var ids []string
	for _, f := range called {
		if !known[f.ID] && len(ids) < mostFound {
			ids = append(ids, string(f.ID))
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return query(ctx, r, fmt.Sprintf("SELECT %s FROM %s WHERE Id IN ('%s')", columns, o.Name, strings.Join(ids, "', '")))
}

// softphoneSearch searches what the layout lists for the call's direction: by digits for a number, else by words.
func (s *server) softphoneSearch(ctx context.Context, r asked) (matchesOut, error) {
	layoutOfUser, err := s.cfg.Org.SoftphoneLayoutOf(ctx, r.User.ProfileID)
	if err != nil {
		return matchesOut{}, err
	}
	block, ok := callType(layoutOfUser, r.URL.Query().Get("callType"))
	if !ok {
		return matchesOut{}, edge.ErrUnreadable
	}
	out := matchesOut{Matches: []matchOut{}, Settings: popsOf(layoutOfUser.Inbound)}
	term := strings.TrimSpace(r.URL.Query().Get("q"))
	if term == "" || len(term) > longestTerm {
		return out, nil
	}
	for _, chosen := range block.Objects {
		o, err := described(r, chosen.Object)
		if err != nil {
			continue // not visible to this user
		}
		found, err := s.findIn(ctx, r, o, layout{columns: chosen.Fields}, term, "ALL", mostFound)
		if err != nil {
			return matchesOut{}, err
		}
		for _, record := range found {
			out.Matches = append(out.Matches, matchOut{
				ID: string(record.ID()), Object: o.Name, Name: record.Text(nameField(o.Name)), Fields: plain(record),
			})
		}
	}
	return out, nil
}

const reserved = `?&|!{}[]()^~*:\"'+-`

// beginnings asks for records with a word that begins with each word typed.
func beginnings(term string) string {
	words := strings.Fields(term)
	for i, word := range words {
		words[i] = escape(word) + "*"
	}
	return strings.Join(words, " ")
}

// escape makes words of what was typed: SOSL's own characters lose their meaning.
func escape(term string) string {
	var b strings.Builder
	for _, c := range term {
		if strings.ContainsRune(reserved, c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

const fewestDigits = 4

// phoneDigits are the digits of what looks like a telephone number, else nothing.
func phoneDigits(term string) string {
	var b strings.Builder
	for _, c := range term {
		switch {
		case c >= '0' && c <= '9':
			b.WriteRune(c)
		case !strings.ContainsRune("+-(). /", c):
			return ""
		}
	}
	if b.Len() < fewestDigits {
		return ""
	}
	return b.String()
}
