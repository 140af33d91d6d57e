package setup

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

const (
	shownEntries = 20   // newest, as the page shows
	mostEntries  = 2000 // in a download
)

func (s *server) auditRoutes() []route {
	return []route{
		{"GET /audit", crm.ViewSetup, read(s.auditTrail)},
		{"GET /audit/download", crm.ViewSetup, read(s.auditFile)},
	}
}

type auditOut struct {
	ID      string `json:"id"`
	Date    string `json:"date"` // as the REST API writes a moment
	User    string `json:"user"`
	Action  string `json:"action"`
	Section string `json:"section"`
	Display string `json:"display"`
}

type auditListOut struct {
	Entries []auditOut `json:"entries"`
}

// entries reads the trail, newest first; where is a SOQL condition or nothing.
func entries(ctx context.Context, a *crm.Actor, where string, limit int) ([]auditOut, error) {
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id, CreatedDate, CreatedBy.Username, Action, Section, Display FROM SetupAuditTrail%s ORDER BY CreatedDate DESC, Id DESC LIMIT %d", where, limit), false)
	if err != nil {
		return nil, err
	}
	out := []auditOut{}
	for _, r := range found.Records {
		out = append(out, auditOut{
			ID: string(r.ID()), Date: r.Text("CreatedDate"), User: parentText(r, "CreatedBy", "Username"),
			Action: r.Text("Action"), Section: r.Text("Section"), Display: r.Text("Display"),
		})
	}
	return out, nil
}

// parentText is a text field of a record's parent, "" when there is no parent.
func parentText(r crm.Record, relationship, field string) string {
	parent, ok := r.Get(relationship).(*crm.Record)
	if !ok || parent == nil {
		return ""
	}
	return parent.Text(field)
}

func (s *server) auditTrail(ctx context.Context, r asked) (auditListOut, error) {
	var out auditListOut
	err := s.system(ctx, r, func(a *crm.Actor) (err error) {
		out.Entries, err = entries(ctx, a, "", shownEntries)
		return err
	})
	return out, err
}

// auditFile is the trail of the last six months as the platform's CSV.
func (s *server) auditFile(ctx context.Context, r asked) (edge.File, error) {
	var b bytes.Buffer
	err := s.system(ctx, r, func(a *crm.Actor) error {
		since := s.cfg.Clock.Now().UTC().AddDate(0, -6, 0).Format("2006-01-02T15:04:05Z")
		all, err := entries(ctx, a, " WHERE CreatedDate >= "+since, mostEntries)
		if err != nil {
			return err
		}
		w := csv.NewWriter(&b)
		if err := w.Write([]string{"Date", "User", "Source Namespace Prefix", "Action", "Section", "Delegate User"}); err != nil {
			return err
		}
		for _, e := range all {
			if err := w.Write([]string{e.Date, e.User, "", plain(e.Display), e.Section, ""}); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
	return edge.File{Name: "SetupAuditTrail.csv", Kind: "text/csv; charset=utf-8", Body: b.Bytes()}, err
}

// plain keeps a spreadsheet from reading text as a formula.
func plain(text string) string {
	if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t") {
		return "'" + text
	}
	return text
}
