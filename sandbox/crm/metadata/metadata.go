// Package metadata is the Metadata API: it deploys archives into the org, asynchronously, all or nothing, and gives back what is there.
//
// Read first: New, API.Handler, deploy.go, retrieve.go. It knows the shapes of metadata, nothing of what a package is for. Source: Metadata
// API developer guide.
package metadata

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"sync"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	maxUpload  = 60 << 20 // of a request; an archive may have 39 MB
	maxArchive = 39 << 20
	maxKept    = 200 // deployments and retrievals that are remembered
)

// Config says which org and who asks.
type Config struct {
	Org *crm.Org
	// Authenticate says whose request it is, by its Authorization header.
	Authenticate func(*http.Request) (schema.RecordID, error)
	Clock        clock.Clock
	Log          *slog.Logger
}

// API is safe for concurrent use. Close ends deployments under way.
type API struct {
	cfg  Config
	ctx  context.Context // ends with the API; deployments go on after their request
	stop context.CancelFunc
	work sync.WaitGroup

	mu        sync.Mutex // guards the rest
	deploys   map[string]*deployment
	retrieves map[string]retrieved
	order     []string // of both, oldest first
}

// New starts nothing.
func New(cfg Config) *API {
	ctx, stop := context.WithCancel(context.Background())
	return &API{cfg: cfg, ctx: ctx, stop: stop, deploys: map[string]*deployment{}, retrieves: map[string]retrieved{}}
}

// Close ends deployments under way and waits for them.
func (a *API) Close() {
	a.stop()
	a.work.Wait()
}

// RESTPattern is where the REST form of the API is, SOAPPattern the SOAP form.
const (
	RESTPattern = "/services/data/{v}/metadata/deployRequest"
	SOAPPattern = "/services/Soap/m/"
)

// Handler serves both forms.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+RESTPattern, a.restDeploy)
	mux.HandleFunc("GET "+RESTPattern+"/{id}", a.restStatus)
	mux.HandleFunc("PATCH "+RESTPattern+"/{id}", a.restCancel)
	mux.HandleFunc("POST "+SOAPPattern, a.soap)
	return mux
}

// remember keeps an id; beyond the bound the oldest is forgotten. a.mu is held.
func (a *API) remember(id string) {
	a.order = append(a.order, id)
	if len(a.order) > maxKept {
		delete(a.deploys, a.order[0])
		delete(a.retrieves, a.order[0])
		a.order = a.order[1:]
	}
}

// newID is an id of a key prefix.
func newID(prefix string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	raw := make([]byte, 12)
	_, _ = rand.Read(raw) // never fails
	for i, b := range raw {
		raw[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(schema.To18(prefix + string(raw)))
}

var (
	errSession = &schema.Error{Code: "INVALID_SESSION_ID", Message: "Session expired or invalid", Status: http.StatusUnauthorized}
	errRights  = &schema.Error{Code: "INSUFFICIENT_ACCESS",
		Message: "INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata " +
			"permissions", Status: http.StatusForbidden}
)

// who finds who asks, and wants it to be one who may change metadata.
func (a *API) who(r *http.Request) (*crm.Actor, error) {
	id, err := a.cfg.Authenticate(r)
	if err != nil {
		return nil, errSession
	}
	actor, err := a.cfg.Org.As(r.Context(), id)
	switch {
	case err != nil:
		return nil, err
	case !actor.Can(rights.APIEnabled):
		return nil, edge.ErrDisabled
	case !actor.Can(rights.ModifyMetadata) && !actor.Can(rights.ModifyAllData):
		return nil, errRights
	}
	return actor, nil
}
