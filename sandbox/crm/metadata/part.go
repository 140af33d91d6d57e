package metadata

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// part is one component of a deployment: its description, and the content beside it.
type part struct {
	kind           kind
	fullName, file string
	described      []byte
	body           []byte // of a type with content
	hasBody        bool
	files          map[string][]byte // of a bundle, by name within its folder, without the description
}

const described = "-meta.xml"

// parts sorts files into components, in the order of their turns. What belongs to no type is a failure that names the file.
func (a archive) parts() (parts []part, failures []message) {
	found := map[string]*part{}
	for name, body := range a {
		dir, file, _ := strings.Cut(name, "/")
		if name == "package.xml" || strings.HasPrefix(name, "destructiveChanges") {
			continue
		}
		k, known := kindOfFolder(dir)
		if folder, inner, ok := strings.Cut(file, "/"); k.bundle && ok && !strings.Contains(inner, "/") {
			key := k.name + "|" + folder
			if found[key] == nil {
				found[key] = &part{kind: k, fullName: folder, file: k.file(folder), files: map[string][]byte{}}
			}
			if inner == folder+k.suffix+described {
				found[key].described = body
			} else {
				found[key].files[inner] = body
			}
			continue
		}
		isDescription := !k.content || strings.HasSuffix(file, described)
		fullName, fits := strings.CutSuffix(strings.TrimSuffix(file, described), k.suffix)
		if !known || !fits || k.bundle || strings.Contains(file, "/") {
			failures = append(failures, message{FileName: name, FullName: path.Base(name),
				Problem: "Unknown type of component: this org has no metadata type for this file.", ProblemType: "Error"})
			continue
		}
		key := k.name + "|" + fullName
		if found[key] == nil {
			found[key] = &part{kind: k, fullName: fullName, file: k.file(fullName)}
		}
		if isDescription {
			found[key].described = body
		} else {
			found[key].body, found[key].hasBody = body, true
		}
	}
	for _, p := range found {
		parts = append(parts, *p)
	}
	slices.SortFunc(parts, func(x, y part) int {
		if d := x.kind.turn - y.kind.turn; d != 0 {
			return d
		}
		return strings.Compare(x.file, y.file)
	})
	slices.SortFunc(failures, func(x, y message) int { return strings.Compare(x.FileName, y.FileName) })
	return parts, failures
}

// lacking names the members of package.xml that the archive does not hold.
func (m manifest) lacking(parts []part) (failures []message) {
	for _, t := range m.types {
		if k, _ := kindNamed(t.kind); k.parent != "" {
			continue // within their object's file
		}
		for _, name := range t.names {
			held := name == "*" || slices.ContainsFunc(parts, func(p part) bool { return p.kind.name == t.kind && p.fullName == name })
			if !held {
				failures = append(failures, message{FullName: name, FileName: "package.xml", ComponentType: t.kind, ProblemType: "Error",
					Problem: fmt.Sprintf("An object '%s' of type %s was named in package.xml, but was not found in zipped directory", name, t.kind)})
			}
		}
	}
	return failures
}

// problem is a component's own failure, with its place in the file.
type problem struct {
	text         string
	line, column int
}

func (p *problem) Error() string { return p.text }

func bad(at *element, format string, args ...any) error {
	return &problem{fmt.Sprintf(format, args...), at.line, at.column}
}
