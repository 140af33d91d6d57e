// Package tooling is the CRM's Tooling API: set-up objects that are no records of the org's database.
//
// Read first: New, API.Handler, tables. Source: Tooling API developer guide.
package tooling

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const maxBody = 1 << 20

// Config says which org and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error)
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
	needs       rights.Permission // to read it
	data        bool              // the REST data API knows it too
	fields      []string          // paths
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
func (a *API) Query(ctx context.Context, actor *crm.Actor, text string) (result records.Result, known bool, err error) {
	q, err := soql.Parse(text)
	if err != nil {
		return records.Result{}, false, nil // the data API says what is wrong
	}
	t, ok := a.table(q.From)
	if !ok || !t.data {
		return records.Result{}, false, nil
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
	for _, f := range q.Fields {
		if _, err := t.path(f.Expr); err != nil && f.Expr.Func != "COUNT" {
			return nil, err
		}
	}
	return edge.Columns(q, records.Described{Object: schema.Object{Name: t.name}}), nil
}

func (a *API) run(ctx context.Context, actor *crm.Actor, t table, q *soql.Query) (records.Result, error) {
	if !actor.Can(t.needs) {
		return records.Result{}, unsupported(q.From)
	}
	rows, err := t.rows(ctx, actor)
	if err != nil {
		return records.Result{}, err
	}
	return choose(actor, t, q, rows)
}

func unsupported(name string) error {
	return &schema.Error{Code: "INVALID_TYPE", Status: http.StatusBadRequest, Message: "sObject type '" + name +
		"' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity " +
		"name. Please reference your WSDL or the describe call for the appropriate names."}
}

// Root is the API's own resource, Pattern where the others are.
const (
	Root    = "/services/data/{v}/tooling"
	Pattern = Root + "/"
)

// Handler serves it. Objects that are records of the database are read and written as the data API does.
func (a *API) Handler() http.Handler {
	door := edge.Door{Org: a.cfg.Org, Authenticate: a.cfg.Authenticate, API: Root, Body: maxBody, Log: a.cfg.Log}
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(call) (answer, error){
		"GET " + Pattern + "query":                                              a.query,
		"GET " + Pattern + "queryAll":                                           a.query,
		"GET " + Pattern + "query/{locator}":                                    a.more,
		"GET " + Pattern + "executeAnonymous":                                   a.executeAnonymous,
		"GET " + Pattern + "executeAnonymous/{$}":                               a.executeAnonymous,
		"GET " + Pattern + "sobjects":                                           a.list,
		"GET " + Pattern + "sobjects/{object}/describe":                         a.describe,
		"GET " + Pattern + "sobjects/{object}/{id}":                             a.get,
		"POST " + Pattern + "sobjects/PackageInstallRequest":                    a.install,
		"POST " + Pattern + "sobjects/SubscriberPackageVersionUninstallRequest": a.uninstallPackage,
		"GET " + Root: a.root,
		Root:          a.nothing,
		Pattern:       a.nothing,
	} {
		mux.HandleFunc(pattern, door.Op(h))
	}
	return edge.Tidy(mux)
}

type (
	call   = edge.Call
	answer = edge.Answer
)

// root names the resources.
func (a *API) root(c call) (answer, error) {
	at := strings.Replace(Pattern, "{v}", c.PathValue("v"), 1)
	return edge.OK(map[string]string{"query": at + "query", "queryAll": at + "queryAll", "sobjects": at + "sobjects"}), nil
}

func (a *API) nothing(call) (answer, error) { return answer{}, edge.ErrNoResource }

// query asks the set-up objects, else the records.
func (a *API) query(c call) (answer, error) {
	text := c.URL.Query().Get("q")
	q, err := soql.Parse(text)
	if err != nil {
		return answer{}, &schema.Error{Code: "MALFORMED_QUERY", Message: err.Error(), Status: http.StatusBadRequest}
	}
	t, ok := a.table(q.From)
	if ok && c.URL.Query().Get("columns") == "true" {
		out, err := a.columns(c.Actor, t, q)
		return edge.OK(out), err
	}
	if !ok {
		result, err := c.Actor.Query(c.Context(), text, strings.HasSuffix(c.URL.Path, "/queryAll"))
		if err == nil && c.URL.Query().Get("columns") == "true" {
			out, err := edge.RecordColumns(c.Actor, text)
			return edge.OK(out), err
		}
		return edge.OK(size{result}), err
	}
	result, err := a.run(c.Context(), c.Actor, t, q)
	return edge.OK(size{result}), err
}

// size adds what answers of the Tooling API have besides.
type size struct{ records.Result }

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

func (a *API) more(c call) (answer, error) {
	result, err := c.Actor.QueryMore(c.Context(), c.PathValue("locator"))
	return edge.OK(size{result}), err
}

func (a *API) list(c call) (answer, error) {
	objects := []map[string]any{}
	for _, t := range a.tables {
		if c.Actor.Can(t.needs) {
			objects = append(objects, map[string]any{"name": t.name, "label": t.label, "queryable": true, "retrieveable": true,
				"createable": false, "updateable": false, "deletable": false, "custom": false})
		}
	}
	return edge.OK(map[string]any{"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects}), nil
}

func (a *API) describe(c call) (answer, error) {
	t, ok := a.table(c.PathValue("object"))
	if !ok || !c.Actor.Can(t.needs) {
		return answer{}, edge.ErrNoResource
	}
	fields := []map[string]any{}
	for _, f := range t.fields {
		if !strings.Contains(f, ".") {
			kind := "string"
			if f == "Id" {
				kind = "id"
			}
			fields = append(fields, map[string]any{"name": f, "label": f, "type": kind, "filterable": true, "sortable": true, "nillable": f != "Id"})
		}
	}
	return edge.OK(map[string]any{"name": t.name, "label": t.label, "queryable": true, "custom": false, "fields": fields}), nil
}

// get is one set-up object by its id, or a record.
func (a *API) get(c call) (answer, error) {
	t, ok := a.table(c.PathValue("object"))
	if !ok {
		record, err := c.Actor.Get(c.Context(), c.PathValue("object"), schema.RecordID(c.PathValue("id")))
		return edge.OK(record), err
	}
	if !c.Actor.Can(t.needs) {
		return answer{}, edge.ErrNoResource
	}
	rows, err := t.rows(c.Context(), c.Actor)
	if err != nil {
		return answer{}, err
	}
	id := string(schema.To18(c.PathValue("id")))
	for _, r := range rows {
		if r["id"] == id && id != "" {
			record := c.Actor.Record(t.name)
			for _, f := range t.fields {
				add(&record, strings.Split(f, "."), t.name, r[strings.ToLower(f)])
			}
			return edge.OK(record), nil
		}
	}
	return answer{}, edge.ErrNoResource
}
