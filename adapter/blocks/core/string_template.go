package core

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// StringTemplate writes variables into a text. The result keeps what it is made of, so that a query can tell the administrator's words from
// a caller's. A placeholder that stands in a value is no placeholder.
var StringTemplate = flow.Block{
	Type: "SE_CoreStringTemplate", Label: "String Template", Category: "Core",
	Help: "Writes variables into a text, at places such as {{name}} or ${name}.",
	Inputs: []flow.Input{
		{Name: "template", Label: "Template", Required: true, Help: "The text with its places."},
		{Name: "variables", Label: "Variables", Kind: flow.Map, Help: "What stands at which place; nothing at a place without a variable."},
	},
	Ports: []flow.Port{flow.Done}, Result: "string", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		f := filling{in: c.In}
		for _, part := range c.In.Template("template") {
			if text, ok := part.Value.(string); ok && (part.Origin == flow.Literal || len(c.In.Template("template")) == 1) {
				f.fill(text, part.Origin)
			} else {
				f.add(part)
			}
			if f.size > flow.MaxResult {
				return flow.Outcome{}, &flow.Refused{Reason: fmt.Sprintf("its text would be larger than %d kB", flow.MaxResult>>10)}
			}
		}
		out := flow.Outcome{Port: flow.Done, Result: map[string]any{"string": f.made.String()}, Made: f.made}
		if len(f.unset) > 0 {
			out.Warning = "nothing stands at the place of " + strings.Join(f.unset, ", ") + ", which is not set"
		}
		return out, nil
	},
}

// filling is a template that is being filled.
type filling struct {
	in    flow.Values
	made  flow.Template
	size  int      // bytes
	unset []string // variables, each once
}

func (f *filling) add(parts ...flow.Part) {
	for _, p := range parts {
		if text := p.Text(); text != "" {
			f.made = append(f.made, p)
			f.size += len(text)
		}
	}
}

const maxName = 100 // bytes of a variable's name

// fill writes a text with its places; what stands between them is as good as the text's origin.
func (f *filling) fill(text string, origin flow.Origin) {
	for text != "" && f.size <= flow.MaxResult {
		at, name, end := place(text)
		if at < 0 {
			break
		}
		f.add(flow.Part{Value: text[:at], Origin: origin})
		text = text[end:]
		value := f.in.Member("variables", name)
		if value == nil && !slices.Contains(f.unset, name) && len(f.unset) < 20 {
			f.unset = append(f.unset, name)
		}
		f.add(value...)
	}
	f.add(flow.Part{Value: text, Origin: origin})
}

// place finds the first place for a variable in a text: where it begins and ends, and the variable's name; -1 for none.
func place(text string) (at int, name string, end int) {
	for from := 0; ; {
		i := strings.IndexAny(text[from:], "{$")
		if i < 0 {
			return -1, "", 0
		}
		at = from + i
		from = at + 1
		for open, closing := range map[string]string{"{{": "}}", "${": "}"} {
			inner, opened := strings.CutPrefix(text[at:], open)
			if !opened {
				continue
			}
			inner = inner[:min(len(inner), maxName+len(closing))]
			if name, _, closed := strings.Cut(inner, closing); closed && isName(strings.TrimSpace(name)) {
				return at, strings.TrimSpace(name), at + len(open) + len(name) + len(closing)
			}
		}
	}
}

func isName(text string) bool {
	return text != "" && !strings.ContainsAny(text, "{}$\n\"'`<>=,;()")
}
