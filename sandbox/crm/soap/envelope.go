package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const maxDepth = 30

// element is a piece of a request. Its zero value stands for one that is not there.
type element struct {
	name  string
	kind  string // its xsi:type, without prefix
	isNil bool
	value string
	kids  []*element
}

// parse reads an envelope: depth bounded, no document type.
func parse(body []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	root := &element{}
	open := []*element{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root.first(), nil
		}
		if err != nil {
			return root.first(), err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) > maxDepth {
				return root.first(), errors.New("elements are nested too deeply")
			}
			e := &element{name: t.Name.Local}
			for _, a := range t.Attr {
				switch a.Name.Local {
				case "type":
					e.kind = a.Value[strings.LastIndexByte(a.Value, ':')+1:]
				case "nil":
					e.isNil = a.Value == "true" || a.Value == "1"
				}
			}
			parent := open[len(open)-1]
			parent.kids = append(parent.kids, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			open[len(open)-1].value += string(t)
		case xml.Directive:
			return root.first(), errors.New("a document type is not allowed")
		}
	}
}

func (e *element) first() *element {
	if len(e.kids) == 0 {
		return &element{}
	}
	return e.kids[0]
}

func (e *element) all(name string) []*element {
	var found []*element
	for _, k := range e.kids {
		if k.name == name {
			found = append(found, k)
		}
	}
	return found
}

func (e *element) under(name string) *element {
	if found := e.all(name); len(found) > 0 {
		return found[0]
	}
	return &element{}
}

func (e *element) text(name string) string { return strings.TrimSpace(e.under(name).value) }

func (e *element) texts(name string) []string {
	var all []string
	for _, k := range e.all(name) {
		all = append(all, strings.TrimSpace(k.value))
	}
	return all
}

// sObject reads a record: its type from the element type or xsi:type, fieldsToNull as nothing, all other values as text.
func (e *element) sObject() (object string, id schema.RecordID, values records.Values) {
	object, values = e.text("type"), records.Values{}
	if object == "" {
		object = e.kind
	}
	for _, k := range e.kids {
		switch {
		case k.name == "type":
		case k.name == "Id":
			id = schema.RecordID(strings.TrimSpace(k.value))
		case k.name == "fieldsToNull":
			values[strings.TrimSpace(k.value)] = nil
		case k.isNil:
			values[k.name] = nil
		default:
			values[k.name] = k.value
		}
	}
	return object, id, values
}
