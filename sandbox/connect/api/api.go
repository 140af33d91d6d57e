// Package api is the contact centre's public API: REST-JSON, signed with Signature Version 4.
//
// Read first: Handler, op, operations below it. It changes configuration and reads it; it knows no calls' audio.
// Source: connect-public-api.md.
package api

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

const maxBody = 1 << 20

// Config is what the API needs.
type Config struct {
	Centre *connect.Centre
	Origin string // the instance's access URL
	Clock  clock.Clock
	Log    *slog.Logger
}

type server struct{ cfg Config }

// Failure is a modelled error. Source: connect-public-api.md §1, table of exceptions.
type Failure struct {
	Status  int
	Name    string
	Message string
}

// Error is the message.
func (f *Failure) Error() string { return f.Message }

func failure(status int, name, message string) error { return &Failure{status, name, message} }

// Patterns is where Handler is to be mounted.
var Patterns = []string{"/instance", "/instance/", "/agent-status/", "/users-summary/", "/queues-summary/"}

// Handler serves the API.
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	mux := http.NewServeMux()
	for pattern, do := range map[string]func(call) (any, error){
		"GET /instance":                               s.listInstances,
		"GET /instance/{instance}":                    s.describeInstance,
		"GET /instance/{instance}/approved-origins":   s.listOrigins,
		"PUT /instance/{instance}/approved-origin":    s.approve,
		"DELETE /instance/{instance}/approved-origin": s.disapprove,
		"GET /agent-status/{instance}":                s.listStatuses,
		"PUT /agent-status/{instance}":                s.createStatus,
		"GET /users-summary/{instance}":               s.listUsers,
		"GET /queues-summary/{instance}":              s.listQueues,
		"/": func(call) (any, error) {
			return nil, failure(http.StatusNotFound, "ResourceNotFoundException", "the sandbox has no such operation")
		},
	} {
		mux.HandleFunc(pattern, s.op(do))
	}
	return mux
}

// call is one signed request.
type call struct {
	r    *http.Request
	body []byte
}

// op checks signature and instance, runs the operation and writes its answer or its error.
func (s *server) op(do func(call) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Amzn-RequestId", uuid.NewString())
		out, err := s.checked(w, r, do)
		if err == nil {
			if out == nil {
				out = struct{}{}
			}
			_ = json.NewEncoder(w).Encode(out)
			return
		}
		f, known := errors.AsType[*Failure](err)
		if !known {
			s.cfg.Log.ErrorContext(r.Context(), "operation failed", "path", r.URL.Path, "err", err)
			f = &Failure{http.StatusInternalServerError, "InternalServiceException", "something went wrong"}
		}
		w.Header().Set("X-Amzn-ErrorType", f.Name)
		w.WriteHeader(f.Status)
		_ = json.NewEncoder(w).Encode(map[string]string{"__type": f.Name, "Message": f.Message, "message": f.Message})
	}
}

func (s *server) checked(w http.ResponseWriter, r *http.Request, do func(call) (any, error)) (any, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, failure(http.StatusBadRequest, "InvalidRequestException", "the request is too large")
	}
	instance := s.cfg.Centre.State().Instance
	header := r.Header.Get("Authorization")
	given, ok := readSignature(header)
	switch {
	case header == "":
		return nil, failure(http.StatusForbidden, "MissingAuthenticationTokenException", "Missing Authentication Token")
	case !ok || given.key != instance.AccessKeyID:
		return nil, failure(http.StatusForbidden, "UnrecognizedClientException", "The security token included in the request is invalid.")
	case given.service != "connect" || given.region != instance.Region || !given.verify(r, body, instance.SecretKey, s.cfg.Clock.Now()):
		return nil, failure(http.StatusForbidden, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.")
	}
	if asked := segment(r.PathValue("instance")); asked != "" && asked != instance.ID && asked != instance.ARN() {
		return nil, failure(http.StatusNotFound, "ResourceNotFoundException", "Instance does not exist: "+asked[:min(len(asked), 120)])
	}
	return do(call{r, body})
}

func decode[T any](c call) (T, error) {
	var in T
	if err := json.Unmarshal(c.body, &in); err != nil {
		return in, failure(http.StatusBadRequest, "InvalidRequestException", "the body is not JSON of the expected shape")
	}
	return in, nil
}

// page cuts a list by maxResults and nextToken, which is where it goes on.
func page[T any](c call, all []T) (part []T, next string, err error) {
	size, from := 1000, 0
	q := c.r.URL.Query()
	if text := q.Get("maxResults"); text != "" {
		if size, err = strconv.Atoi(text); err != nil || size < 1 || size > 1000 {
			return nil, "", failure(http.StatusBadRequest, "InvalidParameterException", "maxResults must be between 1 and 1000")
		}
	}
	if text := q.Get("nextToken"); text != "" {
		if from, err = strconv.Atoi(text); err != nil || from < 0 || from > len(all) {
			return nil, "", failure(http.StatusBadRequest, "InvalidParameterException", "nextToken is not one of ours")
		}
	}
	end := min(from+size, len(all))
	if end < len(all) {
		next = strconv.Itoa(end)
	}
	part = slices.Clone(all[from:end])
	if part == nil {
		part = []T{}
	}
	return part, next, nil
}

func listing(name string, list any, next string) map[string]any {
	out := map[string]any{name: list}
	if next != "" {
		out["NextToken"] = next
	}
	return out
}

func (s *server) summary() map[string]any {
	i := s.cfg.Centre.State().Instance
	return map[string]any{
		"Id": i.ID, "Arn": i.ARN(), "InstanceAlias": i.Alias, "IdentityManagementType": "CONNECT_MANAGED", "CreatedTime": i.Created.Unix(), "InstanceStatus": "ACTIVE",
		"InboundCallsEnabled": true, "OutboundCallsEnabled": true, "ServiceRole": "arn:aws:iam::" + i.Account + ":role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect", "InstanceAccessUrl": s.cfg.Origin,
	}
}

func (s *server) listInstances(c call) (any, error) {
	list, next, err := page(c, []map[string]any{s.summary()})
	return listing("InstanceSummaryList", list, next), err
}

func (s *server) describeInstance(call) (any, error) {
	return map[string]any{"Instance": s.summary()}, nil
}

func (s *server) listOrigins(c call) (any, error) {
	list, next, err := page(c, s.cfg.Centre.State().Origins)
	return listing("Origins", list, next), err
}

func (s *server) approve(c call) (any, error) {
	in, err := decode[struct{ Origin string }](c)
	if err != nil {
		return nil, err
	}
	switch err := s.cfg.Centre.ApproveOrigin(in.Origin); {
	case errors.Is(err, connect.ErrExists):
		return nil, failure(http.StatusConflict, "ResourceConflictException", "the origin is approved already")
	case errors.Is(err, connect.ErrOutOfTurn):
		return nil, failure(http.StatusBadRequest, "InvalidParameterException", "Origin must be a scheme and a host, without a path")
	default:
		return nil, err
	}
}

func (s *server) disapprove(c call) (any, error) {
	return nil, s.cfg.Centre.DisapproveOrigin(c.r.URL.Query().Get("origin"))
}

func (s *server) listStatuses(c call) (any, error) {
	st := s.cfg.Centre.State()
	kinds := map[connect.StatusType]string{connect.Routable: "ROUTABLE", connect.Offline: "OFFLINE", connect.NotRoutable: "CUSTOM"}
	wanted := c.r.URL.Query()["AgentStatusTypes"]
	var all []map[string]any
	for _, status := range st.Statuses {
		if len(wanted) == 0 || slices.Contains(wanted, kinds[status.Type]) {
			all = append(all, map[string]any{"Id": status.ID, "Arn": st.Instance.StatusARN(status.ID), "Name": status.Name, "Type": kinds[status.Type]})
		}
	}
	list, next, err := page(c, all)
	return listing("AgentStatusSummaryList", list, next), err
}

func (s *server) createStatus(c call) (any, error) {
	in, err := decode[struct{ Name, Description, State string }](c)
	if err != nil {
		return nil, err
	}
	made, err := s.cfg.Centre.CreateStatus(in.Name, in.Description)
	switch {
	case errors.Is(err, connect.ErrExists):
		return nil, failure(http.StatusConflict, "DuplicateResourceException", "an agent status of this name exists")
	case errors.Is(err, connect.ErrOutOfTurn):
		return nil, failure(http.StatusBadRequest, "InvalidParameterException", "Name must have 1 to 127 characters")
	}
	return map[string]any{"AgentStatusId": made.ID, "AgentStatusARN": s.cfg.Centre.State().Instance.StatusARN(made.ID)}, err
}

func (s *server) listUsers(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []map[string]any
	for _, u := range st.Users {
		all = append(all, map[string]any{"Id": u.ID, "Arn": st.Instance.AgentARN(u.ID), "Username": u.Username})
	}
	list, next, err := page(c, all)
	return listing("UserSummaryList", list, next), err
}

func (s *server) listQueues(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []map[string]any
	for _, q := range st.Queues {
		all = append(all, map[string]any{"Id": q.ID, "Arn": st.Instance.QueueARN(q.ID), "Name": q.Name, "QueueType": "STANDARD"})
	}
	list, next, err := page(c, all)
	return listing("QueueSummaryList", list, next), err
}

func itoa(n int64) string { return strconv.FormatInt(max(n, 0), 10) }

// segment is a path value as it was before escaping; instances may be named by an escaped ARN.
func segment(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil || strings.Contains(plain, "\x00") {
		return text
	}
	return plain
}
