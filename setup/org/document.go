package org

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Document is a metadata file that is edited in place: what set-up does not know stays as it was, byte by byte.
type Document string

// Element is where an element stands: its tags included, and its content.
type Element struct {
	Name       string
	Start, End int // of the whole
	From, To   int // of what is between the tags
}

// Text is what an element says, without the white space around it.
func (d Document) Text(e Element) string {
	var out struct {
		Text string `xml:",chardata"`
	}
	if xml.Unmarshal([]byte(d[e.Start:e.End]), &out) != nil {
		return ""
	}
	return strings.TrimSpace(out.Text)
}

const deepest = 64

// Children lists the elements directly below the one that spans from–to; the root's are below the whole document.
func (d Document) Children(from, to int) ([]Element, error) {
	decoder := xml.NewDecoder(strings.NewReader(string(d[from:to])))
	decoder.Strict = true
	var all []Element
	var open []Element
	for {
		at := int(decoder.InputOffset())
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("metadata: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) == deepest {
				return nil, errors.New("metadata: nested too deeply")
			}
			open = append(open, Element{Name: t.Name.Local, Start: from + at, From: from + int(decoder.InputOffset())})
		case xml.EndElement:
			if len(open) == 0 {
				return nil, errors.New("metadata: an end without a beginning")
			}
			last := open[len(open)-1]
			open = open[:len(open)-1]
			if len(open) == 0 {
				last.To, last.End = from+at, from+int(decoder.InputOffset())
				all = append(all, last)
			}
		}
	}
	if len(open) > 0 {
		return nil, errors.New("metadata: the file ends too early")
	}
	return all, nil
}

// Root is the document's one element.
func (d Document) Root() (Element, error) {
	all, err := d.Children(0, len(d))
	if err != nil {
		return Element{}, err
	}
	if len(all) != 1 {
		return Element{}, fmt.Errorf("metadata: %d root elements", len(all))
	}
	return all[0], nil
}

// Below lists the elements of a name below an element.
func (d Document) Below(parent Element, name string) ([]Element, error) {
	all, err := d.Children(parent.From, parent.To)
	if err != nil {
		return nil, err
	}
	var found []Element
	for _, e := range all {
		if e.Name == name {
			found = append(found, e)
		}
	}
	return found, nil
}

// Says is true if the root has a child of this name with this text.
func (d Document) Says(name, text string) (bool, error) {
	root, err := d.Root()
	if err != nil {
		return false, err
	}
	have, err := d.Below(root, name)
	return err == nil && len(have) > 0 && d.Text(have[0]) == text, err
}

// Insert puts text at a place, on a line of its own.
func (d Document) Insert(at int, text string) Document {
	return d[:at] + "\n" + Document(strings.TrimRight(text, "\n")) + d[at:]
}

// Cut takes an element out, with the white space before it.
func (d Document) Cut(e Element) Document {
	before := strings.TrimRight(string(d[:e.Start]), " \t")
	before = strings.TrimSuffix(before, "\n")
	return Document(before) + d[e.End:]
}

// Replace gives an element other content.
func (d Document) Replace(e Element, text string) Document {
	return d[:e.From] + Document(Escape(text)) + d[e.To:]
}

// Escape is text as XML carries it.
func Escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails
	return b.String()
}

// SetChild gives the root a child with this text, replacing one of that name; a new one stands behind the first of the
// names that is there.
func (d Document) SetChild(name, text string, behind ...string) (Document, error) {
	root, err := d.Root()
	if err != nil {
		return d, err
	}
	have, err := d.Below(root, name)
	if err != nil {
		return d, err
	}
	if len(have) > 0 {
		return d.Replace(have[0], text), nil
	}
	for _, other := range behind {
		found, err := d.Below(root, other)
		if err != nil {
			return d, err
		}
		if len(found) > 0 {
			return d.Insert(found[len(found)-1].End, fmt.Sprintf("    <%s>%s</%s>", name, Escape(text), name)), nil
		}
	}
	return d.Insert(root.From, fmt.Sprintf("    <%s>%s</%s>", name, Escape(text), name)), nil
}
