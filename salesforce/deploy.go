package salesforce

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// Progress is how far a deployment has come.
type Progress struct {
	Status       string // Pending, InProgress, Succeeded, Failed, …
	Done, Total  int    // components
	ComponentErr int
}

// DeployFailure is one component that could not be deployed.
type DeployFailure struct {
	Type    string `json:"componentType"`
	Name    string `json:"fullName"`
	File    string `json:"fileName"`
	Problem string `json:"problem"`
	Line    int    `json:"lineNumber"`
}

// DeployError says which components failed; nothing of the deployment was kept.
type DeployError struct {
	Status   string
	Message  string
	Failures []DeployFailure
}

// Error names each component with its problem.
func (e *DeployError) Error() string {
	if len(e.Failures) == 0 {
		return fmt.Sprintf("deployment %s: %s", strings.ToLower(e.Status), e.Message)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "deployment %s", strings.ToLower(e.Status))
	for _, f := range e.Failures {
		fmt.Fprintf(&b, "; %s %s: %s", f.Type, f.Name, f.Problem)
	}
	return b.String()
}

type deployResult struct {
	ID     string `json:"id"`
	Result struct {
		Done       bool   `json:"done"`
		Success    bool   `json:"success"`
		Status     string `json:"status"`
		Message    string `json:"errorMessage"`
		Deployed   int    `json:"numberComponentsDeployed"`
		Total      int    `json:"numberComponentsTotal"`
		ErrorCount int    `json:"numberComponentErrors"`
		Details    struct {
			Failures failures `json:"componentFailures"`
		} `json:"details"`
	} `json:"deployResult"`
}

// failures reads a list, or the single value that some servers send instead of a list of one.
type failures []DeployFailure

func (f *failures) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '{' {
		var one DeployFailure
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		*f = failures{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]DeployFailure)(f))
}

const (
	firstPoll = 20 * time.Millisecond
	maxPoll   = 2 * time.Second
)

// deployOptions are what a deployment asks for. Source: Metadata API developer guide, DeployOptions.
type deployOptions struct {
	SinglePackage   bool `json:"singlePackage"`
	RollbackOnError bool `json:"rollbackOnError"`
	CheckOnly       bool `json:"checkOnly"`
}

// Deploy sends a Metadata API archive and waits for its end, all or nothing. told hears of progress and may be nil.
// *DeployError if components fail, ErrOutcomeUnknown if the org began with it and its end cannot be asked for.
// Source: Metadata API developer guide, deploying with REST.
func (c *Client) Deploy(ctx context.Context, archive []byte, told func(Progress)) error {
	return c.deploy(ctx, archive, deployOptions{SinglePackage: true, RollbackOnError: true}, told)
}

// CheckDeploy asks the org whether it would take an archive, with the errors of Deploy; nothing is kept.
func (c *Client) CheckDeploy(ctx context.Context, archive []byte, told func(Progress)) error {
	return c.deploy(ctx, archive, deployOptions{SinglePackage: true, RollbackOnError: true, CheckOnly: true}, told)
}

func (c *Client) deploy(ctx context.Context, archive []byte, options deployOptions, told func(Progress)) error {
	body, kind, err := deployBody(archive, options)
	if err != nil {
		return err
	}
	base := dataPath + "/metadata/deployRequest"
	var started deployResult
	if err := c.send(ctx, request{method: http.MethodPost, path: base, body: body, kind: kind}, &started); err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	for wait := firstPoll; ; wait = min(2*wait, maxPoll) {
		var now deployResult
		if err := c.send(ctx, request{method: http.MethodGet, path: base + "/" + started.ID + "?includeDetails=true"}, &now); err != nil {
			return unsaid("deploy", err)
		}
		r := now.Result
		if told != nil {
			told(Progress{Status: r.Status, Done: r.Deployed, Total: r.Total, ComponentErr: r.ErrorCount})
		}
		if r.Done && r.Success {
			return nil
		}
		if r.Done {
			return &DeployError{Status: r.Status, Message: r.Message, Failures: r.Details.Failures}
		}
		if err := clock.Pause(ctx, c.clock, wait); err != nil {
			return unsaid("deploy", err)
		}
	}
}

// unsaid marks an error that came after the org had begun with what was asked.
func unsaid(what string, err error) error {
	return fmt.Errorf("%s: %w: %w", what, ErrOutcomeUnknown, err)
}

// deployBody is the two-part form: options, then the archive.
func deployBody(archive []byte, options deployOptions) (body []byte, kind string, err error) {
	asked, err := json.Marshal(map[string]deployOptions{"deployOptions": options})
	if err != nil {
		return nil, "", err
	}
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	parts := []struct {
		disposition, kind string
		body              []byte
	}{
		{`form-data; name="json"`, "application/json", asked},
		{`form-data; name="file"; filename="package.zip"`, "application/zip", archive},
	}
	for _, p := range parts {
		w, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {p.disposition}, "Content-Type": {p.kind}})
		if err != nil {
			return nil, "", err
		}
		if _, err := io.Copy(w, bytes.NewReader(p.body)); err != nil {
			return nil, "", err
		}
	}
	if err := form.Close(); err != nil {
		return nil, "", err
	}
	return buf.Bytes(), form.FormDataContentType(), nil
}
