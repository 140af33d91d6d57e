package setup

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// problem is one sentence of a refusal and the form's fields that it is about.
type problem struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Fields  []string `json:"fields"`
}

// invalid is a form that was refused: one problem for each field that is wrong.
type invalid struct {
	status   int
	problems []problem
}

func (i *invalid) Error() string {
	var all []string
	for _, p := range i.problems {
		all = append(all, p.Message)
	}
	return strings.Join(all, " ")
}

func refuse(status int, code, format string, args ...any) *invalid {
	return &invalid{status, []problem{{code, fmt.Sprintf(format, args...), []string{}}}}
}

// wrong collects what is wrong with a form, so that a person sees all of it at once.
type wrong struct{ problems []problem }

func (w *wrong) field(field, format string, args ...any) {
	w.problems = append(w.problems, problem{"FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(format, args...), []string{field}})
}

// required notes a field that was left empty, in the platform's words.
func (w *wrong) required(field, value string) {
	if strings.TrimSpace(value) == "" {
		w.problems = append(w.problems, problem{"REQUIRED_FIELD_MISSING", "You must enter a value", []string{field}})
	}
}

func (w *wrong) err() error {
	if len(w.problems) == 0 {
		return nil
	}
	return &invalid{http.StatusBadRequest, w.problems}
}

// refused says what went wrong; what is nobody's business is logged instead.
func (s *server) refused(w http.ResponseWriter, r *http.Request, err error) {
	type body struct {
		Errors []problem `json:"errors"`
	}
	if i, ok := errors.AsType[*invalid](err); ok {
		s.answer(w, r, i.status, body{i.problems})
		return
	}
	if e, ok := errors.AsType[*crm.Error](err); ok {
		fields := e.Fields
		if fields == nil {
			fields = []string{}
		}
		s.answer(w, r, max(e.Status, http.StatusBadRequest), body{[]problem{{e.Code, e.Message, fields}}})
		return
	}
	s.cfg.Log.ErrorContext(r.Context(), "setup request failed", "path", r.URL.Path, "err", err)
	s.answer(w, r, http.StatusInternalServerError, body{[]problem{{"UNKNOWN_EXCEPTION", "Something went wrong. Try again.", []string{}}}})
}
