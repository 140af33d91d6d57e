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
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/connect/iam"
)

const maxBody = 1 << 20

// Config is what the API needs.
type Config struct {
	Centre *connect.Centre
	Origin string // the instance's access URL
	Clock  clock.Clock
	Log    *slog.Logger
	// Policy says what the access key may do; nil allows it everything.
	Policy *iam.Policy
	// Unlimited drops the quotas of requests; for tests of other things.
	Unlimited bool
}

type server struct {
	cfg    Config
	limits *limits
}

// entry is an object of the wire, whose members are the service's.
type entry = map[string]any

// Failure is a modelled error. Source: Amazon Connect API reference, table of exceptions.
type Failure struct {
	Status  int
	Name    string
	Message string
	More    map[string]any // further members of the body
}

// Error is the message.
func (f *Failure) Error() string { return f.Message }

func failure(status int, name, message string) error {
	return &Failure{Status: status, Name: name, Message: message}
}

func badParameter(message string) error {
	return failure(http.StatusBadRequest, "InvalidParameterException", message)
}

// refusals are the core's reasons as the service has them.
var refusals = []struct {
	why    error
	status int
	name   string
}{
	{connect.ErrInvalidFlow, http.StatusBadRequest, "InvalidContactFlowException"},
	{connect.ErrInvalid, http.StatusBadRequest, "InvalidParameterException"},
	{connect.ErrBadEndpoint, http.StatusBadRequest, "InvalidParameterException"},
	{connect.ErrMissing, http.StatusNotFound, "ResourceNotFoundException"},
	{connect.ErrNoAgent, http.StatusNotFound, "ResourceNotFoundException"},
	{connect.ErrNoContact, http.StatusNotFound, "ResourceNotFoundException"},
	{connect.ErrNoStatus, http.StatusNotFound, "ResourceNotFoundException"},
	{connect.ErrOutOfTurn, http.StatusBadRequest, "InvalidRequestException"},
	{connect.ErrExists, http.StatusConflict, "DuplicateResourceException"},
	{connect.ErrInUse, http.StatusConflict, "ResourceInUseException"},
	{connect.ErrTooMany, http.StatusTooManyRequests, "LimitExceededException"},
	{connect.ErrDenied, http.StatusForbidden, "AccessDeniedException"},
}

// refused puts an error into the service's words; nil for one that is our own mistake.
func refused(err error) *Failure {
	if f, ok := errors.AsType[*Failure](err); ok {
		return f
	}
	for _, row := range refusals {
		if !errors.Is(err, row.why) {
			continue
		}
		f := &Failure{Status: row.status, Name: row.name, Message: err.Error(), More: entry{}}
		if r, ok := errors.AsType[*connect.Refusal](err); ok {
			if r.Field != "" {
				f.More["Field"] = r.Field
			}
			if len(r.Problems) > 0 {
				problems := []entry{}
				for _, p := range r.Problems {
					problems = append(problems, entry{"message": p})
				}
				f.More["problems"] = problems
			}
		}
		return f
	}
	return nil
}

// resources are what paths of the API begin with. Source: the service's model.
var resources = strings.Fields(`
	agent-status analytics-data associate-security-profiles attached-files attached-files-configurations
	authentication-profiles authentication-profiles-summary chat-integration-event contact contact-evaluations
	contact-flow-modules contact-flow-modules-summary contact-flows contact-flows-summary contacts data-tables
	default-vocabulary default-vocabulary-summary disassociate-security-profiles effective-hours-of-operations
	email-addresses entity-security-profiles-summary evaluation-forms flow-associations flow-associations-batch
	flow-associations-summary hours-of-operations hours-of-operations-summary instance metrics notifications
	phone-number phone-numbers-summary predefined-attributes prompts prompts-summary push-notification queues
	queues-summary quick-connects routing-profiles routing-profiles-summary rules security-profiles
	security-profiles-applications security-profiles-flow-modules security-profiles-permissions
	security-profiles-summary tags test-case-executions test-cases test-cases-summary traffic-distribution
	traffic-distribution-group traffic-distribution-groups user user-hierarchy-groups user-hierarchy-groups-summary
	user-hierarchy-structure users users-summary views vocabulary vocabulary-remove vocabulary-summary workspaces`)

// Route gives requests of the API to it and all others to next. A request is the API's by its path, or because it is signed for it.
func Route(public, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
		if strings.HasPrefix(r.Header.Get("Authorization"), algorithm) || slices.Contains(resources, first) ||
			strings.HasPrefix(first, "search-") {
			public.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Handlers are two doors to the same operations: public checks signatures and throttles; plain leaves both to who calls it, such as the
// console, which has checked who asks and what they may.
func Handlers(cfg Config) (public, plain http.Handler) {
	s := &server{cfg: cfg, limits: newLimits(cfg.Clock)}
	return s.handler(s.signed), s.handler(func(*http.Request, string, []byte) error { return nil })
}

// guard lets a request of an operation through.
type guard func(r *http.Request, operation string, body []byte) error

var errNoOperation = failure(http.StatusNotFound, "ResourceNotFoundException", "the sandbox has no such operation")

func (s *server) handler(pass guard) http.Handler {
	nowhere := s.op(pass, "/", func(call) (any, error) { return nil, errNoOperation })
	mux := http.NewServeMux()
	mux.HandleFunc("/", nowhere)
	for pattern, do := range s.routes() {
		mux.HandleFunc(pattern, s.op(pass, pattern, do))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path.Clean(r.URL.Path) != r.URL.Path { // a mux would redirect, and a client cannot follow with its signature
			nowhere(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// call is one request that was let through.
type call struct {
	r    *http.Request
	body []byte
}

// op lets a request through or not, runs the operation and writes its answer or its error.
func (s *server) op(pass guard, pattern string, do func(call) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Amzn-RequestId", uuid.NewString())
		out, err := s.checked(w, r, pass, pattern, do)
		if err == nil {
			if out == nil {
				out = struct{}{}
			}
			_ = json.NewEncoder(w).Encode(out)
			return
		}
		f := refused(err)
		if f == nil {
			s.cfg.Log.ErrorContext(r.Context(), "operation failed", "path", r.URL.Path, "err", err)
			f = &Failure{Status: http.StatusInternalServerError, Name: "InternalServiceException", Message: "something went wrong"}
		}
		body := entry{"__type": f.Name, "Message": f.Message, "message": f.Message}
		maps.Copy(body, f.More)
		w.Header().Set("X-Amzn-ErrorType", f.Name)
		w.WriteHeader(f.Status)
		_ = json.NewEncoder(w).Encode(body)
	}
}

func (s *server) checked(w http.ResponseWriter, r *http.Request, pass guard, pattern string, do func(call) (any, error)) (any, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, failure(http.StatusBadRequest, "InvalidRequestException", "the request is too large")
	}
	if err := pass(r, pattern, body); err != nil {
		return nil, err
	}
	if asked := segment(r.PathValue("instance")); asked != "" {
		if err := s.ours(asked); err != nil {
			return nil, err
		}
	}
	return do(call{r, body})
}

// ours checks that an instance is named which is here, by id or ARN.
func (s *server) ours(asked string) error {
	i := s.cfg.Centre.State().Instance
	if asked == i.ID || asked == i.ARN() {
		return nil
	}
	return failure(http.StatusNotFound, "ResourceNotFoundException", "Instance does not exist: "+asked[:min(len(asked), 120)])
}

// signed checks a request's signature, then what its key may do, then its rate.
func (s *server) signed(r *http.Request, operation string, body []byte) error {
	instance := s.cfg.Centre.State().Instance
	header := r.Header.Get("Authorization")
	given, ok := readSignature(header)
	switch {
	case header == "":
		return failure(http.StatusForbidden, "MissingAuthenticationTokenException", "Missing Authentication Token")
	case !ok || given.key != instance.AccessKeyID:
		return failure(http.StatusForbidden, "UnrecognizedClientException", "The security token included in the request is invalid.")
	case given.service != "connect" || given.region != instance.Region:
		return failure(http.StatusForbidden, "InvalidSignatureException", "Credential should be scoped to a valid region and service.")
	}
	if err := given.verify(r, body, instance.SecretKey, s.cfg.Clock.Now()); err != nil {
		return failure(http.StatusForbidden, "InvalidSignatureException", err.Error())
	}
	if err := s.authorize(r, operation); err != nil {
		return err
	}
	if s.cfg.Unlimited {
		return nil
	}
	return s.limits.take(operation)
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

// listed answers with a page of a list.
func listed[T any](c call, name string, all []T) (any, error) {
	list, next, err := page(c, all)
	return listing(name, list, next), err
}

func listing(name string, list any, next string) entry {
	out := entry{name: list}
	if next != "" {
		out["NextToken"] = next
	}
	return out
}

// segment is a path value as it was before escaping; instances may be named by an escaped ARN.
func segment(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil || strings.Contains(plain, "\x00") {
		return text
	}
	return plain
}

// id is the last part of a resource id, which may be given as an ARN.
func (c call) id() string { return last(segment(c.r.PathValue("id"))) }

func (c call) sub() string { return last(segment(c.r.PathValue("sub"))) }

func last(id string) string { return id[strings.LastIndex(id, "/")+1:] }

func missing(what string) error {
	return failure(http.StatusNotFound, "ResourceNotFoundException", what+" does not exist")
}

// one describes the one of a list that is asked for.
func one[T any](id, what, member string, all []T, key func(T) string, describe func(T) entry) (any, error) {
	for _, r := range all {
		if key(r) == id {
			return entry{member: describe(r)}, nil
		}
	}
	return nil, missing("The " + what)
}

// number is a number in a body, or none.
type number int

// String is "" for none.
func (n number) String() string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// paging is what bodies of searches carry.
type paging struct {
	InstanceId, NextToken string
	MaxResults            number
}

func ids[T ~string](list []T) []string {
	out := []string{}
	for _, id := range list {
		out = append(out, string(id))
	}
	return out
}

func idsOf[T ~string](list []string) []T {
	var out []T
	for _, id := range list {
		out = append(out, T(last(id)))
	}
	return out
}

// set gives a member a value that the request has.
func set[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}

func state(disabled bool) string {
	if disabled {
		return "DISABLED"
	}
	return "ENABLED"
}

func enabled(text string) (disabled bool, err error) {
	if text != "ENABLED" && text != "DISABLED" {
		return false, badParameter("The state must be ENABLED or DISABLED.")
	}
	return text == "DISABLED", nil
}
