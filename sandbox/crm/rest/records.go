package rest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// saved is the answer to a write.
type saved struct {
	ID      string `json:"id,omitempty"`
	Success bool   `json:"success"`
	Errors  []any  `json:"errors"`
	Created *bool  `json:"created,omitempty"`
}

func done(id crm.RecordID) saved { return saved{ID: string(id), Success: true, Errors: []any{}} }

func (s *server) create(c call) (answer, error) {
	values, err := object(c.body)
	if err != nil {
		return answer{}, err
	}
	id, err := c.actor.Create(c.ctx, c.r.PathValue("object"), values)
	return answer{http.StatusCreated, done(id)}, err
}

// fields splits a parameter such as fields=Id,Name; empty for none.
func fields(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func (s *server) get(c call) (answer, error) {
	record, err := c.actor.Get(c.ctx, c.r.PathValue("object"), crm.RecordID(c.r.PathValue("id")), fields(c.r.URL.Query().Get("fields"))...)
	return ok(record), err
}

func (s *server) update(c call) (answer, error) {
	values, err := object(c.body)
	if err != nil {
		return answer{}, err
	}
	err = c.actor.Update(c.ctx, c.r.PathValue("object"), crm.RecordID(c.r.PathValue("id")), values, "")
	return answer{status: http.StatusNoContent}, err
}

func (s *server) remove(c call) (answer, error) {
	err := c.actor.Delete(c.ctx, c.r.PathValue("object"), crm.RecordID(c.r.PathValue("id")))
	return answer{status: http.StatusNoContent}, err
}

// byValue finds the record whose external id field has the path's value.
func byValue(c call) (crm.RecordID, error) {
	name, field, value := c.r.PathValue("object"), c.r.PathValue("id"), c.r.PathValue("value")
	d, err := c.actor.Describe(name)
	if err != nil {
		return "", err
	}
	f, found := d.Field(field)
	if !found || !f.ExternalID && f.Type != "id" {
		return "", &crm.Error{Code: "NOT_FOUND", Message: "The requested resource does not exist", Status: http.StatusNotFound}
	}
	result, err := c.actor.Query(c.ctx, "SELECT Id FROM "+d.Name+" WHERE "+f.Name+" = '"+strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value)+"' LIMIT 2", false)
	switch {
	case err != nil:
		return "", err
	case len(result.Records) == 0:
		return "", &crm.Error{Code: "NOT_FOUND", Message: "The requested resource does not exist", Status: http.StatusNotFound}
	}
	return result.Records[0].ID(), nil
}

func (s *server) getBy(c call) (answer, error) {
	id, err := byValue(c)
	if err != nil {
		return answer{}, err
	}
	record, err := c.actor.Get(c.ctx, c.r.PathValue("object"), id, fields(c.r.URL.Query().Get("fields"))...)
	return ok(record), err
}

func (s *server) removeBy(c call) (answer, error) {
	id, err := byValue(c)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, c.actor.Delete(c.ctx, c.r.PathValue("object"), id)
}

// upsert creates or updates by an external id; from version 46 on an update answers with a body.
func (s *server) upsert(c call) (answer, error) {
	values, err := object(c.body)
	if err != nil {
		return answer{}, err
	}
	id, created, err := c.actor.Upsert(c.ctx, c.r.PathValue("object"), c.r.PathValue("id"), c.r.PathValue("value"), values)
	if err != nil {
		return answer{}, err
	}
	out := done(id)
	out.Created = &created
	major, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(c.r.PathValue("v"), "v"), ".0"))
	switch {
	case created:
		return answer{http.StatusCreated, out}, nil
	case major < 46:
		return answer{status: http.StatusNoContent}, nil
	}
	return ok(out), nil
}

func (s *server) query(c call) (answer, error) {
	q := c.r.URL.Query()
	all := strings.HasSuffix(c.r.URL.Path, "/queryAll")
	columns := q.Get("columns") == "true"
	if s.cfg.Definitions != nil && columns {
		if out, known, err := s.cfg.Definitions.Columns(c.actor, q.Get("q")); known || err != nil {
			return ok(out), err
		}
	}
	if columns {
		return s.columns(c, q.Get("q"))
	}
	if s.cfg.Definitions != nil {
		if result, known, err := s.cfg.Definitions.Query(c.ctx, c.actor, q.Get("q")); known || err != nil {
			return ok(result), err
		}
	}
	result, err := c.actor.Query(c.ctx, q.Get("q"), all)
	return ok(result), err
}

func (s *server) queryMore(c call) (answer, error) {
	result, err := c.actor.QueryMore(c.ctx, c.r.PathValue("locator"))
	return ok(result), err
}

func (s *server) search(c call) (answer, error) {
	records, err := c.actor.Search(c.ctx, c.r.URL.Query().Get("q"))
	if records == nil {
		records = []crm.Record{}
	}
	return ok(map[string]any{"searchRecords": records}), err
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
	q := c.r.URL.Query()
	if c.r.Method == http.MethodPost {
		var err error
		if in, err = decode[searchIn](c.body); err != nil {
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
	records, err := c.actor.Search(c.ctx, sosl)
	if records == nil {
		records = []crm.Record{}
	}
	return ok(map[string]any{"searchRecords": records}), err
}

func returned(object string, fields []string) string {
	if len(fields) == 0 {
		return object
	}
	return object + "(" + strings.Join(fields, ", ") + ")"
}

const maxRecent = 200

func (s *server) recent(c call) (answer, error) {
	limit, err := strconv.Atoi(c.r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > maxRecent {
		limit = maxRecent
	}
	found, err := c.actor.Recent(c.ctx, "", limit)
	if err != nil {
		return answer{}, err
	}
	records := []crm.Record{}
	for _, f := range found {
		d, err := c.actor.Describe(f.Object)
		if err != nil {
			continue
		}
		names := slices.Compact([]string{"Id", d.NameField()})
		if record, err := c.actor.Get(c.ctx, f.Object, f.ID, names...); err == nil {
			records = append(records, record)
		}
	}
	return ok(records), nil
}
