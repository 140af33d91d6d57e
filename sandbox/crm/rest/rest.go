// Package rest is the CRM's REST data API.
//
// Read first: Handler, routes.go, op.go. It speaks JSON for whoever Config.Authenticate names, with that user's rights. Source: REST API
// developer guide; salesforce-surface.md §2.
package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

const (
	maxBody    = 6 << 20
	newest     = 67
	oldest     = 20
	apiAllowed = 15000 // requests a day, as a developer org has
)

// Config says which org and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (crm.RecordID, error)
	Definitions  Definitions // nil: there are none
	Log          *slog.Logger
}

// Definitions answers queries of objects that are no records; false for any other object.
type Definitions interface {
	Query(ctx context.Context, actor *crm.Actor, query string) (crm.Result, bool, error)
	Columns(actor *crm.Actor, query string) (any, bool, error)
}

type server struct{ cfg Config }

// Handler serves /services/data and below. Doubled and trailing slashes are no matter.
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	mux := s.routes()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tidy := *r.URL
		tidy.Path, tidy.RawPath = slashes.ReplaceAllString(r.URL.EscapedPath(), "/"), ""
		if len(tidy.Path) > 1 {
			tidy.Path = strings.TrimSuffix(tidy.Path, "/")
		}
		if plain, err := pathUnescape(tidy.Path); err == nil {
			tidy.RawPath, tidy.Path = tidy.Path, plain
		}
		next := r.WithContext(r.Context())
		next.URL = &tidy
		if method := r.URL.Query().Get("_HttpMethod"); r.Method == http.MethodPost && method == http.MethodPatch {
			next.Method = http.MethodPatch
		}
		mux.ServeHTTP(w, next)
	})
}

var slashes = regexp.MustCompile(`/{2,}`)

// call is one request as a handler sees it.
type call struct {
	ctx   context.Context
	actor *crm.Actor
	r     *http.Request
	body  []byte
}

// answer is what a handler gives: a status and a body to encode; nil for none.
type answer struct {
	status int
	body   any
}

func ok(body any) answer { return answer{http.StatusOK, body} }

// op authenticates, reads the body, runs the handler and writes its answer or the platform's error.
func (s *server) op(h func(call) (answer, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		w.Header().Set("Cache-Control", "no-cache,must-revalidate,max-age=0,no-store,private")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		id, err := s.cfg.Authenticate(r)
		if err != nil {
			writeError(w, &crm.Error{Code: "INVALID_SESSION_ID", Message: "Session expired or invalid", Status: http.StatusUnauthorized})
			return
		}
		actor, err := s.cfg.Org.As(r.Context(), id)
		if err == nil && !actor.Can(crm.APIEnabled) {
			err = &crm.Error{Code: "API_DISABLED_FOR_ORG", Message: "API is not enabled for this Organization or Partner", Status: http.StatusForbidden}
		}
		if err != nil {
			s.failed(w, r, err)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			writeError(w, &crm.Error{Code: "REQUEST_BODY_TOO_LARGE", Message: "The request body is too large.", Status: http.StatusRequestEntityTooLarge})
			return
		}
		w.Header().Set("Sforce-Limit-Info", "api-usage=1/15000")
		out, err := h(call{r.Context(), actor, r, body})
		if err != nil {
			s.failed(w, r, err)
			return
		}
		write(w, out)
	}
}

func write(w http.ResponseWriter, out answer) {
	if out.body == nil {
		w.Header().Del("Content-Type")
		w.WriteHeader(out.status)
		return
	}
	w.WriteHeader(out.status)
	_ = json.NewEncoder(w).Encode(out.body)
}

// rowError is one element of an error's body.
type rowError struct {
	Message string   `json:"message"`
	Code    string   `json:"errorCode"`
	Fields  []string `json:"fields,omitempty"`
}

func (s *server) failed(w http.ResponseWriter, r *http.Request, err error) {
	writeError(w, s.asError(r.Context(), err))
}

// asError is the platform's error in err; anything else is logged and becomes UNKNOWN_EXCEPTION.
func (s *server) asError(ctx context.Context, err error) *crm.Error {
	if e, known := errors.AsType[*crm.Error](err); known {
		return e
	}
	s.cfg.Log.ErrorContext(ctx, "request failed", "err", err)
	return &crm.Error{Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred. Please try again.", Status: http.StatusInternalServerError}
}

func writeError(w http.ResponseWriter, e *crm.Error) {
	w.WriteHeader(e.Status)
	_ = json.NewEncoder(w).Encode([]rowError{{e.Message, e.Code, e.Fields}})
}

// object decodes a JSON object of field values.
func object(body []byte) (crm.Values, error) {
	values, err := decode[crm.Values](body)
	if err == nil && values == nil {
		err = badJSON("expected an object")
	}
	return values, err
}

func badJSON(text string) *crm.Error {
	return &crm.Error{Code: "JSON_PARSER_ERROR", Message: text, Status: http.StatusBadRequest}
}

// decode reads JSON, numbers kept exact.
func decode[T any](body []byte) (T, error) {
	var out T
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&out); err != nil {
		return out, badJSON("Unexpected character or end of input at [line:1, column:" + position(err) + "]")
	}
	return out, nil
}
