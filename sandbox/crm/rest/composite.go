package rest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
)

const (
	maxRows     = 200
	maxRequests = 25
)

// manyIn is a collection to write.
type manyIn struct {
	AllOrNone bool         `json:"allOrNone"`
	Records   []crm.Values `json:"records"`
}

// rowFault is an error within a collection: its code is called statusCode there.
type rowFault struct {
	Code    string   `json:"statusCode"`
	Message string   `json:"message"`
	Fields  []string `json:"fields"`
}

func (s *server) rowResult(c call, id crm.RecordID, err error) saved {
	if err == nil {
		return done(id)
	}
	return saved{Errors: []any{s.fault(c, err)}}
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
func kind(row crm.Values) string {
	attributes, _ := row["attributes"].(map[string]any)
	name, _ := attributes["type"].(string)
	return name
}

func (s *server) collection(c call) (manyIn, error) {
	in, err := decode[manyIn](c.Body)
	if err == nil && len(in.Records) > maxRows {
		err = &crm.Error{Code: "EXCEEDED_ID_LIMIT", Message: "record limit reached. cannot submit more than 200 records into this call", Status: http.StatusBadRequest}
	}
	return in, err
}

// each writes rows one by one; with allOrNone a failing row takes the others back.
func (s *server) each(c call, in manyIn, write func(call, crm.Values) (crm.RecordID, error)) (answer, error) {
	results := make([]saved, len(in.Records))
	failed := false
	for i, row := range in.Records {
		id, err := write(c, row)
		failed = failed || err != nil
		results[i] = s.rowResult(c, id, err)
		if failed && in.AllOrNone {
			break
		}
	}
	if failed && in.AllOrNone {
		rolledBack := rowFault{"ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header", []string{}}
		for i := range results {
			if results[i].Success {
				if err := c.Actor.Delete(c.Context(), kind(in.Records[i]), crm.RecordID(results[i].ID)); err != nil {
					return answer{}, err
				}
			}
			if results[i].Success || results[i].Errors == nil {
				results[i] = saved{Errors: []any{rolledBack}}
			}
		}
	}
	return edge.OK(results), nil
}

func (s *server) createMany(c call) (answer, error) {
	in, err := s.collection(c)
	if err != nil {
		return answer{}, err
	}
	return s.each(c, in, func(c call, row crm.Values) (crm.RecordID, error) { return c.Actor.Create(c.Context(), kind(row), row) })
}

func (s *server) updateMany(c call) (answer, error) {
	in, err := s.collection(c)
	if err != nil {
		return answer{}, err
	}
	in.AllOrNone = false
	return s.each(c, in, func(c call, row crm.Values) (crm.RecordID, error) {
		id := ""
		values := crm.Values{}
		for name, value := range row {
			if strings.EqualFold(name, "id") {
				id, _ = value.(string)
				continue
			}
			values[name] = value
		}
		return crm.To18(id), c.Actor.Update(c.Context(), kind(row), crm.RecordID(id), values, "")
	})
}

func (s *server) removeMany(c call) (answer, error) {
	ids := fields(c.URL.Query().Get("ids"))
	results := []saved{}
	for _, id := range ids[:min(len(ids), maxRows)] {
		o, found := s.cfg.Org.Schema().ByPrefix(crm.RecordID(id))
		err := error(&crm.Error{Code: "MALFORMED_ID", Message: "bad id " + id[:min(len(id), 100)], Status: http.StatusBadRequest})
		if found {
			err = c.Actor.Delete(c.Context(), o.Name, crm.RecordID(id))
		}
		results = append(results, s.rowResult(c, crm.To18(id), err))
	}
	return edge.OK(results), nil
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
		record, err := c.Actor.Get(c.Context(), c.PathValue("object"), crm.RecordID(id), in.Fields...)
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

func (s *server) asErrorOrNil(c call, err error) *crm.Error {
	if err == nil {
		return nil
	}
	return edge.Platform(c.Context(), s.cfg.Log, err)
}

type compositeIn struct {
	AllOrNone bool `json:"allOrNone"`
	Requests  []struct {
		Method string          `json:"method"`
		URL    string          `json:"url"`
		Ref    string          `json:"referenceId"`
		Body   json.RawMessage `json:"body"`
	} `json:"compositeRequest"`
}

type compositeOut struct {
	Body    json.RawMessage   `json:"body"`
	Headers map[string]string `json:"httpHeaders"`
	Status  int               `json:"httpStatusCode"`
	Ref     string            `json:"referenceId"`
}

var reference = regexp.MustCompile(`@\{(\w+)\.(\w+)\}`)

// composite runs requests in turn; @{ref.field} stands for a field of an earlier answer.
func (s *server) composite(c call) (answer, error) {
	in, err := decode[compositeIn](c.Body)
	if err != nil {
		return answer{}, err
	}
	if len(in.Requests) > maxRequests {
		return answer{}, &crm.Error{Code: "LIMIT_EXCEEDED", Message: "at most 25 requests", Status: http.StatusBadRequest}
	}
	known := map[string]map[string]any{}
	fill := func(text string) string {
		return reference.ReplaceAllStringFunc(text, func(m string) string {
			parts := reference.FindStringSubmatch(m)
			value, _ := known[parts[1]][parts[2]].(string)
			return value
		})
	}
	out := []compositeOut{}
	for _, r := range in.Requests {
		status, body := s.inner(c, r.Method, fill(r.URL), []byte(fill(string(r.Body))))
		var fieldsOf map[string]any
		if json.Unmarshal(body, &fieldsOf) == nil {
			known[r.Ref] = fieldsOf
		}
		out = append(out, compositeOut{body, map[string]string{}, status, r.Ref})
	}
	return edge.OK(map[string]any{"compositeResponse": out}), nil
}

type batchIn struct {
	Requests []struct {
		Method string          `json:"method"`
		URL    string          `json:"url"`
		Input  json.RawMessage `json:"richInput"`
	} `json:"batchRequests"`
}

func (s *server) batch(c call) (answer, error) {
	in, err := decode[batchIn](c.Body)
	if err != nil {
		return answer{}, err
	}
	results, errs := []map[string]any{}, false
	for _, r := range in.Requests[:min(len(in.Requests), maxRequests)] {
		status, body := s.inner(c, r.Method, base+"/"+strings.TrimPrefix(strings.TrimPrefix(r.URL, "/"), "services/data/"), r.Input)
		errs = errs || status >= 400
		results = append(results, map[string]any{"statusCode": status, "result": body})
	}
	return edge.OK(map[string]any{"hasErrors": errs, "results": results}), nil
}

// inner runs one request of a composite within the same API and with the same session.
func (s *server) inner(c call, method, target string, body []byte) (int, json.RawMessage) {
	if !strings.HasPrefix(target, base) || strings.Contains(target, "/composite") {
		return http.StatusBadRequest, json.RawMessage(`[{"errorCode":"INVALID_INPUT","message":"the url of a subrequest must lead to the data API"}]`)
	}
	req, err := http.NewRequestWithContext(c.Context(), method, target, io.NopCloser(bytes.NewReader(body)))
	if err != nil {
		return http.StatusBadRequest, json.RawMessage(`[{"errorCode":"INVALID_INPUT","message":"malformed subrequest"}]`)
	}
	req.Header.Set("Authorization", c.Header.Get("Authorization"))
	w := httptest.NewRecorder()
	s.routes().ServeHTTP(w, req)
	if w.Body.Len() == 0 {
		return w.Code, json.RawMessage("null")
	}
	return w.Code, json.RawMessage(bytes.TrimSpace(w.Body.Bytes()))
}
