package rest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const maxRows = 200

var errTooMany = edge.Refuse(http.StatusBadRequest, "EXCEEDED_ID_LIMIT",
	"record limit reached. cannot submit more than 200 records into this call")

// manyIn is a collection to write.
type manyIn struct {
	AllOrNone bool             `json:"allOrNone"`
	Records   []records.Values `json:"records"`
}

// rowFault is an error within a collection: its code is called statusCode there.
type rowFault struct {
	Code    string   `json:"statusCode"`
	Message string   `json:"message"`
	Fields  []string `json:"fields"`
}

func (s *server) fault(c call, err error) rowFault {
	e := edge.Platform(c.Context(), s.cfg.Log, err)
	f := rowFault{e.Code, e.Message, e.Fields}
	if f.Fields == nil {
		f.Fields = []string{}
	}
	return f
}

// kind is the type that a row's attributes name.
func kind(row records.Values) string {
	attributes, _ := row["attributes"].(map[string]any)
	name, _ := attributes["type"].(string)
	return name
}

func (s *server) collection(c call) (manyIn, error) {
	in, err := decode[manyIn](c.Body)
	if err == nil && len(in.Records) > maxRows {
		err = errTooMany
	}
	return in, err
}

// each writes rows one by one. With allOrNone they count together, and one that fails takes the others back.
func (s *server) each(c call, in manyIn, write func(*crm.Actor, records.Values) (saved, error)) (answer, error) {
	results := make([]saved, len(in.Records))
	if !in.AllOrNone {
		for i, row := range in.Records {
			results[i] = s.written(c, c.Actor, row, write)
		}
		return edge.OK(results), nil
	}
	failed := false
	err := c.Together(s.cfg.Org, func(a *crm.Actor) error {
		for i, row := range in.Records {
			results[i] = s.written(c, a, row, write)
			failed = failed || !results[i].Success
		}
		if failed {
			return errUndone
		}
		return nil
	})
	if err != nil && !errors.Is(err, errUndone) {
		return answer{}, err
	}
	rolledBack := rowFault{"ALL_OR_NONE_OPERATION_ROLLED_BACK",
		"Record rolled back because not all records were valid and the request was using AllOrNone header", []string{}}
	for i := range results {
		if failed && results[i].Success {
			results[i] = saved{Errors: []any{rolledBack}}
		}
	}
	return edge.OK(results), nil
}

// errUndone takes back what was written together.
var errUndone = errors.New("not all records were valid")

func (s *server) written(c call, a *crm.Actor, row records.Values, write func(*crm.Actor, records.Values) (saved, error)) saved {
	var out saved
	try := func() (err error) {
		out, err = write(a, row)
		return err
	}
	err := error(nil)
	if a.InTransaction() {
		err = a.Try(c.Context(), try)
	} else {
		err = try()
	}
	if err != nil {
		return saved{Errors: []any{s.fault(c, err)}}
	}
	return out
}

func (s *server) createMany(c call) (answer, error) {
	in, err := s.collection(c)
	if err != nil {
		return answer{}, err
	}
	return s.each(c, in, func(a *crm.Actor, row records.Values) (saved, error) {
		id, err := a.Create(c.Context(), kind(row), row)
		return done(id), err
	})
}

func (s *server) updateMany(c call) (answer, error) {
	in, err := s.collection(c)
	if err != nil {
		return answer{}, err
	}
	return s.each(c, in, func(a *crm.Actor, row records.Values) (saved, error) {
		id, values := apart(row, "Id")
		return done(schema.To18(id)), a.Update(c.Context(), kind(row), schema.RecordID(id), values, "")
	})
}

// upsertMany creates or updates by the external id field of the path, or by Id. Source: REST API developer guide, Upsert Multiple Records.
func (s *server) upsertMany(c call) (answer, error) {
	in, err := s.collection(c)
	if err != nil {
		return answer{}, err
	}
	object, field := c.PathValue("object"), c.PathValue("field")
	return s.each(c, in, func(a *crm.Actor, row records.Values) (saved, error) {
		value, values := apart(row, field)
		if name := kind(row); !strings.EqualFold(name, object) {
			return saved{}, edge.Refuse(http.StatusBadRequest, "INVALID_TYPE", "The type of a record is not the type of the request: "+name)
		}
		id, created, err := schema.RecordID(""), true, error(nil)
		switch {
		case value != "":
			id, created, err = a.Upsert(c.Context(), object, field, value, values)
		case strings.EqualFold(field, "Id"):
			id, err = a.Create(c.Context(), object, values)
		default:
			err = &schema.Error{Code: "MISSING_ARGUMENT", Message: field + " not specified", Status: http.StatusBadRequest}
		}
		out := done(id)
		out.Created = &created
		return out, err
	})
}

// apart takes a field out of a row.
func apart(row records.Values, field string) (string, records.Values) {
	value, rest := "", records.Values{}
	for name, v := range row {
		if strings.EqualFold(name, field) {
			if v != nil {
				value = fmt.Sprint(v)
			}
			continue
		}
		rest[name] = v
	}
	return value, rest
}

func (s *server) removeMany(c call) (answer, error) {
	ids := fields(c.URL.Query().Get("ids"))
	if len(ids) > maxRows {
		return answer{}, errTooMany
	}
	in := manyIn{AllOrNone: c.URL.Query().Get("allOrNone") == "true"}
	for _, id := range ids {
		in.Records = append(in.Records, records.Values{"Id": id})
	}
	return s.each(c, in, func(a *crm.Actor, row records.Values) (saved, error) {
		id, _ := apart(row, "Id")
		o, found := s.cfg.Org.Schema().ByPrefix(schema.RecordID(id))
		if !found {
			return saved{}, &schema.Error{Code: "MALFORMED_ID", Message: "bad id " + id[:min(len(id), 100)], Status: http.StatusBadRequest}
		}
		return done(schema.To18(id)), a.Delete(c.Context(), o.Name, schema.RecordID(id))
	})
}

// getMany reads records of one object by their ids; null for what is not there.
func (s *server) getMany(c call) (answer, error) {
	in := struct {
		IDs    []string `json:"ids"`
		Fields []string `json:"fields"`
	}{fields(c.URL.Query().Get("ids")), fields(c.URL.Query().Get("fields"))}
	if c.Method == http.MethodPost {
		var err error
		if in, err = decode[struct {
			IDs    []string `json:"ids"`
			Fields []string `json:"fields"`
		}](c.Body); err != nil {
			return answer{}, err
		}
	}
	records := []any{}
	for _, id := range in.IDs[:min(len(in.IDs), 2000)] {
		record, err := c.Actor.Get(c.Context(), c.PathValue("object"), schema.RecordID(id), in.Fields...)
		switch e := s.asErrorOrNil(c, err); {
		case e == nil:
			records = append(records, record)
		case e.Status == http.StatusNotFound:
			records = append(records, nil)
		default:
			return answer{}, e
		}
	}
	return edge.OK(records), nil
}

func (s *server) asErrorOrNil(c call, err error) *schema.Error {
	if err == nil {
		return nil
	}
	return edge.Platform(c.Context(), s.cfg.Log, err)
}
