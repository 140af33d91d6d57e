package setup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// document is a metadata file that is edited in place: what set-up does not know stays as it was, byte by byte.
type document string

// element is where an element stands: its tags included, and its content.
type element struct {
	name       string
	start, end int // of the whole
	from, to   int // of what is between the tags
}

func (d document) text(e element) string {
	var out struct {
		Text string `xml:",chardata"`
	}
	if xml.Unmarshal([]byte(d[e.start:e.end]), &out) != nil {
		return ""
	}
	return strings.TrimSpace(out.Text)
}

const deepest = 64

// children lists the elements directly below the one that spans from–to; the root's are below the whole document.
func (d document) children(from, to int) ([]element, error) {
	decoder := xml.NewDecoder(strings.NewReader(string(d[from:to])))
	decoder.Strict = true
	var all []element
	var open []element
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
			open = append(open, element{name: t.Name.Local, start: from + at, from: from + int(decoder.InputOffset())})
		case xml.EndElement:
			if len(open) == 0 {
				return nil, errors.New("metadata: an end without a beginning")
			}
			last := open[len(open)-1]
			open = open[:len(open)-1]
			if len(open) == 0 {
				last.to, last.end = from+at, from+int(decoder.InputOffset())
				all = append(all, last)
			}
		}
	}
	if len(open) > 0 {
		return nil, errors.New("metadata: the file ends too early")
	}
	return all, nil
}

// root is the document's one element.
func (d document) root() (element, error) {
	all, err := d.children(0, len(d))
	if err != nil {
		return element{}, err
	}
	if len(all) != 1 {
		return element{}, fmt.Errorf("metadata: %d root elements", len(all))
	}
	return all[0], nil
}

// below lists the elements of a name below an element.
func (d document) below(parent element, name string) ([]element, error) {
	all, err := d.children(parent.from, parent.to)
	if err != nil {
		return nil, err
	}
	var found []element
	for _, e := range all {
		if e.name == name {
			found = append(found, e)
		}
	}
	return found, nil
}

// insert puts text at a place, on a line of its own.
func (d document) insert(at int, text string) document {
	return d[:at] + "\n" + document(strings.TrimRight(text, "\n")) + d[at:]
}

// cut takes an element out, with the white space before it.
func (d document) cut(e element) document {
	before := strings.TrimRight(string(d[:e.start]), " \t")
	before = strings.TrimSuffix(before, "\n")
	return document(before) + d[e.end:]
}

// replace gives an element other content.
func (d document) replace(e element, text string) document {
	return d[:e.from] + document(escape(text)) + d[e.to:]
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails
	return b.String()
}
