package metadata

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Progress is how far a deployment that Deploy began has come.
type Progress struct {
	Done, Success   bool
	Total, Deployed int
	Problems        []string     // each names its component
	Components      []Identified // what was deployed, once it is done
}

// Identified names one component.
type Identified struct{ Type, FullName string }

// Deploy begins the deployment of an archive for a user whose rights the caller has checked; it returns at once.
func (a *API) Deploy(by people.User, archive []byte) (id string) {
	return a.start(by, archive, options{SinglePackage: true, RollbackOnError: true}).now().ID
}

// Apply puts components in within the transaction of an actor whose rights the caller has checked; files are named as in an archive. An
// error that is a *schema.Error says for people what is wrong; after any error the caller gives its transaction up. The caller writes the
// entry of the audit trail.
func (a *API) Apply(ctx context.Context, actor *crm.Actor, files map[string][]byte) error {
	d := &deployment{by: actor.User().ID, result: result{Started: a.cfg.Clock.Now()}}
	parts, failures := archive(files).parts()
	d.change(func(r *result) { r.Failures = failures })
	in := a.installer(actor, d, manifest{}, options{RollbackOnError: true})
	in.untold = true
	if err := in.all(ctx, files, parts); err != nil {
		return err
	}
	if p := d.now().progress(); len(p.Problems) > 0 {
		return &schema.Error{Status: http.StatusBadRequest, Code: "INVALID_FIELD", Message: strings.Join(p.Problems, "\n")}
	}
	return nil
}

// Progress looks at a deployment; false if it is not remembered.
func (a *API) Progress(id string) (Progress, bool) {
	d, err := a.find(id)
	if err != nil {
		return Progress{}, false
	}
	return d.now().progress(), true
}

func (r result) progress() Progress {
	p := Progress{Done: r.Done, Success: r.Success, Total: r.Total, Deployed: r.Deployed}
	if r.Message != "" {
		p.Problems = append(p.Problems, r.Message)
	}
	for _, f := range r.Failures {
		p.Problems = append(p.Problems, fmt.Sprintf("%s %s: %s", f.ComponentType, f.FullName, f.Problem))
	}
	for _, s := range r.Successes {
		if s.ComponentType == "" {
			continue // package.xml
		}
		p.Components = append(p.Components, Identified{s.ComponentType, s.FullName})
	}
	return p
}

// Wait returns when a deployment has ended, or with the context's error.
func (a *API) Wait(ctx context.Context, id string) error {
	d, err := a.find(id)
	if err != nil {
		return nil // what is forgotten has ended
	}
	select {
	case <-d.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
