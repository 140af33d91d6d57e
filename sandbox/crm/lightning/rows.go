package lightning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// selectList names the columns of a query once each, with the id and the name among them.
func selectList(o object, names []string) string {
	chosen := []string{"Id"}
	for _, name := range append([]string{nameField(o.Name)}, names...) {
		if _, ok := o.field(name); ok && !slices.Contains(chosen, name) {
			chosen = append(chosen, name)
		}
	}
	return strings.Join(chosen, ", ")
}

// plain are a record's values without addresses and parents.
func plain(record records.Record) map[string]any {
	values := make(map[string]any, len(record.Fields))
	for _, f := range record.Fields {
		switch f.Value.(type) {
		case nil, string, bool, int64, float64:
			values[f.Name] = f.Value
		}
	}
	return values
}

func idsOf(found []records.Found) []string {
	ids := make([]string, 0, len(found))
	for _, f := range found {
		ids = append(ids, string(f.ID))
	}
	return ids
}

// sortAs puts records into the order of their ids.
func sortAs(rows []records.Record, ids []string) {
	slices.SortStableFunc(rows, func(a, b records.Record) int {
		return slices.Index(ids, string(a.ID())) - slices.Index(ids, string(b.ID()))
	})
}

// rows turns records into what tables and pages show, with the names of the records that they point to.
func (s *server) rows(ctx context.Context, r asked, o object, records []records.Record) ([]rowOut, error) {
	names, err := s.referenced(ctx, r, o, records)
	if err != nil {
		return nil, err
	}
	out := []rowOut{}
	for _, record := range records {
		row := rowOut{
			ID: string(record.ID()), Object: o.Name, Name: record.Text(nameField(o.Name)),
			Values: plain(record), References: map[string]referenceOut{},
		}
		for field, value := range row.Values {
			id, _ := value.(string)
			if reference, ok := names[short(id)]; ok && field != "Id" {
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
func (s *server) referenced(ctx context.Context, r asked, o object, records []records.Record) (map[string]referenceOut, error) {
	wanted := map[string][]string{} // key prefix to ids
	for _, f := range o.Fields {
		if f.Type != "reference" {
			continue
		}
		for _, record := range records {
			id := record.Text(f.Name)
			if recordID.MatchString(id) && !slices.Contains(wanted[id[:3]], id) {
				wanted[id[:3]] = append(wanted[id[:3]], id)
			}
		}
	}
	found := map[string]referenceOut{}
	if len(wanted) == 0 {
		return found, nil
	}
	for _, target := range objectsOf(r) {
		ids := wanted[target.KeyPrefix]
		if target.KeyPrefix == "" || len(ids) == 0 {
			continue
		}
		name := nameField(target.Name)
		soql := fmt.Sprintf("SELECT Id, %s FROM %s WHERE Id IN ('%s')", name, target.Name, strings.Join(ids, "', '"))
		pointed, err := query(ctx, r, soql)
		if err != nil {
			s.cfg.Log.DebugContext(ctx, "names of referenced records not read", "object", target.Name, "err", err)
			continue
		}
		for _, p := range pointed {
			found[short(string(p.ID()))] = referenceOut{ID: string(p.ID()), Object: target.Name, Name: p.Text(name)}
		}
	}
	return found, nil
}
