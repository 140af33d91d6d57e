// Package rest is the CRM's REST data API.
//
// Read first: Handler, routes.go, edge. It speaks JSON for whoever Config.Authenticate names, with that user's rights. Source: REST API
// developer guide.
package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	maxBody    = 6 << 20
	apiAllowed = 15_000 // requests a day, as a developer org has
)

// Config says which org and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error)
	Definitions  Definitions     // nil: there are none
	Requests     *edge.Allowance // nil: that of a developer org, which refuses nothing
	Log          *slog.Logger
}

// Definitions answers queries of objects that are no records; false for any other object.
type Definitions interface {
	Query(ctx context.Context, actor *crm.Actor, query string) (records.Result, bool, error)
	Columns(actor *crm.Actor, query string) (any, bool, error)
}

// ApexPattern is where an org's own resources are.
const ApexPattern = "/services/apexrest/"

// Apex serves it: the org has no classes.
func Apex(cfg Config) http.Handler {
	door := edge.Door{Org: cfg.Org, Authenticate: cfg.Authenticate, Body: maxBody, Log: cfg.Log}
	return door.Op(func(call) (answer, error) {
		return answer{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "Could not find a match for URL")
	})
}

type server struct {
	cfg Config
	api http.Handler // the whole of it, for requests within requests
}

// Handler serves /services/data and below. Doubled and trailing slashes are no matter.
func Handler(cfg Config) http.Handler {
	if cfg.Requests == nil {
		cfg.Requests = edge.NewAllowance(apiAllowed, false, time.Now)
	}
	s := &server{cfg: cfg}
	mux := s.routes()
	s.api = edge.Tidy(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if method := r.URL.Query().Get("_HttpMethod"); r.Method == http.MethodPost && method == http.MethodPatch {
			r = r.WithContext(r.Context())
			r.Method = method
		}
		mux.ServeHTTP(w, r)
	}))
	return s.api
}

// call is one request as a handler sees it, answer what a handler gives.
type (
	call   = edge.Call
	answer = edge.Answer
)

// object decodes a JSON object of field values.
func object(body []byte) (records.Values, error) {
	values, err := decode[records.Values](body)
	if err == nil && values == nil {
		err = badJSON("expected an object")
	}
	return values, err
}

func badJSON(text string) *schema.Error {
	return &schema.Error{Code: "JSON_PARSER_ERROR", Message: text, Status: http.StatusBadRequest}
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
