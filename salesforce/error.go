package salesforce

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ErrExpired means that the session is over and cannot be renewed: the person has to sign in again.
var ErrExpired = errors.New("session expired")

// ErrUnreachable means that no whole answer came: the org could not be reached, was cut off in mid-answer, or somebody else answered in
// its place. What was asked may have been done.
var ErrUnreachable = errors.New("the org cannot be reached")

// ErrOutcomeUnknown means that the org took what was asked and then would not say what became of it: it may be done, or
// be done later.
var ErrOutcomeUnknown = errors.New("the org took it, but does not say what became of it")

// unreachable marks what went wrong below HTTP. The address is left out: its query may hold data of people.
func unreachable(method, path string, err error) error {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err
	}
	return fmt.Errorf("%s %s: %w: %w", method, path, ErrUnreachable, err)
}

// unread is the error of an answer that cannot be read. One that is no JSON at all is not the platform's: while an org is being maintained,
// or cannot be reached from a proxy, a page for people stands in its place, whatever its status.
func unread(method, path string, answer []byte, err error) error {
	if !json.Valid(answer) {
		return unreachable(method, path, err)
	}
	return fmt.Errorf("%s %s: %w", method, path, err)
}

// Error is what the platform answered: its own code and sentence. Source: REST API developer guide, status codes and error responses.
type Error struct {
	Status  int    // HTTP status
	Code    string // such as REQUIRED_FIELD_MISSING; for OAuth such as invalid_grant
	Message string
	Fields  []string // API names of the fields at fault, if it said
	Request string   // method and path
	// RetryAfter is how long the platform asked to be left alone; 0 if it did not say.
	RetryAfter time.Duration
}

// Error names the request, the code and the sentence.
func (e *Error) Error() string {
	return fmt.Sprintf("%s: %d %s: %s", e.Request, e.Status, e.Code, e.Message)
}

// ErrorCode is the platform's code, for who shows errors of several platforms.
func (e *Error) ErrorCode() string { return e.Code }

// ErrorMessage is the platform's sentence.
func (e *Error) ErrorMessage() string { return e.Message }

// Passing says that the same request may succeed later.
func (e *Error) Passing() bool {
	return e.Status >= 500 || e.Status == http.StatusTooManyRequests ||
		e.Code == "REQUEST_LIMIT_EXCEEDED" || e.Code == "UNABLE_TO_LOCK_ROW" || e.isAtIt()
}

// isAtIt says that the org is still busy with an earlier request with the same refresh token, for whose answer nobody may wait any more:
// the token is good. Source: release notes, Winter '25, error response of the refresh token flow to simultaneous requests.
func (e *Error) isAtIt() bool {
	return e.Code == "invalid_grant" && strings.Contains(e.Message, "already being processed")
}

// staleSession says that a new session may help. The OAuth endpoints answer 403 to a token that is over.
// Source: Mobile SDK, which refreshes after either.
func (e *Error) staleSession() bool {
	over := e.Status == http.StatusForbidden && strings.Contains(e.Message, "Bad_OAuth_Token")
	return over || e.Status == http.StatusUnauthorized
}

// IsCode says whether err is the platform's error of one of these codes.
func IsCode(err error, codes ...string) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}

// NoAPI says whether the platform refused a user the API itself, as for a profile with minimum access that no permission set widens.
// Source: REST API developer guide, Status Codes and Error Responses.
func NoAPI(err error) bool { return IsCode(err, "API_CURRENTLY_DISABLED", "API_DISABLED_FOR_ORG") }

// decodeError reads the shapes an error comes in: a list of {errorCode, message, fields}, or OAuth's {error, error_description}.
func decodeError(status int, method, path string, body []byte) *Error {
	e := &Error{Status: status, Request: method + " " + path}
	var list []struct {
		Code    string   `json:"errorCode"`
		Message string   `json:"message"`
		Fields  []string `json:"fields"`
	}
	if json.Unmarshal(body, &list) == nil && len(list) > 0 {
		e.Code, e.Message, e.Fields = list[0].Code, list[0].Message, list[0].Fields
		return e
	}
	var oauth struct {
		Code    string `json:"error"`
		Message string `json:"error_description"`
	}
	if json.Unmarshal(body, &oauth) == nil && oauth.Code != "" {
		e.Code, e.Message = oauth.Code, oauth.Message
		return e
	}
	text := strings.TrimSpace(string(body[:min(len(body), 200)]))
	e.Code, e.Message = strings.ToUpper(strings.ReplaceAll(http.StatusText(status), " ", "_")), text
	return e
}
