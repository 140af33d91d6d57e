package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// explain turns what the YAML library says into a sentence about a key. The library's own text quotes the lines
// around, passwords included.
func explain(body []byte, err error) error {
	failed, ok := errors.AsType[yaml.Error](err)
	if !ok || failed.GetToken() == nil {
		return &Error{Message: "is not YAML that can be read"}
	}
	at := failed.GetToken()
	wrong := &Error{Field: pathAt(body, at)}
	line := at.Position.Line
	switch t := failed.(type) {
	case *yaml.UnknownFieldError:
		wrong.Message = fmt.Sprintf("there is no such key (line %d)", line)
	case *yaml.TypeError:
		wrong.Message = fmt.Sprintf("write %s (line %d)", inWords(t.DstType), line)
	case *yaml.OverflowError:
		wrong.Message = fmt.Sprintf("the number is too large (line %d)", line)
	case *yaml.UnexpectedNodeTypeError:
		wrong.Message = fmt.Sprintf("write %s (line %d)", wanted(t.Expected), line)
	default:
		wrong.Field, wrong.Message = "", fmt.Sprintf("line %d is not YAML: %s", line, failed.GetMessage())
	}
	return wrong
}

// inWords is what a key of a Go type takes.
func inWords(t reflect.Type) string {
	switch {
	case t == nil:
		return "another value"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t.Kind() == reflect.Float64:
		return "a number"
	case t.Kind() == reflect.Slice:
		return "a list, as in [one, another]"
	case t.Kind() == reflect.Map, t.Kind() == reflect.Struct:
		return "keys with values below it"
	}
	return "a text"
}

// wanted is what a key takes by the form that was expected.
func wanted(form ast.NodeType) string {
	switch form {
	case ast.MappingType:
		return inWords(reflect.TypeFor[Setup]())
	case ast.SequenceType:
		return inWords(reflect.TypeFor[[]string]())
	}
	return inWords(reflect.TypeFor[string]())
}

// pathAt is the path of the key or value at a token, such as setup.people; "" if the file cannot be read so far.
func pathAt(body []byte, at *token.Token) string {
	parsed, err := parser.ParseBytes(body, 0)
	if err != nil {
		return ""
	}
	search := &finder{offset: at.Position.Offset}
	for _, doc := range parsed.Docs {
		ast.Walk(search, doc)
	}
	return strings.TrimPrefix(strings.TrimPrefix(search.path, "$"), ".")
}

type finder struct {
	offset int
	path   string
}

// Visit takes the path of the innermost node that stands at the place.
func (f *finder) Visit(node ast.Node) ast.Visitor {
	if t := node.GetToken(); t != nil && t.Position.Offset == f.offset && len(node.GetPath()) > len(f.path) {
		f.path = node.GetPath()
	}
	return f
}
