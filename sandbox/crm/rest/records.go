package rest

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// saved is the answer to a write.
type saved struct {
	ID      string `json:"id,omitempty"`
	Success bool   `json:"success"`
	Errors  []any  `json:"errors"`
	Created *bool  `json:"created,omitempty"`
}

func done(id schema.RecordID) saved { return saved{ID: string(id), Success: true, Errors: []any{}} }

func (s *server) create(c call) (answer, error) {
	values, err := object(c.Body)
	if err != nil {
		return answer{}, err
	}
	id, err := c.Actor.Create(c.Context(), c.PathValue("object"), values)
	return answer{Status: http.StatusCreated, Body: done(id)}, err
}

// fields splits a parameter such as fields=Id,Name; empty for none.
func fields(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func (s *server) get(c call) (answer, error) {
	record, err := c.Actor.Get(c.Context(), c.PathValue("object"), schema.RecordID(c.PathValue("id")), fields(c.URL.Query().Get("fields"))...)
	return edge.OK(record), err
}

func (s *server) update(c call) (answer, error) {
	values, err := object(c.Body)
	if err != nil {
		return answer{}, err
	}
	err = c.Actor.Update(c.Context(), c.PathValue("object"), schema.RecordID(c.PathValue("id")), values, "")
	return answer{Status: http.StatusNoContent}, err
}

func (s *server) remove(c call) (answer, error) {
	err := c.Actor.Delete(c.Context(), c.PathValue("object"), schema.RecordID(c.PathValue("id")))
	return answer{Status: http.StatusNoContent}, err
}

// byValue finds the record whose external id field has the path's value.
func byValue(c call) (schema.RecordID, error) {
	name, field, value := c.PathValue("object"), c.PathValue("id"), c.PathValue("value")
	d, err := c.Actor.Describe(name)
	if err != nil {
		return "", err
	}
	f, found := d.Field(field)
	if !found || !f.ExternalID && f.Type != "id" {
		return "", &schema.Error{Code: "NOT_FOUND", Message: "The requested resource does not exist", Status: http.StatusNotFound}
	}
	result, err := c.Actor.Query(c.Context(), "SELECT Id FROM "+d.Name+" WHERE "+f.Name+" = "+soql.Quote(value)+" LIMIT 2", false)
	switch {
	case err != nil:
		return "", err
	case len(result.Records) == 0:
		return "", &schema.Error{Code: "NOT_FOUND", Message: "The requested resource does not exist", Status: http.StatusNotFound}
	}
	return result.Records[0].ID(), nil
}

func (s *server) getBy(c call) (answer, error) {
	id, err := byValue(c)
	if err != nil {
		return answer{}, err
	}
	record, err := c.Actor.Get(c.Context(), c.PathValue("object"), id, fields(c.URL.Query().Get("fields"))...)
	return edge.OK(record), err
}

func (s *server) removeBy(c call) (answer, error) {
	id, err := byValue(c)
	if err != nil {
		return answer{}, err
	}
	return answer{Status: http.StatusNoContent}, c.Actor.Delete(c.Context(), c.PathValue("object"), id)
}

// upsert creates or updates by an external id; from version 46 on an update answers with a body.
func (s *server) upsert(c call) (answer, error) {
	values, err := object(c.Body)
	if err != nil {
		return answer{}, err
	}
	id, created, err := c.Actor.Upsert(c.Context(), c.PathValue("object"), c.PathValue("id"), c.PathValue("value"), values)
	if err != nil {
		return answer{}, err
	}
	out := done(id)
	out.Created = &created
	major, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(c.PathValue("v"), "v"), ".0"))
	switch {
	case created:
		return answer{Status: http.StatusCreated, Body: out}, nil
	case major < 46:
		return answer{Status: http.StatusNoContent}, nil
	}
	return edge.OK(out), nil
}

func (s *server) query(c call) (answer, error) {
	q := c.URL.Query()
	all := strings.HasSuffix(c.URL.Path, "/queryAll")
	columns := q.Get("columns") == "true"
	if s.cfg.Definitions != nil && columns {
		if out, known, err := s.cfg.Definitions.Columns(c.Actor, q.Get("q")); known || err != nil {
			return edge.OK(out), err
		}
	}
	if columns {
		return s.columns(c, q.Get("q"))
	}
	if s.cfg.Definitions != nil {
		if result, known, err := s.cfg.Definitions.Query(c.Context(), c.Actor, q.Get("q")); known || err != nil {
			return edge.OK(result), err
		}
	}
	result, err := paging(c).Query(c.Context(), q.Get("q"), all)
	return edge.OK(result), err
}

var batchSize = regexp.MustCompile(`(?i)(?:^|[,;\s])batchSize\s*=\s*(\d{1,6})(?:$|[,;\s])`)

// paging is who asks, with pages as large as the request's header wants them.
func paging(c call) *crm.Actor {
	found := batchSize.FindStringSubmatch(c.Header.Get("Sforce-Query-Options"))
	if found == nil {
		return c.Actor
	}
	rows, _ := strconv.Atoi(found[1]) // six digits are a number
	return c.Actor.Paging(rows)
}

func (s *server) queryMore(c call) (answer, error) {
	result, err := paging(c).QueryMore(c.Context(), c.PathValue("locator"))
	return edge.OK(result), err
}

func (s *server) search(c call) (answer, error) {
	rows, err := c.Actor.Search(c.Context(), c.URL.Query().Get("q"))
	if rows == nil {
		rows = []records.Record{}
	}
	return edge.OK(map[string]any{"searchRecords": rows}), err
}

// searchIn is the body of a parameterised search.
type searchIn struct {
	Q       string   `json:"q"`
	In      string   `json:"in"`
	Fields  []string `json:"fields"`
	Objects []struct {
		Name   string   `json:"name"`
		Fields []string `json:"fields"`
		Limit  int      `json:"limit"`
	} `json:"sobjects"`
}

// parameterized turns its parameters into SOSL.
func (s *server) parameterized(c call) (answer, error) {
	var in searchIn
	q := c.URL.Query()
	if c.Method == http.MethodPost {
		var err error
		if in, err = decode[searchIn](c.Body); err != nil {
			return answer{}, err
		}
	} else {
		in.Q, in.In, in.Fields = q.Get("q"), q.Get("in"), fields(q.Get("fields"))
	}
	sosl := "FIND {" + strings.NewReplacer(`\`, `\\`, `}`, `\}`, `{`, `\{`).Replace(in.Q) + "}"
	if in.In != "" {
		sosl += " IN " + in.In + " FIELDS"
	}
	var returning []string
	for _, o := range in.Objects {
		wanted := o.Fields
		if len(wanted) == 0 {
			wanted = in.Fields
		}
		returning = append(returning, returned(o.Name, wanted))
	}
	for _, name := range q["sobject"] {
		returning = append(returning, returned(name, append(in.Fields, fields(q.Get(name+".fields"))...)))
	}
	if len(returning) > 0 {
		sosl += " RETURNING " + strings.Join(returning, ", ")
	}
	rows, err := c.Actor.Search(c.Context(), sosl)
	if rows == nil {
		rows = []records.Record{}
	}
	return edge.OK(map[string]any{"searchRecords": rows}), err
}

func returned(object string, fields []string) string {
	if len(fields) == 0 {
		return object
	}
	return object + "(" + strings.Join(fields, ", ") + ")"
}

const maxRecent = 200

func (s *server) recent(c call) (answer, error) {
	limit, err := strconv.Atoi(c.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > maxRecent {
		limit = maxRecent
	}
	found, err := c.Actor.Recent(c.Context(), "", limit)
	if err != nil {
		return answer{}, err
	}
	records := []records.Record{}
	for _, f := range found {
		d, err := c.Actor.Describe(f.Object)
		if err != nil {
			continue
		}
		names := slices.Compact([]string{"Id", d.NameField()})
		if record, err := c.Actor.Get(c.Context(), f.Object, f.ID, names...); err == nil {
			records = append(records, record)
		}
	}
	return edge.OK(records), nil
}
