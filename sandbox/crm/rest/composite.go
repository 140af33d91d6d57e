package rest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
)

const maxRequests = 25

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

// maxCollections is how many requests for collections and queries a composite may have. Source: REST API developer guide, Composite.
const maxCollections = 5

var collective = regexp.MustCompile(`^` + base + `/[^/]+/(composite/sobjects|query|queryAll)\b`)

// composite runs requests in turn; @{ref.field} stands for a field of an earlier answer. With allOrNone they count together.
func (s *server) composite(c call) (answer, error) {
	in, err := decode[compositeIn](c.Body)
	if err != nil {
		return answer{}, err
	}
	if len(in.Requests) > maxRequests {
		return answer{}, edge.Refuse(http.StatusBadRequest, "LIMIT_EXCEEDED", "at most 25 requests")
	}
	seen, many := map[string]bool{}, 0
	for _, r := range in.Requests {
		if r.Ref == "" || seen[r.Ref] {
			return answer{}, edge.Refuse(http.StatusBadRequest, "INVALID_INPUT", "Provide a unique reference ID for each subrequest.")
		}
		seen[r.Ref] = true
		if collective.MatchString(r.URL) {
			many++
		}
	}
	if many > maxCollections {
		return answer{}, edge.Refuse(http.StatusBadRequest, "LIMIT_EXCEEDED", "at most 5 requests for collections and queries")
	}
	out, failed := []compositeOut{}, false
	if !in.AllOrNone {
		out, _ = s.inTurn(c, in)
		return edge.OK(map[string]any{"compositeResponse": out}), nil
	}
	err = c.Together(s.cfg.Org, func(a *crm.Actor) error {
		c.Request = c.WithContext(edge.With(c.Context(), a))
		if out, failed = s.inTurn(c, in); failed {
			return errUndone
		}
		return nil
	})
	if err != nil && !errors.Is(err, errUndone) {
		return answer{}, err
	}
	return edge.OK(map[string]any{"compositeResponse": out}), nil
}

// halted is the answer of a subrequest that was not run, or does not count.
func halted(message string) json.RawMessage {
	body, _ := json.Marshal([]map[string]string{{"errorCode": "PROCESSING_HALTED", "message": message}}) // text always is JSON
	return body
}

// inTurn runs the subrequests. With allOrNone it ends at the first that fails, and answers the others with that.
func (s *server) inTurn(c call, in compositeIn) (out []compositeOut, failed bool) {
	known := answers{}
	for _, r := range in.Requests {
		one := compositeOut{Headers: map[string]string{}, Status: http.StatusBadRequest, Ref: r.Ref}
		target, complaint := known.fill(r.URL, url.PathEscape)
		body, other := known.fill(string(r.Body), inJSON)
		if complaint = cmp.Or(complaint, other); complaint != "" {
			one.Body = halted(complaint)
		} else {
			one.Status, one.Body = s.inner(c, r.Method, target, []byte(body))
		}
		out = append(out, one)
		if one.Status >= http.StatusBadRequest {
			failed = true
			if in.AllOrNone {
				break
			}
			continue
		}
		known.keep(r.Ref, one.Body)
	}
	if !failed || !in.AllOrNone {
		return out, failed
	}
	undone := halted("The transaction was rolled back since another operation in the same transaction failed.")
	for i := range out[:len(out)-1] {
		out[i].Status, out[i].Body = http.StatusBadRequest, undone
	}
	for _, r := range in.Requests[len(out):] {
		out = append(out, compositeOut{undone, map[string]string{}, http.StatusBadRequest, r.Ref})
	}
	return out, true
}

type batchIn struct {
	Halt     bool `json:"haltOnError"`
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
	if len(in.Requests) > maxRequests {
		return answer{}, edge.Refuse(http.StatusBadRequest, "LIMIT_EXCEEDED", "at most 25 requests")
	}
	for _, r := range in.Requests {
		if errs && in.Halt {
			results = append(results, map[string]any{"statusCode": http.StatusPreconditionFailed,
				"result": []map[string]string{{"errorCode": "BATCH_PROCESSING_HALTED", "message": "Batch processing halted per request"}}})
			continue
		}
		status, body := s.inner(c, r.Method, base+"/"+strings.TrimPrefix(strings.TrimPrefix(r.URL, "/"), "services/data/"), r.Input)
		errs = errs || status >= 400
		results = append(results, map[string]any{"statusCode": status, "result": body})
	}
	return edge.OK(map[string]any{"hasErrors": errs, "results": results}), nil
}

// inner runs one request of a composite within the same API and with the same session.
func (s *server) inner(c call, method, target string, body []byte) (int, json.RawMessage) {
	refused := func(message string) (int, json.RawMessage) {
		return http.StatusBadRequest, json.RawMessage(`[{"errorCode":"INVALID_INPUT","message":"` + message + `"}]`)
	}
	if _, at, nested := strings.Cut(target, "/composite"); !strings.HasPrefix(target, base) || nested && !strings.HasPrefix(at, "/sobjects") {
		return refused("the url of a subrequest must lead to the data API")
	}
	req, err := http.NewRequestWithContext(c.Context(), method, target, io.NopCloser(bytes.NewReader(body)))
	if err != nil {
		return refused("malformed subrequest")
	}
	req.Header.Set("Authorization", c.Header.Get("Authorization"))
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, req)
	if w.Body.Len() == 0 {
		return w.Code, json.RawMessage("null")
	}
	return w.Code, json.RawMessage(bytes.TrimSpace(w.Body.Bytes()))
}
