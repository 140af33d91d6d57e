package phonesetup

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/visualforce"
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

func (s *server) pageRow(ctx context.Context, p crm.Record) pageRow {
	return pageRow{
		ID: string(p.ID()), Label: p.Text("MasterLabel"), Name: p.Text("Name"), Version: fmt.Sprintf("%.1f", number(p.Get("ApiVersion"))), Description: p.Text("Description"),
		CreatedBy: s.userName(ctx, crm.RecordID(p.Text("CreatedById"))), Created: p.Text("CreatedDate"), ModifiedBy: s.userName(ctx, crm.RecordID(p.Text("LastModifiedById"))), LastModified: p.Text("LastModifiedDate"),
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
func pageNamed(ctx context.Context, a *crm.Actor, r asked) (crm.Record, error) {
	found, err := a.Query(ctx, pageFields+", Markup FROM ApexPage WHERE Id = '"+string(r.ID())+"'", false)
	if err == nil && len(found.Records) == 0 {
		err = errGone
	}
	if err != nil {
		return crm.Record{}, err
	}
	return found.Records[0], nil
}

type savePageIn struct {
	Label        string `json:"label"`
	Description  string `json:"description"`
	Markup       string `json:"markup"`
	LastModified string `json:"lastModified"` // as it was read
}

const maxMarkup = 900_000 // characters that a form takes; a deployment may bring more

func (in savePageIn) check() error {
	switch {
	case strings.TrimSpace(in.Label) == "":
		return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "You must enter a value", "label")
	case len([]rune(in.Label)) > 80:
		return edge.Refuse(400, "STRING_TOO_LONG", "Label: data value too large (max length=80)", "label")
	case len([]rune(in.Description)) > 255:
		return edge.Refuse(400, "STRING_TOO_LONG", "Description: data value too large (max length=255)", "description")
	case len(in.Markup) > maxMarkup:
		return edge.Refuse(400, "STRING_TOO_LONG", fmt.Sprintf("Markup: data value too large (max length=%d)", maxMarkup), "markup")
	}
	return nil
}

// savePage compiles and keeps a page.
func (s *server) savePage(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[savePageIn](r.Body)
	if err != nil {
		return nothing{}, err
	}
	if err := in.check(); err != nil {
		return nothing{}, err
	}
	err = visualforce.Check(ctx, s.cfg.Org, in.Markup)
	if problem, ok := errors.AsType[*visualforce.Problem](err); ok {
		return nothing{}, edge.Refuse(400, "FIELD_INTEGRITY_EXCEPTION", problem.Text, "markup")
	}
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		p, err := pageNamed(ctx, a, r)
		if err != nil {
			return err
		}
		if p.Text("LastModifiedDate") != in.LastModified {
			return errChanged
		}
		return metadata.SavePage(ctx, a, metadata.PageSource{Name: p.Text("Name"), Label: strings.TrimSpace(in.Label), Description: strings.TrimSpace(in.Description), Markup: in.Markup})
	})
}

func (s *server) dropPage(ctx context.Context, r asked) (nothing, error) {
	return nothing{}, s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		p, err := pageNamed(ctx, a, r)
		if err != nil {
			return err
		}
		return metadata.DeletePage(ctx, a, p.Text("Name"))
	})
}

type useOut struct {
	Type string `json:"type"` // in the platform's words
	Name string `json:"name"`
}

type usesOut struct {
	Uses []useOut `json:"uses"`
	// Centers are call centers whose adapter's address is the page: no reference for the platform, but their softphones need it.
	Centers []string `json:"centers"`
}

// pageUses is Where is this used?
func (s *server) pageUses(ctx context.Context, r asked) (usesOut, error) {
	out := usesOut{Uses: []useOut{}, Centers: []string{}}
	p, err := pageNamed(ctx, r.Actor, r)
	if err != nil {
		return out, err
	}
	uses, err := metadata.PageUses(ctx, r.Actor, p.Text("Name"))
	if err != nil {
		return out, err
	}
	for _, u := range uses {
		label := u.Type
		if known := typeLabels[u.Type]; known != "" {
			label = known
		}
		out.Uses = append(out.Uses, useOut{label, u.Name})
	}
	centers, err := s.query(ctx, r, "SELECT Name, AdapterUrl FROM CallCenter ORDER BY Name")
	for _, c := range centers {
		if address, err := url.Parse(c.Text("AdapterUrl")); err == nil && strings.EqualFold(address.Path, "/apex/"+p.Text("Name")) {
			out.Centers = append(out.Centers, c.Text("Name"))
		}
	}
	return out, err
}
