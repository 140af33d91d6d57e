package tooling

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const maxUninstalls = 100 // that are remembered

// uninstall is one request to take a package away. It is over when it is answered.
type uninstall struct {
	id, version schema.RecordID
	problem     string
}

// uninstallPackage is POST …/sobjects/SubscriberPackageVersionUninstallRequest.
func (a *API) uninstallPackage(c call) (answer, error) {
	if err := c.Actor.Require(rights.InstallPackages); err != nil {
		return answer{}, err
	}
	var in struct {
		Version string `json:"SubscriberPackageVersionId"`
	}
	if err := json.Unmarshal(c.Body, &in); err != nil {
		return answer{}, &schema.Error{Code: "JSON_PARSER_ERROR", Message: "expected an object", Status: http.StatusBadRequest}
	}
	version := schema.To18(in.Version)
	installed, err := a.cfg.Packages.Installed(c.Context())
	if err != nil {
		return answer{}, err
	}
	known := false
	for _, p := range installed {
		known = known || p.Version.ID == version
	}
	if !known {
		return answer{}, &schema.Error{Code: "INVALID_CROSS_REFERENCE_KEY", Message: "invalid cross reference id", Status: http.StatusBadRequest}
	}
	done := uninstall{version: version}
	if err := a.cfg.Packages.Uninstall(c.Context(), c.Actor.User().ID, version); err != nil {
		refused, isRefused := errors.AsType[*schema.Error](err)
		if !isRefused {
			return answer{}, err
		}
		done.problem = refused.Message
	}
	a.mu.Lock()
	a.uninstalled++
	done.id = schema.To18(fmt.Sprintf("06yPc0%09d", a.uninstalled))
	a.requests = append(a.requests, done)
	if len(a.requests) > maxUninstalls {
		a.requests = a.requests[1:]
	}
	a.mu.Unlock()
	return answer{Status: http.StatusCreated, Body: map[string]any{"id": done.id, "success": true, "errors": []any{},
		"warnings": []any{}, "infos": []any{}}}, nil
}

func (a *API) uninstalls(context.Context, *crm.Actor) ([]row, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var rows []row
	for _, u := range a.requests {
		status := "Success"
		if u.problem != "" {
			status = "Error"
		}
		rows = append(rows, row{"id": string(u.id), "subscriberpackageversionid": string(u.version), "status": status})
	}
	return rows, nil
}

func (a *API) uninstallErrors(context.Context, *crm.Actor) ([]row, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var rows []row
	for _, u := range a.requests {
		if u.problem != "" {
			rows = append(rows, row{"id": string(u.id), "message": u.problem, "parentrequest.id": string(u.id)})
		}
	}
	return rows, nil
}
