package metadata

import (
	"slices"
	"strconv"
	"strings"
)

// Element is a piece of a metadata file that a screen edits. What the screen does not know stays as it is, in its place; setting what is
// so already changes nothing, down to the byte.
type Element = element

// Read reads a metadata file.
func Read(file []byte) (*Element, error) { return tree(file) }

// NewElement makes an element that holds others; NewText one that holds text.
func NewElement(name string, kids ...*Element) *Element { return &element{name: name, kids: kids} }

// NewText makes an element that holds text.
func NewText(name, text string) *Element { return &element{name: name, text: text} }

// File is the whole metadata file.
func (e *element) File() []byte { return e.file() }

// Text is the text of the first child of a name; "" if there is none. Texts are those of all of them.
func (e *element) Text(name string) string { return e.get(name) }

// Texts are the texts of the children of a name.
func (e *element) Texts(name string) []string { return e.all(name) }

// IsEmpty says that it holds neither text nor others.
func (e *element) IsEmpty() bool { return len(e.kids) == 0 && strings.TrimSpace(e.text) == "" }

// Flag says whether a child says true.
func (e *element) Flag(name string) bool {
	on, err := strconv.ParseBool(e.get(name))
	return err == nil && on
}

// Kids are the children of a name, in their order.
func (e *element) Kids(name string) []*Element {
	var out []*element
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// SetText gives the child of a name its text; "" takes the child away.
func (e *element) SetText(name, text string) {
	if e.get(name) == text {
		return
	}
	if text == "" {
		e.SetKids(name)
		return
	}
	if have := e.Kids(name); len(have) > 0 {
		have[0].text = text
		return
	}
	e.SetKids(name, NewText(name, text))
}

// SetFlag gives the child of a name its value; one that is not there counts as false.
func (e *element) SetFlag(name string, on bool) {
	if e.Flag(name) != on {
		e.SetText(name, strconv.FormatBool(on))
	}
}

// SetTexts puts children with these texts where those of the name were.
func (e *element) SetTexts(name string, texts []string) {
	if slices.Equal(e.all(name), texts) {
		return
	}
	kids := make([]*element, 0, len(texts))
	for _, text := range texts {
		kids = append(kids, NewText(name, text))
	}
	e.SetKids(name, kids...)
}

// SetKids puts children where those of the name were; new ones stand where the alphabet has them, as in the platform's files.
func (e *element) SetKids(name string, kids ...*Element) {
	if slices.Equal(e.Kids(name), kids) {
		return
	}
	at := slices.IndexFunc(e.kids, func(k *element) bool { return k.name == name })
	if at < 0 {
		at = slices.IndexFunc(e.kids, func(k *element) bool { return k.name != "fullName" && strings.ToLower(k.name) > strings.ToLower(name) })
	}
	if at < 0 {
		at = len(e.kids)
	}
	before, after := slices.Clone(e.kids[:at]), e.without(name).kids
	e.kids = slices.Concat(before, kids, after[len(before):])
}

// As is an element under another tag.
func As(name string, e *Element) *Element {
	out := *e
	out.name = name
	return &out
}
