// Package soap is the CRM's partner API: records by SOAP.
//
// Read first: Handler, the table in operations. Source: SOAP API developer guide.
package soap

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	maxBody    = 6 << 20
	maxRecords = 200 // of one call
)

// Config says which org, who asks, and who lets people in.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error) // by the Authorization header
	Doors        http.Handler                                 // login, logout and what else is not of records
	Log          *slog.Logger
}

type server struct{ cfg Config }

// Patterns are where the partner and the enterprise form are.
var Patterns = []string{"/services/Soap/u/", "/services/Soap/c/"}

// call is one operation as its handler sees it.
type call struct {
	ctx   context.Context
	actor *crm.Actor
	in    *element
	out   *reply
}

func (s *server) operations() map[string]func(call) error {
	return map[string]func(call) error{
		"query": s.query, "queryAll": s.query, "queryMore": s.queryMore, "search": s.search, "retrieve": s.retrieve,
		"create": s.create, "update": s.update, "upsert": s.upsert, "delete": s.remove,
		"describeGlobal": s.describeGlobal, "describeSObject": s.describeOne, "describeSObjects": s.describeMany,
		"describeSoftphoneLayout": s.softphone,
		"setPassword":             s.setPassword, "resetPassword": s.resetPassword,
	}
}

// Handler serves the API.
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	operations := s.operations()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			fault(w, &schema.Error{Code: "REQUEST_LIMIT_EXCEEDED", Message: "the request is too large"})
			return
		}
		envelope, err := parse(body)
		in := envelope.under("Body").first()
		h := operations[in.name]
		if err != nil || h == nil || r.Method != http.MethodPost {
			r.Body = io.NopCloser(bytes.NewReader(body))
			s.cfg.Doors.ServeHTTP(w, r)
			return
		}
		actor, err := s.who(r, envelope.under("Header").under("SessionHeader").text("sessionId"))
		if err != nil {
			fault(w, edge.Platform(r.Context(), s.cfg.Log, err))
			return
		}
		out := &reply{}
		if err := h(call{r.Context(), actor, in, out}); err != nil {
			fault(w, edge.Platform(r.Context(), s.cfg.Log, err))
			return
		}
		kind := "partner"
		if strings.HasPrefix(r.URL.Path, "/services/Soap/c/") {
			kind = "enterprise"
		}
		out.send(w, kind, in.name)
	})
}

func (s *server) who(r *http.Request, session string) (*crm.Actor, error) {
	asker := r.Clone(r.Context())
	asker.Header.Set("Authorization", "Bearer "+session)
	id, err := s.cfg.Authenticate(asker)
	if err != nil {
		return nil, &schema.Error{Code: "INVALID_SESSION_ID", Message: "Invalid Session ID found in SessionHeader: Illegal Session"}
	}
	actor, err := s.cfg.Org.As(r.Context(), id)
	if err == nil && !actor.Can(rights.APIEnabled) {
		err = edge.ErrDisabled
	}
	return actor, err
}

func (s *server) query(c call) error {
	result, err := c.actor.Query(c.ctx, c.in.text("queryString"), c.in.name == "queryAll")
	if err == nil {
		c.out.open("result", func() { c.out.queryResult(result) })
	}
	return err
}

func (s *server) queryMore(c call) error {
	result, err := c.actor.QueryMore(c.ctx, c.in.text("queryLocator"))
	if err == nil {
		c.out.open("result", func() { c.out.queryResult(result) })
	}
	return err
}

func (s *server) search(c call) error {
	records, err := c.actor.Search(c.ctx, c.in.text("searchString"))
	if err != nil {
		return err
	}
	c.out.open("result", func() {
		for _, r := range records {
			c.out.open("searchRecords", func() { c.out.record("record", r) })
		}
	})
	return nil
}

// retrieve gives records by their ids, in their order; nil for one that is not there.
func (s *server) retrieve(c call) error {
	ids := c.in.texts("ids")
	if len(ids) > maxRecords {
		return tooMany()
	}
	names := strings.FieldsFunc(c.in.text("fieldList"), func(r rune) bool { return r == ',' || r == ' ' })
	for _, id := range ids {
		record, err := c.actor.Get(c.ctx, c.in.text("sObjectType"), schema.RecordID(id), names...)
		if e, refused := errors.AsType[*schema.Error](err); refused && e.Status == http.StatusNotFound {
			c.out.WriteString(`<result xsi:nil="true"/>`)
			continue
		}
		if err != nil {
			return err
		}
		c.out.record("result", record)
	}
	return nil
}

func tooMany() error {
	return &schema.Error{Code: "EXCEEDED_ID_LIMIT", Message: "record limit reached. cannot submit more than 200 records into this call"}
}

// each runs one write per sObject; trouble with one is its own.
func (s *server) each(c call, write func(object string, id schema.RecordID, values records.Values) (schema.RecordID, *bool, error)) error {
	given := c.in.all("sObjects")
	if len(given) > maxRecords {
		return tooMany()
	}
	for _, e := range given {
		object, id, values := e.sObject()
		id, created, err := write(object, id, values)
		problem, refused := errors.AsType[*schema.Error](err)
		if err != nil && !refused {
			return err
		}
		c.out.saveResult(id, created, problem)
	}
	return nil
}

func (s *server) create(c call) error {
	return s.each(c, func(object string, _ schema.RecordID, values records.Values) (schema.RecordID, *bool, error) {
		id, err := c.actor.Create(c.ctx, object, values)
		return id, nil, err
	})
}

func (s *server) update(c call) error {
	return s.each(c, func(object string, id schema.RecordID, values records.Values) (schema.RecordID, *bool, error) {
		if id == "" {
			return "", nil, &schema.Error{Code: "MISSING_ARGUMENT", Message: "Id not specified in an update call"}
		}
		return id, nil, c.actor.Update(c.ctx, object, id, values, "")
	})
}

func (s *server) upsert(c call) error {
	field := c.in.text("externalIDFieldName")
	return s.each(c, func(object string, id schema.RecordID, values records.Values) (schema.RecordID, *bool, error) {
		value, _ := values[field].(string)
		if strings.EqualFold(field, "Id") {
			value = string(id)
		}
		if value == "" && !strings.EqualFold(field, "Id") {
			return "", nil, &schema.Error{Code: "MISSING_ARGUMENT", Message: field + " not specified"}
		}
		delete(values, field)
		if value == "" { // without an id it is a new record
			id, err := c.actor.Create(c.ctx, object, values)
			created := err == nil
			return id, &created, err
		}
		id, created, err := c.actor.Upsert(c.ctx, object, field, value, values)
		return id, &created, err
	})
}

func (s *server) remove(c call) error {
	ids := c.in.texts("ids")
	if len(ids) == 0 {
		ids = c.in.texts("ID")
	}
	if len(ids) > maxRecords {
		return tooMany()
	}
	for _, text := range ids {
		id := schema.To18(text)
		o, ok := s.cfg.Org.Schema().ByPrefix(id)
		err := error(&schema.Error{Code: "MALFORMED_ID", Message: "bad id " + text[:min(len(text), 40)]})
		if ok {
			err = c.actor.Delete(c.ctx, o.Name, id)
		}
		problem, refused := errors.AsType[*schema.Error](err)
		if err != nil && !refused {
			return err
		}
		c.out.saveResult(id, nil, problem)
	}
	return nil
}

func (s *server) setPassword(c call) error {
	err := people.SetUserPassword(c.ctx, c.actor.Access, schema.RecordID(c.in.text("userId")), secret.String(c.in.text("password")))
	if err == nil {
		c.out.open("result", func() {})
	}
	return err
}

func (s *server) resetPassword(c call) error {
	password, err := people.GeneratePassword(c.ctx, c.actor.Access, schema.RecordID(c.in.text("userId")))
	if err == nil {
		c.out.open("result", func() { c.out.put("password", password.Expose()) })
	}
	return err
}
