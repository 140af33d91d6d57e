// Package arch checks that the house stays as it was drawn: who imports whom, how long files are, what each room says of itself.
//
// Read first: Tree, Violations, the rules in its test. It reads source as text and runs nothing.
package arch

import (
	"bufio"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Module is the path that our own imports begin with.
const Module = "github.com/patchcord/patchcord/"

// File is one Go source file: where it is, what of ours it imports, how long it is.
type File struct {
	Path       string   // from the root, with slashes
	Package    string   // folder from the root
	Imports    []string // imports of this module from the root, and all others whole
	Lines      int
	Wide       []int // lines of more than MaxWidth characters
	Test       bool
	DocComment bool // it holds the package comment
}

// Tree reads all Go files below root, testdata and node_modules left out.
func Tree(root string) ([]File, error) {
	var files []File
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case "node_modules", "testdata", ".git", "dist", "bin":
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		file, err := read(name, filepath.ToSlash(rel))
		files = append(files, file)
		return err
	})
	return files, err
}

func read(name, rel string) (File, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return File{}, err
	}
	f := File{Path: rel, Package: path.Dir(rel), Test: strings.HasSuffix(rel, "_test.go"), DocComment: parsed.Doc != nil}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return File{}, err
		}
		f.Imports = append(f.Imports, strings.TrimPrefix(imported, Module))
	}
	f.Lines, f.Wide, err = measure(name)
	return f, err
}

// MaxWidth is how many characters a line may have; a tab is one.
const MaxWidth = 140

// measure counts the lines of a file and finds those that are too wide.
func measure(name string) (n int, wide []int, err error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		n++
		if utf8.RuneCount(lines.Bytes()) > MaxWidth {
			wide = append(wide, n)
		}
	}
	return n, wide, lines.Err()
}

// Edge forbids an arrow between rooms. A pattern that ends in /... takes the rooms below too.
type Edge struct{ From, To, Why string }

// Violations lists each import that an edge forbids, and each edge whose From holds no file.
func Violations(files []File, forbidden []Edge) []string {
	var found []string
	for _, edge := range forbidden {
		used := false
		for _, f := range files {
			if f.Test || !matches(edge.From, f.Package) {
				continue
			}
			used = true
			for _, imported := range f.Imports {
				if matches(edge.To, imported) && !matches(edge.From, imported) {
					found = append(found, fmt.Sprintf("%s imports %s: %s", f.Path, imported, edge.Why))
				}
			}
		}
		if !used {
			found = append(found, fmt.Sprintf("rule for %s: no such room", edge.From))
		}
	}
	return found
}

func matches(pattern, room string) bool {
	prefix, below := strings.CutSuffix(pattern, "/...")
	return room == prefix || below && strings.HasPrefix(room, prefix+"/")
}
