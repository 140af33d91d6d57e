package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/patchcord/patchcord/sandbox/crm/apiversion"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
)

const base = "/services/data"

func (s *server) routes() *http.ServeMux {
	door := edge.Door{
		Org: s.cfg.Org, Authenticate: s.cfg.Authenticate, API: base + "/{v}", Body: maxBody,
		Header:   map[string]string{"Cache-Control": "no-cache,must-revalidate,max-age=0,no-store,private"},
		Requests: s.cfg.Requests, Log: s.cfg.Log,
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+base, s.versions)
	mux.HandleFunc(base, door.Op(s.nothing))
	for pattern, h := range map[string]func(call) (answer, error){
		"GET /{v}":                                       s.root,
		"GET /{v}/sobjects":                              s.describeAll,
		"GET /{v}/sobjects/{object}":                     s.basic,
		"POST /{v}/sobjects/{object}":                    s.create,
		"GET /{v}/sobjects/{object}/describe":            s.describe,
		"GET /{v}/sobjects/{object}/listviews":           s.nothing, // it is no id
		"GET /{v}/sobjects/{object}/quickActions":        s.nothing,
		"GET /{v}/sobjects/{object}/deleted":             s.deleted,
		"GET /{v}/sobjects/{object}/updated":             s.updated,
		"GET /{v}/sobjects/{object}/{id}":                s.get,
		"PATCH /{v}/sobjects/{object}/{id}":              s.update,
		"DELETE /{v}/sobjects/{object}/{id}":             s.remove,
		"GET /{v}/sobjects/{object}/{id}/{value}":        s.getBy,
		"PATCH /{v}/sobjects/{object}/{id}/{value}":      s.upsert,
		"DELETE /{v}/sobjects/{object}/{id}/{value}":     s.removeBy,
		"GET /{v}/sobjects/User/{id}/password":           s.passwordState,
		"POST /{v}/sobjects/User/{id}/password":          s.setPassword,
		"DELETE /{v}/sobjects/User/{id}/password":        s.resetPassword,
		"GET /{v}/query":                                 s.query,
		"GET /{v}/query/{locator}":                       s.queryMore,
		"GET /{v}/queryAll":                              s.query,
		"GET /{v}/queryAll/{locator}":                    s.queryMore,
		"GET /{v}/search":                                s.search,
		"GET /{v}/parameterizedSearch":                   s.parameterized,
		"POST /{v}/parameterizedSearch":                  s.parameterized,
		"GET /{v}/recent":                                s.recent,
		"GET /{v}/limits":                                s.limits,
		"POST /{v}/composite":                            s.composite,
		"POST /{v}/composite/batch":                      s.batch,
		"POST /{v}/composite/tree/{object}":              s.tree,
		"POST /{v}/composite/sobjects":                   s.createMany,
		"PATCH /{v}/composite/sobjects":                  s.updateMany,
		"DELETE /{v}/composite/sobjects":                 s.removeMany,
		"POST /{v}/composite/sobjects/{object}":          s.getMany,
		"PATCH /{v}/composite/sobjects/{object}/{field}": s.upsertMany,
		"GET /{v}/composite/sobjects/{object}":           s.getMany,
		"/":                                              s.nothing,
	} {
		method, path, _ := cutMethod(pattern)
		mux.HandleFunc(method+base+path, door.Op(s.versioned(h)))
	}
	return mux
}

func cutMethod(pattern string) (method, path string, found bool) {
	for i, r := range pattern {
		if r == ' ' {
			return pattern[:i+1], pattern[i+1:], true
		}
	}
	return "", pattern, false
}

// versioned refuses versions that no org has.
func (s *server) versioned(h func(call) (answer, error)) func(call) (answer, error) {
	return func(c call) (answer, error) {
		v := c.PathValue("v")
		if v == "" {
			return h(c)
		}
		var major, minor int
		if n, err := fmt.Sscanf(v, "v%d.%d", &major, &minor); err != nil || n != 2 || major < apiversion.Oldest ||
			major > apiversion.Newest || v != fmt.Sprintf("v%d.0", major) {
			return s.nothing(c)
		}
		return h(c)
	}
}

func (s *server) nothing(call) (answer, error) {
	return answer{}, edge.ErrNoResource
}

func (s *server) versions(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	_ = json.NewEncoder(w).Encode(apiversion.All())
}

func (s *server) root(c call) (answer, error) {
	at := base + "/" + c.PathValue("v") + "/"
	resources := map[string]string{}
	for _, name := range []string{"sobjects", "query", "queryAll", "search", "parameterizedSearch", "limits", "recent",
		"composite", "tooling", "metadata"} {
		resources[name] = at + name
	}
	resources["identity"] = s.cfg.Org.Origin() + "/id/" + string(s.cfg.Org.ID()) + "/" + string(c.Actor.Who())
	return edge.OK(resources), nil
}

func (s *server) limits(call) (answer, error) {
	type limit struct {
		Max       int `json:"Max"`
		Remaining int `json:"Remaining"`
	}
	requests := limit{s.cfg.Requests.Max(), max(0, s.cfg.Requests.Max()-s.cfg.Requests.Used())}
	return edge.OK(map[string]limit{"DailyApiRequests": requests, "DataStorageMB": {1024, 1023},
		"FileStorageMB": {1024, 1023}}), nil
}

// position is where JSON stopped making sense, as text.
func position(err error) string {
	if syntax, found := errors.AsType[*json.SyntaxError](err); found {
		return strconv.FormatInt(syntax.Offset, 10)
	}
	return "1"
}
