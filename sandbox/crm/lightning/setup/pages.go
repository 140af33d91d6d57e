package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

type pageRow struct {
	ID           string `json:"id"`
	Label        string `json:"label"`
	Name         string `json:"name"`
	Version      string `json:"version"`
	Description  string `json:"description"`
	CreatedBy    string `json:"createdBy"`
	Created      string `json:"created"`
	ModifiedBy   string `json:"modifiedBy"`
	LastModified string `json:"lastModified"`
	Preview      string `json:"preview"` // absolute, on the Visualforce origin
	Markup       string `json:"markup"`  // "" in the list
}

const pageFields = "SELECT Id, Name, MasterLabel, Description, ApiVersion, CreatedById, CreatedDate, LastModifiedById, LastModifiedDate"

func (s *server) pageRow(ctx context.Context, p records.Record) pageRow {
	return pageRow{
		ID: string(p.ID()), Label: p.Text("MasterLabel"), Name: p.Text("Name"),
		Version: fmt.Sprintf("%.1f", number(p.Get("ApiVersion"))), Description: p.Text("Description"),
		CreatedBy: s.userName(ctx, schema.RecordID(p.Text("CreatedById"))), Created: p.Text("CreatedDate"),
		ModifiedBy: s.userName(ctx, schema.RecordID(p.Text("LastModifiedById"))), LastModified: p.Text("LastModifiedDate"),
		Preview: s.cfg.Org.VisualforceOrigin() + "/apex/" + p.Text("Name"), Markup: p.Text("Markup"),
	}
}

func number(v any) float64 {
	switch n := v.(type) {
	case float64:
		return n
	case int64:
		return float64(n)
	}
	return 0
}

type pagesOut struct {
	Pages []pageRow `json:"pages"`
}

func (s *server) pages(ctx context.Context, r asked) (pagesOut, error) {
	found, err := s.query(ctx, r, pageFields+" FROM ApexPage ORDER BY MasterLabel")
	out := pagesOut{Pages: []pageRow{}}
	for _, p := range found {
		out.Pages = append(out.Pages, s.pageRow(ctx, p))
	}
	return out, err
}

func (s *server) page(ctx context.Context, r asked) (pageRow, error) {
	p, err := pageNamed(ctx, r.Actor, r)
	if err != nil {
		return pageRow{}, err
	}
	return s.pageRow(ctx, p), nil
}

// pageNamed reads the page that the address names.
func pageNamed(ctx context.Context, a *crm.Actor, r asked) (records.Record, error) {
	found, err := a.Query(ctx, pageFields+", Markup FROM ApexPage WHERE Id = '"+string(r.ID())+"'", false)
	if err == nil && len(found.Records) == 0 {
		err = errGone
	}
	if err != nil {
		return records.Record{}, err
	}
	return found.Records[0], nil
}
