package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/fault"
)

// FlowList are the CTI flows of the org.
type FlowList struct {
	Flows []versions.Entry `json:"flows"`
}

// FlowActivation is which version of a flow is to be the active one.
type FlowActivation struct {
	Version int `json:"version"`
	versions.Change
}

// FlowTypes are what types of flows that nobody knows stand for.
type FlowTypes struct {
	Types versions.Types `json:"types"`
}

// FlowTypesSet is in how many adapter records they stand now.
type FlowTypesSet struct {
	Records int `json:"records"`
}

var errNoFlows = fault.New(fault.Denied, nil,
	"Only administrators change CTI flows: ask for the permission set AC_Administrator.")

func (a *Admin) flows(ctx context.Context, _ person, _ *http.Request) (any, error) {
	all, err := a.cfg.Flows.List(ctx)
	return FlowList{all}, err
}

func (a *Admin) flow(ctx context.Context, _ person, r *http.Request) (any, error) {
	return a.cfg.Flows.History(ctx, r.PathValue("flow"))
}

// flowFile answers GET flows/{flow}/file?version=N; without a version it is the active one.
func (a *Admin) flowFile(ctx context.Context, _ person, r *http.Request) (any, error) {
	number := 0
	if text := r.URL.Query().Get("version"); text != "" {
		var err error
		if number, err = strconv.Atoi(text); err != nil || number < 1 {
			return nil, fault.New(fault.Invalid, err, "version is a whole number from 1.")
		}
	}
	return a.cfg.Flows.File(ctx, r.PathValue("flow"), number)
}

// pushFlow answers POST flows.
func (a *Admin) pushFlow(ctx context.Context, p person, r *http.Request) (any, error) {
	var in versions.Push
	if err := flowBody(r, &in); err != nil {
		return nil, err
	}
	in.By = p.author(in.By)
	out, err := a.cfg.Flows.Push(ctx, in)
	a.changed(ctx, out, err)
	return out, err
}

// activateFlow answers POST flows/{flow}/activate.
func (a *Admin) activateFlow(ctx context.Context, p person, r *http.Request) (any, error) {
	var in FlowActivation
	if err := flowBody(r, &in); err != nil {
		return nil, err
	}
	in.By = p.author(in.By)
	out, err := a.cfg.Flows.Activate(ctx, r.PathValue("flow"), in.Version, in.Change)
	a.changed(ctx, out, err)
	return out, err
}

// changed tells of a flow that was changed, and has it run at once.
func (a *Admin) changed(ctx context.Context, out versions.Outcome, err error) {
	if err != nil || !out.Saved {
		return
	}
	a.cfg.Log.InfoContext(ctx, "flow saved", "flow", out.Flow.Name, "version", out.Version.Number, "active", out.Version.Active, "by",
		out.Version.Author)
	a.cfg.FlowsChanged(ctx)
}

// setFlowTypes answers POST flow-types.
func (a *Admin) setFlowTypes(ctx context.Context, p person, r *http.Request) (any, error) {
	var in FlowTypes
	if err := flowBody(r, &in); err != nil {
		return nil, err
	}
	n, err := a.cfg.Flows.SetTypes(ctx, in.Types)
	if err == nil {
		a.cfg.Log.InfoContext(ctx, "map of flows' types set", "types", len(in.Types), "by", p.name)
		a.cfg.FlowsChanged(ctx)
	}
	return FlowTypesSet{n}, err
}

func flowBody(r *http.Request, into any) error {
	in := json.NewDecoder(r.Body)
	in.DisallowUnknownFields()
	if err := in.Decode(into); err != nil {
		return fault.New(fault.Invalid, err, "What was sent cannot be read, or is too large: patchcord and adapter may be of different versions.")
	}
	return nil
}

// author is who a change is said to be of: who signed in, or on the machine itself whoever says so.
func (p person) author(said string) string {
	if p.user != "" || said == "" {
		return p.name
	}
	return said
}
