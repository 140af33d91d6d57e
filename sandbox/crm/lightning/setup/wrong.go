package setup

import (
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// wrong collects what is wrong with a form, so that a person sees all of it at once.
type wrong struct{ problems edge.Invalid }

func (w *wrong) field(field, format string, args ...any) {
	w.problems = append(w.problems, edge.Problem{Code: "FIELD_INTEGRITY_EXCEPTION",
		Message: fmt.Sprintf(format, args...), Fields: []string{field}})
}

// required notes a field that was left empty, in the platform's words.
func (w *wrong) required(field, value string) {
	if strings.TrimSpace(value) == "" {
		w.problems = append(w.problems, edge.Problem{Code: "REQUIRED_FIELD_MISSING", Message: "You must enter a value", Fields: []string{field}})
	}
}

func (w *wrong) err() error {
	if len(w.problems) == 0 {
		return nil
	}
	return w.problems
}
