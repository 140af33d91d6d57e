package metadata

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// options are what a deployment may ask for.
type options struct {
	AllowMissingFiles bool   `json:"allowMissingFiles" xml:"allowMissingFiles"`
	CheckOnly         bool   `json:"checkOnly" xml:"checkOnly"`
	IgnoreWarnings    bool   `json:"ignoreWarnings" xml:"ignoreWarnings"`
	PurgeOnDelete     bool   `json:"purgeOnDelete" xml:"purgeOnDelete"`
	RollbackOnError   bool   `json:"rollbackOnError" xml:"rollbackOnError"`
	SinglePackage     bool   `json:"singlePackage" xml:"singlePackage"`
	TestLevel         string `json:"testLevel,omitempty" xml:"testLevel"`
}

// message is one component's outcome.
type message struct {
	ID            schema.RecordID `json:"id,omitempty"`
	FullName      string          `json:"fullName"`
	FileName      string          `json:"fileName"`
	ComponentType string          `json:"componentType"`
	Success       bool            `json:"success"`
	Changed       bool            `json:"changed"`
	Created       bool            `json:"created"`
	Deleted       bool            `json:"deleted"`
	Problem       string          `json:"problem,omitempty"`
	ProblemType   string          `json:"problemType,omitempty"`
	Line          int             `json:"lineNumber,omitempty"`
	Column        int             `json:"columnNumber,omitempty"`
	At            time.Time       `json:"createdDate"`
}

// result is how far a deployment has come.
type result struct {
	ID         string
	Status     string
	Done       bool
	Success    bool
	Validated  bool // fit for a quick deployment
	Options    options
	Total      int
	Deployed   int
	Errors     int
	Message    string
	Code       string // of Message
	Created    time.Time
	Started    time.Time
	Completed  time.Time
	CreatedBy  schema.RecordID
	By         string
	Canceler   string // who asked to stop it
	CancelerID schema.RecordID
	Successes  []message
	Failures   []message
}

// deployment is one deploy request.
type deployment struct {
	by      schema.RecordID
	opts    options
	archive []byte // of a validation, for a quick deployment
	cancel  context.CancelFunc
	ended   chan struct{} // closed when the deployment is done

	mu     sync.Mutex // guards result
	result result
}

func (d *deployment) now() result {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.result
}

func (d *deployment) started() time.Time { return d.now().Started }

func (d *deployment) change(f func(*result)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f(&d.result)
}

// start begins a deployment and returns at once.
func (a *API) start(by people.User, archive []byte, opts options) *deployment {
	ctx, cancel := context.WithCancel(a.ctx)
	d := &deployment{by: by.ID, opts: opts, cancel: cancel, ended: make(chan struct{}), result: result{
		ID: newID("0Af"), Status: "Pending", Options: opts, Created: a.cfg.Clock.Now(), By: by.Name, CreatedBy: by.ID,
	}}
	if opts.CheckOnly {
		d.archive = archive
	}
	a.mu.Lock()
	a.deploys[d.result.ID] = d
	a.remember(d.result.ID)
	a.mu.Unlock()
	a.work.Go(func() {
		defer close(d.ended)
		defer cancel()
		a.run(ctx, d, archive, opts)
	})
	return d
}

func (a *API) find(id string) (*deployment, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	d, ok := a.deploys[string(schema.To18(id))]
	if !ok {
		return nil, edge.ErrNoResource
	}
	return d, nil
}

// quick deploys what a validation found good.
func (a *API) quick(by people.User, id string) (*deployment, error) {
	d, err := a.find(id)
	if err != nil {
		return nil, err
	}
	if now := d.now(); !now.Validated {
		return nil, &schema.Error{Code: "INVALID_ID_FIELD", Message: "Cannot quick deploy: " + now.ID +
			" is not a successful validation", Status: http.StatusBadRequest}
	}
	opts := d.opts
	opts.CheckOnly = false
	return a.start(by, d.archive, opts), nil
}

// abort stops a deployment that is under way; what it wrote is undone.
func (a *API) abort(by people.User, id string) (*deployment, error) {
	d, err := a.find(id)
	if err != nil {
		return nil, err
	}
	if d.now().Done {
		return nil, &schema.Error{Code: "INVALID_ID_FIELD", Message: "Deployment already completed", Status: http.StatusBadRequest}
	}
	d.change(func(r *result) { r.Status, r.Canceler, r.CancelerID = "Canceling", by.Name, by.ID })
	d.cancel()
	return d, nil
}
