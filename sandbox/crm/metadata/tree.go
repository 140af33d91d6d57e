package metadata

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	namespace   = "http://soap.sforce.com/2006/04/metadata"
	maxDepth    = 40 // of elements in a metadata file
	maxElements = 200_000
)

// element is a piece of a metadata file, with where it began.
type element struct {
	name         string
	kind         string // its xsi:type, without prefix
	text         string
	kids         []*element
	line, column int
}

// tree reads a metadata file: nesting and number of elements bounded, no document type. An error is a *problem.
func tree(body []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	var root *element
	var open []*element
	for n := 0; ; {
		line, column := d.InputPos()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unreadable(d, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if n++; n > maxElements || len(open) >= maxDepth {
				return nil, &problem{"Error parsing file: there are too many elements, or they are nested too deeply", line, column}
			}
			e := &element{name: t.Name.Local, line: line, column: column}
			for _, attribute := range t.Attr {
				if attribute.Name.Local == "type" {
					e.kind = attribute.Value[strings.LastIndexByte(attribute.Value, ':')+1:]
				}
			}
			if len(open) > 0 {
				open[len(open)-1].kids = append(open[len(open)-1].kids, e)
			} else if root != nil {
				return nil, &problem{"Error parsing file: there is more than one root element", line, column}
			} else {
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		case xml.Directive:
			return nil, &problem{"Error parsing file: a document type is not allowed", line, column}
		}
	}
	if root == nil {
		return nil, &problem{"Error parsing file: Premature end of file", 1, 1}
	}
	return root, nil
}

func unreadable(d *xml.Decoder, err error) error {
	line, column := d.InputPos()
	text := err.Error()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		text = syntax.Msg
	}
	return &problem{"Error parsing file: " + text, line, column}
}

// get is the text of the first child of a name; "" if there is none.
func (e *element) get(name string) string {
	for _, k := range e.kids {
		if k.name == name {
			return strings.TrimSpace(k.text)
		}
	}
	return ""
}

// all are the texts of the children of a name.
func (e *element) all(name string) []string {
	var out []string
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, strings.TrimSpace(k.text))
		}
	}
	return out
}

// under is the first child of a name; an empty element if there is none.
func (e *element) under(name string) *element {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return &element{}
}

// without is the element lacking its children of these names.
func (e *element) without(names ...string) *element {
	out := *e
	out.kids = slices.DeleteFunc(slices.Clone(e.kids), func(k *element) bool { return slices.Contains(names, k.name) })
	return &out
}

// print writes an element as the platform writes files: four spaces a level, fullName first.
func (e *element) print(b *strings.Builder, depth int) {
	pad := strings.Repeat("    ", depth)
	if len(e.kids) == 0 {
		if e.text == "" {
			fmt.Fprintf(b, "%s<%s/>\n", pad, e.name)
			return
		}
		fmt.Fprintf(b, "%s<%s>%s</%s>\n", pad, e.name, escape(e.text), e.name)
		return
	}
	fmt.Fprintf(b, "%s<%s>\n", pad, e.name)
	e.printKids(b, depth+1)
	fmt.Fprintf(b, "%s</%s>\n", pad, e.name)
}

func (e *element) printKids(b *strings.Builder, depth int) {
	for _, first := range []bool{true, false} {
		for _, k := range e.kids {
			if (k.name == "fullName") == first {
				k.print(b, depth)
			}
		}
	}
}

// file writes a whole metadata file.
func (e *element) file() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s xmlns=%q>\n", e.name, namespace)
	e.printKids(&b, 1)
	fmt.Fprintf(&b, "</%s>\n", e.name)
	return []byte(b.String())
}

// named is the element with its full name as first child, under another tag.
func (e *element) named(tag, fullName string) *element {
	rest := e.without("fullName")
	return &element{name: tag, kids: append([]*element{{name: "fullName", text: fullName}}, rest.kids...), line: e.line, column: e.column}
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")

func escape(text string) string { return escaper.Replace(text) }

// decode reads an element into a struct.
func decode(e *element, into any) error {
	if err := xml.Unmarshal(e.file(), into); err != nil {
		return bad(e, "Error parsing file: %s", err)
	}
	return nil
}
