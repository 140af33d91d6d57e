package lightning

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// selectList names the columns of a query once each, with the id and the name among them.
func selectList(o Object, names []string) string {
	chosen := []string{"Id"}
	for _, name := range append([]string{nameField(o.Name)}, names...) {
		if _, ok := o.field(name); ok && !slices.Contains(chosen, name) {
			chosen = append(chosen, name)
		}
	}
	return strings.Join(chosen, ", ")
}

func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil { // null, numbers and booleans are no text
		return ""
	}
	return s
}

// rows turns records into what tables and pages show, with the names of the records that they point to.
func (s *server) rows(ctx context.Context, r asked, o Object, records []Record) ([]rowOut, error) {
	names, err := s.referenced(ctx, r, o, records)
	if err != nil {
		return nil, err
	}
	out := []rowOut{}
	for _, record := range records {
		row := rowOut{
			ID: record.ID, Object: o.Name, Name: text(record.Values[nameField(o.Name)]),
			Values: record.Values, References: map[string]referenceOut{},
		}
		for field, raw := range record.Values {
			if reference, ok := names[short(text(raw))]; ok && field != "Id" {
				row.References[field] = reference
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// short is a record id without its check letters.
func short(id string) string {
	if len(id) == 18 {
		return id[:15]
	}
	return id
}

// referenced reads the names of all records that the records' reference fields point to, one query an object.
func (s *server) referenced(ctx context.Context, r asked, o Object, records []Record) (map[string]referenceOut, error) {
	wanted := map[string][]string{} // key prefix to ids
	for _, f := range o.Fields {
		if f.Type != "reference" {
			continue
		}
		for _, record := range records {
			id := text(record.Values[f.Name])
			if recordID.MatchString(id) && !slices.Contains(wanted[id[:3]], id) {
				wanted[id[:3]] = append(wanted[id[:3]], id)
			}
		}
	}
	found := map[string]referenceOut{}
	if len(wanted) == 0 {
		return found, nil
	}
	objects, err := r.actor.Objects(ctx)
	if err != nil {
		return nil, err
	}
	for _, target := range objects {
		ids := wanted[target.KeyPrefix]
		if target.KeyPrefix == "" || len(ids) == 0 {
			continue
		}
		name := nameField(target.Name)
		soql := fmt.Sprintf("SELECT Id, %s FROM %s WHERE Id IN ('%s')", name, target.Name, strings.Join(ids, "', '"))
		pointed, err := r.actor.Query(ctx, soql)
		if err != nil {
			s.cfg.Log.DebugContext(ctx, "names of referenced records not read", "object", target.Name, "err", err)
			continue
		}
		for _, p := range pointed {
			found[short(p.ID)] = referenceOut{ID: p.ID, Object: target.Name, Name: text(p.Values[name])}
		}
	}
	return found, nil
}
