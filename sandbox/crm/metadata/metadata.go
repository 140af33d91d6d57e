// Package metadata deploys archives into the org, as the Metadata API does: asynchronously, all or nothing.
//
// Read first: New, API.Handler, deploy.go. It knows the shapes of metadata, nothing of what a package is for. Source: Metadata API
// developer guide; salesforce-surface.md §3.
package metadata

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
)

const (
	maxUpload  = 60 << 20 // of a request; an archive may have 39 MB
	maxArchive = 39 << 20
	maxDeploys = 200 // that are remembered
)

// Config says which org and who asks.
type Config struct {
	Org *crm.Org
	// Authenticate says whose request it is, by its Authorization header.
	Authenticate func(*http.Request) (crm.RecordID, error)
	Clock        clock.Clock
	Log          *slog.Logger
}

// API is safe for concurrent use. Close ends deployments under way.
type API struct {
	cfg  Config
	ctx  context.Context // ends with the API; deployments go on after their request
	stop context.CancelFunc
	work sync.WaitGroup

	mu      sync.Mutex // guards deploys and order
	deploys map[string]*deployment
	order   []string
}

// New starts nothing.
func New(cfg Config) *API {
	ctx, stop := context.WithCancel(context.Background())
	return &API{cfg: cfg, ctx: ctx, stop: stop, deploys: map[string]*deployment{}}
}

// Close ends deployments under way and waits for them.
func (a *API) Close() {
	a.stop()
	a.work.Wait()
}

// RESTPattern is where the REST form of the API is.
const RESTPattern = "/services/data/{v}/metadata/deployRequest"

func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+RESTPattern, a.restDeploy)
	mux.HandleFunc("GET "+RESTPattern+"/{id}", a.restStatus)
	return mux
}

// options are what a deployment may ask for; the rest of them changes nothing here.
type options struct {
	CheckOnly     bool `json:"checkOnly" xml:"checkOnly"`
	SinglePackage bool `json:"singlePackage" xml:"singlePackage"`
}

// message is one component's outcome.
type message struct {
	FullName      string `json:"fullName"`
	FileName      string `json:"fileName"`
	ComponentType string `json:"componentType"`
	Success       bool   `json:"success"`
	Changed       bool   `json:"changed"`
	Created       bool   `json:"created"`
	Deleted       bool   `json:"deleted"`
	Problem       string `json:"problem,omitempty"`
	ProblemType   string `json:"problemType,omitempty"`
	Line          int    `json:"lineNumber,omitempty"`
	Column        int    `json:"columnNumber,omitempty"`
}

// result is how far a deployment has come.
type result struct {
	ID        string
	Status    string
	Done      bool
	Success   bool
	CheckOnly bool
	Total     int
	Deployed  int
	Errors    int
	Message   string
	Created   time.Time
	Started   time.Time
	Completed time.Time
	By        string
	Successes []message
	Failures  []message
}

// deployment is one deploy request.
type deployment struct {
	mu     sync.Mutex // guards result
	result result
	ended  chan struct{} // closed when the deployment is done
}

func (d *deployment) now() result {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.result
}

func (d *deployment) change(f func(*result)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f(&d.result)
}

// start begins a deployment and returns at once.
func (a *API) start(by crm.User, archive []byte, opts options) *deployment {
	now := a.cfg.Clock.Now()
	d := &deployment{ended: make(chan struct{}), result: result{ID: "0Af" + random(), Status: "Pending", CheckOnly: opts.CheckOnly, Created: now, By: by.Name}}
	a.mu.Lock()
	a.deploys[d.result.ID] = d
	a.order = append(a.order, d.result.ID)
	if len(a.order) > maxDeploys {
		delete(a.deploys, a.order[0])
		a.order = a.order[1:]
	}
	a.mu.Unlock()
	a.work.Go(func() {
		defer close(d.ended)
		a.run(d, archive, opts)
	})
	return d
}

func random() string {
	raw := make([]byte, 9)
	_, _ = rand.Read(raw) // never fails
	return strings.Map(func(r rune) rune {
		if r == '+' || r == '/' {
			return '0'
		}
		return r
	}, base64.StdEncoding.EncodeToString(raw)) + "AAA"
}

func (a *API) find(id string) (*deployment, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	d, ok := a.deploys[id]
	if !ok && len(id) == 15 {
		d, ok = a.deploys[id+"AAA"]
	}
	return d, ok
}

// administrator finds the user of an id and wants it to be one who may change metadata.
func (a *API) administrator(ctx context.Context, id crm.RecordID) (crm.User, error) {
	user, err := a.cfg.Org.User(ctx, id)
	if err == nil && !user.Administrator {
		err = &crm.Error{Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions", Status: http.StatusForbidden}
	}
	return user, err
}

// restDeploy is POST …/deployRequest: a form of two parts, options as JSON and the archive.
func (a *API) restDeploy(w http.ResponseWriter, r *http.Request) {
	id, err := a.cfg.Authenticate(r)
	if err != nil {
		err = &crm.Error{Code: "INVALID_SESSION_ID", Message: "Session expired or invalid", Status: http.StatusUnauthorized}
		a.refuse(w, r, err)
		return
	}
	user, err := a.administrator(r.Context(), id)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	archive, opts, err := readForm(http.MaxBytesReader(w, r.Body, maxUpload), r)
	if err != nil {
		a.refuse(w, r, &crm.Error{Code: "INVALID_MULTIPART_REQUEST", Message: err.Error(), Status: http.StatusBadRequest})
		return
	}
	d := a.start(user, archive, opts)
	respond(w, http.StatusCreated, map[string]any{"id": d.now().ID, "deployOptions": opts, "deployResult": d.now().json()})
}

func readForm(body io.Reader, r *http.Request) (archive []byte, opts options, err error) {
	r.Body = io.NopCloser(body)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, opts, errors.New("the request is not a multipart form")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, opts, errors.New("the multipart form is malformed or too large")
		}
		content, err := io.ReadAll(io.LimitReader(part, maxArchive+1))
		if err != nil || len(content) > maxArchive {
			return nil, opts, fmt.Errorf("an archive may have %d bytes at most", maxArchive)
		}
		if part.FormName() == "file" {
			archive = content
			continue
		}
		wrapped := struct {
			Options options `json:"deployOptions"`
		}{}
		if json.Unmarshal(content, &wrapped) == nil {
			opts = wrapped.Options
		}
	}
	if archive == nil {
		return nil, opts, errors.New("the part named file is missing")
	}
	return archive, opts, nil
}

func (a *API) restStatus(w http.ResponseWriter, r *http.Request) {
	id, err := a.cfg.Authenticate(r)
	if err != nil {
		a.refuse(w, r, &crm.Error{Code: "INVALID_SESSION_ID", Message: "Session expired or invalid", Status: http.StatusUnauthorized})
		return
	}
	if _, err := a.administrator(r.Context(), id); err != nil {
		a.refuse(w, r, err)
		return
	}
	d, ok := a.find(r.PathValue("id"))
	if !ok {
		a.refuse(w, r, &crm.Error{Code: "NOT_FOUND", Message: "The requested resource does not exist", Status: http.StatusNotFound})
		return
	}
	now := d.now()
	respond(w, http.StatusOK, map[string]any{"id": now.ID, "url": r.URL.Path, "deployResult": now.json()})
}

const stamp = "2006-01-02T15:04:05.000+0000"

func when(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(stamp)
}

func (r result) json() map[string]any {
	empty := func(m []message) []message {
		if m == nil {
			return []message{}
		}
		return m
	}
	return map[string]any{
		"id": r.ID, "status": r.Status, "done": r.Done, "success": r.Success, "checkOnly": r.CheckOnly, "ignoreWarnings": false, "rollbackOnError": true, "runTestsEnabled": false,
		"numberComponentsTotal": r.Total, "numberComponentsDeployed": r.Deployed, "numberComponentErrors": r.Errors, "numberTestsTotal": 0, "numberTestsCompleted": 0, "numberTestErrors": 0,
		"createdDate": when(r.Created), "startDate": when(r.Started), "completedDate": when(r.Completed), "createdByName": r.By, "errorMessage": nullable(r.Message), "errorStatusCode": nil, "stateDetail": nil,
		"details": map[string]any{"componentSuccesses": empty(r.Successes), "componentFailures": empty(r.Failures), "retrieveResult": nil,
			"runTestResult": map[string]any{"numFailures": 0, "numTestsRun": 0, "totalTime": 0.0, "codeCoverage": []any{}, "codeCoverageWarnings": []any{}, "failures": []any{}, "successes": []any{}}},
	}
}

func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (a *API) refuse(w http.ResponseWriter, r *http.Request, err error) {
	e, known := errors.AsType[*crm.Error](err)
	if !known {
		a.cfg.Log.ErrorContext(r.Context(), "request failed", "err", err)
		e = &crm.Error{Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred. Please try again.", Status: http.StatusInternalServerError}
	}
	respond(w, e.Status, []map[string]string{{"message": e.Message, "errorCode": e.Code}})
}
