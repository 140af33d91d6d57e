package aura

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Node is a piece of markup: an element, or text between elements.
type Node struct {
	Name         string            `json:"name"` // aura:if, lightning:icon, div; empty for text
	Attributes   map[string]string `json:"attributes"`
	Children     []*Node           `json:"children"`
	Text         string            `json:"text"`
	line, column int
}

const (
	maxNodes = 10_000
	maxDepth = 64
)

// parse reads markup; its one root element is the answer. Text that is nothing but white space is left out.
func parse(file string, source []byte) (*Node, error) {
	d := xml.NewDecoder(bytes.NewReader(source))
	d.Entity = xml.HTMLEntity
	var root *Node
	var open []*Node
	for n := 0; ; n++ {
		line, column := d.InputPos()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unreadable(file, d, err)
		}
		if n > maxNodes || len(open) > maxDepth {
			return nil, &Problem{file, "There are too many elements, or they are nested too deeply: Source", line, column}
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := elementOf(t, line, column)
			switch {
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.Children = append(parent.Children, e)
			case root != nil:
				return nil, at(file, e, "The markup in the document following the root element must be well-formed.: Source")
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			text := string(t)
			if len(open) > 0 && strings.TrimSpace(text) != "" {
				parent := open[len(open)-1]
				parent.Children = append(parent.Children, &Node{
					Text: text, Attributes: map[string]string{}, Children: []*Node{}, line: line, column: column,
				})
			}
		case xml.Directive:
			return nil, &Problem{file, "A document type is not allowed.: Source", line, column}
		}
	}
	if root == nil {
		return nil, &Problem{file, "ParseError at [row,col]:[1,1]\nMessage: Premature end of file.: Source", 1, 1}
	}
	return root, nil
}

func elementOf(t xml.StartElement, line, column int) *Node {
	e := &Node{Name: qualified(t.Name), Attributes: map[string]string{}, Children: []*Node{}, line: line, column: column}
	for _, a := range t.Attr {
		e.Attributes[qualified(a.Name)] = a.Value
	}
	return e
}

// qualified is a name as it stands in the source: prefixes are not declared.
func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func unreadable(file string, d *xml.Decoder, err error) error {
	line, column := d.InputPos()
	text := err.Error()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		text = syntax.Msg
	}
	return problemf(file, line, column, "ParseError at [row,col]:[%d,%d]\nMessage: %s: Source", line, column, text)
}
