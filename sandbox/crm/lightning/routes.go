package lightning

import (
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

const (
	bodyLimit = 1 << 20          // bytes of one form
	patience  = 15 * time.Second // for one request
)

func (s *server) routes() http.Handler {
	door := &edge.Door[asked]{
		Authenticate: s.cfg.Authenticate, Admit: edge.WithRights(s.cfg.Org), Origin: s.cfg.Origin,
		Body: bodyLimit, Patience: patience, Log: s.cfg.Log,
	}
	mux := http.NewServeMux()
	mux.Handle("GET /lightning/api/bootstrap", edge.Op(door, s.bootstrap))
	mux.Handle("GET /lightning/api/launcher", edge.Op(door, s.launcher))
	mux.Handle("PUT /lightning/api/app", edge.Op(door, s.openApp))
	mux.Handle("GET /lightning/api/objects/{object}", edge.Op(door, s.object))
	mux.Handle("GET /lightning/api/lists/{object}", edge.Op(door, s.list))
	mux.Handle("PUT /lightning/api/lists/{object}/{view}", edge.Op(door, s.changeView))
	mux.Handle("GET /lightning/api/navigation", edge.Op(door, s.readNavigation))
	mux.Handle("PUT /lightning/api/navigation", edge.Op(door, s.saveNavigation))
	mux.Handle("POST /lightning/api/records/{object}", edge.Op(door, s.create))
	mux.Handle("GET /lightning/api/records/{object}/{id}", edge.Op(door, s.record))
	mux.Handle("PATCH /lightning/api/records/{object}/{id}", edge.Op(door, s.update))
	mux.Handle("DELETE /lightning/api/records/{object}/{id}", edge.Op(door, s.remove))
	mux.Handle("POST /lightning/api/records/{object}/{id}/undelete", edge.Op(door, s.undelete))
	mux.Handle("GET /lightning/api/records/{object}/{id}/related", edge.Op(door, s.related))
	mux.Handle("GET /lightning/api/search", edge.Op(door, s.search))
	mux.Handle("GET /lightning/api/lookup", edge.Op(door, s.lookup))
	mux.Handle("GET /lightning/api/flows/{name}", edge.Op(door, s.flow))
	mux.Handle("GET /lightning/api/softphone/search", edge.Op(door, s.softphoneSearch))
	mux.Handle("GET /lightning/api/softphone/layout", edge.Op(door, s.softphoneLayout))
	mux.Handle("GET /lightning/api/aura/{name}", edge.Op(door, s.auraDefinition))
	mux.HandleFunc("GET /lightning/aura/{name}/{file}", s.auraFile)
	mux.Handle("GET /lightning/api/", edge.Op(door, s.nothing))
	mux.HandleFunc("GET /lightning/", s.shell)
	mux.HandleFunc("GET /lightning", s.shell)
	mux.HandleFunc("GET /one/", s.old)
	return mux
}
