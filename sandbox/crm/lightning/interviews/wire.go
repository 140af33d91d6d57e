package interviews

import (
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/screenflow"
)

// out is where an interview stands. The page's side of it is sandbox/crm/lightning/page/src/flow/wire.ts.
type out struct {
	Interview string     `json:"interview"`
	Flow      string     `json:"flow"`
	Label     string     `json:"label"`
	Number    int        `json:"number"` // of the screen; it comes back with what was typed
	Screen    *screenOut `json:"screen"` // null: the flow is over
	Fault     *faultOut  `json:"fault"`  // null: it has none
}

type screenOut struct {
	Name      string     `json:"name"`
	Label     string     `json:"label"`
	Header    bool       `json:"header"`
	Help      []blockOut `json:"help"`
	Fields    []fieldOut `json:"fields"`
	Back      bool       `json:"back"`
	BackLabel string     `json:"backLabel"`
	NextLabel string     `json:"nextLabel"`
}

type fieldOut struct {
	Name     string      `json:"name"`
	Kind     string      `json:"kind"` // DisplayText, InputField, LargeTextArea, RadioButtons, DropdownBox
	Type     string      `json:"type"` // String, Number, Currency, Boolean, Date, DateTime
	Label    string      `json:"label"`
	Help     string      `json:"help"`
	Required bool        `json:"required"`
	Value    string      `json:"value"`
	Error    string      `json:"error"`
	Choices  []choiceOut `json:"choices"`
	Blocks   []blockOut  `json:"blocks"`
}

type choiceOut struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

type blockOut struct {
	Kind string   `json:"kind"` // paragraph, bullet, number
	Runs []runOut `json:"runs"`
}

type runOut struct {
	Text      string `json:"text"`
	Bold      bool   `json:"bold"`
	Italic    bool   `json:"italic"`
	Underline bool   `json:"underline"`
}

// faultOut is what people read of a fault, and, for those who manage flows, why.
type faultOut struct {
	Title   string `json:"title"`
	Message string `json:"message"`
	Detail  string `json:"detail"`
}

// The sentences are the platform's.
const (
	faultTitle   = "An unhandled fault has occurred in this flow"
	faultMessage = "An unhandled fault has occurred while processing the flow. Please contact your system administrator for more information."
)

func shown(a *crm.Actor, e *entry, step screenflow.Step) out {
	o := out{Interview: e.id, Flow: e.definition.Name, Label: e.definition.Flow.Label, Number: e.number}
	if f := e.fault; f != nil {
		o.Fault = &faultOut{Title: faultTitle, Message: faultMessage}
		if a.Can(crm.ManageFlow) {
			o.Fault.Detail = f.Message
			if f.Element != "" {
				o.Fault.Detail = "Error element " + f.Element + " (" + f.Kind + "). " + f.Message
			}
		}
		return o
	}
	if s := step.Screen; s != nil {
		o.Screen = &screenOut{Name: s.Name, Label: s.Label, Header: s.Header, Help: blocks(s.Help), Fields: []fieldOut{}, Back: s.Back, BackLabel: s.BackLabel, NextLabel: s.NextLabel}
		for _, f := range s.Fields {
			shown := fieldOut{f.Name, f.Kind, f.Type, f.Label, f.Help, f.Required, f.Value, f.Error, []choiceOut{}, blocks(f.Blocks)}
			for _, c := range f.Choices {
				shown.Choices = append(shown.Choices, choiceOut{c.Name, c.Label})
			}
			o.Screen.Fields = append(o.Screen.Fields, shown)
		}
	}
	return o
}

func blocks(all []screenflow.Block) []blockOut {
	out := []blockOut{}
	for _, b := range all {
		one := blockOut{b.Kind, []runOut{}}
		for _, r := range b.Runs {
			one.Runs = append(one.Runs, runOut{r.Text, r.Bold, r.Italic, r.Underline})
		}
		out = append(out, one)
	}
	return out
}
