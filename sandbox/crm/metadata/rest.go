package metadata

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// restDeploy is POST …/deployRequest: a form of two parts, options as JSON and the archive; or JSON that names a validation.
func (a *API) restDeploy(w http.ResponseWriter, r *http.Request) {
	actor, err := a.who(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/json" {
		var in struct {
			Validated string `json:"validatedDeployRequestId"`
		}
		if err := json.NewDecoder(io.LimitReader(r.Body, 64<<10)).Decode(&in); err != nil || in.Validated == "" {
			a.refuse(w, r, &schema.Error{Code: "JSON_PARSER_ERROR", Message: "expected validatedDeployRequestId", Status: http.StatusBadRequest})
			return
		}
		d, err := a.quick(actor.User(), in.Validated)
		if err != nil {
			a.refuse(w, r, err)
			return
		}
		respond(w, http.StatusCreated, map[string]any{"id": d.now().ID, "validatedDeployRequestId": in.Validated,
			"deployResult": d.now().json(true)})
		return
	}
	archive, opts, err := readForm(r)
	if err != nil {
		a.refuse(w, r, &schema.Error{Code: "INVALID_MULTIPART_REQUEST", Message: err.Error(), Status: http.StatusBadRequest})
		return
	}
	d := a.start(actor.User(), archive, opts)
	respond(w, http.StatusCreated, map[string]any{"id": d.now().ID, "validatedDeployRequestId": nil,
		"deployOptions": opts, "deployResult": d.now().json(true)})
}

func readForm(r *http.Request) (archive []byte, opts options, err error) {
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
		if err := json.Unmarshal(content, &wrapped); err != nil {
			return nil, opts, fmt.Errorf("the part %.40s is not the JSON of deployOptions", part.FormName())
		}
		opts = wrapped.Options
	}
	if archive == nil {
		return nil, opts, errors.New("the part named file is missing")
	}
	return archive, opts, nil
}

func (a *API) restStatus(w http.ResponseWriter, r *http.Request) {
	_, err := a.who(r)
	var d *deployment
	if err == nil {
		d, err = a.find(r.PathValue("id"))
	}
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	now := d.now()
	respond(w, http.StatusOK, map[string]any{"id": now.ID, "url": r.URL.Path,
		"deployResult": now.json(r.URL.Query().Get("includeDetails") == "true")})
}

// restCancel is PATCH …/deployRequest/<id> with the status Canceling.
func (a *API) restCancel(w http.ResponseWriter, r *http.Request) {
	actor, err := a.who(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	var in struct {
		Result struct {
			Status string `json:"status"`
		} `json:"deployResult"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&in); err != nil || in.Result.Status != "Canceling" {
		a.refuse(w, r, &schema.Error{Code: "JSON_PARSER_ERROR", Message: "expected the status Canceling", Status: http.StatusBadRequest})
		return
	}
	d, err := a.abort(actor.User(), r.PathValue("id"))
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	respond(w, http.StatusAccepted, map[string]any{"id": d.now().ID, "url": r.URL.Path, "deployResult": d.now().json(true)})
}

func when(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(records.DateTime)
}

// json is the result as the REST form writes it; components only where they were asked for.
func (r result) json(details bool) map[string]any {
	list := func(m []message) []message {
		if m == nil || !details {
			return []message{}
		}
		return sortMessages(m)
	}
	out := map[string]any{
		"id": r.ID, "status": r.Status, "done": r.Done, "success": r.Success, "checkOnly": r.Options.CheckOnly,
		"ignoreWarnings":  r.Options.IgnoreWarnings,
		"rollbackOnError": r.Options.RollbackOnError, "runTestsEnabled": false, "numberComponentsTotal": r.Total,
		"numberComponentsDeployed": r.Deployed,
		"numberComponentErrors":    r.Errors, "numberTestsTotal": 0, "numberTestsCompleted": 0, "numberTestErrors": 0,
		"createdDate": when(r.Created), "startDate": when(r.Started),
		"completedDate": when(r.Completed), "lastModifiedDate": when(r.changed()), "createdBy": r.CreatedBy,
		"createdByName": r.By, "errorMessage": nullable(r.Message),
		"errorStatusCode": nullable(r.Code), "stateDetail": nil,
		"details": map[string]any{"componentSuccesses": list(r.Successes), "componentFailures": list(r.Failures), "retrieveResult": nil,
			"runTestResult": map[string]any{"numFailures": 0, "numTestsRun": 0, "totalTime": 0.0, "codeCoverage": []any{},
				"codeCoverageWarnings": []any{}, "failures": []any{}, "successes": []any{}}},
	}
	if r.Canceler != "" {
		out["canceledBy"], out["canceledByName"] = r.CancelerID, r.Canceler
	}
	return out
}

// changed is when a deployment last came further.
func (r result) changed() time.Time {
	for _, at := range []time.Time{r.Completed, r.Started} {
		if !at.IsZero() {
			return at
		}
	}
	return r.Created
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
	e := edge.Platform(r.Context(), a.cfg.Log, err)
	respond(w, e.Status, []map[string]string{{"message": e.Message, "errorCode": e.Code}})
}
