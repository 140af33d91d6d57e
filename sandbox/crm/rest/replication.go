package rest

import (
	"net/http"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	replicable = 30 * 24 * time.Hour // that changes are told for
	mostIDs    = 600_000
)

// deletedRow is one record of sObject Get Deleted.
type deletedRow struct {
	ID          schema.RecordID `json:"id"`
	DeletedDate string          `json:"deletedDate"`
}

// deleted lists the records of an object that were deleted in a span. Source: REST API developer guide, sObject Get Deleted.
func (s *server) deleted(c call) (answer, error) {
	rows, until, err := s.changed(c, "IsDeleted = true AND ")
	if err != nil {
		return answer{}, err
	}
	out := struct {
		Deleted  []deletedRow `json:"deletedRecords"`
		Earliest string       `json:"earliestDateAvailable"`
		Latest   string       `json:"latestDateCovered"`
	}{[]deletedRow{}, s.cfg.Org.Now().Add(-replicable).UTC().Format(records.DateTime), until}
	for _, r := range rows {
		out.Deleted = append(out.Deleted, deletedRow{r.ID(), r.Text("SystemModstamp")})
	}
	return edge.OK(out), nil
}

// updated lists the records of an object that were made or changed in a span. Source: REST API developer guide, sObject Get Updated.
func (s *server) updated(c call) (answer, error) {
	rows, until, err := s.changed(c, "IsDeleted = false AND ")
	if err != nil {
		return answer{}, err
	}
	out := struct {
		IDs    []schema.RecordID `json:"ids"`
		Latest string            `json:"latestDateCovered"`
	}{[]schema.RecordID{}, until}
	for _, r := range rows {
		out.IDs = append(out.IDs, r.ID())
	}
	return edge.OK(out), nil
}

// changed are the records that were written in the span that the address names, and until when that is complete.
func (s *server) changed(c call, which string) ([]records.Record, string, error) {
	d, err := c.Actor.Describe(c.PathValue("object"))
	if err != nil {
		return nil, "", err
	}
	for _, name := range []string{"IsDeleted", "SystemModstamp"} {
		if _, has := d.Field(name); !has {
			return nil, "", edge.Refuse(http.StatusBadRequest, "INVALID_TYPE", "object type "+d.Name+" is not replicateable")
		}
	}
	start, err := span(c, "start")
	if err != nil {
		return nil, "", err
	}
	end, err := span(c, "end")
	if err != nil {
		return nil, "", err
	}
	now := s.cfg.Org.Now()
	switch {
	case end.Sub(start) < time.Minute:
		return nil, "", replicationDate("specified start and end dates must be at least one minute apart")
	case now.Sub(start) > replicable:
		return nil, "", replicationDate("startDate cannot be more than 30 days ago")
	}
	if end.After(now) {
		end = now
	}
	const literal = "2006-01-02T15:04:05Z"
	page, err := c.Actor.Query(c.Context(), "SELECT Id, SystemModstamp FROM "+d.Name+" WHERE "+which+
		"SystemModstamp >= "+start.UTC().Format(literal)+" AND SystemModstamp <= "+
		end.UTC().Add(time.Second-1).Format(literal)+" ORDER BY SystemModstamp, Id", true)
	rows := page.Records
	for err == nil && !page.Done {
		if len(rows) > mostIDs {
			return nil, "", edge.Refuse(http.StatusBadRequest, "EXCEEDED_ID_LIMIT", "limit reached: ask for a shorter span")
		}
		if page, err = c.Actor.QueryMore(c.Context(), page.Locator); err == nil {
			rows = append(rows, page.Records...)
		}
	}
	return rows, end.UTC().Truncate(time.Minute).Format(records.DateTime), err
}

// span is one end of the span, which the platform takes in any form of ISO 8601; a plus sign that nobody escaped is a space.
func span(c call, name string) (time.Time, error) {
	text := strings.ReplaceAll(c.URL.Query().Get(name), " ", "+")
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05.999Z0700", "2006-01-02T15:04:05Z0700", time.DateOnly} {
		if t, err := time.Parse(form, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, replicationDate("invalid " + name + " date: it must be ISO 8601, such as 2026-03-02T08:00:00+00:00")
}

func replicationDate(message string) error {
	return edge.Refuse(http.StatusBadRequest, "INVALID_REPLICATION_DATE", message)
}
