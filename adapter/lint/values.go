package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// roots are what an expression can begin with.
var roots = []string{"actions", "agent", "contact", "payload"}

// parts are what an action can be asked for.
var parts = []string{"results", "success", "exception"}

// values looks at what an action reads.
func (l *linter) values(a *flow.Action) {
	for _, name := range flow.SortedKeys(a.Controls) {
		a.Controls[name].Texts(func(text string) {
			switch {
			case flow.IsExpression(text):
				l.expression(a, name, text)
			case looksLikePath(name, text):
				l.find(flow.SeverityWarning, flow.CodeLooksLikePath, a, name, "text", short(text))
			}
		})
	}
}

// short is text as a sentence can have it.
func short(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}

// template is the input in which braces have a meaning of their own.
const template = "template"

var (
	// brokenPath is text that somebody meant as an expression: without its beginning, or in the braces of another language.
	brokenPath = regexp.MustCompile(`^\s*(\$\s*\.|\$?\{|\$?\s*(actions|payload|contact|agent)\s*[.\[]|uid-?\d+\.results\b|\$[A-Za-z]\w*\.\w)`)
	// pathInside is an expression in the middle of text.
	pathInside = regexp.MustCompile(`\$\.(actions|payload|contact|agent)[.\[]|\{\{.*\}\}`)
)

func looksLikePath(control, text string) bool {
	if control == template {
		return false
	}
	return brokenPath.MatchString(text) && !isJSON(text) || pathInside.MatchString(text)
}

// isJSON tells a body such as {"a": 1} from braces around a name.
func isJSON(text string) bool {
	inner, ok := strings.CutPrefix(strings.TrimSpace(text), "{")
	return ok && (strings.HasPrefix(strings.TrimSpace(inner), `"`) || strings.HasPrefix(strings.TrimSpace(inner), "}"))
}

func (l *linter) expression(a *flow.Action, control, text string) {
	steps, ok := flow.Path(text)
	if !ok || len(steps) == 0 {
		l.find(flow.SeverityWarning, flow.CodePathBroken, a, control, "path", short(text))
		return
	}
	switch steps[0] {
	case "actions":
		l.result(a, control, text, steps[1:])
	case "contact":
		l.contact(a, control, text, steps[1:])
	default:
		if !slices.Contains(roots, steps[0]) {
			l.find(flow.SeverityWarning, flow.CodePathRoot, a, control, "path", short(text), "name", steps[0],
				"suggestion", flow.Nearest(steps[0], roots))
		}
	}
}

// result looks at an expression that reads what another action gave.
func (l *linter) result(a *flow.Action, control, text string, steps []string) {
	if len(steps) == 0 {
		return
	}
	other := l.program.At(flow.ActionID(steps[0]))
	if other == nil {
		var ids []string
		for i := range l.program.Actions {
			ids = append(ids, string(l.program.Actions[i].ID))
		}
		l.find(flow.SeverityWarning, flow.CodePathAction, a, control, "path", short(text), "name", steps[0],
			"suggestion", flow.Nearest(steps[0], ids))
		return
	}
	if len(steps) > 1 && !slices.Contains(parts, steps[1]) {
		l.find(flow.SeverityWarning, flow.CodePathPart, a, control, "path", short(text), "name", steps[1],
			"suggestion", flow.Nearest(steps[1], parts))
		return
	}
	at, of := l.graph.at[a.ID], l.graph.at[other.ID]
	name := other.Label() + " (" + string(other.ID) + ")"
	switch {
	case !l.graph.before(at)[of]:
		l.find(flow.SeverityWarning, flow.CodePathNotBefore, a, control, "other", name)
	case len(steps) > 1 && steps[1] == parts[0] && l.graph.resultless(of)[at]:
		l.find(flow.SeverityHint, flow.CodePathMaybe, a, control, "other", name)
	}
}

func (l *linter) contact(a *flow.Action, control, text string, steps []string) {
	names, ofNumber := flow.ContactPaths()
	unknown := func(name string, known []string) {
		l.find(flow.SeverityWarning, flow.CodePathContact, a, control, "path", short(text), "name", name,
			"suggestion", flow.Nearest(name, known))
	}
	switch {
	case len(steps) == 0:
	case !slices.Contains(names, steps[0]):
		unknown(steps[0], names)
	case steps[0] != "parsedNumber" || len(steps) == 1:
	case !slices.Contains(ofNumber, steps[1]):
		unknown(steps[1], ofNumber)
	case steps[1] == "phone":
		l.find(flow.SeverityHint, flow.CodePathOld, a, control, "path", short(text))
	}
}
