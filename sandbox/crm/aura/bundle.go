// Package aura reads Aura component bundles: their markup, scripts and design files.
//
// Read first: Bundle, Check, Define. It knows what a component may hold and refers to; it does not run one.
package aura

import (
	"fmt"
	"path"
	"strings"
)

// Bundle is a component as it is deployed: its name, and its files by name.
type Bundle struct {
	Name  string
	Files map[string][]byte
}

// BundleOf is a bundle kept with its files by their paths, the description among them.
func BundleOf(name string, files map[string][]byte) Bundle {
	b := Bundle{Name: name, Files: map[string][]byte{}}
	for at, body := range files {
		b.Files[path.Base(at)] = body
	}
	return b
}

// Problem is what is wrong in a bundle, as its author reads it.
type Problem struct {
	File, Text   string
	Line, Column int
}

// Error is the text.
func (p *Problem) Error() string { return p.Text }

func problemf(file string, line, column int, format string, args ...any) error {
	return &Problem{file, fmt.Sprintf(format, args...), line, column}
}

func at(file string, n *Node, format string, args ...any) error {
	return problemf(file, n.line, n.column, format, args...)
}

// The files of a bundle by how their names go on after the bundle's own.
const (
	markup     = ".cmp"
	controller = "Controller.js"
	helper     = "Helper.js"
	renderer   = "Renderer.js"
	style      = ".css"
	design     = ".design"
)

var suffixes = []string{markup, markup + "-meta.xml", controller, helper, renderer, style, design, ".svg", ".auradoc"}

func (b Bundle) file(suffix string) ([]byte, bool) {
	body, ok := b.Files[b.Name+suffix]
	return body, ok
}

// scripts are a bundle's scripts by what they are.
var scripts = map[string]string{"controller": controller, "helper": helper, "renderer": renderer}

// Script is one of a bundle's scripts, controller, helper or renderer, as the expression that it is.
func (b Bundle) Script(which string) (string, bool) {
	source, ok := b.file(scripts[which])
	if !ok || scripts[which] == "" {
		return "", false
	}
	text, err := expression(b.Name+scripts[which], source)
	return text, err == nil
}

// Style is the bundle's style sheet, in which .THIS stands for the component.
func (b Bundle) Style() (string, bool) {
	body, ok := b.file(style)
	return strings.ReplaceAll(string(body), ".THIS", ".c"+b.Name), ok
}
