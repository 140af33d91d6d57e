package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// term is a row of docs/glossary.md.
type term struct {
	word    string
	where   []string // folder, folder/file or folder.Name, from the root
	section string
}

// glossary reads the tables of docs/glossary.md; a row that is not whole is an error.
func glossary(t *testing.T) []term {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs/glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	var terms []term
	section := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if heading, is := strings.CutPrefix(line, "## "); is {
			section = heading
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| word |") || strings.HasPrefix(line, "| ---") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i, cell := range cells {
			cells[i] = strings.TrimSpace(cell)
		}
		if len(cells) != 4 || slices.Contains(cells, "") {
			t.Errorf("a row of the glossary needs four cells: %s", line)
			continue
		}
		row := term{word: cells[0], section: section}
		for where := range strings.SplitSeq(cells[2], ", ") {
			row.where = append(row.where, strings.Trim(where, "`"))
		}
		terms = append(terms, row)
	}
	if len(terms) < 20 {
		t.Fatalf("only %d rows found: looking in the wrong place?", len(terms))
	}
	return terms
}

// declared lists by folder what its Go files declare: Name, and Type.Member for methods and fields.
func declared(t *testing.T) map[string]map[string]bool {
	t.Helper()
	names := map[string]map[string]bool{}
	for _, f := range tree(t) {
		if f.Test {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, f.Path), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if names[f.Package] == nil {
			names[f.Package] = map[string]bool{}
		}
		for _, name := range declarations(file) {
			names[f.Package][name] = true
		}
	}
	return names
}

func declarations(file *ast.File) []string {
	var names []string
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = append(names, receiver(d)+d.Name.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					for _, n := range spec.Names {
						names = append(names, n.Name)
					}
				case *ast.TypeSpec:
					names = append(names, spec.Name.Name)
					for _, member := range members(spec.Type) {
						names = append(names, spec.Name.Name+"."+member)
					}
				}
			}
		}
	}
	return names
}

// receiver is the name of a method's type and a dot; "" for a function.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	of := f.Recv.List[0].Type
	if pointer, is := of.(*ast.StarExpr); is {
		of = pointer.X
	}
	if name, is := of.(*ast.Ident); is {
		return name.Name + "."
	}
	return ""
}

// members are the names of a struct's fields and of an interface's methods.
func members(of ast.Expr) []string {
	var list *ast.FieldList
	switch of := of.(type) {
	case *ast.StructType:
		list = of.Fields
	case *ast.InterfaceType:
		list = of.Methods
	default:
		return nil
	}
	var names []string
	for _, field := range list.List {
		for _, n := range field.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

func TestTheGlossaryNamesWhatIsThere(t *testing.T) {
	names := declared(t)
	for _, row := range glossary(t) {
		for _, where := range row.where {
			if _, err := os.Stat(filepath.Join(root, where)); err == nil {
				continue
			}
			slash := strings.LastIndex(where, "/") + 1
			room, name, _ := strings.Cut(where[slash:], ".")
			if room = where[:slash] + room; names[room][name] {
				continue
			}
			var moved []string
			for other, there := range names {
				if name != "" && there[name] {
					moved = append(moved, other+"."+name)
				}
			}
			slices.Sort(moved)
			t.Errorf("docs/glossary.md, %s: there is no %s; that name is at %q", row.word, where, moved)
		}
	}
}

func TestTheGlossaryHasEachWordOnce(t *testing.T) {
	seen := map[string]bool{}
	var last term
	for _, row := range glossary(t) {
		word := strings.ToLower(row.word)
		if seen[word] {
			t.Errorf("%s stands in the glossary twice", row.word)
		}
		seen[word] = true
		if row.section == last.section && word < strings.ToLower(last.word) {
			t.Errorf("%s stands behind %s", row.word, last.word)
		}
		last = row
	}
}
