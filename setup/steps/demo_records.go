package steps

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// DemoRecords are records to look around in. Only the sandbox takes this step, behind the others.
type DemoRecords struct {
	Records []DemoRecord                // in order: a record that others point to comes before them
	Loaded  func(context.Context) error // what follows when they were not there before; nil for nothing
}

// DemoRecord is one of them. A record with the same values in its Key fields is the same one.
type DemoRecord struct {
	Object string
	Key    []string          // fields of Values
	Values salesforce.Values // Key fields are texts
	Links  map[string]Link   // fields that hold the id of another record
}

// Link finds the record that a field points to by one of its own fields.
type Link struct{ Object, Field, Value string }

func (r DemoRecord) row() Row {
	var all []string
	for _, field := range r.Key {
		text, _ := r.Values[field].(string)
		all = append(all, org.Equals(field, text))
	}
	return Row{Object: r.Object, Where: strings.Join(all, " AND ")}
}

// Name says what it is.
func (DemoRecords) Name() string { return "demo records" }

// Plan looks for the last one, which is made when all others are there: what people deleted since then does not come back.
func (s DemoRecords) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	last := s.Records[len(s.Records)-1].row()
	have, err := org.Find(ctx, p.CRM, last.Object, last.Where)
	if err != nil || have != "" {
		return []setup.Change{setup.Right("the demo records are there")}, err
	}
	c := setup.Change{Action: setup.Create, What: fmt.Sprintf("%d records to look around in", len(s.Records)),
		Do: func(ctx context.Context) error { return s.load(ctx, p) }}
	for _, r := range s.Records {
		row := r.row()
		c.Made = append(c.Made, setup.Made{What: row.Key(), Entry: row})
	}
	return []setup.Change{c}, nil
}

// load makes those that are not there: an earlier run may have been cut in the middle.
func (s DemoRecords) load(ctx context.Context, p setup.Platforms) error {
	ids := map[Link]string{}
	for _, r := range s.Records {
		values := salesforce.Values{}
		for name, value := range r.Values {
			values[name] = value
		}
		for field, link := range r.Links {
			if ids[link] == "" {
				id, err := org.Must(ctx, p.CRM, link.Object, org.Equals(link.Field, link.Value))
				if err != nil {
					return err
				}
				ids[link] = id
			}
			values[field] = ids[link]
		}
		row := r.row()
		have, err := org.Find(ctx, p.CRM, row.Object, row.Where)
		if err == nil && have == "" {
			_, err = p.CRM.Create(ctx, row.Object, values)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", row.Key(), err)
		}
	}
	if s.Loaded == nil {
		return nil
	}
	return s.Loaded(ctx)
}
