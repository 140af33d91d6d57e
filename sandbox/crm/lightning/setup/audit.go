package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm"
)

const shownEntries = 20 // newest, as the page shows

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
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id, CreatedDate, CreatedBy.Username, Action, Section, Display FROM "+
		"SetupAuditTrail%s ORDER BY CreatedDate DESC, Id DESC LIMIT %d", where, limit), false)
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

func (s *server) auditTrail(ctx context.Context, r asked) (auditListOut, error) {
	var out auditListOut
	err := s.system(ctx, r, func(a *crm.Actor) (err error) {
		out.Entries, err = entries(ctx, a, "", shownEntries)
		return err
	})
	return out, err
}
