package visualforce

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// Check compiles a page's markup: it must be well-formed, begin with apex:page, and name components, resources and properties that are
// there. The error is a *Problem in the platform's words.
func Check(ctx context.Context, org *crm.Org, markup string) error {
	if err := wellFormed(markup); err != nil {
		return err
	}
	s := &server{Config{Org: org}}
	_, err := render(markup, scope{
		values:   globals(crm.User{}, org),
		resource: func(name, file string) (string, bool) { return s.resourceURL(ctx, name, file) },
		setting: func(object, field string) (string, bool) {
			o, ok := org.Schema().Object(object)
			_, has := o.Field(field)
			return "", ok && has && o.Setting != ""
		},
	})
	return err
}

// wellFormed wants markup to be one element apex:page, closed as XML is.
func wellFormed(markup string) error {
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Entity = xml.HTMLEntity
	depth, roots := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return &Problem{xmlProblem(err)}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				if roots++; roots > 1 {
					return &Problem{fmt.Sprintf("Error on line %d: The markup in the document following the root element must be well-formed.", line(d))}
				}
				if !strings.EqualFold(t.Name.Space+":"+t.Name.Local, "apex:page") {
					return &Problem{fmt.Sprintf("Error on line %d: The page must begin with <apex:page>.", line(d))}
				}
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				return &Problem{fmt.Sprintf("Error on line %d: Content is not allowed outside of <apex:page>.", line(d))}
			}
		}
	}
	if roots == 0 {
		return &Problem{"Error: Premature end of file. The page must begin with <apex:page>."}
	}
	return nil
}

func line(d *xml.Decoder) int {
	at, _ := d.InputPos()
	return at
}

var (
	closedBy = regexp.MustCompile(`^element <([^>]+)> closed by </`)
	noEntity = regexp.MustCompile(`^invalid character entity &([^;]*);$`)
)

// xmlProblem says a syntax error as the platform's parser does.
func xmlProblem(err error) string {
	syntax, ok := errors.AsType[*xml.SyntaxError](err)
	if !ok {
		return "Error: " + err.Error()
	}
	text := syntax.Msg
	if m := closedBy.FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("The element type %q must be terminated by the matching end-tag \"</%s>\".", m[1], m[1])
	} else if m := noEntity.FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("The entity %q was referenced, but not declared.", m[1])
	} else if strings.HasPrefix(text, "invalid character entity") {
		text = "The entity name must immediately follow the '&' in the entity reference."
	} else if text == "unexpected EOF" {
		text = "XML document structures must start and end within the same entity."
	}
	return fmt.Sprintf("Error on line %d: %s", syntax.Line, text)
}
