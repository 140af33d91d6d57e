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
	"path"
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

// resources are what paths of the API begin with. Source: the service's model.
var resources = strings.Fields(`agent-status analytics-data associate-security-profiles attached-files attached-files-configurations authentication-profiles
authentication-profiles-summary chat-integration-event contact contact-evaluations contact-flow-modules contact-flow-modules-summary contact-flows contact-flows-summary
contacts data-tables default-vocabulary default-vocabulary-summary disassociate-security-profiles effective-hours-of-operations email-addresses
entity-security-profiles-summary evaluation-forms flow-associations flow-associations-batch flow-associations-summary hours-of-operations hours-of-operations-summary
instance metrics notifications phone-number phone-numbers-summary predefined-attributes prompts prompts-summary push-notification queues queues-summary quick-connects
routing-profiles routing-profiles-summary rules security-profiles security-profiles-applications security-profiles-flow-modules security-profiles-permissions
security-profiles-summary tags test-case-executions test-cases test-cases-summary traffic-distribution traffic-distribution-group traffic-distribution-groups user
user-hierarchy-groups user-hierarchy-groups-summary user-hierarchy-structure users users-summary views vocabulary vocabulary-remove vocabulary-summary workspaces`)

// Route gives requests of the API to it and all others to next. A request is the API's by its path, or because it is signed for it.
func Route(public, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
		if strings.HasPrefix(r.Header.Get("Authorization"), algorithm) || slices.Contains(resources, first) || strings.HasPrefix(first, "search-") {
			public.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Handler serves the API.
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	mux := http.NewServeMux()
	for pattern, do := range map[string]func(call) (any, error){
		"GET /instance":                                s.listInstances,
		"GET /instance/{instance}":                     s.describeInstance,
		"GET /instance/{instance}/attributes":          s.listAttributes,
		"GET /instance/{instance}/attribute/{id}":      s.describeAttribute,
		"GET /instance/{instance}/approved-origins":    s.listOrigins,
		"PUT /instance/{instance}/approved-origin":     s.approve,
		"DELETE /instance/{instance}/approved-origin":  s.disapprove,
		"GET /agent-status/{instance}":                 s.listStatuses,
		"PUT /agent-status/{instance}":                 s.createStatus,
		"GET /agent-status/{instance}/{id}":            s.describeStatus,
		"GET /users-summary/{instance}":                s.listUsers,
		"GET /users/{instance}/{id}":                   s.describeUser,
		"GET /security-profiles-summary/{instance}":    s.listSecurityProfiles,
		"GET /security-profiles/{instance}/{id}":       s.describeSecurityProfile,
		"GET /queues-summary/{instance}":               s.listQueues,
		"GET /queues/{instance}/{id}":                  s.describeQueue,
		"GET /routing-profiles-summary/{instance}":     s.listRoutingProfiles,
		"GET /routing-profiles/{instance}/{id}":        s.describeRoutingProfile,
		"GET /routing-profiles/{instance}/{id}/queues": s.listRoutingProfileQueues,
		"GET /hours-of-operations-summary/{instance}":  s.listHours,
		"GET /hours-of-operations/{instance}/{id}":     s.describeHours,
		"GET /phone-numbers-summary/{instance}":        s.listNumbers,
		"POST /phone-number/list":                      s.listNumbersV2,
		"GET /phone-number/{id}":                       s.describeNumber,
		"/": func(call) (any, error) {
			return nil, failure(http.StatusNotFound, "ResourceNotFoundException", "the sandbox has no such operation")
		},
	} {
		mux.HandleFunc(pattern, s.op(do))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path.Clean(r.URL.Path) != r.URL.Path { // a mux would redirect, and a client cannot follow with its signature
			s.op(func(call) (any, error) {
				return nil, failure(http.StatusNotFound, "ResourceNotFoundException", "the sandbox has no such operation")
			})(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
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
	case given.service != "connect" || given.region != instance.Region:
		return nil, failure(http.StatusForbidden, "InvalidSignatureException", "Credential should be scoped to a valid region and service.")
	}
	if err := given.verify(r, body, instance.SecretKey, s.cfg.Clock.Now()); err != nil {
		return nil, failure(http.StatusForbidden, "InvalidSignatureException", err.Error())
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
	q := c.r.URL.Query()
	return cut(all, q.Get("maxResults"), q.Get("nextToken"), 1000)
}

func cut[T any](all []T, maxResults, nextToken string, most int) (part []T, next string, err error) {
	size, from := most, 0
	if text := maxResults; text != "" {
		if size, err = strconv.Atoi(text); err != nil || size < 1 || size > most {
			return nil, "", failure(http.StatusBadRequest, "InvalidParameterException", "MaxResults must be between 1 and "+strconv.Itoa(most))
		}
	}
	if text := nextToken; text != "" {
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

func itoa(n int64) string { return strconv.FormatInt(max(n, 0), 10) }

// segment is a path value as it was before escaping; instances may be named by an escaped ARN.
func segment(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil || strings.Contains(plain, "\x00") {
		return text
	}
	return plain
}

// id is the last part of a resource id, which may be given as an ARN.
func (c call) id() string {
	id := segment(c.r.PathValue("id"))
	return id[strings.LastIndex(id, "/")+1:]
}

func missing(what string) error {
	return failure(http.StatusNotFound, "ResourceNotFoundException", what+" does not exist")
}

// found describes the one of a list that is asked for.
func found[T any](c call, what, member string, all []T, id func(T) string, describe func(T) map[string]any) (any, error) {
	for _, one := range all {
		if id(one) == c.id() {
			return map[string]any{member: describe(one)}, nil
		}
	}
	return nil, missing(what)
}
