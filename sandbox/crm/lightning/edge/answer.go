package edge

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Problems is the body of a refusal.
type Problems struct {
	Errors []Problem `json:"errors"`
}

// Problem is one sentence of a refusal and the form's fields that it is about.
type Problem struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Fields  []string `json:"fields"`
}

// Invalid is a form that was refused: one problem for each field that is wrong, so that a person sees all of it at once.
type Invalid []Problem

// Error is all of its sentences.
func (i Invalid) Error() string {
	var all []string
	for _, p := range i {
		all = append(all, p.Message)
	}
	return strings.Join(all, " ")
}

// Refuse is a refusal for one reason; fields are those of the form that it is about.
func Refuse(status int, code, message string, fields ...string) error {
	return &schema.Error{Status: status, Code: code, Message: message, Fields: fields}
}

// Refusals that rooms share; the sentences are the platform's.
var (
	ErrUnreadable = Refuse(http.StatusBadRequest, "BAD_REQUEST", "The request could not be read.")
	ErrNoPage     = Refuse(http.StatusNotFound, "NOT_FOUND", "There is no such page.")

	errSession = Refuse(http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid")
	errForged  = Refuse(http.StatusForbidden, "CSRF", "This page is out of date. Refresh it and try again.")
)

// refuse says what went wrong; what is nobody's business is logged instead.
func (d *Door[A]) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if invalid, ok := errors.AsType[Invalid](err); ok {
		d.answer(w, r, http.StatusBadRequest, Problems{invalid})
		return
	}
	e, ok := errors.AsType[*schema.Error](err)
	if !ok {
		d.Log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "err", err)
		e = &schema.Error{Status: http.StatusInternalServerError, Code: "UNKNOWN_EXCEPTION", Message: "Something went wrong. Try again."}
	}
	status := e.Status
	if status < 400 || status > 599 {
		status = http.StatusBadRequest
	}
	fields := e.Fields
	if fields == nil {
		fields = []string{}
	}
	d.answer(w, r, status, Problems{[]Problem{{e.Code, strings.TrimSpace(e.Message), fields}}})
}

func (d *Door[A]) answer(w http.ResponseWriter, r *http.Request, status int, body any) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		d.Log.DebugContext(r.Context(), "answer not sent", "path", r.URL.Path, "err", err)
	}
}
