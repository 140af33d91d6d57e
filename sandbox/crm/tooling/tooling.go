// Package tooling is the CRM's Tooling API: set-up objects that are no records of the org's database.
//
// Read first: New, API.Handler, tables. Source: Tooling API developer guide; salesforce-surface.md §2.8, §11.1.
package tooling

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const maxBody = 1 << 20

// Config says which org and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (crm.RecordID, error)
	Packages     Packages // nil: none can be installed
	Log          *slog.Logger
}

// API is safe for concurrent use.
type API struct {
	cfg    Config
	tables []table

	mu          sync.Mutex // guards what follows
	requests    []uninstall
	uninstalled int
}

// New starts nothing.
func New(cfg Config) *API {
	if cfg.Packages == nil {
		cfg.Packages = noPackages{}
	}
	a := &API{cfg: cfg}
	a.tables = slices.Concat(a.definitions(), a.components(), a.flows(), a.packages())
	return a
}

// table is a set-up object: its fields, and how its rows come about.
type table struct {
	name, label string
	needs       crm.Permission // to read it
	data        bool           // the REST data API knows it too
	fields      []string       // paths
	rows        func(context.Context, *crm.Actor) ([]row, error)
}

// row maps paths, in lower case, to values: nil, string, bool, int64.
type row map[string]any

func (a *API) table(name string) (table, bool) {
	i := slices.IndexFunc(a.tables, func(t table) bool { return strings.EqualFold(t.name, name) })
	if i < 0 {
		return table{}, false
	}
	return a.tables[i], true
}

// Query runs a query of a set-up object that the data API knows too; known is false for any other object.
func (a *API) Query(ctx context.Context, actor *crm.Actor, text string) (result crm.Result, known bool, err error) {
	q, err := soql.Parse(text)
	if err != nil {
		return crm.Result{}, false, nil // the data API says what is wrong
	}
	t, ok := a.table(q.From)
	if !ok || !t.data {
		return crm.Result{}, false, nil
	}
	result, err = a.run(ctx, actor, t, q)
	return result, true, err
}

// Columns describes the columns of such a query, for tables of the command line.
func (a *API) Columns(actor *crm.Actor, text string) (out any, known bool, err error) {
	q, err := soql.Parse(text)
	if err != nil {
		return nil, false, nil
	}
	t, ok := a.table(q.From)
	if !ok || !t.data {
		return nil, false, nil
	}
	out, err = a.columns(actor, t, q)
	return out, true, err
}

func (a *API) columns(actor *crm.Actor, t table, q *soql.Query) (any, error) {
	if !actor.Can(t.needs) {
		return nil, unsupported(q.From)
	}
	list := []any{}
	for _, f := range q.Fields {
		if _, err := t.path(f.Expr); err != nil {
			return nil, err
		}
		list = append(list, columnOf(f.Expr.Path))
	}
	return map[string]any{"columnMetadata": list, "entityName": t.name, "groupBy": false, "idSelected": false, "keyPrefix": nil}, nil
}

// columnOf is one column; a path's parents hold it. Source: salesforce-surface.md §2.5.
func columnOf(path []string) map[string]any {
	joins := []any{}
	if len(path) > 1 {
		joins = append(joins, columnOf(path[1:]))
	}
	return map[string]any{"aggregate": false, "apexType": "string", "booleanType": false, "columnName": path[0], "custom": false, "displayName": path[0], "foreignKeyName": nil,
		"insertable": false, "joinColumns": joins, "numberType": false, "textType": true, "updatable": false}
}

func (a *API) run(ctx context.Context, actor *crm.Actor, t table, q *soql.Query) (crm.Result, error) {
	if !actor.Can(t.needs) {
		return crm.Result{}, unsupported(q.From)
	}
	rows, err := t.rows(ctx, actor)
	if err != nil {
		return crm.Result{}, err
	}
	return choose(t, q, rows)
}

func unsupported(name string) error {
	return &crm.Error{Code: "INVALID_TYPE", Status: http.StatusBadRequest, Message: "sObject type '" + name + "' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."}
}

// Pattern is where the API is.
const Pattern = "/services/data/{v}/tooling/"

// Handler serves it. Objects that are records of the database are read and written as the data API does.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(call) (int, any, error){
		"GET " + Pattern + "query":                                              a.query,
		"GET " + Pattern + "queryAll":                                           a.query,
		"GET " + Pattern + "query/{locator}":                                    a.more,
		"GET " + Pattern + "sobjects":                                           a.list,
		"GET " + Pattern + "sobjects/{object}/describe":                         a.describe,
		"GET " + Pattern + "sobjects/{object}/{id}":                             a.get,
		"POST " + Pattern + "sobjects/PackageInstallRequest":                    a.install,
		"POST " + Pattern + "sobjects/SubscriberPackageVersionUninstallRequest": a.uninstallPackage,
		Pattern: a.nothing,
	} {
		mux.HandleFunc(pattern, a.op(h))
	}
	return mux
}

// call is one request.
type call struct {
	ctx   context.Context
	actor *crm.Actor
	r     *http.Request
	body  []byte
}

// op authenticates, reads the body, runs the handler and writes its answer or the platform's error.
func (a *API) op(h func(call) (int, any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		status, out, err := a.handle(w, r, h)
		if err != nil {
			e, known := errors.AsType[*crm.Error](err)
			if !known {
				a.cfg.Log.ErrorContext(r.Context(), "request failed", "err", err)
				e = &crm.Error{Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred. Please try again.", Status: http.StatusInternalServerError}
			}
			status, out = e.Status, []map[string]string{{"message": e.Message, "errorCode": e.Code}}
		}
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(out)
	}
}

func (a *API) handle(w http.ResponseWriter, r *http.Request, h func(call) (int, any, error)) (int, any, error) {
	id, err := a.cfg.Authenticate(r)
	if err != nil {
		return 0, nil, &crm.Error{Code: "INVALID_SESSION_ID", Message: "Session expired or invalid", Status: http.StatusUnauthorized}
	}
	actor, err := a.cfg.Org.As(r.Context(), id)
	if err != nil {
		return 0, nil, err
	}
	if !actor.Can(crm.APIEnabled) {
		return 0, nil, &crm.Error{Code: "API_DISABLED_FOR_ORG", Message: "API is not enabled for this Organization or Partner", Status: http.StatusForbidden}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return 0, nil, &crm.Error{Code: "REQUEST_BODY_TOO_LARGE", Message: "The request body is too large.", Status: http.StatusRequestEntityTooLarge}
	}
	return h(call{r.Context(), actor, r, body})
}

func notFound() error {
	return &crm.Error{Code: "NOT_FOUND", Message: "The requested resource does not exist", Status: http.StatusNotFound}
}

func (a *API) nothing(call) (int, any, error) { return 0, nil, notFound() }

// query asks the set-up objects, else the records.
func (a *API) query(c call) (int, any, error) {
	text := c.r.URL.Query().Get("q")
	q, err := soql.Parse(text)
	if err != nil {
		return 0, nil, &crm.Error{Code: "MALFORMED_QUERY", Message: err.Error(), Status: http.StatusBadRequest}
	}
	t, ok := a.table(q.From)
	if ok && c.r.URL.Query().Get("columns") == "true" {
		out, err := a.columns(c.actor, t, q)
		return http.StatusOK, out, err
	}
	if !ok {
		result, err := c.actor.Query(c.ctx, text, strings.HasSuffix(c.r.URL.Path, "/queryAll"))
		return http.StatusOK, size{result}, err
	}
	result, err := a.run(c.ctx, c.actor, t, q)
	return http.StatusOK, size{result}, err
}

// size adds what answers of the Tooling API have besides.
type size struct{ crm.Result }

// MarshalJSON writes size and entityTypeName too.
func (s size) MarshalJSON() ([]byte, error) {
	plain, err := json.Marshal(s.Result)
	if err != nil {
		return nil, err
	}
	kind := ""
	if len(s.Records) > 0 {
		kind = s.Records[0].Object
	}
	extra, err := json.Marshal(map[string]any{"size": len(s.Records), "entityTypeName": kind, "queryLocator": nil})
	if err != nil {
		return nil, err
	}
	return append(append(bytes.TrimSuffix(extra, []byte("}")), ','), bytes.TrimPrefix(plain, []byte("{"))...), nil
}

func (a *API) more(c call) (int, any, error) {
	result, err := c.actor.QueryMore(c.ctx, c.r.PathValue("locator"))
	return http.StatusOK, size{result}, err
}

func (a *API) list(c call) (int, any, error) {
	objects := []map[string]any{}
	for _, t := range a.tables {
		if c.actor.Can(t.needs) {
			objects = append(objects, map[string]any{"name": t.name, "label": t.label, "queryable": true, "retrieveable": true, "createable": false, "updateable": false, "deletable": false, "custom": false})
		}
	}
	return http.StatusOK, map[string]any{"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects}, nil
}

func (a *API) describe(c call) (int, any, error) {
	t, ok := a.table(c.r.PathValue("object"))
	if !ok || !c.actor.Can(t.needs) {
		return 0, nil, notFound()
	}
	fields := []map[string]any{}
	for _, f := range t.fields {
		if !strings.Contains(f, ".") {
			kind := map[bool]string{true: "id", false: "string"}[f == "Id"]
			fields = append(fields, map[string]any{"name": f, "label": f, "type": kind, "filterable": true, "sortable": true, "nillable": f != "Id"})
		}
	}
	return http.StatusOK, map[string]any{"name": t.name, "label": t.label, "queryable": true, "custom": false, "fields": fields}, nil
}

// get is one set-up object by its id, or a record.
func (a *API) get(c call) (int, any, error) {
	t, ok := a.table(c.r.PathValue("object"))
	if !ok {
		record, err := c.actor.Get(c.ctx, c.r.PathValue("object"), crm.RecordID(c.r.PathValue("id")))
		return http.StatusOK, record, err
	}
	if !c.actor.Can(t.needs) {
		return 0, nil, notFound()
	}
	rows, err := t.rows(c.ctx, c.actor)
	if err != nil {
		return 0, nil, err
	}
	id := string(crm.To18(c.r.PathValue("id")))
	for _, r := range rows {
		if r["id"] == id && id != "" {
			record := crm.Record{Object: t.name}
			for _, f := range t.fields {
				add(&record, strings.Split(f, "."), t.name, r[strings.ToLower(f)])
			}
			return http.StatusOK, record, nil
		}
	}
	return 0, nil, notFound()
}
